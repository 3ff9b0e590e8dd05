"""Quotas with all their versions; the newest counts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.programmes import Quota, QuotaKind
from sangkien_desktop.storage.tables import QuotaRow


def find(
    session: Session, *, programme: str | None = None, unit: UnitId | None = None, period: str | None = None
) -> tuple[Quota, ...]:
    """The newest version of every quota that fits, by unit and period."""
    newest = (
        select(func.max(QuotaRow.version), QuotaRow.key)
        .group_by(QuotaRow.unit, QuotaRow.programme, QuotaRow.period, QuotaRow.kind, QuotaRow.source)
        .subquery()
    )
    chosen = _narrowed(
        select(QuotaRow).where(QuotaRow.key.in_(select(newest.c.key))), programme, unit, period
    )
    return tuple(_quota(row) for row in session.scalars(chosen.order_by(QuotaRow.unit, QuotaRow.period)))


def versions(session: Session, quota: Quota) -> tuple[Quota, ...]:
    """Every version of one quota, the oldest first."""
    rows = session.scalars(select(QuotaRow).where(*_same(quota)).order_by(QuotaRow.version))
    return tuple(_quota(row) for row in rows)


def put(session: Session, quota: Quota, *, portal_id: str | None = None, rev: int = 0) -> Quota:
    """Keep the quota as a new version when its number differs from the newest; answer what now counts."""
    newest = session.scalars(
        select(QuotaRow).where(*_same(quota)).order_by(QuotaRow.version.desc()).limit(1)
    ).first()
    if newest is not None and newest.number == quota.number:
        newest.as_of = quota.as_of or newest.as_of
        newest.rev = max(rev, newest.rev)
        session.flush()
        return _quota(newest)
    row = QuotaRow(
        portal_id=portal_id,
        unit=quota.unit,
        programme=quota.programme,
        period=quota.period,
        kind=quota.kind.value,
        number=quota.number,
        version=1 if newest is None else newest.version + 1,
        rev=rev,
        source=quota.source,
        as_of=quota.as_of,
    )
    session.add(row)
    session.flush()
    return _quota(row)


def put_many(session: Session, quotas: Iterable[Quota]) -> int:
    """Keep many; how many."""
    return len([put(session, quota) for quota in quotas])


def _narrowed(
    chosen: Select[Any], programme: str | None, unit: UnitId | None, period: str | None
) -> Select[Any]:
    for column, value in ((QuotaRow.programme, programme), (QuotaRow.unit, unit), (QuotaRow.period, period)):
        if value is not None:
            chosen = chosen.where(column == value)
    return chosen


def _same(quota: Quota) -> tuple[Any, ...]:
    return (
        QuotaRow.unit == quota.unit,
        QuotaRow.programme == quota.programme,
        QuotaRow.period == quota.period,
        QuotaRow.kind == quota.kind.value,
        QuotaRow.source == quota.source,
    )


def _quota(row: QuotaRow) -> Quota:
    return Quota(
        unit=UnitId(row.unit),
        programme=row.programme,
        period=row.period,
        kind=QuotaKind(row.kind),
        number=row.number,
        version=row.version,
        as_of=row.as_of,
        source=row.source,
    )
