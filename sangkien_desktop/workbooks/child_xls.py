"""Reads .xls inside the child: values by calamine, else by xlrd; fonts, merges and hidden parts by xlrd."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from sangkien_desktop.vietnamese.legacy_fonts import encoding_of_font
from sangkien_desktop.workbooks.child import MOST_COLUMNS, Book, Found
from sangkien_desktop.workbooks.preflight import Refused
from sangkien_desktop.workbooks.table import PLAIN, Merge, Style, Styles


def read(path: Path) -> Book:
    """The book; raises Refused."""
    workbook = _by_calamine(path)
    looks = _by_xlrd(path, must=workbook is None)
    if workbook is not None:
        return Book(_sheets(workbook, looks), bool(looks and looks.datemode))
    if looks is None:
        raise Refused("damaged")
    return Book(_plain_sheets(looks), bool(looks.datemode))


def _by_calamine(path: Path) -> CalamineWorkbook | None:
    try:
        return CalamineWorkbook.from_filelike(path.open("rb"))
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError:
        return None


def _by_xlrd(path: Path, *, must: bool) -> "xlrd.book.Book | None":
    try:
        # xlrd prints its doubts about a file; the child's output belongs to the answer.
        return xlrd.open_workbook(str(path), formatting_info=True, logfile=_Nowhere())
    except Exception as error:
        if "encrypted" in str(error).lower():
            raise Refused("password") from error
        if must:
            raise Refused("damaged") from error
        return None


class _Nowhere:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def _sheets(workbook: CalamineWorkbook, looks: "xlrd.book.Book | None") -> Iterator[Found]:
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except CalamineError:
            continue
        found = _looks_of(looks, name)
        found.rows = sheet.iter_rows()
        found.first_column = sheet.start[1] if sheet.start else 0
        yield found


def _looks_of(book: "xlrd.book.Book | None", name: str) -> Found:
    found = Found(name, ())
    if book is None or name not in book.sheet_names():
        return found
    sheet = book.sheet_by_name(name)
    found.is_visible = sheet.visibility == 0
    found.merges = [
        Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
    ]
    found.hidden_rows = [row for row, about in sheet.rowinfo_map.items() if about.hidden]
    found.hidden_columns = [
        column for column, about in sheet.colinfo_map.items() if about.hidden and column < 256
    ]
    found.styles = _styles(book, sheet)
    return found


def _styles(book: "xlrd.book.Book", sheet: "xlrd.sheet.Sheet") -> Styles:
    styles = [_style(book, xf) for xf in book.xf_list]
    palette = [PLAIN, *dict.fromkeys(style for style in styles if style != PLAIN)][:256]
    index_of_style = {style: index for index, style in enumerate(palette)}
    columns = [bytearray(sheet.nrows) for _ in range(min(sheet.ncols, MOST_COLUMNS))]
    if len(palette) > 1:
        for row in range(sheet.nrows):
            for column in range(min(sheet.row_len(row), len(columns))):
                columns[column][row] = index_of_style.get(styles[sheet.cell_xf_index(row, column)], 0)
    return Styles(tuple(palette), {index: bytes(marks) for index, marks in enumerate(columns) if any(marks)})


def _style(book: "xlrd.book.Book", xf: "xlrd.formatting.XF") -> Style:
    font = book.font_list[xf.font_index].name if xf.font_index < len(book.font_list) else ""
    about = book.format_map.get(xf.format_key)
    zeros = about.format_str.strip('"') if about is not None else ""
    digits = len(zeros) if len(zeros) >= 3 and set(zeros) == {"0"} else 0
    return Style(font if encoding_of_font(font) else "", digits)


def _plain_sheets(book: "xlrd.book.Book") -> Iterator[Found]:
    for sheet in book.sheets():
        found = _looks_of(book, sheet.name)
        found.rows = (_values(book, sheet, row) for row in range(sheet.nrows))
        yield found


def _values(book: "xlrd.book.Book", sheet: "xlrd.sheet.Sheet", row: int) -> Sequence[object]:
    values: list[object] = []
    for cell in sheet.row(row):
        value: object = cell.value
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                value = xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError):
                value = str(timedelta(days=float(cell.value)))
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            value = bool(cell.value)
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            value = xlrd.error_text_from_code.get(cell.value, "#N/A")
        values.append(value)
    return values
