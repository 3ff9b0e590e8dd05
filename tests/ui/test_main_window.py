"""The frame: lazy pages, breakpoints, keys, panes and what each screen misses while hidden."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.main_window import MainWindow
from sangkien_desktop.ui.navigation import Intent, Screen
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice
from sangkien_desktop.ui.widgets.panels import ToolRow
from sangkien_desktop.ui.widgets.status_strip import StatusItem
from sangkien_desktop.ui.widgets.table import TableFoot
from tests.ui.names import nameless


class SamplePage(Page):
    """Remembers what the frame told it."""

    def __init__(self, context) -> None:
        super().__init__(context)
        self.seen: list[object] = []
        self.ran: list[str] = []
        self.field = QLineEdit(objectName="sample-field")
        self.list = QPushButton("Danh sách")
        body = QWidget()
        column = QVBoxLayout(body)
        column.addWidget(self.list)
        column.addWidget(self.field)
        row = ToolRow()
        row.add(QLabel("công cụ"))
        self.row, self.foot = row, TableFoot()
        self.set_parts(body, tool_row=row, foot=self.foot)

    def open_with(self, intent: Intent) -> None:
        self.seen.append(intent)

    def refresh(self, changes: Changes) -> None:
        self.seen.append(changes)

    def panes(self):
        return (self.list, self.field)

    def set_narrow(self, is_narrow: bool) -> None:
        self.seen.append("narrow" if is_narrow else "roomy")

    def commands(self):
        return (Command("sample.send", "Gửi Cổng ngay", lambda: self.ran.append("send"), "F9"),)


def groups():
    names = [["overview"], ["initiatives", "importing"], ["preferences"]]
    return [[Screen(key, key.title(), "bulb", SamplePage) for key in group] for group in names]


@pytest.fixture
def window(context, qtbot):
    made = MainWindow(context, groups())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open("overview")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_page_is_made_when_it_is_first_opened(window) -> None:
    assert window.findChildren(SamplePage) == [window.page]
    window.open("initiatives", Intent(query="lắp"))
    assert len(window.findChildren(SamplePage)) == 2
    assert window.page.seen[-1] == Intent(query="lắp")
    assert window.header.title.text() == "Initiatives"


def test_screens_open_one_another_by_key(window, context) -> None:
    context.navigate("importing", Intent(files=("a.xlsx",)))
    assert window.current_key == "importing"


@pytest.mark.parametrize(("key", "screen"), [(Qt.Key.Key_2, "initiatives"), (Qt.Key.Key_4, "preferences")])
def test_alt_digit_opens_a_screen(window, key, screen) -> None:
    QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == screen


def test_alt_digit_beyond_the_screens_does_nothing(window) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == "overview"


def test_holding_alt_shows_the_digits(window) -> None:
    delegate = window.side_bar.list.itemDelegate()
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Alt)
    assert delegate.digits_shown
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Alt)
    assert not delegate.digits_shown


def test_side_bar_becomes_a_rail_below_1200(window, qtbot) -> None:
    assert window.side_bar.width() == 180
    window.resize(1199, 600)
    qtbot.waitUntil(lambda: window.side_bar.width() == 48)
    assert window.page.seen[-1] == "narrow"
    window.resize(1200, 600)
    qtbot.waitUntil(lambda: window.side_bar.width() == 180)


def test_low_window_lends_tool_row_and_foot(window, qtbot) -> None:
    page = window.page
    window.resize(900, 450)
    qtbot.waitUntil(lambda: window.header.isAncestorOf(page.row))
    assert window.status.isAncestorOf(page.foot)
    window.open("initiatives")
    assert page.isAncestorOf(page.row)
    assert window.header.isAncestorOf(window.page.row)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.page.isAncestorOf(window.page.row))
    assert window.page.isAncestorOf(window.page.foot)


def test_smallest_window_is_small_enough_for_a_laptop(window) -> None:
    assert window.minimumSize().toTuple() == (880, 430)
    assert window.minimumSizeHint().width() <= 880


def test_hidden_page_catches_up_when_shown(window, context) -> None:
    first = window.page
    window.open("initiatives")
    context.changes.publish(Changes(quotas=True))
    context.changes.publish(Changes(sync=True))
    assert Changes(sync=True) in window.page.seen
    assert not any(isinstance(one, Changes) for one in first.seen)
    window.open("overview")
    assert Changes(quotas=True, sync=True) in first.seen


def test_key_of_a_page_holds_only_while_it_is_open(window) -> None:
    page = window.page
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_F9)
    assert page.ran == ["send"]
    window.open("initiatives")
    QTest.keyClick(window.page.field, Qt.Key.Key_F9)
    assert (page.ran, window.page.ran) == (["send"], ["send"])


def test_f6_goes_round_the_panes(window) -> None:
    page = window.page
    page.list.setFocus()
    window.go_to_next_pane()
    assert page.field.hasFocus()
    window.go_to_next_pane()
    assert window.side_bar.list.hasFocus()
    window.go_to_next_pane(-1)
    assert page.field.hasFocus()


def test_badge_counts_and_is_spoken(window) -> None:
    window.side_bar.set_badge("initiatives", 47)
    index = next(
        window.side_bar.list.model().index(row, 0)
        for row in range(window.side_bar.list.model().rowCount())
        if window.side_bar.list.model().index(row, 0).data() == "Initiatives"
    )
    assert "47 việc cần người xem" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_status_items_run_their_command(window, qtbot, context) -> None:
    window.status.set_items([StatusItem("clock", "27 chờ gửi", "wait", "open.importing")], [])
    place = next(one for one in window.status.children() if getattr(one, "text", str)() == "27 chờ gửi")
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    assert window.current_key == "importing"


def test_every_control_of_the_frame_has_a_name(window, context) -> None:
    window.header.set_programmes([Choice("Đợt cao điểm", 1)], 1)
    context.messages.warn("38 người chưa ghi nhận đồng ý.")
    window.page.field.setAccessibleName("mẫu")
    assert nameless(window) == []


def test_done_leaves_after_the_next_act(window, context, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("sangkien_desktop.ui.messages.UNDO_OFFER_MS", 5)
    context.changes.publish(Changes(quotas=True))
    context.messages.done("Đã ghi 20 dòng.")
    assert window.strip.isVisible()
    context.changes.publish(Changes(quotas=True))
    qtbot.waitUntil(lambda: not window.strip.isVisible())


def test_optional_tools_leave_a_narrow_row(look, shown) -> None:
    row = ToolRow()
    must, may, last = (Button(text, name=text) for text in ("Thêm sáng kiến", "Xuất tệp", "Chọn cột"))
    row.add_gap()
    row.add(must)
    row.add_optional(may, last)
    shown(row, 600, 45)
    assert (may.isVisible(), last.isVisible()) == (True, True)
    row.resize(must.width() + may.width() + 60, 45)
    assert (may.isVisible(), last.isVisible()) == (True, False)
    row.resize(must.width() + 40, 45)
    assert (must.isVisible(), may.isVisible()) == (True, False)


def test_geometry_is_remembered(context, qtbot, tmp_path) -> None:
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = MainWindow(context, groups(), memory)
    qtbot.addWidget(first)
    first.resize(880, 555)
    first.show()
    first.close()
    second = MainWindow(context, groups(), memory)
    qtbot.addWidget(second)
    assert second.size().toTuple() == (880, 555)


def test_closing_asks_every_page(window, monkeypatch) -> None:
    monkeypatch.setattr(window.page, "may_close", lambda: False)
    assert not window.close()
    monkeypatch.setattr(window.page, "may_close", lambda: True)
    assert window.close()
