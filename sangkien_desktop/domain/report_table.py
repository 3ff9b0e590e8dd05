"""A report as data: columns with kinds, rows, totals and what is drawn; screen, paper and sheet read it alike."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sangkien_desktop.vietnamese.dates import PartialDate

Cell = str | int | float | bool | date | datetime | PartialDate | None


class ColumnKind(StrEnum):
    """What the cells of a column are, and so how they are aligned and formatted."""

    TEXT = "text"
    """str, at the left."""
    CENTRE = "centre"
    """Short str or int in the middle: running number, rank."""
    NUMBER = "number"
    """int with thousands."""
    SIGNED = "signed"
    """int with its sign: over or short of a quota."""
    MONEY = "money"
    """int đồng; None is shown as “không tính”."""
    PERCENT = "percent"
    """float in per cent units (408.3), one decimal."""
    RATIO = "ratio"
    """float with two decimals."""
    DATE = "date"
    """date or PartialDate."""
    MOMENT = "moment"
    """aware datetime."""
    SIGNATURE = "signature"
    """Empty, for a hand to sign."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; `width` in characters of the body text, `wraps` for long texts."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 10
    wraps: bool = False


class ChartKind(StrEnum):
    """How the figures are drawn."""

    COLUMNS = "columns"
    LINES = "lines"


@dataclass(frozen=True, kw_only=True)
class ChartOf:
    """A native chart of the sheet: which column names the points, which hold the series."""

    title: str
    kind: ChartKind
    names: str
    series: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues the paper (Nghị định 30/2020/NĐ-CP, phụ lục I): the body above, the body itself, its number."""

    above: str = ""
    issuer: str = ""
    number: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A finished report. Every row has one cell for each column; so has `totals`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    as_of: datetime
    """Counted at this moment; every figure of the report is of the same moment."""
    subtitles: tuple[str, ...] = ()
    totals: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    chart: ChartOf | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)
    is_portrait: bool = False
    holds_personal_data: bool = False
    signers: tuple[str, ...] = ()
    """Offices that sign at the foot, from left to right."""

    def index(self, key: str) -> int:
        """Where a column stands. Raises KeyError."""
        for at, column in enumerate(self.columns):
            if column.key == key:
                return at
        raise KeyError(key)

    def values(self, key: str) -> tuple[Cell, ...]:
        """The cells of one column, totals left out."""
        at = self.index(key)
        return tuple(row[at] for row in self.rows)
