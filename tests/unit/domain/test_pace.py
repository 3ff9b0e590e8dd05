"""Pace: what is needed to the closing minute, an honest range, and what would change the place."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.domain.pace import Rival, forecast, pace, what_if

NOW = datetime(2026, 5, 28, 14, 55, tzinfo=UTC)
CLOSES = NOW + timedelta(days=4)


def test_what_is_needed_counts_to_the_closing_minute() -> None:
    asked = pace([5] * 10, count=380, quota=400, now=NOW, closes_at=NOW + timedelta(days=2, hours=12))
    assert asked.needed_each_day == pytest.approx(8.0)
    assert asked.missing == 20


def test_nothing_is_needed_once_the_quota_is_reached_or_the_time_is_over() -> None:
    assert pace([5] * 10, count=400, quota=400, now=NOW, closes_at=CLOSES).needed_each_day is None
    late = pace([5] * 10, count=4, quota=400, now=NOW, closes_at=NOW - timedelta(minutes=1))
    assert late.needed_each_day is None
    assert late.forecast is None


def test_even_days_give_a_narrow_range_and_uneven_ones_a_wide_one() -> None:
    even = forecast([10] * 14, count=100, days_left=4)
    uneven = forecast([0, 20] * 7, count=100, days_left=4)
    assert even is not None and uneven is not None
    assert (even.low, even.likely, even.high) == (140, 140, 140)
    assert uneven.likely == 140
    assert uneven.low < 125 and uneven.high > 155


def test_a_few_days_say_too_little() -> None:
    assert forecast([10] * 6, count=60, days_left=4) is None


@given(st.lists(st.integers(0, 500), min_size=7, max_size=40), st.integers(0, 5000), st.floats(0.1, 60))
def test_a_forecast_is_in_order_and_never_below_what_is_there(
    daily: list[int], count: int, left: float
) -> None:
    found = forecast(daily, count=count, days_left=left)
    assert found is not None
    assert count <= found.low <= max(found.likely, found.low) <= max(found.high, found.low)


def test_it_says_yes_or_no_only_when_the_whole_range_does() -> None:
    sure = pace([50] * 14, count=300, quota=400, now=NOW, closes_at=CLOSES)
    hopeless = pace([1] * 14, count=300, quota=400, now=NOW, closes_at=CLOSES)
    open_still = pace([0, 50] * 7, count=300, quota=400, now=NOW, closes_at=CLOSES)
    assert (sure.will_make_it, hopeless.will_make_it, open_still.will_make_it) == (True, False, None)


def test_if_the_waiting_ones_are_valid_the_place_rises_from_four_to_two() -> None:
    rivals = [
        Rival(unit="a", approved=500, target=400),
        Rival(unit="b", approved=380, target=400),
        Rival(unit="c", approved=370, target=400),
        Rival(unit="ours", approved=360, target=400),
    ]
    found = what_if(rivals, "ours", 37)
    assert found is not None
    assert (found.rank, found.rank_then) == (4, 2)
    assert what_if(rivals, "stranger", 37) is None
