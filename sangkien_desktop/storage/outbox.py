"""Operations waiting for the portal: one open operation per record takes in every edit until it is sealed."""

# ruff: noqa: S608 - statements are put together from constants of the program only

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, OperationId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import (
    FROZEN,
    OPEN,
    OperationState,
    PortalStatus,
    StationFacts,
    SyncFacts,
)
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import AttachmentRow, ConflictRow, InitiativeRow, OperationRow
from sangkien_desktop.storage.tables.base import instant_text

IDS_AT_ONCE = 500


class Kind(StrEnum):
    """What an operation does at the portal; decided for good when it is sealed."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One row of the outbox."""

    key: int
    record: InitiativeId
    kind: Kind
    state: OperationState
    record_key: int = 0
    op_id: OperationId | None = None
    account: str | None = None
    attempts: int = 0
    next_at: datetime | None = None
    created_at: datetime | None = None


def add(
    session: Session,
    initiative_id: InitiativeId,
    kind: Kind | None = None,
    *,
    actor: str = "",
    account: str | None = None,
) -> None:
    """Queue what the record now says; folds into its open operation, never touches a frozen one.

    Call it after the record itself was put. A draft, and a record withdrawn before it was ever sent, lose
    their open operation instead. Without `kind` the record's own state decides.
    """
    add_many(session, (initiative_id,), kind, actor=actor, account=account)


def add_many(
    session: Session,
    initiative_ids: Iterable[InitiativeId],
    kind: Kind | None = None,
    *,
    actor: str = "",
    account: str | None = None,
) -> None:
    """`add` for any number of records at once."""
    common = {"actor": actor, "account": account, "kind": kind}
    at = {"at": instant_text(moment.now(session))}
    for some in _portions(initiative_ids):
        ids = {"ids": _json_list(some)}
        session.execute(_CANCEL, ids)
        session.execute(_FOLD, ids | common)
        session.execute(_INSERT, ids | common | at)


_KNOWN_THERE = "(i.was_applied OR i.base_rev > 0 OR i.frozen_state IS NOT NULL)"
_WANTED = (
    f"(i.lifecycle = '{Lifecycle.READY}' OR (i.lifecycle = '{Lifecycle.WITHDRAWN}' AND {_KNOWN_THERE}))"
    " AND i.erased_at IS NULL"
)
_THESE = "i.id IN (SELECT value FROM json_each(:ids))"
_KIND = (
    f"coalesce(:kind, CASE WHEN i.lifecycle = '{Lifecycle.WITHDRAWN}' THEN '{Kind.WITHDRAW}'"
    f" WHEN i.portal_status = '{PortalStatus.WITHDRAWN}' THEN '{Kind.RESTORE}'"
    f" WHEN {_KNOWN_THERE} THEN '{Kind.UPDATE}' ELSE '{Kind.CREATE}' END)"
)
_STATE = (
    f"CASE WHEN i.is_held OR (i.lifecycle = '{Lifecycle.READY}' AND i.error_count > 0)"
    f" THEN '{OperationState.HELD}' ELSE '{OperationState.QUEUED}' END"
)
_IS_OPEN = "state IN ('queued', 'held')"

_CANCEL = text(
    f"UPDATE op SET state = '{OperationState.CANCELLED}' WHERE {_IS_OPEN} AND record_id IN"
    f" (SELECT i.id FROM initiative i WHERE {_THESE} AND NOT ({_WANTED}))"
)
_FOLD = text(
    f"UPDATE op SET kind = (SELECT {_KIND} FROM initiative i WHERE i.id = op.record_id),"
    f" state = (SELECT {_STATE} FROM initiative i WHERE i.id = op.record_id),"
    f" actor = :actor, account_id = coalesce(:account, account_id), next_at = NULL WHERE {_IS_OPEN}"
    " AND record_id IN (SELECT value FROM json_each(:ids))"
)
_INSERT = text(
    "INSERT INTO op (record_id, kind, state, base_rev, schema_version, account_id, attempts, actor, created_at)"
    f" SELECT i.id, {_KIND}, {_STATE}, i.base_rev, 0, :account, 0, :actor, :at FROM initiative i"
    f" WHERE {_THESE} AND {_WANTED}"
    f" AND NOT EXISTS (SELECT 1 FROM op WHERE op.record_id = i.id AND op.{_IS_OPEN}) ORDER BY i.key"
)


