"""What the grid asks: which initiatives, in which order, how many, with which sum."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Select, case, func, literal_column, select, text
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.storage import search
from sangkien_desktop.storage.record_rows import TABLE, column
from sangkien_desktop.storage.tables import AuthorRow

NEWEST = "newest"
SORTS: Mapping[str, Column[Any]] = MappingProxyType(
    {
        NEWEST: TABLE.c.key,
        "local_code": TABLE.c.code_sort,
        "title": TABLE.c.title_sort,
        "authors": TABLE.c.author_sort,
        "group": TABLE.c.group_sort,
        "category": TABLE.c.category,
        "annual_benefit": TABLE.c.annual_benefit,
        "first_applied_on": TABLE.c.first_applied_on,
        "recognised_on": TABLE.c.recognised_on,
        "changed_at": TABLE.c.changed_at,
        "badge": TABLE.c.badge,
        "problems": TABLE.c.error_count,
    }
)
"""What a list can be sorted by; each has an index."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which initiatives, in which order. Empty parts do not filter."""

    text: str = ""
    in_content: bool = False
    """Search the long texts too."""
    group: UnitId | None = None
    groups: frozenset[UnitId] = frozenset()
    """Any of these units: a branch of the tree."""
    badges: frozenset[Badge] = frozenset()
    lifecycle: Lifecycle | None = None
    programme: str | None = None
    stage: str | None = None
    category: str | None = None
    portal_status: str | None = None
    person: PersonId | None = None
    source_sha256: str | None = None
    """Rows that came from this file."""
    sources: frozenset[str] = frozenset()
    """Rows that came from any of these files."""
    problems_only: bool = False
    """Errors or warnings."""
    errors_only: bool = False
    applied_from: str | None = None
    applied_to: str | None = None
    """ISO days, both included."""
    ids: frozenset[InitiativeId] = frozenset()
    sort: str = "local_code"
    """A name of SORTS. `newest` answers searches while typing fastest."""
    descending: bool = True
    limit: int | None = None
    offset: int = 0


ALL = Query()


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums over the records of a query."""

    records: int
    annual_benefit: int
    """Đồng."""
    without_benefit: int
    """Records whose benefit is not stated or not computable in money."""
    with_errors: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Numbers over the whole station, for the side bar and the dashboard."""

    records: int
    by_badge: Mapping[Badge, int] = field(default_factory=lambda: MappingProxyType({}))
    by_lifecycle: Mapping[Lifecycle, int] = field(default_factory=lambda: MappingProxyType({}))
    with_errors: int = 0
    with_warnings: int = 0


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """Everything the query demands, but for the text, as conditions on the table."""
    equal: tuple[tuple[Column[Any], object | None], ...] = (
        (column("group"), query.group),
        (TABLE.c.lifecycle, query.lifecycle),
        (TABLE.c.programme, query.programme),
        (TABLE.c.stage, query.stage),
        (TABLE.c.category, query.category),
        (TABLE.c.portal_status, query.portal_status),
        (TABLE.c.source_sha256, query.source_sha256),
    )
    found: list[ColumnElement[bool]] = [name == str(value) for name, value in equal if value is not None]
    for name, values in (
        (TABLE.c.badge, query.badges),
        (column("group"), query.groups),
        (TABLE.c.id, query.ids),
        (TABLE.c.source_sha256, query.sources),
    ):
        if values:
            found.append(name.in_(sorted(str(value) for value in values)))
    if query.errors_only:
        found.append(TABLE.c.error_count > 0)
    elif query.problems_only:
        found.append((TABLE.c.error_count > 0) | (TABLE.c.warning_count > 0))
    if query.applied_from:
        found.append(TABLE.c.first_applied_on >= query.applied_from)
    if query.applied_to:
        # A day sorts after the month or year that it belongs to, so a plain comparison takes both in.
        found.append(TABLE.c.first_applied_on <= query.applied_to)
    if query.person is not None:
        mine = select(AuthorRow.initiative).where(AuthorRow.person == query.person)
        found.append(TABLE.c.key.in_(mine))
    return found


def _matched(chosen: Select[Any], query: Query) -> Select[Any]:
    """The selection with the query's text and conditions applied."""
    chosen = chosen.where(*conditions(query))
    if query.in_content:
        return chosen.where(search.anywhere(query.text))
    match = search.match_of(query.text)
    if match is None:
        return chosen
    return chosen.where(
        text("initiative_head MATCH :match").bindparams(match=match),
        literal_column("initiative_head.rowid") == TABLE.c.key,
    ).select_from(TABLE, text("initiative_head"))


def ordered(chosen: Select[Any], query: Query) -> Select[Any]:
    """The selection filtered, sorted and cut as the query says."""
    chosen = _matched(chosen, query)
    key: ColumnElement[Any] = TABLE.c.key
    if query.sort == NEWEST:
        if search.match_of(query.text) is not None and not query.in_content:
            # The search table hands rows out newest first by itself, so the first page stops early.
            key = literal_column("initiative_head.rowid")
        chosen = chosen.order_by(key.desc() if query.descending else key)
    else:
        by = SORTS[query.sort]
        chosen = chosen.order_by(*((by.desc(), key.desc()) if query.descending else (by, key)))
    if query.limit is not None:
        chosen = chosen.limit(query.limit).offset(query.offset)
    return chosen


def keys(session: Session, query: Query = ALL) -> "array[int]":
    """Row keys in the query's order: eight bytes each, a whole list of a million in one answer."""
    answer = session.connection().execute(ordered(select(TABLE.c.key), query))
    # The driver's own cursor: SQLAlchemy's rows would triple the time for a million keys.
    rows = cast(Iterable[tuple[int]], answer.cursor)
    found = array("q", chain.from_iterable(rows))
    answer.close()
    return found


def count(session: Session, query: Query = ALL) -> int:
    """How many records the query finds."""
    return int(session.scalar(_matched(select(func.count()).select_from(TABLE), _unordered(query))) or 0)


def totals(session: Session, query: Query = ALL) -> Totals:
    """Number and sums over the records of a query."""
    benefit = TABLE.c.annual_benefit
    chosen = select(
        func.count(), func.total(benefit), func.count(benefit), func.count(case((TABLE.c.error_count > 0, 1)))
    ).select_from(TABLE)
    records, whole, stated, errors = session.execute(_matched(chosen, _unordered(query))).one()
    return Totals(
        records=records,
        annual_benefit=int(whole),
        without_benefit=records - stated,
        with_errors=errors,
    )


def _unordered(query: Query) -> Query:
    return replace(query, sort=NEWEST, limit=None)


def counts(session: Session) -> Counts:
    """Numbers over the whole station."""
    by_badge = session.execute(select(TABLE.c.badge, func.count()).group_by(TABLE.c.badge)).all()
    flagged = (func.count(case((name > 0, 1))) for name in (TABLE.c.error_count, TABLE.c.warning_count))
    rows = session.execute(
        select(TABLE.c.lifecycle, func.count(), *flagged).group_by(TABLE.c.lifecycle)
    ).all()
    return Counts(
        records=sum(number for _, number in by_badge),
        by_badge=MappingProxyType({Badge(name): number for name, number in by_badge}),
        by_lifecycle=MappingProxyType({Lifecycle(row[0]): row[1] for row in rows}),
        with_errors=sum(row[2] for row in rows),
        with_warnings=sum(row[3] for row in rows),
    )
