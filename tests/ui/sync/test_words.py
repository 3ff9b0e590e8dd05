"""What the sync screen says is what the counts say."""

from datetime import UTC, datetime, timedelta

from sangkien_desktop.domain.sync_status import Badge, StationFacts
from sangkien_desktop.services.road import Road
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.storage.accounts import Account, AuthState
from sangkien_desktop.sync.failures import Failure
from sangkien_desktop.ui.screens.sync.words import Headline, closes_soon, headline, stages

AT = datetime(2026, 5, 28, 14, 42, tzinfo=UTC)
CLEAR = Road((), None, None, 0)
OFFLINE = Road((), Failure.OFFLINE, AT, 4)


def status(*, records: int = 10, refused: int = 0, waiting: int = 0, **badges: int) -> SyncStatus:
    account = Account(id="canbo", name="Cán bộ", unit_code="hh", state=AuthState.SIGNED_IN)  # type: ignore[arg-type]
    facts = StationFacts(
        records=records, not_terminal=waiting, files_missing=0, refused=refused, conflicts=0, drafts=0
    )
    by_name = {Badge[name].value: number for name, number in badges.items()}
    return SyncStatus(
        account=account, portal_url="", last_success=AT, operations={}, facts=facts, badges=by_name
    )


def said(found: SyncStatus, road: Road = CLEAR, *, is_automatic: bool = True) -> Headline:
    return headline(found, road, 15, is_automatic=is_automatic)


def test_all_at_the_portal_is_said_with_number_and_time() -> None:
    assert said(status(VALID=10)).title == "Tất cả 10 sáng kiến đã ở Cổng, lúc 21:42"


def test_one_refused_record_is_enough_not_to_say_it() -> None:
    found = said(status(refused=1, VALID=9, RETURNED=1))
    assert found.title == "Chưa phải tất cả đã ở Cổng"
    assert "1 bị trả lại" in found.text


def test_an_empty_station_is_not_all_at_the_portal() -> None:
    assert said(status(records=0)).title == "Chưa có sáng kiến nào để gửi"


def test_what_waits_is_counted_and_the_next_try_named() -> None:
    found = said(status(waiting=27, QUEUED=27))
    assert found.text == "27 sáng kiến chờ gửi. Lần gửi kế tiếp: trong 15 phút tới."


def test_offline_the_next_try_is_when_the_network_is_back() -> None:
    assert said(status(waiting=1, QUEUED=1), OFFLINE).text.endswith("ngay khi có mạng.")


def test_without_the_automatic_exchange_nothing_is_promised() -> None:
    text = said(status(waiting=1, QUEUED=1), is_automatic=False).text
    assert text.endswith("Máy chỉ gửi khi anh/chị bấm Gửi ngay.")


def test_every_record_stands_at_exactly_one_stop_or_beside_the_flow() -> None:
    found = status(INCOMPLETE=1, DRAFT=2, QUEUED=3, UNKNOWN=4, SENDING=5, RECEIVED=6, VALID=7, HELD=8)
    assert sum(stage.count for stage in stages(found)) == 36


def test_the_last_hour_is_the_last_hour() -> None:
    assert closes_soon(AT + timedelta(minutes=59), AT)
    assert not closes_soon(AT + timedelta(minutes=61), AT)
    assert not closes_soon(AT - timedelta(minutes=1), AT)
