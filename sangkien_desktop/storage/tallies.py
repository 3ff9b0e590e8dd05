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
_IN_PERIOD: Mapping[PeriodKind, str] = {
    PeriodKind.WHOLE: "1",
    PeriodKind.STAGE: f"(i.stage = :code OR (i.stage IS NULL AND {_APPLIED} BETWEEN :first AND :last))",
    PeriodKind.CAMPAIGN: f"{_SENT_ON} BETWEEN :first AND :last",
    PeriodKind.CALENDAR: f"{_APPLIED} BETWEEN :first AND :last",
}
_CHOSEN = """
WITH sent AS MATERIALIZED (
  SELECT record_id, min(settled_at) AS at FROM op WHERE state IN ('applied', 'merged') GROUP BY record_id
),
chosen AS MATERIALIZED (
  SELECT i.key, i.group_unit AS unit,
    (i.recognition_decision <> '' OR i.recognised_on IS NOT NULL) AS recognised,
    coalesce(i.annual_benefit, 0) AS benefit,
    coalesce(json_extract(i.portal_reason, '$.votes'), 0) AS votes,
    (i.was_applied OR i.portal_status <> '') AND i.portal_status <> 'withdrawn'
      AND coalesce(sent.at, i.created_at) <= :as_of AS sent,
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
  total(benefit) AS benefit, total(votes) AS votes
"""
_WHO = "coalesce(a.person, 'code:' || a.employee_code, 'name:' || coalesce(c.unit, '') || ':' || a.name)"
_PEOPLE = f"""
  count(DISTINCT {_WHO}) AS people_entered,
  count(DISTINCT CASE WHEN c.sent THEN {_WHO} END) AS people_sent,
  count(DISTINCT CASE WHEN c.sent AND c.judged AND c.status = 'valid' THEN {_WHO} END) AS people_valid
"""
_NAMES = tuple(Tally.__dataclass_fields__)


def whole(session: Session, counted: Counted) -> Tally:
    """The unit as a whole: every record once, every person once."""
    sums = _one(session, f"{_chosen(counted)} SELECT {_SUMS} FROM chosen", counted)
    people = _one(
        session,
        f"{_chosen(counted)} SELECT {_PEOPLE} FROM chosen c JOIN initiative_author a ON a.initiative = c.key",
        counted,
    )
    return Tally(**{**sums, **people})


def by_group(session: Session, counted: Counted) -> Mapping[UnitId | None, Tally]:
    """By group. Without `every_group` the records add up to the whole; people may not: one may be in two groups."""
    start = f"{_chosen(counted)}, {_EVERY_GROUP if counted.every_group else _OWN_GROUP}"
    joined = "FROM placed JOIN chosen c ON c.key = placed.key"
    found: dict[UnitId | None, dict[str, int]] = {}
    for what, tables in (
        (_SUMS, joined),
        (_PEOPLE, f"{joined} JOIN initiative_author a ON a.initiative = c.key"),
    ):
        sql = f"{start} SELECT placed.unit AS unit, {what} {tables} GROUP BY placed.unit"
        for row in session.execute(text(sql), _values(counted)).mappings():
            unit = UnitId(row["unit"]) if row["unit"] else None
            known = found.setdefault(unit, {})
            known.update({name: int(row[name]) for name in _NAMES if name in row})
    return {unit: Tally(**values) for unit, values in found.items()}


def sent_by_group(session: Session, counted: Counted) -> Mapping[UnitId, int]:
    """Records sent, by group: enough for the places of an earlier moment."""
    placed = _EVERY_GROUP if counted.every_group else _OWN_GROUP
    sql = (
        f"{_chosen(counted)}, {placed} SELECT placed.unit AS unit, total(c.sent) AS sent"  # noqa: S608 - own text
        " FROM placed JOIN chosen c ON c.key = placed.key GROUP BY placed.unit"
    )
    rows = session.execute(text(sql), _values(counted)).mappings()
    return {UnitId(row["unit"]): int(row["sent"]) for row in rows if row["unit"]}


def daily(session: Session, counted: Counted) -> tuple[Day, ...]:
    """Day by day, from the first day on which something was sent to the day counted; days without any are there."""
    sql = f"""
    WITH sent AS MATERIALIZED (
      SELECT record_id, min(settled_at) AS at FROM op WHERE state IN ('applied', 'merged') GROUP BY record_id
    )
    SELECT {_SENT_ON} AS sent_on,
      CASE WHEN i.portal_status = 'valid'
        THEN max({_SENT_ON}, coalesce(date(i.portal_at, '+7 hours'), {_SENT_ON})) END AS valid_on,
      count(*) AS number
    FROM initiative i LEFT JOIN sent ON sent.record_id = i.id
    WHERE i.programme = :programme AND i.lifecycle <> 'withdrawn' AND i.erased_at IS NULL
      AND (i.was_applied OR i.portal_status <> '') AND i.portal_status <> 'withdrawn'
      AND coalesce(sent.at, i.created_at) <= :as_of AND {_IN_PERIOD[counted.period.kind]}
    GROUP BY sent_on, valid_on
    """  # noqa: S608 - own text
    sent: dict[date, int] = {}
    valid: dict[date, int] = {}
    for row in session.execute(text(sql), _values(counted)).mappings():
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


def _chosen(counted: Counted) -> str:
    return _CHOSEN.format(period=_IN_PERIOD[counted.period.kind])


def _values(counted: Counted) -> dict[str, Any]:
    period = counted.period
    return {
        "programme": counted.programme,
        "as_of": instant_text(counted.as_of),
        "code": period.code,
        "first": period.first_day.isoformat() if period.first_day else "0000-00-00",
        "last": period.last_day.isoformat() if period.last_day else "9999-99-99",
    }


def _one(session: Session, sql: str, counted: Counted) -> dict[str, int]:
    row = session.execute(text(sql), _values(counted)).mappings().one()
    return {name: int(row[name]) for name in _NAMES if name in row}
