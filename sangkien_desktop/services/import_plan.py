"""What reading a sheet would do to the station, worked out before anything is written.

The dry run and the real run are this one plan; only `services.imports` writes it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, cast

from sangkien_desktop.domain.document import Json, changed_fields, to_document, with_values
from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative, Provenance
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import Programme
from sangkien_desktop.domain.rules import RuleContext, Severity
from sangkien_desktop.domain.units import Unit, group_key
from sangkien_desktop.services.names_in_files import is_same_name, name_key
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks import drafts
from sangkien_desktop.workbooks.results import RowProblem, RowReading, SheetReading


class Outcome(StrEnum):
    """What becomes of a row; every row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class RowPlan:
    """One row: the record it becomes, and everything wrong with it."""

    reading: RowReading
    outcome: Outcome
    record: Initiative | None
    """None for a rejected row."""
    before: Initiative | None
    """The stored record that the row belongs to, if any."""
    problems: tuple[RowProblem, ...]
    identity: str
    values: Mapping[str, Json]
    """The row as understood, to compare the next reading with."""
    candidate: Initiative
    """The record as it would be if the row is taken; the same as `record` for every row that is."""
    accepted: frozenset[tuple[str, str]] = frozenset()
    """Field and code of problems that the officer has answered."""


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its reading, its rows' plans, and what must be made for them."""

    reading: SheetReading
    file_sha256: str
    programme: str
    rows: tuple[RowPlan, ...]
    units: tuple[Unit, ...] = ()
    """Groups that the file names and the station does not know yet."""
    people: tuple[Person, ...] = ()
    """Authors with a code that the station does not know yet."""
    lacking: tuple[str, ...] = ()
    """Labels of needed fields for which the file has no column."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by outcome; the sum is the number of rows."""
        found = Counter(row.outcome for row in self.rows)
        return MappingProxyType({outcome.value: found[outcome] for outcome in Outcome})


@dataclass
class Surroundings:
    """What the station knows that a plan needs: read once for a whole file."""

    programme: Programme
    context: RuleContext
    own_unit: UnitId | None
    units_by_name: dict[str, UnitId]
    people_by_code: Mapping[str, Person]
    people_by_name: Mapping[str, Sequence[Person]]
    actor: str
    new_units: dict[str, Unit] = field(default_factory=dict)
    new_people: dict[str, Person] = field(default_factory=dict)
    decided: Mapping[str, PersonId] = field(default_factory=lambda: MappingProxyType({}))
    """Who a written name is, by `name_key`, as officers decided before."""

    def group(self, name: str | None) -> UnitId | None:
        """The unit of that name; one that is not known yet is made and remembered."""
        if not name:
            return None
        key = group_key(name)
        known = self.units_by_name.get(key)
        if known is None:
            unit = Unit(id=UnitId(new_id()), name=name, parent=self.own_unit)
            self.new_units[key] = unit
            self.units_by_name[key] = known = unit.id
        return known

    def linked(self, author: Author, group: UnitId | None, *, may_make: bool = True) -> Author:
        """The author linked to a person: by code, else by a name that only one person of the group has."""
        person: Person | None
        if author.employee_code:
            person = self.people_by_code.get(author.employee_code) or self.new_people.get(
                author.employee_code
            )
            if person is None and may_make:
                person = Person(
                    id=PersonId(new_id()), name=author.name, employee_code=author.employee_code, group=group
                )
                self.new_people[author.employee_code] = person
        else:
            person = self._by_name(author.name, group)
        return replace(author, person=person.id) if person else author

    def _by_name(self, name: str, group: UnitId | None) -> Person | None:
        """Who bears the name: as decided before, else the only one of the group, else the only one at all."""
        known = self.decided.get(name_key(name, group)) or self.decided.get(name_key(name, None))
        if known is not None and known in self.context.people:
            return self.context.people[known]
        namesakes = [one for one in self.people_by_name.get(fold(name), ()) if is_same_name(name, one.name)]
        here = [one for one in namesakes if one.group == group] or namesakes
        return here[0] if len(here) == 1 else None


def identity(record: Initiative) -> str:
    """Hash of what a row is about: its title and its main author, accents and case aside."""
    author = record.main_author
    who = (author.employee_code or fold(author.name)) if author else ""
    return hashlib.blake2b(f"{fold(record.title)}\n{who}".encode(), digest_size=12).hexdigest()


