"""How a sheet is understood: heading, columns, lettering, title block; every guess with its confidence."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.vietnamese.money import unit_of_header
from sangkien_desktop.workbooks import headings as heading_lists
from sangkien_desktop.workbooks.column_contents import SAMPLE, contents_of
from sangkien_desktop.workbooks.corrections import AS_IS, NO_CORRECTION, Correction
from sangkien_desktop.workbooks.headers import Heading, Top, find_heading, heading_ending_at
from sangkien_desktop.workbooks.headings import Headings, key_of
from sangkien_desktop.workbooks.legacy import Lettering, Letters
from sangkien_desktop.workbooks.mapping import Choice, Labelled, assign
from sangkien_desktop.workbooks.results import NO_TEXT, ColumnGuess
from sangkien_desktop.workbooks.row_words import group_in, group_of_title
from sangkien_desktop.workbooks.table import Sheet, Value

KEY_FIELD = "row_key"
"""The hidden column of keys in a file that this program handed back."""

_NO_HEADING_ROWS = 30


@dataclass(frozen=True)
class LayoutReading:
    """One sheet understood as a table."""

    sheet: Sheet = field(repr=False)
    letters: Letters = field(repr=False)
    heading: Heading | None
    guesses: tuple[ColumnGuess, ...]
    columns: Mapping[str, tuple[int, ...]]
    """Field → zero-based columns, several only for `co_authors`."""
    signature: str
    context: Mapping[str, str] = field(default_factory=lambda: NO_TEXT)
    correction: Correction = NO_CORRECTION

    @property
    def header_row(self) -> int | None:
        """From 1; the heading's last line."""
        return None if self.heading is None else self.heading.last_row + 1

    @property
    def heading_rows(self) -> range:
        """Zero-based rows of the heading; rows below it are data."""
        if self.heading is None:
            return range(self.correction.first_data_row - 1 if self.correction.first_data_row else 0)
        return range(self.heading.first_row, self.heading.last_row + 1)

    @property
    def lettering(self) -> Lettering:
        """How the text is written."""
        return self.letters.lettering

    @property
    def confidence(self) -> float:
        """The weakest guess among title, author and content."""
        needed = [g.confidence for g in self.guesses if g.field in ("title", "author", "authors")]
        return min(needed, default=0.0)

    def label(self, column: int) -> str:
        """What stands above a column."""
        return self.heading.full(column) if self.heading else ""


def understand(
    sheet: Sheet, correction: Correction = NO_CORRECTION, headings: Headings = heading_lists.INITIATIVES
) -> LayoutReading | None:
    """The table of a sheet; None when no column can be the title (of a member list: the name)."""
    if not sheet.rows or sheet.width == 0:
        return None
    letters = Letters(sheet, forced=correction.encoding, as_is=correction.lettering == AS_IS)
    top = Top(sheet, letters)
    heading = _heading(top, correction, headings)
    choices = assign(_labelled(sheet, letters, heading), headings)
    choices = _corrected(choices, sheet, correction)
    key = "title" if headings is heading_lists.INITIATIVES else "name"
    if not any(choice.field == key for choice in choices.values()):
        return None
    if heading is None and correction.header_row is None and not _is_bare_table(choices, key):
        return None
    guesses = tuple(_guess(sheet, heading, choices, column) for column in range(sheet.width))
    columns: dict[str, tuple[int, ...]] = {}
    for column, choice in sorted(choices.items()):
        if choice.field:
            columns[choice.field] = (*columns.get(choice.field, ()), column)
    return LayoutReading(
        sheet=sheet,
        letters=letters,
        heading=heading,
        guesses=tuple(guess for guess in guesses if guess is not None),
        columns=MappingProxyType(columns),
        signature=signature_of(heading, sheet),
        context=_context(top, heading),
        correction=correction,
    )


def _heading(top: Top, correction: Correction, headings: Headings) -> Heading | None:
    if correction.header_row is not None:
        if correction.header_row == 0:
            return None
        return heading_ending_at(top, min(correction.header_row, top.height) - 1, headings)
    return find_heading(top, headings)


