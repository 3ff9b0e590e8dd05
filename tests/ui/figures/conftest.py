"""The screens of figures on a real station with an invented plant."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sangkien_desktop.services.awards import AwardService
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.overview import OverviewService
from sangkien_desktop.services.papers import PaperService
from sangkien_desktop.services.quotas import QuotaService
from sangkien_desktop.services.reporting import ReportService
from sangkien_desktop.settings import Settings
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from tests.support.desks import an_open_desk
from tests.support.plants import CLOCK, EVENING, PROGRAMME, a_plant


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A station nobody has typed into."""
    settings = Settings(default_programme=PROGRAMME.code, unit_code="HH")
    with an_open_desk(tmp_path, settings, at=EVENING) as made:
        yield made


@pytest.fixture
def plant(desk: Desk) -> Desk:
    """The station with sixty initiatives, quotas and verdicts."""
    a_plant(desk, records=60)
    return desk


@pytest.fixture
def wired(context: UiContext, desk: Desk) -> UiContext:
    """The context with the services that these screens use."""
    reports = ReportService(desk)
    services = SimpleNamespace(
        reports=reports,
        papers=PaperService(desk, reports),
        quotas=QuotaService(desk, reports),
        overview=OverviewService(desk, reports),
        awards=AwardService(desk, reports),
    )
    return replace(context, services=services, clock=CLOCK)


@pytest.fixture
def asked(wired: UiContext) -> list[tuple[str, Intent]]:
    """Where the screens wanted to go."""
    found: list[tuple[str, Intent]] = []
    wired.navigate.requested.connect(lambda key, intent: found.append((key, intent)))
    return found


@pytest.fixture
def opened(wired: UiContext, qtbot: Any, shown: Any) -> Callable[[type[Page]], Any]:
    """Open a page and wait until it has read."""

    def open_page(make: type[Page], width: int = 1186, height: int = 692) -> Any:
        page = make(wired)
        shown(page, width, height)
        qtbot.waitUntil(lambda: not wired.jobs.is_busy, timeout=20_000)
        return page

    return open_page
