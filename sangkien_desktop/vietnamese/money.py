"""Amounts of money as people write them → whole đồng for one year, always with the reading to confirm."""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal

from sangkien_desktop.vietnamese import amounts
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.vietnamese.numbers import read_spelled, spell

MILLION = 10**6
LARGEST = 10**15
"""More than any initiative is worth; keeps every value inside 64 bits."""


class MoneyProblem(StrEnum):
    """Why an amount was not taken as it stands."""

    RANGE = "range"
    PER_MONTH = "per-month"
    PER_OTHER = "per-other"
    WORDS = "words"
    NEGATIVE = "negative"
    NOT_MONEY = "not-money"
    NOT_COMPUTABLE = "not-computable"
    FRACTION = "fraction"
    FOREIGN = "foreign"
    SEVERAL = "several"
    SEPARATOR = "separator"
    UNIT = "unit"
    SCIENTIFIC = "scientific"


@dataclass(frozen=True)
class MoneyReading:
    """How an amount was read.

    `value`: whole đồng for one year as far as the text says, None when a person must decide or nothing was
    written; `understood`: the reading in Vietnamese; `per`: the period the text names; `proposal`: what the
    officer may accept with one click; `approximate`: the text itself says "about".
    """

    value: int | None
    understood: str
    problem: MoneyProblem | None = None
    per: Literal["year", "month"] | None = None
    proposal: int | None = None
    approximate: bool = False


_LONGEST = 400
"""Letters of a cell that are looked at; nobody writes an amount in more, and the patterns would take minutes."""
_EMPTY = re.compile(r"[-–—_.…/x\s]*")
_NOT_COMPUTABLE = re.compile(
    r"(?:khong|ko|kho|k) (?:the |the nao )?(?:tinh|quy|xac dinh|luong hoa|do luong|dinh luong|uoc tinh)"
    r"|phi (?:vat chat|tai chinh|kinh te)|khong tinh duoc|^(?:ktd|n/a|na)$"
)
_VAGUE = re.compile(
    r"\b(?:vai|may|nhieu|hang) (?:chuc|tram|nghin|ngan|trieu|ty|ti)\b|\b(?:tram|chuc) (?:trieu|ty|ti)\b"
)
_FOREIGN = re.compile(r"\b(?:usd|jpy|eur|yen|do la|dola|dollars?|cny|krw|won|rmb)\b|[$¥€£￦円]")
_UPPER_BOUND = re.compile(r"\b(?:duoi|toi da|khong qua|nho hon)\b|[<≤]")
_APPROXIMATE = re.compile(
    r"\b(?:khoang|gan|tren|hon|xap xi|uoc|uoc tinh|uoc dat|uoc chung|tam(?= \d)|co|du kien|it nhat|toi thieu|about)\b|[~≈≃>≥]"
)
_NEGATIVE = re.compile(r"[-\u2212–](\s*)\d|am \d|\([\d.,\s]+\)$")
_DATE_LIKE = re.compile(r"\d\s*/\s*\d")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+]?\d+")
_UNITS_OF_HEADERS = (
    (re.compile(r"\b(?:ty|ti)(?: dong| d| vnd)?\b(?=[^a-z]*$|\))"), 10**9),
    (re.compile(r"\b(?:trieu|tr|trd|trvnd|million)\b"), MILLION),
    (re.compile(r"\b(?:nghin|ngan|1000|1\.000) ?(?:dong|d|vnd)\b"), 10**3),
    (re.compile(r"(?:^|[(\[:/,])\s*(?:dong|vnd|vn d|d)\b"), 1),
)


def read_money(text: str | int | float, *, unit: int = 1) -> MoneyReading:
    """Read one cell; `unit` is what a bare number counts (1000000 in a column headed "triệu đồng").

    >>> read_money("1,2 tỷ").value
    1200000000
    """
    if isinstance(text, int | float):
        return _bare_number(Decimal(str(text)), unit)
    folded = fold(unicodedata.normalize("NFKC", text[:_LONGEST])).replace("₫", "d")
    if _EMPTY.fullmatch(folded):
        return MoneyReading(None, "Không ghi")
    return _refused_by_words(folded) or _read_text(folded.lstrip("'="), unit)


