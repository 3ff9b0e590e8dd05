"""The import screen, from the file to the records and back."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from sangkien_desktop.paths import resource
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.importing.commands import CHOOSE, REVIEW, UNDERSTAND
from sangkien_desktop.ui.screens.importing.intake import State
from sangkien_desktop.ui.screens.importing.screen import ImportPage
from tests.ui.names import nameless

SAMPLES = (
    "ma-2-vntime.xls",
    "ep-nhua-2-nhieu-tac-gia.xlsx",
    "kho-van-thang-4.xlsx",
    "lap-rap-den-hau-3.xlsx",
)
Settled = Callable[[], None]


def sample(name: str) -> Path:
    return resource("sample", name)


def a_workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def drop(page: ImportPage, settled: Settled, *paths: Path) -> None:
    page.open_with(Intent(files=tuple(str(path) for path in paths)))
    settled()


def stored(services: Services) -> int:
    return len(services.initiatives.keys(Query()))


def to_review(page: ImportPage, settled: Settled) -> None:
    while page.step == UNDERSTAND:
        page.go_on()
    settled()


def test_a_dropped_file_is_understood_and_nothing_is_written(
    page: ImportPage, services: Services, settled: Settled
) -> None:
    drop(page, settled, sample("ma-2-vntime.xls"))
    assert page.step == UNDERSTAND
    assert page.intake.entries[0].state is State.READ
    looks = {look.letter: look.field for look in page.understanding.model.looks}
    assert looks["D"] == "title"
    assert "TCVN3" in page.understanding.facts.lettering.text()
    assert stored(services) == 0
    assert nameless(page) == []


def test_one_thousand_six_hundred_rows_go_in_as_one_act_and_out_by_one_undo(
    page: ImportPage, services: Services, settled: Settled
) -> None:
    drop(page, settled, sample("to-cong-doan-47-to.xlsx"))
    to_review(page, settled)
    assert page.review.sum_row.accessibleName().endswith("= 1633")
    assert nameless(page) == []
    page.go_on()
    settled()
    assert stored(services) == 1633
    assert page.step == CHOOSE
    told = page.context.messages.gravest
    assert told is not None
    assert [action.label for action in told.actions] == ["Hoàn tác", "Mở 1.633 sáng kiến mới"]
    told.actions[0].run()
    settled()
    assert stored(services) == 0


def test_a_whole_folder_goes_in_at_once(
    page: ImportPage, services: Services, settled: Settled, tmp_path: Path
) -> None:
    folder = tmp_path / "cac-to"
    folder.mkdir()
    for name in SAMPLES:
        (folder / name).write_bytes(sample(name).read_bytes())
    drop(page, settled, folder)
    assert [entry.state for entry in page.intake.entries] == [State.READ] * len(SAMPLES)
    to_review(page, settled)
    page.go_on()
    settled()
    assert stored(services) == 20 + 22 + 33 + 24


def test_the_same_file_again_changes_nothing_and_says_so(
    page: ImportPage, services: Services, settled: Settled
) -> None:
    for _ in range(2):
        drop(page, settled, sample("lap-rap-den-hau-3.xlsx"))
        to_review(page, settled)
        page.go_on()
        settled()
    assert page.step == REVIEW
    assert not page.next.isEnabled()
    assert page.next.text() == "Không có gì mới để ghi"
    page.go_back()
    assert "đã nhập ngày" in page.understanding.strip.sentence.text()
    assert stored(services) == 24


def test_a_column_told_by_hand_is_read_so_and_remembered_for_the_next_file(
    page: ImportPage, services: Services, settled: Settled, tmp_path: Path
) -> None:
    rows = [
        ["Mã NV", "Người làm", "Tên sáng kiến", "Cột lạ"],
        ["000321", "Trần Văn Cường", "Gá kẹp mới cho đèn", "Hết lỗi"],
    ]
    drop(page, settled, a_workbook(tmp_path / "to-a-thang-3.xlsx", *rows))
    page.understanding.view.field_chosen.emit("D", "effect_summary")
    settled()
    assert page.intake.entries[0].plans[0].reading.columns["D"] == "effect_summary"
    to_review(page, settled)
    page.go_on()
    settled()
    rows[1] = ["005745", "Cao Thị Ngọc Thảo", "Khay chống xước chóa đèn", "Bớt xước"]
    drop(page, settled, a_workbook(tmp_path / "to-a-thang-4.xlsx", *rows))
    reading = page.intake.entries[0].plans[0].reading
    assert reading.columns["D"] == "effect_summary"
    assert reading.remembered


def test_a_monthly_amount_is_asked_once_and_multiplied(
    page: ImportPage, settled: Settled, tmp_path: Path
) -> None:
    path = a_workbook(
        tmp_path / "a.xlsx",
        ["Họ và tên", "Tên sáng kiến", "Tổ", "Tiền làm lợi"],
        ["Trần Văn Cường", "Gá kẹp mới cho đèn", "Mạ 2", "2000000"],
    )
    drop(page, settled, path)
    assert "01 năm" in page.understanding.strip.sentence.text()
    button = page.findChild(QPushButton, "answer-1")
    assert isinstance(button, QPushButton)
    button.click()
    settled()
    assert page.intake.entries[0].plans[0].rows[0].candidate.annual_benefit == 24_000_000
    assert page.intake.entries[0].questions() == []


def test_an_error_is_mended_by_keyboard_and_the_sum_stays_true(
    page: ImportPage, settled: Settled, qtbot
) -> None:  # type: ignore[no-untyped-def]
    drop(page, settled, sample("ma-2-vntime.xls"))
    to_review(page, settled)
    review = page.review
    assert review.table.currentIndex().siblingAtColumn(2).data() == "H13"
    page.context.actions.set_page_commands(page, page.commands())
    page.context.actions.run("import.mend")
    review.pane.editor.clear()
    qtbot.keyClicks(review.pane.editor, "8tr")
    review.table.setFocus()
    settled()
    row = next(row for row in review.plans[0].rows if row.reading.row == 13)
    assert row.candidate.annual_benefit == 8_000_000
    assert review.filters[1].text() == "Lỗi 1"
    assert review.sum_row.accessibleName().endswith("= 20")


def test_rows_with_errors_are_refused_when_the_officer_wants_it(
    page: ImportPage, services: Services, settled: Settled
) -> None:
    drop(page, settled, sample("ma-2-vntime.xls"))
    to_review(page, settled)
    page.review.sum_row.strict.click()
    settled()
    assert "2 không nhận = 20" in page.review.sum_row.accessibleName()
    page.go_on()
    settled()
    assert stored(services) == 18


def test_a_doubtful_author_is_asked_once_with_the_nearest_person(
    page: ImportPage, services: Services, settled: Settled, tmp_path: Path
) -> None:
    head = ["Họ và tên", "Tên sáng kiến", "Tổ công đoàn"]
    path = a_workbook(
        tmp_path / "to-x.xlsx", head, ["Trần Văn Cướng", "Gá kẹp mới cho đèn", "Tổ CĐ Ép nhựa 1"]
    )
    drop(page, settled, path)
    to_review(page, settled)
    finding = page.review.table.currentIndex().siblingAtColumn(6).data()
    assert finding == "Trần Văn Cường (000321)"
    page.review.accept_current()
    settled()
    page.go_on()
    settled()
    again = a_workbook(
        tmp_path / "to-x-2.xlsx", head, ["Trần Văn Cướng", "Khay chống xước chóa", "Tổ CĐ Ép nhựa 1"]
    )
    drop(page, settled, again)
    author = page.intake.entries[0].plans[0].rows[0].candidate.authors[0]
    known = services.people.with_code("000321")
    assert known is not None
    assert author.person == known.id


def test_the_marked_file_corrected_touches_only_the_corrected_row(
    page: ImportPage, services: Services, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(page, settled, sample("lap-rap-den-hau-3.xlsx"))
    to_review(page, settled)
    target = tmp_path / "xem-lai.xlsx"
    monkeypatch.setattr(page.context.dialogs, "save_file", lambda *_args, **_kinds: target)
    page.save_annotated()
    settled()
    page.go_on()
    settled()
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    assert sheet["G29"].comment is not None
    sheet["G29"].value = "30/03/2023"
    book.save(target)
    drop(page, settled, target)
    counts = page.intake.entries[0].plans[0].counts
    assert (counts["updated"], counts["unchanged"]) == (1, 23)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not a workbook", "hỏng"),
        (b"", "rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
    ],
)
def test_a_bad_file_says_what_to_do_and_can_be_dropped(
    page: ImportPage, services: Services, settled: Settled, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(content)
    drop(page, settled, path)
    assert page.intake.entries[0].state is State.FAILED
    assert sentence in page.understanding.refusal.sentence.text()
    assert page.understanding.refusal.hint.text()
    assert not page.next.isEnabled()
    page.understanding.refusal.drop.click()
    assert page.step == CHOOSE
    assert stored(services) == 0


def test_a_sheet_without_a_known_heading_is_shown_and_its_columns_are_told(
    page: ImportPage, settled: Settled, tmp_path: Path
) -> None:
    path = a_workbook(
        tmp_path / "la.xlsx",
        ["Aaa", "Bbb", "Ccc"],
        ["Gá kẹp mới cho đèn pha", "Trần Văn Cường", "xyz"],
        ["Khay chống xước chóa đèn", "Cao Thị Ngọc Thảo", "xyz"],
    )
    drop(page, settled, path)
    assert page.intake.entries[0].state is State.FAILED
    assert page.understanding.model.rowCount() == 3
    page.understanding.facts.heading.chosen.emit(1)
    settled()
    page.understanding.view.field_chosen.emit("A", "title")
    settled()
    page.understanding.view.field_chosen.emit("B", "author")
    settled()
    rows = page.intake.entries[0].plans[0].rows
    assert [row.candidate.title for row in rows] == ["Gá kẹp mới cho đèn pha", "Khay chống xước chóa đèn"]


def test_a_pasted_table_is_understood(page: ImportPage, services: Services, settled: Settled) -> None:
    data = QMimeData()
    data.setText("Họ và tên\tTên sáng kiến\tTổ\nTrần Văn Cường\tGá kẹp mới cho đèn\tMạ 2\n")
    QGuiApplication.clipboard().setMimeData(data)
    page.beginnings.paste()
    settled()
    to_review(page, settled)
    page.go_on()
    settled()
    assert stored(services) == 1


def test_nothing_to_paste_is_told(page: ImportPage) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    page.beginnings.paste()
    told = page.context.messages.gravest
    assert told is not None
    assert told.gravity is Gravity.WARNING
    assert page.step == CHOOSE


def test_the_blank_workbook_comes_back_with_nothing_to_map(
    page: ImportPage, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mau.xlsx"
    monkeypatch.setattr(page.context.dialogs, "save_file", lambda *_args, **_kinds: path)
    page.beginnings.save_template()
    settled()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[4]}
    for heading, text in (
        ("Tên sáng kiến", "Gá kẹp mới cho đèn pha"),
        ("Họ và tên tác giả", "Trần Văn Cường"),
    ):
        sheet.cell(5, heads[heading]).value = text
    book.save(path)
    drop(page, settled, path)
    assert page.intake.entries[0].questions() == []
    assert page.intake.entries[0].plans[0].rows[0].candidate.title == "Gá kẹp mới cho đèn pha"


def test_the_field_of_a_column_is_chosen_by_keyboard(page: ImportPage, settled: Settled, qtbot) -> None:  # type: ignore[no-untyped-def]
    drop(page, settled, sample("kho-van-thang-4.xlsx"))
    view = page.understanding.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert view._popup.isVisible()
    qtbot.keyClicks(view._popup.field, "ghi chu")
    qtbot.keyClick(view._popup.field, Qt.Key.Key_Return)
    settled()
    assert "note" in page.intake.entries[0].plans[0].reading.columns.values()
