"""Station and portal compared whole: after the portal was restored from a backup, or when their digests differ.

Nothing is ever deleted here because the portal lacks it: what it no longer knows is offered again, with the same
bytes, and records are put on the base of what it really holds.
"""

from dataclasses import dataclass, field

from sangkien_desktop.domain.ids import InitiativeId, OperationId
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import reoffers
from sangkien_desktop.storage.database import Database
from sangkien_desktop.sync.lists import unit_codes
from sangkien_desktop.sync.port import PortalPort
from sangkien_desktop.sync.pull import PageOfRecords
from sangkien_desktop.sync.wire.feed import Change

STREAMS = ("record", "status")


@dataclass
class Reconciled:
    """What a comparison found."""

    records: set[InitiativeId] = field(default_factory=set)
    """Records that were put on another base."""
    missing_there: int = 0
    """Records that the portal had and has no longer."""


def ask_what_is_unknown(
    database: Database, port: PortalPort, account: str, at_once: int, progress: Progress
) -> int:
    """Ask about every operation that was ever accepted; those the portal no longer knows will be offered again.
    How many they are."""
    with database.read() as session:
        accepted = reoffers.accepted(session, account)
        units = unit_codes(session)
    lost: list[OperationId] = []
    for start in range(0, len(accepted), at_once):
        progress.check()
        looked = port.lookup(accepted[start : start + at_once], units, progress)
        lost += [op_id for op_id in accepted[start : start + at_once] if op_id in looked.unknown]
    with database.write() as session:
        reoffers.offer_again(session, lost)
    return len(lost)


def offer_waiting(database: Database) -> bool:
    """Make the next operation of every record that has some to offer ready for sending; False when none is left."""
    with database.write() as session:
        return reoffers.reopen(session) > 0


def compare(database: Database, port: PortalPort, progress: Progress) -> Reconciled:
    """Take full copies and put every record on the base of what the portal holds, own changes kept on top."""
    found = Reconciled()
    seen: set[str] = set()
    for stream in STREAMS:
        after, as_of = "", ""
        while True:
            progress.check()
            part = port.snapshot(stream, after, as_of, progress)
            found.records |= _apply(database, list(part.items))
            if stream == "record":
                seen.update(item.id for item in part.items)
            after, as_of = part.after or "", part.as_of
            if not after:
                break
    with database.write() as session:
        found.missing_there = reoffers.forget_bases_except(session, seen)
    return found


def _apply(database: Database, items: list[Change]) -> frozenset[InitiativeId]:
    if not items:
        return frozenset()
    with database.write() as session:
        page = PageOfRecords(session, items, unit_codes(session), is_whole_truth=True)
        page.apply()
        return page.changed
