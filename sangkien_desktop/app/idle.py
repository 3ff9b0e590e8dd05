"""When nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Watches the whole program while it is started."""

    idle = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        """Quiet until `start`."""
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)

    def start(self, minutes: int) -> None:
        """Watch; `idle` comes after so many minutes without a touch."""
        self._timer.start(minutes * 60_000)
        self._app.installEventFilter(self)

    def stop(self) -> None:
        """Nobody needs to know any more."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A touch begins the wait anew; nothing is held back."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
