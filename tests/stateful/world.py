"""A small world of stations and a portal in which everything goes wrong, and what must hold nevertheless."""

import itertools
import json
import shutil
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from reference_portal.tables import RevisionRow
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import FROZEN, OPEN, OperationState
from sangkien_desktop.storage import initiatives
from sangkien_desktop.storage.tables import ConflictRow, InitiativeRow, OperationRow
from sangkien_desktop.sync import decisions
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.failures import PortalFailure
from tests.stateful.stations import MISHAPS, StationInWorld, Violation
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import SyncDesk, a_record, at_portal

FIELDS = ("title", "effect_summary", "solution")
ROUNDS_TO_REST = 12
RECORDS = 3
"""So few that everything happens to the same ones."""
SECONDS = 120
"""Far more than any world needs; one that takes longer hangs."""


class World:
    """Stations, portal, and a memory of everything that anybody ever wrote."""

    def __init__(self, portal: PortalServer, templates: list[Path], folder: Path) -> None:
        portal.empty()
        portal.defer_next = 0
        self.portal = portal
        self.folder = folder
        self.stations: list[StationInWorld] = []
        self.backups: list[tuple[int, Path]] = []
        self._tokens = itertools.count(1)
        self.replaced: dict[str, set[str]] = {}
        self.wiped: set[str] = set()
        self.sealed: dict[str, str] = {}
        self.old_conflicts: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._ends = time.monotonic() + SECONDS
        for number, template in enumerate(templates):
            self._open(template, number)

    def _open(self, source: Path, number: int) -> StationInWorld:
        target = self.folder / f"station-{number}"
        shutil.copytree(source, target)
        station = StationInWorld(target, self.portal)
        self.stations.append(station)
        return station

    def close(self) -> None:
        """Let go of every file."""
        for station in self.stations:
            station.leave()

    # what happens

    def token(self, who: str) -> str:
        """A value that nobody wrote before."""
        return f"Giá trị {who} số {next(self._tokens)}"

    def write(self, station: StationInWorld) -> None:
        """A new record, unless there are enough."""
        if len(station.all()) >= RECORDS:
            return
        values = {name: self.token("trạm") for name in FIELDS}
        station.write(a_record(**values))
        station.live.update(values.values())

    def edit(
        self, station: StationInWorld, pick: int, field: str, *, among: Collection[str] = frozenset()
    ) -> None:
        """A new value in a field of some record, of one among these if there is one."""
        records = [record for record in station.all() if record.lifecycle is Lifecycle.READY]
        if not records:
            return
        records = [record for record in records if record.id in among] or records
        record = sorted(records, key=lambda one: one.id)[pick % len(records)]
        value = self.token("trạm")
        self._knows(value, getattr(record, field))
        station.live.discard(getattr(record, field))
        station.live.add(value)
        station.edit(record.id, **{field: value})

    def _knows(self, value: str, before: str) -> None:
        self.replaced[value] = {before} | self.replaced.get(before, set())

    def withdraw(self, station: StationInWorld, pick: int) -> None:
        """The officer withdraws a record, or takes it back."""
        records = sorted(station.all(), key=lambda one: one.id)
        if records:
            record = records[pick % len(records)]
            back = record.lifecycle is Lifecycle.WITHDRAWN
            self.wiped |= {getattr(record, name) for name in FIELDS}
            station.edit(record.id, lifecycle=Lifecycle.READY if back else Lifecycle.WITHDRAWN)

    def portal_edit(self, pick: int, field: str) -> None:
        """Somebody at the portal changes a field."""
        records = sorted(self.portal.records())
        if records:
            self.portal.edit(records[pick % len(records)], **{field: self.token("Cổng")})

    def work(self, station: StationInWorld, pick: int, field: str) -> None:
        """Something that must be sent: an edit, or a first record."""
        if any(record.lifecycle is Lifecycle.READY for record in station.all()):
            self.edit(station, pick, field)
        else:
            self.write(station)

    def edit_unsent(self, station: StationInWorld, pick: int, field: str) -> None:
        """A new value in a record that already has something to send; in any other when none has."""
        waiting = {row.record_id for row in station.rows(OperationRow) if row.state in OPEN}
        self.edit(station, pick, field, among=waiting)

    def portal_edit_unanswered(self, station: StationInWorld, pick: int, field: str) -> None:
        """Somebody at the portal changes a record whose operation the station has no answer for."""
        frozen = {row.record_id for row in station.rows(OperationRow) if row.state in FROZEN}
        records = sorted(frozen & self.portal.records().keys())
        if records:
            self.portal.edit(records[pick % len(records)], **{field: self.token("Cổng")})

    def portal_decide(self, pick: int, status: str) -> None:
        """The reviewer speaks."""
        records = sorted(self.portal.records())
        if records:
            self.portal.decide(records[pick % len(records)], status, reason="R02", note="Thiếu")

    def sync(self, station: StationInWorld, mishaps: list[str], only: str, *, wait_s: int = 40) -> None:
        """One exchange in this weather, after so long."""
        self.remember(station)
        weather = station.weather
        weather.only = only
        for mishap in mishaps:
            MISHAPS[mishap](weather)
        station.clock.advance(timedelta(seconds=wait_s))
        station.try_sync()
        weather.mishaps.clear()
        self.remember(station)

    def decide(self, station: StationInWorld, *, takes_mine: bool) -> None:
        """The officer answers every open conflict."""
        for conflict in station.conflicts():
            choices = {}
            for name in conflict.fields:
                mine, theirs = conflict.mine.get(name), conflict.theirs.get(name)
                choices[name] = mine if takes_mine else theirs
                for value, other in ((mine, theirs), (theirs, mine)):
                    if isinstance(value, str) and isinstance(other, str):
                        known = {other} | self.replaced.get(other, set())
                        self.replaced[value] = (self.replaced.get(value, set()) | known) - {value}
            with station.database.write() as session:
                record = initiatives.get(session, conflict.record)
                chosen = decisions.decided(record, conflict, choices)
                initiatives.put(session, chosen, actor="canbo", source="conflict")
                decisions.close(session, conflict, choices, by="canbo")

    def restore(self, pick: int) -> StationInWorld | None:
        """A station goes back to one of its last backups; what only it had is gone. The station, if any."""
        if not self.backups:
            return None
        number, backup = self.backups[-1 - pick % len(self.backups)]
        station = self.stations[number]
        self.remember(station)
        self.wiped |= station.live | self._values_of(station)
        self.old_conflicts += [(row.mine, row.theirs) for row in station.rows(ConflictRow)]
        station.restore(backup)
        return station

    def backup(self, station: StationInWorld) -> None:
        """Keep a copy."""
        to = self.folder / f"backup-{len(self.backups)}"
        station.backup(to)
        self.backups.append((self.stations.index(station), to))

    def clone(self, station: StationInWorld) -> None:
        """The profile is copied to another PC, and both go on."""
        if len(self.stations) >= 4:
            return
        station.database.checkpoint()
        twin = self._open(station.folder, len(self.stations))
        twin.live = set(station.live)

    def _values_of(self, station: StationInWorld) -> set[str]:
        rows = station.rows(InitiativeRow)
        return {getattr(row, name) for row in rows for name in FIELDS}

    # what must hold

    def remember(self, station: StationInWorld) -> None:
        """Every identity with its bytes: one identity, one content, for ever (3, 5)."""
        for row in station.rows(OperationRow):
            if row.op_id is None:
                continue
            known = self.sealed.setdefault(row.op_id, row.payload_hash)
            if known != row.payload_hash:
                raise Violation("one op_id, two contents")
            if row.last_problem and row.last_problem.get("code") == "op-id-reuse":
                raise Violation("op_id sent with other bytes")

    def check_always(self) -> None:
        """What holds after every step."""
        self._is_alive()
        there = self.portal.operations()
        records = self.portal.records()
        for station in self.stations:
            self.remember(station)
            rows = station.rows(OperationRow)
            self._one_of_each(rows)
            for row in rows:
                self._outcome_is_true(row, there)
            for row in station.rows(InitiativeRow):
                if row.id in records and row.base_rev > records[row.id].rev:
                    raise Violation("base newer than the portal")
        if not set(there) <= set(self.sealed):
            raise Violation("the portal holds an operation that nobody sealed")

    def _is_alive(self) -> None:
        if time.monotonic() > self._ends:
            raise Violation("does not come to an end")

    def _one_of_each(self, rows: list[Any]) -> None:
        for states in (FROZEN, OPEN):
            busy = [row.record_id for row in rows if row.state in states]
            if len(busy) != len(set(busy)):
                raise Violation("two operations of one record at once")

    def _outcome_is_true(self, row: Any, there: dict[str, Any]) -> None:
        if row.op_id is None or row.state not in _ENDS:
            return
        stored = there.get(row.op_id)
        if stored is None:
            raise Violation(f"closed as {row.state}, but the portal never had it")
        if json.loads(stored.outcome)["outcome"] != _ENDS[row.state]:
            raise Violation("another outcome than the portal's")

    def rest(self) -> int:
        """The network becomes fair; how many rounds it took until nothing moved."""
        self.portal.defer_next = 0
        for station in self.stations:
            station.weather.mishaps.clear()
            station.weather.before_next = None
        for station in self.stations:
            station.weather.deliver_late()
        for number in range(1, ROUNDS_TO_REST + 1):
            quiet = [self._round(station) for station in self.stations]
            if all(quiet) and self._is_level():
                return number
        how = "replicas differ for ever: " if all(quiet) else "does not come to rest: "
        raise Violation(how + self._why())

    def _round(self, station: StationInWorld) -> bool:
        self._is_alive()
        station.clock.advance(timedelta(hours=26))
        outcome = station.try_sync()
        if isinstance(outcome, PortalFailure):
            raise Violation(f"fails in fair weather: {outcome.failure}")
        self.decide(station, takes_mine=True)
        self.remember(station)
        return _is_quiet(outcome) and not station.conflicts()

    def _is_level(self) -> bool:
        return all(self._differences(station) == {} for station in self.stations)

    def _differences(self, station: StationInWorld) -> dict[str, Any]:
        here, there = station.travelling(), at_portal(station)
        for record in station.all():
            if record.lifecycle is Lifecycle.WITHDRAWN and record.id not in there:
                # Withdrawn before it was ever sent.
                del here[record.id]
        ids = {*here, *there}
        return {one: (here.get(one), there.get(one)) for one in ids if here.get(one) != there.get(one)}

    def _why(self) -> str:
        parts = []
        for number, station in enumerate(self.stations):
            states = [row.state for row in station.rows(OperationRow) if row.state not in _ENDS]
            parts.append(f"{number}: {states} {self._differences(station)}")
        return "; ".join(parts)

    def check_at_rest(self) -> None:
        """What holds once everything has arrived."""
        self.check_always()
        history = self._history()
        self._nothing_lost(history)
        self._nothing_overwritten(history)

    def _history(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        with self.portal.database.read() as session:
            rows = session.scalars(select(RevisionRow).order_by(RevisionRow.record_id, RevisionRow.rev))
            for row in rows:
                found.setdefault(row.record_id, []).append(json.loads(row.document))
        return found

    def _archived(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        found = list(self.old_conflicts)
        for station in self.stations:
            found += [(row.mine, row.theirs) for row in station.rows(ConflictRow)]
        return found

    def _nothing_lost(self, history: dict[str, list[dict[str, Any]]]) -> None:
        kept = {
            value
            for documents in history.values()
            for document in documents
            for value in document.values()
            if isinstance(value, str)
        }
        for sides in self._archived():
            kept |= {value for side in sides for value in side.values() if isinstance(value, str)}
        for station in self.stations:
            lost = station.live - kept - self.wiped
            if lost:
                raise Violation(f"lost: {sorted(lost)}")

    def _nothing_overwritten(self, history: dict[str, list[dict[str, Any]]]) -> None:
        """Whoever replaced a value had seen it, or a conflict shows both (8)."""
        asked = {
            (side.get(name), other.get(name))
            for mine, theirs in self._archived()
            for side, other in ((mine, theirs), (theirs, mine))
            for name in FIELDS
        }
        for documents in history.values():
            for before, after in itertools.pairwise(documents):
                for name in FIELDS:
                    old, new = before.get(name), after.get(name)
                    if old == new or not isinstance(new, str) or "trạm" not in new:
                        continue
                    seen = self.replaced.get(new, set())
                    if old not in seen and (old, new) not in asked and not self.wiped & {old, new}:
                        raise Violation(f"silently overwritten: {old} by {new}")


_ENDS = {
    OperationState.APPLIED: "applied",
    OperationState.MERGED: "merged",
    OperationState.REJECTED: "rejected",
    OperationState.CONFLICT: "conflict",
    OperationState.DUPLICATE: "duplicate_of",
}


def _is_quiet(outcome: Outcome) -> bool:
    return not outcome.sent and outcome.station.not_terminal == 0


def make_template(folder: Path, portal: PortalServer, account: str) -> Path:
    """A station's folder, signed in, with units and lists already here."""
    desk = SyncDesk(folder, portal)
    desk.sign_in(account)
    desk.sync()
    desk.close()
    return folder
