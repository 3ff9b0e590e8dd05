"""When to try again: a pure function of what happened last. There is no last try."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sangkien_desktop.sync.failures import RETRY_AFTER_CAP_S, SAID, Failure, Reach

FIRST_S = 5.0
LONGEST_S = 15 * 60.0
SYSTEMIC_IN_A_ROW = 3
"""So many equal failures of the whole way end a cycle."""
DEBOUNCE_S = 30.0
"""Between the last edit and the sending of it, so that a run of edits travels once."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the schedule looks at."""

    failures: tuple[Failure, ...] = ()
    """Of the cycles since the last success, oldest first."""
    retry_after_s: float | None = None
    """What the portal asked for last time."""


def wait_s(past: Past, interval_s: float, *, draw: Callable[[], float] = random.random) -> float | None:
    """Seconds until the next cycle; None when only a person can make it worth trying.

    After a success the regular interval, give or take a tenth. After failures full jitter between 5 s and a
    bound that doubles up to 15 minutes, never less than the portal asked for.
    """
    if not past.failures:
        return interval_s * (0.9 + 0.2 * draw())
    if SAID[past.failures[-1]].reach is Reach.PERSON:
        return None
    bound = min(FIRST_S * float(2 ** min(len(past.failures), 20)), LONGEST_S)
    jittered = FIRST_S + (bound - FIRST_S) * draw()
    asked = min(past.retry_after_s or 0.0, float(RETRY_AFTER_CAP_S))
    return max(jittered, asked)


@dataclass(frozen=True)
class Gate:
    """One gate for the whole process: shut until a time the portal named, however many ask."""

    shut_until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether anything may be sent. A time further off than any that is accepted comes from a clock that
        has been put back."""
        if self.shut_until is None or now >= self.shut_until:
            return True
        return self.shut_until - now > timedelta(seconds=RETRY_AFTER_CAP_S)

    def shut(self, now: datetime, retry_after_s: float | None) -> "Gate":
        """The gate after the portal asked for quiet; it never opens earlier by it."""
        if retry_after_s is None:
            return self
        until = now + timedelta(seconds=min(retry_after_s, RETRY_AFTER_CAP_S))
        if self.shut_until is not None and not self.is_open(now):
            until = max(until, self.shut_until)
        return Gate(until)


def is_systemic(row: Sequence[Failure]) -> bool:
    """Whether the newest failures of one cycle say that nothing gets through at all."""
    newest = row[-SYSTEMIC_IN_A_ROW:]
    return len(newest) == SYSTEMIC_IN_A_ROW and len(set(newest)) == 1


def split_size(size: int) -> int:
    """Operations in each half of a batch that would not go through."""
    return (size + 1) // 2


@dataclass(frozen=True)
class BatchSize:
    """How many operations to send at once: grows while answers come quickly, shrinks when the line is poor."""

    now: int = 100
    least: int = 10
    quick_s: float = 3.0
    slow_s: float = 15.0

    def after(self, took_s: float, most: int) -> "BatchSize":
        """The size after an answer."""
        if took_s < self.quick_s:
            return self._with(self.now * 2, most)
        return self._with(self.now // 2, most) if took_s > self.slow_s else self._with(self.now, most)

    def after_cut(self) -> "BatchSize":
        """The size after a line that broke."""
        return self._with(self.now // 2, self.now)

    def _with(self, size: int, most: int) -> "BatchSize":
        return BatchSize(max(min(size, most), min(self.least, most)), self.least, self.quick_s, self.slow_s)