def cancel(session: Session, initiative_id: InitiativeId) -> bool:
    """Take back what was queued and not yet sealed; False when there was nothing open."""
    mine = (OperationRow.record_id == initiative_id) & OperationRow.state.in_(OPEN)
    found = session.execute(update(OperationRow).where(mine).values(state=OperationState.CANCELLED))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def close_unchanged(session: Session, op_keys: Sequence[int]) -> None:
    """Drop open operations that would tell the portal nothing new."""
    session.execute(
        delete(OperationRow).where(OperationRow.op_key.in_(op_keys), OperationRow.state.in_(OPEN))
    )


def hold(session: Session, initiative_ids: Iterable[InitiativeId], reason: str) -> None:
    """Keep records back until they are released; `reason` is shown."""
    _set_held(session, initiative_ids, is_held=True, reason=reason)


def release(session: Session, initiative_ids: Iterable[InitiativeId]) -> None:
    """Let held records go."""
    _set_held(session, initiative_ids, is_held=False, reason="")


def _set_held(
    session: Session, initiative_ids: Iterable[InitiativeId], *, is_held: bool, reason: str
) -> None:
    for some in _portions(initiative_ids):
        ids = {"ids": _json_list(some)}
        session.execute(_HOLD, ids | {"is_held": is_held, "reason": reason})
        session.execute(_FOLD_STATE, ids)


_HOLD = text(
    "UPDATE initiative SET is_held = :is_held, hold_reason = :reason"
    " WHERE id IN (SELECT value FROM json_each(:ids))"
)
_FOLD_STATE = text(
    f"UPDATE op SET state = (SELECT {_STATE} FROM initiative i WHERE i.id = op.record_id)"
    f" WHERE {_IS_OPEN} AND record_id IN (SELECT value FROM json_each(:ids))"
)


def open_of(session: Session, initiative_id: InitiativeId) -> Operation | None:
    """The record's open operation."""
    return _one(session, initiative_id, OPEN)


def frozen_of(session: Session, initiative_id: InitiativeId) -> Operation | None:
    """The record's frozen operation."""
    return _one(session, initiative_id, FROZEN)


def _one(
    session: Session, initiative_id: InitiativeId, states: frozenset[OperationState]
) -> Operation | None:
    query = select(OperationRow).where(
        OperationRow.record_id == initiative_id, OperationRow.state.in_(states)
    )
    row = session.scalars(query).one_or_none()
    return None if row is None else as_operation(row)


def as_operation(row: OperationRow) -> Operation:
    """The frozen record of a row."""
    return Operation(
        key=row.op_key,
        record=InitiativeId(row.record_id),
        kind=Kind(row.kind),
        state=OperationState(row.state),
        op_id=None if row.op_id is None else OperationId(row.op_id),
        account=row.account_id,
        attempts=row.attempts,
        next_at=row.next_at,
        created_at=row.created_at,
    )


def sealable(session: Session, account: str, limit: int) -> tuple[Operation, ...]:
    """Queued operations in the order they were queued that nothing keeps back: no frozen predecessor, no open
    conflict, no other account's work."""
    query = (
        select(OperationRow, InitiativeRow.key)
        .join(InitiativeRow, InitiativeRow.id == OperationRow.record_id)
        .where(
            OperationRow.state == OperationState.QUEUED,
            InitiativeRow.frozen_state.is_(None),
            InitiativeRow.has_conflict.is_(False),
            (OperationRow.account_id == account) | OperationRow.account_id.is_(None),
        )
        .order_by(OperationRow.op_key)
        .limit(limit)
    )
    return tuple(replace(as_operation(row), record_key=key) for row, key in session.execute(query))


def facts(session: Session, initiative_ids: Iterable[InitiativeId]) -> Mapping[InitiativeId, SyncFacts]:
    """What the badge of each record is derived from."""
    found: dict[InitiativeId, SyncFacts] = {}
    for some in _portions(initiative_ids):
        waits = _next_at(session, some)
        query = select(InitiativeRow).where(InitiativeRow.id.in_(some))
        for row in session.scalars(query):
            found[InitiativeId(row.id)] = _facts(row, waits.get(row.id))
    return found


def _next_at(session: Session, ids: Sequence[InitiativeId]) -> dict[str, datetime | None]:
    query = select(OperationRow.record_id, OperationRow.next_at).where(
        OperationRow.record_id.in_(ids), OperationRow.state.in_(FROZEN)
    )
    return {one: value for one, value in session.execute(query)}  # noqa: C416 - a Result is no iterable of pairs to dict()


