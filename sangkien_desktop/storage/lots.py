"""Batches and files as people read them: what went, when, and what the portal said of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import AttachmentId, BatchId, InitiativeId
from sangkien_desktop.domain.sync_status import FROZEN, OperationState
from sangkien_desktop.storage.outbox import refusal_reason
from sangkien_desktop.storage.parcels import BatchState
from sangkien_desktop.storage.tables import AttachmentRow, BatchRow, InitiativeRow, OperationRow, ReceiptRow

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Lot:
    """One batch. `number` counts from 1 in the order in which batches were made."""

    number: int
    batch: BatchId
    channel: str
    """http, hub or file."""
    state: BatchState
    operations: int
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    problem: str
    """Code of the newest failure; empty when there is none."""
    outcomes: Mapping[OperationState, int]
    has_receipt: bool

    def count(self, *states: OperationState) -> int:
        """How many of its operations ended so."""
        return sum(self.outcomes.get(state, 0) for state in states)


@dataclass(frozen=True, kw_only=True)
class FileOnItsWay:
    """A file of a record and how far it has come."""

    id: AttachmentId
    record: InitiativeId
    local_code: str
    title: str
    name: str
    size: int
    sent: int
    """Bytes that the portal has."""
    state: str
    attempts: int
    next_at: datetime | None


def find(session: Session, limit: int = MOST) -> tuple[Lot, ...]:
    """The newest batches first; those whose operations went on in other batches are left out."""
    place = func.row_number().over(order_by=(BatchRow.created_at, BatchRow.batch_id)).label("place")
    chosen = (
        select(
            place,
            BatchRow.batch_id,
            BatchRow.channel,
            BatchRow.state,
            BatchRow.n_ops,
            BatchRow.attempts,
            BatchRow.created_at,
            BatchRow.first_sent_at,
            BatchRow.answered_at,
            BatchRow.last_problem,
            ReceiptRow.batch_id.is_not(None).label("has_receipt"),
        )
        .outerjoin(ReceiptRow, (ReceiptRow.batch_id == BatchRow.batch_id) & ReceiptRow.verified)
        .order_by(place.desc())
        .limit(limit)
    )
    rows = session.execute(chosen).all()
    outcomes = _outcomes(session, [row.batch_id for row in rows])
    return tuple(_lot(row, outcomes.get(row.batch_id, {})) for row in rows if row.state != BatchState.SPLIT)


def of_record(session: Session, record: InitiativeId) -> Lot | None:
    """The batch in which the record's newest sealed operation lies."""
    newest = (
        select(OperationRow.batch_id)
        .where(OperationRow.record_id == record, OperationRow.batch_id.is_not(None))
        .order_by(OperationRow.op_key.desc())
        .limit(1)
    )
    batch = session.scalar(newest)
    return next((lot for lot in find(session) if lot.batch == batch), None) if batch else None


def records_of(session: Session, batch: BatchId) -> tuple[InitiativeId, ...]:
    """The records in a batch, in the order of sending."""
    chosen = select(OperationRow.record_id).where(OperationRow.batch_id == batch).order_by(OperationRow.seq)
    return tuple(InitiativeId(record) for record in session.scalars(chosen))


def refusals(session: Session, records: Collection[InitiativeId]) -> Mapping[InitiativeId, str]:
    """What the portal said when it refused the newest operation of each of these records."""
    chosen = (
        select(OperationRow.record_id, OperationRow.outcome)
        .where(
            OperationRow.record_id.in_(list(records)),
            OperationRow.state.in_((OperationState.REJECTED, OperationState.DUPLICATE)),
        )
        .order_by(OperationRow.op_key)
    )
    found = {InitiativeId(row.record_id): refusal_reason(row.outcome) for row in session.execute(chosen)}
    return {record: said for record, said in found.items() if said}


def waits(session: Session, records: Collection[InitiativeId]) -> Mapping[InitiativeId, datetime]:
    """When the frozen operations of these records are due again."""
    chosen = select(OperationRow.record_id, OperationRow.next_at).where(
        OperationRow.record_id.in_(list(records)),
        OperationRow.state.in_(FROZEN),
        OperationRow.next_at.is_not(None),
    )
    return {InitiativeId(row.record_id): row.next_at for row in session.execute(chosen)}


def files(session: Session, limit: int = MOST) -> tuple[FileOnItsWay, ...]:
    """Files that are not whole at the portal yet, those under way first."""
    chosen = (
        select(AttachmentRow, InitiativeRow.local_code, InitiativeRow.title)
        .join(InitiativeRow, InitiativeRow.id == AttachmentRow.record_id)
        .where(AttachmentRow.state != "stored")
        .order_by(AttachmentRow.offset.desc(), AttachmentRow.size)
        .limit(limit)
    )
    return tuple(
        FileOnItsWay(
            id=AttachmentId(row.attachment_id),
            record=InitiativeId(row.record_id),
            local_code=code,
            title=title,
            name=row.name,
            size=row.size,
            sent=row.offset,
            state=row.state,
            attempts=row.attempts,
            next_at=row.next_at,
        )
        for row, code, title in session.execute(chosen)
    )


def _outcomes(session: Session, batches: Sequence[str]) -> dict[str, dict[OperationState, int]]:
    chosen = (
        select(OperationRow.batch_id, OperationRow.state, func.count())
        .where(OperationRow.batch_id.in_(batches))
        .group_by(OperationRow.batch_id, OperationRow.state)
    )
    found: dict[str, dict[OperationState, int]] = {}
    for batch, state, number in session.execute(chosen):
        found.setdefault(str(batch), {})[OperationState(state)] = number
    return found


def _lot(row: Any, outcomes: Mapping[OperationState, int]) -> Lot:
    problem = row.last_problem if isinstance(row.last_problem, dict) else {}
    return Lot(
        number=row.place,
        batch=BatchId(row.batch_id),
        channel=row.channel,
        state=BatchState(row.state),
        operations=row.n_ops,
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.first_sent_at,
        answered_at=row.answered_at,
        problem=str(problem.get("code") or problem.get("failure") or ""),
        outcomes=outcomes,
        has_receipt=row.has_receipt,
    )
