"""The grid answers keys as Excel does and writes every cell by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from sangkien_desktop.storage.initiatives import Query

TELEX = ["c", "ca", "cả", "cải"]


def compose(widget: QWidget, stages: list[str], end: str = " ") -> None:
    """What Unikey sends while a syllable is typed."""
    for preedit in stages:
        QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(stages[-1] + end)
    QApplication.sendEvent(widget, commit)
    QApplication.sendEvent(widget, QInputMethodEvent("", []))


def editor_of(page) -> QWidget:
    viewport = page.grid.viewport()
    return viewport.findChild(QPlainTextEdit) or viewport.findChild(QLineEdit)


def stored(page, row: int):
    return page.services.initiatives.get(page.model.record(row).record.id)


def test_the_model_keeps_qts_promises(page) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.forget()
    page.model.show_ids(page.model.keys[:5])
    page.model.show_pending(2, "title", "Đang gõ")
    page.model.drop_pending(page.model.id_at(2), "title")
    assert tester.model() is page.model


def test_a_letter_replaces_what_stood_there(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "M")
    qtbot.keyClicks(editor_of(page), "ay gat lua co tay gap")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    settled(page)
    assert stored(page, 0).title == "May gat lua co tay gap"
    assert (page.grid.row, page.grid.key) == (1, "title")


def test_f2_goes_on_at_the_end(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    before = stored(page, 0).title
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(page), " 2")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    settled(page)
    assert stored(page, 0).title == f"{before} 2"


def test_escape_restores(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    before = stored(page, 0).title
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "x")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Escape)
    settled(page)
    assert stored(page, 0).title == before


def test_a_syllable_composed_onto_a_cell_is_whole(page, qtbot, settled) -> None:
    page.grid.go_to(0, "title")
    page.grid.setFocus()
    QApplication.sendEvent(page.grid, QInputMethodEvent("c", []))
    compose(editor_of(page), TELEX)
    compose(editor_of(page), ["t", "ti", "tiê", "tiế", "tiến"], "")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Tab)
    settled(page)
    assert stored(page, 0).title == "cải tiến"
    assert (page.grid.row, page.grid.key) == (0, "authors")


def test_after_typing_an_arrow_commits_and_moves(page, qtbot, settled) -> None:
    page.grid.go_to(1, "annual_benefit")
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "1")
    qtbot.keyClicks(editor_of(page), ",2 ty")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Down)
    settled(page)
    assert stored(page, 1).annual_benefit == 1_200_000_000
    assert page.grid.row == 2


def test_money_by_the_month_is_kept_marked_and_mended_by_one_key(page, qtbot, settled) -> None:
    page.grid.go_to(2, "annual_benefit")
    page.grid.setFocus()
    qtbot.keyClicks(page.grid, "8")
    qtbot.keyClicks(editor_of(page), "0tr/thang")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    settled(page)
    assert stored(page, 2).unread["annual_benefit"] == "80tr/thang"
    page.grid.go_to(2, "annual_benefit")
    page.acts.accept_proposal()
    settled(page)
    assert stored(page, 2).annual_benefit == 960_000_000


def test_undo_takes_one_cell_back_and_says_which(page, qtbot, settled, context) -> None:
    page.grid.go_to(0, "annual_benefit")
    before = stored(page, 0).annual_benefit
    page.model.edited.emit(0, "annual_benefit", "5tr")
    settled(page)
    page.editing.undo()
    settled(page)
    assert stored(page, 0).annual_benefit == before
    assert "sửa Làm lợi/năm" in context.messages.gravest.text
    page.editing.redo()
    settled(page)
    assert stored(page, 0).annual_benefit == 5_000_000


def test_a_cell_changed_elsewhere_is_not_overwritten(page, settled) -> None:
    row = page.model.record(0).record
    page.services.initiatives.set_values([row.id], {"title": "Tên do máy khác vừa sửa xong"})
    page.model.edited.emit(0, "title", "Tên đang gõ ở máy này")
    settled(page)
    assert stored(page, 0).title == "Tên do máy khác vừa sửa xong"
    assert page.form.stale_strip.isVisible()


def test_another_field_changed_elsewhere_stays(page, settled) -> None:
    row = page.model.record(0).record
    page.services.initiatives.set_values([row.id], {"note": "máy khác ghi"})
    page.model.edited.emit(0, "title", "Tên mới gõ ở máy này")
    settled(page)
    assert (stored(page, 0).title, stored(page, 0).note) == ("Tên mới gõ ở máy này", "máy khác ghi")


def test_ctrl_arrows_go_to_the_edges(page, qtbot) -> None:
    page.grid.go_to(3, "title")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.grid.row == page.model.rowCount() - 1
    qtbot.keyClick(page.grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert (page.grid.row, page.grid.key) == (0, "local_code")
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.grid.key == "badge"


def test_tab_passes_hidden_columns_and_goes_on_in_the_next_row(page, qtbot) -> None:
    page.grid.go_to(0, "annual_benefit")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)
    assert (page.grid.row, page.grid.key) == (1, "local_code")


@pytest.mark.parametrize("typed", ["Đặng Anh Hiển", "dang anh hien"])
def test_an_author_typed_by_name_is_the_known_worker(page, settled, typed) -> None:
    page.model.edited.emit(0, "authors", typed)
    settled(page)
    author = stored(page, 0).main_author
    assert author.name == "Đặng Anh Hiển"
    assert author.person


def test_search_without_accents_filters_as_one_types(page, qtbot, settled) -> None:
    page.tools.search.setText("xi nhan k4a")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=4000)
    page.tools.search.setText("khong co gi nhu the")
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._nothing, timeout=4000)
    page.tools.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 21, timeout=4000)


def test_delete_empties_a_rectangle_as_one_act(page, qtbot, settled) -> None:
    page.grid.select_rectangle(range(3), ["annual_benefit"])
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    settled(page)
    assert [stored(page, row).annual_benefit for row in range(3)] == [None] * 3
    page.editing.undo()
    settled(page)
    assert all(stored(page, row).annual_benefit for row in range(3))


def test_a_click_on_a_head_sorts_where_the_data_is(page, qtbot, settled) -> None:
    page.model.sort(page.model.places["annual_benefit"], Qt.SortOrder.DescendingOrder)
    settled(page)
    values = [page.model.record(row).record.annual_benefit or 0 for row in range(5)]
    assert values == sorted(values, reverse=True)
    assert page.loader.query == Query(sort="annual_benefit", descending=True)
