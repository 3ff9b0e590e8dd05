"""What every row of a table is: record, further author, group's name, repeated heading, total, note, signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks import row_words
from sangkien_desktop.workbooks.authors import read_share
from sangkien_desktop.workbooks.legacy import Letters
from sangkien_desktop.workbooks.results import LeftOut, RowKind
from sangkien_desktop.workbooks.table import Row, Sheet, Value

CONTENT_FIELDS = ("title", "situation_before", "solution", "effect_summary")
AUTHOR_FIELDS = frozenset(
    {"author", "authors", "employee_code", "share", "co_authors", "phone", "birth_date", "gender", "position", "education",
     "citizen_id", "author_kind", "is_leader", "is_member"}
)  # fmt: skip
_ANCHORS = (
    "title",
    "author",
    "authors",
    "situation_before",
    "solution",
    "effect_summary",
    "first_applied_on",
    "annual_benefit",
)
_FILLED_SHARE = 0.6
_TOTAL_LETTERS = frozenset("TtCcSsGg合小総計(IVX123456789A")


Cells = Sequence[tuple[int, Value]]
Texts = Sequence[tuple[int, str]]


@dataclass(slots=True)
class Record:
    """The rows (zero-based) of one initiative; `group` is the section it stands under."""

    row: int
    group: str | None
    author_rows: list[int] = field(default_factory=list)


@dataclass
class Sorted:
    """Every row below the heading, sorted."""

    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class RowSorter:
    """Goes down a table once, remembering the section and the record it is in."""

    def __init__(
        self, sheet: Sheet, letters: Letters, columns: Mapping[str, Sequence[int]], heading_rows: range
    ) -> None:
        self._sheet = sheet
        self._letters = letters
        self._columns = columns
        self._first = heading_rows.stop
        self._title = columns["title"][0] if "title" in columns else -1
        self._anchors = [columns[name][0] for name in _ANCHORS if name in columns]
        self._needed = max(2, round(_FILLED_SHARE * len(self._anchors)))
        self._author_columns = {c for name in AUTHOR_FIELDS for c in columns.get(name, ())}
        self._labels = {self._plain(sheet.cell(r, c)) for r in heading_rows for c in range(sheet.width)} - {
            ""
        }
        self._joined = _joined_rows(
            sheet, [columns[name][0] for name in ("sequence", *CONTENT_FIELDS) if name in columns]
        )
        self._section: str | None = None
        self._in_tail = False
        self._after_blank = False
        self._found = Sorted()

    def sort(self) -> Sorted:
        """All rows from below the heading to the end of the sheet."""
        rows = self._sheet.rows
        for index in range(self._first, len(rows)):
            row = rows[index]
            kind = RowKind.RECORD if self._is_plain_record(row, index) else self._kind_of(row, index)
            self._take(index, kind, row)
        _merge_authors(self._found, self._sheet, self._columns)
        return self._found

    def _take(self, index: int, kind: RowKind, row: Row) -> None:
        if kind is RowKind.RECORD:
            self._found.records.append(Record(index, self._section))
            self._in_tail = False
        elif kind is RowKind.AUTHOR:
            self._found.records[-1].author_rows.append(index)
            self._found.left_out.append(LeftOut(index + 1, kind, self._text_of(row)))
        else:
            self._in_tail = self._in_tail or kind is RowKind.SIGNATURE
            if kind is RowKind.HEADER:
                self._in_tail = False
            self._found.left_out.append(LeftOut(index + 1, kind, self._text_of(row)))
        self._after_blank = kind is RowKind.BLANK

    def _is_plain_record(self, row: Row, index: int) -> bool:
        """The quick answer for the many rows that are plainly records."""
        width = len(row)
        title = row[self._title] if 0 <= self._title < width else None
        if not isinstance(title, str) or len(title) < 8 or title in self._labels:
            return False
        filled = 0
        for column in self._anchors:
            if column < width and row[column] not in (None, ""):
                filled += 1
        if filled < self._needed:
            return False
        first = row[0] if width else None
        return not (isinstance(first, str) and first[:1] in _TOTAL_LETTERS and row_words.is_total(first))

    def _kind_of(self, row: Row, index: int) -> RowKind:
        filled = [
            (column, value)
            for column, value in enumerate(row)
            if value is not None and value != "" and not _blank(value)
        ]
        if not filled:
            return RowKind.BLANK
        texts = [
            (column, self._letters.text(value, index, column))
            for column, value in filled
            if isinstance(value, str)
        ]
        if self._is_heading(filled) or _is_column_numbers(filled, index - self._first):
            return RowKind.HEADER
        return self._kind_by_words(index, filled, texts)

    def _kind_by_words(self, index: int, filled: Cells, texts: Texts) -> RowKind:
        first = texts[0][1] if texts else ""
        if row_words.is_total(first) and self._says_little(texts):
            return RowKind.TOTAL
        if len(filled) <= 2 and row_words.is_note(first):
            return RowKind.NOTE
        if _is_signed(filled, texts):
            return RowKind.SIGNATURE
        if self._is_further_author(index, filled):
            return RowKind.AUTHOR
        return self._kind_by_place(index, filled, texts)

    def _kind_by_place(self, index: int, filled: Cells, texts: Texts) -> RowKind:
        section = self._title_of_next_table(index, texts) or self._section_of(index, filled, texts)
        if section is not None:
            self._section = section or self._section
            return RowKind.SECTION if section else RowKind.NOTE
        if self._in_tail and len(filled) < self._needed:
            return RowKind.SIGNATURE
        return RowKind.RECORD if self._has_content(filled) else RowKind.NOTE

    def _title_of_next_table(self, index: int, texts: Texts) -> str | None:
        """The group named over a heading that comes again further down (one table per group on one sheet)."""
        if len(texts) != 1 or not self._heading_follows(index):
            return None
        self._in_tail = False
        return row_words.group_of_title(texts[0][1]) or row_words.group_in(texts[0][1], stands_alone=False)

    def _heading_follows(self, index: int) -> bool:
        rows = self._sheet.rows[index + 1 : index + 6]
        return any(
            self._is_heading([(c, v) for c, v in enumerate(row) if v is not None and v != ""]) for row in rows
        )

    def _has_content(self, filled: Cells) -> bool:
        wanted = {self._columns[name][0] for name in CONTENT_FIELDS if name in self._columns}
        return any(column in wanted for column, _ in filled)

    def _says_little(self, texts: Texts) -> bool:
        """A total has its word, perhaps a count in words, and numbers."""
        long_texts = sum(len(text) > 40 for _, text in texts)
        return long_texts == 0 and len(texts) <= 3

    def _is_heading(self, filled: Cells) -> bool:
        known = sum(self._plain(value) in self._labels for _, value in filled if isinstance(value, str))
        return known >= 2 and known >= 0.6 * len(filled)

    def _plain(self, value: Value) -> str:
        return " ".join(value.split()) if isinstance(value, str) else ""

    def _is_further_author(self, index: int, filled: Cells) -> bool:
        if not self._found.records or self._in_tail:
            return False
        columns = {column for column, _ in filled}
        if self._title in columns:
            return False
        names = {
            c
            for name in ("author", "authors", "employee_code", "co_authors")
            for c in self._columns.get(name, ())
        }
        if not columns & names:
            return False
        if index in self._joined:
            return True
        if self._after_blank:
            return False
        rest = (
            columns
            - self._author_columns
            - set(self._columns.get("group", ()))
            - set(self._columns.get("note", ()))
        )
        return not rest

    def _section_of(self, index: int, filled: Cells, texts: Texts) -> str | None:
        """The group a section row names; "" for a section that is no group; None when it is no section."""
        if not texts or len(texts) > 2 or self._in_tail:
            return None
        numbers = [value for _, value in filled if not isinstance(value, str)]
        words = [(column, text) for column, text in texts if not row_words.is_only_number(text)]
        is_numbered = len(words) < len(texts) or row_words.is_numbered(texts[0][1])
        if len(words) != 1 or (numbers and not is_numbered and not self._is_group_like(words[0][1])):
            return None
        column, text = words[0]
        if numbers and isinstance(filled[0][1], float | int) and not is_numbered:
            return None
        merged = self._is_merged_across(index, column)
        in_title = column == self._title and not merged
        stands_alone = merged or is_numbered or (column < self._title and len(text) < 40 and "." not in text)
        group = row_words.group_in(text, stands_alone=stands_alone)
        if group is not None and not (in_title and not is_numbered and not self._is_group_like(text)):
            return group
        if in_title or (column in self._author_columns and not merged):
            return None
        return ""

    def _is_group_like(self, text: str) -> bool:
        return len(text) < 60 and row_words.group_in(text, stands_alone=False) is not None

    def _is_merged_across(self, row: int, column: int) -> bool:
        return any(
            merge.first_row <= row <= merge.last_row
            and merge.first_column <= column <= merge.last_column
            and merge.last_column - merge.first_column >= 2
            for merge in self._sheet.merges
        )

    def _text_of(self, row: Row) -> str:
        first = next((value for value in row if isinstance(value, str) and value.strip()), "")
        return first[:80]


def _is_signed(filled: Cells, texts: Texts) -> bool:
    signs = sum(row_words.is_signature(text) for _, text in texts)
    return 0 < len(texts) <= signs * 2 and len(filled) <= 6 and all(len(text) < 90 for _, text in texts)


def _blank(value: Value) -> bool:
    return isinstance(value, str) and value.isspace()


def _is_column_numbers(filled: Cells, below: int) -> bool:
    """The row "(1) (2) (3)" that officials put under a heading."""
    if below > 2 or len(filled) < 3:
        return False
    numbers = [str(value).strip("()[] ").removesuffix(".0") for _, value in filled]
    steps = [int(text) for text in numbers if text.isdecimal() and len(text) < 10]
    if len(steps) >= 3 and len(steps) >= 0.6 * len(filled):
        return (
            steps == list(range(steps[0], steps[0] + len(steps)))
            and steps[0] <= 2
            and len(numbers) - len(steps) <= 2
        )
    letters = [text for text in numbers if len(text) == 1 and text.isalpha()]
    return len(letters) >= 3 and len(letters) == len(filled) and letters == sorted(letters)


def _joined_rows(sheet: Sheet, columns: Sequence[int]) -> set[int]:
    """Rows that vertical merges of the number, the title or a content tie to the row above."""
    wanted = set(columns)
    return {
        row
        for merge in sheet.merges
        if merge.first_column in wanted and merge.last_row > merge.first_row
        for row in range(merge.first_row + 1, min(merge.last_row, len(sheet.rows)) + 1)
    }


def _merge_authors(found: Sorted, sheet: Sheet, columns: Mapping[str, Sequence[int]]) -> None:
    """Files that repeat the whole initiative for each of its authors: equal titles under each other, shares below 100."""
    if "share" not in columns or "title" not in columns or "author" not in columns:
        return
    title, share, author = columns["title"][0], columns["share"][0], columns["author"][0]
    others = [
        columns[name][0] for name in ("solution", "effect_summary", "annual_benefit") if name in columns
    ]
    kept: list[Record] = []
    for record in found.records:
        before = kept[-1] if kept else None
        if before is not None and _is_repeat(sheet, before.row, record.row, [title, *others]):
            parts = [read_share(sheet.cell(row, share)) for row in (before.row, record.row)]
            names = [sheet.cell(row, author) for row in (before.row, record.row)]
            if all(part is not None and part < 100 for part in parts) and names[0] != names[1]:
                before.author_rows.extend([record.row, *record.author_rows])
                found.left_out.append(LeftOut(record.row + 1, RowKind.AUTHOR))
                continue
        kept.append(record)
    found.records = kept


def _is_repeat(sheet: Sheet, first: int, second: int, columns: Sequence[int]) -> bool:
    title = sheet.cell(first, columns[0])
    if not isinstance(title, str) or not title or second - first > 8:
        return False
    return all(_same(sheet.cell(first, column), sheet.cell(second, column)) for column in columns)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return one == other or other in (None, "")
