"""Lists that the portal owns; the shipped ones serve until the portal's arrive."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.catalogues import SHARED
from sangkien_desktop.storage.tables import CatalogueRow


def find(session: Session) -> dict[str, tuple[str, ...]]:
    """Every shared list by name, the portal's in place of the shipped."""
    kept = session.scalars(select(CatalogueRow).where(CatalogueRow.programme == "")).all()
    return {**SHARED, **{row.id: tuple(cast(list[str], row.data)) for row in kept}}


def get(session: Session, name: str) -> tuple[str, ...]:
    """The labels of a shared list in their order; empty for an unknown name."""
    return find(session).get(name, ())


def put(
    session: Session, name: str, labels: Sequence[str], *, rev: int = 0, as_of: datetime | None = None
) -> None:
    """Keep the portal's list."""
    row = session.get(CatalogueRow, name)
    if row is None:
        row = CatalogueRow(id=name)
        session.add(row)
    row.data, row.rev, row.as_of = list(labels), rev, as_of
    session.flush()
