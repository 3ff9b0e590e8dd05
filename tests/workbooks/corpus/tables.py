"""Tables of made-up initiatives in any shape, together with what must be read out of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.workbooks.corpus.content import Record, Write, true_day
from tests.workbooks.corpus.files import Grid

AUTHOR_FIELDS = frozenset({"author", "authors", "employee_code", "share", "co_authors", "sequence"})


@dataclass
class Expected:
    """What must be read: columns (None: not asked), and per record its sheet row, values and errors."""

    columns: dict[str, str] | None
    rows: list[tuple[int, dict[str, object], set[str]]]
    header_row: int | None = None
    encoding: str | None = None
    group: str | None = None
    sheets: int = 1


@dataclass
class Case:
    """One ugly workbook: how it is written, and what is in it."""

    name: str
    suffix: str
    write: Callable[[Path], Expected]


@dataclass
class Col:
    """A column: its heading (and the one above it), its field (None: nothing we store), how its cells are written."""

    heading: str
    field: str | None = None
    write: Write | None = None
    above: str = ""


@dataclass
class Shape:
    """How a table stands on its sheet."""

    columns: Sequence[Col]
    title: Sequence[Sequence[object]] = ()
    left: int = 0
    """Empty columns at the left."""
    sections: Callable[[str, int], list[object]] | None = None
    """A row naming a group over its records."""
    subtotal: str = ""
    total: Sequence[object] = ()
    footer: Sequence[Sequence[object]] = ()
    repeat_heading: int = 0
    """Records after which the heading comes again."""
    numbers_below: bool = False
    blank_every: int = 0
    two_lines: bool = False
    no_heading: bool = False
    letters: Callable[[str], str] = field(default=lambda text: text)
    """What every text goes through (a legacy font, a composed form)."""


def table(grid: Grid, records: Sequence[Record], shape: Shape) -> Expected:
    """The table on the grid, and what must be read out of it."""
    for line in shape.title:
        grid.add(*(_text(shape, value) for value in line))
    header_row = None
    if not shape.no_heading:
        header_row = _heading(grid, shape)
    rows: list[tuple[int, dict[str, object], set[str]]] = []
    group = None
    for index, record in enumerate(records):
        if shape.sections and record.group != group:
            if group is not None and shape.subtotal:
                _add(grid, shape, [shape.subtotal])
            group = record.group
            row = _add(grid, shape, shape.sections(group, index))
            grid.merges.append((row, shape.left, row, shape.left + len(shape.columns) - 1))
        if shape.blank_every and index and index % shape.blank_every == 0:
            grid.add()
        if shape.repeat_heading and index and index % shape.repeat_heading == 0:
            _heading(grid, shape)
        row = _add(grid, shape, [cell(record, col, index) for col in shape.columns])
        rows.append((row + 1, values_of(record, shape), record.flags & asked(shape)))
    if shape.total:
        _add(grid, shape, shape.total)
    for line in shape.footer:
        grid.add(*(_text(shape, value) for value in line))
    names = [_letter(shape.left + index) for index in range(len(shape.columns))]
    columns = {name: col.field for name, col in zip(names, shape.columns, strict=True) if col.field}
    return Expected(columns, rows, header_row)


def _heading(grid: Grid, shape: Shape) -> int:
    if shape.two_lines:
        top = _add(grid, shape, [col.above or col.heading for col in shape.columns])
        low = _add(grid, shape, [col.heading if col.above else "" for col in shape.columns])
        _merge_heading(grid, shape, top)
        for index, col in enumerate(shape.columns):
            if index and col.above and shape.columns[index - 1].above == col.above:
                grid.rows[top][shape.left + index] = ""
        row = low
    else:
        row = _add(grid, shape, [col.heading for col in shape.columns])
    if shape.numbers_below:
        grid.add(*([None] * shape.left), *(f"({index + 1})" for index in range(len(shape.columns))))
    return row + 1


def _merge_heading(grid: Grid, shape: Shape, top: int) -> None:
    index = 0
    while index < len(shape.columns):
        col = shape.columns[index]
        last = index
        if col.above:
            while last + 1 < len(shape.columns) and shape.columns[last + 1].above == col.above:
                last += 1
            if last > index:
                grid.merges.append((top, shape.left + index, top, shape.left + last))
        else:
            grid.merges.append((top, shape.left + index, top + 1, shape.left + index))
        index = last + 1


def _add(grid: Grid, shape: Shape, cells: Sequence[object]) -> int:
    return grid.add(*([None] * shape.left), *(_text(shape, value) for value in cells))


def _text(shape: Shape, value: object) -> object:
    return shape.letters(value) if isinstance(value, str) else value


def cell(record: Record, col: Col, index: int) -> object:
    """What stands in a record's cell of a column."""
    if col.field in record.written:
        return record.written[col.field]
    if col.write is not None:
        return col.write(record, index)
    name, code, share = record.authors[0]
    plain = {
        "sequence": index + 1,
        "author": name or "",
        "employee_code": code,
        "share": share,
        "first_applied_on": true_day(record, index),
        "annual_benefit": record.money,
    }
    if col.field is None:
        return ""
    return plain[col.field] if col.field in plain else getattr(record, col.field)


def asked(shape: Shape) -> set[str]:
    """Fields that the table has a column for."""
    fields = {col.field for col in shape.columns if col.field}
    return fields | ({"author"} if fields & {"authors"} else set())


def values_of(record: Record, shape: Shape) -> dict[str, object]:
    """The values that must be read of a record."""
    fields = asked(shape) | ({"group"} if shape.sections else set())
    values: dict[str, object] = {}
    for name in fields - AUTHOR_FIELDS:
        value = record.expected[name] if name in record.expected else _plain(record, name)
        if value is not None and value != "":
            values[name] = value
    has_code = bool(fields & {"employee_code"}) or "code" in record.expected
    values["authors"] = [
        {"name": name, "employee_code": code if has_code else None, "share": share}
        for name, code, share in record.authors
    ]
    return values


def _plain(record: Record, name: str) -> object:
    if name == "first_applied_on":
        return record.day.isoformat()
    if name == "annual_benefit":
        return record.money
    return getattr(record, name, None)


def _letter(column: int) -> str:
    return chr(65 + column) if column < 26 else "A" + chr(65 + column - 26)
