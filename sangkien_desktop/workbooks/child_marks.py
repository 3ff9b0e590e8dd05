"""Marks cells of a workbook inside the child: colour, comment, and a hidden column of row keys."""

import io
import re
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {"error": "FFF4C7C3", "warning": "FFFFF2CC"}
_AUTHOR = "Sáng kiến"
_LARGEST = 30 * 2**20
_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FORMULA = re.compile(
    r'<c r="(?P<place>[A-Z]+\d+)"(?P<looks>[^>]*)>(?P<formula><f[^>]*>[^<]*</f>|<f[^>]*/>)<v\s*(?:/>|></v>)</c>'
)


def marked(path: Path, marks: Sequence[Sequence[Any]], keys: Sequence[dict[str, Any]]) -> bytes:
    """The workbook with its marks. A mark is sheet, row, column (from 1), severity, text; macros are kept, not run."""
    if path.stat().st_size > _LARGEST:
        raise MemoryError
    book = load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    known = _formula_values(book, load_workbook(path, data_only=True))
    mark_book(book, marks, keys)
    out = io.BytesIO()
    book.save(out)
    return _with_values(out.getvalue(), known) if known else out.getvalue()


def _formula_values(book: Workbook, values: Workbook) -> dict[int, dict[str, float | str]]:
    """What each formula last gave, by sheet number and cell: saving keeps formulas but forgets what they gave."""
    known: dict[int, dict[str, float | str]] = {}
    for number, sheet in enumerate(book.worksheets, start=1):
        given = values[sheet.title]
        found = {
            cell.coordinate: value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and isinstance(value := given[cell.coordinate].value, int | float | str)
        }
        if found:
            known[number] = found
    return known


def _with_values(content: bytes, known: dict[int, dict[str, float | str]]) -> bytes:
    """The package with the formulas' values put back, so that it reads the same before a spreadsheet opens it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            match = _SHEET_PART.fullmatch(entry.filename)
            if match and int(match[1]) in known:
                part = _FORMULA.sub(partial(_one_value, known[int(match[1])]), part.decode()).encode()
            new.writestr(entry, part)
    return out.getvalue()


def _one_value(values: dict[str, float | str], match: re.Match[str]) -> str:
    value = values.get(match["place"])
    if value is None or isinstance(value, bool):
        return match[0]
    kind = ' t="str"' if isinstance(value, str) else ""
    looks = re.sub(r'\st="\w+"', "", match["looks"])
    return f'<c r="{match["place"]}"{looks}{kind}>{match["formula"]}<v>{escape(str(value))}</v></c>'


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