def draft_of(
    row: RowReading, sheet: SheetReading, around: Surroundings, provenance: Provenance
) -> Initiative:
    """The row as a new record, its authors linked to the people they are."""
    blank = Initiative(
        id=InitiativeId(new_id()),
        programme=around.programme.code,
        provenance=replace(provenance, sheet=row.sheet, row=row.row),
    )
    draft = drafts.draft_of(row, blank, around.group, sheet.context.get("group"))
    # A code that no plant gives out makes nobody a member.
    may_make = not any(p.field == "employee_code" and p.severity is Severity.ERROR for p in row.problems)
    authors = tuple(
        replace(around.linked(author, draft.group, may_make=may_make), is_main=place == 0)
        for place, author in enumerate(draft.authors)
    )
    return replace(draft, authors=authors)


def understood(record: Initiative) -> dict[str, Json]:
    """What the row says, without what the station added: links to people and files."""
    document = to_document(record)
    document.pop("attachments", None)
    authors = cast("list[dict[str, Json]]", document.get("authors") or [])
    if authors:
        document["authors"] = [{k: v for k, v in author.items() if k != "person"} for author in authors]
    return document


def updated(before: Initiative, draft: Initiative, base: Mapping[str, Json]) -> Initiative:
    """The stored record with what changed in the file since it was last read; everything else stays."""
    now = understood(draft)
    names = changed_fields(base, now) - {"unread"}
    unread_now = dict(draft.unread)
    changed = {name for name in names if name in FIELD} | set(unread_now)
    known_unread = cast("dict[str, str]", base.get("unread") or {})
    changed = {name for name in changed if name in names or unread_now.get(name) != known_unread.get(name)}
    whole = to_document(draft)
    record = with_values(before, {name: whole.get(name) for name in changed})
    kept = {name: raw for name, raw in record.unread.items() if name not in changed}
    return replace(record, unread={**kept, **{n: raw for n, raw in unread_now.items() if n in changed}})


def without_twins(plans: Sequence[SheetPlan]) -> tuple[SheetPlan, ...]:
    """The plans together: a group or person that several of them would make is made once."""
    group_of: dict[str, UnitId] = {}
    person_of: dict[str, PersonId] = {}
    unit_ids: dict[UnitId, UnitId] = {}
    person_ids: dict[PersonId, PersonId] = {}
    merged = []
    for plan in plans:
        for unit in plan.units:
            unit_ids[unit.id] = group_of.setdefault(group_key(unit.name), unit.id)
        for person in plan.people:
            person_ids[person.id] = person_of.setdefault(person.employee_code or person.id, person.id)
        people = tuple(
            replace(one, group=unit_ids.get(one.group, one.group) if one.group else None)
            for one in plan.people
            if person_ids[one.id] == one.id
        )
        merged.append(
            replace(
                plan,
                rows=tuple(_pointed(row, unit_ids, person_ids) for row in plan.rows),
                units=tuple(unit for unit in plan.units if unit_ids[unit.id] == unit.id),
                people=people,
            )
        )
    return tuple(merged)


def _pointed(row: RowPlan, units: Mapping[UnitId, UnitId], persons: Mapping[PersonId, PersonId]) -> RowPlan:
    record = row.record
    if record is None:
        return row
    group = units.get(record.group, record.group) if record.group else None
    authors = tuple(
        replace(one, person=persons.get(one.person, one.person)) if one.person else one
        for one in record.authors
    )
    return replace(row, record=replace(record, group=group, authors=authors))


def is_no_record(record: Initiative) -> bool:
    """A row without a title and without any content is no initiative."""
    return not (record.title or record.solution or record.situation_before or record.effect_summary)


def has_errors(found: Iterable[RowProblem]) -> bool:
    """Whether a row with these problems is refused by a strict import."""
    return any(problem.severity is Severity.ERROR for problem in found)


def in_order(known: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """A copy whose lists may be used up, first come first served: equal rows of a file are different records."""
    copied: dict[str, list[Any]] = defaultdict(list)
    for key, values in known.items():
        copied[key] = list(values)
    return copied
