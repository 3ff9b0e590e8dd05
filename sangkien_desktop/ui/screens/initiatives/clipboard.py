"""Rectangles of text to and from Excel and LibreOffice: the HTML table first, then quoted lines with tabs."""

import csv
import io
from collections.abc import Sequence
from html import escape

from sangkien_desktop.vietnamese.legacy_fonts import detect, repair
from sangkien_desktop.workbooks.cells import shown
from sangkien_desktop.workbooks.html_tables import tables_in

Cells = list[list[str]]


def to_text(cells: Sequence[Sequence[str]]) -> str:
    """Lines with tabs; cells with tabs, line breaks or quotes are quoted, as Excel does."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in cells)


def to_html(cells: Sequence[Sequence[str]]) -> str:
    """A table; line breaks inside cells are breaks, and nothing is taken for a number by itself."""
    rows = "".join(
        "<tr>"
        + "".join(f"<td style=\"mso-number-format:'\\@'\">{_html(cell)}</td>" for cell in row)
        + "</tr>"
        for row in cells
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def cells_in(html: str, text: str) -> Cells:
    """The cells of the clipboard; empty when it holds no table and no text.

    The HTML keeps line breaks inside cells and the numbers behind what is shown; merged cells stand in their
    first place and leave the others empty.
    """
    tables = tables_in(html) if "<table" in html.lower() else []
    if tables:
        rows = [[shown(value) for value in row] for row in tables[0].rows]
    elif text:
        rows = from_text(text)
    else:
        return []
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows if width]


def from_text(text: str) -> Cells:
    """Lines with tabs, where a cell with a line break or a tab stands in quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    body = text.removesuffix("\n")
    if '"' not in body:
        return [line.split("\t") for line in body.split("\n")]
    return [
        row or [""]
        for row in csv.reader(io.StringIO(body + "\n", newline=""), delimiter="\t", doublequote=True)
    ]


def repaired(cells: Sequence[Sequence[str]]) -> Cells | None:
    """The cells with old lettering (TCVN3, VNI, split marks) put right, column by column; None when nothing is old."""
    columns = list(zip(*cells, strict=True)) if cells else []
    changed = False
    made: list[tuple[str, ...]] = []
    for column in columns:
        found = detect([cell for cell in column if cell])
        if found is None:
            made.append(column)
            continue
        fixed = tuple(repair(cell, found.encoding) for cell in column)
        changed = changed or fixed != column
        made.append(fixed)
    return [list(row) for row in zip(*made, strict=True)] if changed else None


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _html(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")
