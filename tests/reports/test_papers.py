"""Papers: templates checked and replaced, secret contents kept back, a decision's papers, the dossier."""

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from sangkien_desktop.documents import word
from sangkien_desktop.documents.pages import TextPages
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.awards import AwardService
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.papers import KINDS, PaperService, PaperWishes
from sangkien_desktop.services.reporting import ReportService
from sangkien_desktop.storage import initiatives
from tests.reports.golden import word_text
from tests.support.plants import Plant, a_plant

CANARY = "CHIM-HOÀNG-YẾN"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_shipped_templates_use_only_known_fields(kind, papers: PaperService) -> None:  # type: ignore[no-untyped-def]
    found = papers.check_template(kind.name, papers.template(kind))
    assert found == word.TemplateProblems((), ())


def a_template(path: Path, *texts: str) -> Path:
    made = Document()
    for one in texts:
        made.add_paragraph(one)
    made.save(str(path))
    return path


def test_unknown_and_missing_fields_are_named(papers: PaperService, tmp_path: Path) -> None:
    path = a_template(tmp_path / "m.docx", "{{ ho_ten }} {{ ngay_thang_la }}")
    found = papers.check_template("certificate", path)
    assert found.unknown == ("ngay_thang_la",)
    assert found.missing == ("so_quyet_dinh", "ten_sang_kien")
    with pytest.raises(AppError, match="ngay_thang_la"):
        papers.put_template("certificate", path)


def test_what_is_no_word_file_is_told_in_words(papers: PaperService, tmp_path: Path) -> None:
    (tmp_path / "m.docx").write_text("không phải Word")
    with pytest.raises(AppError, match=r"m\.docx"):
        papers.check_template("certificate", tmp_path / "m.docx")


@pytest.fixture
def plant(own_desk: Desk) -> Plant:
    return a_plant(own_desk, records=24)


@pytest.fixture
def own_papers(own_desk: Desk, plant: Plant) -> PaperService:
    return PaperService(own_desk, ReportService(own_desk))


def test_the_units_own_template_is_used_once_it_is_put(own_papers: PaperService, tmp_path: Path) -> None:
    path = a_template(
        tmp_path / "m.docx", "Của riêng đơn vị: {{ ho_ten }}, {{ ten_sang_kien }}, {{ so_quyet_dinh }}"
    )
    own_papers.put_template("certificate", path)
    made = own_papers.make("certificate", PaperWishes(which="HH26-00001"))
    assert word_text(made.document).startswith("Của riêng đơn vị: ")


def test_papers_of_a_secret_initiative_say_nothing_of_its_contents(
    own_desk: Desk, plant: Plant, own_papers: PaperService, tmp_path: Path
) -> None:
    secret = replace(
        plant.records[0],
        is_secret=True,
        solution=CANARY,
        situation_before=CANARY,
        novelty=CANARY,
        scope=CANARY,
        conditions=CANARY,
        benefit_calculation=CANARY,
        version=1,
    )
    with own_desk.database.write() as session:
        initiatives.put(session, secret, actor="canbo", source="typed")
    for name in ("application", "description", "certificate"):
        said = word_text(own_papers.make(name, PaperWishes(which=secret.local_code)).document)
        assert CANARY not in said
    for report in ("group-list", "summary"):
        table = ReportService(own_desk).make(report)
        assert not any(CANARY in str(cell) for row in table.rows for cell in row)


def test_one_decision_gives_certificates_to_every_author_of_its_initiatives(
    own_desk: Desk, plant: Plant, own_papers: PaperService
) -> None:
    chosen = plant.records[:6]
    awards = AwardService(own_desk, ReportService(own_desk))
    awards.record_decision([one.id for one in chosen], "777/QĐ-HĐSK 14/03/2026")
    made = own_papers.make("certificate", PaperWishes(which="777/QĐ-HĐSK"))
    assert made.number == sum(len(one.authors) for one in chosen)
    assert word_text(made.document).count("số 777/QĐ-HĐSK ngày 14 tháng 3 năm 2026") == made.number


def test_a_decision_without_a_day_is_refused_with_an_example(own_desk: Desk) -> None:
    with pytest.raises(AppError, match="quyết định"):
        AwardService(own_desk, ReportService(own_desk)).record_decision([InitiativeId("x")], "777/QĐ-HĐSK")


def test_what_a_paper_lacks_is_said(own_papers: PaperService) -> None:
    made = own_papers.make("certificate", PaperWishes(which="HH26-00010"))
    assert made.lacking == "Thiếu số quyết định của 1 sáng kiến."


def test_nothing_to_print_is_told_in_words(own_papers: PaperService) -> None:
    with pytest.raises(AppError, match="HH99"):
        own_papers.make("description", PaperWishes(which="HH99-1"))


def test_every_certificate_stands_on_a_page_of_its_own(own_papers: PaperService) -> None:
    made = own_papers.make("certificate", PaperWishes(which="HH26-00012"))
    pages = own_papers.pages(made)
    assert isinstance(pages, TextPages)
    assert made.number == len(pages) == 2


def test_the_dossier_is_one_folder_and_one_pdf(
    own_desk: Desk, own_papers: PaperService, tmp_path: Path
) -> None:
    folder = own_papers.write_dossier(tmp_path / "out")
    names = sorted(path.name for path in folder.iterdir())
    assert {
        "1 To trinh.docx",
        "2 De nghi.xlsx",
        "3 Bang tom tat.xlsx",
        "4 Ban mo ta.docx",
        "Ho so.pdf",
    } <= set(names)
    assert (folder / "Ho so.pdf").read_bytes().startswith(b"%PDF")
    again = own_papers.write_dossier(tmp_path / "out")
    assert again != folder


def test_the_letter_counts_what_the_list_of_proposals_counts(
    own_desk: Desk, own_papers: PaperService
) -> None:
    awards = AwardService(own_desk, ReportService(own_desk))
    listed = awards.read()
    first = listed.chosen[0]
    awards.tick(listed.programme, first.merit.initiative, is_chosen=False)
    fewer = awards.read()
    assert len(fewer.chosen) == len(listed.chosen) - 1
    letter = word_text(own_papers.make("letter").document)
    assert f"khen thưởng {len(fewer.chosen)} trường hợp" in letter
    assert len(ReportService(own_desk).make("proposals").rows) == len(fewer.chosen)
