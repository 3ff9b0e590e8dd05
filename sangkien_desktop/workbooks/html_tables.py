"""Tables inside HTML (from the clipboard or a web system's export), with LibreOffice's and Excel's own numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sangkien_desktop.workbooks.table import Merge, Value

_MOST_SPAN = 200
_SKIPPED = frozenset({"script", "style", "head", "title"})


@dataclass
class HtmlTable:
    """One table: rows of cells, and the cells that are spanned."""

    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


def tables_in(text: str) -> list[HtmlTable]:
    """Every outermost table that holds text, in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [table for table in reader.tables if any(any(row) for row in table.rows)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self._depth = 0
        self._skipping = 0
        self._taken: set[tuple[int, int]] = set()
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(HtmlTable())
                self._taken = set()
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._cell = {name: value or "" for name, value in attrs}
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipping:
            # Line ends inside HTML text are white space; <br> is a line break.
            self._text.append(" ".join(data.split()) if data.strip() else " ")

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        cell, self._cell = self._cell, None
        text = "".join(self._text).strip(" \n")
        self._text = []
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row, at = table.rows[-1], len(table.rows) - 1
        while (at, len(row)) in self._taken:
            row.append(None)
        self._place(table, at, row, cell, _value(cell, text))

    def _place(self, table: HtmlTable, at: int, row: list[Value], cell: dict[str, str], value: Value) -> None:
        column = len(row)
        wide, high = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        row.append(value)
        row.extend([None] * (wide - 1))
        if wide > 1 or high > 1:
            table.merges.append(Merge(at, column, at + high - 1, column + wide - 1))
            self._taken.update((r, c) for r in range(at + 1, at + high) for c in range(column, column + wide))


def _span(text: str | None) -> int:
    return max(1, min(int(text), _MOST_SPAN)) if text and text.isascii() and text.isdecimal() else 1


def _value(cell: dict[str, str], text: str) -> Value:
    """The text as shown; the number behind it where the program that copied it says so and nothing is lost."""
    number = cell.get("sdval") or cell.get("x:num")
    if not number or not text:
        return text or None
    if _is_date_format(cell.get("sdnum", "")) or _shows_more(text):
        return text
    try:
        return float(number)
    except ValueError:
        return text


def _is_date_format(sdnum: str) -> bool:
    pattern = sdnum.rpartition(";")[2].upper()
    return "Y" in pattern or "D" in pattern


def _shows_more(text: str) -> bool:
    """Leading zeros and per cent signs are in what is shown, not in the number."""
    return (text.startswith("0") and len(text) > 1 and text.isdecimal()) or text.endswith("%")
