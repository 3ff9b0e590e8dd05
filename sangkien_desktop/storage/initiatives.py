"""Initiatives: records in, records out, with history, authors, files and search entry kept together."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId
from sangkien_desktop.domain.initiative import Attachment, Author, Initiative
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.storage import file_rows, history, moment, search, units
from sangkien_desktop.storage.bulk import insert_new
from sangkien_desktop.storage.problem_rows import problem_values, to_problems
from sangkien_desktop.storage.queries import ALL, Counts, Query, Totals, count, counts, keys, totals
from sangkien_desktop.storage.record_rows import (
    AUTHORS,
    FILES,
    RECORD_COLUMNS,
    TABLE,
    author_values,
    stored_values,
    to_author,
    to_file,
    to_record,
)
from sangkien_desktop.storage.tables.base import instant_text

__all__ = [
    "ALL",
    "Counts",
    "Query",
    "Row",
    "Totals",
    "count",
    "counts",
    "find",
    "get",
    "keys",
    "named",
    "page",
    "problems_at",
    "problems_of",
    "put",
    "put_many",
    "remove",
    "set_problems",
    "totals",
]

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Row:
    """A record and what stands beside it in a list."""

    key: int
    record: Initiative
    badge: Badge
    errors: int
    warnings: int
    portal_code: str | None
    portal_status: str
    portal_reason: Mapping[str, Any]
    hold_reason: str
    created_at: datetime
    changed_at: datetime


_ROW_COLUMNS = (
    *RECORD_COLUMNS,
    *(
        TABLE.c[name]
        for name in (
            "badge",
            "error_count",
            "warning_count",
            "portal_code",
            "portal_status",
            "portal_reason",
            "hold_reason",
            "created_at",
            "changed_at",
        )
    ),
)


def get(session: Session, initiative_id: InitiativeId, *, expected: int | None = None) -> Initiative:
    """The record. Raises KeyError when there is none, StaleEdit when its version is not the expected one."""
    found = _found(session, initiative_id)
    if expected is None:
        if found is None:
            raise KeyError(initiative_id)
        return found[1]
    if found is None or found[1].version != expected:
        stored = found[1] if found else None
        raise StaleEdit(opened=history.as_of(session, stored, expected), stored=stored)
    return found[1]


def named(session: Session, name: str) -> InitiativeId | None:
    """The record with this id, local code or portal code; None when there is none."""
    chosen = select(TABLE.c.id).where(
        (TABLE.c.id == name) | (TABLE.c.local_code == name) | (TABLE.c.portal_code == name)
    )
    found = session.scalar(chosen.limit(1))
    return InitiativeId(found) if found else None


def find(session: Session, query: Query = ALL) -> tuple[Initiative, ...]:
    """The records of a query, in its order."""
    return tuple(row.record for row in page(session, keys(session, query)))


def page(session: Session, row_keys: "array[int] | Sequence[int]") -> tuple[Row, ...]:
    """The rows with these keys, in the same order; keys of records that are gone are left out."""
    rows: dict[int, Row] = {}
    for start in range(0, len(row_keys), CHUNK):
        rows.update(_rows(session, list(row_keys[start : start + CHUNK])))
    return tuple(rows[key] for key in row_keys if key in rows)


def put(
    session: Session,
    record: Initiative,
    *,
    actor: str,
    source: str,
    undo_group: UndoGroupId | None = None,
    problems: Sequence[Problem] | None = None,
) -> Initiative:
    """Keep the record: row, authors, files, history and search entry in one go; the version rises by one.

    A record equal to the stored one changes nothing. `problems` are kept for lists and the badge; None leaves
    the kept ones. Raises StaleEdit when the stored version is not the record's own.
    """
    found = _found(session, record.id)
    if found is None:
        if record.version:
            raise StaleEdit(opened=None, stored=None)
        insert_new(
            session,
            [record],
            stamp=history.Stamp(actor=actor, source=source, group=undo_group),
            problems={record.id: tuple(problems or ())},
        )
        return get(session, record.id)
    key, stored = found
    if stored.version != record.version:
        raise StaleEdit(opened=history.as_of(session, stored, record.version), stored=stored)
    if problems is not None:
        set_problems(session, {record.id: problems})
    before, after = history.document(stored), history.document(record)
    if before == after:
        return stored
    kept = replace(record, version=stored.version + 1, provenance=stored.provenance)
    stamp = history.Stamp(actor=actor, source=source, group=undo_group)
    _overwrite(session, key, stored, kept)
    history.edited(session, kept, before=before, after=after, stamp=stamp)
    return kept


def put_many(
    session: Session,
    records: Iterable[Initiative],
    *,
    actor: str,
    source: str,
    undo_group: UndoGroupId | None = None,
    problems: Mapping[InitiativeId, Sequence[Problem]] | None = None,
) -> int:
    """Keep many records at the speed of the driver; how many were new or different.

    Records with version 0 are taken to be new. Others go one by one, as `put` does.
    """
    known = problems or {}
    new: list[Initiative] = []
    changed = 0
    for record in records:
        if record.version == 0:
            new.append(record)
            continue
        kept = put(
            session, record, actor=actor, source=source, undo_group=undo_group, problems=known.get(record.id)
        )
        changed += kept.version != record.version
    stamp = history.Stamp(actor=actor, source=source, group=undo_group)
    insert_new(session, new, stamp=stamp, problems=known)
    return changed + len(new)


def remove(session: Session, initiative_id: InitiativeId) -> None:
    """Take the record out of the database with authors, files and search entry; history stays.

    For undo of a creation and for erasure only; a person withdraws a record instead.
    """
    key = session.scalar(select(TABLE.c.key).where(TABLE.c.id == initiative_id))
    if key is not None:
        search.forget_initiative(session, key)
        session.execute(delete(TABLE).where(TABLE.c.key == key))


def set_problems(session: Session, found: Mapping[InitiativeId, Sequence[Problem]]) -> None:
    """Keep what the rules said of these records, without a new version of them."""
    rows = [(*problem_values(problems), initiative_id) for initiative_id, problems in found.items()]
    if rows:
        session.connection().exec_driver_sql(
            "UPDATE initiative SET problems = ?, error_count = ?, warning_count = ? WHERE id = ?", rows
        )


def problems_of(session: Session, initiative_id: InitiativeId) -> tuple[Problem, ...]:
    """What the rules last said of the record."""
    return to_problems(session.scalar(select(TABLE.c.problems).where(TABLE.c.id == initiative_id)))


def problems_at(session: Session, row_keys: "array[int] | Sequence[int]") -> dict[int, tuple[Problem, ...]]:
    """What the rules last said of the records with these keys; records without problems are left out."""
    found: dict[int, tuple[Problem, ...]] = {}
    for start in range(0, len(row_keys), CHUNK):
        part = list(row_keys[start : start + CHUNK])
        chosen = select(TABLE.c.key, TABLE.c.problems).where(
            TABLE.c.key.in_(part), TABLE.c.error_count + TABLE.c.warning_count > 0
        )
        found.update({row.key: to_problems(row.problems) for row in session.execute(chosen)})
    return found


def _found(session: Session, initiative_id: InitiativeId) -> tuple[int, Initiative] | None:
    row = session.execute(select(*RECORD_COLUMNS).where(TABLE.c.id == initiative_id)).mappings().first()
    if row is None:
        return None
    key = row["key"]
    authors, files = _authors(session, [key]), _files(session, [row["id"]])
    return key, to_record(row, authors.get(key, ()), files.get(row["id"], ()))


def _rows(session: Session, row_keys: list[int]) -> dict[int, Row]:
    rows = session.execute(select(*_ROW_COLUMNS).where(TABLE.c.key.in_(row_keys))).mappings().all()
    authors = _authors(session, row_keys)
    files = _files(session, [row["id"] for row in rows])
    return {
        row["key"]: Row(
            key=row["key"],
            record=to_record(row, authors.get(row["key"], ()), files.get(row["id"], ())),
            badge=Badge(row["badge"]),
            errors=row["error_count"],
            warnings=row["warning_count"],
            portal_code=row["portal_code"],
            portal_status=row["portal_status"],
            portal_reason=row["portal_reason"] or {},
            hold_reason=row["hold_reason"],
            created_at=row["created_at"],
            changed_at=row["changed_at"],
        )
        for row in rows
    }


def _authors(session: Session, row_keys: list[int]) -> dict[int, list[Author]]:
    found: dict[int, list[Author]] = {}
    chosen = select(AUTHORS).where(AUTHORS.c.initiative.in_(row_keys))
    for row in session.execute(chosen.order_by(AUTHORS.c.initiative, AUTHORS.c.place)).mappings():
        found.setdefault(row["initiative"], []).append(to_author(row))
    return found


def _files(session: Session, ids: list[str]) -> dict[str, list[Attachment]]:
    found: dict[str, list[Attachment]] = {}
    chosen = select(FILES).where(FILES.c.record_id.in_(ids)).order_by(FILES.c.record_id, FILES.c.place)
    for row in session.execute(chosen).mappings():
        found.setdefault(row["record_id"], []).append(to_file(row))
    return found


def _overwrite(session: Session, key: int, stored: Initiative, kept: Initiative) -> None:
    values = stored_values(kept, units.sort_key_of(session, kept.group))
    values["version"] = kept.version
    values["changed_at"] = instant_text(moment.now(session))
    names = [name for name in values if name not in _NEVER_OVERWRITTEN]
    assignments = ", ".join(f"{name} = ?" for name in names)
    session.connection().exec_driver_sql(
        f"UPDATE initiative SET {assignments} WHERE key = ?",  # noqa: S608 - names of our own columns
        (*(values[name] for name in names), key),
    )
    if stored.authors != kept.authors:
        session.execute(delete(AUTHORS).where(AUTHORS.c.initiative == key))
        columns = AUTHORS.columns.keys()
        rows = [dict(zip(columns, row, strict=True)) for row in author_values(key, kept.authors)]
        if rows:
            session.execute(insert(AUTHORS), rows)
    if stored.attachments != kept.attachments:
        file_rows.put(session, kept)
    search.index_initiatives(session, key, key)


_NEVER_OVERWRITTEN = frozenset(
    {"id", "source", *(f"source_{name}" for name in ("actor", "at", "file", "sha256", "sheet", "row"))}
)
