"""Writing what was typed: one act after the other, off the main thread, nothing lost on the way."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sangkien_desktop.services.local_drafts import HalfTyped, LocalDraftService
from sangkien_desktop.ui.jobs import JobRunner

KEEP_AFTER_MS = 400
"""Half-typed text is kept this long after the last letter: well within a second."""

Work = Callable[[], Any]
Done = Callable[[Any], None]


class Recorder(QObject):
    """A queue of writes in the order in which they were typed."""

    idle = Signal()
    """Everything typed has been written."""

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        """One for the page."""
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: deque[tuple[Work, Done | None, Callable[[Exception], None] | None]] = deque()
        self._current: tuple[Work, Done | None, Callable[[Exception], None] | None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is still being written."""
        return self._current is not None or bool(self._waiting)

    def do(
        self, work: Work, done: Done | None = None, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Write after everything that was handed over before."""
        self._waiting.append((work, done, failed))
        self._next()

    def on_done(self, value: object) -> None:
        """One write is kept."""
        current, self._current = self._current, None
        try:
            if current is not None and current[1] is not None:
                current[1](value)
        finally:
            self._go_on()

    def on_failed(self, error: Exception) -> None:
        """One write was refused; the others go on."""
        current, self._current = self._current, None
        try:
            if current is not None and current[2] is not None:
                current[2](error)
            else:
                self._jobs.unhandled.emit(error)
        finally:
            self._go_on()

    def _next(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._jobs.start(self._current[0], done=self.on_done, failed=self.on_failed)

    def _go_on(self) -> None:
        self._next()
        if not self.is_busy:
            self.idle.emit()


class HalfTypedKeeper(QObject):
    """Keeps the open editor's text in the store a moment after each letter."""

    kept = Signal()

    def __init__(self, drafts: LocalDraftService, recorder: Recorder) -> None:
        """Writes through the same queue as everything else."""
        super().__init__(recorder)
        self._drafts, self._recorder = drafts, recorder
        self._half: HalfTyped | None = None
        self._is_kept = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_now)

    def note(self, half: HalfTyped) -> None:
        """Another letter was typed."""
        self._half = half
        if not self._timer.isActive():
            self._timer.start()

    def take_over(self) -> None:
        """What an earlier run had kept is open again: it goes once it is committed or given up."""
        self._is_kept = True

    def keep_now(self) -> None:
        """Write what is half-typed at once."""
        self._timer.stop()
        if self._half is not None:
            half, self._half = self._half, None
            self._is_kept = True
            self._recorder.do(partial(self._drafts.keep, half), self._on_kept)

    def forget(self) -> None:
        """It was committed or given up."""
        self._timer.stop()
        self._half = None
        if self._is_kept:
            self._is_kept = False
            self._recorder.do(self._drafts.clear)

    def _on_kept(self, _: object) -> None:
        self.kept.emit()
