"""The pieces of a written amount: numbers with their units, periods, and the words around them. Folded text only."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_SCALES = {
    "nghin ty": 10**12, "ngan ty": 10**12, "ty": 10**9, "ti": 10**9, "billion": 10**9, "億": 10**8,
    "tram trieu": 10**8, "chuc trieu": 10**7, "trieu": 10**6, "tr": 10**6, "million": 10**6, "mil": 10**6,
    "万": 10**4, "nghin": 10**3, "ngan": 10**3, "k": 10**3,
}  # fmt: skip
_SCALE = "|".join(_SCALES)
_CURRENCY = r"(?:dong|vnd|vn d|d)"
_NUMBER = r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_AMOUNT = re.compile(
    rf"(?:\b(?:vnd|vn d)\s*)?(?P<number>{_NUMBER})(?:[.,]-)?\s*"
    rf"(?:(?P<scale>{_SCALE})(?:(?P<half> ruoi)|(?P<tail>\d{{1,3}})(?!\d)|(?![a-ce-z])|(?=d\b))\s*)?"
    rf"(?P<currency>{_CURRENCY}\b)?",
)
_BETWEEN_PARTS = re.compile(r"\s*(?:va\s*)?")
_BETWEEN_RANGE = re.compile(r"\s*(?:-|–|—|~|->|→|\.\.+|…|den|toi|to|hoac|hay|±|\+/-)\s*")
_PERIOD_NAMES = {
    "nam": "năm", "year": "năm", "年": "năm", "thang": "tháng", "th": "tháng", "month": "tháng", "月": "tháng",
    "quy": "quý", "tuan": "tuần", "ngay": "ngày", "ca": "ca", "gio": "giờ", "san pham": "sản phẩm", "sp": "sản phẩm",
    "chiec": "chiếc", "cai": "cái", "bo": "bộ", "lan": "lần", "lo": "lô", "kg": "kg", "tan": "tấn", "nguoi": "người",
    "chuyen": "chuyến", "don hang": "đơn hàng", "may": "máy", "day": "ngày", "day chuyen": "dây chuyền",
}  # fmt: skip
_ANY_PERIOD = "|".join(sorted(_PERIOD_NAMES, key=len, reverse=True))
_PERIOD = re.compile(
    rf"(?:/|\b(?:moi|hang|per)\b)\s*(?:mot\s+)?(?P<count>\d{{1,2}}\s*)?(?P<name>{_ANY_PERIOD})(?![a-z])"
    r"|\b(?:mot|1|ca|trong|theo|cho|tren|tinh)\s+(?:ca\s+|mot\s+)?(?P<times>\d{1,2}\s*)?"
    r"(?P<span>nam|thang|quy|tuan|ngay)(?![a-z])(?:\s*(?:19|20)\d\d\b)?"
    r"|\b(?P<year>nam)\s*(?:19|20)\d\d\b"
)
_PER_YEAR = {"năm": Fraction(1), "tháng": Fraction(12), "quý": Fraction(4)}
_NOISE = re.compile(
    r"\b(?:khoang|gan|tren|hon|xap xi|uoc|uoc tinh|uoc dat|uoc chung|co|du kien|it nhat|toi thieu|about|tiet kiem|lam loi|"
    r"giam|chi phi|duoc|la|so tien|gia tri|loi nhuan|hieu qua|kinh te|tong|tong cong|cong|tang|thu|dat|dong|vnd|d|tien|"
    r"chan|tuong duong|td|cho cong ty|moi|sau thue|truoc thue|nam dau|va|bang|thanh tien|so)\b"
)


@dataclass(frozen=True)
class Amount:
    """One written amount; `number` is None when its separators allow two readings (`guess` is the likelier)."""

    number: Decimal | None
    has_unit: bool
    start: int
    end: int
    guess: Decimal | None = None


@dataclass(frozen=True)
class Period:
    """What an amount is counted for; `per_year` is None when a year is not made of it."""

    name: str
    per_year: Fraction | None


def take_period(folded: str) -> tuple[str, Period | None]:
    """The text without its "per month", "mỗi năm", "/6 tháng", and that period."""
    periods = {_period(match) for match in _PERIOD.finditer(folded)}
    rest = _PERIOD.sub(" ", folded).strip()
    if len(periods) > 1:
        return rest, Period("/".join(sorted(period.name for period in periods)), None)
    return rest, next(iter(periods), None)


def find_amounts(folded: str) -> list[Amount]:
    """All amounts in order; `1 ty 200 trieu` is one."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(folded):
        amount = _amount(match)
        if found and _continues(folded, found[-1], amount, match):
            found[-1] = _joined(found[-1], amount)
        else:
            found.append(amount)
    return found


