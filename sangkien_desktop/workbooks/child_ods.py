"""Reads .ods and .xlsb inside the child: values by calamine; of .ods also merges, hidden parts and fonts."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sangkien_desktop.vietnamese.legacy_fonts import encoding_of_font
from sangkien_desktop.workbooks.child import MOST_COLUMNS, MOST_ROWS, Book, Found
from sangkien_desktop.workbooks.preflight import Refused
from sangkien_desktop.workbooks.table import PLAIN, Merge, Style, Styles

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LARGEST_CONTENT = 60 * 2**20


def read(path: Path) -> Book:
    """The book; raises Refused."""
    try:
        workbook = CalamineWorkbook.from_filelike(path.open("rb"))
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("damaged") from error
    return Book(_sheets(workbook, _looks(path)))


def _sheets(workbook: CalamineWorkbook, looks: dict[str, Found]) -> Iterator[Found]:
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = workbook.get_sheet_by_name(about.name)
        except CalamineError as error:
            raise Refused("damaged") from error
        found = looks.get(about.name, Found(about.name, ()))
        found.rows = sheet.iter_rows()
        found.first_column = sheet.start[1] if sheet.start else 0
        found.is_visible = about.visible is SheetVisibleEnum.Visible
        yield found


def _looks(path: Path) -> dict[str, Found]:
    """Per table name: merges, hidden rows and columns, fonts; empty when the package is not OpenDocument."""
    with zipfile.ZipFile(path) as package:
        if "content.xml" not in package.namelist():
            return {}
        if package.getinfo("content.xml").file_size > _LARGEST_CONTENT:
            return {}
        try:
            fonts = _fonts_of_styles(package)
            with package.open("content.xml") as content:
                return _walk(content, fonts)
        except (ParseError, DefusedXmlException):
            return {}


def _fonts_of_styles(package: zipfile.ZipFile) -> dict[str, str]:
    """Style name → legacy font, of styles that name one."""
    families: dict[str, str] = {}
    styles: dict[str, str] = {}
    for part in ("styles.xml", "content.xml"):
        if part not in package.namelist() or package.getinfo(part).file_size > _LARGEST_CONTENT:
            continue
        root: Element = fromstring(package.read(part))
        for face in root.iter(_STYLE + "font-face"):
            families[face.get(_STYLE + "name", "")] = face.get(_SVG + "font-family", "").strip("'\"")
        for style in root.iter(_STYLE + "style"):
            text = style.find(_STYLE + "text-properties")
            if text is None:
                continue
            name = text.get(_STYLE + "font-name", "")
            font = families.get(name) or name or text.get(_FO + "font-family", "").strip("'\"")
            if encoding_of_font(font):
                styles[style.get(_STYLE + "name", "")] = font
    return styles


def _walk(content: IO[bytes], fonts: dict[str, str]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    walker = _Walker("", fonts)
    for event, element in iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == _TABLE + "table":
            walker = _Walker(element.get(_TABLE + "name", ""), fonts)
        elif event == "end" and element.tag == _TABLE + "table-column":
            walker.take_column(element)
        elif event == "end" and element.tag == _TABLE + "table-row":
            walker.take_row(element)
            element.clear()
        elif event == "end" and element.tag == _TABLE + "table":
            found[walker.name] = walker.found()
            element.clear()
    return found


class _Walker:
    """Counts rows and columns of one table, repeats included."""

    def __init__(self, name: str, fonts: dict[str, str]) -> None:
        self.name = name
        self._fonts = fonts
        self._palette: list[Style] = [PLAIN]
        self._marks: dict[int, bytearray] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._row = self._column = 0

    def take_column(self, element: Element) -> None:
        """A column declaration, perhaps repeated."""
        repeats = _repeats(element, "number-columns-repeated")
        if element.get(_TABLE + "visibility") in ("collapse", "filter"):
            self._hidden_columns.extend(range(self._column, min(self._column + repeats, MOST_COLUMNS)))
        self._column += repeats

    def take_row(self, element: Element) -> None:
        """A row with its cells, perhaps repeated."""
        repeats = _repeats(element, "number-rows-repeated")
        if element.get(_TABLE + "visibility") in ("collapse", "filter"):
            self._hidden_rows.extend(range(self._row, min(self._row + repeats, MOST_ROWS)))
        column = 0
        for cell in element:
            wide = _repeats(cell, "number-columns-repeated")
            self._take_cell(cell, column, wide)
            column += wide
        self._row += repeats

    def _take_cell(self, cell: Element, column: int, wide: int) -> None:
        if self._row >= MOST_ROWS or column >= MOST_COLUMNS:
            return
        rows = _repeats(cell, "number-rows-spanned")
        columns = _repeats(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self._merges.append(Merge(self._row, column, self._row + rows - 1, column + columns - 1))
        font = self._fonts.get(cell.get(_TABLE + "style-name", ""))
        if font is None or not len(cell):
            return
        style = Style(font)
        if style not in self._palette:
            self._palette.append(style)
        for place in range(column, min(column + wide, MOST_COLUMNS)):
            marks = self._marks.setdefault(place, bytearray())
            marks.extend(bytes(self._row + 1 - len(marks)))
            marks[self._row] = self._palette.index(style)

    def found(self) -> Found:
        """What the table's look says."""
        return Found(
            self.name,
            (),
            merges=self._merges,
            hidden_rows=self._hidden_rows,
            hidden_columns=self._hidden_columns,
            styles=Styles(tuple(self._palette[:256]), {c: bytes(m) for c, m in self._marks.items()}),
        )


def _repeats(element: Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() else 1
