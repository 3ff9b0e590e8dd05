"""The command list is the manual: found without accents, with keys and reasons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sangkien_desktop.ui.actions import ActionRegistry, Command, is_allowed_key
from sangkien_desktop.ui.widgets.command_list import CommandList, matched_places
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.shortcut_sheet import ShortcutSheet


def test_letters_match_without_accents_at_word_starts() -> None:
    assert matched_places("Gửi Cổng ngay", ("gui", "c")) == {0, 1, 2, 4}
    assert matched_places("Đồng bộ", ("dong",)) == {0, 1, 2, 3}
    assert matched_places("Gửi Cổng", ("ong",)) is None


@pytest.mark.parametrize("key", ["Ctrl+Shift", "Ctrl+Shift+D", "Ctrl+Shift+F5", "Alt+Z", "Alt+Shift", "A"])
def test_keys_of_input_methods_are_not_bound(key: str) -> None:
    assert not is_allowed_key(key)


@pytest.mark.parametrize("key", ["Ctrl+K", "F9", "Shift+F6", "Alt+V", "Ctrl+;", "Ctrl+Enter"])
def test_usual_keys_may_be_bound(key: str) -> None:
    assert is_allowed_key(key)


@pytest.fixture
def desk(look, shown):
    window = QWidget()
    column = QVBoxLayout(window)
    field = LineField(name="before")
    column.addWidget(field)
    column.addWidget(QLabel("trang"))
    ran: list[str] = []
    actions = ActionRegistry()
    actions.set_frame_commands(
        window,
        [
            Command("send", "Gửi Cổng ngay", lambda: ran.append("send"), "F9", "send"),
            Command("usb", "Ghi gói USB để gửi Cổng", lambda: ran.append("usb"), "", "usb"),
            Command(
                "undo",
                "Hoàn tác",
                lambda: ran.append("undo"),
                disabled_reason=lambda: "chưa có gì để hoàn tác",
            ),
        ],
    )
    commands = CommandList(window, actions)
    shown(window, 900, 600)
    field.setFocus()
    return window, commands, ran, field


def test_enter_runs_and_focus_returns(desk) -> None:
    _, commands, ran, field = desk
    commands.open()
    QTest.keyClicks(commands.field, "goi usb")
    QTest.keyClick(commands.field, Qt.Key.Key_Return)
    assert ran == ["usb"]
    assert not commands.isVisible()
    assert field.hasFocus()


def test_what_was_used_last_comes_first(desk) -> None:
    _, commands, _, _ = desk
    commands.open("usb")
    commands.run_current()
    commands.open()
    assert commands.rows.current.command.id == "usb"


def test_command_that_cannot_run_stays_and_says_why(desk) -> None:
    _, commands, ran, _ = desk
    commands.open("hoan tac")
    assert commands.rows.current.command.disabled_reason() == "chưa có gì để hoàn tác"
    commands.run_current()
    assert (ran, commands.isVisible()) == ([], True)


def test_found_records_stand_below_the_commands(desk) -> None:
    _, commands, ran, _ = desk
    found = Command("r", "Tủ gửi đồ cá nhân", lambda: ran.append("r"), group="Sáng kiến")
    commands.set_finder(lambda text: [found])
    commands.open("gui")
    commands.rows.move_by(5)
    assert commands.rows.current.command is found
    commands.open("#1217")
    assert commands.rows.current.command is found


def test_nothing_found_keeps_the_list_open(desk) -> None:
    _, commands, _, _ = desk
    commands.open("xyz")
    assert commands.rows.current is None
    commands.grab()
    QTest.keyClick(commands.field, Qt.Key.Key_Escape)
    assert not commands.isVisible()


def test_sheet_names_every_key(desk, qtbot) -> None:
    window, commands, _, _ = desk
    sheet = ShortcutSheet(window, commands._actions)
    qtbot.addWidget(sheet)
    sheet.open()
    said = {one.text() for one in sheet.findChildren(QLabel)}
    assert {"Gửi Cổng ngay", "F9", "F2"} <= said
