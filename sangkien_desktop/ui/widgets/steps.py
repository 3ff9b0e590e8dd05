"""The steps of a longer act: lying over a page, or standing in a side column."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sangkien_desktop.ui import icons, theme


class StepBar(QWidget):
    """Done steps have a tick on `ok_soft`, the current one a filled number, later ones a ring."""

    def __init__(
        self, steps: Sequence[str], *, orientation: Qt.Orientation = Qt.Orientation.Horizontal
    ) -> None:
        """The first step is current."""
        super().__init__()
        self._steps = tuple(steps)
        self._current = 0
        self._lies = orientation == Qt.Orientation.Horizontal
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if self._lies else QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Fixed,
        )
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Make a step current; `len(steps)` means all are done."""
        self._current = current
        name = self._steps[current] if current < len(self._steps) else "xong"
        self.setAccessibleName(f"Bước {min(current + 1, len(self._steps))} trong {len(self._steps)}: {name}")
        self.update()

    def sizeHint(self) -> QSize:
        """44 high lying; 40 for each step standing."""
        grown = theme.current().metrics.grown
        return QSize(200, grown(44)) if self._lies else QSize(200, grown(40) * len(self._steps))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rings, words, and lines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        if not self._lies:
            for at, step in enumerate(self._steps):
                middle = look.metrics.grown(40) * at + look.metrics.grown(20)
                self._paint_step(painter, QPointF(12, middle), at, step)
            return
        left = 16.0
        for at, step in enumerate(self._steps):
            if at:
                painter.fillRect(QRectF(left + 10, self.height() // 2, 28, 1), look.colour("line_strong"))
                left += 48
            words = self._paint_step(painter, QPointF(left + 11, self.height() / 2), at, step)
            left += 30 + words

    def _paint_step(self, painter: QPainter, centre: QPointF, at: int, step: str) -> int:
        look = theme.current()
        radius = 10.5
        done, current = at < self._current, at == self._current
        border = "ok" if done else "accent" if current else "line_strong"
        painter.setPen(QPen(look.colour(border), 1))
        painter.setBrush(look.colour("ok_soft" if done else "accent" if current else "surface"))
        painter.drawEllipse(centre, radius, radius)
        ring = QRect(round(centre.x() - 11), round(centre.y() - 11), 22, 22)
        if done:
            icons.draw(painter, "check", ring, "ok", 14)
        else:
            painter.setFont(look.font("label" if current else "caption"))
            painter.setPen(look.colour("on_accent" if current else "text2"))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        font = look.font("strong" if current else "body")
        painter.setFont(font)
        painter.setPen(look.colour("text" if current else "text2"))
        width = QFontMetrics(font).horizontalAdvance(step)
        gap = 19 if self._lies else 24
        words = QRectF(centre.x() + gap, centre.y() - 14, width + 4, 28)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, step)
        return width
