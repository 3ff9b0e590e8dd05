"""The forms in which a date is written, as patterns over folded text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_TWO_DIGIT_YEARS_UP_TO = 50
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SPOKEN_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """Numbers as they stand in the text, not yet checked; `swappable` when day and month may be exchanged."""

    day: int | None
    month: int | None
    year: int | None
    swappable: bool = False

    def swapped(self) -> "Written":
        """Day and month exchanged."""
        return replace(self, day=self.month, month=self.day)


_SEP = r"\s*[/.\-–,_\\ ]\s*"
_YEAR = r"(?P<y>\d{4}|\d{2})(?!\d|[/.-]\d)"
_FULL_YEAR = r"(?P<y>\d{4})(?!\d)"
_NAMES = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_SPOKEN = "|".join(sorted(_SPOKEN_MONTHS, key=len, reverse=True))
_FORMS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(rf"(?<![\d.,/]){pattern}"), swappable)
    for pattern, swappable in (
        (r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?", False),
        (rf"(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})(?!\d)", False),
        (
            rf"(?:ngay\s*|mung\s*|mong\s*)*(?P<d>\d{{1,2}})\s*(?:thang|/|-)\s*(?P<m>\d{{1,2}})\s*[,./-]?\s*nam\s*{_YEAR}",
            False,
        ),
        (rf"(?:ngay\s*|mung\s*|mong\s*)*(?P<d>\d{{1,2}})\s*thang\s*(?P<m>\d{{1,2}}){_SEP}{_YEAR}", False),
        (rf"(?<!thang )(?<!thang)(?:ngay\s*)?(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}{_YEAR}", True),
        (rf"(?P<d>\d{{1,2}})[\s/.-]+(?:thg|th)[\s.]*(?P<m>\d{{1,2}})[\s/.,-]+{_YEAR}", False),
        (rf"(?P<d>\d{{1,2}})[\s/.-]*(?P<n>{_NAMES})[\s/.,-]*{_YEAR}", False),
        (rf"(?P<n>{_NAMES})[\s/.-]+(?P<d>\d{{1,2}})[\s/.,-]+{_FULL_YEAR}", False),
        (rf"(?P<n>{_NAMES})[\s/.,-]+{_YEAR}", False),
        (rf"(?:thang|thg|th|t)[\s.:]*(?P<m>\d{{1,2}})\s*(?:[/.\-–, ]|nam)+\s*{_YEAR}", False),
        (rf"thang\s*(?P<s>{_SPOKEN})\s*(?:[/.\-–, ]|nam)+\s*{_FULL_YEAR}", False),
        (rf"(?P<m>\d{{1,2}})\s*(?:[/.\-–]|nam)\s*{_FULL_YEAR}", False),
        (r"(?P<y>\d{4})\s*[/.\-–]\s*(?P<m>\d{1,2})(?!\d)", False),
        (r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", False),
        (r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d\d)(?!\d)", True),
        (r"(?P<m>\d{2})(?P<y>(?:19|20)\d\d)(?!\d)", False),
        (r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})(?!\d)", True),
        (rf"(?:nam\s*)?{_FULL_YEAR}", False),
        (r"(?:ngay\s*)?(?P<d>\d{1,2})\s*(?:/|-|thang)\s*(?P<m>\d{1,2})(?!\d)", True),
    )
)
_TIME = re.compile(
    r"t?\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?|t\d{2}:\d{2}:\d{2}z?|\b\d{1,2}\s*(?:h|gio)(?:\d{2})?\b"
)
_NOISE = re.compile(
    r"\b(?:ngay|thang|nam|tu|ke|bat dau|ap dung|lan dau|khoang|dau|cuoi|giua|trong|vao|den|nay|hien|luc|am|pm|sa|ch|"
    r"thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|cn)\b"
)


def split_written(folded: str) -> list[Written]:
    """The dates of a text in order; empty when other words stand around them."""
    found: list[tuple[int, Written]] = []
    rest = _TIME.sub(" ", folded)
    for pattern, swappable in _FORMS:
        rest = pattern.sub(_collector(found, swappable=swappable), rest)
    if any(sign.isalnum() for sign in _NOISE.sub(" ", rest)):
        return []
    return [written for _, written in sorted(found, key=lambda pair: pair[0])]


def _collector(found: list[tuple[int, Written]], *, swappable: bool) -> Callable[[re.Match[str]], str]:
    def collect(match: re.Match[str]) -> str:
        parts = match.groupdict()
        month = parts.get("m")
        named = _MONTH_NAMES.get(parts.get("n") or "") or _SPOKEN_MONTHS.get(parts.get("s") or "")
        written = Written(
            day=_number(parts.get("d")),
            month=_number(month) or named,
            year=_year(parts.get("y")),
            swappable=swappable,
        )
        found.append((match.start(), written))
        return "|" * len(match[0])

    return collect


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= _TWO_DIGIT_YEARS_UP_TO else 1900)
