"""Keys in the fields of the form: whose Ctrl+Z it is, and where Enter goes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class FormKeys(QObject):
    """Listens to every editor of a form."""

    entered = Signal(QObject)
    """The caret came into an editor."""
    last_left = Signal()
    """Enter in the last field."""

    def __init__(
        self, parent: QWidget, *, title: QWidget, last: QWidget, go_on: Callable[[], object]
    ) -> None:
        """Enter in long texts is a new line, in `title` and all others it goes on."""
        super().__init__(parent)
        self._title, self._last, self._go_on = title, last, go_on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo belongs to the field only while it has something of its own to undo."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(watched)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return _gives_undo_away(watched, event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._goes_on(watched, event)
        return False

    def _goes_on(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers():
            return False
        is_long = isinstance(watched, QPlainTextEdit) and watched is not self._title
        if is_long or not isinstance(watched, QLineEdit | QPlainTextEdit):
            return False
        if watched is self._last:
            self.last_left.emit()
        else:
            self._go_on()
        return True


def _gives_undo_away(watched: QObject, event: QKeyEvent) -> bool:
    is_undo = event.matches(QKeySequence.StandardKey.Undo)
    if not is_undo and not event.matches(QKeySequence.StandardKey.Redo):
        return False
    has = False
    if isinstance(watched, QLineEdit):
        has = watched.isUndoAvailable() if is_undo else watched.isRedoAvailable()
    elif isinstance(watched, QPlainTextEdit):
        document = watched.document()
        has = document.isUndoAvailable() if is_undo else document.isRedoAvailable()
    if not has:
        event.ignore()
    return not has