def is_range(folded: str, found: list[Amount]) -> bool:
    """True for two amounts with nothing but a dash, a tilde or "đến" between them."""
    return len(found) == 2 and bool(_BETWEEN_RANGE.fullmatch(folded[found[0].end : found[1].start]))


def without_noise(folded: str) -> str:
    """The text without the words that usually stand beside an amount."""
    return " ".join(re.sub(r"[^\w\s]", " ", _NOISE.sub(" ", folded)).split())


def words_beside(folded: str, amount: Amount) -> str:
    """The words beside the amount that do not belong to money; empty for most cells."""
    before = re.sub(r"\btam\s*$", "", folded[: amount.start])
    return without_noise(f"{before} {folded[amount.end :]}")


def _period(match: re.Match[str]) -> Period:
    name = _PERIOD_NAMES[match["name"] or match["span"] or match["year"]]
    per_year = _PER_YEAR.get(name)
    count = int(match["count"] or match["times"] or 1)
    if count == 12 and name == "tháng":
        return Period("năm", Fraction(1))
    if count > 1:
        return Period(f"{count} {name}", per_year / count if per_year else None)
    return Period(name, per_year)


def _amount(match: re.Match[str]) -> Amount:
    scale = _SCALES[match["scale"]] if match["scale"] else 1
    number, guess = _number(match["number"], scaled=scale > 1)
    has_unit = bool(match["scale"] or match["currency"])
    if number is None:
        return Amount(
            None, has_unit, match.start(), match.end(), guess * scale if guess is not None else None
        )
    number *= scale
    if match["half"]:
        number += Decimal(scale) / 2
    if match["tail"]:
        number += Decimal(f"0.{match['tail']}") * scale
    return Amount(number, has_unit, match.start(), match.end())


def _continues(folded: str, earlier: Amount, later: Amount, match: re.Match[str]) -> bool:
    """A smaller scale straight after a larger one belongs to it."""
    if not (match["scale"] and earlier.has_unit) or earlier.number is None or later.number is None:
        return False
    gap = folded[earlier.end : later.start]
    return bool(_BETWEEN_PARTS.fullmatch(gap)) and later.number < earlier.number


def _joined(earlier: Amount, later: Amount) -> Amount:
    assert earlier.number is not None and later.number is not None
    return Amount(earlier.number + later.number, True, earlier.start, later.end)


def _number(written: str, *, scaled: bool) -> tuple[Decimal | None, Decimal | None]:
    """The value of digits with separators, or None and the likelier of two values."""
    plain = re.sub(r"[ ']", "", written) if re.search(r"[ ']", written) else written
    marks = [sign for sign in plain if sign in ".,"]
    if not marks:
        return Decimal(plain), None
    head, *groups = re.split(r"[.,]", plain)
    if len(set(marks)) == 1:
        return _one_kind(head, groups, marks[0], scaled=scaled)
    whole, decimals = [head, *groups[:-1]], groups[-1]
    if len(set(marks[:-1])) != 1 or marks[-1] == marks[0] or not _well_grouped(whole):
        return None, None
    if len(decimals) == 3 and not scaled:
        return None, Decimal("".join(whole) + decimals)
    return Decimal(f"{''.join(whole)}.{decimals}"), None


def _one_kind(
    head: str, groups: list[str], mark: str, *, scaled: bool
) -> tuple[Decimal | None, Decimal | None]:
    if len(groups) > 1:
        return (Decimal(head + "".join(groups)), None) if _well_grouped([head, *groups]) else (None, None)
    tail = groups[0]
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return Decimal(f"{head}.{tail}"), None
    if scaled and mark == ",":
        return None, Decimal(f"{head}.{tail}")
    return Decimal(head + tail), None


def _well_grouped(groups: list[str]) -> bool:
    return 0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
