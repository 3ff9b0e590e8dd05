"""What nobody expected is logged without values and said once; the program goes on."""

import logging
import sys
import threading

import pytest

from sangkien_desktop.errors import AppError, Cancelled
from sangkien_desktop.ui.crash import NOTICE, CrashReporter
from sangkien_desktop.ui.failures import FailurePresenter
from sangkien_desktop.ui.messages import Messages


@pytest.fixture
def parts(qapp):
    messages = Messages()
    crashes = CrashReporter(messages)
    return messages, crashes, FailurePresenter(messages, crashes)


def test_exception_of_a_thread_ends_in_the_strip(parts, qtbot, caplog) -> None:
    messages, crashes, _ = parts
    crashes.install()
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: messages.gravest is not None)
    finally:
        crashes.uninstall()
    assert messages.gravest.text == NOTICE
    assert "ZeroDivisionError" in caplog.text


def test_many_crashes_are_one_notice(parts, qtbot) -> None:
    messages, crashes, _ = parts
    for _ in range(3):
        crashes.report(ValueError("Đặng Thị Hường 001199000123"))
    qtbot.waitUntil(lambda: messages.gravest is not None)
    assert messages.waiting_count == 0


def test_log_of_a_crash_repeats_no_value(parts, caplog) -> None:
    _, crashes, _ = parts
    with caplog.at_level(logging.ERROR):
        crashes.report(ValueError("Đặng Thị Hường"))
    assert "Hường" not in caplog.records[-1].getMessage()


def test_app_error_is_told_with_its_next_step(parts) -> None:
    messages, _, failures = parts
    failures.present(AppError("Tệp đang mở trong Excel.", hint="Đóng tệp rồi bấm Thử lại.", code="in_use"))
    assert messages.gravest.text == "Tệp đang mở trong Excel. Đóng tệp rồi bấm Thử lại."
    failures.present(Cancelled())
    assert messages.waiting_count == 0


def test_hooks_are_given_back(parts) -> None:
    _, crashes, _ = parts
    crashes.install()
    crashes.uninstall()
    assert sys.excepthook is sys.__excepthook__
