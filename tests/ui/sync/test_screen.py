"""The sync screen tells where everything is, why, and keeps a person's word on clashes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sangkien_desktop.app import OpenStation
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.progress import SILENT
from sangkien_desktop.sync.doctor import Verdict
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.sync.screen import SyncPage
from sangkien_desktop.ui.screens.sync.why import for_support
from tests.support.portal_server import PortalServer, a_portal
from tests.ui.names import nameless
from tests.ui.sync.conftest import clash, ready

Open = Callable[[], SyncPage]


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[PortalServer]:
    with a_portal(tmp_path) as server:
        yield server


def test_a_new_station_says_what_to_do_first(page: Open) -> None:
    shown = page()
    assert shown.overview.title.text() == "Chưa có sáng kiến nào để gửi"
    assert shown.overview.send.text() == "Đăng nhập Cổng"


def test_every_control_has_a_name(page: Open, station: OpenStation) -> None:
    clash(station, ready(station), {"annual_benefit": 1})
    shown = page()
    assert nameless(shown) == []
    shown.open_with(Intent(topic="conflicts"))
    assert nameless(shown) == []


def test_a_record_that_waits_is_counted_and_explained(
    page: Open, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    record = ready(station, title="Đồ gá kẹp thân đèn khi bắt vít kiểu mới")
    shown = page()
    assert shown.overview.lists.bar.tabText(1) == "Chờ gửi 1"
    shown.open_with(Intent(initiative=record.id))
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    assert shown.why.sentence.text() == "Đang chờ gửi."
    assert shown.why.next_step.text().startswith("Anh/chị không phải làm gì")
    assert record.title in shown.why.record.text()


def test_what_is_copied_for_support_names_nobody(station: OpenStation) -> None:
    record = ready(station)
    text = for_support(station.sync.explain(record.id))
    assert record.local_code in text
    assert record.title not in text
    assert all(author.name not in text for author in record.authors)


def test_a_clash_is_saved_only_when_every_field_is_chosen(
    page: Open, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    record = ready(station, annual_benefit=39_000_000)
    clash(station, record, {"annual_benefit": 36_500_000, "effect_summary": "Cổng viết lại cho gọn."})
    shown = page()
    shown.open_with(Intent(topic="conflicts"))
    shown.clashes.choose("annual_benefit", "theirs")
    assert not shown.clashes.save_button.isEnabled()
    shown.clashes.choose("effect_summary", "mine")
    assert shown.clashes.progress.text() == "Đã chọn 2/2 trường"
    shown.clashes.save()
    qtbot.waitUntil(lambda: not context.jobs.is_busy and not station.sync.conflicts())
    kept = station.initiatives.get(record.id)
    assert (kept.annual_benefit, kept.effect_summary) == (36_500_000, record.effect_summary)


def test_a_value_that_neither_side_has_is_read_like_typed_text(page: Open, station: OpenStation) -> None:
    record = ready(station, annual_benefit=39_000_000)
    clash(station, record, {"annual_benefit": 36_500_000})
    shown = page()
    shown.open_with(Intent(topic="conflicts"))
    view = shown.clashes.current
    assert view is not None
    value, text = station.clashes.read(view, "annual_benefit", "37 triệu")
    shown.clashes.put_typed("annual_benefit", value, text)
    assert value == 37_000_000
    assert shown.clashes.save_button.isEnabled()


def test_withdrawn_there_stays_withdrawn_when_a_person_says_so(
    page: Open, station: OpenStation, context: UiContext, qtbot: QtBot
) -> None:
    record = ready(station)
    clash(station, record, {"title": "Tên khác ở Cổng cho rõ"}, rule="withdrawn_there")
    shown = page()
    shown.open_with(Intent(topic="conflicts"))
    shown.clashes.on_theirs()
    qtbot.waitUntil(lambda: not context.jobs.is_busy and not station.sync.conflicts())
    assert station.initiatives.get(record.id).lifecycle is Lifecycle.WITHDRAWN


def test_withdrawn_there_is_sent_again_when_a_person_says_so(station: OpenStation) -> None:
    record = ready(station)
    clash(station, record, {"title": "Tên khác ở Cổng cho rõ"}, rule="withdrawn_there")
    station.sync.settle_withdrawal(station.sync.conflicts()[0].id, keep_mine=True)
    kept = station.initiatives.get(record.id)
    assert (kept.lifecycle, kept.title) == (Lifecycle.READY, record.title)


def test_withdrawn_here_comes_back_with_what_the_portal_edited(station: OpenStation) -> None:
    record = ready(station)
    station.initiatives.withdraw([record.id])
    withdrawn = station.initiatives.get(record.id)
    clash(station, withdrawn, {"title": "Tên do Cổng sửa cho rõ nghĩa"}, rule="withdrawn_here")
    station.sync.settle_withdrawal(station.sync.conflicts()[0].id, keep_mine=False)
    kept = station.initiatives.get(record.id)
    assert (kept.lifecycle, kept.title) == (Lifecycle.READY, "Tên do Cổng sửa cho rõ nghĩa")


def test_sign_in_by_a_code_and_the_batch_that_follows(
    page: Open, station: OpenStation, context: UiContext, qtbot: QtBot, portal: PortalServer
) -> None:
    shown = page()
    shown.open_with(Intent(topic="sign-in"))
    shown.sign_in.address.setText(portal.address)
    shown.sign_in.on_start()
    qtbot.waitUntil(lambda: bool(shown.sign_in.code.text()), timeout=30_000)
    portal.approve(shown.sign_in.code.text(), "canbo")
    qtbot.waitUntil(lambda: station.sync.status().is_signed_in, timeout=30_000)
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=30_000)
    assert context.settings.portal_url == portal.address
    station.sync.sync_now(SILENT)
    group = station.units.groups()[0].id
    ready(station, group=group)
    station.sync.sync_now(SILENT)
    lots = station.outgoing.lots()
    assert [(lot.number, lot.operations, lot.has_receipt) for lot in lots] == [(1, 1, True)]
    assert len(station.outgoing.keys_of(lots[0].batch)) == 1
    assert station.sync.status().all_at_portal


def test_an_address_that_does_not_answer_is_told_at_the_field(page: Open, qtbot: QtBot) -> None:
    shown = page()
    shown.open_with(Intent(topic="sign-in"))
    shown.sign_in.address.setText("http://127.0.0.1:9")
    shown.sign_in.on_start()
    qtbot.waitUntil(lambda: bool(shown.sign_in.address_field.problem.text()), timeout=30_000)
    assert shown.sign_in.start.isEnabled()


def test_the_way_is_examined_step_by_step_and_copied_without_names(
    page: Open, station: OpenStation, context: UiContext, qtbot: QtBot, portal: PortalServer
) -> None:
    station.sync.sign_in_by_code(portal.address, lambda code: portal.approve(code.user_code, "canbo"), SILENT)
    shown = page()
    shown.open_with(Intent(topic="doctor"))
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20_000)
    # The station's clock of this test stands still, months behind the portal's.
    assert shown.doctor.sentence.text().startswith("Vướng ở bước “Ngày giờ”")
    assert all(check.verdict is not Verdict.BAD for check in shown.doctor._checks)
    assert nameless(shown) == []
    shown.doctor.on_copy()
    message = context.messages.gravest
    assert message is not None
    assert "bộ phận IT" in message.text
