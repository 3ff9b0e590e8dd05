"""An invented plant in a real station, made once for all reports; and one's own for tests that write."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.papers import PaperService
from sangkien_desktop.services.reporting import ReportService
from sangkien_desktop.settings import Settings
from tests.support.desks import an_open_desk
from tests.support.plants import EVENING, PROGRAMME, a_plant

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SETTINGS = Settings(default_programme=PROGRAMME.code, unit_code="HH")


@pytest.fixture(scope="session", autouse=True)
def painting(qapp: object) -> None:
    """Papers are painted in the tests' own application."""


@pytest.fixture(scope="session")
def plant_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Sixty initiatives with verdicts; read only."""
    with an_open_desk(tmp_path_factory.mktemp("plant"), SETTINGS, at=EVENING) as desk:
        a_plant(desk, records=60)
        yield desk


@pytest.fixture(scope="session")
def reports(plant_desk: Desk) -> ReportService:
    return ReportService(plant_desk)


@pytest.fixture(scope="session")
def papers(plant_desk: Desk, reports: ReportService) -> PaperService:
    return PaperService(plant_desk, reports)


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """A station for a test that writes."""
    with an_open_desk(tmp_path, SETTINGS, at=EVENING) as desk:
        yield desk
