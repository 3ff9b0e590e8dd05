"""Marks cells of a workbook inside the child: colour, comment, and a hidden column of row keys."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {"error": "FFF4C7C3", "warning": "FFFFF2CC"}
_AUTHOR = "Sáng kiến"
_LARGEST = 30 * 2**20


def marked(path: Path, marks: Sequence[Sequence[Any]], keys: Sequence[dict[str, Any]]) -> bytes:
    """The workbook with its marks. A mark is sheet, row, column (from 1), severity, text; macros are kept, not run."""
    if path.stat().st_size > _LARGEST:
        raise MemoryError
    book = load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    mark_book(book, marks, keys)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mark_book(book: Workbook, marks: Sequence[Sequence[Any]], keys: Sequence[dict[str, Any]]) -> None:
    """Colours and comments, then the hidden keys; several problems of one cell share a comment."""
    texts: dict[tuple[str, int, int], list[str]] = {}
    severities: dict[tuple[str, int, int], str] = {}
    for sheet, row, column, severity, text in marks:
        place = (sheet, *_anchor(book[sheet], row, column))
        texts.setdefault(place, []).append(text)
        if severities.get(place) != "error":
            severities[place] = severity
    for place, lines in texts.items():
        cell = book[place[0]].cell(place[1], place[2])
        colour = COLOURS[severities[place]]
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
        comment = Comment("\n".join(lines), _AUTHOR)
        comment.width, comment.height = 260, 60 + 20 * len(lines)
        cell.comment = comment
    for column_of_keys in keys:
        _write_keys(book[column_of_keys["sheet"]], column_of_keys)


def _anchor(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """The cell itself, or the first cell of the merged cells it lies in (the others hold nothing)."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return area.min_row, area.min_col
    return row, column


def _write_keys(sheet: Worksheet, keys: dict[str, Any]) -> None:
    column = keys["column"]
    sheet.cell(keys["header_row"], column, keys["heading"])
    for row, key in keys["rows"]:
        sheet.cell(row, column, key)
    sheet.column_dimensions[get_column_letter(column)].hidden = True
