"""The union tree: units with their spans of validity."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.units import Unit, UnitTree
from sangkien_desktop.storage.tables import InitiativeRow, UnitRow
from sangkien_desktop.vietnamese.collation import sort_key
from sangkien_desktop.vietnamese.folding import fold

_FIELDS = tuple(Unit.__dataclass_fields__)


def find(session: Session, *, on: date | None = None) -> tuple[Unit, ...]:
    """Units in the order of their names: those valid on a day, or every span that was ever known."""
    chosen = select(UnitRow)
    if on is not None:
        chosen = chosen.where(
            or_(UnitRow.valid_from.is_(None), UnitRow.valid_from <= on),
            or_(UnitRow.valid_to.is_(None), UnitRow.valid_to >= on),
        )
    return tuple(_unit(row) for row in session.scalars(chosen.order_by(UnitRow.name_sort, UnitRow.key)))


def tree(session: Session, on: date) -> UnitTree:
    """The tree of one day."""
    return UnitTree(find(session, on=on))


def get(session: Session, unit: UnitId, *, on: date | None = None) -> Unit:
    """The unit as it is on a day, else its newest span. Raises KeyError."""
    rows = session.scalars(
        select(UnitRow).where(UnitRow.id == unit).order_by(UnitRow.valid_from.desc())
    ).all()
    spans = [_unit(row) for row in rows]
    if not spans:
        raise KeyError(unit)
    return next((span for span in spans if on is not None and span.is_valid_on(on)), spans[0])


def names(session: Session) -> Mapping[UnitId, str]:
    """The newest name of every unit, for lists and papers."""
    rows = session.execute(select(UnitRow.id, UnitRow.name).order_by(UnitRow.valid_from)).all()
    return {UnitId(row.id): row.name for row in rows}


def own(session: Session, on: date) -> Unit | None:
    """The grassroots union that the station works for."""
    return next((unit for unit in find(session, on=on) if unit.is_own), None)


def put(session: Session, unit: Unit, *, rev: int = 0) -> None:
    """Keep the unit; the span with the same beginning is replaced, a later beginning closes the span before it."""
    same_start = (
        UnitRow.valid_from.is_(None) if unit.valid_from is None else UnitRow.valid_from == unit.valid_from
    )
    row = session.scalars(select(UnitRow).where(UnitRow.id == unit.id, same_start)).first()
    if row is None:
        _close_earlier(session, unit)
        row = UnitRow(id=unit.id)
        session.add(row)
    for name in _FIELDS:
        setattr(row, name, getattr(unit, name))
    row.name_folded, row.name_sort, row.rev = fold(unit.name), sort_key(unit.name), rev
    session.flush()
    session.execute(
        update(InitiativeRow)
        .where(InitiativeRow.group == unit.id)
        .values(group_sort=sort_key_of(session, unit.id))
    )


def put_many(session: Session, units: Iterable[Unit]) -> int:
    """Keep many units; how many."""
    number = 0
    for unit in units:
        put(session, unit)
        number += 1
    return number


def sort_key_of(session: Session, unit: UnitId | None) -> str:
    """Where the unit stands in lists sorted by unit; its id's key while it is unknown."""
    if unit is None:
        return ""
    newest = select(UnitRow.name_sort).where(UnitRow.id == unit).order_by(UnitRow.valid_from.desc())
    return session.scalar(newest.limit(1)) or sort_key(unit)


def _close_earlier(session: Session, unit: Unit) -> None:
    if unit.valid_from is None:
        return
    session.execute(
        update(UnitRow)
        .where(
            UnitRow.id == unit.id,
            or_(UnitRow.valid_from.is_(None), UnitRow.valid_from < unit.valid_from),
            or_(UnitRow.valid_to.is_(None), UnitRow.valid_to >= unit.valid_from),
        )
        .values(valid_to=unit.valid_from - timedelta(days=1))
    )


def _unit(row: UnitRow) -> Unit:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Unit(**values)
