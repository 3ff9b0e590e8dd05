"""Desks that write, exchange and compare: a real encrypted database, a real client, a real portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.ids import InitiativeId, UnitId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.sync_status import Badge, badge
from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.storage import conflicts, initiatives, outbox, replicas, sync_marks
from sangkien_desktop.storage.conflicts import Conflict
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.storage.replicas import Copy
from sangkien_desktop.sync.access import PortalAccess
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.failures import PortalFailure
from sangkien_desktop.sync.lists import unit_codes
from sangkien_desktop.sync.wire.documents import from_portal
from tests.support.portal_server import PortalServer
from tests.support.records import an_initiative
from tests.support.weather import Weather

KEY = bytes(range(32))


GROUP = UnitId("cd-hong-ha-to-01")
"""A group of the demonstration's plant; a station that pulls it in gives it the portal's code for its id."""


def a_record(**values: Any) -> Initiative:
    """A complete record that the portal takes as it is."""
    return an_initiative(**{"group": GROUP, **values})


class SyncDesk:
    """One station with its own folder, clock and weather."""

    def __init__(self, folder: Path, portal: PortalServer, *, new: bool = True) -> None:
        self.home = Home(folder)
        self.portal = portal
        self.clock = FixedClock(datetime.now(UTC))
        self.weather = Weather()
        opening = Database.create if new else Database.open
        self.database = opening(self.home, KEY, clock=self.clock)
        self.access = PortalAccess(self.database, self.clock, open_link=self.weather.link)

    def sign_in(self, account: str = "canbo") -> None:
        """The officer approves the code on a phone."""
        self.access.sign_in_by_device(
            self.portal.address,
            lambda code: self.portal.approve(code.user_code, account),
            SILENT,
            wait=lambda _seconds, _progress: None,
        )

    @property
    def station_id(self) -> str:
        """The station's name at the portal."""
        with self.database.read() as session:
            station = sync_marks.station(session)
        assert station is not None
        return station.id

    def close(self) -> None:
        """The program ends in good order."""
        self.database.close()

    # writing

    def write(self, *records: Initiative) -> list[InitiativeId]:
        """Complete records, marked ready."""
        ready = [replace(record, lifecycle=Lifecycle.READY) for record in records]
        ids = [record.id for record in ready]
        with self.database.write() as session:
            initiatives.put_many(session, ready, actor="canbo", source="typed")
            outbox.add_many(session, ids, actor="canbo")
        return ids

    def write_one(self, **values: Any) -> InitiativeId:
        """A complete record with these fields, of a group that the portal knows."""
        return self.write(a_record(**values))[0]

    def edit(self, record_id: InitiativeId, **values: Any) -> None:
        """The officer changes fields and saves."""
        with self.database.write() as session:
            record = replace(initiatives.get(session, record_id), **values)
            initiatives.put(session, record, actor="canbo", source="typed")
            outbox.add(session, record_id, actor="canbo")

    def withdraw(self, record_id: InitiativeId) -> None:
        """The officer withdraws a record."""
        self.edit(record_id, lifecycle=Lifecycle.WITHDRAWN)

    # exchanging

    def sync(self, progress: Progress = SILENT) -> Outcome:
        """One exchange; raises what it raises."""
        return self.access.sync(progress)

    def try_sync(self) -> Outcome | PortalFailure:
        """One exchange, or how it failed."""
        try:
            return self.access.sync(SILENT)
        except PortalFailure as failure:
            return failure

    # looking

    def get(self, record_id: InitiativeId) -> Initiative:
        """The record as it stands here."""
        with self.database.read() as session:
            return initiatives.get(session, record_id)

    def all(self) -> tuple[Initiative, ...]:
        """Every record here."""
        with self.database.read() as session:
            return initiatives.find(session, Query())

    def titles(self) -> list[str]:
        """Titles of all records, sorted."""
        return sorted(record.title for record in self.all())

    def copy(self, record_id: InitiativeId) -> Copy:
        """What is known of the portal's version."""
        with self.database.read() as session:
            return replicas.copies(session, [record_id])[record_id]

    def badge(self, record_id: InitiativeId) -> Badge:
        """The record's badge."""
        with self.database.read() as session:
            return badge(outbox.facts(session, [record_id])[record_id])

    def conflicts(self) -> tuple[Conflict, ...]:
        """What waits for a person."""
        with self.database.read() as session:
            return conflicts.waiting(session)

    def travelling(self) -> dict[str, dict[str, Any]]:
        """Record id → what the portal should hold of it."""
        return {record.id: travelling(record) for record in self.all()}


@contextmanager
def a_sync_desk(folder: Path, portal: PortalServer, *, account: str = "canbo") -> Iterator[SyncDesk]:
    """A desk that is signed in."""
    desk = SyncDesk(folder, portal)
    try:
        desk.sign_in(account)
        yield desk
    finally:
        desk.close()


def at_portal(desk: SyncDesk) -> dict[str, dict[str, Any]]:
    """What the portal holds, in the desk's terms."""
    with desk.database.read() as session:
        units = unit_codes(session)
    return {
        record_id: dict(from_portal(document, units))
        for record_id, document in desk.portal.documents().items()
    }


def settled(*desks: SyncDesk) -> bool:
    """Whether every desk holds exactly what the portal holds."""
    return all(desk.travelling() == at_portal(desk) for desk in desks)
