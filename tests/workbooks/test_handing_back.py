"""What leaves the program as a workbook comes back as it left: her own file, tables, the blank form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.vietnamese.dates import PartialDate, Precision
from sangkien_desktop.workbooks.annotate import Annotation, annotate
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.importing import FileReading, read_file
from sangkien_desktop.workbooks.layout import understand
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.template import ROWS, SHEET, write_template
from sangkien_desktop.workbooks.writer import (
    LARGE,
    CellKind,
    Column,
    TablePlan,
    csv_safe,
    write_table,
    write_tables,
)

SAMPLES = Path(__file__).parent / "samples"
COLUMNS = (
    Column("Tên", CellKind.LONG_TEXT),
    Column("Ngày", CellKind.DATE),
    Column("Số tiền", CellKind.MONEY),
    Column("Tỷ lệ", CellKind.PERCENT),
)


def _handed_back(name: str, folder: Path) -> tuple[FileReading, Path]:
    path = SAMPLES / name
    found = read_file(path, Knowledge())
    said = [
        Annotation(
            s, {r.row: r.problems for r in s.rows if r.problems}, {r.row: f"key-{r.row}" for r in s.rows}
        )
        for s in found.sheets
    ]
    out = folder / f"{path.stem}.xlsx"
    annotate(path, found, said, out)
    return found, out


@pytest.mark.parametrize(
    "name", [p.name for p in sorted(SAMPLES.iterdir()) if p.suffix in (".xlsx", ".xls", ".ods", ".csv")]
)
def test_own_file_handed_back_reads_the_same_and_knows_its_rows(name: str, tmp_path: Path) -> None:
    before, out = _handed_back(name, tmp_path)
    after = read_file(out, Knowledge())
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert [(r.row, r.values, r.authors) for r in new.rows] == [
            (r.row, r.values, r.authors) for r in old.rows
        ]
        assert [row.key for row in new.rows] == [f"key-{row.row}" for row in old.rows]


def test_only_the_corrected_row_differs_when_the_file_comes_back(tmp_path: Path) -> None:
    before, out = _handed_back("kho-van-thang-4.xlsx", tmp_path)
    book = openpyxl.load_workbook(out)
    book["DS sang kien"]["H6"] = "4 triệu"
    book.save(out)
    after = read_file(out, Knowledge())
    old = {r.row: (r.values, r.authors) for r in before.sheets[0].rows}
    changed = [r.key for r in after.sheets[0].rows if (r.values, r.authors) != old[r.row]]
    assert changed == ["key-6"]


def test_wrong_cells_are_coloured_and_explained_and_the_rest_kept(tmp_path: Path) -> None:
    _, out = _handed_back("kho-van-thang-4.xlsx", tmp_path)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Hướng dẫn", "Tam tinh", "DS sang kien"]
    sheet = book["DS sang kien"]
    assert "khoảng" in sheet["H6"].comment.text
    assert sheet["H6"].fill.fgColor.rgb == "FFF4C7C3"
    assert sheet["E6"].comment is None
    assert sheet.row_dimensions[11].hidden
    assert sheet.column_dimensions["K"].hidden
    assert len(sheet.merged_cells.ranges) == 6


def test_pictures_and_formulas_stay_in_the_file_handed_back(tmp_path: Path) -> None:
    _, out = _handed_back("kaizen-co-anh.xlsx", tmp_path)
    assert len(openpyxl.load_workbook(out).active._images) == 28
    assert str(openpyxl.load_workbook(out).active["M7"].value).startswith("=")
    assert openpyxl.load_workbook(out, data_only=True).active["M7"].value == 22_000_000


@pytest.mark.parametrize("count", [3, LARGE])
def test_tables_come_back_with_true_numbers_and_days(tmp_path: Path, count: int) -> None:
    row = ("=1+1", PartialDate(date(2022, 5, 3)), 1_234_567, Decimal("33.33"))
    month = ("+84 900", PartialDate(date(2022, 5, 1), Precision.MONTH), None, None)
    write_table(tmp_path / "t.xlsx", TablePlan("Bảng", COLUMNS, [row, month] * count))
    rows = open_workbook(tmp_path / "t.xlsx").sheets[0].rows
    assert list(rows[1]) == ["=1+1", date(2022, 5, 3), 1_234_567, 33.33]
    assert list(rows[2][:2]) == ["+84 900", "05/2022"]
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet["A2"].data_type == "s"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.freeze_panes) == (
        "landscape",
        9,
        "A2",
    )
    assert sheet.auto_filter.ref is not None
    assert sheet["A2"].font.name == "Times New Roman"


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
        min_size=1,
        max_size=20,
    )
)
def test_no_text_becomes_a_formula(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("formula") / "t.xlsx"
    write_table(path, TablePlan("x", (Column("Tên"),), [(text,) for text in texts]))
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert all(cell.data_type in ("s", "n") for cell in cells)
    assert [str(cell.value) for cell in cells] == texts


def test_csv_text_is_never_a_formula() -> None:
    assert [csv_safe(text) for text in ("=1", "+1", "-1", "@x", "＝1", "an")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@x",
        "'＝1",
        "an",
    ]


def test_file_in_use_is_said_and_nothing_half_written_stays(tmp_path: Path) -> None:
    with pytest.raises(WorkbookProblem) as refused:
        write_table(tmp_path / "no" / "t.xlsx", TablePlan("x", (Column("Tên"),), []))
    assert refused.value.code == "cannot-write"
    write_tables(tmp_path / "t.xlsx", [TablePlan("x", (Column("Tên"),), [], title=("A",), footer=("B",))])
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """The blank workbook for group leaders."""
    groups = [f"Tổ CĐ số {number} của xưởng có tên rất dài" for number in range(60)]
    write_template(tmp_path / "mau.xlsx", MILLION, groups, unit_name="CĐCS Đèn xe Sao Mai")
    return tmp_path / "mau.xlsx"


def test_blank_form_comes_back_with_nothing_to_map(blank: Path) -> None:
    layout = understand(open_workbook(blank).sheets[0])
    assert layout is not None
    assert all(guess.field and guess.confidence >= 0.95 for guess in layout.guesses)
    assert len(layout.columns) == len(layout.guesses)
    with pytest.raises(WorkbookProblem) as refused:
        read_file(blank, Knowledge())
    assert refused.value.code == "no-table"


def test_filled_form_is_read_whole(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book[SHEET]
    headings = {cell.value.rstrip(" *"): cell.column for cell in sheet[4]}
    filled = {
        "Mã nhân viên": "000321", "Họ và tên tác giả": "Lê Thị Bình", "Tổ công đoàn": "Tổ CĐ số 3",
        "Tên sáng kiến": "Làm giá treo khuôn ép nhựa", "Ngày áp dụng lần đầu hoặc áp dụng thử": date(2022, 5, 3),
        "Giá trị làm lợi ước tính trong 01 năm (đồng)": 22_000_000, "Tóm tắt hiệu quả": "Bớt 11 phút mỗi ca.",
        "Thuộc bí mật công nghệ": "Không", "Cấp công nhận": "Cơ sở",
    }  # fmt: skip
    for heading, value in filled.items():
        sheet.cell(5, headings[heading], value)
    book.save(blank)
    row = read_file(blank, Knowledge()).sheets[0].rows[0]
    assert (row.row, row.problems, row.group_name, row.authors[0].employee_code) == (
        5,
        (),
        "Tổ CĐ số 3",
        "000321",
    )
    assert row.values["annual_benefit"] == 22_000_000
    assert row.values["first_applied_on"] == PartialDate(date(2022, 5, 3))


def test_blank_form_has_lists_checks_and_a_locked_heading(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book[SHEET]
    checks = sheet.data_validations.dataValidation
    lists = [check for check in checks if check.type == "list"]
    assert {"date", "whole", "list"} <= {check.type for check in checks}
    assert all(check.formula1.startswith("'Danh mục'!") and len(check.formula1) < 255 for check in lists)
    assert max(len(check.prompt or "") for check in checks) <= 255
    assert str(ROWS + 4) in str(checks[0].sqref)
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet.column_dimensions["C"].protection.locked
    assert replace(MILLION).labels("category")[0] in [cell.value for row in book["Danh mục"] for cell in row]
