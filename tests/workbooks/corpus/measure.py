"""How much of the corpus is read right, case by case."""

import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.domain.rules import RuleContext, Severity
from sangkien_desktop.workbooks.drafts import draft_of, judge, row_as_json
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.importing import FileReading, read_file
from sangkien_desktop.workbooks.reader import Knowledge
from tests.workbooks.corpus.cases import table_cases
from tests.workbooks.corpus.hard import hard_cases
from tests.workbooks.corpus.special import special_cases
from tests.workbooks.corpus.tables import Case, Expected
from tests.workbooks.corpus.unseen import unseen_cases

CONTEXT = RuleContext(programme=MILLION, today=date(2024, 12, 31))


@dataclass
class Score:
    """Counts of one case; `wrong` says what was read otherwise."""

    name: str
    columns: tuple[int, int] = (0, 0)
    rows: tuple[int, int] = (0, 0)
    values: tuple[int, int] = (0, 0)
    flags: tuple[int, int] = (0, 0)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_perfect(self) -> bool:
        """Nothing read otherwise, nothing more, nothing less."""
        return not self.wrong


def all_cases() -> list[Case]:
    """The whole corpus."""
    return [*table_cases(), *special_cases(), *hard_cases(), *unseen_cases()]


def measure(case: Case) -> Score:
    """Write the case's file, read it, compare."""
    score = Score(case.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{case.name}{case.suffix}"
        expected = case.write(path)
        try:
            found = read_file(path, Knowledge(programme=MILLION))
        except WorkbookProblem as refused:
            score.wrong.append(refused.sentence)
            score.rows = (0, len(expected.rows))
            return score
    _compare_heads(score, found, expected)
    _compare_rows(score, found, expected)
    return score


def _compare_heads(score: Score, found: FileReading, expected: Expected) -> None:
    sheet = found.sheets[0]
    if len(found.sheets) != expected.sheets:
        score.wrong.append(f"{len(found.sheets)} sheets, not {expected.sheets}")
    if expected.columns is not None:
        right = sum(sheet.columns.get(name) == value for name, value in expected.columns.items())
        score.columns = (right, len(expected.columns))
        for name in sorted(expected.columns.keys() | sheet.columns.keys()):
            if sheet.columns.get(name) != expected.columns.get(name):
                score.wrong.append(
                    f"column {name}: {sheet.columns.get(name)} not {expected.columns.get(name)}"
                )
        if sheet.header_row != expected.header_row:
            score.wrong.append(f"heading in {sheet.header_row} not {expected.header_row}")
    if sheet.encoding_repair != expected.encoding:
        score.wrong.append(f"lettering {sheet.encoding_repair} not {expected.encoding}")


def _compare_rows(score: Score, found: FileReading, expected: Expected) -> None:
    rows = [(row, sheet) for sheet in found.sheets for row in sheet.rows]
    same = sum(row.row == number for (row, _), (number, _, _) in zip(rows, expected.rows, strict=False))
    score.rows = (same, len(expected.rows))
    if [row.row for row, _ in rows] != [number for number, _, _ in expected.rows]:
        score.wrong.append(
            f"rows {[r.row for r, _ in rows][:30]} not {[n for n, _, _ in expected.rows][:30]}"
        )
        return
    right = total = right_flags = 0
    for (row, sheet), (number, values, flags) in zip(rows, expected.rows, strict=True):
        record = draft_of(row, Initiative(id="x", programme=MILLION.code), lambda name: None)  # type: ignore[arg-type]
        problems = judge(row, sheet, record, CONTEXT)
        read = row_as_json(row, problems)["values"]
        for name in values.keys() | read.keys():
            total += 1
            right += read.get(name) == values.get(name)
            if read.get(name) != values.get(name):
                score.wrong.append(f"row {number} {name}: {read.get(name)!r} not {values.get(name)!r}")
        errors = {problem.field for problem in problems if problem.severity is Severity.ERROR}
        right_flags += errors == flags
        if errors != flags:
            score.wrong.append(f"row {number} flagged {errors} not {flags}")
    score.values, score.flags = (right, total), (right_flags, len(rows))
