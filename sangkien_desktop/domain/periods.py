"""Spans that quotas are set for: the whole programme, a stage, a campaign, a year, a quarter, a month."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.programmes import WHOLE, Campaign, Programme, Stage

_CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
CAMPAIGN_MARK = "campaign:"
CLOSING_TIME = time(23, 55)
"""When a campaign's last day ends; portals of earlier programmes closed at this minute."""


class PeriodKind(StrEnum):
    """By what a record belongs to the period."""

    WHOLE = "whole"
    STAGE = "stage"
    """By the stage written on it, else by the first day of application."""
    CAMPAIGN = "campaign"
    """By the day it reached the portal, or was entered while it has not."""
    CALENDAR = "calendar"
    """By the first day of application."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """One span; both days belong to it, None means no bound. `code` is what quotas are filed under."""

    code: str
    label: str
    kind: PeriodKind
    first_day: date | None = None
    last_day: date | None = None
    closes_at: datetime | None = None
    """The last minute in which initiatives are taken."""
    falls_back_on: str = WHOLE
    """The period whose quota serves when this one has none."""


def periods(programme: Programme, today: date, codes: Iterable[str] = ()) -> tuple[Period, ...]:
    """Everything a programme can be counted over: its campaigns, stages, the whole; `codes` of quotas; this year's."""
    quarter = (today.month - 1) // 3 + 1
    wanted = [*(CAMPAIGN_MARK + one.name for one in programme.campaigns), WHOLE]
    wanted += [stage.code for stage in programme.stages]
    if _runs_on(programme, today):
        wanted += [f"{today:%Y}", f"{today:%Y}-Q{quarter}", f"{today:%Y-%m}"]
    wanted += sorted(codes)
    found: dict[str, Period] = {}
    for code in wanted:
        known = period(programme, code)
        if known is not None:
            found.setdefault(known.code, known)
    return tuple(found.values())


def period(programme: Programme, code: str) -> Period | None:
    """The period behind a code; None when the code means nothing in this programme."""
    if code in ("", WHOLE):
        return _whole(programme)
    for number, stage in enumerate(programme.stages):
        if stage.code == code:
            return _stage(programme, number, stage)
    for campaign in programme.campaigns:
        if code in (campaign.name, CAMPAIGN_MARK + campaign.name):
            return _campaign(programme, campaign)
    return _calendar(code)


def current(programme: Programme, now: datetime) -> Period:
    """What people mean by “now”: the running campaign, else the open stage, else the whole programme."""
    today = now.astimezone(VIETNAM).date()
    for campaign in programme.campaigns:
        if campaign.first_day <= today <= campaign.last_day:
            return _campaign(programme, campaign)
    stage = programme.stage_at(now)
    found = period(programme, stage.code) if stage else None
    return found or _whole(programme)


def _runs_on(programme: Programme, today: date) -> bool:
    first, last = programme.applied_from, programme.applied_to
    return (first is None or first <= today) and (last is None or today <= last)


def _whole(programme: Programme) -> Period:
    return Period(
        code=WHOLE,
        label="Cả chương trình",
        kind=PeriodKind.WHOLE,
        first_day=programme.applied_from,
        last_day=programme.applied_to,
        closes_at=max((stage.closes_at for stage in programme.stages), default=None),
    )


def _stage(programme: Programme, number: int, stage: Stage) -> Period:
    """A stage takes what was applied since the stage before it closed: entry opens later than application."""
    first = programme.applied_from
    if number:
        before = programme.stages[number - 1].closes_at.astimezone(VIETNAM).date()
        first = before + timedelta(days=1)
    return Period(
        code=stage.code,
        label=stage.name,
        kind=PeriodKind.STAGE,
        first_day=first,
        last_day=stage.closes_at.astimezone(VIETNAM).date(),
        closes_at=stage.closes_at,
    )


def _campaign(programme: Programme, campaign: Campaign) -> Period:
    closes_at = datetime.combine(campaign.last_day, CLOSING_TIME, VIETNAM)
    stage = programme.stage_at(closes_at)
    first = f"{campaign.first_day:%d/%m}"
    return Period(
        code=CAMPAIGN_MARK + campaign.name,
        label=f"{campaign.name} {first} – {campaign.last_day:%d/%m/%Y}",
        kind=PeriodKind.CAMPAIGN,
        first_day=campaign.first_day,
        last_day=campaign.last_day,
        closes_at=closes_at,
        falls_back_on=stage.code if stage else WHOLE,
    )


def _calendar(code: str) -> Period | None:
    parts = _CODE.fullmatch(code)
    if parts is None:
        return None
    year, quarter, month = (int(part) if part else 0 for part in parts.groups())
    if quarter:
        first_month, last_month, label = 3 * quarter - 2, 3 * quarter, f"Quý {quarter}/{year}"
    elif month:
        first_month, last_month, label = month, month, f"Tháng {month:02d}/{year}"
    else:
        first_month, last_month, label = 1, 12, f"Năm {year}"
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Period(
        code=code,
        label=label,
        kind=PeriodKind.CALENDAR,
        first_day=date(year, first_month, 1),
        last_day=last,
        closes_at=datetime.combine(last, CLOSING_TIME, VIETNAM),
    )
