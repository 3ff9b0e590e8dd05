"""Runs work off the main thread and brings the outcome back to it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

from sangkien_desktop.errors import Cancelled
from sangkien_desktop.progress import Progress

log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]

_REPORT_EVERY_S = 0.05


class Job(QObject):
    """One piece of background work, watched from the main thread; it is also the work's `Progress`."""

    progressed = Signal(int, int, str)
    """done, total (0 = unknown), sentence; on the main thread, at most twenty a second."""
    ended = Signal()
    """After the outcome was handed over, also after cancelling."""

    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(self, parent: QObject, title: str, done: Done | None, failed: Failed) -> None:
        """Made by JobRunner only."""
        super().__init__(parent)
        self.title = title
        self._done = done
        self._failed = failed
        self._stop = threading.Event()
        self._next_report = 0.0
        self.has_ended = False
        self._returned.connect(self.on_returned)
        self._raised.connect(self.on_raised)

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next `check()`; its outcome is dropped if it ends all the same."""
        self._stop.set()

    def report(self, done: int, total: int, text: str = "") -> None:
        """Called on the worker thread; cheap to call often."""
        now = time.monotonic()
        if now >= self._next_report or done == total:
            self._next_report = now + _REPORT_EVERY_S
            self.progressed.emit(done, total, text)

    def check(self) -> None:
        """Called on the worker thread: raises Cancelled once `cancel()` was called."""
        if self._stop.is_set():
            raise Cancelled

    def run(self, work: Callable[[Progress], Any]) -> None:
        """The worker thread's whole life."""
        try:
            self._returned.emit(work(self))
        except Exception as error:  # noqa: BLE001 - handed to the main thread, which tells it
            self._raised.emit(error)

    def on_returned(self, value: object) -> None:
        """Back on the main thread with a value."""
        if not self._stop.is_set() and self._done is not None and _is_alive(self._done):
            self._done(value)
        self._end()

    def on_raised(self, error: Exception) -> None:
        """Back on the main thread with an error; Cancelled is no failure."""
        if isinstance(error, Cancelled):
            log.info("job stopped")
        elif _is_alive(self._failed):
            self._failed(error)
        self._end()

    def _end(self) -> None:
        self.has_ended = True
        self.ended.emit()


class JobRunner(QObject):
    """Owns the one pool of threads. Every Job lives until its `ended` has been delivered."""

    job_started = Signal(object)
    """A Job with a title: worth a bar when it takes longer than three seconds."""
    unhandled = Signal(object)
    """The error of a job that was started without `failed`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """One for the program."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(3, self._pool.maxThreadCount()))
        self._live: set[Job] = set()

    def start(
        self, work: Callable[[], Any], *, done: Done | None = None, failed: Failed | None = None
    ) -> Job:
        """Run short work; `done(value)` or `failed(error)` is called on the main thread.

        Both should be bound methods of a QObject: once that is deleted they are not called any more.
        """
        return self.start_long(lambda _progress: work(), title="", done=done, failed=failed)

    def start_long(
        self,
        work: Callable[[Progress], Any],
        *,
        title: str,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Run work that reports and can be stopped; with a `title` the window shows its progress."""
        job = Job(self, title, done, failed or self.unhandled.emit)
        self._live.add(job)
        job.ended.connect(self.on_ended)
        if title:
            self.job_started.emit(job)
        self._pool.start(lambda: job.run(work))
        return job

    def latest(self, *, done: Done, failed: Failed | None = None) -> "LatestJob":
        """For searching while typing: each new start makes the one before irrelevant."""
        return LatestJob(self, done, failed or self.unhandled.emit)

    @property
    def is_busy(self) -> bool:
        """Whether anything runs or has not handed over its outcome."""
        return bool(self._live)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Ask everything to stop and wait; False when something would not."""
        for job in self._live:
            job.cancel()
        return self._pool.waitForDone(timeout_ms)

    def on_ended(self) -> None:
        """Free the job: its last signal has arrived."""
        job = self.sender()
        if isinstance(job, Job):
            self._live.discard(job)
            job.deleteLater()


class LatestJob:
    """Work of which only the newest start counts: older outcomes and errors are dropped."""

    def __init__(self, runner: JobRunner, done: Done, failed: Failed) -> None:
        """Made by `JobRunner.latest`."""
        self._runner = runner
        self._done = done
        self._failed = failed
        self._job: Job | None = None

    def start(self, work: Callable[[Progress], Any]) -> None:
        """Stop what runs and start this."""
        self.cancel()
        self._job = self._runner.start_long(work, title="", done=self._done, failed=self._failed)

    def cancel(self) -> None:
        """Nobody waits for an answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @property
    def is_running(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None and not self._job.has_ended


def _is_alive(callback: Callable[..., Any]) -> bool:
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
