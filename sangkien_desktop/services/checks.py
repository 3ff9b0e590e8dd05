"""Problems of all records by kind, and mending many of them in one act."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import RULES, Fix, Problem, Severity
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.entry import CellEdit, EntryService
from sangkien_desktop.services.initiatives import InitiativeService, repaired
from sangkien_desktop.services.problem_kinds import ProblemKind, kind_of, order_of
from sangkien_desktop.services.surroundings import SEVERITIES, RuleContexts, severities
from sangkien_desktop.services.typed import Lists, text_of
from sangkien_desktop.storage import initiatives, meta, rule_data
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.vietnamese.collation import sort_key
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.money import format_vnd, read_money
from sangkien_desktop.workbooks.writer import CellKind, Column, TablePlan, write_tables

AT_ONCE = 1_000
ROWS_SHOWN = 2_000
MENDED = "mended_on"
SECRET = "(thuộc bí mật công nghệ)"


@dataclass(frozen=True)
class CountedKind:
    """A kind and how many records have it."""

    kind: ProblemKind
    number: int


@dataclass(frozen=True)
class Checked:
    """The whole station by kinds of problem."""

    errors: tuple[CountedKind, ...]
    warnings: tuple[CountedKind, ...]
    incomplete: int
    """Records with an error."""
    mended_today: int
    waiting: int
    """Records that are ready."""


@dataclass(frozen=True)
class ProblemRow:
    """One record in the table of one kind."""

    key: int
    record: Initiative
    problem: Problem
    raw: str
    """What stands there now, as people read it."""
    proposal: str
    """What accepting would put there; empty when only a person can say."""
    understood: str

    @property
    def id(self) -> InitiativeId:
        """The record."""
        return self.record.id


@dataclass(frozen=True)
class RuleSetting:
    """One rule as the unit's approver sees it."""

    code: str
    demand: str
    label: str
    source: str
    usual: Severity
    chosen: Severity | None


class CheckService:
    """Asks the rules, gathers what they say, and writes repairs."""

    def __init__(self, desk: Desk, service: InitiativeService, entry: EntryService) -> None:
        self._desk = desk
        self._database = desk.database
        self._service = service
        self._entry = entry

    # Looking

    def review(self, progress: Progress = SILENT) -> Checked:
        """Ask every rule about every record anew, against the unit's history as it is now.

        Raises Cancelled between lots of records; what was asked until then is kept.
        """
        with self._database.write() as session:
            rule_data.measure_history(session)
        with self._database.read() as session:
            keys = initiatives.keys(session, Query(sort="newest", descending=False))
        for start in range(0, len(keys), AT_ONCE):
            progress.check()
            progress.report(start, len(keys), "Đang kiểm tra sáng kiến")
            with self._database.read() as session:
                rows = initiatives.page(session, keys[start : start + AT_ONCE])
                contexts = RuleContexts(session, self._desk, [row.record for row in rows])
                found = {row.record.id: contexts.problems(row.record) for row in rows}
                known = initiatives.problems_at(session, keys[start : start + AT_ONCE])
            changed = {
                row.record.id: found[row.record.id]
                for row in rows
                if found[row.record.id] != known.get(row.key, ())
            }
            with self._database.write() as session:
                initiatives.set_problems(session, changed)
        return self.overview()

    def overview(self) -> Checked:
        """Every kind with its number, errors and warnings apart, the most frequent first."""
        numbers: Counter[ProblemKind] = Counter()
        kinds: dict[tuple[str, Severity], ProblemKind] = {}
        with self._database.read() as session:
            for found in _living(session).values():
                own = {}
                for problem in found:
                    kind = kind_of(problem)
                    own[kind.key, kind.severity] = kinds.setdefault((kind.key, kind.severity), kind)
                numbers.update(own.values())
            counts = initiatives.counts(session)
            incomplete = initiatives.count(session, Query(errors_only=True, lifecycle=Lifecycle.DRAFT))
            incomplete += initiatives.count(session, Query(errors_only=True, lifecycle=Lifecycle.READY))
            mended = self._mended_today(session)
        counted = [CountedKind(kind, number) for kind, number in numbers.items()]
        counted.sort(key=lambda one: (-one.number, order_of(one.kind), one.kind.title))
        return Checked(
            tuple(one for one in counted if one.kind.severity is Severity.ERROR),
            tuple(one for one in counted if one.kind.severity is Severity.WARNING),
            incomplete,
            mended,
            counts.by_lifecycle.get(Lifecycle.READY, 0),
        )

    def rows(self, kind: ProblemKind) -> tuple[ProblemRow, ...]:
        """The records of one kind, the newest first; at most ROWS_SHOWN."""
        lists = self._entry.lists()
        with self._database.read() as session:
            found = {
                key: next((one for one in problems if _is_of(one, kind)), None)
                for key, problems in _living(session).items()
            }
            keys = sorted((key for key, problem in found.items() if problem), reverse=True)[:ROWS_SHOWN]
            page = initiatives.page(session, keys)
        return tuple(_problem_row(row, problem, lists) for row in page if (problem := found[row.key]))

    # Mending

    def accept(self, rows: Sequence[ProblemRow]) -> Changes:
        """Accept the proposals of these rows, as one act that one undo takes back."""
        by_id = {row.id: row.problem for row in rows if row.problem.fix is not None}
        return self._mend(list(by_id), lambda record: repaired(record, by_id[record.id]), "nhận đề nghị")

    def type_in(self, row: ProblemRow, text: str) -> Changes:
        """Give the field what a person typed. Raises StaleEdit when another text stands there meanwhile."""
        edit = CellEdit(row.id, row.problem.field, text)
        changes = self._entry.type_in(edit, None if row.raw == SECRET else row.raw).changes
        self._count_mended(1 if changes else 0)
        return changes

    def not_in_money(self, rows: Sequence[ProblemRow]) -> Changes:
        """Their benefit cannot be told in money."""

        def change(record: Initiative) -> Initiative:
            unread = {name: raw for name, raw in record.unread.items() if name != "annual_benefit"}
            return replace(record, is_monetary=False, annual_benefit=None, unread=unread)

        return self._mend([row.id for row in rows], change, "ghi không tính được bằng tiền")

    def ask_groups(self, kind: ProblemKind, rows: Sequence[ProblemRow], path: Path) -> int:
        """Write a workbook with one sheet per group that asks its leader; how many groups.

        Raises WorkbookProblem when the file cannot be written.
        """
        names = self._entry.lists().units
        by_group: dict[str, list[ProblemRow]] = {}
        for row in rows:
            name = names.get(row.record.group, "") if row.record.group else ""
            by_group.setdefault(name or "Chưa rõ tổ", []).append(row)
        ordered = sorted(by_group.items(), key=lambda one: sort_key(one[0]))
        plans = [_question_sheet(name, number, kind, of) for number, (name, of) in enumerate(ordered, 1)]
        write_tables(path, plans)
        return len(by_group)

    # What blocks sending

    def rule_settings(self) -> tuple[RuleSetting, ...]:
        """Every rule with its source, what it usually does and what the unit has decided."""
        with self._database.read() as session:
            own = severities(session)
        return tuple(
            RuleSetting(
                rule.code,
                rule.demand,
                FIELD[rule.field].label,
                rule.source,
                rule.severity,
                own.get(rule.code, rule.severity),
            )
            for rule in RULES
        )

    def set_severity(self, code: str, chosen: Severity | None) -> Changes:
        """Let a rule block, only warn (or, None, keep silent) from now on; the usual severity forgets the decision."""
        usual = next(rule.severity for rule in RULES if rule.code == code)
        with self._database.write() as session:
            own = dict(severities(session))
            own[code] = chosen
            if chosen is usual:
                del own[code]
            plain = {name: severity.value if severity else None for name, severity in own.items()}
            meta.put(session, SEVERITIES, meta.to_json(plain))
        self.review()
        return Changes(many_initiatives=True, settings=True)

    # Parts

    def _mend(
        self, ids: list[InitiativeId], change: Callable[[Initiative], Initiative], name: str
    ) -> Changes:
        changes = self._service.edit(ids, change, name=name)
        self._count_mended(len(ids) if changes else 0)
        return changes

    def _count_mended(self, number: int) -> None:
        if number:
            with self._database.write() as session:
                meta.put(
                    session, MENDED, f"{self._desk.clock.today()} {self._mended_today(session) + number}"
                )

    def _mended_today(self, session: Session) -> int:
        day, _, number = meta.get(session, MENDED).partition(" ")
        return int(number) if day == self._desk.clock.today().isoformat() else 0


