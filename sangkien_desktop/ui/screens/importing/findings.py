"""Every problem of every planned row, as the table of the third step lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.services.import_mending import is_question
from sangkien_desktop.services.import_plan import Outcome, RowPlan, SheetPlan
from sangkien_desktop.ui.screens.importing.column_fields import label_of
from sangkien_desktop.vietnamese.dates import PartialDate
from sangkien_desktop.vietnamese.money import format_vnd
from sangkien_desktop.workbooks.results import RowProblem

BY_HAND: Final = "sửa tay"
EMPTY: Final = "(trống)"
AS_IT_STANDS: Final = "Đúng như vậy"


@dataclass(frozen=True)
class Finding:
    """One problem and its place: which plan, which of its rows."""

    plan: int
    place: int
    row: RowPlan
    problem: RowProblem
    file_name: str
    is_form: bool

    @property
    def is_error(self) -> bool:
        """Errors come before questions."""
        return self.problem.severity is Severity.ERROR

    @property
    def cell(self) -> str:
        """Where it stands in Excel: `C7`; only the row where no column holds the field."""
        row = self.problem.row or self.row.reading.row
        if self.problem.column is None:
            return f"dòng {row}"
        if self.is_form:
            return self.problem.column
        return (
            f"{self.problem.column}{row}" if self.problem.column.isalpha() else f"{row}:{self.problem.column}"
        )

    @property
    def field(self) -> str:
        """The field in words."""
        return label_of(self.problem.field)

    @property
    def raw(self) -> str:
        """What stands in the cell."""
        return self.problem.raw or _said(self.row.reading.values.get(self.problem.field)) or EMPTY

    @property
    def is_question(self) -> bool:
        """Whether Ctrl+E answers it."""
        return is_question(self.problem)

    @property
    def proposal(self) -> str:
        """What Ctrl+E does, or that a hand is needed."""
        if self.problem.fix is not None:
            return self.problem.fix.label
        return AS_IT_STANDS if self.is_question else BY_HAND


@dataclass(frozen=True)
class Sums:
    """Rows by what becomes of them; they always add up."""

    created: int
    updated: int
    unchanged: int
    rejected: int

    @property
    def rows(self) -> int:
        """All rows."""
        return self.created + self.updated + self.unchanged + self.rejected

    @property
    def written(self) -> int:
        """Rows that change anything."""
        return self.created + self.updated


def _said(value: object) -> str:
    """A value that was read, as people write it."""
    if isinstance(value, PartialDate):
        return value.display()
    if isinstance(value, int) and not isinstance(value, bool):
        return format_vnd(value)
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


def findings_of(plans: Sequence[SheetPlan]) -> list[Finding]:
    """All of them, errors first, then in the order of the files."""
    found = [
        Finding(at, place, row, problem, plan.reading.file_name, plan.reading.is_form)
        for at, plan in enumerate(plans)
        for place, row in enumerate(plan.rows)
        if row.outcome is not Outcome.UNCHANGED
        for problem in row.problems
    ]
    return sorted(found, key=lambda one: not one.is_error)


def sums_of(plans: Sequence[SheetPlan]) -> Sums:
    """The sum row."""
    counts = [plan.counts for plan in plans]
    return Sums(*(sum(one[outcome.value] for one in counts) for outcome in Outcome))
