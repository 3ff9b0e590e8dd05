"""A bar of what is reached, with the mark at 100 %; below it hatched, so that grey prints tell too."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sangkien_desktop.ui import formatting, theme

FULL_AT = 4.8
"""The share at which the bar ends; 100 % stands at a fifth."""


class PercentBar(QWidget):
    """116 × 14 by itself, wider where there is room."""

    def __init__(self, share: float = 0.0) -> None:
        """`share` 1.0 is 100 %."""
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_share(share)

    def show_share(self, share: float) -> None:
        """Another share."""
        self._share = share
        self.setAccessibleName(f"Đạt {formatting.percent(share * 100)}")
        self.update()

    def sizeHint(self) -> QSize:
        """116 × 14."""
        return QSize(116, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        draw_bar(QPainter(self), self.rect(), self._share)


def draw_bar(painter: QPainter, area: QRect, share: float) -> None:
    """Paint the bar into `area`; also used by cells."""
    look = theme.current()
    painter.fillRect(area, look.colour("mute_soft"))
    width = round(area.width() * min(share, FULL_AT) / FULL_AT)
    filled = QRect(area.left(), area.top(), width, area.height())
    if share < 1:
        draw_hatched(painter, filled)
    else:
        painter.fillRect(filled, look.colour("accent"))
    mark = area.left() + round(area.width() / FULL_AT)
    painter.fillRect(mark - 1, area.top() - 1, 2, area.height() + 2, look.colour("text"))


def draw_hatched(painter: QPainter, area: QRect) -> None:
    """Fill `area` with the pattern of "below the quota": slanting lines and a border in `bad`."""
    if area.width() <= 0 or area.height() <= 0:
        return
    look = theme.current()
    painter.save()
    painter.fillRect(area, look.colour("bad_soft"))
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("bad"), 2.2))
    for offset in range(-area.height(), area.width() + area.height(), 6):
        painter.drawLine(
            area.left() + offset, area.bottom() + 1, area.left() + offset + area.height(), area.top()
        )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(look.colour("bad"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0, 0, -1, -1))
    painter.restore()
