"""A field for a passphrase: dots, an eye to look, and a word about what the keyboard does to it."""

import unicodedata

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.fields import LineField


class PassphraseField(LineField):
    """Never remembered, never offered by an input method's dictionary."""

    keyboard_noticed = Signal(str)
    """`caps` when Caps Lock seems to be on, `marks` when letters carry Vietnamese marks, empty when all is well."""

    def __init__(self, *, name: str, has_eye: bool = True) -> None:
        """With an eye, what was typed can be shown."""
        super().__init__(name=name)
        self._notice = ""
        self._caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.eye = Button(icon="eye", kind="quiet", name=f"{name}-eye")
        self.eye.setParent(self)
        self.eye.setVisible(has_eye)
        self.eye.setCheckable(True)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.setToolTip("Hiện chữ đã gõ")
        self.eye.setAccessibleName("Hiện chữ đã gõ")
        self.eye.toggled.connect(self._on_eye)
        self.setTextMargins(0, 0, 28 if has_eye else 0, 0)
        self.textChanged.connect(self._look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or the other way round, means Caps Lock."""
        text = event.text()
        if text.isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = text.isupper() != has_shift
        super().keyPressEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stands at the right."""
        super().resizeEvent(event)
        side = theme.current().metrics.small
        self.eye.setFixedSize(QSize(side, side))
        self.eye.move(self.width() - side - 3, (self.height() - side) // 2)

    def _on_eye(self, is_on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password)

    def _look(self) -> None:
        text = self.text()
        notice = "marks" if has_marks(text) else "caps" if self._caps and text else ""
        if notice != self._notice:
            self._notice = notice
            self.keyboard_noticed.emit(notice)


def has_marks(text: str) -> bool:
    """Whether letters carry Vietnamese marks: an input method was on."""
    plain = unicodedata.normalize("NFD", text)
    return any(unicodedata.combining(sign) or sign in "đĐ" for sign in plain)
