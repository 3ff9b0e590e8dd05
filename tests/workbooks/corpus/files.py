"""Grids written as files by other tools than the ones that read: XlsxWriter, xlwt, hand-made OpenDocument, text."""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt


@dataclass
class Grid:
    """A sheet to be written: values, merges (first row, first column, last row, last column), hidden parts, fonts."""

    name: str = "Sheet1"
    rows: list[list[object]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    font: str = ""
    formats: dict[int, str] = field(default_factory=dict)
    """Column → number format."""
    is_hidden: bool = False
    pictures: list[tuple[int, int, bytes]] = field(default_factory=list)

    def add(self, *cells: object) -> int:
        """A row; answers its index."""
        self.rows.append(list(cells))
        return len(self.rows) - 1


def write_xlsx(path: Path, grids: list[Grid]) -> None:
    """By XlsxWriter."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            look: dict[str, object] = {"font_name": grid.font} if grid.font else {}
            plain = book.add_format(look)
            days = book.add_format({**look, "num_format": "dd/mm/yyyy"})
            own = {
                column: book.add_format({**look, "num_format": text}) for column, text in grid.formats.items()
            }
            for r, row in enumerate(grid.rows):
                for c, value in enumerate(row):
                    if (r, c) not in _covered(grid):
                        _write_cell(
                            sheet, (r, c), value, (days if isinstance(value, date) else own.get(c, plain))
                        )
            for a, b, y, z in grid.merges:
                first = grid.rows[a][b]
                sheet.merge_range(a, b, y, z, first if not isinstance(first, date) else "", plain)
                if isinstance(first, date):
                    sheet.write_datetime(a, b, first, days)
            for r in grid.hidden_rows:
                sheet.set_row(r, None, None, {"hidden": True})
            for c in grid.hidden_columns:
                sheet.set_column(c, c, None, None, {"hidden": True})
            for r, c, content in grid.pictures:
                sheet.insert_image(r, c, "picture.png", {"image_data": io.BytesIO(content)})
            if grid.is_hidden:
                sheet.hide()


def _covered(grid: Grid) -> set[tuple[int, int]]:
    return {(r, c) for a, b, y, z in grid.merges for r in range(a, y + 1) for c in range(b, z + 1)}


def _write_cell(sheet: Any, place: tuple[int, int], value: object, look: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*place, value, look)
    elif isinstance(value, str) and value:
        sheet.write_string(*place, value, look)
    elif value is not None and value != "":
        sheet.write(*place, value, look)


def write_xls(path: Path, grids: list[Grid]) -> None:
    """By xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        style, days = xlwt.XFStyle(), xlwt.XFStyle()
        if grid.font:
            style.font.name = days.font.name = grid.font
        days.num_format_str = "DD/MM/YYYY"
        tops = {(a, b): (y, z) for a, b, y, z in grid.merges}
        for r, row in enumerate(grid.rows):
            for c, value in enumerate(row):
                look = days if isinstance(value, date) else style
                if (r, c) in tops:
                    y, z = tops[r, c]
                    sheet.write_merge(r, y, c, z, value, look)
                elif value is not None and value != "" and (r, c) not in _covered(grid):
                    sheet.write(r, c, value, look)
        for r in grid.hidden_rows:
            sheet.row(r).hidden = True
        for c in grid.hidden_columns:
            sheet.col(c).hidden = True
    book.save(str(path))


def write_ods(path: Path, grids: list[Grid]) -> None:
    """By hand: the package and its one part."""
    spaces = {
        "office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0",
    }  # fmt: skip
    names = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in spaces.items())
    tables = "".join(_ods_table(grid) for grid in grids)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)


def _ods_table(grid: Grid) -> str:
    tops = {(a, b): (y - a + 1, z - b + 1) for a, b, y, z in grid.merges}
    covered = {
        (r, c) for a, b, y, z in grid.merges for r in range(a, y + 1) for c in range(b, z + 1)
    } - tops.keys()
    rows = []
    for r, row in enumerate(grid.rows):
        hidden = ' table:visibility="collapse"' if r in grid.hidden_rows else ""
        cells = "".join(_ods_cell(value, tops.get((r, c)), (r, c) in covered) for c, value in enumerate(row))
        rows.append(f"<table:table-row{hidden}>{cells or '<table:table-cell/>'}</table:table-row>")
    return f'<table:table table:name="{escape(grid.name)}">{"".join(rows)}</table:table>'


def _ods_cell(value: object, spans: tuple[int, int] | None, is_covered: bool) -> str:
    if is_covered:
        return "<table:covered-table-cell/>"
    span = (
        f' table:number-rows-spanned="{spans[0]}" table:number-columns-spanned="{spans[1]}"' if spans else ""
    )
    if value is None or value == "":
        return f"<table:table-cell{span}/>"
    if isinstance(value, date):
        return f'<table:table-cell{span} office:value-type="date" office:date-value="{value.isoformat()}"><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell{span} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell{span} office:value-type="string">{text}</table:table-cell>'


def write_text(path: Path, grid: Grid, *, separator: str, encoding: str, line_end: str = "\r\n") -> None:
    """A text file as Excel would save it."""
    lines = [separator.join(_quoted(value, separator) for value in row) for row in grid.rows]
    text = line_end.join(lines) + line_end
    path.write_bytes(text.encode(encoding, "replace") if encoding != "cp1258" else cp1258(text))


def _quoted(value: object, separator: str) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return (
        '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (separator, '"', "\n")) else text
    )


def cp1258(text: str) -> bytes:
    """Vietnamese text in Windows-1258: base letters with combining tones."""
    import unicodedata

    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        base = unicodedata.normalize("NFC", decomposed.replace(tone, ""))
        out += (base + tone).encode("cp1258", "replace")
    return bytes(out)
