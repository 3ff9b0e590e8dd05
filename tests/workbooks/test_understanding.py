"""What the officer says about a layout is obeyed and remembered; pasted tables and member lists use the same eyes."""

from datetime import date
from types import MappingProxyType

import pytest

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.paths import resource
from sangkien_desktop.vietnamese.dates import DayOrder, PartialDate
from sangkien_desktop.workbooks.clipboard import PASTED, pasted_table
from sangkien_desktop.workbooks.corrections import AS_IS, Correction, Recipe, recipe_for
from sangkien_desktop.workbooks.drafts import absent_fields, awards_of, draft_of
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.importing import FileReading, Wishes, read_workbook
from sangkien_desktop.workbooks.people_reader import people_in, read_people
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.results import ASK_BELOW, RowKind
from sangkien_desktop.workbooks.table import Sheet, Workbook, index_of, letters

HEAD = ["STT", "Họ tên", "Nhóm việc", "Tên sáng kiến", "Hiệu quả", "Ngày áp dụng", "Làm lợi"]


def _read(rows: list[list[object]], **wishes: object) -> FileReading:
    sheet = Sheet("Sheet1", rows, max(map(len, rows)))  # type: ignore[arg-type]
    return read_workbook(Workbook("t.xlsx", (sheet,)), Knowledge(programme=MILLION), Wishes(**wishes))  # type: ignore[arg-type]


def _rows(day: object = "03/05/2022", money: object = 12.5) -> list[list[object]]:
    row = ["Lê Thị Bình", "Khuôn", "Làm giá treo khuôn ép nhựa", "Bớt 11 phút mỗi ca.", day, money]
    return [HEAD, *([number, *row] for number in range(1, 6))]


def test_corrected_column_wins_over_every_guess() -> None:
    corrected = Correction().with_column("C", "category").with_column("E", None)
    sheet = _read(_rows(), corrections={"Sheet1": corrected}).sheets[0]
    assert sheet.columns["C"] == "category"
    assert "E" not in sheet.columns
    assert next(guess for guess in sheet.guesses if guess.column == "C").confidence == 1.0


def test_header_row_skipped_rows_unit_period_and_group_are_obeyed() -> None:
    corrected = Correction(
        header_row=1, skipped_rows=frozenset({3}), money_unit=1_000_000, per_month=True, group="Tổ 9"
    )
    sheet = _read(_rows(), corrections={"Sheet1": corrected}).sheets[0]
    assert [row.row for row in sheet.rows] == [2, 4, 5, 6]
    assert sheet.rows[0].values["annual_benefit"] == 150_000_000
    assert sheet.context["group"] == "Tổ 9"


def test_order_of_day_and_month_is_one_decision_for_the_column() -> None:
    month_first = _rows()
    month_first[3][5] = "05/25/2022"
    assert _read(month_first).sheets[0].rows[0].values["first_applied_on"] == PartialDate(date(2022, 3, 5))
    corrected = Correction(day_order=DayOrder.MDY)
    found = _read(_rows(), corrections={"Sheet1": corrected}).sheets[0]
    assert found.rows[0].values["first_applied_on"] == PartialDate(date(2022, 3, 5))


def test_remembered_correction_serves_the_next_file_of_the_same_form() -> None:
    first = _read(_rows()).sheets[0]
    corrected = Correction(
        columns=MappingProxyType({"C": "category"}), money_unit=1_000_000, keep_unknown=True
    )
    recipe = Recipe.from_json(Recipe(first.signature, corrected, sender="to-9").to_json())
    found = _read(_rows(), recipes=(recipe,), sender="to-9").sheets[0]
    assert found.columns["C"] == "category"
    assert found.remembered
    other = [["Mã NV", *HEAD[1:]], *_rows()[1:]]
    assert not _read(other, recipes=(recipe,)).sheets[0].remembered


def test_memory_of_the_sender_goes_before_that_of_the_factory() -> None:
    of_all, of_factory = Recipe("s", Correction()), Recipe("s", Correction(), factory="f")
    of_sender = Recipe("s", Correction(), sender="x")
    assert recipe_for("s", (of_all, of_factory, of_sender), sender="x", factory="f") is of_sender
    assert recipe_for("s", (of_all, of_factory), sender="x", factory="f") is of_factory
    assert recipe_for("t", (of_all,)) is None


def test_unknown_columns_go_into_the_note_when_wished() -> None:
    row = _read(_rows(), corrections={"Sheet1": Correction(keep_unknown=True)}).sheets[0].rows[0]
    assert row.extra == {"Nhóm việc": "Khuôn"}
    record = draft_of(row, Initiative(id="i", programme="p"), lambda name: None)  # type: ignore[arg-type]
    assert record.note == "Nhóm việc: Khuôn"


def test_small_numbers_without_a_unit_are_read_as_million_and_said() -> None:
    sheet = _read(_rows()).sheets[0]
    assert sheet.rows[0].values["annual_benefit"] == 12_500_000
    assert any("triệu" in note for note in sheet.notes)


def test_lettering_can_be_left_alone() -> None:
    rows = _rows()
    for row in rows[1:]:
        row[3] = "C¶i tiÕn tay g¾p robot lÊy s¶n phÈm"
    assert _read(rows).sheets[0].rows[0].values["title"] == "Cải tiến tay gắp robot lấy sản phẩm"
    left = _read(rows, corrections={"Sheet1": Correction(lettering=AS_IS)}).sheets[0]
    assert left.rows[0].values["title"] == "C¶i tiÕn tay g¾p robot lÊy s¶n phÈm"


