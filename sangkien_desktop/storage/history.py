"""What happened to a record: one entry per saved version, enough to walk back to any of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Json, to_document, with_document
from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import HistoryRow, UndoGroupRow
from sangkien_desktop.storage.tables.base import instant_text

CREATE, EDIT, REMOVE = "create", "edit", "remove"
_BESIDE = ("programme", "stage", "local_code", "lifecycle")
"""What history follows beside the declared fields."""

Patch = dict[str, Json]
"""Field name → plain value; None where the field had no value."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Who, by which way, as part of which act that can be undone."""

    actor: str
    source: str
    group: UndoGroupId | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One saved version of a record."""

    record: InitiativeId
    version: int
    act: str
    at: datetime
    actor: str
    source: str
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    """Plain values of the fields that this version changed; both empty for a first version."""


def document(record: Initiative) -> dict[str, Json]:
    """The record as plain values, with its place in the programme and its lifecycle."""
    plain = to_document(record)
    for name in _BESIDE:
        value = getattr(record, name)
        if value:
            plain[name] = str(value)
    return plain


def patched(record: Initiative, patch: Mapping[str, Json]) -> Initiative:
    """The record with the patch's values; None empties a field."""
    plain = {name: value for name, value in {**document(record), **patch}.items() if value is not None}
    stage = plain.get("stage")
    return replace(
        with_document(record, plain),
        programme=str(plain["programme"]),
        stage=None if stage is None else str(stage),
        local_code=str(plain.get("local_code") or ""),
        lifecycle=Lifecycle(str(plain["lifecycle"])),
    )


def created(session: Session, first: int, last: int, *, stamp: Stamp) -> None:
    """Enter the first versions of the initiatives with these keys, in one statement."""
    session.connection().exec_driver_sql(
        "INSERT INTO record_history (record_id, version, act, at, actor, source, undo_group)"
        " SELECT id, version, ?, ?, ?, ?, ? FROM initiative WHERE key BETWEEN ? AND ? ORDER BY key",
        (
            CREATE,
            instant_text(moment.now(session)),
            stamp.actor,
            stamp.source,
            group_seq(session, stamp.group),
            first,
            last,
        ),
    )


def edited(
    session: Session,
    record: Initiative,
    *,
    before: Mapping[str, Json],
    after: Mapping[str, Json],
    stamp: Stamp,
) -> None:
    """Enter a later version; of the two documents only what differs is kept."""
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    session.execute(
        insert(HistoryRow).values(
            record_id=record.id,
            version=record.version,
            act=EDIT,
            at=moment.now(session),
            actor=stamp.actor,
            source=stamp.source,
            undo_group=group_seq(session, stamp.group),
            before={name: before.get(name) for name in changed},
            after={name: after.get(name) for name in changed},
        )
    )


def removed(session: Session, records: Sequence[Initiative], *, stamp: Stamp) -> None:
    """Enter that these records were taken out."""
    if records:
        session.execute(
            insert(HistoryRow),
            [
                {
                    "record_id": record.id,
                    "version": record.version + 1,
                    "act": REMOVE,
                    "at": moment.now(session),
                    "actor": stamp.actor,
                    "source": stamp.source,
                    "undo_group": group_seq(session, stamp.group),
                }
                for record in records
            ],
        )


def group_seq(session: Session, group: UndoGroupId | None) -> int | None:
    """The number under which entries know their act; None for acts that cannot be undone."""
    if group is None:
        return None
    return session.scalars(select(UndoGroupRow.seq).where(UndoGroupRow.id == group)).one()


def entries(session: Session, record: InitiativeId) -> tuple[Entry, ...]:
    """Every version of a record, the newest first."""
    rows = session.scalars(
        select(HistoryRow).where(HistoryRow.record_id == record).order_by(HistoryRow.seq.desc())
    )
    return tuple(
        Entry(
            record=InitiativeId(row.record_id),
            version=row.version,
            act=row.act,
            at=row.at,
            actor=row.actor,
            source=row.source,
            before=_patch(row.before) if row.act == EDIT else {},
            after=_patch(row.after) if row.act == EDIT else {},
        )
        for row in rows
    )


def last_version(session: Session, record: InitiativeId) -> int:
    """The highest version the record ever had; 0 for one never saved."""
    return session.scalar(select(func.max(HistoryRow.version)).where(HistoryRow.record_id == record)) or 0


def as_of(session: Session, stored: Initiative | None, version: int) -> Initiative | None:
    """The record as it was at an earlier version, walked back from now; None when history does not reach."""
    if stored is None or version > stored.version or version < 1:
        return None
    rows = session.execute(
        select(HistoryRow.version, HistoryRow.act, HistoryRow.before)
        .where(HistoryRow.record_id == stored.id, HistoryRow.version > version)
        .order_by(HistoryRow.seq.desc())
    ).all()
    if [row.version for row in rows] != list(range(stored.version, version, -1)):
        return None
    record = stored
    for row in rows:
        if row.act != EDIT:
            return None
        record = patched(record, _patch(row.before))
    return replace(record, version=version)


def _patch(stored: Any) -> Patch:
    return cast(Patch, stored or {})
