"""Counts of records and people by group, and by day: what quotas are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.pace import Day
from sangkien_desktop.domain.periods import Period, PeriodKind
from sangkien_desktop.domain.standings import Tally
from sangkien_desktop.storage.tables.base import instant_text


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is counted: records of a programme and period as they stood at a moment."""

    programme: str
    period: Period
    as_of: datetime
    every_group: bool = False
    """Count a record for every group that has an author in it, not for the record's group alone."""


# A date of lower precision counts by its first day: 2022-05 as 2022-05-01.
_APPLIED = "substr(i.first_applied_on || '-01-01', 1, 10)"
_SENT_ON = "date(coalesce(sent.at, i.created_at), '+7 hours')"
IN_PERIOD: Mapping[PeriodKind, str] = {
    PeriodKind.WHOLE: "1",
    PeriodKind.STAGE: f"(i.stage = :code OR (i.stage IS NULL AND {_APPLIED} BETWEEN :first AND :last))",
    PeriodKind.CAMPAIGN: f"{_SENT_ON} BETWEEN :first AND :last",
    PeriodKind.CALENDAR: f"{_APPLIED} BETWEEN :first AND :last",
}
"""When the row `i`, joined with its first sending `sent`, belongs to a period."""
SENDINGS = """
WITH sent AS MATERIALIZED (
  SELECT record_id, min(settled_at) AS at FROM op WHERE state IN ('applied', 'merged') GROUP BY record_id
)
"""
_CHOSEN = """
, chosen AS MATERIALIZED (
  SELECT i.key, i.group_unit AS unit,
    (i.recognition_decision <> '' OR i.recognised_on IS NOT NULL) AS recognised,
    coalesce(i.annual_benefit, 0) AS benefit,
    coalesce(json_extract(i.portal_reason, '$.votes'), 0) AS votes,
    (i.was_applied OR i.portal_status <> '') AND i.portal_status <> 'withdrawn'
      AND coalesce(sent.at, i.created_at) <= :as_of AS sent,
    coalesce(sent.at, i.created_at) AS sent_at,
    i.portal_status AS status,
    i.portal_status IN ('valid', 'returned') AND coalesce(i.portal_at, '') <= :as_of AS judged
  FROM initiative i LEFT JOIN sent ON sent.record_id = i.id
  WHERE i.programme = :programme AND i.lifecycle <> 'withdrawn' AND i.erased_at IS NULL
    AND i.created_at <= :as_of AND {period}
)
"""
_OWN_GROUP = "placed AS (SELECT key, unit FROM chosen)"
_EVERY_GROUP = """
placed AS (
  SELECT key, unit FROM chosen
  UNION
  SELECT c.key, p.group_unit FROM chosen c
    JOIN initiative_author a ON a.initiative = c.key
    JOIN person p ON p.id = a.person
  WHERE p.group_unit IS NOT NULL
)
"""
_SUMS = """
  count(*) AS entered, total(recognised) AS recognised, total(sent) AS sent,
  total(sent AND judged AND status = 'valid') AS valid,
  total(sent AND judged AND status = 'returned') AS returned,
  total(benefit) AS benefit, total(benefit * sent) AS benefit_sent,
  total(benefit * (sent AND judged AND status = 'valid')) AS benefit_valid, total(votes) AS votes, total(sent AND sent_at <= :before) AS sent_before
"""
_WHO = "coalesce(a.person, 'code:' || a.employee_code, 'name:' || coalesce(c.unit, '') || ':' || a.name)"
_JOINED = "FROM placed JOIN chosen c ON c.key = placed.key"
_RECORDS = f"SELECT placed.unit AS unit, {_SUMS} {_JOINED} GROUP BY placed.unit"
_ONCE = f"SELECT {_SUMS} FROM chosen"  # noqa: S608 - own text
_PEOPLE = f"""
SELECT placed.unit AS unit, {_WHO} AS who, max(c.sent) AS sent,
  max(c.sent AND c.judged AND c.status = 'valid') AS valid
{_JOINED} JOIN initiative_author a ON a.initiative = c.key GROUP BY placed.unit, who
"""
_RECORD_NAMES = (
    "entered",
    "recognised",
    "sent",
    "valid",
    "returned",
    "benefit",
    "benefit_sent",
    "benefit_valid",
    "votes",
)


@dataclass(frozen=True)
class Tallies:
    """Counts of one question. Records of the groups add up to the whole unless every author's group counts;
    people need not: one may have initiatives in two groups."""

    whole: Tally
    groups: Mapping[UnitId | None, Tally]
    sent_before: Mapping[UnitId, int]
    """Records sent up to an earlier moment, by group."""


