"""Settings hold at once, can be taken back, and say what follows from them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sangkien_desktop import settings as declared
from sangkien_desktop.app import OpenStation
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.services.keys import Way
from sangkien_desktop.settings import SETTINGS, Theme
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Dialogs, Question
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.preferences.key_section import KeySection
from sangkien_desktop.ui.screens.preferences.screen import PreferencesPage
from sangkien_desktop.vault.slots import SlotKind
from tests.support.records import an_initiative
from tests.support.stations import PASSPHRASE, an_open_station
from tests.ui.names import nameless


class Answers(Dialogs):
    """Answers every question with yes and every field with the next text."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = list(texts)
        self.asked: list[str] = []

    def ask_text(self, title: str, label: str, *, value: str = "", hidden: bool = False) -> str | None:
        return self.texts.pop(0)

    def confirm(self, question: Question) -> bool:
        self.asked.append(question.title)
        return True


@pytest.fixture
def station(tmp_path: Path, context: UiContext) -> Iterator[OpenStation]:
    with an_open_station(tmp_path, context.clock) as opened:
        context.services = opened
        context.settings = opened.desk.settings()
        yield opened
        assert context.jobs.close()


@pytest.fixture
def page(station: OpenStation, context: UiContext, qtbot: QtBot) -> PreferencesPage:
    made = PreferencesPage(context)
    qtbot.addWidget(made)
    made.resize(1186, 692)
    made.show()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    return made


def key_section(page: PreferencesPage) -> KeySection:
    page.open_category("keys")
    section = page.current
    assert isinstance(section, KeySection)
    return section


def test_every_declared_setting_has_its_row(page: PreferencesPage) -> None:
    shown = {row.setting.key for section in page.sections.values() for row in section._settings}
    assert shown == {setting.key for setting in SETTINGS}


def test_every_control_has_a_name(page: PreferencesPage, context: UiContext, qtbot: QtBot) -> None:
    for key in page.categories():
        page.open_category(key)
        qtbot.waitUntil(lambda: not context.jobs.is_busy)
        assert nameless(page) == [], key


def test_a_change_holds_at_once_and_can_be_taken_back(
    page: PreferencesPage, station: OpenStation, context: UiContext
) -> None:
    page.on_setting("theme", Theme.DARK)
    assert declared.load(station.desk.home.settings).theme is Theme.DARK
    message = context.messages.gravest
    assert message is not None
    assert message.text == "Màu nền: Tối."
    message.actions[0].run()
    assert declared.load(station.desk.home.settings).theme is Theme.SYSTEM


def test_a_value_that_does_not_fit_changes_nothing(
    page: PreferencesPage, station: OpenStation, context: UiContext
) -> None:
    page.on_setting("confirm_benefit_above_vnd", "mười tỷ")
    assert station.desk.settings().confirm_benefit_above_vnd == 10_000_000_000
    message = context.messages.gravest
    assert message is not None
    assert "không nhận giá trị này" in message.text


def test_search_finds_without_accents_and_leaves_only_those_rows(page: PreferencesPage) -> None:
    page.search.search_now("may chu trung gian")
    assert page.current is page.sections["network"]
    shown = [row.name.text() for row in page.current._rows if row.isVisibleTo(page.current)]
    assert shown == ["Máy chủ trung gian (proxy)"]
    page.search.search_now("")
    assert all(row.isVisibleTo(page.current) for row in page.current._rows)


def test_another_screen_may_open_a_category(page: PreferencesPage) -> None:
    page.open_with(Intent(topic="backup"))
    assert page.current is page.sections["backup"]


def test_the_unit_is_named(
    page: PreferencesPage, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    section = page.sections["station"]
    section.unit.setText("CĐCS Nhà máy mẫu")  # type: ignore[attr-defined]
    section.unit.editingFinished.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    own = station.units.own()
    assert own is not None
    assert own.name == "CĐCS Nhà máy mẫu"


def test_a_declared_ground_lets_go_what_waited_for_one(station: OpenStation) -> None:
    station.profile.declare_ground("")
    saved = station.initiatives.save(an_initiative(), opened_on=0).record
    station.initiatives.mark_ready([saved.id])
    row = station.initiatives.row(saved.id)
    assert row is not None
    assert row.badge is Badge.HELD
    station.profile.declare_ground("Thỏa ước lao động tập thể, điều 12")
    row = station.initiatives.row(saved.id)
    assert row is not None
    assert row.badge is Badge.QUEUED


def passphrases(station: OpenStation) -> list[Way]:
    return [way for way in station.keys.ways() if way.kind is SlotKind.PASSPHRASE]


def test_one_more_officer_opens_the_station(
    page: PreferencesPage, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    context.dialogs = Answers("Trần Văn Thử", "mat khau thu hai", "mat khau thu hai")
    key_section(page).on_add_officer()
    qtbot.waitUntil(lambda: len(passphrases(station)) == 2)
    assert [way.label for way in passphrases(station)] == ["Vũ Thị Mẫu", "Trần Văn Thử"]


def test_two_passphrases_that_differ_change_nothing(
    page: PreferencesPage, station: OpenStation, context: UiContext
) -> None:
    context.dialogs = Answers(PASSPHRASE, "mat khau thu hai", "mat khau thu ba")
    key_section(page).on_change(passphrases(station)[0])
    message = context.messages.gravest
    assert message is not None
    assert "không giống nhau" in message.text


def test_the_last_way_in_cannot_be_closed(
    page: PreferencesPage, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    context.dialogs = Answers()
    key_section(page).on_close(passphrases(station)[0])
    qtbot.waitUntil(lambda: context.messages.gravest is not None)
    assert len(passphrases(station)) == 1


def test_a_new_recovery_code_is_asked_for_and_shown(
    page: PreferencesPage, context: UiContext, qtbot: QtBot
) -> None:
    dialogs = context.dialogs = Answers()
    section = key_section(page)
    section.on_renew()
    qtbot.waitUntil(lambda: section.recovery.has_code)
    assert dialogs.asked == ["Tạo mã khôi phục mới?"]


def test_a_backup_is_made_listed_and_opens(
    page: PreferencesPage, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    page.open_category("backup")
    section = page.sections["backup"]
    section.on_now()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not context.jobs.is_busy and len(station.backups.all()) == 1, timeout=20_000)
    section.load()
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    section.on_check()  # type: ignore[attr-defined]
    qtbot.waitUntil(
        lambda: "Bản sao mở được" in getattr(context.messages.gravest, "text", ""), timeout=20_000
    )