def unit_of_header(header: str) -> int | None:
    """The unit a column heading names: "Làm lợi (triệu đồng)" → 1000000; None when it names none."""
    folded = fold(header)
    return next((unit for pattern, unit in _UNITS_OF_HEADERS if pattern.search(folded)), None)


def format_vnd(value: int) -> str:
    """Digits in groups of three with dots: `1.234.567`."""
    return f"{value:,}".replace(",", ".")


def in_words(value: int) -> str:
    """`Một triệu hai trăm nghìn đồng`, as papers demand under "Bằng chữ"."""
    said = spell(value)
    return f"{said[0].upper()}{said[1:]} đồng"


def _refused_by_words(folded: str) -> MoneyReading | None:
    if _NOT_COMPUTABLE.search(folded):
        return MoneyReading(None, "Không tính được bằng tiền", MoneyProblem.NOT_COMPUTABLE)
    if _FOREIGN.search(folded):
        return MoneyReading(None, "Số tiền ngoại tệ; hãy ghi bằng đồng", MoneyProblem.FOREIGN)
    return None


def _read_text(folded: str, unit: int) -> MoneyReading:
    rest, period = amounts.take_period(folded)
    found = amounts.find_amounts(rest)
    if not found:
        return _read_words(rest, period)
    if _DATE_LIKE.search(rest):
        return MoneyReading(None, "Không phải số tiền", MoneyProblem.NOT_MONEY)
    if _SCIENTIFIC.search(rest):
        return _scientific(rest, unit)
    if _UPPER_BOUND.search(rest) or amounts.is_range(rest, found):
        return MoneyReading(None, "Một khoảng từ … đến …; hãy ghi một con số", MoneyProblem.RANGE)
    if len(found) > 1:
        return _several(rest, found, unit, period)
    return _read_one(rest, found[0], unit, period)


def _read_one(rest: str, amount: amounts.Amount, unit: int, period: amounts.Period | None) -> MoneyReading:
    reading = _single(amount, unit)
    sign = _NEGATIVE.match(rest.strip())
    if sign:
        said = "Số âm; giá trị làm lợi không thể âm"
        return MoneyReading(None, said, MoneyProblem.NEGATIVE, proposal=reading.value if sign[1] else None)
    beside = amounts.words_beside(rest, amount)
    if beside and (reading.value is None or read_spelled(beside) != reading.value):
        said = "Có chữ không thuộc số tiền; hãy ghi riêng con số"
        proposal = reading.value if amount.has_unit else None
        return MoneyReading(None, said, MoneyProblem.NOT_MONEY, proposal=proposal)
    return _with_period(reading, period, approximate=bool(_APPROXIMATE.search(rest)))


def _single(amount: amounts.Amount, unit: int) -> MoneyReading:
    if amount.number is None:
        return MoneyReading(
            None,
            "Dấu chấm, dấu phẩy không rõ",
            MoneyProblem.SEPARATOR,
            proposal=None if amount.guess is None else _whole(amount.guess),
        )
    if not amount.has_unit:
        return _bare_number(amount.number, unit)
    return _in_dong(amount.number)


def _bare_number(number: Decimal, unit: int) -> MoneyReading:
    if not number.is_finite():
        return MoneyReading(None, "Không phải số tiền", MoneyProblem.NOT_MONEY)
    if number < 0:
        return MoneyReading(None, "Số âm; giá trị làm lợi không thể âm", MoneyProblem.NEGATIVE)
    if unit >= MILLION and number >= MILLION:
        proposal = int(number)
        said = f"Cột ghi {_unit_name(unit)} nhưng số này có vẻ đã là đồng: {format_vnd(proposal)} đồng"
        return MoneyReading(None, said, MoneyProblem.UNIT, proposal=proposal)
    if unit == 1 and 0 < number < 1000:
        scaled = number * MILLION
        proposal = int(scaled)
        said = f"Thiếu đơn vị; có phải {format_vnd(proposal)} đồng?"
        problem = MoneyProblem.UNIT if number == number.to_integral_value() else MoneyProblem.FRACTION
        return MoneyReading(None, said, problem, proposal=proposal)
    return _in_dong(number * unit)


