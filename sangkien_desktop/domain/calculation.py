"""The calculation of a benefit: lines of quantity and unit price over a period, costs deducted, one year's value.

The sheet is kept as text in the field “Cách tính”, one line per item, so that it travels, prints and reads like
what a person writes by hand:

    Bớt sửa lỗi vít lệch: 11 sản phẩm × 2.500 đồng × 300 ngày = 8.250.000 đồng
    Trừ đồ gá mới: 1 bộ × 1.200.000 đồng = 1.200.000 đồng
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.vietnamese.money import format_vnd


class Period(StrEnum):
    """How often an amount comes back; the value is what stands in the line."""

    ONCE = ""
    YEAR = "năm"
    QUARTER = "quý"
    MONTH = "tháng"
    WEEK = "tuần"
    WORKDAY = "ngày"


TIMES_A_YEAR = {
    Period.ONCE: 1,
    Period.YEAR: 1,
    Period.QUARTER: 4,
    Period.MONTH: 12,
    Period.WEEK: 52,
    Period.WORKDAY: 300,
}
"""300 working days are what the plants of the samples reckon with; a line may say another number."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: `times` is how often in one year the amount comes back."""

    name: str
    quantity: Decimal
    unit: str = ""
    unit_price: int
    """Đồng."""
    period: Period = Period.ONCE
    times: int = 1
    is_cost: bool = False

    @property
    def amount(self) -> int:
        """Đồng in one year; a cost is positive here and deducted in the sum."""
        return int((self.quantity * self.unit_price * self.times).to_integral_value())


@dataclass(frozen=True)
class Calculation:
    """The sheet of one initiative."""

    items: tuple[Item, ...]

    @property
    def one_year(self) -> int:
        """Đồng of one year, costs deducted."""
        return sum(-item.amount if item.is_cost else item.amount for item in self.items)


_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_LINE = re.compile(
    rf"(?P<cost>trừ\s+)?(?P<name>[^:]+?)\s*:\s*(?P<quantity>{_NUMBER})\s*(?P<unit>[^\d×x*=]*?)\s*[×x*]\s*"
    rf"(?P<price>{_NUMBER})\s*(?:đồng|đ|vnđ)?"
    rf"(?:\s*[×x*]\s*(?P<times>\d+)\s*(?P<period>năm|quý|tháng|tuần|ngày))?"
    rf"(?:\s*=\s*(?P<amount>{_NUMBER})\s*(?:đồng|đ|vnđ)?)?\s*\.?",
    re.IGNORECASE,
)


def read_calculation(text: str) -> Calculation | None:
    """The sheet that a text holds; None when any line of it is not one of the sheet's."""
    lines = [clean(line) for line in text.splitlines() if line.strip()]
    items = [_item(line) for line in lines]
    if not items or any(item is None for item in items):
        return None
    return Calculation(tuple(item for item in items if item is not None))


def _item(line: str) -> Item | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        quantity, price = _decimal(found["quantity"]), _decimal(found["price"])
    except InvalidOperation:
        return None
    period = Period(found["period"].lower()) if found["period"] else Period.ONCE
    return Item(
        name=found["name"],
        quantity=quantity,
        unit=found["unit"].strip(),
        unit_price=int(price),
        period=period,
        times=int(found["times"] or 1),
        is_cost=bool(found["cost"]),
    )


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(".", "").replace(",", "."))


def write_calculation(calculation: Calculation) -> str:
    """The sheet as text that `read_calculation` reads back."""
    return "\n".join(_line(item) for item in calculation.items)


def _line(item: Item) -> str:
    quantity = f"{item.quantity.normalize():f}".replace(".", ",")
    unit = f" {item.unit}" if item.unit else ""
    repeated = f" × {item.times} {item.period.value}" if item.period is not Period.ONCE else ""
    sign = "Trừ " if item.is_cost else ""
    return (
        f"{sign}{item.name}: {quantity}{unit} × {format_vnd(item.unit_price)} đồng{repeated}"
        f" = {format_vnd(item.amount)} đồng"
    )


_EQUATION = re.compile(rf"((?:{_NUMBER})(?:\s*[×x*]\s*(?:{_NUMBER}))+)\s*=\s*({_NUMBER})", re.IGNORECASE)


def wrong_products(text: str) -> tuple[tuple[str, int], ...]:
    """Products written out in a text whose result is wrong, each with what it really comes to."""
    found: list[tuple[str, int]] = []
    for line in text.splitlines():
        plain = re.sub(r"[^\d.,×x*=\s]+", " ", fold(line))
        for product, said in _EQUATION.findall(" ".join(plain.split())):
            result = Decimal(1)
            for factor in re.findall(_NUMBER, product):
                result *= _decimal(factor)
            if result != _decimal(said):
                found.append((clean(line), int(result)))
    return tuple(found)


def total(amounts: Sequence[Item]) -> int:
    """What the items come to in one year, costs deducted."""
    return Calculation(tuple(amounts)).one_year
