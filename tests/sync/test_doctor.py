"""The doctor names what is wrong with the way to the portal."""

import socket
from collections.abc import Callable
from datetime import timedelta

from sangkien_desktop.progress import SILENT
from sangkien_desktop.sync.doctor import Verdict
from tests.support.sync_desks import SyncDesk
from tests.support.weather import PAGE

Desks = Callable[..., SyncDesk]


def verdicts(desk: SyncDesk, address: str = "") -> dict[str, Verdict]:
    """Check → verdict."""
    return {check.name: check.verdict for check in desk.access.examine(SILENT, address)}


def test_a_good_way_is_good_throughout(desk: SyncDesk) -> None:
    found = verdicts(desk)
    assert found.pop("certificate") is Verdict.SKIPPED
    assert set(found.values()) == {Verdict.OK}


def test_a_name_nobody_knows_ends_the_examination(desk: SyncDesk) -> None:
    found = verdicts(desk, "https://khong-co-that.invalid")
    assert found["name"] is Verdict.BAD
    assert found["route"] is found["sign_in"] is Verdict.SKIPPED


def test_a_closed_door_is_told_with_its_number(desk: SyncDesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (route,) = [one for one in desk.access.examine(SILENT, f"http://127.0.0.1:{port}") if one.name == "route"]
    assert route.verdict is Verdict.BAD
    assert str(port) in route.tell_it


def test_a_captive_page_is_no_portal(desk: SyncDesk) -> None:
    desk.weather.answer_next(PAGE)
    found = verdicts(desk)
    assert found["portal"] is Verdict.BAD


def test_a_clock_a_year_off_is_told(desk: SyncDesk) -> None:
    desk.clock.set(desk.clock.now() - timedelta(days=365))
    assert verdicts(desk)["clock"] is Verdict.WARNING
