"""The screen over a real station."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage
from tests.support.desks import an_open_desk
from tests.ui.initiatives.station import fill


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with an_open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def filled(desk: Desk) -> Desk:
    fill(desk)
    return desk


@pytest.fixture
def opened(desk: Desk, context: UiContext, shown, qtbot) -> Callable[[Desk], InitiativesPage]:  # type: ignore[no-untyped-def]
    """Opens the screen over a station and waits until its rows are there."""

    def open_page(station: Desk, width: int = 1186, height: int = 690) -> InitiativesPage:
        context.services = Services(station)
        page = InitiativesPage(context)
        shown(page, width, height)
        qtbot.waitUntil(lambda: page.rows.has_loaded and not context.jobs.is_busy, timeout=8000)
        context.actions.set_page_commands(page, page.commands())
        return page

    return open_page


@pytest.fixture
def page(filled: Desk, opened) -> InitiativesPage:  # type: ignore[no-untyped-def]
    return opened(filled)


@pytest.fixture
def settled(desk: Desk, qtbot, context: UiContext) -> Callable[[InitiativesPage], None]:  # type: ignore[no-untyped-def]
    """Waits until everything typed is written and shown."""

    def settle(page: InitiativesPage) -> None:
        qtbot.waitUntil(lambda: not page.editing.recorder.is_busy and not context.jobs.is_busy, timeout=8000)

    return settle
