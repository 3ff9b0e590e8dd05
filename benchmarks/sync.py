"""One push and pull over loopback against the portal's own database work alone.

`python -m benchmarks.sync [--size N]`: N complete initiatives (default 2,000) travel in batches to a portal on
SQLite in a process of its own; the limit is what the same portal needs to judge and store the same batches
without HTTP.
"""

import argparse
import gzip
import hashlib
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import text

from benchmarks.store import invented
from demonstration.portal import DemonstrationPortal
from reference_portal import demo
from reference_portal.accepting import Sender, accept
from reference_portal.app import create_app
from reference_portal.settings import PortalSettings
from reference_portal.wire import BatchIn
from sangkien_desktop.app import OpenStation, create_station
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.vietnamese.dates import PartialDate

RECOGNISED = PartialDate(date(2023, 8, 30))


def a_full_station(folder: Path, size: int) -> OpenStation:
    """A station with so many initiatives that wait for the portal."""
    wanted = NewStation(passphrase="do toc do dong bo", use_keyring=False, ground="phép đo")
    station, _ = create_station(Home(folder / "home"), wanted)
    station.initiatives.add_many(
        [replace(one, recognised_on=RECOGNISED, local_code="") for one in invented(size)],
        name="phép đo",
        source="import",
    )
    station.initiatives.mark_ready()
    return station


def bodies(station: OpenStation) -> list[bytes]:
    """The very bytes that were sent, batch by batch."""
    with station.desk.database.read() as session:
        return list(session.scalars(text("SELECT body FROM batch ORDER BY created_at")))


def portal_alone(folder: Path, batches: list[bytes]) -> float:
    """Seconds in which the portal judges and stores the same batches without HTTP."""
    settings = PortalSettings(database_url=f"sqlite:///{folder / 'alone.db'}", demo=True)
    database = create_app(settings).state.portal.database
    sender = Sender(account_id="canbo", unit_id=demo.PLANT, path="", relayed_by=None)
    began = time.perf_counter()
    for body in batches:
        batch = BatchIn.model_validate_json(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        digest = hashlib.sha256(body).hexdigest()
        database.attempt(lambda session, b=batch, d=digest: accept(session, settings, b, d, sender))  # type: ignore[misc]
    return time.perf_counter() - began


def main() -> None:
    """Print records per second and the share of the portal's own work."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=2000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as name, DemonstrationPortal(Path(name)) as portal:
        station = a_full_station(Path(name), size)
        try:
            station.sync.sign_in_by_code(
                portal.address, lambda code: portal.approve(code.user_code, "canbo"), SILENT
            )
            waiting = sum(station.sync.status().operations.values())
            began = time.perf_counter()
            outcome = station.sync.sync_now(SILENT)
            took_s = time.perf_counter() - began
            alone_s = portal_alone(Path(name), bodies(station))
        finally:
            station.close()
    sent = {verdict.value: number for verdict, number in outcome.sent.items()}
    print(f"{waiting} waiting: {sent}, {outcome.batches} batches, {outcome.received} changes pulled")
    print(f"push and pull over loopback: {took_s:.2f} s, {waiting / took_s:.0f} records/s")
    print(f"the portal's own work on the same batches: {alone_s:.2f} s; {took_s / alone_s:.1f} x")


if __name__ == "__main__":
    main()
