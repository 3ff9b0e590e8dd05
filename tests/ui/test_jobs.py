"""Work leaves the main thread, its outcome comes back to it, and what is stopped says nothing."""

import threading

import shiboken6
from PySide6.QtCore import QObject

from sangkien_desktop.errors import AppError, Cancelled


class Listener(QObject):
    """Remembers what it was told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[int] = set()

    def on_done(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def on_failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.get_ident())


def test_outcome_comes_back_to_the_main_thread(qtbot, context) -> None:
    listener = Listener()
    context.jobs.start(threading.get_ident, done=listener.on_done)
    qtbot.waitUntil(lambda: bool(listener.values))
    assert listener.values[0] != threading.get_ident()
    assert listener.threads == {threading.get_ident()}


def test_error_comes_back_to_the_main_thread(qtbot, context) -> None:
    listener = Listener()

    def work() -> None:
        raise AppError("Tệp đang mở trong Excel.")

    context.jobs.start(work, done=listener.on_done, failed=listener.on_failed)
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert str(listener.errors[0]) == "Tệp đang mở trong Excel."
    assert listener.threads == {threading.get_ident()}


def test_error_nobody_asked_for_is_told_in_the_strip(qtbot, context) -> None:
    def work() -> None:
        raise AppError("Ổ đĩa đầy.", hint="Dọn ổ D:.")

    context.jobs.start(work)
    qtbot.waitUntil(lambda: context.messages.gravest is not None)
    assert context.messages.gravest.text == "Ổ đĩa đầy. Dọn ổ D:."


def test_stopped_work_says_nothing(qtbot, context) -> None:
    listener, begun, stopped = Listener(), threading.Event(), []

    def work(progress):
        begun.set()
        try:
            while True:
                progress.check()
        except Cancelled:
            stopped.append(True)
            raise

    job = context.jobs.start_long(work, title="", done=listener.on_done, failed=listener.on_failed)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert (stopped, listener.values, listener.errors) == ([True], [], [])


def test_progress_arrives_with_its_last_word(qtbot, context) -> None:
    seen: list[tuple[int, int, str]] = []
    gate = threading.Event()

    def work(progress):
        gate.wait(5)
        for done in range(1, 1001):
            progress.report(done, 1000, "dòng")

    job = context.jobs.start_long(work, title="Đọc")
    job.progressed.connect(lambda *told: seen.append(told))
    gate.set()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert seen[-1] == (1000, 1000, "dòng")
    assert len(seen) < 100


def test_closed_listener_is_not_called(qtbot, context) -> None:
    listener, gate = Listener(), threading.Event()
    values = listener.values
    context.jobs.start(lambda: gate.wait(5), done=listener.on_done)
    shiboken6.delete(listener)
    gate.set()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert values == []


def test_only_the_latest_search_answers(qtbot, context) -> None:
    listener, gate = Listener(), threading.Event()
    search = context.jobs.latest(done=listener.on_done)

    def first(_progress):
        gate.wait(5)
        return "first"

    search.start(first)
    search.start(lambda _progress: "second")
    gate.set()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert listener.values == ["second"]
    assert not search.is_running


def test_thousand_jobs_leave_nothing_behind(qtbot, context) -> None:
    listener = Listener()
    for number in range(1000):
        context.jobs.start(lambda number=number: number, done=listener.on_done)
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20_000)
    assert sorted(listener.values) == list(range(1000))