def tallies(session: Session, counted: Counted, before: datetime) -> Tallies:
    """Everything counted, for the groups and for the unit; `before` is the earlier moment for `sent_before`."""
    values = period_values(counted) | {"before": instant_text(before)}
    start = SENDINGS + _CHOSEN.format(period=IN_PERIOD[counted.period.kind])
    start += ", " + (_EVERY_GROUP if counted.every_group else _OWN_GROUP)
    rows = session.execute(text(start + _RECORDS), values).mappings().all()
    sums = {_unit(row["unit"]): {name: int(row[name]) for name in _RECORD_NAMES} for row in rows}
    if counted.every_group:
        once = session.execute(text(start + _ONCE), values).mappings().one()
        whole = {name: int(once[name]) for name in _RECORD_NAMES}
    else:
        whole = {name: sum(one[name] for one in sums.values()) for name in _RECORD_NAMES}
    people = _People()
    for unit, who, is_sent, is_valid in session.execute(text(start + _PEOPLE), values):
        people.add(_unit(unit), who, is_sent=bool(is_sent), is_valid=bool(is_valid))
    return Tallies(
        whole=Tally(**whole, **people.of_whole()),
        groups={unit: Tally(**one, **people.of_group(unit)) for unit, one in sums.items()},
        sent_before={UnitId(row["unit"]): int(row["sent_before"]) for row in rows if row["unit"]},
    )


class _People:
    """Distinct people by group and over all, among the records entered, sent and valid."""

    def __init__(self) -> None:
        self._groups: dict[UnitId | None, list[int]] = {}
        self._whole: tuple[set[str], set[str], set[str]] = (set(), set(), set())

    def add(self, unit: UnitId | None, who: str, *, is_sent: bool, is_valid: bool) -> None:
        counts = self._groups.setdefault(unit, [0, 0, 0])
        for at, holds in enumerate((True, is_sent, is_valid)):
            if holds:
                counts[at] += 1
                self._whole[at].add(who)

    def of_group(self, unit: UnitId | None) -> dict[str, int]:
        return _people_names(self._groups.get(unit, [0, 0, 0]))

    def of_whole(self) -> dict[str, int]:
        return _people_names([len(people) for people in self._whole])


def _people_names(counts: list[int]) -> dict[str, int]:
    return dict(zip(("people_entered", "people_sent", "people_valid"), counts, strict=True))


def _unit(plain: str | None) -> UnitId | None:
    return UnitId(plain) if plain else None


def daily(session: Session, counted: Counted) -> tuple[Day, ...]:
    """Day by day, from the first day on which something was sent to the day counted; days without any are there."""
    sql = f"""
    {SENDINGS}
    SELECT {_SENT_ON} AS sent_on,
      CASE WHEN i.portal_status = 'valid'
        THEN max({_SENT_ON}, coalesce(date(i.portal_at, '+7 hours'), {_SENT_ON})) END AS valid_on,
      count(*) AS number
    FROM initiative i LEFT JOIN sent ON sent.record_id = i.id
    WHERE i.programme = :programme AND i.lifecycle <> 'withdrawn' AND i.erased_at IS NULL
      AND (i.was_applied OR i.portal_status <> '') AND i.portal_status <> 'withdrawn'
      AND coalesce(sent.at, i.created_at) <= :as_of AND {IN_PERIOD[counted.period.kind]}
    GROUP BY sent_on, valid_on
    """  # noqa: S608 - own text
    sent: dict[date, int] = {}
    valid: dict[date, int] = {}
    for row in session.execute(text(sql), period_values(counted)).mappings():
        for counts, on in ((sent, row["sent_on"]), (valid, row["valid_on"])):
            if on:
                day = date.fromisoformat(on)
                counts[day] = counts.get(day, 0) + int(row["number"])
    if not sent:
        return ()
    last = max(*sent, *valid, (counted.as_of + timedelta(hours=7)).date())
    span = range((last - min(sent)).days + 1)
    days = (min(sent) + timedelta(days=number) for number in span)
    return tuple(Day(day=day, sent=sent.get(day, 0), valid=valid.get(day, 0)) for day in days)


def period_values(counted: Counted) -> dict[str, Any]:
    """The values that the conditions of IN_PERIOD name."""
    period = counted.period
    return {
        "programme": counted.programme,
        "as_of": instant_text(counted.as_of),
        "code": period.code,
        "first": period.first_day.isoformat() if period.first_day else "0000-00-00",
        "last": period.last_day.isoformat() if period.last_day else "9999-99-99",
    }


def undecided_pairs(session: Session) -> int:
    """Pairs of initiatives suspected to be one and that nobody has judged yet; merely similar ones do not count."""
    asked = text("SELECT count(*) FROM dup_candidate WHERE decision = '' AND kind = 'duplicate'")
    return int(session.scalar(asked) or 0)
