"""Instants in UTC, days in Vietnam."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sangkien_desktop.clock import VIETNAM, FixedClock, SystemClock

LATE_EVENING_UTC = datetime(2026, 5, 31, 17, 0, tzinfo=UTC)


def test_the_day_begins_at_five_in_the_afternoon_utc() -> None:
    clock = FixedClock(LATE_EVENING_UTC - timedelta(seconds=1))
    assert clock.today() == date(2026, 5, 31)
    clock.advance(timedelta(seconds=1))
    assert clock.today() == date(2026, 6, 1)


def test_a_fixed_clock_answers_in_utc_however_it_was_set() -> None:
    clock = FixedClock(datetime(2026, 5, 31, 23, 55, tzinfo=VIETNAM))
    assert clock.now() == datetime(2026, 5, 31, 16, 55, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_setting_the_clock_back_leaves_waiting_time_alone() -> None:
    clock = FixedClock(LATE_EVENING_UTC)
    clock.advance(timedelta(minutes=3))
    clock.set(LATE_EVENING_UTC - timedelta(days=365))
    assert clock.monotonic_s() == 180


def test_a_clock_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 5, 31))


def test_the_system_clock_is_aware_and_never_waits_backwards() -> None:
    clock = SystemClock()
    before = clock.monotonic_s()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic_s() >= before
    assert clock.today() in {clock.now().astimezone(VIETNAM).date(), clock.now().date()}
