"""Reports on A4: where everything stands on each page, and painting it. Heads repeat, rows never split."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind, Letterhead, ReportTable
from sangkien_desktop.vietnamese.dates import PartialDate

UNIT = 10
"""Layout units in a point: fine enough that hinting at the screen's size changes no line break."""
A4 = (595.0, 842.0)
"""Points, portrait."""
FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman", "serif")
LINE = 1.18
PADDING = 3.0
LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 42.0, 34.0, 40.0, 36.0
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
_WRAP = Qt.TextFlag.TextWordWrap
_RIGHT_KINDS = frozenset(
    {ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.MONEY, ColumnKind.PERCENT, ColumnKind.RATIO}
)
_CENTRE_KINDS = frozenset({ColumnKind.CENTRE, ColumnKind.DATE, ColumnKind.MOMENT})


@lru_cache(maxsize=64)
def face(size: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """Times New Roman or its metric twin; `size` in points of the paper."""
    font = QFont(list(FAMILIES))
    font.setPixelSize(round(size * UNIT))
    font.setBold(bold)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def as_text(cell: Cell, kind: ColumnKind) -> str:
    """A cell as it stands on paper."""
    if cell is None:
        return "không tính" if kind is ColumnKind.MONEY else ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, int | float):
        return _figure(cell, kind)
    if isinstance(cell, PartialDate):
        return cell.display()
    if isinstance(cell, datetime):
        return f"{cell.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def _figure(value: float, kind: ColumnKind) -> str:
    places = {ColumnKind.PERCENT: 1, ColumnKind.RATIO: 2}.get(kind, 0)
    # Half a place is rounded up, as Excel shows it; the smallest part outweighs binary fractions.
    text = f"{value + (1e-9 if value > 0 else 0):,.{places}f}"
    text = text.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")
    return f"+{text}" if kind is ColumnKind.SIGNED and value > 0 else text


@dataclass(frozen=True)
class Line:
    """A line of running text outside the table."""

    text: str
    size: float = 12.0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Placed:
    """A row of the table on a page: its cells as text, where it begins and how high it is, in points."""

    cells: tuple[str, ...]
    top: float
    height: float
    is_head: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class PageOfPaper:
    """One page, ready to be painted."""

    number: int
    rows: tuple[Placed, ...]
    has_letterhead: bool
    foot: float | None
    """Where notes and signatures begin; None when they stand on a later page."""


