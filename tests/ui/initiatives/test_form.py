"""The form writes each field by itself, in the order of the paper, and shows what leaves and what stays."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.ui.screens.initiatives.form_editors import number_and_day
from tests.ui.initiatives.test_grid import TELEX, compose, stored


def go(page, name):
    page.form.go_to(name)
    return page.form.widget_of(name)


def test_a_field_is_written_when_it_is_left(page, qtbot, settled) -> None:
    field = go(page, "effect_summary")
    field.selectAll()
    compose(field, TELEX)
    page.form.go_to("title")
    settled(page)
    assert stored(page, 0).effect_summary == "cải"
    assert page.form.foot.saved.text() == "Đã tự lưu 21:42:00"


def test_number_and_day_of_a_decision_are_one_act(page, qtbot, settled) -> None:
    field = go(page, "recognition_decision")
    field.setText("77/QĐ-HĐSK ngày 01/05/2026")
    field.setModified(True)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settled(page)
    record = stored(page, 0)
    assert (record.recognition_decision, record.recognised_on.display()) == ("77/QĐ-HĐSK", "01/05/2026")
    page.editing.undo()
    settled(page)
    assert stored(page, 0).recognition_decision == "53/QĐ-HĐSK"


def test_a_second_author_splits_evenly_and_is_then_adjusted(page, settled) -> None:
    table = page.form.authors.table
    table.add_row()
    table.model().edited.emit(1, "name", "Nguyễn Thị Ngọc Thùy")
    settled(page)
    assert [one.share for one in stored(page, 0).authors] == [Decimal(50), Decimal(50)]
    table.model().edited.emit(0, "share", "70")
    settled(page)
    assert [one.share for one in stored(page, 0).authors] == [Decimal(70), Decimal(30)]


def test_a_worker_is_found_by_the_name_without_accents(page, qtbot, settled) -> None:
    table = page.form.authors.table
    table.add_row()
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "ngoc thuy")
    qtbot.waitUntil(
        lambda: any(w.objectName() == "people-lookup" and w.isVisible() for w in QApplication.allWidgets())
    )
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(stored(page, 0).authors) == 2)
    assert [one.name for one in stored(page, 0).authors][1] == "Nguyễn Thị Ngọc Thùy"
    assert stored(page, 0).authors[1].person


def test_a_secret_initiative_says_what_stays(page, settled) -> None:
    page.form.valued.emit("is_secret", True)
    settled(page)
    assert stored(page, 0).is_secret
    assert page.form.secret_strip.isVisible()
    assert "chỉ giữ ở máy này" in page.form.editor("solution").field.hint.text()
    assert "chỉ giữ" not in page.form.editor("effect_summary").field.hint.text()


def test_money_is_read_back_while_it_is_typed(page, qtbot) -> None:
    field = go(page, "annual_benefit")
    field.selectAll()
    qtbot.keyClicks(field, "80tr")
    assert "Tám mươi triệu đồng" in page.form.editor("annual_benefit").field.hint.text()
    assert field.text() == "80tr"


def test_a_complete_record_is_marked_ready_by_alt_d(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    assert page.form.foot.ready.isEnabled()
    page.acts.mark_ready()
    settled(page)
    assert stored(page, 0).lifecycle is Lifecycle.READY


def test_an_incomplete_record_says_how_many_places_are_missing(page) -> None:
    row = next(row for row in range(21) if page.model.record(row).record.unread)
    page.grid.go_to(row, "title")
    assert not page.form.foot.ready.isEnabled()
    assert page.form.head.chip.text() == "Chờ bổ sung – 1 chỗ"
    page.form.head.chip.clicked.emit()
    assert page.form.current_name() == "annual_benefit"


def test_a_new_record_carries_over_and_stands_on_top(page, settled) -> None:
    page.grid.go_to(3, "title")
    like = page.current.record
    page.acts.add()
    settled(page)
    new = page.current.record
    assert page.grid.row == 0
    assert (new.group, new.category, new.title) == (like.group, like.category, "")


def test_a_new_record_without_a_word_goes_away_again(page, settled) -> None:
    page.acts.add()
    settled(page)
    assert page.model.rowCount() == 22
    page.grid.go_to(3, "title")
    settled(page)
    assert page.model.rowCount() == 21


def test_f8_goes_to_the_next_place_with_a_problem(page, settled) -> None:
    page.grid.go_to(0, "title")
    page.grid.setFocus()
    page.acts.going.go_to_problem(1)
    settled(page)
    assert page.current.problems


def test_number_and_day_are_told_apart() -> None:
    assert number_and_day("53/QĐ-HĐSK · 06/05/2026") == ("53/QĐ-HĐSK", "06/05/2026")
    assert number_and_day("12/2026/QĐ") == ("12/2026/QĐ", "")
    assert number_and_day("") == ("", "")


def test_enter_in_the_last_field_begins_the_next_record(page, qtbot, settled) -> None:
    field = go(page, "recognition_decision")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(page)
    assert page.model.rowCount() == 22
    assert page.form.current_name() == "title"


def test_in_a_narrow_window_the_form_takes_the_place_of_the_grid(page) -> None:
    page.set_narrow(True)
    assert page.grid.isVisible() and not page.form.isVisible()
    page.swap_panes()
    assert page.form.isVisible() and not page.grid.isVisible()


def test_history_names_who_and_what(page, settled) -> None:
    page.model.edited.emit(0, "title", "Tên đã được sửa cho rõ hơn")
    settled(page)
    page.acts.show_history()
    settled(page)
    assert page.side.currentWidget() is page.history
    page.history.leave()
    assert page.side.currentWidget() is page.form


def test_the_same_text_again_is_pointed_out(page, qtbot, settled) -> None:
    original = page.model.record(4).record
    page.acts.add()
    settled(page)
    for name, text in (
        ("title", original.title),
        ("situation_before", original.situation_before),
        ("solution", original.solution),
        ("authors", original.main_author.name),
    ):
        page.form.typed.emit(name, text)
    settled(page)
    qtbot.waitUntil(lambda: original.local_code in page.form.alike_strip.sentence.text(), timeout=8000)
