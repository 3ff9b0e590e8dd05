"""A sheet as understood → its records, with every problem at its cell."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.people import PERSON_FIELDS
from sangkien_desktop.domain.programmes import MILLION as MILLION_PROGRAMME
from sangkien_desktop.domain.programmes import Programme
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.vietnamese.dates import DayOrder
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.money import unit_of_header
from sangkien_desktop.workbooks import cells
from sangkien_desktop.workbooks.cells import ReadCell, Trouble, shown
from sangkien_desktop.workbooks.layout import KEY_FIELD, LayoutReading
from sangkien_desktop.workbooks.people_of_rows import PeopleReader
from sangkien_desktop.workbooks.results import NO_TEXT, RowProblem, RowReading, SheetReading
from sangkien_desktop.workbooks.rows import Record, RowSorter
from sangkien_desktop.workbooks.table import Picture, Value

_PERSON_KINDS = {person.name: person for person in PERSON_FIELDS}
_PEOPLE_COLUMNS = frozenset({"author", "authors", "employee_code", "share", "co_authors"})
_SILENT_COLUMNS = _PEOPLE_COLUMNS | {"sequence", KEY_FIELD, "group"}
_PICTURE_ROWS_APART = 1
_LOT = 5000


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What is known beside the file: the programme's lists, and how the plant writes codes."""

    programme: Programme = MILLION_PROGRAMME
    code_length: int | None = None
    known_codes: frozenset[str] = frozenset()


def cell_reader(
    name: str,
    values: Sequence[Value],
    knowledge: Knowledge,
    *,
    order: DayOrder | None = None,
    epoch_1904: bool = False,
) -> ReadCell:
    """How the cells of a field are read; `values` are all cells of the column, by which dates are settled."""
    declared = FIELD.get(name) or _PERSON_KINDS.get(name)
    kind = declared.kind if declared else Kind.TEXT
    if name == "phone":
        return cells.read_phone_cell
    if declared is not None and kind in (Kind.CHOICE, Kind.CHOICES):
        labels = knowledge.programme.labels(declared.catalogue)
        return (cells.choice_reader if kind is Kind.CHOICE else cells.choices_reader)(labels, declared.label)
    if kind is Kind.DATE:
        must = name in {"first_applied_on", "recognised_on"}
        return cells.date_reader(values, order=order, epoch_1904=epoch_1904, must=must)
    simple: dict[Kind, ReadCell] = {Kind.FLAG: cells.read_flag, Kind.LONG_TEXT: cells.read_long_text}
    return simple.get(kind, cells.read_text)


@dataclass
class _Column:
    """One column's cells of all records, read."""

    name: str
    column: int
    values: list[object]
    troubles: dict[int, Trouble] = field(default_factory=dict)


