"""Every report and every paper says what its golden file says."""

import pytest

from sangkien_desktop.reports import REPORTS
from sangkien_desktop.services.papers import KINDS, PaperService, PaperWishes
from sangkien_desktop.services.reporting import ReportService
from tests.reports.golden import FOLDER, agrees, table_text, word_text


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_report_says_what_its_golden_file_says(name: str, reports: ReportService) -> None:
    agrees(name, table_text(reports.make(name)))


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_paper_says_what_its_golden_file_says(name: str, papers: PaperService) -> None:
    wishes = PaperWishes(which="HH26-00012", signer="Trần Thị Mẫu", place="Hà Nội")
    agrees(f"paper-{name}", word_text(papers.make(name, wishes).document))


def test_no_golden_file_is_left_over() -> None:
    wanted = {report.name for report in REPORTS} | {f"paper-{kind.name}" for kind in KINDS}
    assert {path.stem for path in FOLDER.glob("*.txt")} == wanted
