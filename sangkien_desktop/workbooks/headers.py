"""Where a table's heading stands: one row, or two or three with merged cells, under whatever stands above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sangkien_desktop.workbooks.headings import LEFT_OUT, Headings, Match
from sangkien_desktop.workbooks.legacy import Letters
from sangkien_desktop.workbooks.table import Merge, Sheet

_ROWS_SEARCHED = 150
_MOST_LINES = 3
_LONGEST_LABEL = 120
_PLAIN_ENOUGH = 3.5
"""A heading with the title and two more fields: nothing below it is looked at."""
_ENOUGH = 0.72
"""A match at least this good makes a cell a heading."""


@dataclass(frozen=True)
class Heading:
    """The heading's rows (zero-based, both included), and per column its own label and the labels above it."""

    first_row: int
    last_row: int
    labels: tuple[str, ...]
    above: tuple[str, ...]

    def full(self, column: int) -> str:
        """Both labels as a person would say them."""
        label, above = self.labels[column], self.above[column]
        return f"{above} – {label}" if above and label else label or above


class Top:
    """The upper rows of a sheet as texts, with merged cells known."""

    def __init__(self, sheet: Sheet, letters: Letters) -> None:
        self.sheet = sheet
        self._letters = letters
        self.height = min(len(sheet.rows), _ROWS_SEARCHED)
        self._rows: dict[int, tuple[str, ...]] = {}

    def row(self, row: int) -> tuple[str, ...]:
        """The texts of a row as wide as the sheet; anything but text is empty."""
        if row not in self._rows:
            values = (self._letters.cell(row, column) for column in range(self.sheet.width))
            self._rows[row] = tuple(value if isinstance(value, str) else "" for value in values)
        return self._rows[row]

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """Merged cells that begin in the upper rows."""
        return tuple(merge for merge in self.sheet.merges if merge.first_row < self.height)

    def spread(self, row: int) -> tuple[str, ...]:
        """The texts of a row, a merged cell's text standing over every column it covers."""
        texts = list(self.row(row))
        for merge in self.merges:
            if merge.first_row == row and merge.last_column > merge.first_column:
                last = min(merge.last_column, len(texts) - 1)
                texts[merge.first_column : last + 1] = [texts[merge.first_column]] * (
                    last + 1 - merge.first_column
                )
        return tuple(texts)


def find_heading(top: Top, headings: Headings) -> Heading | None:
    """The best heading among the upper rows; the first of equals (a heading is repeated on printed pages)."""
    best: Heading | None = None
    best_score = 0.0
    for row in range(top.height):
        if best is not None and best_score > _PLAIN_ENOUGH and row > best.last_row + _MOST_LINES:
            break
        for lines in range(1, _MOST_LINES + 1):
            heading = _heading_at(top, row, lines)
            if heading is None:
                break
            score = score_of(heading, headings) - 0.05 * (lines - 1)
            if score > best_score + 0.001:
                best, best_score = heading, score
    return best


def heading_ending_at(top: Top, last_row: int, headings: Headings) -> Heading:
    """The heading whose last line the officer has pointed at."""
    found = [
        _heading_at(top, last_row - lines + 1, lines)
        for lines in range(1, _MOST_LINES + 1)
        if lines <= last_row + 1
    ]
    usable = [heading for heading in found if heading is not None]
    if usable:
        return max(
            usable,
            key=lambda heading: score_of(heading, headings) - 0.05 * (heading.last_row - heading.first_row),
        )
    labels = top.row(last_row)
    return Heading(last_row, last_row, labels, ("",) * len(labels))


def score_of(heading: Heading, headings: Headings) -> float:
    """How much of the rows is a heading; 0 when it cannot be one."""
    best: dict[str, float] = {}
    filled = known = 0
    for label, above in zip(heading.labels, heading.above, strict=True):
        if not label and not above:
            continue
        filled += 1
        match = _first(headings.matches(label, above))
        if match is not None and match.score >= _ENOUGH:
            known += 1
            if match.field != LEFT_OUT:
                best[match.field] = max(best.get(match.field, 0.0), match.score)
    if len(best) < 2 or known < 0.4 * filled:
        return 0.0
    return sum(best.values()) + (0.8 if "title" in best else 0.0) + 0.1 * (known - len(best))


def _first(matches: Sequence[Match]) -> Match | None:
    return matches[0] if matches else None


def _heading_at(top: Top, row: int, lines: int) -> Heading | None:
    if row < 0 or row + lines > top.height:
        return None
    own = [top.row(line) for line in range(row, row + lines)]
    if any(_is_no_label_row(top, row + at, texts) for at, texts in enumerate(own)):
        return None
    spread = [top.spread(row + at) for at in range(lines - 1)]
    labels: list[str] = []
    above: list[str] = []
    for column in range(top.sheet.width):
        lowest = next((at for at in reversed(range(lines)) if own[at][column]), None)
        if lowest is None:
            over = _over(spread, own, column, lines - 1)
            labels.append("")
            above.append(over if _is_covered(top, row, lines, column) else "")
        else:
            labels.append(own[lowest][column])
            above.append(_over(spread, own, column, lowest))
    return Heading(row, row + lines - 1, tuple(labels), tuple(above))


def _is_covered(top: Top, row: int, lines: int, column: int) -> bool:
    """Whether an empty column of the heading lies under a merged cell (its second half)."""
    return any(
        row <= m.first_row < row + lines
        and m.first_column < column <= m.last_column
        and m.last_row < row + lines - 1
        for m in top.merges
    )


def _over(spread: list[tuple[str, ...]], own: list[tuple[str, ...]], column: int, lowest: int) -> str:
    parts = []
    for line in range(lowest):
        text = spread[line][column]
        if not text and not own[line][column]:
            text = _left_of(own, line, column)
        if text:
            parts.append(text)
    return " ".join(dict.fromkeys(parts))


def _left_of(own: list[tuple[str, ...]], line: int, column: int) -> str:
    """Where nothing says what is merged: the text to the left, if its own column also has a label below."""
    for left in range(column - 1, -1, -1):
        below = any(own[lower][left] for lower in range(line + 1, len(own)))
        if own[line][left]:
            return own[line][left] if below else ""
        if not below:
            return ""
    return ""


def _is_no_label_row(top: Top, row: int, texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    values = [value for value in top.sheet.rows[row] if value is not None and value != ""]
    if len(filled) < 2 or len(values) - len(filled) > len(filled) // 4:
        return True
    if any(len(text) > _LONGEST_LABEL for text in filled):
        return True
    return len(set(filled)) == 1
