"""Text in the type sizes and colours of the look, and the chip that says a state."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sangkien_desktop.ui import icons, theme


def label(
    text: str = "", look: str = "body", *, tone: str = "", wraps: bool = False, name: str = ""
) -> QLabel:
    """A QLabel in a font role (`caption`, `body`, `strong`, …) and the colour of a role such as `bad`.

    Plain text: what people typed is shown as typed. Use `rich_label` for a sentence with bold parts.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setProperty("look", look)
    made.setProperty("tone", tone)
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


def rich_label(text: str = "", look: str = "body", *, tone: str = "", wraps: bool = False) -> QLabel:
    """Like `label`, for our own sentences with `<b>`; put typed text through `html.escape` first."""
    made = label("", look, tone=tone, wraps=wraps)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(emphasised(text))
    return made


def emphasised(html: str, ink: str = "") -> str:
    """`<b>` as Semibold, the only bold there is; in the colour of the role `ink` when one is named."""
    colour = f"color:{theme.current().tokens.colour(ink)};" if ink else ""
    return html.replace("<b>", f'<b style="{colour}font-weight:600">')


def set_tone(widget: QLabel, tone: str) -> None:
    """Give a label another colour role."""
    theme.set_state(widget, tone=tone)


class IconLabel(QWidget):
    """An icon and one line of text in the colour of a role; the text is cut at its end when there is no room."""

    def __init__(self, icon: str = "", text: str = "", tone: str = "text2", *, look: str = "body") -> None:
        """`icon` is a file name of `resources/icons` without its ending."""
        super().__init__()
        self._icon, self._text, self._tone, self._look = icon, text, tone, look
        self._size = icons.IN_BUTTON
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.current().changed.connect(self.updateGeometry)

    def show_state(self, icon: str, text: str, tone: str) -> None:
        """Show another state."""
        if (icon, text, tone) != (self._icon, self._text, self._tone):
            self._icon, self._text, self._tone = icon, text, tone
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Icon, 5 pixels, text; a line's full height for stacked marks."""
        self.ensurePolished()
        room = self.fontMetrics()
        left = self._size + 5 if self._icon else 0
        return QSize(left + room.horizontalAdvance(self._text) + 1, max(room.height() + 2, self._size))

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and a few letters."""
        return QSize(min(self.sizeHint().width(), 48), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, then text."""
        painter = QPainter(self)
        area = self.rect()
        if self._icon:
            icons.draw(painter, self._icon, QRect(0, 0, self._size, area.height()), self._tone, self._size)
            area.setLeft(self._size + 5)
        painter.setPen(theme.current().colour(self._tone))
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Chip(QWidget):
    """A state in a form or heading: icon and word on the soft ground of its role, 22 high."""

    def __init__(self, icon: str = "", text: str = "", state: str = "mute") -> None:
        """`state` is one of `tokens.STATES`."""
        super().__init__()
        self._icon, self._text, self._state = icon, text, state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.current().changed.connect(self.updateGeometry)

    def show_state(self, icon: str, text: str, state: str) -> None:
        """Show another state."""
        self._icon, self._text, self._state = icon, text, state
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """8 left and right of icon and text."""
        left = icons.IN_CELL + 6 if self._icon else 0
        room = self.fontMetrics()
        return QSize(16 + left + room.horizontalAdvance(self._text) + 1, theme.current().metrics.grown(22))

    def minimumSizeHint(self) -> QSize:
        """A state is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground, the icon, the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour(f"{self._state}_soft"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        area = self.rect().adjusted(8, 0, -8, 0)
        if self._icon:
            icons.draw(
                painter,
                self._icon,
                QRect(8, 0, icons.IN_CELL, self.height()),
                self._state,
                icons.IN_CELL,
            )
            area.setLeft(8 + icons.IN_CELL + 6)
        painter.setPen(theme.current().colour(self._state))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class ChipButton(Chip):
    """A chip that jumps to the place it speaks of."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
