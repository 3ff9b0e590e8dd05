"""A sheet as it stands in the file, whatever format it came from; nothing here knows what an initiative is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

Value = str | float | int | bool | date | datetime | None
"""What a cell holds: None or "" when empty; numbers as the file stores them; formulas by their cached value."""

Row = Sequence[Value]
NO_ROW: Row = ()

_LETTERS = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, order=True)
class Merge:
    """Merged cells, by zero-based first and last row and column, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Picture:
    """A picture anchored at a cell (zero-based); `content` is the file's own bytes."""

    row: int
    column: int
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Style:
    """What of a cell's look carries meaning: a legacy font, and digits a number format pads to (`000000` → 6)."""

    font: str = ""
    digits: int = 0


PLAIN = Style()


@dataclass(frozen=True)
class Styles:
    """Styles of cells that carry meaning: a palette, and per column one palette index per row (0 is plain)."""

    palette: tuple[Style, ...] = (PLAIN,)
    columns: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, row: int, column: int) -> Style:
        """The style of a zero-based cell."""
        marks = self.columns.get(column)
        return self.palette[marks[row]] if marks is not None and row < len(marks) else self.palette[0]

    @property
    def is_plain(self) -> bool:
        """Whether no cell has a style that matters."""
        return self.palette == (PLAIN,)


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is the sheet's first row and `rows[r][0]` column A, empty ones included."""

    name: str | None
    """None for text files and pasted tables."""
    rows: Sequence[Row] = field(repr=False)
    width: int = 0
    is_text: bool = False
    """A text file or a paste: columns are told by number, not by letter."""
    is_visible: bool = True
    merges: tuple[Merge, ...] = field(default=(), repr=False)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    styles: Styles = field(default_factory=Styles, repr=False)
    pictures: tuple[Picture, ...] = ()
    decoded_as: str = ""
    """The encoding a text file was read with (`utf-8`, `cp1258` …)."""

    def cell(self, row: int, column: int) -> Value:
        """The value at a zero-based place; None outside the sheet."""
        if 0 <= row < len(self.rows):
            cells = self.rows[row]
            return cells[column] if 0 <= column < len(cells) else None
        return None

    def column_name(self, column: int) -> str:
        """How people name a zero-based column: letters, or a number from 1 in a text file."""
        return str(column + 1) if self.is_text else letters(column)

    def column_index(self, name: str) -> int:
        """The inverse of `column_name`; ValueError for what names no column."""
        return int(name) - 1 if self.is_text else index_of(name)


@dataclass(frozen=True)
class Workbook:
    """A file opened: its sheets, and what the file itself is."""

    file_name: str
    sheets: tuple[Sheet, ...]
    sha256: str = ""
    size: int = 0
    epoch_1904: bool = False
    warnings: tuple[str, ...] = ()
    """Vietnamese sentences on what was left aside (macros, pictures too large …)."""


def letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def index_of(name: str) -> int:
    """0 for `A`; ValueError for what is no column."""
    if not name.isascii() or not name.isalpha() or len(name) > 3:
        raise ValueError(f"not a column: {name!r}")
    value = 0
    for letter in name.upper():
        value = value * 26 + ord(letter) - 64
    return value - 1


def place_of(reference: str) -> tuple[int, int]:
    """Zero-based row and column of `C7`; ValueError for what is no cell."""
    match = _LETTERS.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(f"not a cell: {reference!r}")
    return int(match[2]) - 1, index_of(match[1])


def area_of(reference: str) -> Merge:
    """The area `B3:D9` names."""
    first, _, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return Merge(top, left, bottom, right)


def is_empty(value: Value) -> bool:
    """Whether a cell says nothing: empty, or only white space."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def widest(rows: Iterable[Row]) -> int:
    """The number of columns of the longest row."""
    return max(map(len, rows), default=0)
