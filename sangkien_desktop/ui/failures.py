"""One error, told in one place: in the strip what happened, in the log what was our fault."""

import logging

from PySide6.QtCore import QObject

from sangkien_desktop.errors import AppError, Cancelled
from sangkien_desktop.ui.crash import CrashReporter
from sangkien_desktop.ui.messages import MessageAction, Messages

log = logging.getLogger(__name__)


def sentence(error: AppError) -> str:
    """What happened and what to do, as one text."""
    return f"{error.sentence} {error.hint}".strip()


class FailurePresenter(QObject):
    """Shows an AppError in the strip; hands anything else to the crash reporter."""

    def __init__(self, messages: Messages, crashes: CrashReporter, parent: QObject | None = None) -> None:
        """One for the program."""
        super().__init__(parent)
        self._messages = messages
        self._crashes = crashes

    def present(self, error: Exception, *actions: MessageAction, topic: str = "") -> None:
        """Tell a person. `topic` lets a later success withdraw the message."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, AppError):
            log.info("told the user: %s", error.code or type(error).__name__)
            self._messages.fail(sentence(error), *actions, topic=topic or f"failure:{error.code}")
        else:
            self._crashes.report(error)
