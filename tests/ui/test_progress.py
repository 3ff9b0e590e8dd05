"""Long work shows how far it is and can be stopped; short work shows nothing."""

import threading

import pytest

from sangkien_desktop.ui.widgets import strips
from sangkien_desktop.ui.widgets.strips import ProgressStrip


@pytest.fixture
def strip(context, shown, qtbot):
    made = ProgressStrip(context.jobs)
    qtbot.addWidget(made)
    return made


def test_short_work_shows_nothing(strip, context, qtbot) -> None:
    context.jobs.start_long(lambda progress: None, title="Đang đọc")
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert not strip.isVisible()


def test_long_work_shows_count_and_can_be_stopped(strip, context, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(strips, "SHOW_BAR_AFTER_MS", 100)
    begun = threading.Event()

    def work(progress):
        progress.report(812, 1633, "Đang đọc dòng")
        begun.set()
        while True:
            progress.check()

    context.jobs.start_long(work, title="Đang đọc")
    qtbot.waitUntil(lambda: begun.is_set() and strip.isVisible())
    assert strip._sentence.text() == "Đang đọc dòng 812/1.633"
    strip._stop.click()
    assert "đang dừng" in strip._sentence.text()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_work_without_a_title_is_not_shown(strip, context, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(strips, "SHOW_BAR_AFTER_MS", 0)
    gate = threading.Event()
    context.jobs.start(lambda: gate.wait(5))
    qtbot.wait(150)
    assert not strip.isVisible()
    gate.set()