def _living(session: Session) -> Mapping[int, tuple[Problem, ...]]:
    """What the rules last said of records that are not withdrawn, by row key."""
    found: dict[int, tuple[Problem, ...]] = {}
    for stage in (Lifecycle.DRAFT, Lifecycle.READY):
        keys = initiatives.keys(session, Query(problems_only=True, lifecycle=stage, sort="newest"))
        found.update(initiatives.problems_at(session, keys))
    return found


def _is_of(problem: Problem, kind: ProblemKind) -> bool:
    found = kind_of(problem)
    return (found.key, found.severity) == (kind.key, kind.severity)


def _problem_row(row: Row, problem: Problem, lists: Lists) -> ProblemRow:
    record, name = row.record, problem.field
    if record.is_secret and not FIELD[name].leaves_when_secret:
        return ProblemRow(row.key, record, problem, SECRET, "", problem.message)
    raw = text_of(record, name, lists)
    return ProblemRow(
        row.key, record, problem, raw, _proposal(problem.fix, name), _understood(record, problem, raw)
    )


def _proposal(fix: Fix | None, name: str) -> str:
    if fix is None:
        return ""
    if fix.field != name or isinstance(fix.value, bool) or not isinstance(fix.value, int | str):
        return fix.label
    if isinstance(fix.value, int):
        return format_vnd(fix.value)
    if FIELD[name].kind is Kind.DATE:
        reading = read_date(fix.value)
        return reading.value.display() if reading.value else fix.label
    return fix.label


def _understood(record: Initiative, problem: Problem, raw: str) -> str:
    kind = FIELD[problem.field].kind
    if problem.field in record.unread and kind is Kind.MONEY:
        return read_money(raw).understood or problem.message
    return problem.message


def _question_sheet(name: str, number: int, kind: ProblemKind, rows: Iterable[ProblemRow]) -> TablePlan:
    # The number keeps names apart that are equal after 31 characters; a spreadsheet takes no []:*?/\\ in them.
    sheet = f"{number}. " + re.sub(r"[\[\]:*?/\\]", " ", name)
    columns = (
        Column("Mã", width=14),
        Column("Tên sáng kiến", CellKind.LONG_TEXT),
        Column("Tác giả chính", width=24),
        Column(f"{FIELD[kind.field].heading} đang ghi", width=20),
        Column("Cần hỏi", CellKind.LONG_TEXT),
        Column("Tổ trả lời", CellKind.LONG_TEXT),
    )
    asked = [
        (
            row.record.local_code,
            row.record.title,
            row.record.main_author.name if row.record.main_author else "",
            row.raw,
            row.problem.message,
            "",
        )
        for row in rows
    ]
    return TablePlan(name=sheet, columns=columns, rows=asked, title=(name, f"Đề nghị bổ sung: {kind.title}"))
