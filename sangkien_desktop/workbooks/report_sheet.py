"""A report as a workbook: true numbers and dates, a native chart, and a print set-up that needs no touching."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.report_table import Cell, ChartKind, Column, ColumnKind, ReportTable
from sangkien_desktop.errors import AppError
from sangkien_desktop.vietnamese.dates import PartialDate, Precision

FONT = "Times New Roman"
_A4 = 9
_NUMBERS = frozenset(
    {
        ColumnKind.NUMBER,
        ColumnKind.SIGNED,
        ColumnKind.MONEY,
        ColumnKind.PERCENT,
        ColumnKind.RATIO,
    }
)
_FORMATS: Mapping[ColumnKind, str] = {
    ColumnKind.NUMBER: "#,##0",
    ColumnKind.SIGNED: "+#,##0;-#,##0;0",
    ColumnKind.MONEY: "#,##0",
    ColumnKind.PERCENT: "0.0",
    ColumnKind.RATIO: "0.00",
    ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.MOMENT: "hh:mm dd/mm/yyyy",
}
_SUMMED = frozenset({ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.MONEY})


def write(table: ReportTable, path: Path) -> None:
    """Write the workbook. Raises AppError when the file cannot be written."""
    import xlsxwriter  # heavy, and wanted only when a workbook is written
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": table.title, "comments": as_of_line(table.as_of)})
    _Sheet(book, table).fill()
    try:
        book.close()
    except (FileCreateError, PermissionError) as error:
        raise AppError(
            "Máy chưa ghi được tệp Excel.",
            hint="Nếu tệp đang mở trong Excel, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
            code="report_not_written",
        ) from error


def as_of_line(as_of: datetime) -> str:
    """Tính đến 21 giờ 42 phút, ngày 28/05/2026."""
    local = as_of.astimezone(VIETNAM)
    return f"Tính đến {local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


class _Sheet:
    def __init__(self, book: Any, table: ReportTable) -> None:
        self._book, self._table = book, table
        self._sheet = book.add_worksheet(_sheet_name(table))
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._last = len(table.columns) - 1
        self._row = 0
        self._cells = [self._cell_format(column) for column in table.columns]

    def fill(self) -> None:
        """Head, table, notes, chart, print set-up."""
        for at, column in enumerate(self._table.columns):
            self._sheet.set_column(at, at, column.width + 1.5)
        self._letterhead()
        self._titles()
        self._table_head()
        first = self._row
        self._body()
        self._totals(first)
        self._notes()
        self._signers()
        if self._table.chart and self._table.rows:
            self._chart(first, first + len(self._table.rows) - 1)
        self._print(first)

    def _format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._formats[key]

    def _cell_format(self, column: Column, **more: object) -> Any:
        align = "center" if column.kind is ColumnKind.CENTRE else None
        properties: dict[str, object] = {"border": 1, "valign": "top" if column.wraps else "vcenter", **more}
        if align:
            properties["align"] = align
        if column.wraps or column.kind is ColumnKind.TEXT:
            properties["text_wrap"] = True
        if column.kind in _FORMATS:
            properties["num_format"] = _FORMATS[column.kind]
        return self._format(**properties)

    def _merged(self, text: str, first: int, last: int, **look: object) -> None:
        style = self._format(align="center", valign="vcenter", **look)
        if first == last:
            self._sheet.write_string(self._row, first, text, style)
        else:
            self._sheet.merge_range(self._row, first, self._row, last, text, style)

    def _letterhead(self) -> None:
        head = self._table.letterhead
        if not head.issuer:
            return
        middle = max(1, self._middle())
        number = f"Số: {head.number}" if head.number else "Số:        /BC-CĐCS"
        left = (head.above.upper(), head.issuer.upper(), number)
        local = self._table.as_of.astimezone(VIETNAM)
        place = f"{head.place}, ngày" if head.place else "Ngày"
        day = f"{place} {local:%d} tháng {_month(local)} năm {local:%Y}"
        right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", day)
        for line, (at_left, at_right) in enumerate(zip(left, right, strict=True)):
            self._merged(at_left, 0, middle, bold=line == 1)
            if self._last > middle:
                self._merged(at_right, middle + 1, self._last, bold=line < 2, italic=line == 2)
            self._row += 1
        self._row += 1

    def _middle(self) -> int:
        """The column after which half of the width has passed."""
        whole, so_far = sum(column.width for column in self._table.columns), 0
        for at, column in enumerate(self._table.columns):
            so_far += column.width
            if so_far * 2 >= whole:
                return min(at, self._last - 1)
        return self._last - 1

    def _titles(self) -> None:
        self._merged(self._table.title, 0, self._last, bold=True, font_size=14)
        self._sheet.set_row(self._row, 22)
        self._row += 1
        for text in self._table.subtitles:
            self._merged(text, 0, self._last)
            self._row += 1
        self._merged(as_of_line(self._table.as_of), 0, self._last, italic=True)
        self._row += 2

    def _table_head(self) -> None:
        look = self._format(
            bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#E7EBF3"
        )
        for at, column in enumerate(self._table.columns):
            self._sheet.write_string(self._row, at, column.title, look)
        self._sheet.set_row(self._row, 32)
        self._row += 1

    def _body(self) -> None:
        if not self._table.rows:
            self._merged("Không có sáng kiến trong kỳ này.", 0, self._last, border=1, italic=True)
            self._row += 1
        kinds = [column.kind for column in self._table.columns]
        for row in self._table.rows:
            for at, cell in enumerate(row):
                self._write(at, cell, kinds[at], self._cells[at])
            self._row += 1

    def _totals(self, first: int) -> None:
        totals = self._table.totals
        if totals is None or not self._table.rows:
            return
        for at, (column, cell) in enumerate(zip(self._table.columns, totals, strict=True)):
            look = self._cell_format(column, bold=True, bg_color="#F3F5F9")
            letter = _letter(at)
            values = self._table.values(column.key)
            adds_up = (
                column.kind in _SUMMED and cell is not None and sum(_number(one) for one in values) == cell
            )
            if adds_up:
                formula = f"=SUM({letter}{first + 1}:{letter}{self._row})"
                self._sheet.write_formula(self._row, at, formula, look, cell)
            else:
                self._write(at, cell, column.kind, look)
        self._row += 1

    def _write(self, at: int, cell: Cell, kind: ColumnKind, look: Any) -> None:
        sheet, row = self._sheet, self._row
        if cell is None:
            if kind is ColumnKind.MONEY:
                sheet.write_string(row, at, "không tính", look)
            else:
                sheet.write_blank(row, at, None, look)
        elif isinstance(cell, bool):
            sheet.write_string(row, at, "Có" if cell else "Không", look)
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell, look)
        elif isinstance(cell, str):
            sheet.write_string(row, at, cell, look)
        else:
            self._write_date(at, cell, look)

    def _write_date(self, at: int, cell: date | datetime | PartialDate, look: Any) -> None:
        if isinstance(cell, PartialDate):
            if cell.precision is not Precision.DAY:
                # A month or a year is no day; as a date Excel would make it one.
                self._sheet.write_string(self._row, at, cell.display(), look)
                return
            cell = cell.value
        if isinstance(cell, datetime):
            cell = cell.astimezone(VIETNAM).replace(tzinfo=None)
        self._sheet.write_datetime(self._row, at, cell, look)

    def _notes(self) -> None:
        for number, note in enumerate(self._table.notes):
            self._row += number == 0
            style = self._format(italic=True, text_wrap=True, valign="top", font_size=10)
            self._sheet.merge_range(self._row, 0, self._row, max(1, self._last), f"Ghi chú: {note}", style)
            self._row += 1

    def _signers(self) -> None:
        signers = self._table.signers
        if not signers or self._last < len(signers):
            return
        self._row += 1
        width = (self._last + 1) // len(signers)
        for at, signer in enumerate(signers):
            last = self._last if at == len(signers) - 1 else (at + 1) * width - 1
            self._merged(signer, at * width, last, bold=True)
        self._row += 5

    def _chart(self, first: int, last: int) -> None:
        wanted = self._table.chart
        if wanted is None:
            return
        chart = self._book.add_chart({"type": "column" if wanted.kind is ChartKind.COLUMNS else "line"})
        name, names = self._sheet.get_name(), self._table.index(wanted.names)
        for key in wanted.series:
            at = self._table.index(key)
            chart.add_series(
                {
                    "name": self._table.columns[at].title,
                    "categories": [name, first, names, last, names],
                    "values": [name, first, at, last, at],
                    "fill": {"color": "#1B5FAE"},
                    "gap": 40,
                }
            )
        chart.set_title({"name": wanted.title, "name_font": {"name": FONT, "size": 12}})
        chart.set_x_axis({"num_font": {"name": FONT, "size": 8, "rotation": -60}})
        chart.set_y_axis({"num_font": {"name": FONT, "size": 9}, "major_gridlines": {"visible": True}})
        if len(wanted.series) == 1:
            chart.set_legend({"none": True})
        chart.set_size({"width": 1000, "height": 380})
        self._sheet.insert_chart(self._row + 1, 0, chart)
        self._row += 22

    def _print(self, first: int) -> None:
        sheet = self._sheet
        sheet.set_paper(_A4)
        sheet.set_portrait() if self._table.is_portrait else sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(first - 1)
        sheet.freeze_panes(first, 2 if self._last > 2 else 0)
        sheet.autofilter(first - 1, 0, first + max(0, len(self._table.rows) - 1), self._last)
        sheet.print_area(0, 0, self._row, self._last)
        sheet.set_footer(f'&L&"{FONT}"&9{as_of_line(self._table.as_of)}&R&"{FONT}"&9Trang &P/&N')
        sheet.hide_gridlines(1)


def _sheet_name(table: ReportTable) -> str:
    return "".join(letter for letter in table.title.capitalize() if letter not in "[]:*?/\\")[:31]


def _month(day: date) -> str:
    """Days below 10 and the months 1 and 2 take a zero (Nghị định 30/2020/NĐ-CP)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0


def _letter(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
