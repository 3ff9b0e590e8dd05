"""Dates as people write them, with the precision they were written in."""

import calendar
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sangkien_desktop.vietnamese.date_forms import Written, split_written
from sangkien_desktop.vietnamese.folding import clean, fold

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Precision(StrEnum):
    """How much of a date was written."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DayOrder(StrEnum):
    """Which comes first in 03/05/2022."""

    DMY = "dmy"
    MDY = "mdy"


class DateProblem(StrEnum):
    """Why a text was not taken as a date."""

    NOT_A_DATE = "not-a-date"
    IMPOSSIBLE = "impossible"
    QUARTER = "quarter"
    NO_YEAR = "no-year"
    RANGE = "range"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year; `value` is the first day of the month or year."""

    value: date
    precision: Precision = Precision.DAY

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Inverse of `iso`; ValueError for anything else."""
        if re.fullmatch(r"\d{4}", text):
            return cls(date(int(text), 1, 1), Precision.YEAR)
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return cls(date.fromisoformat(f"{text}-01"), Precision.MONTH)
        return cls(date.fromisoformat(text), Precision.DAY)

    def iso(self) -> str:
        """`2022-05-03`, `2022-05` or `2022`."""
        return self.value.isoformat()[
            : {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        ]

    def display(self) -> str:
        """`03/05/2022`, `05/2022` or `2022`."""
        return "/".join(reversed(self.iso().split("-")))

    @property
    def first_day(self) -> date:
        """The first day this date may stand for."""
        return self.value

    @property
    def last_day(self) -> date:
        """The last day this date may stand for."""
        if self.precision is Precision.DAY:
            return self.value
        if self.precision is Precision.YEAR:
            return date(self.value.year, 12, 31)
        return self.value.replace(day=calendar.monthrange(self.value.year, self.value.month)[1])


@dataclass(frozen=True)
class DateReading:
    """`value` is None when a person must decide (`problem`) or nothing was written; `proposal` can be accepted."""

    value: PartialDate | None
    understood: str
    problem: DateProblem | None = None
    proposal: PartialDate | None = None


_EMPTY = re.compile(r"[-–—_.…/\s]*")
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_EPOCH_1904 = date(1904, 1, 1)
# 01/01/1920 … 31/12/2099: smaller numbers are not days anybody wrote, and 29/02/1900 does not come into it.
_SERIALS = range(7306, 73051)
_QUARTER = re.compile(r"\b(?:quy|q)\s*(?:\d|i{1,3}|iv)\b")


def read_date(
    text: str | int | float | datetime | date, *, order: DayOrder = DayOrder.DMY, epoch_1904: bool = False
) -> DateReading:
    """Read one cell. `order` is the column's (`column_order`); numbers are years, digits run together or Excel days."""
    if isinstance(text, datetime):
        return _found(PartialDate(text.date()))
    if isinstance(text, date):
        return _found(PartialDate(text))
    if isinstance(text, int | float):
        return _read_number(float(text), epoch_1904=epoch_1904)
    return _read_text(clean(text), order, epoch_1904=epoch_1904)


def column_order(texts: Iterable[str]) -> DayOrder | None:
    """Day first or month first, as far as a column of written dates shows; None when it cannot be told."""
    votes = {DayOrder.DMY: 0, DayOrder.MDY: 0}
    for text in texts:
        for written in split_written(fold(text)):
            if written.swappable and written.day and written.month:
                votes[DayOrder.DMY] += written.day > 12 >= written.month
                votes[DayOrder.MDY] += written.month > 12 >= written.day
    if votes[DayOrder.DMY] == votes[DayOrder.MDY]:
        return None
    return max(votes, key=lambda order: votes[order])


def long_form(value: PartialDate) -> str:
    """As letters write it: `ngày 05 tháng 3 năm 2022` (a zero before days below 10 and months 1 and 2)."""
    day = value.value
    year = f"năm {day.year}"
    if value.precision is Precision.YEAR:
        return year
    month = f"tháng {day.month:02d} {year}" if day.month < 3 else f"tháng {day.month} {year}"
    return month if value.precision is Precision.MONTH else f"ngày {day.day:02d} {month}"


def _found(value: PartialDate) -> DateReading:
    if not FIRST_YEAR <= value.value.year <= LAST_YEAR:
        return _impossible(value.display())
    return DateReading(
        value, {"day": "Ngày ", "month": "Tháng ", "year": "Năm "}[value.precision] + value.display()
    )


def _impossible(said: str, proposal: PartialDate | None = None) -> DateReading:
    return DateReading(None, f"Lịch không có: {said}", DateProblem.IMPOSSIBLE, proposal)


def _not_a_date() -> DateReading:
    return DateReading(None, "Không phải ngày tháng", DateProblem.NOT_A_DATE)


def _read_text(text: str, order: DayOrder, *, epoch_1904: bool) -> DateReading:
    folded = fold(text)
    if _EMPTY.fullmatch(folded):
        return DateReading(None, "Không ghi")
    if _QUARTER.search(folded):
        return DateReading(None, "Một quý, không phải ngày; hãy ghi ngày hoặc tháng", DateProblem.QUARTER)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", folded):
        return _read_number(float(folded.replace(",", ".")), epoch_1904=epoch_1904)
    return _read_written(text, split_written(folded), order)


def _read_number(number: float, *, epoch_1904: bool) -> DateReading:
    if not math.isfinite(number) or abs(number) > 1e8:
        return _not_a_date()
    whole = int(number)
    if number == whole and FIRST_YEAR <= whole <= LAST_YEAR:
        return _found(PartialDate(date(whole, 1, 1), Precision.YEAR))
    epoch = _SERIAL_EPOCH_1904 if epoch_1904 else _SERIAL_EPOCH
    if whole in _SERIALS:
        return _found(PartialDate(epoch + timedelta(days=whole)))
    if number == whole and 10**6 <= whole < 10**8:
        return _read_written(f"{whole:08d}", split_written(f"{whole:08d}"), DayOrder.DMY)
    return _not_a_date()


def _read_written(text: str, found: list[Written], order: DayOrder) -> DateReading:
    if not found:
        return _not_a_date()
    first = _read_one(text, found[0], order)
    if len(found) == 1:
        return first
    return DateReading(None, "Có nhiều ngày; hãy ghi một ngày", DateProblem.RANGE, proposal=first.value)


def _read_one(text: str, written: Written, order: DayOrder) -> DateReading:
    if written.year is None:
        return DateReading(None, f"Thiếu năm: {text}", DateProblem.NO_YEAR)
    if written.swappable and order is DayOrder.MDY:
        written = written.swapped()
    value = _assemble(written)
    if value:
        return _found(value)
    swapped = _assemble(written.swapped()) if written.swappable else None
    return _impossible(text, swapped)


def _assemble(written: Written) -> PartialDate | None:
    year = written.year or 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if written.month is None:
            return PartialDate(date(year, 1, 1), Precision.YEAR)
        if written.day is None:
            return PartialDate(date(year, written.month, 1), Precision.MONTH)
        return PartialDate(date(year, written.month, written.day))
    except ValueError:
        return None
