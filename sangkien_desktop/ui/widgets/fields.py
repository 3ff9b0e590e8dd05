"""Text fields: one line, one line with search, and text that grows from two lines to six."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from sangkien_desktop.ui import icons, theme

SEARCH_DELAY_MS = 80


class LineField(QLineEdit):
    """One line of text. `committed` says that a changed text was left: only then is it read and normalised."""

    committed = Signal(str)

    def __init__(
        self, text: str = "", *, placeholder: str = "", name: str = "", trailing_icon: str = ""
    ) -> None:
        """`trailing_icon` is a picture at the right, such as `calendar`."""
        super().__init__(text)
        self._committed = text
        self._trailing_icon = trailing_icon
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        if trailing_icon:
            self.setTextMargins(0, 0, icons.IN_BUTTON + 6, 0)
        self.editingFinished.connect(self._commit)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_value(self, text: str) -> None:
        """Put a stored value in, which is no edit of a person."""
        self._committed = text
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def revert(self) -> None:
        """Back to the last committed text."""
        self.show_value(self._committed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stock field and the picture at its end."""
        super().paintEvent(event)
        if self._trailing_icon:
            area = QRect(self.width() - 10 - icons.IN_BUTTON, 0, icons.IN_BUTTON, self.height())
            icons.draw(QPainter(self), self._trailing_icon, area, "text2")

    def _commit(self) -> None:
        if self.text() != self._committed:
            self._committed = self.text()
            self.committed.emit(self._committed)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.field)


class SearchField(QLineEdit):
    """A filter field: an icon, the words, its key. `searched` comes 80 ms after the last letter and never while
    a syllable is being composed; Esc empties it."""

    searched = Signal(str)
    moved_down = Signal()

    def __init__(
        self, placeholder: str, *, key: str = "Ctrl+F", icon: str = "filter", name: str = "filter"
    ) -> None:
        """`key` is shown while the field is empty, not bound."""
        super().__init__()
        self._key, self._icon = key, icon
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._tell)
        self._told = ""
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(icons.IN_BUTTON + 6, 0, 0, 0)
        self.textChanged.connect(self._timer.start)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def search_now(self, text: str) -> None:
        """Put `text` in and search without waiting."""
        self.setText(text)
        self._tell()

    def set_key_shown(self, key: str) -> None:
        """Another key hint; empty in narrow windows."""
        self._key = key
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, Down goes on to what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.search_now("")
        elif event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stock field, the icon, and the key while it is empty."""
        super().paintEvent(event)
        painter = QPainter(self)
        icons.draw(painter, self._icon, QRect(10, 0, icons.IN_BUTTON, self.height()), "text2")
        if self._key and not self.text():
            painter.setFont(theme.current().font("key"))
            painter.setPen(theme.current().colour("text3"))
            area = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.field)


class GrowingText(QPlainTextEdit):
    """Several lines: shows `least_lines`, grows to six, then scrolls. Tab leaves; a half-composed syllable counts
    for the height and is never touched."""

    committed = Signal(str)

    def __init__(self, text: str = "", *, least_lines: int = 2, most_lines: int = 6, name: str = "") -> None:
        """`committed` comes when a changed text was left."""
        super().__init__(text)
        self._committed = text
        self._least, self._most = least_lines, most_lines
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.current().changed.connect(self._fit)
        self._fit()

    def set_least_lines(self, lines: int) -> None:
        """Show at least so many lines from now on."""
        self._least = lines
        self._fit()

    def show_value(self, text: str) -> None:
        """Put a stored value in, which is no edit of a person."""
        self._committed = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def revert(self) -> None:
        """Back to the last committed text."""
        self.show_value(self._committed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits, except into a menu or another window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.commit()

    def commit(self) -> None:
        """Say `committed` if the text is another than the last one."""
        if self.toPlainText() != self._committed:
            self._committed = self.toPlainText()
            self.committed.emit(self._committed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composing may wrap into another line."""
        super().inputMethodEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps differently."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """The height that fits now."""
        return QSize(200, self.height())

    def _fit(self, *_size: object) -> None:
        lines = max(self._least, round(self.document().size().height()))
        fitting = min(lines, self._most)
        room = QFontMetrics(self.font()).lineSpacing()
        height = fitting * room + (14 if fitting > 1 else 12)
        wanted = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > self._most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if self.verticalScrollBarPolicy() != wanted:
            self.setVerticalScrollBarPolicy(wanted)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)


def set_problem(field: QWidget, severity: str) -> None:
    """Mark a field `error` or `warning`; empty takes the mark away."""
    theme.set_state(field, problem=severity)
