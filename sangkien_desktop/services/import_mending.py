"""Mending a planned row before anything is written: a value typed, a proposal accepted, rows with errors refused."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sangkien_desktop.domain.document import value_to_json, with_values
from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.rules import Problem, RuleContext, Severity
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.import_people import DOUBT
from sangkien_desktop.services.import_plan import Outcome, RowPlan, SheetPlan, has_errors, is_no_record
from sangkien_desktop.services.initiatives import repaired
from sangkien_desktop.services.surroundings import known_people, severities
from sangkien_desktop.services.typed import Lists, is_typed, text_of, typed
from sangkien_desktop.storage import people, programmes, units
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.workbooks.drafts import judge
from sangkien_desktop.workbooks.results import RowProblem

AUTHOR_FIELDS = frozenset({"author", "authors", "co_authors", "employee_code", "share"})
"""Columns that all speak of the record's authors."""


class Mender:
    """Changes plans; nothing is stored."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def text(self, plan: SheetPlan, place: int, field: str) -> str:
        """What an editor of the row's field shows."""
        record = plan.rows[place].candidate
        name = "authors" if field in AUTHOR_FIELDS else field
        return text_of(record, name, self._lists(plan)) if is_typed(name) else ""

    def mend(
        self, plan: SheetPlan, place: int, field: str, text: str, *, is_strict: bool = False
    ) -> SheetPlan:
        """The plan with a text typed into one field of a row."""
        row = plan.rows[place]
        lists = self._lists(plan)
        if field == "employee_code":
            after = _with_code(row.candidate, clean(text), self._find_people)
        else:
            name = "authors" if field in AUTHOR_FIELDS else field
            after = (
                typed(row.candidate, name, text, lists, self._find_people)
                if is_typed(name)
                else row.candidate
            )
        return self._replaced(plan, place, after, _without(row, field), is_strict)

    def accept(
        self, plan: SheetPlan, place: int, problem: RowProblem, *, is_strict: bool = False
    ) -> SheetPlan:
        """The plan with a proposal accepted, or with a warning taken as it stands."""
        row = plan.rows[place]
        after = self._accepted(row.candidate, problem)
        known = frozenset({*row.accepted, (problem.field, problem.code)})
        if after is row.candidate:
            left = tuple(p for p in row.problems if (p.field, p.code) not in known)
            answered = _decided(replace(_dropped(row, problem), problems=left, accepted=known), is_strict)
            return replace(plan, rows=(*plan.rows[:place], answered, *plan.rows[place + 1 :]))
        return self._replaced(plan, place, after, replace(_dropped(row, problem), accepted=known), is_strict)

    def assign(
        self, plan: SheetPlan, place: int, written: str, person: PersonId, *, is_strict: bool = False
    ) -> SheetPlan:
        """The plan with an author of a row known as a person."""
        row = plan.rows[place]
        after = self._linked(row.candidate, written, person)
        answered = [p for p in row.reading.problems if not (p.code == DOUBT and p.raw == written)]
        row = replace(row, reading=replace(row.reading, problems=tuple(answered)))
        return self._replaced(plan, place, after, row, is_strict)

    def decided(self, plan: SheetPlan, *, is_strict: bool) -> SheetPlan:
        """The plan with rows that have errors refused, or taken as drafts."""
        return replace(plan, rows=tuple(_decided(row, is_strict) for row in plan.rows))

    # Parts

    def _replaced(
        self, plan: SheetPlan, place: int, after: Initiative, row: RowPlan, is_strict: bool
    ) -> SheetPlan:
        found = judge(row.reading, plan.reading, after, self._context(plan, after))
        found = tuple(p for p in found if (p.field, p.code) not in row.accepted)
        new = _decided(replace(row, candidate=after, problems=found), is_strict)
        return replace(plan, rows=(*plan.rows[:place], new, *plan.rows[place + 1 :]))

    def _accepted(self, record: Initiative, problem: RowProblem) -> Initiative:
        fix = problem.fix
        if fix is None or fix.value is False:
            return record
        if problem.code == DOUBT:
            return self._linked(record, problem.raw, PersonId(str(fix.value)))
        if fix.field == "authors":
            said = Problem(
                field=problem.field,
                code=problem.code,
                severity=problem.severity,
                message=problem.message,
                fix=fix,
            )
            return repaired(record, said)
        if fix.field not in FIELD:
            return record
        plain = fix.value if isinstance(fix.value, str) else value_to_json(FIELD[fix.field], fix.value)
        return with_values(record, {fix.field: plain})

    def _linked(self, record: Initiative, written: str, person: PersonId) -> Initiative:
        with self._database.read() as session:
            known = people.get(session, person)
        return replace(
            record, authors=tuple(_as(known, one) if one.name == written else one for one in record.authors)
        )

    def _find_people(self, text: str) -> Sequence[Person]:
        with self._database.read() as session:
            return people.lookup(session, text, 12)

    def _lists(self, plan: SheetPlan) -> Lists:
        """What typed text may name, the groups that the plan would make included."""
        with self._database.read() as session:
            names = dict(units.names(session))
            known: tuple[Unit, ...] = units.find(session, on=self._desk.clock.today())
            lists = {programme.code: programme for programme in programmes.find(session)}
        new = {unit.id: unit.name for unit in plan.units}
        groups = tuple(unit for unit in (*known, *plan.units) if not unit.is_own)
        return Lists(units={**names, **new}, groups=groups, programmes=lists)

    def _context(self, plan: SheetPlan, record: Initiative) -> RuleContext:
        with self._database.read() as session:
            known = {programme.code: programme for programme in programmes.find(session)}
            return RuleContext(
                programme=known[plan.programme],
                today=self._desk.clock.today(),
                people={**known_people(session, [record]), **{one.id: one for one in plan.people}},
                severities=severities(session),
            )


