"""What a report is: a name, a title, when it is wanted, what may be chosen, and how its table is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum

from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.periods import Period
from sangkien_desktop.domain.programmes import Programme, QuotaKind
from sangkien_desktop.domain.report_table import Letterhead, ReportTable
from sangkien_desktop.domain.standings import Basis


class Occasion(Enum):
    """When a report is wanted; the menu groups by it."""

    WEEKLY = "Hằng tuần"
    DOSSIER = "Hồ sơ gửi cấp trên"
    GROUPS = "Cho tổ và tác giả"
    CHECK = "Kiểm tra"


class Parameter(StrEnum):
    """What a person may choose for a report."""

    PERIOD = "period"
    AS_OF = "as_of"
    BASIS = "basis"
    AGAINST = "against"
    GROUP = "group"
    LEAST_BENEFIT = "least_benefit"
    WHICH = "which"
    """One initiative by its code, or all of a decision by its number; papers only."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The chosen parameters; every report reads those it declares."""

    programme: Programme
    period: Period
    as_of: datetime
    basis: Basis = Basis.SENT
    against: QuotaKind = QuotaKind.ASSIGNED
    every_group: bool = False
    group: UnitId | None = None
    least_benefit: int = 50_000_000
    """Đồng a year; initiatives from here on are of great value."""
    letterhead: Letterhead = Letterhead()


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report. `make` reads the database in the given session and answers the whole table."""

    name: str
    """As the command line calls it."""
    title: str
    """As the menu calls it."""
    occasion: Occasion
    parameters: tuple[Parameter, ...]
    make: Callable[[Session, Chosen], ReportTable]


def period_line(chosen: Chosen) -> str:
    """The line under the title that names the span."""
    period = chosen.period
    if period.first_day and period.last_day:
        return f"{_named(period)} từ {_day(period.first_day)} đến {_day(period.last_day)}"
    return period.label


def _named(period: Period) -> str:
    """The label without its days, which follow in full."""
    return period.label.split(" – ")[0].rsplit(" ", 1)[0] if "/" in period.label else period.label


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
