"""Fields: commit on leaving, never in the middle of a syllable; lists filtered without accents."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from sangkien_desktop.ui.widgets.combo import Choice, ComboBox, ListPopup
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField, SearchField
from sangkien_desktop.ui.widgets.form_field import FormField

GROUPS = ("An toàn – Môi trường", "Bảo dưỡng cơ", "Bảo dưỡng điện", "Ép nhựa 3", "Lắp ráp xi nhan 1")


def compose(widget: QWidget, stages: list[str], end: str = " ") -> None:
    for preedit in stages:
        QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(stages[-1] + end)
    QApplication.sendEvent(widget, commit)


def test_leaving_commits_once(look, shown) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    field, other = LineField("cũ"), LineField()
    row.addWidget(field)
    row.addWidget(other)
    shown(page)
    told: list[str] = []
    field.committed.connect(told.append)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "moi")
    assert told == []
    other.setFocus()
    field.setFocus()
    other.setFocus()
    assert told == ["moi"]


def test_stored_value_is_no_edit(look, shown) -> None:
    field = shown(LineField())
    told: list[str] = []
    field.committed.connect(told.append)
    field.show_value("Đã lưu")
    field.editingFinished.emit()
    assert told == []


def test_search_waits_for_the_whole_syllable(qtbot, look, shown) -> None:
    field = shown(SearchField("Lọc"))
    told: list[str] = []
    field.searched.connect(told.append)
    for preedit in ("l", "la", "lắ"):
        QApplication.sendEvent(field, QInputMethodEvent(preedit, []))
    qtbot.wait(120)
    assert told == []
    compose(field, ["lắp"])
    qtbot.waitUntil(lambda: told == ["lắp "])


def test_escape_empties_the_filter_at_once(look, shown) -> None:
    field = shown(SearchField("Lọc"))
    told: list[str] = []
    field.searched.connect(told.append)
    field.search_now("lắp")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["lắp", ""]


def test_text_grows_from_two_lines_to_six(look, shown) -> None:
    page = QWidget()
    field = GrowingText()
    QHBoxLayout(page).addWidget(field)
    shown(page, 400, 400)
    two = field.height()
    field.setPlainText("một\nhai\nba\nbốn")
    four = field.height()
    field.setPlainText("\n".join("123456789"))
    assert two < four < field.height()
    assert field.height() == two + 4 * field.fontMetrics().lineSpacing()
    assert field.verticalScrollBar().isVisible()


def test_tab_leaves_a_long_text(look) -> None:
    assert GrowingText().tabChangesFocus()


def test_list_is_filtered_without_accents(qtbot, look, shown) -> None:
    many = [*GROUPS, *(f"Tổ {number}" for number in range(10))]
    combo = shown(ComboBox([Choice(text, text) for text in many], name="groups"))
    chosen: list[object] = []
    combo.chosen.connect(chosen.append)
    combo.showPopup()
    popup = combo.findChild(ListPopup)
    QTest.keyClicks(popup.field, "bao dien")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert chosen == ["Bảo dưỡng điện"]
    assert combo.value == "Bảo dưỡng điện"


def test_choosing_in_code_is_no_choice_of_a_person(look, shown) -> None:
    combo = shown(ComboBox([Choice("Một", 1), Choice("Hai", 2)]))
    chosen: list[object] = []
    combo.chosen.connect(chosen.append)
    combo.choose(2)
    combo.set_choices([Choice("Hai", 2), Choice("Ba", 3)])
    assert (combo.value, chosen) == (2, [])


def test_problem_stands_in_place_of_the_hint(look, shown) -> None:
    field = shown(FormField("Giá trị làm lợi", LineField("80tr/tháng"), required=True, hint="Số của 01 năm"))
    field.show_problem("Đang ghi theo tháng; Cổng cần số của 01 năm.")
    assert field.problem.isVisible()
    assert not field.hint.isVisible()
    assert field.editor.property("problem") == "error"
    assert field.editor.accessibleDescription() == "Đang ghi theo tháng; Cổng cần số của 01 năm."
    field.show_problem("")
    assert field.hint.isVisible()
    assert field.editor.property("problem") == ""


def test_proposal_is_one_button(qtbot, look, shown) -> None:
    field = shown(FormField("Giá trị làm lợi", LineField("80tr/tháng"), name="benefit"))
    field.show_proposal("Đổi thành 960.000.000")
    with qtbot.waitSignal(field.proposal_accepted):
        field.proposal.click()
