"""Programmes, their stages and windows, and the quotas set for units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.catalogues import SHARED
from sangkien_desktop.domain.ids import UnitId


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A span in which initiatives are entered; `closes_at` is exact to the minute, Vietnam time."""

    code: str
    name: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A peak campaign (đợt cao điểm) inside a programme; both days belong to it."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme; everything about it is data that the portal may replace."""

    code: str
    name: str
    applied_from: date | None = None
    applied_to: date | None = None
    """The window in which the first application must lie; both days belong to it."""
    stages: tuple[Stage, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    catalogues: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Lists of this programme by name; a name not here means the shared list."""
    needs_recognition: bool = True
    confirm_benefit_from: int = 100_000_000
    """Đồng; from here on the confirming department must be named."""
    ask_above: int = 10_000_000_000
    """Đồng; a value above asks to be confirmed."""

    def labels(self, catalogue: str) -> tuple[str, ...]:
        """The list's labels in their order; empty when no such list is known."""
        return self.catalogues.get(catalogue, SHARED.get(catalogue, ()))

    def stage_at(self, moment: datetime) -> Stage | None:
        """The stage open at a moment."""
        return next((s for s in self.stages if s.opens_at <= moment <= s.closes_at), None)


class QuotaKind(StrEnum):
    """Quotas come from two directions."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"


WHOLE = "whole"
"""Period of a quota that covers the whole programme."""


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How many initiatives a unit has taken on or been given for a span; versions are kept, never overwritten."""

    unit: UnitId
    programme: str
    period: str
    """A stage's code, `whole`, a year `2026`, a quarter `2026-Q4` or a month `2026-04`."""
    kind: QuotaKind
    number: int
    version: int = 1
    as_of: datetime | None = None
    source: str = "portal"
    """portal, or typed by the unit itself (its own split among groups)."""


def reached_percent(count: int, quota: int) -> float | None:
    """Đạt %: count ÷ quota × 100; None without a quota. Vượt % is this less 100."""
    return None if quota <= 0 else count / quota * 100


def exceeded_percent(count: int, quota: int) -> float | None:
    """Vượt %: đạt % − 100; negative while the quota is not reached; None without a quota."""
    reached = reached_percent(count, quota)
    return None if reached is None else reached - 100


def _local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


MILLION = Programme(
    code="1-trieu-sang-kien",
    name="1 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng đại dịch COVID-19",
    applied_from=date(2021, 9, 1),
    applied_to=date(2023, 9, 1),
    stages=(
        Stage(
            code="gd-1",
            name="Giai đoạn 1",
            opens_at=_local(2022, 1, 8),
            closes_at=_local(2022, 5, 31, 23, 55),
        ),
        Stage(
            code="gd-2", name="Giai đoạn 2", opens_at=_local(2022, 6, 1), closes_at=_local(2023, 9, 1, 23, 55)
        ),
    ),
    catalogues=MappingProxyType(
        {
            "category": (
                "Giải pháp kỹ thuật, ứng dụng công nghệ mới trong hoạt động chuyên môn",
                "Giải pháp quản lý, tổ chức, điều hành",
                "Hoạt động Công đoàn, mô hình hay, cách làm mới",
                "Phòng, chống dịch COVID-19",
            )
        }
    ),
)

INNOVATION = Programme(
    code="dmst-2025-2030",
    name="Cả nước thi đua đổi mới sáng tạo và chuyển đổi số (2025–2030)",
    applied_from=date(2025, 6, 17),
    applied_to=date(2030, 12, 31),
    stages=(
        Stage(
            code="2025-2027",
            name="Giai đoạn 2025–2027",
            opens_at=_local(2025, 6, 17),
            closes_at=_local(2027, 12, 31, 23, 55),
        ),
        Stage(
            code="2028-2030",
            name="Giai đoạn 2028–2030",
            opens_at=_local(2028, 1, 1),
            closes_at=_local(2030, 12, 31, 23, 55),
        ),
    ),
    catalogues=MappingProxyType(
        {
            "category": (
                "Sản xuất, kinh doanh",
                "Tạo sản phẩm mới",
                "Chuyển đổi số, công nghệ",
                "An toàn vệ sinh lao động",
                "Bảo vệ môi trường",
                "Cải cách hành chính",
                "Quản lý, điều hành",
                "Hoạt động Công đoàn, mô hình hay, cách làm mới",
                "Vì cộng đồng – y tế",
                "Vì cộng đồng – giáo dục",
            )
        }
    ),
)

SHIPPED: tuple[Programme, ...] = (MILLION, INNOVATION)
"""Known before any portal has been seen; the portal's list replaces them. Plan 237/KH-TLĐ of 17/6/2025."""

DEFAULT_PROGRAMME = INNOVATION.code
