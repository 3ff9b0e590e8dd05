"""Which lettering a sheet was typed in, and its texts in Unicode: by the cell's font first, by a column's look second."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.legacy_fonts import (
    Encoding,
    detect,
    encoding_of_font,
    is_capital_font,
    repair,
)
from sangkien_desktop.workbooks.table import Sheet, Style, Value

_ROWS_LOOKED_AT = 400
_EXAMPLES = 3
_SURE = 0.85
_OF_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_CELLS_LOOKED_AT = 600


@dataclass(frozen=True)
class Lettering:
    """How a sheet's text is written, for the officer to confirm: `examples` are texts before and after."""

    encoding: Encoding | None
    confidence: float = 1.0
    by_font: bool = False
    examples: tuple[tuple[str, str], ...] = ()


class Letters:
    """A sheet's texts, repaired and cleaned. `forced` overrules what was found; `as_is` switches repair off."""

    def __init__(self, sheet: Sheet, *, forced: Encoding | None = None, as_is: bool = False) -> None:
        self._sheet = sheet
        self._forced = forced
        self._as_is = as_is
        self._fonts = {} if as_is or forced else _font_encodings(sheet)
        found = None if as_is or forced else detect(_sample(sheet))
        self._found = found
        self._sure: set[int] = set()
        """Columns written in one lettering throughout: cells without a sign of their own belong to it too."""
        self._columns: dict[int, Encoding | None] = {}
        self.lettering = self._lettering()

    def cell(self, row: int, column: int) -> Value:
        """The value of a zero-based cell, text repaired; line breaks are kept."""
        value = self._sheet.cell(row, column)
        return self.text(value, row, column) if isinstance(value, str) else value

    def text(self, text: str, row: int, column: int) -> str:
        """A cell's text as a person reads it."""
        if text.isascii() and not self._fonts:
            return clean(text, keep_lines=True)
        encoding, capitals, guessed = self._of_cell(row, column)
        if encoding is not None:
            text = repair(text, encoding, capitals=capitals, guessed=guessed)
        return clean(text, keep_lines=True)

    def column_texts(self, column: int) -> Callable[[str, int], str] | None:
        """How to read the texts of a column (text, row → text); None when they only need cleaning."""
        if self._fonts or self._of_column(column) is not None:
            return lambda text, row: self.text(text, row, column)
        return None

    def _of_cell(self, row: int, column: int) -> tuple[Encoding | None, bool, bool]:
        if self._fonts:
            style = self._sheet.styles.at(row, column)
            encoding = self._fonts.get(style)
            if encoding is not None:
                return encoding, is_capital_font(style.font), False
        return self._of_column(column), False, column not in self._sure

    def _of_column(self, column: int) -> Encoding | None:
        if self._as_is or self._forced is not None:
            self._sure.add(column)
            return self._forced
        if column not in self._columns:
            self._columns[column] = self._decide(column)
        return self._columns[column]

    def _decide(self, column: int) -> Encoding | None:
        found = detect(islice(_texts(self._sheet, column), _CELLS_LOOKED_AT))
        if found is not None and (self._found is None or found.confidence >= 0.6):
            if found.confidence >= _SURE and not any(map(_OF_UNICODE.search, _texts(self._sheet, column))):
                self._sure.add(column)
            return found.encoding
        # A short column (a heading, one group's name) says too little by itself; the sheet speaks for it.
        return self._found.encoding if self._found is not None and not self._fonts else None

    def _lettering(self) -> Lettering:
        if self._forced is not None:
            return Lettering(self._forced, examples=self._examples())
        if self._fonts:
            encoding = Counter(self._fonts.values()).most_common(1)[0][0]
            return Lettering(encoding, by_font=True, examples=self._examples())
        if self._found is not None:
            return Lettering(self._found.encoding, self._found.confidence, examples=self._examples())
        if self._sheet.decoded_as == Encoding.CP1258:
            return Lettering(Encoding.CP1258)
        return Lettering(None)

    def _examples(self) -> tuple[tuple[str, str], ...]:
        short = (
            (value, self.text(value, row, column))
            for row, cells in enumerate(self._sheet.rows[:_ROWS_LOOKED_AT])
            for column, value in enumerate(cells)
            if isinstance(value, str) and not value.isascii() and len(value) < 60
        )
        changed = ((before, after) for before, after in short if after != clean(before, keep_lines=True))
        return tuple(islice(changed, _EXAMPLES))


def _font_encodings(sheet: Sheet) -> dict[Style, Encoding]:
    found = {style: encoding_of_font(style.font) for style in sheet.styles.palette if style.font}
    return {style: encoding for style, encoding in found.items() if encoding is not None}


def _sample(sheet: Sheet) -> Iterable[str]:
    for cells in sheet.rows[:_ROWS_LOOKED_AT]:
        for value in cells:
            if isinstance(value, str):
                yield value


def _texts(sheet: Sheet, column: int) -> Iterable[str]:
    for cells in sheet.rows:
        if column < len(cells):
            value = cells[column]
            if isinstance(value, str):
                yield value
