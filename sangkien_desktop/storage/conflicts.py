"""Both sides of a clash, kept until a person decides and afterwards too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Document, Json
from sangkien_desktop.domain.ids import ConflictId, InitiativeId, OperationId, new_id
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import ConflictRow


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Base, mine and theirs of a record whose fields were changed on both sides. Documents travel (they hold
    what the portal knows, nothing else)."""

    id: ConflictId
    record: InitiativeId
    base: Document
    mine: Document
    theirs: Document
    theirs_rev: int
    fields: tuple[str, ...]
    rule: str
    """fields, withdrawn_there, withdrawn_here or deleted_there."""
    op_id: OperationId | None = None
    created_at: datetime | None = None
    state: str = "open"
    resolution: Mapping[str, Json] | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None


def new(
    record: InitiativeId,
    versions: tuple[Document, Document, Document],
    *,
    theirs_rev: int,
    fields: Sequence[str],
    rule: str,
    op_id: OperationId | None = None,
) -> Conflict:
    """A fresh conflict; `versions` are base, mine and theirs."""
    base, mine, theirs = versions
    return Conflict(
        id=ConflictId(new_id()),
        record=record,
        base=base,
        mine=mine,
        theirs=theirs,
        theirs_rev=theirs_rev,
        fields=tuple(fields),
        rule=rule,
        op_id=op_id,
    )


def open_many(session: Session, conflicts: Sequence[Conflict]) -> None:
    """Keep conflicts; a record has at most one open, so a newer one takes the place of the one still open,
    which is kept as superseded."""
    if not conflicts:
        return
    at = moment.now(session)
    waiting = ConflictRow.record_id.in_([one.record for one in conflicts]) & (ConflictRow.state == "open")
    session.execute(update(ConflictRow).where(waiting).values(state="superseded", resolved_at=at))
    rows = [
        {
            "conflict_id": one.id,
            "record_id": one.record,
            "op_id": one.op_id,
            "base": dict(one.base),
            "mine": dict(one.mine),
            "theirs": dict(one.theirs),
            "theirs_rev": one.theirs_rev,
            "fields": list(one.fields),
            "state": "open",
            "rule": one.rule,
            "created_at": at,
        }
        for one in conflicts
    ]
    session.execute(insert(ConflictRow), rows)


def waiting(session: Session, limit: int | None = None) -> tuple[Conflict, ...]:
    """Open conflicts, oldest first."""
    query = select(ConflictRow).where(ConflictRow.state == "open")
    rows = session.scalars(query.order_by(ConflictRow.created_at, ConflictRow.conflict_id).limit(limit))
    return tuple(_as_conflict(row) for row in rows)


def count(session: Session) -> int:
    """How many conflicts are open."""
    return session.scalar(select(func.count()).where(ConflictRow.state == "open")) or 0


def of_record(session: Session, record: InitiativeId) -> Conflict | None:
    """The record's open conflict."""
    query = select(ConflictRow).where(ConflictRow.record_id == record, ConflictRow.state == "open")
    row = session.scalars(query).one_or_none()
    return None if row is None else _as_conflict(row)


def history(session: Session, record: InitiativeId) -> tuple[Conflict, ...]:
    """All conflicts the record ever had, oldest first."""
    query = select(ConflictRow).where(ConflictRow.record_id == record).order_by(ConflictRow.created_at)
    return tuple(_as_conflict(row) for row in session.scalars(query))


def resolve(session: Session, conflict: ConflictId, resolution: Mapping[str, Json], *, by: str) -> bool:
    """Close an open conflict with what was decided; the record itself is saved by the caller. False when it
    was no longer open."""
    mine = (ConflictRow.conflict_id == conflict) & (ConflictRow.state == "open")
    values = {
        "state": "resolved",
        "resolution": dict(resolution),
        "resolved_by": by,
        "resolved_at": moment.now(session),
    }
    return bool(session.execute(update(ConflictRow).where(mine).values(**values)).rowcount)  # type: ignore[attr-defined]


def _as_conflict(row: ConflictRow) -> Conflict:
    return Conflict(
        id=ConflictId(row.conflict_id),
        record=InitiativeId(row.record_id),
        base=cast(Document, row.base or {}),
        mine=cast(Document, row.mine),
        theirs=cast(Document, row.theirs),
        theirs_rev=row.theirs_rev,
        fields=tuple(cast(list[str], row.fields)),
        rule=row.rule,
        op_id=None if row.op_id is None else OperationId(row.op_id),
        created_at=row.created_at,
        state=row.state,
        resolution=cast(Mapping[str, Json] | None, row.resolution),
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
    )
