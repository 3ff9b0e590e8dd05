"""Named filters, sorts and columns that a person keeps for a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import new_id
from sangkien_desktop.storage.tables import SavedViewRow


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """One named view of one screen; the content is the screen's own."""

    name: str
    content: Mapping[str, Any]


def find(session: Session, screen: str) -> tuple[SavedView, ...]:
    """The screen's views in their order."""
    chosen = select(SavedViewRow).where(SavedViewRow.screen == screen)
    rows = session.scalars(chosen.order_by(SavedViewRow.place, SavedViewRow.name))
    return tuple(SavedView(name=row.name, content=cast(dict[str, Any], row.content)) for row in rows)


def put(session: Session, screen: str, view: SavedView, *, place: int = 0) -> None:
    """Keep a view; one of the same name is replaced."""
    remove(session, screen, view.name)
    session.add(
        SavedViewRow(id=new_id(), screen=screen, name=view.name, place=place, content=dict(view.content))
    )
    session.flush()


def remove(session: Session, screen: str, name: str) -> None:
    """Forget a view."""
    session.execute(delete(SavedViewRow).where(SavedViewRow.screen == screen, SavedViewRow.name == name))
