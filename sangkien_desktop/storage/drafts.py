"""Half-typed forms, kept within seconds of typing so that a power cut costs next to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import DraftRow


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What stood in a form, as plain values by field name."""

    form: str
    content: Mapping[str, Any]
    opened_version: int
    """Version of the record that the form was opened on; 0 for a new record."""
    at: datetime


def put(session: Session, form: str, content: Mapping[str, Any], *, opened_version: int = 0) -> None:
    """Keep what stands in a form; `form` is the record's id, or a name for a new record."""
    values = {"content": dict(content), "opened_version": opened_version, "at": moment.now(session)}
    statement = insert(DraftRow).values(form=form, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["form"], set_=values))


def get(session: Session, form: str) -> Draft | None:
    """What stood in the form when the program last heard of it; None when it was saved or left empty."""
    row = session.get(DraftRow, form)
    return None if row is None else _draft(row)


def find(session: Session) -> tuple[Draft, ...]:
    """Everything half-typed, the newest first: offered after a crash."""
    return tuple(_draft(row) for row in session.scalars(select(DraftRow).order_by(DraftRow.at.desc())))


def clear(session: Session, form: str) -> None:
    """The form was saved or given up."""
    session.execute(delete(DraftRow).where(DraftRow.form == form))


def _draft(row: DraftRow) -> Draft:
    return Draft(
        form=row.form, content=cast(dict[str, Any], row.content), opened_version=row.opened_version, at=row.at
    )