def same_elsewhere(plans: Sequence[SheetPlan], problem: RowProblem) -> list[tuple[int, int]]:
    """Where the very same question stands: plan and place of every row with it."""
    return [
        (at, place)
        for at, plan in enumerate(plans)
        for place, row in enumerate(plan.rows)
        if any((p.field, p.code, p.raw) == (problem.field, problem.code, problem.raw) for p in row.problems)
    ]


def is_question(problem: RowProblem) -> bool:
    """Whether accepting answers the problem: it has a repair, or it is only a warning."""
    return problem.fix is not None or problem.severity is Severity.WARNING


def _decided(row: RowPlan, is_strict: bool) -> RowPlan:
    record = row.candidate
    natural = Outcome.CREATED
    if row.before is not None:
        natural = Outcome.UNCHANGED if record == row.before else Outcome.UPDATED
    refused = is_strict and has_errors(row.problems) and natural is not Outcome.UNCHANGED
    if is_no_record(record) or refused:
        return replace(row, outcome=Outcome.REJECTED, record=None)
    return replace(row, outcome=natural, record=record)


def _without(row: RowPlan, field: str) -> RowPlan:
    """The row as if reading had found nothing wrong with the field; the rules are asked anew."""
    same = AUTHOR_FIELDS if field in AUTHOR_FIELDS else frozenset({field})
    kept = tuple(p for p in row.reading.problems if p.field not in same)
    unread = {name: raw for name, raw in row.reading.unread.items() if name not in same}
    return replace(row, reading=replace(row.reading, problems=kept, unread=unread))


def _dropped(row: RowPlan, problem: RowProblem) -> RowPlan:
    kept = tuple(p for p in row.reading.problems if p != problem)
    unread = row.reading.unread
    if problem.fix is not None:
        unread = {name: raw for name, raw in unread.items() if name != problem.field}
    return replace(row, reading=replace(row.reading, problems=kept, unread=unread))


def _with_code(record: Initiative, code: str, find: Callable[[str], Sequence[Person]]) -> Initiative:
    """The main author under another code; a code of the list brings its person."""
    main = record.main_author
    if main is None:
        return record
    known = next((one for one in find(code) if one.employee_code == code), None)
    after = _as(known, main) if known else replace(main, employee_code=code or None, person=None)
    return replace(record, authors=tuple(after if one is main else one for one in record.authors))


def _as(person: Person, author: Author) -> Author:
    return replace(author, name=person.name, employee_code=person.employee_code, person=person.id)
