"""Groups beside one another, the highest first; those below their quota are hatched and named."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.widgets.chart import Chart, axis_steps, dashed, write
from sangkien_desktop.ui.widgets.percent_bar import draw_hatched

NAMED_BELOW = 4
VALUED_AT_TOP = 3


@dataclass(frozen=True)
class GroupShare:
    """One group: how many it has, how many it should have."""

    name: str
    count: int
    quota: int

    @property
    def share(self) -> float:
        """1.0 is the quota."""
        return self.count / self.quota if self.quota else 0.0


class ColumnChart(Chart):
    """Per cent of the quota, with the line of 100 %."""

    def __init__(self) -> None:
        """Empty until `show_groups`."""
        super().__init__("Các tổ so với chỉ tiêu")
        self._groups: tuple[GroupShare, ...] = ()

    def show_groups(self, groups: Sequence[GroupShare]) -> None:
        """Paint these, whatever their order; a group without a quota is left out."""
        rated = [group for group in groups if group.quota > 0]
        self._groups = tuple(sorted(rated, key=lambda group: -group.share))
        self._marked = -1
        below = [group for group in self._groups if group.share < 1]
        names = "; ".join(f"{one.name} {formatting.percent(one.share * 100)}" for one in below)
        self.setAccessibleDescription(
            f"{len(self._groups)} tổ, {len(below)} tổ dưới 100 %." + (f" {names}." if names else "")
        )
        self.update()

    def sentences(self) -> Sequence[str]:
        """What each group says."""
        return tuple(
            f"{one.name}: {formatting.reached(one.count, one.quota)} ({one.count}/{one.quota})"
            for one in self._groups
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, columns, the line of 100 %, names."""
        if not self._groups:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grown = theme.current().metrics.grown
        area = QRectF(grown(58), 14, self.width() - grown(58) - 16, self.height() - grown(30) - 14)
        greatest = max(1.05, self._groups[0].share)
        steps = axis_steps(greatest * 100 * 1.08, 2, (1, 2, 5))
        scale = area.height() / max(greatest * 1.02, steps[-1] / 100)
        self._paint_axes(painter, area, scale, steps)
        self._paint_columns(painter, area, scale)
        self._paint_hundred(painter, area, scale)
        self._paint_names(painter, area)

    def _paint_axes(self, painter: QPainter, area: QRectF, scale: float, steps: Sequence[int]) -> None:
        look = theme.current()
        for value in steps:
            y = round(area.bottom() - value / 100 * scale)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), look.colour("line"))
            if value == 0 or abs(value - 100) * scale / 100 > 14:
                write(
                    painter, QPointF(area.left() - 8, y), f"{formatting.number(value)} %", "text2", side="r"
                )

    def _paint_columns(self, painter: QPainter, area: QRectF, scale: float) -> None:
        look = theme.current()
        pitch = area.width() / len(self._groups)
        width = max(2.0, pitch * 0.73)
        for at, group in enumerate(self._groups):
            height = group.share * scale
            column = QRectF(
                area.left() + at * pitch + (pitch - width) / 2, area.bottom() - height, width, height
            )
            whole = QRect(round(column.x()), round(column.y()), round(width), max(2, round(height)))
            if group.share < 1:
                draw_hatched(painter, whole)
            else:
                painter.fillRect(whole, look.colour("accent"))
            if at == self._marked:
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.drawRect(whole.adjusted(-2, -2, 2, 2))
            if at < VALUED_AT_TOP and group.share >= 1 and pitch > 18:
                text = formatting.number(round(group.share * 100))
                write(
                    painter, QPointF(column.center().x(), column.top() - 9), text, "text", "label", side="c"
                )

    def _paint_hundred(self, painter: QPainter, area: QRectF, scale: float) -> None:
        y = area.bottom() - scale
        painter.setPen(dashed("text", 2, (3.5, 2)))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        write(painter, QPointF(area.left() - 8, y), "100 %", "text", "label", side="r")

    def _paint_names(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        foot = area.bottom() + look.metrics.grown(16)
        best = " · ".join(group.name for group in self._groups[:VALUED_AT_TOP])
        below = [group for group in self._groups if group.share < 1]
        room = area.width() - (look.metrics.grown(130) if below else 0)
        painter.setFont(look.font("caption"))
        from_left = painter.fontMetrics().elidedText(
            f"Cao nhất: {best}", Qt.TextElideMode.ElideRight, int(room)
        )
        write(painter, QPointF(area.left(), foot), from_left, "text2")
        if not below:
            return
        write(painter, QPointF(area.right(), foot), f"{len(below)} tổ dưới 100 %", "bad", "label", side="r")
        pitch = area.width() / len(self._groups)
        border = area.left() + (len(self._groups) - len(below)) * pitch
        painter.setPen(dashed("bad", 1.2, (1, 2)))
        painter.drawLine(QPointF(border, area.top()), QPointF(border, area.bottom()))
        line = look.metrics.grown(19)
        for at, group in enumerate(below[:NAMED_BELOW]):
            y = area.top() + 14 + at * line
            base = f"({group.count}/{group.quota})"
            right = border - 9 - write(painter, QPointF(border - 9, y), base, "text2", side="r") - 4
            share = formatting.percent(group.share * 100)
            right -= write(painter, QPointF(right, y), share, "bad", "label", side="r") + 4
            write(painter, QPointF(right, y), group.name, "text", side="r")
        if len(below) > NAMED_BELOW:
            rest = f"và {len(below) - NAMED_BELOW} tổ nữa"
            write(painter, QPointF(border - 9, area.top() + 14 + NAMED_BELOW * line), rest, "text2", side="r")
