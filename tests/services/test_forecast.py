"""The forecast tells how many will be accepted, why not the others, and how right it has been."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.services.bundle import Services
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


def saved(station: Services, **values: object) -> Initiative:
    return station.initiatives.save(an_initiative(**values), opened_on=0).record


def judged(station: Services, record: Initiative, status: str, note: str = "") -> None:
    """The portal's verdict."""
    with station.desk.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE initiative SET portal_status = ?, portal_reason = json_object('note', ?) WHERE id = ?",
            (status, note, record.id),
        )


def test_errors_empty_effects_and_copies_are_expected_back(station: Services) -> None:
    saved(station, title="Cải tiến đồ gá bắt vít đèn hậu")
    short = saved(station, title="SK 1")
    empty = saved(station, title="Làm kệ khuôn có đánh số", effect_summary="Nâng cao năng suất, chất lượng")
    first = saved(station, title="Thêm chốt chống lắp ngược bản mạch X8W", situation_before="Hay lắp ngược.")
    copy = saved(station, title="Them chot chong lap nguoc ban mach X8W", situation_before="Hay lắp ngược.")
    station.duplicates.screen()
    forecast = station.forecast.forecast()
    assert (forecast.accepted, forecast.asked) == (2, 5)
    assert set(forecast.doubtful) == {short.id, empty.id, copy.id}
    assert forecast.doubtful[copy.id] == (f"Nghi trùng với {first.local_code}.",)


def test_the_hit_rate_compares_with_what_was_forecast_before_sending(station: Services) -> None:
    good = saved(station)
    doubted = saved(station, title="SK 1")
    surprise = saved(station, title="Làm kệ khuôn có đánh số từng ô")
    assert station.forecast.hit_rate().percent is None
    station.forecast.forecast()
    judged(station, good, "valid")
    judged(station, doubted, "returned", "Tên chưa rõ")
    judged(station, surprise, "returned", "Thiếu ảnh trước và sau")
    station.forecast.forecast()
    hits = station.forecast.hit_rate()
    assert (hits.judged, hits.right) == (3, 2)
    assert dict(hits.unforeseen) == {"Thiếu ảnh trước và sau": 1}
