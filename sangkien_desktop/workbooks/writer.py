"""A table → a workbook that an officer can print, filter and send on: true numbers and dates, nothing that computes."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.vietnamese.dates import PartialDate, Precision
from sangkien_desktop.workbooks.failures import problem

FONT = "Times New Roman"
LARGE = 5000
"""Rows from which the fast writer is used."""

_LONGEST_CELL = 32_767
_LARGEST_NUMBER = 10**15
"""A spreadsheet keeps fifteen digits; longer numbers are written as text."""
_HEAD_COLOUR = "#DCE6F1"
_LOT = 2000


class CellKind(StrEnum):
    """How the cells of a column look."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERCENT = "percent"


_FORMATS: Mapping[CellKind, str] = {
    CellKind.NUMBER: "#,##0",
    CellKind.MONEY: "#,##0",
    CellKind.DATE: "dd/mm/yyyy",
    CellKind.PERCENT: "0.##",
}
_WIDTHS: Mapping[CellKind, float] = {
    CellKind.TEXT: 18,
    CellKind.LONG_TEXT: 42,
    CellKind.NUMBER: 10,
    CellKind.MONEY: 16,
    CellKind.DATE: 12,
    CellKind.PERCENT: 9,
}


@dataclass(frozen=True)
class Column:
    """One column of a table; `width` in characters, 0 for the kind's usual."""

    heading: str
    kind: CellKind = CellKind.TEXT
    width: float = 0.0

    @property
    def shown_width(self) -> float:
        """Characters."""
        return self.width or _WIDTHS[self.kind]


