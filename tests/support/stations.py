"""A whole open station for tests of screens: encrypted database, services, settings, keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sangkien_desktop import app
from sangkien_desktop.app import OpenStation
from sangkien_desktop.clock import Clock
from sangkien_desktop.paths import Home
from sangkien_desktop.services.station import NewStation

PASSPHRASE = "bon tu roi nhau"


@contextmanager
def an_open_station(folder: Path, clock: Clock, *, officer: str = "Vũ Thị Mẫu") -> Iterator[OpenStation]:
    """A new station that nobody has typed into yet; its authors may be sent on the unit's ground."""
    wanted = NewStation(
        passphrase=PASSPHRASE, use_keyring=False, ground="Thỏa ước mẫu", declared_by=officer, officer=officer
    )
    station, _ = app.create_station(Home(folder / "home"), wanted, clock=clock)
    try:
        station.change_setting("default_programme", "1-trieu-sang-kien")
        yield station
    finally:
        station.close()
