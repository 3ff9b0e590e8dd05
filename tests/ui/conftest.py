"""The window's parts without a screen: an application with the look, and a context of real parts."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.settings import Settings, TextSize
from sangkien_desktop.settings import Theme as Scheme
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import ActionRegistry
from sangkien_desktop.ui.change_bus import ChangeBus
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.crash import CrashReporter
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.failures import FailurePresenter
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.messages import Messages
from sangkien_desktop.ui.navigation import Navigator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOON = datetime(2026, 5, 28, 14, 42, tzinfo=UTC)


@pytest.fixture
def look(qapp: QApplication) -> theme.Theme:
    """The theme of the application, light and at the middle text size."""
    known = qapp.property("theme")
    if not isinstance(known, theme.Theme):
        return theme.install(qapp, Scheme.LIGHT)
    if known.scheme is not Scheme.LIGHT or known.text_size is not TextSize.MEDIUM:
        known.choose(Scheme.LIGHT, TextSize.MEDIUM)
    return known


@pytest.fixture
def context(look: theme.Theme) -> Iterator[UiContext]:
    """What a screen receives; `services` is left to the test."""
    messages = Messages()
    crashes = CrashReporter(messages)
    jobs = JobRunner()
    failures = FailurePresenter(messages, crashes)
    jobs.unhandled.connect(failures.present)
    yield UiContext(
        services=None,
        jobs=jobs,
        changes=ChangeBus(),
        messages=messages,
        failures=failures,
        navigate=Navigator(),
        dialogs=Dialogs(),
        actions=ActionRegistry(),
        clock=FixedClock(NOON),
        settings=Settings(),
    )
    assert jobs.close()


@pytest.fixture
def shown(qtbot):  # type: ignore[no-untyped-def]
    """Show a widget and wait until it is painted."""

    def show(widget: QWidget, width: int = 640, height: int = 400) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        with qtbot.waitActive(widget):
            pass
        return widget

    return show
