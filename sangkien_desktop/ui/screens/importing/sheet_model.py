"""A sheet of a file as Excel shows it, with what the program makes of every row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.ui.models.paged_model import PROBLEM, Index, Mark
from sangkien_desktop.ui.screens.importing.column_fields import label_of
from sangkien_desktop.workbooks.cells import shown
from sangkien_desktop.workbooks.layout import LayoutReading
from sangkien_desktop.workbooks.results import ASK_BELOW, REASONS, ColumnGuess, LeftOut, RowKind, SheetReading
from sangkien_desktop.workbooks.table import Sheet, place_of

REASON = int(Qt.ItemDataRole.UserRole) + 20
"""Why a row is left out; empty for rows that are taken."""
IS_HEADING = REASON + 1

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_SHOWN_TEXT = 300
_MOST_COLUMNS = 60


@dataclass(frozen=True)
class ColumnLook:
    """What stands over a column: its letter, its field, and how sure that is."""

    letter: str
    field: str | None
    state: str
    """sure, asked or left."""

    @property
    def title(self) -> str:
        """The field in a word; a dash for a column that is left out."""
        return label_of(self.field) if self.field else "–"


@dataclass(frozen=True)
class ShownSheet:
    """Everything the preview needs of one sheet; `reading` is None while no table was found in it."""

    sheet: Sheet = field(repr=False)
    layout: LayoutReading | None = None
    reading: SheetReading | None = None
    plan: SheetPlan | None = None


class SheetModel(QAbstractTableModel):
    """Rows are the sheet's rows that hold anything; columns its columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty until a sheet is shown."""
        super().__init__(parent)
        self._shown: ShownSheet | None = None
        self._rows: list[int] = []
        self._left: Mapping[int, LeftOut] = {}
        self._marks: dict[tuple[int, int], Mark] = {}
        self._numeric: frozenset[int] = frozenset()
        self.looks: list[ColumnLook] = []

    def show_sheet(self, shown_sheet: ShownSheet | None) -> None:
        """Another sheet, or the same one read again."""
        self.beginResetModel()
        self._shown = shown_sheet
        self._rows, self._left, self._marks, self.looks = [], {}, {}, []
        if shown_sheet is not None:
            sheet, reading = shown_sheet.sheet, shown_sheet.reading
            self._rows = [
                row for row, cells in enumerate(sheet.rows) if any(v not in (None, "") for v in cells)
            ]
            self._left = {one.row - 1: one for one in reading.left_out} if reading else {}
            self.looks = _looks(shown_sheet)
            self._marks = _marks(shown_sheet.plan, sheet) if shown_sheet.plan else {}
            money = {"annual_benefit", "share"}
            self._numeric = frozenset(at for at, look in enumerate(self.looks) if look.field in money)
        self.endResetModel()

    def sheet_row(self, row: int) -> int:
        """The sheet's own row number, from 1."""
        return self._rows[row] + 1

    def row_of(self, sheet_row: int) -> int:
        """Where a sheet row (from 1) stands; -1 when it is empty."""
        try:
            return self._rows.index(sheet_row - 1)
        except ValueError:
            return -1

    def spanned_rows(self) -> list[int]:
        """Rows shown as one text over all columns, because they are left out."""
        return [row for row in range(len(self._rows)) if self._reason(row)]

    def longest_texts(self, column: int) -> list[str]:
        """A few texts of a column, to size it by."""
        return [self._text(row, column) for row in range(min(len(self._rows), 40)) if not self._reason(row)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows that hold anything."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns of the sheet, within reason."""
        return 0 if parent.isValid() else len(self.looks)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """One cell as a person reads it, old lettering repaired."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        mark = self._marks.get((self._rows[row], column))
        if role in (_DISPLAY, _TOOL_TIP):
            return mark.sentence if mark and role == _TOOL_TIP else self._text(row, column)
        if role == _ALIGNMENT:
            return _RIGHT if column in self._numeric else _LEFT
        if role == PROBLEM:
            return mark
        asked = {REASON: self._reason, IS_HEADING: self._is_heading}
        return asked[role](row) if role in asked else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Letters and fields across, the sheet's row numbers down."""
        if orientation == Qt.Orientation.Vertical:
            return str(self._rows[section] + 1) if role == _DISPLAY and section < len(self._rows) else None
        if role in (_DISPLAY, _ACCESSIBLE) and section < len(self.looks):
            look = self.looks[section]
            return f"{look.letter}: {label_of(look.field)}"
        return None

    def _text(self, row: int, column: int) -> str:
        if self._shown is None:
            return ""
        layout, at = self._shown.layout, self._rows[row]
        value = layout.letters.cell(at, column) if layout else self._shown.sheet.cell(at, column)
        if self._reason(row) and column == 0:
            found = self._left.get(at)
            return found.text[:_SHOWN_TEXT] if found and found.text else self._first_text(at)
        return " ".join(shown(value)[:_SHOWN_TEXT].split())

    def _first_text(self, at: int) -> str:
        """The first filled cell of a row, repaired."""
        if self._shown is None:
            return ""
        sheet, layout = self._shown.sheet, self._shown.layout
        filled = next((c for c, value in enumerate(sheet.rows[at]) if value not in (None, "")), 0)
        return " ".join(shown(layout.letters.cell(at, filled) if layout else sheet.cell(at, filled)).split())

    def _reason(self, row: int) -> str:
        at = self._rows[row]
        found = self._left.get(at)
        layout = self._shown.layout if self._shown else None
        if self._is_heading(row):
            return ""
        if layout is not None and layout.heading is not None and at < layout.heading.first_row:
            return REASONS[RowKind.TITLE]
        return found.reason if found is not None and found.kind is not RowKind.AUTHOR else ""

    def _is_heading(self, row: int) -> bool:
        layout = self._shown.layout if self._shown else None
        heading = layout.heading if layout else None
        return heading is not None and heading.first_row <= self._rows[row] <= heading.last_row


def _looks(found: ShownSheet) -> list[ColumnLook]:
    sheet = found.sheet
    guesses: Mapping[str, ColumnGuess] = {}
    if found.reading is not None and not found.reading.is_form:
        guesses = {guess.column: guess for guess in found.reading.guesses}
    looks = []
    for column in range(min(sheet.width, _MOST_COLUMNS)):
        letter = sheet.column_name(column)
        guess = guesses.get(letter)
        name = guess.field if guess else None
        state = "left" if not name else "asked" if guess and guess.confidence < ASK_BELOW else "sure"
        looks.append(ColumnLook(letter, name or None, state))
    return looks


def _marks(plan: SheetPlan, sheet: Sheet) -> dict[tuple[int, int], Mark]:
    marks: dict[tuple[int, int], Mark] = {}
    for row in plan.rows:
        for problem in row.problems:
            if problem.column is None:
                continue
            at = (problem.row or row.reading.row) - 1
            try:
                place = (
                    place_of(problem.column)
                    if plan.reading.is_form
                    else (at, sheet.column_index(problem.column))
                )
            except ValueError:
                continue
            known = marks.get(place)
            if known is None or known.severity == "warning":
                marks[place] = Mark(problem.severity.value, problem.message)
    return marks
