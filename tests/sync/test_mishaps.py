"""What the network does to an exchange, and what stays true."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.errors import AppError, Cancelled
from sangkien_desktop.storage import accounts, replicas, sync_marks
from sangkien_desktop.sync.exchange import Answer
from sangkien_desktop.sync.failures import Failure, PortalFailure
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import SyncDesk, a_record, settled
from tests.support.weather import PAGE

Desks = Callable[..., SyncDesk]
MARKED = {"sk-portal": "sangkien-portal", "content-type": "application/json"}
PROBLEM = {"sk-portal": "sangkien-portal", "content-type": "application/problem+json"}


def failed(desk: SyncDesk) -> Failure:
    """How the exchange failed."""
    with pytest.raises(PortalFailure) as caught:
        desk.sync()
    return caught.value.failure


@pytest.mark.parametrize("mishap", ["lose_next_request", "lose_next_answer", "double_next_request"])
def test_a_lost_or_doubled_batch_has_one_effect(desk: SyncDesk, portal: PortalServer, mishap: str) -> None:
    record = desk.write_one()
    desk.weather.only = "/batches"
    getattr(desk.weather, mishap)()
    desk.try_sync()
    desk.sync()
    assert list(portal.records()) == [record]
    assert len(portal.operations()) == 1
    assert desk.badge(record) is Badge.RECEIVED
    assert settled(desk)


def test_after_a_lost_answer_the_badge_says_that_the_portal_is_asked(desk: SyncDesk) -> None:
    record = desk.write_one()
    desk.weather.only = "/batches"
    desk.weather.lose_next_answer()
    desk.try_sync()
    assert desk.badge(record) is Badge.UNKNOWN


def test_a_late_copy_of_a_batch_changes_nothing(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    desk.weather.only = "/batches"
    desk.weather.delay_copy_of_next_request()
    desk.sync()
    desk.edit(record, title="Tên thứ hai của sáng kiến này")
    desk.sync()
    desk.weather.deliver_late()
    assert portal.titles() == ["Tên thứ hai của sáng kiến này"]
    assert len(portal.operations()) == 2


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (PAGE, Failure.CAPTIVE),
        (Answer(200, {"content-type": "application/json"}, b"{}"), Failure.NOT_A_PORTAL),
        (Answer(302, {"location": "http://login.example"}, b""), Failure.CAPTIVE),
        (Answer(511, {"content-type": "text/html"}, b"<html>"), Failure.CAPTIVE),
        (Answer(200, MARKED, b""), Failure.BAD_ANSWER),
        (Answer(200, MARKED, b'{"items":[],"batch_id":"another"}'), Failure.BAD_ANSWER),
        (Answer(200, MARKED, b"\xef\xbb\xbf{"), Failure.BAD_ANSWER),
        (Answer(200, MARKED, b'{"batch_id":NaN}'), Failure.BAD_ANSWER),
        (Answer(200, MARKED, b"[" * 100_000), Failure.BAD_ANSWER),
        (Answer(407, {"content-type": "text/html"}, b""), Failure.PROXY_AUTH),
        (Answer(403, PROBLEM, b'{"code":"forbidden-unit"}'), Failure.FORBIDDEN),
        (Answer(404, {"content-type": "text/plain"}, b"nginx"), Failure.NOT_A_PORTAL),
        (Answer(426, PROBLEM, b'{"code":"client-too-old"}'), Failure.CLIENT_TOO_OLD),
        (Answer(503, PROBLEM | {"retry-after": "120"}, b'{"code":"maintenance"}'), Failure.MAINTENANCE),
        (Answer(429, PROBLEM | {"retry-after": "7"}, b'{"code":"rate-limited"}'), Failure.RATE_LIMITED),
        (Answer(409, PROBLEM | {"retry-after": "5"}, b'{"code":"in-progress"}'), Failure.IN_PROGRESS),
    ],
)
def test_a_false_answer_marks_nothing_sent(
    desk: SyncDesk, portal: PortalServer, answer: Answer, failure: Failure
) -> None:
    record = desk.write_one()
    desk.weather.only = "/batches"
    desk.weather.answer_next(answer)
    assert failed(desk) is failure
    assert portal.titles() == []
    assert desk.badge(record) in (Badge.SENDING, Badge.UNKNOWN)
    desk.clock.advance(timedelta(seconds=121))
    desk.sync()
    assert desk.badge(record) is Badge.RECEIVED


def test_retry_after_is_respected_to_the_second(desk: SyncDesk) -> None:
    desk.write_one()
    desk.weather.only = "/batches"
    desk.weather.answer_next(Answer(429, PROBLEM | {"retry-after": "60"}, b'{"code":"rate-limited"}'))
    assert failed(desk) is Failure.RATE_LIMITED
    desk.weather.requests.clear()
    desk.clock.advance(timedelta(seconds=59))
    assert failed(desk) is Failure.RATE_LIMITED
    assert desk.weather.requests == []
    desk.clock.advance(timedelta(seconds=1))
    desk.sync()


def test_a_failed_cycle_always_has_a_next_one(desk: SyncDesk) -> None:
    desk.weather.fail_next(Failure.OFFLINE)
    assert failed(desk) is Failure.OFFLINE
    wait = desk.access.next_wait_s(900)
    assert wait is not None
    assert wait <= 10
    desk.sync()
    assert 800 < (desk.access.next_wait_s(900) or 0) < 1000


def test_an_answer_that_forgets_an_operation_closes_it_not(desk: SyncDesk, portal: PortalServer) -> None:
    import json

    records = desk.write(
        a_record(title="Sáng kiến thứ nhất của lô"), a_record(title="Sáng kiến thứ hai của lô")
    )

    def without_last(answer: Answer) -> Answer:
        body = json.loads(answer.body)
        del body["items"][-1]
        return Answer(answer.status, answer.headers, json.dumps(body).encode())

    desk.weather.only = "/batches"
    desk.weather.replace_next_answer(without_last)
    desk.sync()
    assert [desk.badge(record) for record in records] == [Badge.RECEIVED, Badge.RECEIVED]
    assert len(portal.operations()) == 2
    assert len([r for r in desk.weather.requests if r.url.endswith("/batches")]) == 2


def test_a_batch_too_large_is_halved(desk: SyncDesk, portal: PortalServer) -> None:
    desk.write(*(a_record(title=f"Sáng kiến số {number} của lô") for number in range(8)))
    desk.weather.only = "/batches"
    desk.weather.answer_next(Answer(413, PROBLEM, b'{"code":"too-large"}'))
    desk.sync()
    assert len(portal.titles()) == 8


def test_one_poisonous_record_holds_up_no_other(desk: SyncDesk, portal: PortalServer) -> None:
    records = desk.write(*(a_record(title=f"Sáng kiến số {number} của lô") for number in range(16)))
    poison = records[5].encode()
    desk.weather.only = "/batches"

    def broken(link: Any, request: Any, progress: Any) -> Answer:
        import gzip

        desk.weather.mishaps.append(broken)
        body = gzip.decompress(request.body) if "Content-Encoding" in request.headers else request.body
        if poison in body:
            return Answer(500, PROBLEM, b'{"code":"server-error"}')
        return link.real.exchange(request, progress)

    desk.weather.mishaps.append(broken)
    for _ in range(5):
        desk.sync()
        desk.clock.advance(timedelta(minutes=1))
    assert len(portal.titles()) == 15
    assert desk.badge(records[5]) is Badge.PARKED
    batches = [request for request in desk.weather.requests if request.url.endswith("/batches")]
    assert len(batches) <= 1 + 2 * 4 + 5
    desk.weather.mishaps.clear()
    desk.clock.advance(timedelta(hours=25))
    desk.sync()
    assert desk.badge(records[5]) is Badge.RECEIVED


def test_a_deferred_operation_waits_with_the_same_bytes(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one(title="Tên đầu tiên của sáng kiến")
    portal.defer_next = 1
    desk.sync()
    assert desk.badge(record) is Badge.WAITING
    desk.edit(record, title="Tên sửa trong lúc chờ Cổng")
    desk.sync()
    assert portal.titles() == []
    desk.clock.advance(timedelta(minutes=10))
    desk.sync()
    assert portal.titles() == ["Tên sửa trong lúc chờ Cổng"]
    assert len(portal.operations()) == 2


def test_an_expired_token_is_renewed_and_the_officer_notices_nothing(
    desks: Desks, portal: PortalServer
) -> None:
    desk = desks(empty=True)
    desk.write_one()
    portal.forget_tokens(desk.station_id, "access")
    assert desk.sync().all_at_portal


def test_a_revoked_sign_in_asks_and_touches_nothing(desks: Desks, portal: PortalServer) -> None:
    desk = desks(empty=True)
    record = desk.write_one()
    portal.forget_tokens(desk.station_id, "access", "refresh")
    assert failed(desk) is Failure.AUTH_REQUIRED
    account = desk.access.account()
    assert account is not None
    assert account.state is accounts.AuthState.EXPIRED
    assert desk.badge(record) is Badge.QUEUED
    desk.sign_in()
    assert desk.sync().all_at_portal


def test_signing_out_keeps_what_waits(desks: Desks, portal: PortalServer) -> None:
    from sangkien_desktop.progress import SILENT

    desk = desks(empty=True)
    record = desk.write_one()
    desk.access.sign_out(SILENT)
    with pytest.raises(AppError) as caught:
        desk.sync()
    assert caught.value.code == "not_signed_in"
    desk.sign_in()
    desk.sync()
    assert list(portal.records()) == [record]


def test_another_accounts_work_is_not_sent_under_this_one(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.weather.only = "/batches"
    desk.weather.fail_next(Failure.OFFLINE)
    desk.try_sync()
    desk.sign_in("canbo2")
    desk.sync()
    assert portal.titles() == []
    desk.sign_in("canbo")
    desk.sync()
    assert list(portal.records()) == [record]


def test_another_portal_at_the_address_stops_everything(desk: SyncDesk) -> None:
    with desk.database.write() as session:
        station = sync_marks.station(session)
        assert station is not None
        sync_marks.pin_portal(session, portal_id="another-portal", epoch="e", url=desk.portal.address)
    desk.write_one()
    assert failed(desk) is Failure.WRONG_PORTAL


def test_a_stop_is_heard_within_a_second_while_the_portal_is_silent(desk: SyncDesk) -> None:
    import socket
    import time

    from sangkien_desktop.sync.exchange import Request
    from sangkien_desktop.sync.network import Link

    class Stopping:
        def __init__(self) -> None:
            self.asked = 0

        def report(self, done: int, total: int, text: str = "") -> None:
            pass

        def check(self) -> None:
            self.asked += 1
            if self.asked > 1:
                raise Cancelled

    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            Link().exchange(Request("GET", f"http://127.0.0.1:{silent.getsockname()[1]}/"), Stopping())
        assert time.monotonic() - began < 1.0


def test_two_exchanges_at_once_are_refused(desk: SyncDesk) -> None:
    caught: list[str] = []

    def again() -> None:
        try:
            desk.sync()
        except AppError as error:
            caught.append(error.code)

    desk.weather.during_next_request(again)
    desk.sync()
    assert caught == ["sync_running"]


def test_a_crash_after_the_answer_was_kept_settles_without_the_network(
    desk: SyncDesk, portal: PortalServer
) -> None:
    from tests.stateful.stations import StationInWorld

    record = desk.write_one()
    desk.close()
    station = StationInWorld(desk.home.folder, portal)
    for commits in range(1, 14):
        station.sync_and_crash(commits, after=True)
    station.sync()
    assert station.badge(record) is Badge.RECEIVED
    assert len(portal.operations()) == 1
    station.leave()


def test_few_deletions_hide_and_many_wait_for_a_word(desk: SyncDesk, portal: PortalServer) -> None:
    from reference_portal import feed
    from reference_portal.database import lock_portal
    from sangkien_desktop.sync.pull import HIDING, confirm_hiding

    records = desk.write(*(a_record(title=f"Sáng kiến số {number} của lô") for number in range(30)))
    desk.sync()

    def erase(ids: list[Any]) -> None:
        with portal.database.write() as session:
            for one in ids:
                from reference_portal.accepting import load_records

                record = load_records(session, {one})[one]
                changes = feed.erasure(record, "2026-11-20T00:00:00Z", "erasure_request")
                feed.publish(session, lock_portal(session), changes, 0)

    erase(records[:2])
    assert desk.sync().hidden == 2
    erase(records[2:28])
    outcome = desk.sync()
    assert (outcome.hidden, outcome.waiting_to_hide) == (0, 26)
    with desk.database.write() as session:
        assert confirm_hiding(session) == 26
        assert replicas.count_aside(session, HIDING) == 0
        assert replicas.visible_count(session) == 2


def test_an_expired_cursor_is_answered_by_a_full_copy(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    portal.edit(record, title="Tên do Cổng sửa cho rõ")
    with desk.database.write() as session:
        sync_marks.put_cursor(session, "canbo", "no-such-cursor")
    desk.sync()
    assert desk.get(record).title == "Tên do Cổng sửa cho rõ"
    assert settled(desk)


def test_calls_are_logged_without_queries_and_tokens(desk: SyncDesk) -> None:
    desk.sync()
    with desk.database.read() as session:
        calls = sync_marks.calls(session)
        tokens = accounts.tokens(session, accounts.current(session).id)  # type: ignore[union-attr]
    assert {"/api/v1/meta", "/api/v1/changes"} <= {call.path for call in calls}
    assert all("?" not in call.path for call in calls)
    assert tokens is not None
    assert tokens.access not in repr(calls)


def test_receipts_are_kept_and_verified(desk: SyncDesk) -> None:
    desk.write_one()
    desk.sync()
    with desk.database.read() as session:
        (receipt,) = sync_marks.receipts(session)
    assert receipt.verified
