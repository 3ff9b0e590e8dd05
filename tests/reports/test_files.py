"""Files: true numbers and dates, print set-up, no formula from text, pages, pictures, the audit log."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage
from sqlalchemy import text

from sangkien_desktop.documents.paper import Paper
from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.errors import AppError
from sangkien_desktop.reports import REPORTS
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.reporting import ReportService, Wishes
from tests.support.plants import EVENING, a_plant
from tests.support.records import day

A_TABLE = ReportTable(
    name="sample",
    title="BẢNG THỬ",
    columns=(
        Column(key="name", title="Tên", width=20),
        Column(key="count", title="Số", kind=ColumnKind.NUMBER),
        Column(key="benefit", title="Làm lợi", kind=ColumnKind.MONEY),
        Column(key="on", title="Ngày", kind=ColumnKind.DATE),
        Column(key="at", title="Lúc", kind=ColumnKind.MOMENT),
    ),
    rows=(
        ("=1+1", 3, 16_000_000_000, day(2026, 3, 14), EVENING),
        ("@Tổ Mạ 2", 4, None, None, None),
    ),
    totals=("Tổng cộng", 7, 16_000_000_000, None, None),
    as_of=EVENING,
)


def saved(table: ReportTable, path: Path, reports: ReportService) -> Path:
    reports.write_table(table, path)
    return path


def test_a_workbook_holds_numbers_dates_and_texts_as_what_they_are(
    tmp_path: Path, reports: ReportService
) -> None:
    sheet = openpyxl.load_workbook(saved(A_TABLE, tmp_path / "a.xlsx", reports)).active
    rows = {row[0].value: row for row in sheet.iter_rows()}
    name, count, benefit, on, at = rows["=1+1"]
    assert name.data_type == "s"
    assert (count.value, benefit.value) == (3, 16_000_000_000)
    assert (on.value, on.number_format) == (datetime(2026, 3, 14), "dd/mm/yyyy")
    assert at.value == datetime(2026, 5, 28, 21, 42)
    assert rows["@Tổ Mạ 2"][2].value == "không tính"
    assert rows["Tổng cộng"][1].value.startswith("=SUM(B")
    assert name.font.name == "Times New Roman"


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_every_workbook_prints_on_a4_with_its_head_on_every_page(
    name: str, tmp_path: Path, reports: ReportService
) -> None:
    reports.write(name, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.active
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows
    assert sheet.print_area
    assert sheet.freeze_panes
    assert "Tính đến" in sheet.oddFooter.left.text


def test_the_progress_workbook_has_a_chart_of_the_groups(tmp_path: Path, reports: ReportService) -> None:
    reports.write("progress", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert len(sheet._charts) == 1


def test_a_plain_table_begins_with_a_mark_and_runs_nothing(tmp_path: Path, reports: ReportService) -> None:
    path = saved(A_TABLE, tmp_path / "a.csv", reports)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == ["'=1+1", "3", "16000000000", "2026-03-14", EVENING.isoformat()]
    assert rows[2][:3] == ["'@Tổ Mạ 2", "4", ""]


def test_heads_repeat_and_no_row_is_split_or_lost(qapp: object) -> None:
    long = replace(A_TABLE, rows=tuple((f"Tổ {n} " * 9, n, n, None, None) for n in range(150)))
    pages = list(Paper(long).pages())
    assert len(pages) > 3
    bottom = Paper(long).height
    for page in pages:
        assert page.rows[0].is_head
        assert all(row.top + row.height < bottom for row in page.rows)
    written = [row.cells[1] for page in pages for row in page.rows if not row.is_head and not row.is_total]
    assert written == [str(n) for n in range(150)]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_an_empty_report_says_so_on_paper(tmp_path: Path, reports: ReportService) -> None:
    empty = replace(A_TABLE, rows=(), totals=None)
    for suffix in (".xlsx", ".pdf", ".png", ".csv"):
        assert saved(empty, tmp_path / f"a{suffix}", reports).stat().st_size > 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert any(cell.value == "Không có sáng kiến trong kỳ này." for row in sheet.iter_rows() for cell in row)


def test_the_picture_of_the_progress_is_large_enough_for_a_wall(
    tmp_path: Path, reports: ReportService
) -> None:
    reports.write("progress", tmp_path / "a.png")
    picture = QImage(str(tmp_path / "a.png"))
    assert (picture.width(), picture.height()) == (1600, 900)


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path, reports: ReportService) -> None:
    for suffix in (".xlsx", ".csv", ".png", ".pdf"):
        with pytest.raises(AppError):
            reports.write("progress", tmp_path / "no" / f"a{suffix}")
    with pytest.raises(AppError, match="kiểu tệp"):
        reports.write("progress", tmp_path / "a.doc")
    with pytest.raises(AppError, match="Không có báo cáo"):
        reports.make("nothing")
    with pytest.raises(AppError, match="kỳ"):
        reports.make("progress", Wishes(period="2026-13"))


def test_writing_names_of_people_is_noted_and_writing_figures_is_not(own_desk: Desk, tmp_path: Path) -> None:
    a_plant(own_desk, records=5)
    service = ReportService(own_desk)

    def noted() -> int:
        with own_desk.database.read() as session:
            return int(session.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'export'")) or 0)

    service.write("progress", tmp_path / "a.xlsx")
    assert noted() == 0
    service.write("group-list", tmp_path / "b.xlsx")
    assert noted() == 1
