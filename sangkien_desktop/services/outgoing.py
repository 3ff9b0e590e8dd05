"""What goes to the portal and what came of it: batches, records under way, records astray, files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.ids import BatchId, InitiativeId
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import initiatives, lots, rankings
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.lots import FileOnItsWay, Lot

UNDER_WAY: Final = frozenset(
    {
        Badge.QUEUED,
        Badge.QUEUED_AGAIN,
        Badge.HELD,
        Badge.UNKNOWN,
        Badge.SENDING,
        Badge.CARRIED,
        Badge.WAITING,
    }
)
"""Badges of records that the portal does not have yet in their newest form, and nobody has refused."""
ASTRAY: Final = frozenset({Badge.RETURNED, Badge.REJECTED, Badge.DUPLICATE, Badge.PARKED})
"""Badges of records that the portal sent back or could not take."""


@dataclass(frozen=True)
class Line:
    """A record in one of the lists, and why it stands there."""

    row: Row
    reason: str

    @property
    def id(self) -> InitiativeId:
        """The record's id."""
        return self.row.record.id


class OutgoingService:
    """The lists behind the sync screen."""

    def __init__(self, desk: Desk) -> None:
        self._database = desk.database

    def lots(self) -> tuple[Lot, ...]:
        """Batches, the newest first."""
        with self._database.read() as session:
            return lots.find(session)

    def records_of(self, batch: BatchId) -> tuple[InitiativeId, ...]:
        """The records in a batch."""
        with self._database.read() as session:
            return lots.records_of(session, batch)

    def files(self) -> tuple[FileOnItsWay, ...]:
        """Files that are not whole at the portal yet."""
        with self._database.read() as session:
            return lots.files(session)

    def keys(self, badges: frozenset[Badge]) -> Sequence[int]:
        """Row keys of the records with these badges, what changed last first."""
        with self._database.read() as session:
            return initiatives.keys(session, Query(badges=badges, sort="changed_at"))

    def keys_of(self, batch: BatchId) -> Sequence[int]:
        """Row keys of the records in a batch."""
        with self._database.read() as session:
            ids = frozenset(lots.records_of(session, batch))
            return initiatives.keys(session, Query(ids=ids, descending=False)) if ids else ()

    def lines(self, row_keys: Sequence[int]) -> list[Line | None]:
        """One line for each key, in order; None for a record that is gone."""
        with self._database.read() as session:
            rows = {row.key: row for row in initiatives.page(session, row_keys)}
            ids = [row.record.id for row in rows.values()]
            said = lots.refusals(session, ids)
            due = lots.waits(session, ids)
            labels = rankings.reason_labels(session)
        reasons = {key: reason_of(row, labels, said, due) for key, row in rows.items()}
        return [Line(rows[key], reasons[key]) if key in rows else None for key in row_keys]


def reason_of(
    row: Row,
    labels: Mapping[str, str],
    refused: Mapping[InitiativeId, str],
    due: Mapping[InitiativeId, datetime],
) -> str:
    """Why the record stands where it stands, in the portal's or the officer's own words."""
    if row.badge is Badge.RETURNED:
        return returned_reason(row, labels)
    if row.badge in (Badge.REJECTED, Badge.DUPLICATE):
        return refused.get(row.record.id, "")
    if row.badge is Badge.HELD:
        return row.hold_reason
    at = due.get(row.record.id)
    if row.badge in (Badge.WAITING, Badge.PARKED) and at is not None:
        return f"Gửi lại lúc {at.astimezone(VIETNAM):%H:%M ngày %d/%m}"
    return ""


def returned_reason(row: Row, labels: Mapping[str, str]) -> str:
    """The portal's reason for a return: its list's words, then the reviewer's note."""
    code, note = (str(row.portal_reason.get(name) or "") for name in ("code", "note"))
    label = labels.get(code, code)
    if label and note and note != label:
        return f"{label}. {note}"
    return note or label
