"""The member list as a screen asks for it: keys in order, rows with what stands beside them, and sums."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import cast

from sqlalchemy import ColumnElement, Text, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.people import Person, Purpose, WorkStatus
from sangkien_desktop.storage import people, search
from sangkien_desktop.storage.record_rows import TABLE
from sangkien_desktop.storage.tables import AuthorRow, ConsentRow, PersonRow

CHUNK = 500
_LEAST_PHONE_DIGITS = 3


class ConsentFilter(StrEnum):
    """Whose agreement is looked for."""

    ANY = "any"
    GIVEN = "given"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class PeopleQuery:
    """Which people, in which order; empty parts do not filter."""

    text: str = ""
    group: UnitId | None = None
    status: WorkStatus | None = WorkStatus.WORKING
    consent: ConsentFilter = ConsentFilter.ANY
    authors_only: bool = False
    sort: str = "name"
    """name, employee_code, group or initiatives."""
    descending: bool = False


@dataclass(frozen=True)
class ListedPerson:
    """A person, the key of the row, and the number of initiatives."""

    key: int
    person: Person
    initiatives: int


@dataclass(frozen=True, kw_only=True)
class PeopleCounts:
    """Sums over a list of people."""

    people: int
    agreed: int
    with_initiatives: int


def keys(session: Session, query: PeopleQuery) -> "array[int]":
    """Row keys in the query's order; names by given name."""
    by: dict[str, ColumnElement[object]] = {
        "name": cast(ColumnElement[object], PersonRow.name_sort),
        "employee_code": cast(ColumnElement[object], PersonRow.code_sort),
        "group": cast(ColumnElement[object], PersonRow.group),
        "initiatives": cast(ColumnElement[object], _written()),
    }
    first = by[query.sort]
    order = (first.desc(), PersonRow.key.desc()) if query.descending else (first, PersonRow.key)
    chosen = select(PersonRow.key).where(*_conditions(query)).order_by(*order)
    answer = session.connection().execute(chosen)
    # The driver's own cursor: keys of 50,000 people in a few milliseconds.
    found = array("q", chain.from_iterable(cast(Iterable[tuple[int]], answer.cursor)))
    answer.close()
    return found


def page(session: Session, row_keys: Sequence[int]) -> tuple[ListedPerson, ...]:
    """The rows of some keys, in any order."""
    found: list[ListedPerson] = []
    for start in range(0, len(row_keys), CHUNK):
        part = list(row_keys[start : start + CHUNK])
        rows = session.execute(
            select(PersonRow.key, PersonRow.id, _written()).where(PersonRow.key.in_(part))
        ).all()
        known = {one.id: one for one in people.find(session, ids=[PersonId(row[1]) for row in rows])}
        found.extend(ListedPerson(row[0], known[PersonId(row[1])], row[2]) for row in rows)
    return tuple(found)


def key_of(session: Session, person: PersonId) -> int | None:
    """The row key of a person; None when unknown."""
    return session.scalar(select(PersonRow.key).where(PersonRow.id == person))


def counts(session: Session, query: PeopleQuery) -> PeopleCounts:
    """How many people a query finds, how many of them agreed, how many have initiatives."""
    chosen = select(
        func.count(), func.count(case((_agreed(), 1))), func.count(case((_is_author(), 1)))
    ).select_from(PersonRow)
    whole, agreed, written = session.execute(chosen.where(*_conditions(query))).one()
    return PeopleCounts(people=whole, agreed=agreed, with_initiatives=written)


def ids(session: Session, query: PeopleQuery) -> tuple[PersonId, ...]:
    """The people a query finds."""
    found = session.scalars(select(PersonRow.id).where(*_conditions(query)).order_by(PersonRow.name_sort))
    return tuple(PersonId(one) for one in found)


def initiatives_of(session: Session, persons: Sequence[PersonId]) -> tuple[InitiativeId, ...]:
    """Every initiative on which one of these people stands."""
    found: list[InitiativeId] = []
    for start in range(0, len(persons), CHUNK):
        part = [str(one) for one in persons[start : start + CHUNK]]
        mine = select(AuthorRow.initiative).where(AuthorRow.person.in_(part))
        found.extend(
            InitiativeId(one) for one in session.scalars(select(TABLE.c.id).where(TABLE.c.key.in_(mine)))
        )
    return tuple(dict.fromkeys(found))


def held_among(session: Session, ids_asked: Sequence[InitiativeId]) -> tuple[InitiativeId, ...]:
    """Those of the initiatives that are held."""
    found: list[InitiativeId] = []
    for start in range(0, len(ids_asked), CHUNK):
        part = [str(one) for one in ids_asked[start : start + CHUNK]]
        chosen = select(TABLE.c.id).where(TABLE.c.id.in_(part), TABLE.c.is_held)
        found.extend(InitiativeId(one) for one in session.scalars(chosen))
    return tuple(found)


def _conditions(query: PeopleQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    match = search.match_of(query.text)
    if match is not None:
        words: ColumnElement[bool] = PersonRow.key.in_(search.matching("person_words", match))
        digits = query.text.strip()
        if digits.isdigit() and len(digits) >= _LEAST_PHONE_DIGITS:
            # The last digits of a phone are what people remember; the word index knows only beginnings.
            words = or_(words, PersonRow.phone.endswith(digits))
        found.append(words)
    if query.group is not None:
        found.append(PersonRow.group == query.group)
    if query.status is not None:
        found.append(PersonRow.status == query.status.value)
    if query.consent is ConsentFilter.GIVEN:
        found.append(_agreed())
    elif query.consent is ConsentFilter.MISSING:
        found.append(~_agreed())
    if query.authors_only:
        found.append(_is_author())
    return found


def _agreed() -> ColumnElement[bool]:
    """The newest agreement of a person is in force and covers the portal."""
    newest = (
        select(func.max(ConsentRow.key))
        .where(ConsentRow.person == PersonRow.id)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    purposes = type_coerce(ConsentRow.purposes, Text)
    return exists().where(
        ConsentRow.key == newest,
        ConsentRow.withdrawn_on.is_(None),
        func.instr(purposes, Purpose.PORTAL.value) > 0,
    )


def _written() -> ColumnElement[int]:
    """How many initiatives a person stands on that are not withdrawn."""
    return (
        select(func.count())
        .select_from(AuthorRow)
        .join(TABLE, TABLE.c.key == AuthorRow.initiative)
        .where(AuthorRow.person == PersonRow.id, TABLE.c.lifecycle != Lifecycle.WITHDRAWN.value)
        .correlate(PersonRow)
        .scalar_subquery()
    )


def _is_author() -> ColumnElement[bool]:
    return exists().where(AuthorRow.person == PersonRow.id)
