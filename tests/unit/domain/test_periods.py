"""Periods: campaigns, stages without a gap between them, calendar spans, and which one is now."""

from datetime import date, datetime

import pytest

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain import periods
from sangkien_desktop.domain.programmes import MILLION
from tests.support.plants import PROGRAMME


def test_stages_take_every_day_of_application_once() -> None:
    first, second = (periods.period(MILLION, code) for code in ("gd-1", "gd-2"))
    assert first is not None and second is not None
    assert (first.first_day, first.last_day) == (date(2021, 9, 1), date(2022, 5, 31))
    assert (second.first_day, second.last_day) == (date(2022, 6, 1), date(2023, 9, 1))


@pytest.mark.parametrize(
    ("code", "label", "first", "last"),
    [
        ("2026", "Năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", "Quý 1/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", "Tháng 02/2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_calendar_periods_have_their_days(code: str, label: str, first: date, last: date) -> None:
    found = periods.period(PROGRAMME, code)
    assert found is not None
    assert (found.label, found.first_day, found.last_day) == (label, first, last)


def test_a_campaign_closes_five_minutes_before_midnight_and_uses_its_stages_quota() -> None:
    found = periods.period(PROGRAMME, "Đợt cao điểm")
    assert found is not None
    assert found.closes_at == datetime(2026, 5, 31, 23, 55, tzinfo=VIETNAM)
    assert found.falls_back_on == "gd-1"
    assert found.last_day is not None and found.first_day is not None
    assert (found.last_day - found.first_day).days + 1 == 40


def test_now_means_the_campaign_else_the_stage_else_the_whole() -> None:
    def now(*parts: int) -> str:
        return periods.current(PROGRAMME, datetime(*parts, tzinfo=VIETNAM)).code  # type: ignore[misc]

    assert now(2026, 5, 28, 21) == "campaign:Đợt cao điểm"
    assert now(2026, 3, 1, 8) == "gd-1"
    assert now(2027, 3, 1, 8) == "whole"


def test_a_code_that_means_nothing_is_no_period() -> None:
    assert periods.period(PROGRAMME, "2026-13") is None
