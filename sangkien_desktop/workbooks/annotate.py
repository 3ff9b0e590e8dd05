"""The officer's own file handed back: the same workbook, wrong cells coloured and explained, rows known by hidden keys."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.heading_words import COLUMNS
from sangkien_desktop.workbooks.importing import FileReading
from sangkien_desktop.workbooks.layout import KEY_FIELD
from sangkien_desktop.workbooks.opening import marked_copy
from sangkien_desktop.workbooks.results import RowProblem, SheetReading
from sangkien_desktop.workbooks.table import Sheet, Workbook, area_of, index_of, letters
from sangkien_desktop.workbooks.writer import FONT, whole_file

KEY_HEADING = COLUMNS[KEY_FIELD][0]
_PLAIN_SHEET = "Danh sách"


@dataclass(frozen=True)
class Annotation:
    """What is said of one sheet: per record's row its problems, and the key by which it is known again."""

    reading: SheetReading
    problems: Mapping[int, tuple[RowProblem, ...]]
    keys: Mapping[int, str]


def annotate(
    path: Path, file: FileReading, said: Sequence[Annotation], out: Path, progress: Progress = SILENT
) -> None:
    """Write the marked workbook to `out` (.xlsx, or .xlsm as it came).

    .xlsx and .xlsm keep sheets, formats and order. Other formats cannot be written: their cells are copied, place by
    place, into a new .xlsx. Raises WorkbookProblem, Cancelled.
    """
    marks = [mark for one in said for mark in _marks(one)]
    keys = [_keys(one, file) for one in said if one.keys and one.reading.header_row]
    content = b""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            content = marked_copy(path, marks, keys, progress)
        except WorkbookProblem as refused:
            if refused.code != "cannot-annotate":
                raise
    content = content or _rebuilt(file.workbook, marks, keys)
    with whole_file(out) as place:
        place.write_bytes(content)


def _marks(said: Annotation) -> list[list[Any]]:
    """Sheet, row, column, severity, text; a problem without a column stands at the row's first mapped cell."""
    reading = said.reading
    first = min((_column(reading, name) for name in reading.columns), default=1)
    marks: list[list[Any]] = []
    for row, problems in said.problems.items():
        for found in problems:
            place = (found.row or row, first)
            if found.column is not None:
                place = _place(found.column, place[0], reading)
            marks.append([reading.sheet or _PLAIN_SHEET, *place, found.severity.value, _text(found)])
    return marks


def _place(column: str, row: int, reading: SheetReading) -> tuple[int, int]:
    if reading.is_form:
        area = area_of(column)
        return area.first_row + 1, area.first_column + 1
    return row, _column(reading, column)


def _column(reading: SheetReading, name: str) -> int:
    if reading.is_form:
        return area_of(name).first_column + 1
    return int(name) if name.isdecimal() else index_of(name) + 1


def _text(found: RowProblem) -> str:
    return f"{found.message} Đề nghị: {found.fix.label}." if found.fix else found.message


def _keys(said: Annotation, file: FileReading) -> dict[str, Any]:
    """The key column: where one stands already, else behind the last column."""
    reading = said.reading
    sheet = next(sheet for sheet in file.workbook.sheets if sheet.name == reading.sheet)
    layout = file.layouts.get(reading.sheet)
    places = layout.columns.get(KEY_FIELD) if layout else None
    return {
        "sheet": reading.sheet or _PLAIN_SHEET,
        "header_row": reading.header_row,
        "heading": KEY_HEADING,
        "column": (places[0] if places else sheet.width) + 1,
        "rows": sorted(said.keys.items()),
    }


def _rebuilt(workbook: Workbook, marks: list[list[Any]], keys: list[dict[str, Any]]) -> bytes:
    """The cells of a file whose format cannot be written, each in its place, with merges, fonts and hidden parts."""
    import openpyxl  # heavy; needed only here and in the child

    from sangkien_desktop.workbooks.child_marks import mark_book

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for index, sheet in enumerate(workbook.sheets):
        name = sheet.name or (_PLAIN_SHEET if index == 0 else f"{_PLAIN_SHEET} {index + 1}")
        _copy_sheet(book.create_sheet(name), sheet)
    mark_book(book, marks, keys)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _copy_sheet(copy: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font  # heavy; see `_rebuilt`

    filled = (
        (row, column, value)
        for row, cells in enumerate(sheet.rows, start=1)
        for column, value in enumerate(cells, start=1)
        if value is not None and value != ""
    )
    for row, column, value in filled:
        cell = copy.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
        cell.font = Font(name=sheet.styles.at(row - 1, column - 1).font or FONT)
    for merge in sheet.merges:
        area = f"{letters(merge.first_column)}{merge.first_row + 1}:{letters(merge.last_column)}{merge.last_row + 1}"
        copy.merge_cells(area)
    for hidden in sheet.hidden_rows:
        copy.row_dimensions[hidden + 1].hidden = True
    for hidden in sheet.hidden_columns:
        copy.column_dimensions[letters(hidden)].hidden = True
