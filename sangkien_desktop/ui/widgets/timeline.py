"""What happened to a record, step by step; the dashed last step is what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sangkien_desktop.ui import icons, theme


@dataclass(frozen=True)
class Step:
    """One step: `at` is a time as said, `state` one of `tokens.STATES`; `is_next` for what has not happened."""

    at: str
    icon: str
    title: str
    text: str = ""
    detail: str = ""
    state: str = "mute"
    is_next: bool = False


class Timeline(QWidget):
    """Times at the left, icons on a line, words at the right; 70 for each step."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        """Grows at its end while looked at."""
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these, oldest first."""
        self._steps = tuple(steps)
        spoken = "; ".join(f"{step.at} {step.title}: {step.text}" for step in self._steps)
        self.setAccessibleName("Diễn biến")
        self.setAccessibleDescription(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """70 for each step and a margin."""
        return QSize(480, self._pitch * len(self._steps) + 24)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(320, self.sizeHint().height())

    @property
    def _pitch(self) -> int:
        return theme.current().metrics.grown(70)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line first, then each step over it."""
        look = theme.current()
        painter = QPainter(self)
        middle = look.metrics.grown(147)
        for at, step in enumerate(self._steps):
            top = 14 + at * self._pitch
            if at + 1 < len(self._steps):
                painter.fillRect(middle, top + 31, 1, self._pitch - 31, look.colour("line_strong"))
            self._paint_step(painter, step, middle, top)

    def _paint_step(self, painter: QPainter, step: Step, middle: int, top: int) -> None:
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if step.is_next:
            pen = QPen(look.colour("line_strong"), 1.6)
            pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(f"{step.state}_soft"))
        painter.drawEllipse(QPointF(middle + 0.5, top + 15), 14.5, 14.5)
        painter.restore()
        icons.draw(painter, step.icon, QRect(middle - 15, top, 31, 30), step.state)
        line = look.metrics.grown(20)
        self._write(painter, QRect(0, top + 5, middle - 29, line), step.at, "text2", right=True)
        words = QRect(middle + 29, top + 5, max(40, self.width() - middle - 45), line)
        painter.setFont(look.font("strong"))
        self._write(painter, words, step.title, "text")
        painter.setFont(look.font("body"))
        self._write(painter, words.translated(0, line), step.text, "text")
        self._write(painter, words.translated(0, 2 * line), step.detail, "text2")

    def _write(self, painter: QPainter, area: QRect, text: str, tone: str, *, right: bool = False) -> None:
        painter.setPen(theme.current().colour(tone))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, cut)