class Paper:
    """The pages of one report. `pages` may be read page by page; nothing is laid out before it is asked for."""

    def __init__(self, table: ReportTable, *, size: float | None = None) -> None:
        """`size` of the table's text in points; by default as large as the columns allow."""
        self.table = table
        self.width, self.height = A4 if table.is_portrait else (A4[1], A4[0])
        self._room = self.width - LEFT_MARGIN - RIGHT_MARGIN
        self.size = size or self._fitting_size()
        self.widths = self._column_widths()
        self.subtitles = (
            *(Line(text, 12.0) for text in table.subtitles),
            Line(as_of_line(table.as_of), 12.0, italic=True),
        )
        self._metrics = QFontMetricsF(face(self.size))
        self._bold_metrics = QFontMetricsF(face(self.size, bold=True))
        self.head = tuple(column.title for column in table.columns)

    def pages(self) -> Iterator[PageOfPaper]:
        """All pages in order."""
        number, top, rows = 1, self._first_top(), list[Placed]()
        bottom = self.height - BOTTOM_MARGIN
        top = self._put(rows, top, Placed(self.head, 0, self._height(self.head, bold=True), is_head=True))
        for cells, is_total in self._texts():
            height = min(self._height(cells, bold=is_total), bottom - TOP_MARGIN - 60)
            if top + height > bottom and any(not row.is_head for row in rows):
                yield PageOfPaper(number, tuple(rows), number == 1, None)
                number, top, rows = number + 1, TOP_MARGIN + 14, []
                head = Placed(self.head, 0, self._height(self.head, bold=True), is_head=True)
                top = self._put(rows, top, head)
            top = self._put(rows, top, Placed(cells, 0, height, is_total=is_total))
        if top + self._foot_height() > bottom:
            yield PageOfPaper(number, tuple(rows), number == 1, None)
            number, rows, top = number + 1, [], TOP_MARGIN
        yield PageOfPaper(number, tuple(rows), number == 1, top + 8)

    def _texts(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        kinds = [column.kind for column in self.table.columns]
        for row in self.table.rows:
            yield tuple(as_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)), False
        if self.table.totals is not None and self.table.rows:
            yield tuple(as_text(c, k) for c, k in zip(self.table.totals, kinds, strict=True)), True

    def _put(self, rows: list[Placed], top: float, row: Placed) -> float:
        rows.append(Placed(row.cells, top, row.height, row.is_head, row.is_total))
        return top + row.height

    def _first_top(self) -> float:
        letterhead = 52.0 if self.table.letterhead.issuer else 0.0
        return TOP_MARGIN + letterhead + 18 + 18.0 * len(self.subtitles) + 6

    def _foot_height(self) -> float:
        notes = 8 + 14.0 * sum(1 + len(note) // 150 for note in self.table.notes)
        return notes + (96 if self.table.signers else 0)

    def _fitting_size(self) -> float:
        """Characters of all columns decide: 12 points where they fit, never below 8."""
        characters = sum(column.width for column in self.table.columns)
        return max(8.0, min(12.0, self._room / characters / 0.52))

    def _column_widths(self) -> tuple[float, ...]:
        whole = sum(column.width for column in self.table.columns)
        return tuple(self._room * column.width / whole for column in self.table.columns)

    def _height(self, cells: Sequence[str], *, bold: bool = False) -> float:
        metrics = self._bold_metrics if bold else self._metrics
        least = self.size * LINE + 2 * PADDING
        for text, width, column in zip(cells, self.widths, self.table.columns, strict=True):
            room = width - 2 * PADDING
            # Most cells fit on a line; measuring one is far cheaper than laying it out.
            if len(text) * self.size * 0.36 < room and "\n" not in text:
                if metrics.horizontalAdvance(text) <= room * UNIT:
                    continue
            elif not text:
                continue
            area = QRectF(0, 0, room * UNIT, 1e6)
            least = max(least, metrics.boundingRect(area, _WRAP, text).height() / UNIT + 2 * PADDING)
            if column.kind is ColumnKind.SIGNATURE:
                least = max(least, 28.0)
        return least


def as_of_line(as_of: datetime) -> str:
    """Tính đến 21 giờ 42 phút, ngày 28/05/2026."""
    local = as_of.astimezone(VIETNAM)
    return f"Tính đến {local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


class Painting:
    """Paints pages of a paper with a painter whose unit is a tenth of a point."""

    def __init__(self, painter: QPainter, paper: Paper) -> None:
        self._painter, self._paper = painter, paper
        painter.setPen(QPen(QColor("black"), 0.5 * UNIT))

    def page(self, page: PageOfPaper) -> None:
        """One page, black on white."""
        if page.has_letterhead:
            self._opening()
        else:
            middle = QRectF(0, 18, self._paper.width, 16)
            self._write(middle, str(page.number), face(12), _CENTRE)
        for row in page.rows:
            self._row(row)
        if not self._paper.table.rows and page.has_letterhead and page.rows:
            below = page.rows[-1].top + page.rows[-1].height
            self._write(
                QRectF(LEFT_MARGIN, below + 8, self._room, 18),
                "Không có sáng kiến trong kỳ này.",
                face(12, italic=True),
                _CENTRE,
            )
        if page.foot is not None:
            self._closing(page.foot + (0 if self._paper.table.rows else 30))

    @property
    def _room(self) -> float:
        return self._paper.width - LEFT_MARGIN - RIGHT_MARGIN

    def _write(self, area: QRectF, text: str, font: QFont, align: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        scaled = QRectF(area.x() * UNIT, area.y() * UNIT, area.width() * UNIT, area.height() * UNIT)
        self._painter.drawText(scaled, int(align) | int(Qt.AlignmentFlag.AlignVCenter) | int(_WRAP), text)

    def _opening(self) -> None:
        table, top = self._paper.table, TOP_MARGIN
        if table.letterhead.issuer:
            self._letterhead(table.letterhead, table.as_of)
            top += 52
        self._write(QRectF(LEFT_MARGIN, top, self._room, 20), table.title, face(13.5, bold=True), _CENTRE)
        top += 18
        for line in self._paper.subtitles:
            look = face(line.size, bold=line.bold, italic=line.italic)
            self._write(QRectF(LEFT_MARGIN, top, self._room, 18), line.text, look, _CENTRE)
            top += 18

    def _letterhead(self, head: Letterhead, as_of: datetime) -> None:
        local = as_of.astimezone(VIETNAM)
        place = f"{head.place}, ngày" if head.place else "Ngày"
        month = f"{local.month:02d}" if local.month < 3 else str(local.month)
        left = (
            (head.above.upper(), face(11.5)),
            (head.issuer.upper(), face(11.5, bold=True)),
            (f"Số: {head.number or '      /BC-CĐCS'}", face(11.5)),
        )
        right = (
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", face(11.5, bold=True)),
            ("Độc lập – Tự do – Hạnh phúc", face(12, bold=True)),
            (f"{place} {local:%d} tháng {month} năm {local:%Y}", face(12, italic=True)),
        )
        share = 0.46
        for number, ((text, font), (text_right, font_right)) in enumerate(zip(left, right, strict=True)):
            top = TOP_MARGIN - 8 + number * 16
            self._write(QRectF(LEFT_MARGIN, top, self._room * share, 16), text, font, _CENTRE)
            area = QRectF(LEFT_MARGIN + self._room * share, top, self._room * (1 - share), 16)
            self._write(area, text_right, font_right, _CENTRE)

    def _row(self, row: Placed) -> None:
        left, painter = LEFT_MARGIN, self._painter
        strong = row.is_head or row.is_total
        font = face(self._paper.size, bold=strong)
        for text, width, column in zip(row.cells, self._paper.widths, self._paper.table.columns, strict=True):
            painter.drawRect(QRectF(left * UNIT, row.top * UNIT, width * UNIT, row.height * UNIT))
            area = QRectF(left + PADDING, row.top, width - 2 * PADDING, row.height)
            self._write(area, text, font, _CENTRE if row.is_head else _alignment(column))
            left += width

    def _closing(self, top: float) -> None:
        table = self._paper.table
        for note in table.notes:
            height = 14.0 * (1 + len(note) // 150)
            self._write(QRectF(LEFT_MARGIN, top, self._room, height), note, face(10.5, italic=True), _LEFT)
            top += height
        share = self._room / max(1, len(table.signers))
        for at, signer in enumerate(table.signers):
            area = QRectF(LEFT_MARGIN + at * share, top + 10, share, 18)
            self._write(area, signer, face(12, bold=True), _CENTRE)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    if column.kind in _RIGHT_KINDS:
        return _RIGHT
    return _CENTRE if column.kind in _CENTRE_KINDS else _LEFT
