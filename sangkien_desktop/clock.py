"""The time: instants in UTC, days in Vietnam."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam has kept one offset without summer time since 1975, so no time-zone data is needed."""


class Clock(Protocol):
    """Whoever needs the time gets a clock through the constructor; tests set it."""

    def now(self) -> datetime:
        """The instant, aware, in UTC. May jump when the PC's clock is set: order by sequence, not by time."""

    def today(self) -> date:
        """The day it is in Vietnam, whatever time zone the PC is set to."""

    def monotonic_s(self) -> float:
        """Seconds from an arbitrary start that never run backwards: for waiting times and idle time."""


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """The instant the PC believes it is."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day of that instant in Vietnam."""
        return self.now().astimezone(VIETNAM).date()

    def monotonic_s(self) -> float:
        """Seconds since the PC started, roughly."""
        return time.monotonic()


class FixedClock:
    """Stands still until told to move."""

    def __init__(self, at: datetime) -> None:
        """`at` must be aware."""
        self._monotonic_s = 0.0
        self.set(at)

    def now(self) -> datetime:
        """Where the clock was set."""
        return self._at

    def today(self) -> date:
        """The day of `now()` in Vietnam."""
        return self._at.astimezone(VIETNAM).date()

    def monotonic_s(self) -> float:
        """All the time `advance()` has let pass; `set()` leaves it alone."""
        return self._monotonic_s

    def set(self, at: datetime) -> None:
        """Jump to `at`, forwards or backwards, as when somebody sets the PC's clock."""
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._at = at.astimezone(UTC)

    def advance(self, passed: timedelta) -> None:
        """Let time pass."""
        self._at += passed
        self._monotonic_s += passed.total_seconds()
