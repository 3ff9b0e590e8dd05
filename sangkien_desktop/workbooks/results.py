"""What reading a sheet gives: rows as understood, every problem with its place, and how the sheet was understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.domain.rules import Fix, Severity
from sangkien_desktop.workbooks.table import Picture

NOTHING: Mapping[str, object] = MappingProxyType({})
NO_TEXT: Mapping[str, str] = MappingProxyType({})


class RowKind(StrEnum):
    """What a row of a sheet is."""

    RECORD = "record"
    AUTHOR = "author"  # a further author of the record above
    TITLE = "title"  # above the table
    HEADER = "header"  # also when repeated on a printed page, and rows of column numbers
    SECTION = "section"  # a group's name over the rows below
    TOTAL = "total"
    NOTE = "note"
    SIGNATURE = "signature"
    BLANK = "blank"


REASONS: Mapping[RowKind, str] = MappingProxyType(
    {
        RowKind.AUTHOR: "đồng tác giả của dòng trên",
        RowKind.TITLE: "bỏ qua: dòng tiêu đề",
        RowKind.HEADER: "bỏ qua: tiêu đề cột",
        RowKind.SECTION: "tên tổ của các dòng dưới",
        RowKind.TOTAL: "bỏ qua: dòng tổng",
        RowKind.NOTE: "bỏ qua: ghi chú",
        RowKind.SIGNATURE: "bỏ qua: chữ ký",
        RowKind.BLANK: "bỏ qua: dòng trống",
    }
)
"""Why a row is left out, in the words of the import screen."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong in one cell: `field` as in the column mapping (`author`, `employee_code` … included)."""

    field: str
    code: str
    severity: Severity
    message: str
    raw: str = ""
    """What stands in the cell."""
    column: str | None = None
    """Letter (or number in a text file) of the cell's column; None when no column holds the field."""
    row: int | None = None
    """The cell's own sheet row where it is not the record's first (author rows)."""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class RowReading:
    """One record as a sheet says it, before it is anybody's draft.

    `values`: field name → str, PartialDate, int đồng, bool or tuple of labels; a field that says nothing is absent.
    Fields are those of FIELDS but for `authors`, plus what the row says of the main author's person (`phone`,
    `birth_date`, `education` …). `unread`: field → text that is no value of the field's kind.
    """

    sheet: str | None
    row: int
    """The sheet's own row number from 1, hidden rows counted; record number in text files."""
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    authors: tuple[Author, ...] = ()
    group_name: str | None = None
    """From the group column or the section row above; None where only the title block knows."""
    unread: Mapping[str, str] = field(default_factory=lambda: NO_TEXT)
    problems: tuple[RowProblem, ...] = ()
    hidden: bool = False
    pictures: tuple[Picture, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: NO_TEXT)
    """Heading → text of columns that no field takes, for those who keep them in the note."""
    last_row: int = 0
    """The last sheet row that belongs to the record (author rows)."""
    key: str | None = None
    """The hidden row key of a file that this program handed back."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no record, and why."""

    row: int
    kind: RowKind
    text: str = ""

    @property
    def reason(self) -> str:
        """The reason in a word, in Vietnamese."""
        return REASONS.get(self.kind, "")


@dataclass(frozen=True)
class ColumnGuess:
    """Which field a column is taken for; `field` None means left out."""

    column: str
    """Letter, or number from 1 in a text file."""
    heading: str
    field: str | None
    confidence: float
    """0 … 1; below ASK_BELOW the officer is asked."""
    reason: str = ""
    """Where the guess comes from: heading, near miss, content, remembered, officer."""
    alternatives: tuple[str, ...] = ()
    is_hidden: bool = False


ASK_BELOW = 0.75
"""Guesses less sure than this are shown as questions."""


@dataclass(frozen=True)
class SheetReading:
    """A sheet read to the end."""

    file_name: str
    sheet: str | None
    header_row: int | None
    """From 1; the last line of the heading; None where the table has none, and for forms."""
    columns: Mapping[str, str]
    unmapped: tuple[str, ...]
    guesses: tuple[ColumnGuess, ...]
    rows: tuple[RowReading, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    encoding_repair: str | None = None
    context: Mapping[str, str] = field(default_factory=lambda: NO_TEXT)
    """What only the title block says: `group`, `unit`, `period`, `title`."""
    is_form: bool = False
    confidence: float = 1.0
    """How sure the whole layout is: its weakest needed guess."""
    remembered: bool = False
    """The layout was known from an earlier correction."""
    signature: str = ""
    """Identifies the layout (folded headings); corrections are remembered by it."""
    notes: tuple[str, ...] = ()
    """Sentences told once for the file: fields it has no column for, how dates and money were understood."""

    @property
    def questions(self) -> tuple[ColumnGuess, ...]:
        """The guesses an officer should look at."""
        return tuple(g for g in self.guesses if g.field and g.confidence < ASK_BELOW)
