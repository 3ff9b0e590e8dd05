"""What the charts share: round steps of an axis, dashed pens, reading by keyboard, the spoken sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sangkien_desktop.ui import theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter


class Chart(QWidget):
    """A painted chart. Arrow keys go from point to point and Space reads the one that is marked."""

    value_read = Signal(str)
    """The sentence about the marked point; also the tool tip and what a screen reader hears."""

    def __init__(self, name: str) -> None:
        """`name` is the accessible name."""
        super().__init__()
        self._marked = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def sentences(self) -> Sequence[str]:
        """One sentence for each point that can be read."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Home, End, Space."""
        last = len(self.sentences()) - 1
        steps = {
            Qt.Key.Key_Left: self._marked - 1,
            Qt.Key.Key_Right: self._marked + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Space: self._marked if self._marked >= 0 else last,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None or last < 0:
            super().keyPressEvent(event)
            return
        self._marked = max(0, min(wanted, last))
        sentence = self.sentences()[self._marked]
        self.setToolTip(sentence)
        self.value_read.emit(sentence)
        self.update()


def axis_steps(greatest: float, most: int = 4, leading: Sequence[int] = (1, 2, 4, 5)) -> list[int]:
    """Round values from 0 up to at most `greatest`, no more than `most` above 0; `leading` digits of a step."""
    steps = (digit * 10**power for power in range(12) for digit in leading)
    step = next(one for one in steps if greatest / one <= most + 0.9)
    return list(range(0, int(greatest) + 1, step))


def dashed(role: str, width: float, pattern: Sequence[float]) -> QPen:
    """A dashed pen in the colour of a role; the pattern counts in widths."""
    pen = QPen(theme.current().colour(role), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(list(pattern))
    return pen


def write(
    painter: QPainter, at: QPointF, text: str, tone: str, font: theme.FontRole = "caption", side: str = "l"
) -> float:
    """Write `text` beginning (`l`), ending (`r`) or centred (`c`) at the middle line `at`; returns its width."""
    look = theme.current()
    painter.setFont(look.font(font))
    painter.setPen(look.colour(tone))
    width = QFontMetrics(look.font(font)).horizontalAdvance(text)
    left = {"l": at.x(), "r": at.x() - width, "c": at.x() - width / 2}[side]
    flags = {"l": _LEFT, "r": _RIGHT, "c": _MIDDLE}[side]
    painter.drawText(QRectF(left, at.y() - 12, width + 1, 24), flags, text)
    return width
