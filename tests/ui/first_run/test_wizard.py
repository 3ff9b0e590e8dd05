"""The first steps: one decision each, nothing made before it is wanted, nothing lost by going back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sangkien_desktop.services.backups import Secret
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.answers import Answers, Ending, FirstRunActs
from sangkien_desktop.ui.first_run.unit import abbreviation
from sangkien_desktop.ui.first_run.wizard import Wizard
from sangkien_desktop.ui.jobs import JobRunner
from tests.ui.names import nameless

CODE = "XQK30-HKQ49-PJARX-RX9GY-F4JNS-TSJNE"
PHRASE = "bon tu roi nhau"


class Acts:
    """Notes what the wizard has done."""

    def __init__(self) -> None:
        self.created: list[NewStation] = []
        self.moved: list[tuple[Path, Secret]] = []
        self.kept: list[Answers] = []

    def create(self, wanted: NewStation) -> str:
        self.created.append(wanted)
        return CODE

    def all(self) -> FirstRunActs:
        return FirstRunActs(
            create=self.create,
            move_in=lambda path, secret: self.moved.append((path, secret)),
            finish=self.kept.append,
        )


@pytest.fixture
def acts() -> Acts:
    return Acts()


@pytest.fixture
def wizard(acts: Acts, look: theme.Theme, qtbot: QtBot) -> Iterator[Wizard]:
    jobs = JobRunner()
    made = Wizard(acts.all(), jobs, Dialogs())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    assert jobs.close()


def type_passphrases(wizard: Wizard, first: str = PHRASE, second: str = PHRASE) -> None:
    wizard.key.first.setText(first)
    wizard.key.second.setText(second)


def to_keys(wizard: Wizard) -> None:
    wizard.go_on()
    wizard.unit.unit.setText("CĐCS Công ty TNHH Đèn xe Hồng Hà")
    wizard.unit.officer.setText("Vũ Thị Mẫu")
    wizard.go_on()


def test_all_steps_in_order_make_a_station(wizard: Wizard, acts: Acts, qtbot: QtBot) -> None:
    to_keys(wizard)
    type_passphrases(wizard)
    wizard.key.on_create()
    qtbot.waitUntil(lambda: wizard.key.recovery.has_code)
    assert acts.created[0].officer == "Vũ Thị Mẫu"
    assert not wizard.next.isEnabled()
    wizard.key.recovery.kept_at.setText("Tủ hồ sơ, ngăn 2")
    wizard.key.recovery.is_put_away.setChecked(True)
    wizard.go_on()
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.current == 4)
    assert (acts.kept[0].unit_code, acts.kept[0].recovery_kept_at) == ("DXHH", "Tủ hồ sơ, ngăn 2")
    endings: list[Ending] = []
    wizard.finished.connect(endings.append)
    wizard.go_on()
    assert endings == [Ending()]


def test_nothing_is_made_while_the_passphrases_differ(wizard: Wizard, acts: Acts) -> None:
    to_keys(wizard)
    type_passphrases(wizard, second="bon tu khac nhau")
    wizard.key.on_create()
    assert acts.created == []
    assert "chưa giống nhau" in wizard.key.second_field.problem.text()


def test_a_short_passphrase_is_not_enough(wizard: Wizard, acts: Acts) -> None:
    to_keys(wizard)
    type_passphrases(wizard, "ngan qua", "ngan qua")
    assert not wizard.key.make.isEnabled()


def test_letters_with_marks_are_told_but_never_shown(wizard: Wizard) -> None:
    to_keys(wizard)
    wizard.key.first.setText("mật khẩu có dấu")
    said = wizard.key.keyboard.accessibleName()
    assert "15 ký tự, có dấu" in said
    assert "mật" not in said.lower().replace("mật khẩu", "")


def test_a_station_that_is_made_is_not_left_by_going_back(wizard: Wizard, qtbot: QtBot) -> None:
    to_keys(wizard)
    type_passphrases(wizard)
    wizard.key.on_create()
    qtbot.waitUntil(lambda: wizard.key.recovery.has_code)
    wizard.go_back()
    assert wizard.current == 2


def test_without_a_name_of_the_union_one_stays(wizard: Wizard) -> None:
    wizard.go_on()
    wizard.go_on()
    assert wizard.current == 1
    assert wizard.reason.text() == "Gõ tên công đoàn cơ sở trước."


def test_a_backup_needs_what_opens_it(wizard: Wizard, acts: Acts, qtbot: QtBot, tmp_path: Path) -> None:
    wizard.welcome.ways.button(2).setChecked(True)
    assert not wizard.next.isEnabled()
    wizard.welcome.backup = tmp_path / "station.skbackup"
    wizard.welcome.passphrase.setText(PHRASE)
    wizard.go_on()
    qtbot.waitUntil(lambda: bool(acts.moved))
    assert acts.moved[0][1] == Secret(passphrase=PHRASE)


def test_every_control_has_a_name(wizard: Wizard) -> None:
    for at in range(len(wizard.steps)):
        wizard.go_to(at)
        assert nameless(wizard) == [], at


@pytest.mark.parametrize(
    ("name", "short"),
    [("CĐCS Công ty TNHH Đèn xe Hồng Hà", "DXHH"), ("Công đoàn cơ sở Nhà máy Giấy", "G"), ("", "")],
)
def test_the_abbreviation_takes_the_telling_words(name: str, short: str) -> None:
    assert abbreviation(name) == short
