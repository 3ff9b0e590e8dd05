"""What nobody expected: into the log, one notice on the window, and the program goes on."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.ui.messages import Messages

log = logging.getLogger(__name__)

NOTICE = (
    "Máy gặp trục trặc ngoài dự tính ở việc vừa làm. Dữ liệu đã lưu không bị ảnh hưởng; "
    "làm lại việc đó, nếu vẫn vậy hãy gửi nhật ký cho người hỗ trợ (Cài đặt, Hỗ trợ)."
)


class CrashReporter(QObject):
    """Catches what no one caught, on any thread; the log gets types and places, never values."""

    _arrived = Signal()

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        """One for the program; `install` makes it the last resort."""
        super().__init__(parent)
        self._messages = messages
        self._arrived.connect(self.on_arrived)

    def install(self) -> None:
        """From now on an exception in a slot, a timer or a thread ends here instead of on a dead console."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give Python its own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> None:
        """Log and say so once; callable from any thread."""
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        self._arrived.emit()

    def on_arrived(self) -> None:
        """Back on the main thread: say it in the strip."""
        self._messages.fail(NOTICE, topic="crash")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None and not issubclass(hook.exc_type, SystemExit):
            self.report(hook.exc_value)
