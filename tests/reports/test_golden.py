"""Every report and every paper says what its golden file says."""

from collections.abc import Iterator

import pytest

from sangkien_desktop.reports import REPORTS
from sangkien_desktop.services.papers import KINDS, PaperService, PaperWishes
from sangkien_desktop.services.reporting import ReportService
from tests.reports.conftest import SETTINGS
from tests.reports.golden import FOLDER, agrees, table_text, word_text
from tests.support.desks import an_open_desk
from tests.support.plants import EVENING, a_plant


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReportService]:
    """A plant from which nobody has exported anything, so that its access log is always the same."""
    with an_open_desk(tmp_path_factory.mktemp("golden"), SETTINGS, at=EVENING) as desk:
        a_plant(desk, records=60)
        yield ReportService(desk)


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_report_says_what_its_golden_file_says(name: str, untouched: ReportService) -> None:
    agrees(name, table_text(untouched.make(name)))


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_paper_says_what_its_golden_file_says(name: str, papers: PaperService) -> None:
    wishes = PaperWishes(which="HH26-00012", signer="Trần Thị Mẫu", place="Hà Nội")
    agrees(f"paper-{name}", word_text(papers.make(name, wishes).document))


def test_no_golden_file_is_left_over() -> None:
    wanted = {report.name for report in REPORTS} | {f"paper-{kind.name}" for kind in KINDS}
    assert {path.stem for path in FOLDER.glob("*.txt")} == wanted
