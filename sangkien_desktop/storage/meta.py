"""What the program remembers about the database itself: names and texts."""

import json

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.storage.tables import MetaRow

CLOSED_CLEANLY = "closed_cleanly"
LAST_INTEGRITY = "last_integrity"
LAST_BACKUP = "last_backup"
CHANGE_COUNT = "change_count"


def get(session: Session, name: str, default: str = "") -> str:
    """The remembered text."""
    found = session.scalar(select(MetaRow.value).where(MetaRow.name == name))
    return default if found is None else found


def put(session: Session, name: str, value: str) -> None:
    """Remember a text."""
    statement = insert(MetaRow).values(name=name, value=value)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def forget(session: Session, name: str) -> None:
    """Remember it no longer."""
    session.execute(delete(MetaRow).where(MetaRow.name == name))


def to_json(value: object) -> str:
    """Plain values as compact JSON text with Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
