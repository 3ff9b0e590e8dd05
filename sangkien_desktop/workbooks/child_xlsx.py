"""Reads .xlsx and .xlsm inside the child: values by calamine; fonts, hidden parts and pictures from the package."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sangkien_desktop.vietnamese.legacy_fonts import encoding_of_font
from sangkien_desktop.workbooks.child import MOST_COLUMNS, MOST_ROWS, Book, Found
from sangkien_desktop.workbooks.preflight import Refused
from sangkien_desktop.workbooks.rich_text import may_be_mixed, repaired_texts, with_repaired
from sangkien_desktop.workbooks.table import PLAIN, Merge, Picture, Style, Styles, place_of

_LARGEST_PART = 20 * 2**20
_LARGEST_PICTURE = 10 * 2**20
_ALL_PICTURES = 60 * 2**20
_CHUNK = 2**20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ZEROS = re.compile(r'"?(0{3,20})"?(?:;.*)?')
_MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\shidden=[\"'](?:1|true)[\"'][^>]*>")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*?\shidden=[\"'](?:1|true)[\"'][^>]*>")
_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d+)[\"']")
_CELL_PLACE = re.compile(rb"\sr=[\"']([A-Z]+\d+)[\"']")
_SPAN = re.compile(rb"\s(min|max)=[\"'](\d+)[\"']")


def read(path: Path) -> Book:
    """The book by the fast reader; raises Refused."""
    package = zipfile.ZipFile(path)
    try:
        workbook = CalamineWorkbook.from_filelike(path.open("rb"))
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("damaged") from error
    marks = _Marks(package)
    return Book(_sheets(workbook, marks), marks.epoch_1904, marks.warnings)


def read_slowly(path: Path) -> Book:
    """The book by openpyxl, which skips over far-away gaps; for what the fast reader cannot take."""
    from openpyxl import load_workbook

    package = zipfile.ZipFile(path)
    workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    marks = _Marks(package)

    def sheets() -> Iterator[Found]:
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1, values_only=True)
            found = marks.of_sheet(sheet.title)
            found.rows, found.is_visible = marks.repaired(rows), sheet.sheet_state == "visible"
            yield found

    return Book(sheets(), marks.epoch_1904, marks.warnings)


def _sheets(workbook: CalamineWorkbook, marks: "_Marks") -> Iterator[Found]:
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = workbook.get_sheet_by_name(about.name)
        except CalamineError as error:
            raise Refused("damaged") from error
        found = marks.of_sheet(about.name)
        found.rows = marks.repaired(sheet.iter_rows())
        found.first_column = sheet.start[1] if sheet.start else 0
        found.is_visible = about.visible is SheetVisibleEnum.Visible
        found.merges = [Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        yield found


class _Marks:
    """What the package says beside values."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.lower(): name for name in package.namelist()}
        self._room_for_pictures = _ALL_PICTURES
        self.warnings: list[str] = []
        if "xl/vbaproject.bin" in self._names:
            self.warnings.append("Tệp có macro; máy không chạy macro.")
        book = self._xml("xl/workbook.xml")
        properties = None if book is None else book.find("{*}workbookPr")
        self.epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._styles = self._cell_styles()
        self._parts = self._sheet_parts(book)
        self._mixed = self._mixed_texts()

    def of_sheet(self, name: str) -> Found:
        """Hidden rows and columns, styles and pictures of a sheet; its values are for the caller to add."""
        found = Found(name, ())
        part = self._parts.get(name, "")
        if not part:
            return found
        default = self._styles[0] if self._styles else PLAIN
        special = {index: style for index, style in enumerate(self._styles) if style != default}
        with self._package.open(part) as stream:
            found.hidden_rows, found.hidden_columns, found.styles = _scan(stream, default, special)
        found.pictures = self._pictures(part)
        return found

    def repaired(self, rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
        """The rows with texts of several fonts made whole."""
        return with_repaired(rows, self._mixed) if self._mixed else rows

    def _mixed_texts(self) -> dict[str, str]:
        real = self._names.get("xl/sharedstrings.xml")
        if real is None or self._package.getinfo(real).file_size > _LARGEST_PART:
            return {}
        root = self._xml(real) if may_be_mixed(self._package.read(real)) else None
        texts = {} if root is None else repaired_texts(root)
        if texts:
            self.warnings.append(
                "Có ô gõ lẫn phông chữ cũ (.VnTime, VNI) với Unicode; máy đã đổi phần chữ cũ."
            )
        return texts

    def _xml(self, name: str) -> Element | None:
        real = self._names.get(name.lower())
        if real is None or self._package.getinfo(real).file_size > _LARGEST_PART:
            return None
        try:
            return fromstring(self._package.read(real))
        except (ParseError, DefusedXmlException, UnicodeError):
            return None

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        root = self._xml(f"{folder}/_rels/{name}.rels")
        if root is None:
            return {}
        return {
            item.get("Id", ""): posixpath.normpath(
                posixpath.join("/" + folder, item.get("Target", ""))
            ).lstrip("/")
            for item in root
            if item.get("TargetMode") != "External"
        }

    def _sheet_parts(self, book: Element | None) -> dict[str, str]:
        relations = self._relations("xl/workbook.xml")
        parts: dict[str, str] = {}
        for sheet in () if book is None else book.iterfind("{*}sheets/{*}sheet"):
            target = relations.get(sheet.get(_RELATION + "id", ""), "")
            parts[sheet.get("name", "")] = self._names.get(target.lower(), "")
        return parts

    def _cell_styles(self) -> list[Style]:
        """One meaningful style per cell format of the book."""
        root = self._xml("xl/styles.xml")
        if root is None:
            return []
        fonts = [_font_name(font) for font in root.iterfind("{*}fonts/{*}font")]
        formats = {
            item.get("numFmtId"): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")
        }
        styles = []
        for xf in root.iterfind("{*}cellXfs/{*}xf"):
            index = int(xf.get("fontId", "0"))
            font = fonts[index] if index < len(fonts) else ""
            zeros = _ZEROS.fullmatch(formats.get(xf.get("numFmtId"), ""))
            styles.append(Style(font if encoding_of_font(font) else "", len(zeros[1]) if zeros else 0))
        return styles

    def _pictures(self, part: str) -> list[Picture]:
        pictures: list[Picture] = []
        for drawing in self._relations(part).values():
            if "/drawings/" not in drawing or not drawing.lower().endswith(".xml"):
                continue
            root = self._xml(drawing)
            media = self._relations(drawing)
            for anchor in () if root is None else root:
                picture = self._picture(anchor, media)
                if picture is not None:
                    pictures.append(picture)
        return pictures

    def _picture(self, anchor: Element, media: dict[str, str]) -> Picture | None:
        blip, row, column = (
            anchor.find(".//{*}blip"),
            anchor.find("{*}from/{*}row"),
            anchor.find("{*}from/{*}col"),
        )
        if blip is None or row is None or column is None:
            return None
        name = self._names.get(media.get(blip.get(_RELATION + "embed", ""), "").lower())
        media_type = _MEDIA_TYPES.get(posixpath.splitext(name or "")[1].lower())
        if name is None or media_type is None:
            return None
        size = self._package.getinfo(name).file_size
        if size > _LARGEST_PICTURE or size > self._room_for_pictures:
            if not any("ảnh" in warning for warning in self.warnings):
                self.warnings.append("Có ảnh quá lớn (trên 10 MB) nên không lấy theo dòng.")
            return None
        self._room_for_pictures -= size
        place = int(row.text or 0), int(column.text or 0)
        return Picture(*place, posixpath.basename(name), media_type, self._package.read(name))


def _font_name(font: Element) -> str:
    name = font.find("{*}name")
    return "" if name is None else name.get("val", "")


def _scan(
    stream: IO[bytes], default: Style, special: dict[int, Style]
) -> tuple[list[int], list[int], Styles]:
    """Hidden rows and columns and the meaningful styles of a sheet part, in one pass over its bytes.

    A sheet part may unpack to hundreds of megabytes; searching its bytes costs a tenth of parsing them.
    """
    palette = [default, *dict.fromkeys(special.values())]
    index_of_style = {style: palette.index(style) for style in palette}
    cells = _styled_cells(special)
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    marks: dict[int, bytearray] = {}
    for piece in _whole_tags(stream):
        if b"hidden=" in piece:
            hidden_rows.extend(
                int(n[1]) - 1 for tag in _HIDDEN_ROW.findall(piece) if (n := _ROW_NUMBER.search(tag))
            )
            hidden_columns.extend(chain.from_iterable(map(_columns, _HIDDEN_COLUMN.findall(piece))))
        for match in cells.finditer(piece) if cells is not None else ():
            place = _CELL_PLACE.search(match[0])
            if place is not None:
                _mark(marks, place_of(place[1].decode()), index_of_style[special[int(match[1])]])
    return hidden_rows, hidden_columns, Styles(tuple(palette), {c: bytes(m) for c, m in marks.items()})


def _styled_cells(special: dict[int, Style]) -> re.Pattern[bytes] | None:
    if not special:
        return None
    numbers = b"|".join(str(index).encode() for index in special)
    return re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?s=[\"'](" + numbers + rb")[\"'][^>]*>")


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes in pieces that never cut a tag in two."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        piece = rest + chunk
        cut = piece.rfind(b"<")
        rest = piece[cut:] if cut >= 0 and len(piece) - cut < _CHUNK else b""
        yield piece[: len(piece) - len(rest)]
    yield rest


def _columns(tag: bytes) -> Sequence[int]:
    span = {name: int(value) for name, value in _SPAN.findall(tag)}
    first = span.get(b"min", 1)
    return range(first - 1, min(span.get(b"max", first), MOST_COLUMNS))


def _mark(marks: dict[int, bytearray], place: tuple[int, int], index: int) -> None:
    row, column = place
    if row >= MOST_ROWS or column >= MOST_COLUMNS or index > 255:
        return
    column_marks = marks.setdefault(column, bytearray())
    if row >= len(column_marks):
        column_marks.extend(bytes(row + 1 - len(column_marks)))
    column_marks[row] = index
