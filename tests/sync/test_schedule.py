"""When to try again: with jitter, without an end, never sooner than asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.sync.failures import SAID, Failure, Reach, of_status, retry_after_s
from sangkien_desktop.sync.schedule import BatchSize, Gate, Past, is_systemic, wait_s

NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
PASSING = [failure for failure in Failure if SAID[failure].reach is not Reach.PERSON]


def test_after_a_success_the_regular_interval_follows() -> None:
    assert wait_s(Past(), 900, draw=lambda: 0.5) == 900


@given(st.lists(st.sampled_from(PASSING), min_size=1, max_size=200), st.floats(0, 1))
def test_after_failures_the_wait_lies_between_five_seconds_and_a_quarter_of_an_hour(
    failures: list[Failure], drawn: float
) -> None:
    wait = wait_s(Past(failures=tuple(failures)), 900, draw=lambda: drawn)
    assert wait is not None
    assert 5 <= wait <= 900


def test_the_bound_doubles() -> None:
    waits = [wait_s(Past(failures=(Failure.OFFLINE,) * n), 900, draw=lambda: 1.0) for n in range(1, 10)]
    assert waits == [10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_retry_after_is_never_undercut() -> None:
    past = Past(failures=(Failure.RATE_LIMITED,), retry_after_s=120)
    assert wait_s(past, 900, draw=lambda: 0.0) == 120


def test_what_only_a_person_can_mend_is_not_tried_again() -> None:
    assert wait_s(Past(failures=(Failure.AUTH_REQUIRED,)), 900) is None


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("31536000", 3600),
        ("Fri, 20 Nov 2026 02:16:00 GMT", 60),
        ("Fri, 20 Nov 2020 02:16:00 GMT", 0),
        ("Sat, 20 Nov 2027 02:16:00 GMT", 3600),
    ],
)
def test_retry_after_in_every_form(raw: str | None, seconds: float | None) -> None:
    assert retry_after_s(raw, now=NOW) == seconds


def test_the_gate_opens_to_the_second_and_not_before() -> None:
    gate = Gate().shut(NOW, 30)
    assert not gate.is_open(NOW + timedelta(seconds=29))
    assert gate.is_open(NOW + timedelta(seconds=30))


def test_a_second_word_of_the_portal_never_opens_the_gate_earlier() -> None:
    gate = Gate().shut(NOW, 300).shut(NOW + timedelta(seconds=1), 5)
    assert not gate.is_open(NOW + timedelta(seconds=200))


def test_a_clock_put_back_does_not_keep_the_gate_shut() -> None:
    assert Gate().shut(NOW, 300).is_open(NOW - timedelta(days=400))


def test_three_equal_failures_in_a_row_are_systemic() -> None:
    assert is_systemic([Failure.SERVER] * 3)
    assert not is_systemic([Failure.SERVER, Failure.CUT, Failure.SERVER])
    assert not is_systemic([Failure.SERVER] * 2)


def test_the_batch_grows_on_a_quick_line_and_shrinks_on_a_poor_one() -> None:
    size = BatchSize(now=100)
    assert size.after(0.5, 200).now == 200
    assert size.after(20.0, 200).now == 50
    assert size.after_cut().now == 50
    assert BatchSize(now=10).after_cut().now == 10


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_has_a_sentence_and_a_next_step(status: int) -> None:
    said = SAID[of_status(status)]
    assert said.sentence.endswith(".")
    assert said.hint.endswith((".", "?"))


def test_every_failure_has_a_sentence() -> None:
    assert SAID.keys() == set(Failure)
