"""Files that were read in: what became of each row, so that reading a file again changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId
from sangkien_desktop.storage.history import group_seq
from sangkien_desktop.storage.meta import to_json
from sangkien_desktop.storage.tables import ImportJobRow, ImportRowRow, MappingRow

CHUNK = 500


@dataclass(frozen=True)
class KnownRow:
    """A row that was read in before: the record it became, and its values as they were understood then."""

    record: InitiativeId
    values: Mapping[str, Json]


@dataclass(frozen=True)
class ImportedRow:
    """One row of a job being remembered."""

    row: int
    identity: str
    """Hash of what the row is about (title and author); equal rows of one file share it."""
    outcome: str
    record: InitiativeId | None
    values: Mapping[str, Json]
    issues: Sequence[Mapping[str, Json]] = ()


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """One reading of one sheet."""

    id: str
    file_name: str
    file_sha256: str
    sheet: str
    layout: str
    actor: str
    at: datetime
    counts: Mapping[str, int]
    """created, updated, unchanged, rejected."""
    kind: str = "initiatives"


def known_rows(session: Session, file_sha256: str, sheet: str) -> dict[int, KnownRow]:
    """Rows of this very file that became records, by sheet row; the newest reading counts."""
    query = (
        select(ImportRowRow.row_no, ImportRowRow.record_id, ImportRowRow.parsed)
        .join(ImportJobRow, ImportJobRow.id == ImportRowRow.job)
        .where(
            ImportJobRow.file_sha256 == file_sha256,
            ImportJobRow.sheet == sheet,
            ImportJobRow.state == "done",
            ImportRowRow.record_id.is_not(None),
        )
        .order_by(ImportJobRow.at)
    )
    return {
        number: KnownRow(InitiativeId(record or ""), _values(parsed))
        for number, record, parsed in session.execute(query)
    }


def known_identities(session: Session, identities: Iterable[str]) -> dict[str, tuple[KnownRow, ...]]:
    """Records that rows about the same thing became in any file, oldest first."""
    found: dict[str, dict[str, KnownRow]] = defaultdict(dict)
    wanted = sorted(set(identities))
    for start in range(0, len(wanted), CHUNK):
        query = (
            select(ImportRowRow.row_hash, ImportRowRow.record_id, ImportRowRow.parsed)
            .join(ImportJobRow, ImportJobRow.id == ImportRowRow.job)
            .where(
                ImportRowRow.row_hash.in_(wanted[start : start + CHUNK]),
                ImportRowRow.record_id.is_not(None),
                ImportJobRow.state == "done",
            )
            .order_by(ImportJobRow.at, ImportRowRow.row_no)
        )
        for identity, record, parsed in session.execute(query):
            found[identity][record or ""] = KnownRow(InitiativeId(record or ""), _values(parsed))
    return {identity: tuple(rows.values()) for identity, rows in found.items()}


def known_records(session: Session, records: Iterable[InitiativeId]) -> dict[InitiativeId, KnownRow]:
    """What the newest reading understood for each record, for files that carry row keys."""
    found: dict[InitiativeId, KnownRow] = {}
    wanted = sorted(set(records))
    for start in range(0, len(wanted), CHUNK):
        query = (
            select(ImportRowRow.record_id, ImportRowRow.parsed)
            .join(ImportJobRow, ImportJobRow.id == ImportRowRow.job)
            .where(ImportRowRow.record_id.in_(wanted[start : start + CHUNK]), ImportJobRow.state == "done")
            .order_by(ImportJobRow.at)
        )
        for record, parsed in session.execute(query):
            found[InitiativeId(record or "")] = KnownRow(InitiativeId(record or ""), _values(parsed))
    return found


def remember(
    session: Session, job: ImportJob, rows: Sequence[ImportedRow], *, undo_group: UndoGroupId | None
) -> None:
    """Keep the job and every one of its rows."""
    session.add(
        ImportJobRow(
            id=job.id,
            kind=job.kind,
            file_name=job.file_name,
            file_sha256=job.file_sha256,
            sheet=job.sheet,
            header_fingerprint=job.layout,
            actor=job.actor,
            at=job.at,
            undo_group=group_seq(session, undo_group),
            row_count=len(rows),
            **job.counts,
        )
    )
    session.flush()
    values = [
        (
            job.id,
            row.row,
            row.identity,
            row.outcome,
            row.record,
            to_json(row.values),
            to_json(list(row.issues)) if row.issues else None,
        )
        for row in rows
    ]
    if values:
        session.connection().exec_driver_sql(
            "INSERT INTO import_row (job, row_no, row_hash, outcome, record_id, parsed, issues)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def follow(session: Session, act: UndoGroupId, *, is_undone: bool) -> None:
    """An import that was taken back is known no longer, so that the same file can be read in again."""
    session.execute(
        update(ImportJobRow)
        .where(ImportJobRow.undo_group == group_seq(session, act))
        .values(state="undone" if is_undone else "done")
    )


def last_reading(session: Session, file_sha256: str) -> datetime | None:
    """When this very file was read in last; None when never."""
    query = select(func.max(ImportJobRow.at)).where(
        ImportJobRow.file_sha256 == file_sha256, ImportJobRow.state == "done"
    )
    found: datetime | None = session.scalar(query)
    return found


def correction(session: Session, layout: str, *, kind: str = "initiatives") -> Mapping[str, Json] | None:
    """How an officer corrected files with this heading before."""
    query = select(MappingRow.mapping).where(MappingRow.header_fingerprint == layout, MappingRow.kind == kind)
    found = session.scalar(query)
    return found if isinstance(found, dict) else None


def put_correction(
    session: Session, layout: str, mapping: Mapping[str, Json], *, at: datetime, kind: str = "initiatives"
) -> None:
    """Remember how files with this heading are to be understood."""
    values = {"mapping": dict(mapping), "used_at": at}
    statement = insert(MappingRow).values(
        id=f"{kind}:{layout}", kind=kind, header_fingerprint=layout, **values
    )
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def corrections(session: Session, *, kind: str = "initiatives") -> dict[str, Mapping[str, Json]]:
    """All corrections of a kind, by layout, the one used last at the end."""
    query = select(MappingRow.header_fingerprint, MappingRow.mapping).where(MappingRow.kind == kind)
    found = session.execute(query.order_by(MappingRow.used_at)).all()
    return {layout: mapping for layout, mapping in found if isinstance(mapping, dict)}


def _values(parsed: object) -> Mapping[str, Json]:
    return parsed if isinstance(parsed, dict) else {}