def _facts(row: InitiativeRow, next_at: datetime | None) -> SyncFacts:
    return SyncFacts(
        lifecycle=Lifecycle(row.lifecycle),
        has_errors=row.error_count > 0,
        open_state=OperationState(row.open_state) if row.open_state else None,
        frozen_state=OperationState(row.frozen_state) if row.frozen_state else None,
        last_outcome=OperationState(row.last_outcome) if row.last_outcome else None,
        has_conflict=row.has_conflict,
        is_held=row.is_held,
        portal_status=row.portal_status,
        was_applied=row.was_applied,
        next_at=next_at,
    )


def station_facts(session: Session) -> StationFacts:
    """Counts over the whole station."""
    row = InitiativeRow
    idle = row.open_state.is_(None) & row.frozen_state.is_(None)
    never_sent = ~row.was_applied & (row.base_rev == 0) & idle
    was_refused = (row.portal_status == PortalStatus.RETURNED) | row.last_outcome.in_(
        (OperationState.REJECTED, OperationState.DUPLICATE)
    )
    is_alive = row.erased_at.is_(None)
    counted = select(
        func.count().filter(is_alive & ~((row.lifecycle == Lifecycle.WITHDRAWN) & never_sent)),
        func.count().filter(is_alive & idle & was_refused & (row.lifecycle != Lifecycle.WITHDRAWN)),
        func.count().filter(is_alive & (row.lifecycle == Lifecycle.DRAFT)),
    ).select_from(row)
    records, refused, drafts = session.execute(counted).one()
    return StationFacts(
        records=records,
        not_terminal=_count(session, OperationRow.state.in_(OPEN | FROZEN)),
        files_missing=_files_missing(session),
        refused=refused,
        conflicts=session.scalar(select(func.count()).where(ConflictRow.state == "open")) or 0,
        drafts=drafts,
    )


def _count(session: Session, condition: object) -> int:
    return session.scalar(select(func.count()).select_from(OperationRow).where(condition)) or 0  # type: ignore[arg-type]


def _files_missing(session: Session) -> int:
    was_sent = exists().where(
        InitiativeRow.id == AttachmentRow.record_id,
        InitiativeRow.was_applied,
        InitiativeRow.is_secret.is_(False),
        InitiativeRow.lifecycle != Lifecycle.WITHDRAWN,
    )
    query = select(func.count()).select_from(AttachmentRow).where(AttachmentRow.state != "stored", was_sent)
    return session.scalar(query) or 0


def counts(session: Session) -> Mapping[OperationState, int]:
    """How many operations are in each state; states without any are left out."""
    query = select(OperationRow.state, func.count()).group_by(OperationRow.state)
    return {OperationState(state): number for state, number in session.execute(query)}


def adopt(session: Session, account: str) -> None:
    """Give work queued before anybody was signed in to the account that signs in first."""
    open_and_free = OperationRow.state.in_(OPEN) & OperationRow.account_id.is_(None)
    session.execute(
        update(OperationRow).where(open_and_free).values(account_id=bindparam("a")), {"a": account}
    )


def _portions(ids: Iterable[InitiativeId]) -> Iterable[list[InitiativeId]]:
    listed = list(ids)
    for start in range(0, len(listed), IDS_AT_ONCE):
        yield listed[start : start + IDS_AT_ONCE]


def _json_list(ids: Sequence[str]) -> str:
    return "[" + ",".join(f'"{one}"' for one in ids) + "]"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What became of one operation, for the record's timeline."""

    state: OperationState
    kind: Kind
    actor: str
    created_at: datetime
    sealed_at: datetime | None
    settled_at: datetime | None
    changed_at: datetime | None
    next_at: datetime | None
    reason: str
    """The portal's own words on a refusal; empty otherwise."""


def traces(session: Session, initiative_id: InitiativeId) -> tuple[Trace, ...]:
    """Every operation of a record, oldest first."""
    rows = session.scalars(
        select(OperationRow).where(OperationRow.record_id == initiative_id).order_by(OperationRow.op_key)
    )
    return tuple(
        Trace(
            state=OperationState(row.state),
            kind=Kind(row.kind),
            actor=row.actor,
            created_at=row.created_at,
            sealed_at=row.sealed_at,
            settled_at=row.settled_at,
            changed_at=row.settled_at or row.sealed_at,
            next_at=row.next_at,
            reason=refusal_reason(row.outcome),
        )
        for row in rows
    )


def refusal_reason(outcome: object) -> str:
    """The first sentence that a refusal gives."""
    problem = outcome.get("problem") if isinstance(outcome, dict) else None
    if not isinstance(problem, dict):
        return ""
    for error in problem.get("errors") or ():
        message = error.get("message") if isinstance(error, dict) else None
        if isinstance(message, dict) and message.get("vi"):
            return str(message["vi"])
    return str(problem.get("title") or "")
