"""The import screen over a real station, shown off screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sangkien_desktop.paths import resource
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.importing.screen import ImportPage
from tests.support.desks import an_open_desk

MEMBERS = resource("sample", "danh-sach-doan-vien.xlsx")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A station that knows the member list."""
    with an_open_desk(tmp_path) as desk:
        opened = Services(desk)
        opened.people.write_import(opened.people.plan_import(MEMBERS))
        yield opened


@pytest.fixture
def page(context: UiContext, services: Services, shown, qtbot) -> ImportPage:  # type: ignore[no-untyped-def]
    """The page, ready for files."""
    context.services = services
    made = ImportPage(context)
    shown(made, 1186, 692)
    return made


@pytest.fixture
def settled(page: ImportPage, qtbot) -> Callable[[], None]:  # type: ignore[no-untyped-def]
    """Wait until everything in the background has come back."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not page.context.jobs.is_busy and page.intake.reading is None, timeout=60_000)

    return wait
