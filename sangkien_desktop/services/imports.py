"""Files of group leaders, read into the station: look, plan, write. Nothing is written before the last step."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Provenance
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import DEFAULT_PROGRAMME, Programme
from sangkien_desktop.domain.rules import RuleContext
from sangkien_desktop.domain.units import Unit, group_key
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.import_memory import NOBODY, ImportMemory, sender_of
from sangkien_desktop.services.import_mending import Mender
from sangkien_desktop.services.import_people import doubts_of
from sangkien_desktop.services.import_plan import (
    Outcome,
    RowPlan,
    SheetPlan,
    Surroundings,
    draft_of,
    has_errors,
    identity,
    in_order,
    is_no_record,
    understood,
    updated,
)
from sangkien_desktop.services.import_writing import Imported, ImportWriter
from sangkien_desktop.services.surroundings import severities
from sangkien_desktop.storage import (
    imports,
    initiatives,
    people,
    programmes,
    rule_data,
    units,
)
from sangkien_desktop.storage.database import Session
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.vietnamese.dates import PartialDate
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.annotate import Annotation
from sangkien_desktop.workbooks.annotate import annotate as write_annotated
from sangkien_desktop.workbooks.drafts import absent_fields, judge
from sangkien_desktop.workbooks.importing import NO_WISHES, FileReading, Wishes, read_workbook
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.results import RowReading, SheetReading
from sangkien_desktop.workbooks.table import Workbook
from sangkien_desktop.workbooks.template import write_template

ROWS_BETWEEN_CHECKS = 500


@dataclass(frozen=True)
class FileRead:
    """A file as understood, and the programme its rows belong to."""

    reading: FileReading
    programme: Programme


class ImportService:
    """Plans and writes imports; reading the file itself is the work of `workbooks`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database
        self._writer = ImportWriter(desk)
        self.memory = ImportMemory(desk)
        self.mender = Mender(desk)

    def programme_for(self, readings: Sequence[SheetReading], code: str | None = None) -> Programme:
        """The programme that the rows belong to: the one named, else the default unless almost every date of
        application lies in the window of another one only."""
        with self._database.read() as session:
            known = {programme.code: programme for programme in programmes.find(session)}
        default = known.get(self._desk.settings().default_programme) or known[DEFAULT_PROGRAMME]
        if code is not None:
            if code not in known:
                raise KeyError(code)
            return known[code]
        days = [row.values.get("first_applied_on") for reading in readings for row in reading.rows]
        dated = [day for day in days if isinstance(day, PartialDate)]
        fits = {one.code: sum(_inside(day, one) for day in dated) for one in known.values()}
        best = max(known.values(), key=lambda one: (fits[one.code], one is default), default=default)
        return best if dated and fits[best.code] > 2 * fits[default.code] else default

    def read(
        self,
        path: Path,
        *,
        programme: str | None = None,
        wishes: Wishes = NO_WISHES,
        progress: Progress = SILENT,
    ) -> "FileRead":
        """Open a file in the cage and read it. Raises WorkbookProblem with a sentence; nothing is stored."""
        workbook = self.open(path, progress)
        return self.read_again(workbook, programme=programme, wishes=wishes, progress=progress)

    def open(self, path: Path, progress: Progress = SILENT) -> Workbook:
        """Open a file in the cage, without asking yet what stands in it. Raises WorkbookProblem."""
        return open_workbook(path, progress)

    def read_again(
        self,
        workbook: Workbook,
        *,
        programme: str | None = None,
        wishes: Wishes = NO_WISHES,
        progress: Progress = SILENT,
    ) -> "FileRead":
        """Read an opened file, or a pasted table; again after a correction, without opening it again."""
        if wishes.recipes == NOBODY:
            sender, factory = sender_of(workbook.file_name), self._desk.settings().unit_code
            wishes = replace(wishes, recipes=self.memory.recipes(), sender=sender, factory=factory)
        knowledge = self._knowledge()
        first = self.programme_for([], programme)
        found = read_workbook(workbook, replace(knowledge, programme=first), wishes, progress)
        chosen = self.programme_for(found.sheets, programme)
        if chosen.code != first.code:
            found = read_workbook(workbook, replace(knowledge, programme=chosen), wishes, progress)
        return FileRead(found, chosen)

    def plan_file(
        self, read: "FileRead", *, is_strict: bool = False, progress: Progress = SILENT
    ) -> tuple[SheetPlan, ...]:
        """The plans of all sheets of a file."""
        return tuple(
            self.plan(
                sheet,
                file_sha256=read.reading.workbook.sha256,
                programme=read.programme,
                is_strict=is_strict,
                progress=progress,
            )
            for sheet in read.reading.sheets
        )

    def plan(
        self,
        reading: SheetReading,
        *,
        file_sha256: str,
        programme: Programme,
        is_strict: bool = False,
        progress: Progress = SILENT,
    ) -> SheetPlan:
        """What writing the sheet would do. The same plan serves the dry run and the real one."""
        decided = self.memory.names()
        with self._database.read() as session:
            around = replace(self._surroundings(session, programme), decided=decided)
            provenance = Provenance(
                source="import",
                actor=self._desk.actor(),
                at=self._desk.clock.now(),
                file_name=reading.file_name,
                file_sha256=file_sha256,
            )
            drafts: list[Initiative] = []
            for place, row in enumerate(reading.rows):
                if place % ROWS_BETWEEN_CHECKS == 0:
                    progress.check()
                    progress.report(place, len(reading.rows), "Đang kiểm tra")
                drafts.append(draft_of(row, reading, around, provenance))
            befores = self._befores(session, reading, file_sha256, drafts)
        rows = tuple(
            self._row_plan(reading, row, draft, known, around, is_strict)
            for row, draft, known in zip(reading.rows, drafts, befores, strict=True)
        )
        return SheetPlan(
            reading=reading,
            file_sha256=file_sha256,
            programme=programme.code,
            rows=rows,
            units=_used_units(around, rows),
            people=_used_people(around, rows),
            lacking=absent_fields(reading),
        )

    def write(self, plans: Sequence[SheetPlan], *, name: str = "") -> Imported:
        """Write the plans as one act. Raises StaleEdit when a record that a plan changes was saved meanwhile."""
        return self._writer.write(plans, name=name)

    def annotate(
        self,
        path: Path,
        plans: Sequence[SheetPlan],
        target: Path,
        reading: FileReading | None = None,
        progress: Progress = SILENT,
    ) -> None:
        """The officer's own file with its problems marked, and hidden keys by which its rows are known again.

        Without `reading` the file is opened once more. Raises WorkbookProblem when it cannot be written.
        """
        file = reading or self.read(path, programme=plans[0].programme if plans else None).reading
        said = [
            Annotation(
                reading=plan.reading,
                problems={row.reading.row: row.problems for row in plan.rows if row.problems},
                keys={row.reading.row: row.record.id for row in plan.rows if row.record},
            )
            for plan in plans
        ]
        write_annotated(path, file, said, target, progress)

    def write_template(self, path: Path, programme: str | None = None) -> None:
        """The blank workbook for group leaders, with the unit's own lists. Raises WorkbookProblem."""
        with self._database.read() as session:
            today = self._desk.clock.today()
            own = units.own(session, today)
            names = [unit.name for unit in units.find(session, on=today) if not unit.is_own]
        write_template(path, self.programme_for([], programme), names, unit_name=own.name if own else "")

    def last_read(self, file_sha256: str) -> str:
        """When this very file was read in last, as people say it; empty when never."""
        with self._database.read() as session:
            at = imports.last_reading(session, file_sha256)
        return f"{at:%d/%m/%Y}" if at else ""

    # Parts

    def _knowledge(self) -> Knowledge:
        """How this plant writes codes, from its member list."""
        with self._database.read() as session:
            codes = frozenset(person.employee_code for person in people.find(session) if person.employee_code)
        lengths = Counter(len(code) for code in codes if code.isdigit())
        common = lengths.most_common(1)
        is_even = bool(common) and common[0][1] > 0.9 * len(codes)
        return Knowledge(code_length=common[0][0] if is_even else None, known_codes=codes)

    def _surroundings(self, session: Session, programme: Programme) -> Surroundings:
        everyone = people.find(session)
        by_name: dict[str, list[Person]] = {}
        for person in everyone:
            by_name.setdefault(fold(person.name), []).append(person)
        tree = units.tree(session, self._desk.clock.today())
        return Surroundings(
            programme=programme,
            context=RuleContext(
                programme=programme,
                today=self._desk.clock.today(),
                people={person.id: person for person in everyone},
                severities=severities(session),
                history=rule_data.history(session),
                demands=rule_data.demands(session),
            ),
            own_unit=next((unit.id for unit in tree if unit.is_own), None),
            units_by_name={group_key(unit.name): unit.id for unit in tree},
            people_by_code={person.employee_code: person for person in everyone if person.employee_code},
            people_by_name=by_name,
            actor=self._desk.actor(),
        )

    def _befores(
        self, session: Session, reading: SheetReading, file_sha256: str, drafts: Sequence[Initiative]
    ) -> list["tuple[Initiative, imports.KnownRow] | None"]:
        """For each row the stored record it belongs to: by its hidden key, by its place in the very same file,
        else by title and author in any earlier file, first come first served."""
        same = imports.known_rows(session, file_sha256, reading.sheet or "")
        keyed = imports.known_records(session, [InitiativeId(row.key) for row in reading.rows if row.key])
        alike = in_order(imports.known_identities(session, [identity(draft) for draft in drafts]))
        found: list[imports.KnownRow | None] = []
        for row, draft in zip(reading.rows, drafts, strict=True):
            known = keyed.get(InitiativeId(row.key)) if row.key else None
            known = known or same.get(row.row)
            candidates = alike.get(identity(draft), [])
            if known is None and candidates:
                known = candidates[0]
            if known in candidates:
                candidates.remove(known)
            found.append(known)
        wanted = frozenset(known.record for known in found if known)
        stored = {record.id: record for record in _by_ids(session, wanted)}
        return [
            (stored[known.record], known) if known and known.record in stored else None for known in found
        ]

    def _row_plan(
        self,
        reading: SheetReading,
        row: RowReading,
        draft: Initiative,
        known: "tuple[Initiative, imports.KnownRow] | None",
        around: Surroundings,
        is_strict: bool,
    ) -> RowPlan:
        before = known[0] if known else None
        candidate = draft
        outcome = Outcome.CREATED
        if known is not None and before is not None:
            candidate = updated(before, draft, known[1].values)
            outcome = Outcome.UNCHANGED if candidate == before else Outcome.UPDATED
        if doubts := doubts_of(draft, reading, around):
            row = replace(row, problems=(*row.problems, *doubts))
        problems = judge(row, reading, draft, around.context)
        if is_no_record(draft) or (is_strict and has_errors(problems) and outcome is not Outcome.UNCHANGED):
            outcome = Outcome.REJECTED
        return RowPlan(
            reading=row,
            outcome=outcome,
            record=None if outcome is Outcome.REJECTED else candidate,
            before=before,
            candidate=candidate,
            problems=problems,
            identity=identity(draft),
            values=understood(draft),
        )


def _by_ids(session: Session, ids: Iterable[InitiativeId]) -> tuple[Initiative, ...]:
    wanted = frozenset(ids)
    return initiatives.find(session, Query(ids=wanted, sort="newest")) if wanted else ()


def _inside(day: PartialDate, programme: Programme) -> bool:
    first, last = programme.applied_from, programme.applied_to
    return (first is None or day.last_day >= first) and (last is None or day.first_day <= last)


def _used_units(around: Surroundings, rows: Iterable[RowPlan]) -> tuple[Unit, ...]:
    used = {row.record.group for row in rows if row.record}
    return tuple(unit for unit in around.new_units.values() if unit.id in used)


def _used_people(around: Surroundings, rows: Iterable[RowPlan]) -> tuple[Person, ...]:
    used = {author.person for row in rows if row.record for author in row.record.authors}
    return tuple(person for person in around.new_people.values() if person.id in used)
