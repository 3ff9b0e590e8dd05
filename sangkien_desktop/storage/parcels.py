"""Sealed operations and the batches that carry them: frozen bytes, the portal's raw answers, settled outcomes."""

# ruff: noqa: S608 - statements are put together from constants of the program only

import gzip
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import BatchId, InitiativeId, OperationId
from sangkien_desktop.domain.sync_status import FROZEN, OperationState
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.meta import to_json
from sangkien_desktop.storage.outbox import Kind
from sangkien_desktop.storage.tables import BatchRow, OperationRow
from sangkien_desktop.storage.tables.base import instant_text


class BatchState(StrEnum):
    """Where a batch stands."""

    BUILT = "built"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ANSWERED = "answered"
    SETTLED = "settled"
    SPLIT = "split"
    CARRIED = "carried"


LIVE = (BatchState.BUILT, BatchState.SENDING, BatchState.UNKNOWN, BatchState.ANSWERED, BatchState.CARRIED)
"""A frozen operation in such a batch waits for the batch; in any other it must be put into a new one."""


LONGEST_WAIT = timedelta(hours=25)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """An operation as it is frozen."""

    key: int
    op_id: OperationId
    kind: Kind
    base_rev: int
    changed: tuple[str, ...] | None
    payload: bytes
    payload_hash: str
    schema_version: int


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A frozen operation as it lies in the outbox."""

    key: int
    op_id: OperationId
    record: InitiativeId
    kind: Kind
    base_rev: int
    payload: bytes
    attempts: int
    state: OperationState


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A batch and the bytes that are sent, however often."""

    batch_id: BatchId
    account: str
    state: BatchState
    body: bytes
    n_ops: int
    attempts: int
    response: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What closes (or defers) one operation."""

    key: int
    state: OperationState
    outcome: Mapping[str, Json]
    problem: Mapping[str, Json] | None = None
    next_at: datetime | None = None


def freeze(session: Session, operations: Sequence[Sealed], *, account: str) -> None:
    """Give queued operations their identity and bytes, both for ever, and their places in the order of sending."""
    first = (session.scalar(select(func.max(OperationRow.seq))) or 0) + 1
    rows = [
        {
            "key": one.key,
            "op_id": one.op_id,
            "kind": one.kind,
            "base_rev": one.base_rev,
            "changed": None if one.changed is None else to_json(list(one.changed)),
            "payload": one.payload,
            "payload_hash": one.payload_hash,
            "schema_version": one.schema_version,
            "account": account,
            "seq": first + place,
            "at": instant_text(moment.now(session)),
        }
        for place, one in enumerate(operations)
    ]
    if rows:
        session.execute(_FREEZE, rows)


_FREEZE = text(
    "UPDATE op SET op_id = :op_id, kind = :kind, base_rev = :base_rev, changed = :changed, payload = :payload,"
    " payload_hash = :payload_hash, schema_version = :schema_version, account_id = :account, seq = :seq,"
    f" state = '{OperationState.SEALED}', sealed_at = :at WHERE op_key = :key"
)


def build(session: Session, batch_id: BatchId, body: bytes, op_keys: Sequence[int], *, account: str) -> None:
    """Keep a new batch and put these frozen operations into it."""
    # The hash is of the plain bytes; they are kept packed.
    session.execute(
        _BUILD,
        {
            "batch_id": batch_id,
            "account": account,
            "body": gzip.compress(body, 6, mtime=0),
            "body_hash": _sha256(body),
            "n_ops": len(op_keys),
            "at": instant_text(moment.now(session)),
        },
    )
    session.execute(_INTO_BATCH, [{"batch_id": batch_id, "key": key} for key in op_keys])


_BUILD = text(
    "INSERT INTO batch (batch_id, account_id, channel, body, body_hash, state, n_ops, attempts, created_at)"
    f" VALUES (:batch_id, :account, 'http', :body, :body_hash, '{BatchState.BUILT}', :n_ops, 0, :at)"
)
_INTO_BATCH = text(
    f"UPDATE op SET batch_id = :batch_id, state = '{OperationState.SEALED}', next_at = NULL WHERE op_key = :key"
)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def recover(session: Session) -> None:
    """After a start: what was on its way when the program ended may have arrived or not."""
    session.execute(
        update(BatchRow).where(BatchRow.state == BatchState.SENDING).values(state=BatchState.UNKNOWN)
    )
    in_flight = OperationRow.state == OperationState.INFLIGHT
    session.execute(update(OperationRow).where(in_flight).values(state=OperationState.UNKNOWN))


def next_batch(session: Session, account: str) -> Batch | None:
    """The oldest batch of the account that still has to be sent or settled."""
    query = (
        select(BatchRow)
        .where(
            BatchRow.account_id == account,
            BatchRow.channel == "http",
            BatchRow.state.in_((BatchState.BUILT, BatchState.UNKNOWN, BatchState.ANSWERED)),
        )
        .order_by(BatchRow.created_at, BatchRow.batch_id)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    return None if row is None else _as_batch(row)


def get(session: Session, batch_id: BatchId) -> Batch:
    """One batch."""
    return _as_batch(session.get_one(BatchRow, batch_id))


def _as_batch(row: BatchRow) -> Batch:
    return Batch(
        batch_id=BatchId(row.batch_id),
        account=row.account_id or "",
        state=BatchState(row.state),
        body=gzip.decompress(row.body) if row.body else b"",
        n_ops=row.n_ops,
        attempts=row.attempts,
        response=row.response,
    )


def operations_of(session: Session, batch_id: BatchId) -> tuple[Frozen, ...]:
    """The frozen operations that wait for this batch, in the order of sending."""
    query = select(OperationRow).where(OperationRow.batch_id == batch_id, OperationRow.state.in_(FROZEN))
    return tuple(_as_frozen(row) for row in session.scalars(query.order_by(OperationRow.seq)))


def strays(session: Session, account: str, limit: int) -> tuple[Frozen, ...]:
    """Frozen operations that are due and in no living batch, in the order of sending: deferred ones whose time
    has come, those an answer forgot, and parked ones once a day."""
    now = moment.now(session)
    in_living = select(BatchRow.batch_id).where(BatchRow.state.in_(LIVE))
    # A time further off than any wait that is ever set comes from a PC clock that has since been put back.
    is_due = (
        OperationRow.next_at.is_(None)
        | (OperationRow.next_at <= now)
        | (OperationRow.next_at > now + LONGEST_WAIT)
    )
    query = (
        select(OperationRow)
        .where(
            OperationRow.state.in_(FROZEN - {OperationState.CARRIED}),
            OperationRow.account_id == account,
            OperationRow.batch_id.is_(None) | OperationRow.batch_id.not_in(in_living),
            is_due,
        )
        .order_by(OperationRow.seq)
        .limit(limit)
    )
    return tuple(_as_frozen(row) for row in session.scalars(query))


def _as_frozen(row: OperationRow) -> Frozen:
    assert row.op_id is not None
    return Frozen(
        key=row.op_key,
        op_id=OperationId(row.op_id),
        record=InitiativeId(row.record_id),
        kind=Kind(row.kind),
        base_rev=row.base_rev,
        payload=row.payload or b"",
        attempts=row.attempts,
        state=OperationState(row.state),
    )


def mark_sending(session: Session, batch_id: BatchId) -> None:
    """The batch is about to leave; committed before its first byte does."""
    values = {"state": BatchState.SENDING, "attempts": BatchRow.attempts + 1}
    session.execute(update(BatchRow).where(BatchRow.batch_id == batch_id).values(**values))
    first = (BatchRow.batch_id == batch_id) & BatchRow.first_sent_at.is_(None)
    session.execute(update(BatchRow).where(first).values(first_sent_at=moment.now(session)))
    _move_operations(session, batch_id, OperationState.INFLIGHT)


def mark_unsent(session: Session, batch_id: BatchId, problem: Mapping[str, Json]) -> None:
    """The batch certainly had no effect: it never left, or was refused whole."""
    _move_batch(session, batch_id, BatchState.BUILT, problem)
    _move_operations(session, batch_id, OperationState.SEALED)


def mark_unknown(session: Session, batch_id: BatchId, problem: Mapping[str, Json]) -> None:
    """The batch left and no answer came."""
    _move_batch(session, batch_id, BatchState.UNKNOWN, problem)
    _move_operations(session, batch_id, OperationState.UNKNOWN)


def mark_split(session: Session, batch_id: BatchId, problem: Mapping[str, Json]) -> None:
    """The batch will not be sent again; its operations go into other batches with the same bytes."""
    _move_batch(session, batch_id, BatchState.SPLIT, problem)
    _move_operations(session, batch_id, OperationState.UNKNOWN)


def mark_answered(session: Session, batch_id: BatchId, status: int, body: bytes) -> None:
    """Keep the raw answer before anybody reads it."""
    values = {
        "state": BatchState.ANSWERED,
        "http_status": status,
        "response": body,
        "answered_at": moment.now(session),
    }
    session.execute(update(BatchRow).where(BatchRow.batch_id == batch_id).values(**values))


def _move_batch(session: Session, batch_id: BatchId, state: BatchState, problem: Mapping[str, Json]) -> None:
    mine = BatchRow.batch_id == batch_id
    session.execute(update(BatchRow).where(mine).values(state=state, last_problem=dict(problem)))


def _move_operations(session: Session, batch_id: BatchId, state: OperationState) -> None:
    mine = (OperationRow.batch_id == batch_id) & OperationRow.state.in_(FROZEN)
    session.execute(update(OperationRow).where(mine).values(state=state))


def settle(session: Session, settled: Iterable[Settled]) -> None:
    """Close operations with what the portal said of them; deferred ones stay frozen."""
    rows = [
        {
            "key": one.key,
            "state": one.state,
            "outcome": to_json(dict(one.outcome)),
            "problem": to_json(dict(one.problem)) if one.problem else None,
            "next_at": instant_text(one.next_at) if one.next_at else None,
            "at": instant_text(moment.now(session)),
        }
        for one in settled
    ]
    if rows:
        session.execute(_SETTLE, rows)


_SETTLE = text(
    "UPDATE op SET state = :state, outcome = :outcome, last_problem = :problem, next_at = :next_at,"
    " settled_at = :at WHERE op_key = :key"
)


def mark_settled(session: Session, batch_id: BatchId) -> None:
    """Every outcome of the batch has been applied; operations the answer forgot are asked for again."""
    values = {"state": BatchState.SETTLED, "settled_at": moment.now(session), "last_problem": None}
    session.execute(update(BatchRow).where(BatchRow.batch_id == batch_id).values(**values))
    forgotten = (OperationRow.batch_id == batch_id) & OperationRow.state.in_(
        (OperationState.INFLIGHT, OperationState.SEALED)
    )
    session.execute(update(OperationRow).where(forgotten).values(state=OperationState.UNKNOWN))


def postpone(
    session: Session,
    op_keys: Sequence[int],
    state: OperationState,
    next_at: datetime,
    problem: Mapping[str, Json],
) -> None:
    """Let operations rest until a time; every call counts as one more failure of each."""
    values = {
        "state": state,
        "next_at": next_at,
        "attempts": OperationRow.attempts + 1,
        "last_problem": dict(problem),
    }
    session.execute(update(OperationRow).where(OperationRow.op_key.in_(op_keys)).values(**values))


def awaken(session: Session) -> None:
    """A person asked to try now: parked and deferred operations are due at once."""
    resting = OperationRow.state.in_((OperationState.PARKED, OperationState.WAITING, OperationState.UNKNOWN))
    session.execute(update(OperationRow).where(resting).values(next_at=None))


def next_due(session: Session, account: str) -> datetime | None:
    """When the earliest resting operation is due."""
    query = select(func.min(OperationRow.next_at)).where(
        OperationRow.state.in_(FROZEN), OperationRow.account_id == account
    )
    found: datetime | None = session.scalar(query)
    return found
