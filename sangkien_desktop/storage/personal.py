"""Everything that the database holds of one person: found, and taken out of every table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, delete, or_, select, text, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, PersonId
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.people import Person
from sangkien_desktop.errors import AppError
from sangkien_desktop.storage import initiatives, outbox, search
from sangkien_desktop.storage.badges import FROZEN_STATES, OUTCOME_STATES
from sangkien_desktop.storage.ddl import SEARCH_TABLES
from sangkien_desktop.storage.tables import (
    AuthorRow,
    BatchRow,
    ConflictRow,
    DraftRow,
    HistoryRow,
    ImportRowRow,
    InboxRow,
    InitiativeRow,
    OperationRow,
    PersonRow,
)

NOBODY: Final = "Người lao động đã nghỉ việc"
_GONE: Final = "…"
_SEARCHED: Final = tuple(statement.split()[3] for statement in SEARCH_TABLES)


def records_of(session: Session, person: Person) -> tuple[InitiativeId, ...]:
    """Initiatives in which the person is an author, by link or by employee code."""
    is_author = AuthorRow.person == person.id
    if person.employee_code:
        is_author = or_(is_author, AuthorRow.employee_code == person.employee_code)
    joined = select(InitiativeRow.id).join(AuthorRow, AuthorRow.initiative == InitiativeRow.key)
    return tuple(InitiativeId(one) for one in session.scalars(joined.where(is_author).distinct()))


def history_of(session: Session, ids: Sequence[InitiativeId]) -> tuple[dict[str, Any], ...]:
    """Every kept version of these records, as plain values."""
    rows = session.scalars(select(HistoryRow).where(HistoryRow.record_id.in_(ids)).order_by(HistoryRow.seq))
    return tuple(
        {"record": row.record_id, "at": row.at.isoformat(), "before": row.before, "after": row.after}
        for row in rows
    )


def imported_rows_of(session: Session, ids: Sequence[InitiativeId]) -> tuple[dict[str, Any], ...]:
    """Rows of files from which these records came, as they were written."""
    rows = session.scalars(select(ImportRowRow).where(ImportRowRow.record_id.in_(ids)))
    return tuple({"record": row.record_id, "row": row.row_no, "written": row.raw} for row in rows)


def take_out(
    session: Session, person: Person, *, actor: str, must_be_whole: bool = True
) -> tuple[InitiativeId, ...]:
    """Leave the initiatives and their figures, and nothing that names the person; the records touched.

    The row of the person itself stays for the caller to remove. Raises AppError `erasure-waits` while an
    operation that names the person is under way to the portal, as its bytes cannot change; with
    `must_be_whole` off, as after a restore, those bytes alone stay.
    """
    ids = records_of(session, person)
    if must_be_whole:
        _refuse_while_under_way(session, ids)
    for one in ids:
        record = initiatives.get(session, one)
        initiatives.put(session, _without(record, person), actor=actor, source="erasure")
        outbox.add(session, one, actor=actor)
    names = words_of(person)
    _scrub(session, HistoryRow, HistoryRow.record_id.in_(ids), ("before", "after"), names)
    from_files = or_(ImportRowRow.record_id.in_(ids), ImportRowRow.record_id.is_(None))
    _scrub(session, ImportRowRow, from_files, ("raw", "parsed", "issues"), names)
    _scrub(session, DraftRow, DraftRow.form.is_not(None), ("content",), names)
    settled = (ConflictRow.record_id.in_(ids)) & (ConflictRow.state != "open")
    _scrub(session, ConflictRow, settled, ("base", "mine", "theirs", "resolution"), names)
    _empty_parcels(session, ids)
    return ids


def forget_person(session: Session, person: PersonId) -> None:
    """Remove the person with agreements and search entry."""
    key = session.scalar(select(PersonRow.key).where(PersonRow.id == person))
    if key is not None:
        search.forget_person(session, key)
        session.execute(delete(PersonRow).where(PersonRow.key == key))
    # Words of removed entries otherwise stay in the index until enough of them have gathered.
    for table in _SEARCHED:
        session.execute(text(f"INSERT INTO {table}({table}) VALUES ('optimize')"))  # noqa: S608 - our own names


def words_of(person: Person) -> tuple[str, ...]:
    """By which a text is known to name the person; the longest first."""
    known = (person.name, *person.other_names, person.employee_code, person.phone, person.citizen_id)
    return tuple(sorted({word for word in known if word}, key=len, reverse=True))


def without_words(value: Any, words: Sequence[str]) -> Any:
    """A plain value in which none of the words occurs any more."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, _GONE)
        return value
    if isinstance(value, dict):
        return {without_words(key, words): without_words(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_words(inner, words) for inner in value]
    return value


def _without(record: Initiative, person: Person) -> Initiative:
    def anonymous(author: Author) -> Author:
        is_meant = author.person == person.id or (
            person.employee_code is not None and author.employee_code == person.employee_code
        )
        return replace(author, name=NOBODY, employee_code=None, person=None) if is_meant else author

    return replace(record, authors=tuple(anonymous(author) for author in record.authors))


def _refuse_while_under_way(session: Session, ids: Sequence[InitiativeId]) -> None:
    frozen = text(f"SELECT count(*) FROM op WHERE state IN ({FROZEN_STATES}) AND record_id IN :ids")  # noqa: S608
    if session.scalar(frozen.bindparams(bindparam("ids", list(ids), expanding=True))):
        raise AppError(
            "Có sáng kiến của người này đang gửi dở lên Cổng.",
            hint="Đồng bộ cho xong rồi xóa lại.",
            code="erasure-waits",
        )


def _scrub(session: Session, row: Any, where: Any, columns: Sequence[str], words: Sequence[str]) -> None:
    for found in session.scalars(select(row).where(where)):
        for column in columns:
            value = getattr(found, column)
            cleaned = without_words(value, words)
            if cleaned != value:
                setattr(found, column, cleaned)
    session.flush()


def _empty_parcels(session: Session, ids: Sequence[InitiativeId]) -> None:
    """The portal has answered these; what was sent is no longer needed, and its hash stays."""
    answered = OperationRow.record_id.in_(ids) & text(f"op.state IN ({OUTCOME_STATES})")
    batches = select(OperationRow.batch_id).where(OperationRow.record_id.in_(ids))
    session.execute(update(OperationRow).where(answered).values(payload=None))
    session.execute(
        update(BatchRow)
        .where(BatchRow.batch_id.in_(batches), BatchRow.state == "settled")
        .values(body=b"", response=None)
    )
    session.execute(delete(InboxRow).where(InboxRow.applied.is_(True)))