class SheetReader:
    """Reads the records of one sheet, column by column."""

    def __init__(self, layout: LayoutReading, knowledge: Knowledge, *, epoch_1904: bool = False) -> None:
        self._layout = layout
        self._sheet = layout.sheet
        self._knowledge = knowledge
        self._epoch_1904 = epoch_1904
        self._notes: list[str] = []

    def read(self, file_name: str, progress: Progress = SILENT) -> SheetReading:
        """Every record and every row left out."""
        with _no_collection(len(self._sheet.rows)):
            return self._read(file_name, progress)

    def _read(self, file_name: str, progress: Progress) -> SheetReading:
        layout = self._layout
        sorter = RowSorter(self._sheet, layout.letters, layout.columns, layout.heading_rows)
        found = sorter.sort()
        skipped = layout.correction.skipped_rows
        records = [record for record in found.records if record.row + 1 not in skipped]
        progress.check()
        rows = self._rows(records, progress)
        columns = {
            self._sheet.column_name(column): name
            for name, places in layout.columns.items()
            for column in places
            if name != KEY_FIELD
        }
        return SheetReading(
            file_name=file_name,
            sheet=self._sheet.name,
            header_row=layout.header_row,
            columns=MappingProxyType(
                dict(sorted(columns.items(), key=lambda item: self._sheet.column_index(item[0])))
            ),
            unmapped=tuple(guess.column for guess in layout.guesses if guess.field is None),
            guesses=layout.guesses,
            rows=rows,
            left_out=tuple(found.left_out),
            encoding_repair=layout.lettering.encoding,
            context=self._context(),
            confidence=layout.confidence,
            remembered=layout.correction.is_remembered,
            signature=layout.signature,
            notes=tuple(self._notes),
        )

    def _context(self) -> Mapping[str, str]:
        group = self._layout.correction.group
        return MappingProxyType({**self._layout.context, "group": group}) if group else self._layout.context

    def _rows(self, records: Sequence[Record], progress: Progress) -> tuple[RowReading, ...]:
        people = PeopleReader(self._layout, self._knowledge.code_length, self._knowledge.known_codes)
        columns = [
            self._read_column(name, places[0], records)
            for name, places in self._layout.columns.items()
            if name not in _SILENT_COLUMNS
        ]
        groups = self._groups(records)
        keys = self._keys(records)
        extras = self._extras(records)
        pictures = self._pictures(records)
        rows: list[RowReading] = []
        for index, record in enumerate(records):
            if index % _LOT == 0:
                progress.report(index, len(records), "Đang đọc các dòng")
                progress.check()
            values = {c.name: c.values[index] for c in columns if c.values[index] is not None}
            if groups[index] is not None:
                values["group"] = groups[index]
            authors, problems = people.read(record)
            troubles = [(c, c.troubles[index]) for c in columns if index in c.troubles]
            rows.append(
                RowReading(
                    sheet=self._sheet.name,
                    row=record.row + 1,
                    values=values,
                    authors=authors,
                    group_name=groups[index],
                    unread=self._unread(troubles, record.row) if troubles else NO_TEXT,
                    problems=(*problems, *(self._problem(c, t, record.row) for c, t in troubles))
                    if troubles
                    else problems,
                    hidden=record.row in self._sheet.hidden_rows,
                    pictures=pictures.get(record.row, ()),
                    extra=extras[index] if extras else NO_TEXT,
                    last_row=(record.author_rows[-1] if record.author_rows else record.row) + 1,
                    key=keys[index] if keys else None,
                )
            )
        return tuple(rows)

    def _problem(self, column: _Column, trouble: Trouble, row: int) -> RowProblem:
        return RowProblem(
            field=column.name,
            code=trouble.code,
            severity=trouble.severity,
            message=trouble.message,
            raw=self._raw(row, column.column),
            column=self._sheet.column_name(column.column),
            fix=trouble.fix(column.name),
        )

    def _unread(self, troubles: Iterable[tuple[_Column, Trouble]], row: int) -> Mapping[str, str]:
        return {c.name: self._raw(row, c.column) for c, trouble in troubles if trouble.unread}

    def _raw(self, row: int, column: int) -> str:
        return clean(shown(self._layout.letters.cell(row, column)))

    def _cells(self, column: int, records: Sequence[Record]) -> list[Value]:
        rows = self._sheet.rows
        values = [rows[r.row][column] if column < len(rows[r.row]) else None for r in records]
        repair = self._layout.letters.column_texts(column)
        if repair is not None:
            values = [
                repair(v, r.row) if isinstance(v, str) else v for v, r in zip(values, records, strict=True)
            ]
        return values

    def _read_column(self, name: str, column: int, records: Sequence[Record]) -> _Column:
        values = self._cells(column, records)
        self._fill_merged(name, column, records, values)
        read = self._reader_of(name, column, values)
        done = _Column(name, column, [None] * len(values))
        seen: dict[Value, object] = {}
        for index, value in enumerate(values):
            if value is None or value == "":
                continue
            if value in seen and value.__class__ is not bool:
                got = seen[value]
            else:
                got = seen[value] = read(value)
            if isinstance(got, Trouble):
                done.troubles[index] = got
                done.values[index] = got.value
            else:
                done.values[index] = got
        return done

    def _fill_merged(self, name: str, column: int, records: Sequence[Record], values: list[Value]) -> None:
        """A value merged down over several initiatives belongs to each of them."""
        merged = {
            m.first_row: m.last_row
            for m in self._sheet.merges
            if m.first_column == column and m.last_row > m.first_row
        }
        if not merged or name == "title":
            return
        last_row, value = -1, None
        for index, record in enumerate(records):
            if record.row in merged:
                last_row, value = merged[record.row], values[index]
            elif record.row <= last_row and values[index] in (None, ""):
                values[index] = value

    def _reader_of(self, name: str, column: int, values: Sequence[Value]) -> ReadCell:
        correction = self._layout.correction
        if (FIELD[name].kind if name in FIELD else None) is Kind.MONEY:
            named = (
                correction.money_unit or unit_of_header(self._layout.label(column)) or self._unit_of_title()
            )
            unit, is_guess = cells.column_unit(values, named)
            if is_guess:
                self._notes.append("Cột giá trị làm lợi ghi số nhỏ, máy hiểu là triệu đồng.")
            return cells.money_reader(unit=unit, per_month=correction.per_month)
        order = correction.day_order
        return cell_reader(name, values, self._knowledge, order=order, epoch_1904=self._epoch_1904)

    def _unit_of_title(self) -> int | None:
        said = self._layout.context.get("money_unit")
        return int(said) if said else None

    def _groups(self, records: Sequence[Record]) -> list[str | None]:
        sections = [record.group for record in records]
        places = self._layout.columns.get("group")
        if not places:
            return sections
        values = self._cells(places[0], records)
        self._fill_merged("group", places[0], records, values)
        texts = [clean(shown(value)) or None for value in values]
        if _only_first_of_each(texts):
            texts = _filled_down(texts)
        return [text or section for text, section in zip(texts, sections, strict=True)]

    def _keys(self, records: Sequence[Record]) -> list[str | None]:
        places = self._layout.columns.get(KEY_FIELD)
        return [clean(shown(value)) or None for value in self._cells(places[0], records)] if places else []

    def _extras(self, records: Sequence[Record]) -> list[Mapping[str, str]]:
        """Unknown columns, for the note, where the officer wants them kept."""
        unknown = [guess for guess in self._layout.guesses if guess.field is None and guess.heading]
        if not self._layout.correction.keep_unknown or not unknown:
            return []
        columns = [(g.heading, self._cells(self._sheet.column_index(g.column), records)) for g in unknown]
        return [
            {heading: text for heading, values in columns if (text := clean(shown(values[index])))}
            for index in range(len(records))
        ]

    def _pictures(self, records: Sequence[Record]) -> Mapping[int, tuple[Picture, ...]]:
        if not self._sheet.pictures:
            return {}
        first_of = {row: r.row for r in records for row in (r.row, *r.author_rows)}
        found: dict[int, tuple[Picture, ...]] = {}
        for picture in self._sheet.pictures:
            row = next(
                (first_of[p] for p in (picture.row, picture.row + _PICTURE_ROWS_APART) if p in first_of), None
            )
            if row is not None:
                found[row] = (*found.get(row, ()), picture)
        return found


@contextmanager
def _no_collection(records: int) -> Iterator[None]:
    """Looking for garbage again and again among a million new values that all stay costs half of the reading."""
    was_on = gc.isenabled() and records > _LOT
    if was_on:
        gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _only_first_of_each(texts: Sequence[str | None]) -> bool:
    """Whether a column names a group only in its first row: the first is filled, most are blank, none repeats at once."""
    filled = [text for text in texts if text]
    if not texts or not texts[0] or len(filled) * 2 > len(texts):
        return False
    return all(a != b for a, b in pairwise(filled))


def _filled_down(texts: Sequence[str | None]) -> list[str | None]:
    current: str | None = None
    filled = []
    for text in texts:
        current = text or current
        filled.append(current)
    return filled
