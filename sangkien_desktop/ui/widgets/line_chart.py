"""Cumulative progress towards a quota and a deadline; readable from five metres."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.widgets.chart import Chart, axis_steps, dashed, write


@dataclass(frozen=True)
class Progress:
    """Counts up to each day, the first day to the last one known; `closes_on` may lie beyond."""

    days: tuple[date, ...]
    sent: tuple[int, ...]
    valid: tuple[int, ...]
    quota: int | None
    closes_on: date | None
    closes_at: str = ""


class LineChart(Chart):
    """Sent is solid accent, valid dashed ok, the quota long dashes, the deadline dots in `bad`."""

    def __init__(self) -> None:
        """Empty until `show_progress`."""
        super().__init__("Tiến độ cộng dồn")
        self._progress: Progress | None = None

    def show_progress(self, progress: Progress) -> None:
        """Paint these figures."""
        self._progress = progress
        self._marked = -1
        self.setAccessibleDescription(_sentence(progress))
        self.update()

    def sentences(self) -> Sequence[str]:
        """What each day says."""
        known = self._progress
        if known is None:
            return ()
        return tuple(
            f"{formatting.day(day)}: đã gửi {formatting.number(sent)}, hợp lệ {formatting.number(valid)}"
            for day, sent, valid in zip(known.days, known.sent, known.valid, strict=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, quota, lines, deadline, labels."""
        known = self._progress
        if known is None or not known.days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grown = theme.current().metrics.grown
        area = QRectF(grown(44), 8, self.width() - grown(44) - grown(112), self.height() - grown(24) - 8)
        plot = _Plot(area, known)
        self._paint_axes(painter, plot)
        self._paint_quota(painter, plot)
        self._paint_lines(painter, plot)
        self._paint_deadline(painter, plot)
        if self._marked >= 0:
            x = plot.x(known.days[self._marked])
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_axes(self, painter: QPainter, plot: "_Plot") -> None:
        look = theme.current()
        for value in plot.steps:
            y = round(plot.y(value))
            painter.fillRect(QRectF(plot.area.left(), y, plot.area.width(), 1), look.colour("line"))
            write(painter, QPointF(plot.area.left() - 8, y), formatting.number(value), "text2", side="r")
        for day in plot.labelled_days():
            first = day == plot.progress.days[0]
            foot = plot.area.bottom() + look.metrics.grown(13)
            side = "l" if first else "c"
            write(painter, QPointF(plot.x(day), foot), formatting.short_day(day), "text2", side=side)

    def _paint_quota(self, painter: QPainter, plot: "_Plot") -> None:
        quota = plot.progress.quota
        if not quota:
            return
        y = plot.y(quota)
        painter.setPen(dashed("text", 2, (3.5, 2)))
        painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y))

    def _paint_lines(self, painter: QPainter, plot: "_Plot") -> None:
        look, known = theme.current(), plot.progress
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dashed("ok", 2.5, (2, 1.2)))
        painter.drawPolyline(plot.line(known.valid))
        pen = QPen(look.colour("accent"), 3.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(plot.line(known.sent))
        painter.setPen(Qt.PenStyle.NoPen)
        for values, role, radius in ((known.sent, "accent", 5.0), (known.valid, "ok", 4.0)):
            painter.setBrush(look.colour(role))
            painter.drawEllipse(QPointF(plot.x(known.days[-1]), plot.y(values[-1])), radius, radius)
        self._paint_end_labels(painter, plot)
        self._paint_reached(painter, plot)

    def _paint_end_labels(self, painter: QPainter, plot: "_Plot") -> None:
        """Sent, valid and quota at the right; pushed apart where their lines end close together."""
        known = plot.progress
        labels: list[tuple[float, str, str, theme.FontRole]] = [
            (
                plot.y(known.sent[-1]) - 4,
                f"Đã gửi {formatting.number(known.sent[-1])}",
                "accent_text",
                "title",
            ),
            (plot.y(known.valid[-1]) + 6, f"Hợp lệ {formatting.number(known.valid[-1])}", "ok", "title"),
        ]
        if known.quota:
            labels.append(
                (plot.y(known.quota), f"Chỉ tiêu {formatting.number(known.quota)}", "text", "title")
            )
        labels.sort(key=lambda one: one[0])
        heights = spread([one[0] for one in labels], theme.current().metrics.grown(22), plot.area.bottom())
        for y, (_, text, tone, look) in zip(heights, labels, strict=True):
            write(painter, QPointF(plot.area.right() + 10, y), text, tone, look)

    def _paint_reached(self, painter: QPainter, plot: "_Plot") -> None:
        known = plot.progress
        at = next((n for n, sent in enumerate(known.sent) if known.quota and sent >= known.quota), None)
        if at is None or known.quota is None:
            return
        look = theme.current()
        point = QPointF(plot.x(known.days[at]), plot.y(known.quota))
        painter.setPen(QPen(look.colour("text"), 2))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(point, 4.5, 4.5)
        text = f"{formatting.short_day(known.days[at])} đủ chỉ tiêu"
        if point.x() > plot.area.right() - look.metrics.grown(130):
            write(painter, QPointF(point.x() - 8, point.y() - look.metrics.grown(14)), text, "text", side="r")
        else:
            write(painter, QPointF(point.x() + 4, point.y() + look.metrics.grown(18)), text, "text")

    def _paint_deadline(self, painter: QPainter, plot: "_Plot") -> None:
        closes_on = plot.progress.closes_on
        if closes_on is None:
            return
        x = plot.x(closes_on)
        painter.setPen(dashed("bad", 2, (1, 2)))
        painter.drawLine(QPointF(x, plot.area.top() - 4), QPointF(x, plot.area.bottom()))
        text = f"Hạn {plot.progress.closes_at}".strip()
        y = plot.area.bottom() - theme.current().metrics.grown(17)
        write(painter, QPointF(x - 8, y), text, "bad", "label", side="r")


def spread(heights: Sequence[float], apart: float, lowest: float) -> list[float]:
    """Heights from the top down, moved as little as needed to stand `apart` and not below `lowest`."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + apart) if placed else height)
    # From below: what was pushed too far down moves up again, and pushes the ones above it.
    for at in range(len(placed) - 1, -1, -1):
        limit = lowest if at == len(placed) - 1 else placed[at + 1] - apart
        placed[at] = min(placed[at], limit)
    return placed


class _Plot:
    """Where a day and a count lie."""

    def __init__(self, area: QRectF, progress: Progress) -> None:
        self.area, self.progress = area, progress
        greatest = max((*progress.sent, *progress.valid, progress.quota or 0, 1))
        self._top = greatest * 1.08
        self.steps = axis_steps(greatest)
        last = max(progress.days[-1], progress.closes_on or progress.days[-1])
        self._first = progress.days[0]
        self._span = max(1, (last - self._first).days)

    def x(self, day: date) -> float:
        return self.area.left() + self.area.width() * (day - self._first).days / self._span

    def y(self, count: float) -> float:
        return self.area.bottom() - self.area.height() * count / self._top

    def line(self, counts: Sequence[int]) -> QPolygonF:
        return QPolygonF(
            [QPointF(self.x(d), self.y(c)) for d, c in zip(self.progress.days, counts, strict=True)]
        )

    def labelled_days(self) -> list[date]:
        """The first day, the last, and firsts, tenths and twentieths between that have room."""
        last = max(self.progress.days[-1], self.progress.closes_on or self.progress.days[-1])
        days = [self._first]
        for number in range(1, self._span):
            day = date.fromordinal(self._first.toordinal() + number)
            far = self.x(day) - self.x(days[-1]) > 70 and self.x(last) - self.x(day) > 70
            if day.day in (1, 10, 20) and far:
                days.append(day)
        return [*days, last]


def _sentence(progress: Progress) -> str:
    if not progress.days:
        return "Chưa có số liệu."
    said = (
        f"Đến {formatting.day(progress.days[-1])} đã gửi {formatting.number(progress.sent[-1])} sáng kiến, "
        f"hợp lệ {formatting.number(progress.valid[-1])}"
    )
    if progress.quota:
        share = formatting.reached(progress.sent[-1], progress.quota)
        said += f"; chỉ tiêu {formatting.number(progress.quota)}, {share}"
    if progress.closes_on:
        said += f"; hạn {progress.closes_at} ngày {formatting.day(progress.closes_on)}".replace("  ", " ")
    return said + "."
