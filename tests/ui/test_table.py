"""The table under the hand: Excel's keys, three-click order, Vietnamese typed straight onto a cell."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sangkien_desktop.ui.models.paged_model import Column, Mark, PagedModel
from sangkien_desktop.ui.widgets.fields import GrowingText
from sangkien_desktop.ui.widgets.table import Table, TableFoot

LONG = "Thay chổi làm sạch tĩnh điện bằng súng khí ion trước buồng mạ nhôm cho thân đèn xi nhan K4A"


def a_table(shown, *, grid: bool = True) -> Table:
    columns = [
        Column("code", "Mã", lambda row: f"HH26-{row}", 100, tone="text2"),
        Column("title", "Tên", lambda row: LONG if row == 5 else f"Tên {row}", 0, is_editable=True),
        Column("author", "Tác giả", lambda row: "Quách Thị Hồng Quỳnh", 132, kind="name"),
        Column(
            "benefit",
            "Làm lợi/năm",
            lambda row: "59.000.000",
            100,
            kind="number",
            is_editable=True,
            mark=lambda row: Mark("error", "Ghi theo tháng") if row == 2 else None,
        ),
        Column(
            "state",
            "Tình trạng",
            lambda row: "",
            124,
            kind="badge",
            badge=lambda row: ("check", "Hợp lệ", "ok"),
        ),
        Column("tick", "", lambda row: "1", 36, kind="check"),
        Column("bar", "Đạt", lambda row: "0.667", 116, kind="bar"),
    ]
    model = PagedModel(columns, list)
    table = shown(Table(model, grid=grid, name="grid"), 900, 400)
    model.setParent(table)
    model.show_ids(range(200))
    table.setFocus()
    return table


def test_columns_fill_the_width(shown) -> None:
    table = a_table(shown)
    assert sum(table.columnWidth(at) for at in range(7)) == table.viewport().width()


def test_enter_goes_down_and_typing_replaces(shown, qtbot) -> None:
    table = a_table(shown)
    told: list[tuple[int, str, str]] = []
    table.model().edited.connect(lambda *edit: told.append(edit))
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.currentIndex().row() == 1
    QTest.keyClicks(table, "M")
    editor = table.viewport().findChild(QLineEdit)
    QTest.keyClicks(editor, "ay")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told == [(1, "title", "May")]
    assert table.currentIndex().row() == 2


def test_escape_restores(shown) -> None:
    table = a_table(shown)
    told: list[object] = []
    table.model().edited.connect(lambda *edit: told.append(edit))
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor.text() == "Tên 0"
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert told == []


def test_long_text_is_edited_in_a_growing_field(shown) -> None:
    table = a_table(shown)
    table.setCurrentIndex(table.model().index(5, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert table.viewport().findChild(GrowingText).toPlainText() == LONG


def test_syllable_composed_onto_a_cell_arrives_whole(shown) -> None:
    table = a_table(shown)
    told: list[tuple[int, str, str]] = []
    table.model().edited.connect(lambda *edit: told.append(edit))
    table.setCurrentIndex(table.model().index(0, 1))
    QApplication.sendEvent(table, QInputMethodEvent("c", []))
    editor = table.viewport().findChild(QLineEdit)
    for preedit in ("ca", "cả", "cải"):
        QApplication.sendEvent(editor, QInputMethodEvent(preedit, []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("cải ")
    QApplication.sendEvent(editor, commit)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told == [(0, "title", "cải ")]


def test_three_clicks_order_up_down_and_back(shown) -> None:
    table = a_table(shown)
    told: list[tuple[str, Qt.SortOrder]] = []
    table.model().sort_wanted.connect(lambda *order: told.append(order))
    head = table.horizontalHeader()
    for _ in range(3):
        head.sectionClicked.emit(0)
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    assert [key for key, _ in told] == ["code", "code", ""]
    assert [order for _, order in told[:2]] == [up, down]


def test_enter_opens_the_row_of_a_list(shown, qtbot) -> None:
    table = a_table(shown, grid=False)
    table.select_row(3)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [3]
    assert table.selected_rows() == [3]


def test_mark_is_painted_over_the_focus_frame(shown, look) -> None:
    table = a_table(shown)
    table.setCurrentIndex(table.model().index(2, 3))
    image = table.viewport().grab().toImage()
    area = table.visualRect(table.currentIndex())
    assert image.pixelColor(area.left() + 1, area.top() + 1) == look.colour("bad")
    assert image.pixelColor(area.right() - 1, area.top() + 1) == look.colour("focus")


def test_foot_keeps_numbers_bold(look, shown) -> None:
    foot = shown(TableFoot(), 600, 28)
    foot.say("<b>1.701</b> sáng kiến", "1.633 đã lên Cổng", right="Tổng <b>41,27 tỷ đồng</b>")
    assert "font-weight:600" in foot._left.text()