def _labelled(sheet: Sheet, letters: Letters, heading: Heading | None) -> list[Labelled]:
    first = heading.last_row + 1 if heading else 0
    columns = []
    for column in range(sheet.width):
        values = [_repaired(letters, row, column) for row in _sampled_rows(sheet, first, column)]
        label = heading.labels[column] if heading else ""
        above = heading.above[column] if heading else ""
        columns.append(Labelled(column, label, above, contents_of(values)))
    return columns


def _sampled_rows(sheet: Sheet, first: int, column: int) -> list[int]:
    """Rows with something in the column, spread over the sheet."""
    last = len(sheet.rows)
    step = max(1, (last - first) // (SAMPLE * 2))
    rows = [row for row in range(first, last, step) if sheet.cell(row, column) not in (None, "")]
    return rows[:SAMPLE]


def _repaired(letters: Letters, row: int, column: int) -> Value:
    return letters.cell(row, column)


def _corrected(choices: dict[int, Choice], sheet: Sheet, correction: Correction) -> dict[int, Choice]:
    """What the officer said about columns goes before every guess; a field moved leaves its old column."""
    for name, chosen in correction.columns.items():
        try:
            column = sheet.column_index(name)
        except ValueError:
            continue
        if chosen is not None and chosen != "co_authors":
            choices = {c: x for c, x in choices.items() if x.field != chosen}
        reason = "remembered" if correction.is_remembered else "officer"
        choices[column] = Choice(chosen, 1.0, reason)
    return choices


def _is_bare_table(choices: Mapping[int, Choice], key: str) -> bool:
    """Without any heading, only a sheet whose columns speak for themselves is a table."""
    fields = {choice.field for choice in choices.values()} - {None, key}
    return len(fields) >= 2 and bool(fields & {"author", "authors", "employee_code", "birth_date"})


def _guess(
    sheet: Sheet, heading: Heading | None, choices: Mapping[int, Choice], column: int
) -> ColumnGuess | None:
    label = heading.full(column) if heading else ""
    choice = choices.get(column)
    if choice is None and not label:
        return None
    found = choice or Choice(None, 0.5, "unknown")
    return ColumnGuess(
        column=sheet.column_name(column),
        heading=clean(label),
        field=found.field,
        confidence=round(found.confidence, 2),
        reason=found.reason,
        alternatives=found.alternatives,
        is_hidden=column in sheet.hidden_columns,
    )


def signature_of(heading: Heading | None, sheet: Sheet) -> str:
    """The same for files made from the same form, whatever stands above and below the table."""
    labels = (
        "|".join(key_of(heading.full(c)) for c in range(len(heading.labels)))
        if heading
        else f"bare:{sheet.width}"
    )
    return hashlib.sha256(labels.strip("|").encode()).hexdigest()[:16]


_UNIT_LINE = re.compile(r"\b(?:don vi(?: tinh)?|dvt|unit)\b")
_GENERIC_SHEET = re.compile(r"(?:sheet|danh sach|ds|bang|data|tong hop|sang kien|nhom \d*$)")


def _context(top: Top, heading: Heading | None) -> Mapping[str, str]:
    """What only the title block says: the group, and the lines themselves."""
    lines = [
        text
        for row in range(heading.first_row if heading else 0)
        for text in dict.fromkeys(top.row(row))
        if text
    ]
    context: dict[str, str] = {}
    if lines:
        context["title"] = max(
            (line for line in lines if len(line) < 150), key=_looks_like_title, default=lines[0]
        )
    for line in lines:
        group = group_of_title(line)
        if group:
            context.setdefault("group", group)
        unit = unit_of_header(line) if _UNIT_LINE.search(fold(line)) else None
        if unit:
            context.setdefault("money_unit", str(unit))
    named = group_in(top.sheet.name or "", stands_alone=False)
    if named and "group" not in context and not _GENERIC_SHEET.match(fold(named)):
        context["group"] = named
    return MappingProxyType(context)


def _looks_like_title(line: str) -> int:
    folded = fold(line)
    return sum(
        word in folded for word in ("danh sach", "tong hop", "sang kien", "cai tien", "kaizen", "bang")
    )