def test_right_text_is_never_changed() -> None:
    rows = _rows()
    titles = [
        "Ô tô chở khuôn 10µm ±5°C",
        "Dùng keo Loctite® 243 cho vít Ø12",
        "Señor Müller naïve café",
        "Cải tiến SP-01 ½ ca",
        "ÁP DỤNG 5S",
    ]
    for row, title in zip(rows[1:], titles, strict=True):
        row[3] = title
    assert [row.values["title"] for row in _read(rows).sheets[0].rows] == titles


def test_unreadable_text_stays_in_the_record() -> None:
    row = _read(_rows(day="chưa rõ", money="5-7 triệu")).sheets[0].rows[0]
    record = draft_of(row, Initiative(id="i", programme="p"), lambda name: None)  # type: ignore[arg-type]
    assert record.unread["first_applied_on"] == "chưa rõ"
    assert record.unread["annual_benefit"] == "5-7 triệu"
    assert record.authors[0].share == 100


def test_fields_without_a_column_are_told_once_for_the_file() -> None:
    sheet = _read(_rows()).sheets[0]
    assert "Lĩnh vực" in absent_fields(sheet)
    assert "Tên sáng kiến" not in absent_fields(sheet)


def test_file_without_initiatives_says_so() -> None:
    with pytest.raises(WorkbookProblem) as refused:
        _read([["Ngày", "Doanh thu", "Chi phí"], ["01/01/2022", 5, 6], ["02/01/2022", 7, 8]])
    assert refused.value.code == "no-table"


def test_pasted_html_keeps_lines_and_numbers() -> None:
    cells = "".join(f"<td>{text}</td>" for text in HEAD)
    html = (
        f"<table><tr>{cells}</tr><tr><td>1</td><td>Lê Thị Bình</td><td></td><td>Làm giá treo<br>khuôn ép</td><td>Bớt 11 phút mỗi ca.</td>"
        '<td sdval="44684" sdnum="1033;0;DD/MM/YYYY">03/05/2022</td><td sdval="12500000" sdnum="1033;0;#,##0">12,500,000</td></tr></table>'
    )
    found = read_workbook(pasted_table(html, "không đọc tới"), Knowledge())
    row = found.sheets[0].rows[0]
    assert (found.workbook.file_name, row.sheet) == (PASTED, None)
    assert row.values["title"] == "Làm giá treo khuôn ép"
    assert row.values["annual_benefit"] == 12_500_000
    assert row.values["first_applied_on"] == PartialDate(date(2022, 5, 3))


def test_pasted_text_is_a_table_too() -> None:
    text = (
        "\t".join(HEAD)
        + '\n1\tLê Thị Bình\t\t"Làm giá treo\nkhuôn ép nhựa"\tBớt 11 phút.\t3/5/2022\t12,5 triệu\n'
    )
    row = read_workbook(pasted_table("", text), Knowledge()).sheets[0].rows[0]
    assert row.values["annual_benefit"] == 12_500_000
    with pytest.raises(WorkbookProblem):
        pasted_table("", "  ")


def test_member_list_of_the_sample_is_read_whole() -> None:
    found = read_people(resource("sample", "danh-sach-doan-vien.xlsx"))[0]
    assert len(found.rows) == 1050
    assert not any(row.problems for row in found.rows)
    assert found.rows[0].values["employee_code"] == "000321"
    assert found.rows[0].values["is_leader"] is True


def test_member_list_with_sections_and_total() -> None:
    rows: list[list[object]] = [
        ["DANH SÁCH ĐOÀN VIÊN"], [], ["TT", "Họ và tên", "Năm sinh", "Nam/Nữ", "SĐT"], ["Tổ Dập 1"],
        [1, "Lê Thị Bình", 1990, "Nữ", 900012345], [2, "Vũ Văn Cường", "12/05/1988", "Nam", "0900 012 346"], ["Cộng", "", 2],
    ]  # fmt: skip
    sheet = Sheet("DS", rows, 5)  # type: ignore[arg-type]
    found = people_in(Workbook("ds.xlsx", (sheet,)))[0].rows
    assert [row.values["name"] for row in found] == ["Lê Thị Bình", "Vũ Văn Cường"]
    assert found[0].values["group"] == "Tổ Dập 1"
    assert found[0].values["phone"] == "0900012345"


def test_rows_left_out_say_why() -> None:
    rows = [
        ["Danh sách sáng kiến quý 2"],
        *_rows(),
        ["Tổng cộng", "", "", "", "", "", 50],
        [],
        ["Người lập biểu"],
    ]
    kinds = {left.row: left.kind for left in _read(rows).sheets[0].left_out}
    assert kinds == {8: RowKind.TOTAL, 9: RowKind.BLANK, 10: RowKind.SIGNATURE}
    assert all(left.reason for left in _read(rows).sheets[0].left_out)


def test_doubtful_guesses_are_questions() -> None:
    rows = _rows()
    rows[0] = ["STT", "", "Nhóm việc", "Tên sáng kiến", "Hiệu quả", "Ngày áp dụng", "Làm lợi"]
    questions = _read(rows).sheets[0].questions
    assert [(guess.column, guess.field) for guess in questions] == [("B", "author")]
    assert questions[0].confidence < ASK_BELOW


def test_awards_are_forms_and_amounts() -> None:
    found = awards_of("Giấy khen CĐCS; Tiền thưởng 500.000đ")
    assert [(award.form, award.amount) for award in found] == [
        ("Giấy khen CĐCS", None),
        ("Tiền thưởng", 500_000),
    ]


def test_column_letters_have_an_inverse() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(index_of(letters(index)) == index for index in range(1000))
