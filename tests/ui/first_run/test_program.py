"""Locked means closed: no database, no key, no window with data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sangkien_desktop.app.program import Program
from sangkien_desktop.app.second_instance import OneWindow
from sangkien_desktop.clock import SystemClock
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services.backups import Secret, move_in
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.lock.screen import LockFacts, LockScreen, wait_s
from tests.support.records import an_initiative
from tests.support.stations import PASSPHRASE, an_open_station
from tests.ui.names import nameless


@pytest.fixture
def home(tmp_path: Path) -> Home:
    with an_open_station(tmp_path, SystemClock()) as station:
        station.initiatives.save(an_initiative(), opened_on=0)
        return station.desk.home


@pytest.fixture
def program(home: Home, qapp: QApplication, look: theme.Theme) -> Iterator[Program]:
    made = Program(home, qapp)
    qapp.setQuitOnLastWindowClosed(False)
    yield made
    made.end()
    for widget in qapp.topLevelWidgets():
        widget.close()


def unlock(program: Program, qtbot: QtBot, passphrase: str = PASSPHRASE) -> None:
    lock = program._lock
    assert lock is not None
    lock.passphrase.setText(passphrase)
    lock.on_unlock()
    qtbot.waitUntil(
        lambda: program._shown is not None or not lock.passphrase_field.problem.isHidden(), timeout=20_000
    )


def is_open(program: Program) -> bool:
    return program._shown is not None and program._station is not None


def test_a_station_is_opened_by_its_passphrase_and_locked_by_closing_it(
    program: Program, home: Home, qtbot: QtBot
) -> None:
    program.begin()
    unlock(program, qtbot)
    shown = program._shown
    assert shown is not None
    assert program._station is not None
    assert program._station.desk.actor() == "Vũ Thị Mẫu"
    database = program._station.desk.database
    qtbot.waitUntil(lambda: not shown.context.jobs.is_busy, timeout=20_000)
    program.lock()
    assert database._is_closed
    assert set(database._key) <= {0}
    assert not is_open(program)
    unlock(program, qtbot)
    assert is_open(program)


def test_a_wrong_passphrase_is_told_and_opens_nothing(program: Program, qtbot: QtBot) -> None:
    program.begin()
    unlock(program, qtbot, "khong phai mat khau")
    assert program._shown is None
    assert program._lock is not None
    assert "Mật khẩu không đúng." in program._lock.passphrase_field.problem.text()


def test_a_backup_becomes_the_station_of_another_pc(tmp_path: Path) -> None:
    with an_open_station(tmp_path, SystemClock()) as station:
        station.initiatives.save(an_initiative(), opened_on=0)
        made = station.backups.make(SILENT)
    other = Home(tmp_path / "other")
    restored = move_in(other, made.path, Secret(passphrase=PASSPHRASE), clock=SystemClock(), actor="")
    assert restored.facts.initiatives == 1
    assert other.keyslots.exists()
    assert list(other.temporary.iterdir()) == []


def test_new_pc_ends_in_an_open_station(
    tmp_path: Path, qapp: QApplication, look: theme.Theme, qtbot: QtBot
) -> None:
    program = Program(Home(tmp_path / "fresh"), qapp)
    program.begin()
    wizard = program._wizard
    assert wizard is not None
    wizard.unit.unit.setText("CĐCS Mẫu")
    wizard.unit.keep(wizard.answers)
    wizard.on_create(PASSPHRASE, False)
    qtbot.waitUntil(lambda: wizard.key.recovery.has_code, timeout=20_000)
    wizard.go_to(3)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.current == 4)
    wizard.go_on()
    assert program._shown is not None
    assert program._station is not None
    own = program._station.units.own()
    assert own is not None
    assert own.name == "CĐCS Mẫu"
    program.end()


def test_the_first_tries_are_free_and_later_ones_wait_longer_each_time() -> None:
    assert [wait_s(tries) for tries in range(1, 10)] == [0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_the_lock_screen_names_its_controls_and_warns_of_the_keyboard(
    look: theme.Theme, qtbot: QtBot
) -> None:
    lock = LockScreen(LockFacts(place="CĐCS Mẫu", officers=("Vũ Thị Mẫu",), opens_by_device=True))
    qtbot.addWidget(lock)
    lock.resize(1366, 768)
    lock.show()
    assert nameless(lock) == []
    lock.passphrase.setText("mật khẩu")
    assert "Hãy tắt bộ gõ" in lock.warning.accessibleName()
    lock.on_other()
    assert nameless(lock) == []
    assert lock.code_field.isVisible()


def test_a_second_start_calls_the_first_window(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = OneWindow(Home(tmp_path)), OneWindow(Home(tmp_path))
    assert not first.call_the_first()
    first.become_the_first()
    with qtbot.waitSignal(first.called):
        assert second.call_the_first()
    first.close()
