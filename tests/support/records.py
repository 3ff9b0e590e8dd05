"""Builders that show only what matters to a test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sangkien_desktop.domain.ids import InitiativeId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.domain.rules import RuleContext
from sangkien_desktop.vietnamese.dates import PartialDate, Precision


def day(year: int, month: int, day_of_month: int) -> PartialDate:
    """A date known to the day."""
    return PartialDate(date(year, month, day_of_month), Precision.DAY)


def an_author(name: str = "Vũ Thị Mẫu", share: int | None = None, **values: Any) -> Author:
    """An invented author."""
    return Author(name=name, share=None if share is None else Decimal(share), **values)


def an_initiative(**values: Any) -> Initiative:
    """An initiative without any problem, with the given fields changed."""
    whole = Initiative(
        id=InitiativeId(new_id()),
        programme=MILLION.code,
        title="Cải tiến đồ gá kẹp thân đèn khi bắt vít",
        group=UnitId("to-1"),
        authors=(an_author(is_main=True, employee_code="000321"),),
        solution_type="Giải pháp kỹ thuật",
        category="Giải pháp quản lý, tổ chức, điều hành",
        first_applied_on=day(2022, 3, 8),
        annual_benefit=22_400_000,
        situation_before="Đồ gá cũ giữ thân đèn bằng hai chốt tròn nên chi tiết xoay nhẹ.",
        solution="Thêm một chốt định vị và đệm cao su ở đáy đồ gá.",
        effect_summary="Hết lỗi vít lệch, mỗi ca bớt sửa 11 sản phẩm.",
        recognition_level="Cơ sở",
        recognition_decision="12/QĐ-HĐSK",
        recognised_on=day(2022, 4, 1),
    )
    return replace(whole, **values)


def rule_context(**values: Any) -> RuleContext:
    """The programme of the samples, looked at on a day after its end."""
    return RuleContext(**{"programme": MILLION, "today": date(2026, 11, 20), **values})
