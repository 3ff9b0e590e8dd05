"""Will we make it: what is needed each day, where it is heading, and what would change the place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, pstdev

LEAST_DAYS = 7
"""Fewer days of counts say too little for a forecast."""
LOOK_BACK_DAYS = 14
WIDE_80 = 1.2816
"""Eight of ten outcomes lie within so many standard deviations of a normal distribution's mean."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: how many were sent and judged valid that day."""

    day: date
    sent: int
    valid: int


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Where the count will be at closing: in eight of ten cases between `low` and `high`."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How it goes, at one moment."""

    missing: int
    """Records to the quota; 0 once it is reached."""
    left: timedelta
    """To the closing minute; zero once closed."""
    needed_each_day: float | None
    """None when nothing is missing or nothing can be sent any more."""
    recent_each_day: float | None
    """Mean of the last days; None when there are too few."""
    forecast: Forecast | None
    quota: int | None

    @property
    def will_make_it(self) -> bool | None:
        """True or False when the whole range says so; None while it may go either way or is not known."""
        if self.quota is None or self.missing == 0:
            return None if self.quota is None else True
        if self.forecast is None:
            return None
        if self.forecast.low >= self.quota:
            return True
        return False if self.forecast.high < self.quota else None


def pace(
    daily: Sequence[int], *, count: int, quota: int | None, now: datetime, closes_at: datetime | None
) -> Pace:
    """The pace of a count; `daily` holds the counts of whole days up to yesterday, the oldest first."""
    left = max(timedelta(0), closes_at - now) if closes_at else timedelta(0)
    missing = max(0, (quota or 0) - count)
    days_left = left / timedelta(days=1)
    recent = daily[-LOOK_BACK_DAYS:]
    return Pace(
        missing=missing,
        left=left,
        needed_each_day=missing / days_left if missing and days_left > 0 else None,
        recent_each_day=fmean(recent) if len(recent) >= LEAST_DAYS else None,
        forecast=forecast(recent, count=count, days_left=days_left),
        quota=quota,
    )


def forecast(recent: Sequence[int], *, count: int, days_left: float) -> Forecast | None:
    """Where the count ends if the coming days are like the recent ones; None for too few days or none left.

    The spread of a sum of `days_left` days, widened by how little the recent days tell about their mean.
    """
    if len(recent) < LEAST_DAYS or days_left <= 0:
        return None
    mean, spread = fmean(recent), pstdev(recent)
    deviation = spread * math.sqrt(days_left + days_left**2 / len(recent))
    likely = count + mean * days_left
    return Forecast(
        low=max(count, math.floor(likely - WIDE_80 * deviation)),
        likely=round(likely),
        high=math.ceil(likely + WIDE_80 * deviation),
    )


def cumulated(days: Sequence[Day]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Running sums of sent and of valid."""
    sent, valid = [0], [0]
    for day in days:
        sent.append(sent[-1] + day.sent)
        valid.append(valid[-1] + day.valid)
    return tuple(sent[1:]), tuple(valid[1:])


@dataclass(frozen=True, kw_only=True)
class Rival:
    """One unit of a cluster: valid records and its quota."""

    unit: str
    approved: int
    target: int

    def score(self, more: int = 0) -> float:
        """Per cent reached, as the portal rounds it; `more` valid ones added."""
        return round(100 * (self.approved + more) / self.target, 1) if self.target else 0.0


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The place now and the place if so many more were valid."""

    more: int
    rank: int
    rank_then: int


def what_if(rivals: Sequence[Rival], own: str, more: int) -> WhatIf | None:
    """The place of `own` if `more` of its records became valid and nobody else moved; None when it has no place."""
    mine = next((one for one in rivals if one.unit == own), None)
    if mine is None:
        return None
    others = [one.score() for one in rivals if one.unit != own]

    def place(score: float) -> int:
        return 1 + sum(other > score for other in others)

    return WhatIf(more=more, rank=place(mine.score()), rank_then=place(mine.score(more)))