@dataclass(frozen=True)
class TablePlan:
    """One sheet: lines above the table, the table, lines below it."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[object]]
    title: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    is_large: bool = False
    """The caller knows that there are many rows; else `len(rows)` says so where it can."""


def write_table(path: Path, plan: TablePlan, progress: Progress = SILENT) -> None:
    """One table as a workbook; replaces `path` only when it is whole. Raises WorkbookProblem, Cancelled."""
    count = len(plan.rows) if isinstance(plan.rows, Sequence) else 0
    if (plan.is_large or count >= LARGE) and not plan.title and not plan.footer and _are_unique(plan.columns):
        with whole_file(path) as place:
            _write_fast(place, plan, progress, count)
    else:
        write_tables(path, (plan,), progress)


def write_tables(path: Path, plans: Sequence[TablePlan], progress: Progress = SILENT) -> None:
    """Several tables, one sheet each. Raises WorkbookProblem, Cancelled."""
    import xlsxwriter  # heavy; needed only when something is written

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with whole_file(path) as place, xlsxwriter.Workbook(str(place), options) as book:
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(11)
        for plan in plans:
            _write_sheet(book, plan, progress)


def plain_value(value: object) -> Any:
    """What is written for a value of the record: a number, a day, or text; text is never a formula."""
    write = _PLAIN.get(type(value))
    return (write(value) if write else value) if value != "" else None


def _plain_int(value: int) -> object:
    return value if abs(value) < _LARGEST_NUMBER else str(value)


def _plain_date(value: PartialDate) -> object:
    return value.value if value.precision is Precision.DAY else value.display()


def _plain_text(value: str) -> object:
    return value if len(value) <= _LONGEST_CELL else value[: _LONGEST_CELL - 1] + "…"


_PLAIN: Mapping[type, Callable[[Any], object]] = {
    bool: lambda value: "Có" if value else "Không",
    int: _plain_int,
    str: _plain_text,
    Decimal: float,
    PartialDate: _plain_date,
    tuple: lambda parts: "; ".join(map(str, parts)),
}


def csv_safe(text: str) -> str:
    """Text for a CSV cell that no spreadsheet takes for a formula (OWASP: a leading apostrophe)."""
    return (
        "'" + text
        if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
        else text
    )


def _are_unique(columns: Sequence[Column]) -> bool:
    return len({column.heading for column in columns}) == len(columns)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place beside `path` that takes its name when everything is written."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".~", suffix=".xlsx", dir=path.parent)
        os.close(descriptor)
    except OSError as error:
        raise problem("cannot-write") from error
    place = Path(name)
    try:
        yield place
        place.replace(path)
    except OSError as error:
        raise problem("cannot-write") from error
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)


def _write_fast(place: Path, plan: TablePlan, progress: Progress, count: int) -> None:
    from rustpy_xlsxwriter import Format, write_worksheet  # heavy; needed only when something is written

    headings = [column.heading for column in plan.columns]
    head = Format().set_font_name(FONT).set_font_size(11).set_bold().set_background_color(_HEAD_COLOUR)

    def look(kind: CellKind) -> Format:
        cell = Format().set_font_name(FONT).set_font_size(11)
        return cell.set_num_format(_FORMATS[kind]) if kind in _FORMATS else cell

    def records() -> Iterator[dict[str, object]]:
        for index, row in enumerate(plan.rows):
            if index % _LOT == 0:
                progress.report(index, count, "Đang ghi tệp")
                progress.check()
            yield dict(zip(headings, map(plain_value, row), strict=True))

    write_worksheet(
        records(),
        str(place),
        sheet_name=plan.name,
        freeze_row=1,
        freeze_col=0,
        column_widths={column.heading: column.shown_width for column in plan.columns},
        column_formats={column.heading: look(column.kind) for column in plan.columns},
        header_format=head.set_border("thin"),
        autofilter=True,
        page_setup={
            "landscape": True,
            "paper_size": 9,
            "repeat_rows": (0, 0),
            "fit_to_pages": (1, 0),
            "footer": "&C&P/&N",
        },
    )


def _write_sheet(book: Any, plan: TablePlan, progress: Progress) -> None:
    sheet = book.add_worksheet(plan.name[:31])
    formats = {kind: _format(book, kind) for kind in CellKind}
    bold = book.add_format({"font_name": FONT, "font_size": 13, "bold": True})
    head = book.add_format(
        {"font_name": FONT, "font_size": 11, "bold": True, "bg_color": _HEAD_COLOUR, "border": 1, "text_wrap": True,
         "align": "center", "valign": "vcenter"}
    )  # fmt: skip
    for index, column in enumerate(plan.columns):
        sheet.set_column(index, index, column.shown_width)
    for index, line in enumerate(plan.title):
        sheet.write_string(index, 0, line, bold)
    top = len(plan.title) + (1 if plan.title else 0)
    for index, column in enumerate(plan.columns):
        sheet.write_string(top, index, column.heading, head)
    last = top
    for index, row in enumerate(plan.rows):
        if index % _LOT == 0:
            progress.report(index, 0, "Đang ghi tệp")
            progress.check()
        last = top + 1 + index
        for place, (value, column) in enumerate(zip(row, plan.columns, strict=True)):
            _write_cell(sheet, last, place, plain_value(value), formats[column.kind])
    for index, line in enumerate(plan.footer):
        sheet.write_string(last + 2 + index, 0, line)
    sheet.freeze_panes(top + 1, 0)
    if plan.columns and last > top:
        sheet.autofilter(top, 0, last, len(plan.columns) - 1)
    for_printing(sheet, top)


def for_printing(sheet: Any, heading_row: int) -> None:
    """A4 landscape, one page wide, the heading on every page, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P/&N")


def _format(book: Any, kind: CellKind) -> Any:
    look: dict[str, object] = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "top"}
    if kind in _FORMATS:
        look["num_format"] = _FORMATS[kind]
    if kind in (CellKind.TEXT, CellKind.LONG_TEXT):
        look |= {"text_wrap": True, "num_format": "@"}
    return book.add_format(look)


def _write_cell(sheet: Any, row: int, column: int, value: object, look: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 - a cell has no zone
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)