def _in_dong(number: Decimal) -> MoneyReading:
    value = _whole(number)
    if value > LARGEST:
        return MoneyReading(None, "Số quá lớn", MoneyProblem.NOT_MONEY)
    return MoneyReading(value, f"{format_vnd(value)} đồng" + ("" if value == number else " (làm tròn)"))


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP)) if number < LARGEST * 10 else int(number)


def _with_period(reading: MoneyReading, period: amounts.Period | None, *, approximate: bool) -> MoneyReading:
    amount = reading.value if reading.problem is None else reading.proposal
    if period is None or amount is None:
        return _about(reading) if approximate else reading
    if period.per_year == 1:
        yearly = replace(reading, understood=f"{reading.understood}/năm", per="year")
        return _about(yearly) if approximate else yearly
    said = f"{format_vnd(amount)} đồng cho mỗi {period.name}; "
    if period.per_year is None:
        return MoneyReading(
            None, said + "hãy tính cho một năm", MoneyProblem.PER_OTHER, approximate=approximate
        )
    total = int(amount * period.per_year)
    said += f"một năm là {format_vnd(total)} đồng?"
    if period.per_year == 12:
        return MoneyReading(None, said, MoneyProblem.PER_MONTH, "month", total, approximate)
    return MoneyReading(None, said, MoneyProblem.PER_OTHER, None, total, approximate)


def _about(reading: MoneyReading) -> MoneyReading:
    said = f"Khoảng {reading.understood}" if reading.problem is None else reading.understood
    return replace(reading, understood=said, approximate=True)


def _several(
    rest: str, found: list[amounts.Amount], unit: int, period: amounts.Period | None
) -> MoneyReading:
    """What stands after "=", or the only number that is called money, is proposed."""
    after = amounts.find_amounts(rest.rpartition("=")[2]) if "=" in rest else []
    called_money = after or [amount for amount in found if amount.has_unit]
    proposal = None
    if len(called_money) == 1:
        likely = _single(called_money[0], unit)
        likely = likely if after else _with_period(likely, period, approximate=False)
        proposal = likely.proposal if likely.value is None else likely.value
    return MoneyReading(None, "Có nhiều con số; hãy ghi một số tiền", MoneyProblem.SEVERAL, proposal=proposal)


def _scientific(rest: str, unit: int) -> MoneyReading:
    try:
        proposal = int(Decimal(rest.strip().replace(",", ".")) * unit)
    except InvalidOperation:
        return MoneyReading(None, "Không phải số tiền", MoneyProblem.NOT_MONEY)
    said = f"Excel đã rút gọn số này; có phải {format_vnd(proposal)} đồng?"
    return MoneyReading(None, said, MoneyProblem.SCIENTIFIC, proposal=proposal)


def _read_words(rest: str, period: amounts.Period | None) -> MoneyReading:
    spelled = read_spelled(amounts.without_noise(rest))
    if spelled is None or spelled < 1000:
        if _VAGUE.search(rest):
            return MoneyReading(None, "Không có con số cụ thể; hãy ghi một số tiền", MoneyProblem.WORDS)
        return MoneyReading(None, "Không phải số tiền", MoneyProblem.NOT_MONEY)
    yearly = spelled * int(period.per_year or 1) if period else spelled
    said = f"Ghi bằng chữ; có phải {format_vnd(yearly)} đồng?"
    return MoneyReading(None, said, MoneyProblem.WORDS, proposal=yearly)


def _unit_name(unit: int) -> str:
    return {10**3: "nghìn đồng", MILLION: "triệu đồng", 10**9: "tỷ đồng"}.get(unit, format_vnd(unit))
