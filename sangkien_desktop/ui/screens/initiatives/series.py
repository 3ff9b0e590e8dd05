"""What a few cells begin, gone on with: numbers, days, months, texts that end with a number."""

import re
from collections.abc import Sequence
from datetime import timedelta

from sangkien_desktop.vietnamese.dates import PartialDate, Precision, read_date
from sangkien_desktop.vietnamese.money import format_vnd

_ENDS_WITH_NUMBER = re.compile(r"^(.*?)(\d+)(\D*)$", re.DOTALL)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")


def continued(texts: Sequence[str]) -> list[str]:
    """As many texts, of which the first two (or one) are kept and give the step.

    >>> continued(["Tổ 1", "Tổ 2", "", ""])
    ['Tổ 1', 'Tổ 2', 'Tổ 3', 'Tổ 4']
    """
    given = list(texts[:2]) if len(texts) > 1 and texts[1].strip() else list(texts[:1])
    if not given or not given[0].strip():
        return list(texts)
    return (
        _days(given, len(texts))
        or _amounts(given, len(texts))
        or _numbered(given, len(texts))
        or _same(given, texts)
    )


def _days(given: Sequence[str], count: int) -> list[str] | None:
    read = [read_date(text).value for text in given if "/" in text or "-" in text]
    known = [one for one in read if one is not None]
    if len(known) != len(given):
        return None
    first = known[0]
    if first.precision is Precision.MONTH:
        step = _months(known[1]) - _months(first) if len(known) > 1 else 1
        return [_month(_months(first) + step * at).display() for at in range(count)]
    if first.precision is not Precision.DAY:
        return None
    days = (known[1].value - first.value).days if len(known) > 1 else 1
    return [PartialDate(first.value + timedelta(days * at)).display() for at in range(count)]


def _amounts(given: Sequence[str], count: int) -> list[str] | None:
    if not all(_AMOUNT.fullmatch(text.strip()) for text in given) or given[0].startswith("0"):
        return None
    values = [int(text.replace(".", "")) for text in given]
    step = values[1] - values[0] if len(values) > 1 else 1
    write = format_vnd if any("." in text for text in given) else str
    return [write(values[0] + step * at) for at in range(count)]


def _numbered(given: Sequence[str], count: int) -> list[str] | None:
    found = [_ENDS_WITH_NUMBER.match(text) for text in given]
    parts = [one.groups() for one in found if one is not None]
    if len(parts) != len(given) or len({(before, after) for before, _, after in parts}) != 1:
        return None
    before, digits, after = parts[0]
    step = int(parts[1][1]) - int(digits) if len(parts) > 1 else 1
    return [f"{before}{max(0, int(digits) + step * at):0{len(digits)}}{after}" for at in range(count)]


def _same(given: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [given[at % len(given)] for at in range(len(texts))]


def _months(day: PartialDate) -> int:
    return day.value.year * 12 + day.value.month - 1


def _month(months: int) -> PartialDate:
    return PartialDate.from_iso(f"{months // 12:04}-{months % 12 + 1:02}")
