"""Member lists: the same layouts, read into persons instead of initiatives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.people import PERSON_FIELDS
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.identity import read_citizen_id
from sangkien_desktop.workbooks import cells, headings
from sangkien_desktop.workbooks.cells import ReadCell, Trouble, shown
from sangkien_desktop.workbooks.corrections import NO_CORRECTION, Correction
from sangkien_desktop.workbooks.failures import problem
from sangkien_desktop.workbooks.layout import LayoutReading, understand
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.results import ColumnGuess, RowProblem
from sangkien_desktop.workbooks.row_words import group_in, is_signature, is_total
from sangkien_desktop.workbooks.table import Sheet, Value, Workbook, is_empty

_KINDS: Mapping[str, Kind] = MappingProxyType({person.name: person.kind for person in PERSON_FIELDS})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a list says it. `values`: name of a PERSON_FIELD → str, PartialDate or bool."""

    sheet: str | None
    row: int
    values: Mapping[str, object]
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class PeopleReading:
    """A member list read to the end."""

    file_name: str
    sheet: str | None
    header_row: int | None
    columns: Mapping[str, str]
    guesses: tuple[ColumnGuess, ...]
    rows: tuple[PersonRow, ...] = field(repr=False)
    context: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_people(
    path: Path, correction: Correction = NO_CORRECTION, progress: Progress = SILENT
) -> tuple[PeopleReading, ...]:
    """Every list of people in a file. Raises WorkbookProblem when there is none."""
    return people_in(open_workbook(path, progress), correction)


def people_in(workbook: Workbook, correction: Correction = NO_CORRECTION) -> tuple[PeopleReading, ...]:
    """The lists of people in an opened file or a pasted table."""
    found = []
    for sheet in [s for s in workbook.sheets if s.is_visible] or workbook.sheets:
        layout = understand(sheet, correction, headings.PEOPLE)
        if layout is not None:
            reading = _read(layout, workbook)
            if reading.rows:
                found.append(reading)
    if not found:
        raise problem("no-table")
    return tuple(found)


def _read(layout: LayoutReading, workbook: Workbook) -> PeopleReading:
    sheet = layout.sheet
    first = layout.heading_rows.stop
    columns = {name: places[0] for name, places in layout.columns.items() if name in _KINDS}
    readers = {name: _reader(name, column, layout, workbook.epoch_1904) for name, column in columns.items()}
    rows: list[PersonRow] = []
    section: str | None = None
    for index in range(first, len(sheet.rows)):
        filled = [value for value in sheet.rows[index] if not is_empty(value)]
        name = layout.letters.cell(index, columns["name"])
        if len(filled) <= 2 and "group" not in columns and filled and isinstance(filled[-1], str):
            section = (
                group_in(layout.letters.text(filled[-1], index, columns["name"]), stands_alone=True)
                or section
            )
            continue
        if not _is_person(name, filled):
            continue
        rows.append(_person(index, layout, columns, readers, section))
    return PeopleReading(
        file_name=workbook.file_name,
        sheet=sheet.name,
        header_row=layout.header_row,
        columns=MappingProxyType({sheet.column_name(column): name for name, column in columns.items()}),
        guesses=layout.guesses,
        rows=tuple(rows),
        context=layout.context,
    )


def _is_person(name: Value, filled: list[Value]) -> bool:
    text = shown(name)
    if not text.strip():
        return len(filled) >= 3 and not any(isinstance(v, str) and is_total(v) for v in filled)
    return len(filled) >= 2 and not is_total(text) and not is_signature(text) and not text.strip().isdecimal()


def _person(
    row: int,
    layout: LayoutReading,
    columns: Mapping[str, int],
    readers: Mapping[str, ReadCell],
    section: str | None,
) -> PersonRow:
    sheet: Sheet = layout.sheet
    values: dict[str, object] = {}
    problems: list[RowProblem] = []
    for name, column in columns.items():
        value = layout.letters.cell(row, column)
        if is_empty(value):
            continue
        if name == "employee_code":
            value = _padded(sheet, row, column, value)
        got = readers[name](value)
        if isinstance(got, Trouble):
            place = sheet.column_name(column)
            problems.append(
                RowProblem(name, got.code, got.severity, got.message, clean(shown(value)), place, row + 1)
            )
            got = got.value
        if got is not None:
            values[name] = got
    if section and "group" not in values:
        values["group"] = section
    if "name" not in values:
        problems.append(
            RowProblem(
                "name",
                "missing",
                Severity.ERROR,
                "Chưa ghi họ tên.",
                column=sheet.column_name(columns["name"]),
            )
        )
    return PersonRow(sheet.name, row + 1, values, tuple(problems))


def _padded(sheet: Sheet, row: int, column: int, value: Value) -> Value:
    digits = sheet.styles.at(row, column).digits
    if digits and isinstance(value, int | float) and float(value).is_integer():
        return str(int(value)).zfill(digits)
    return value


def _reader(name: str, column: int, layout: LayoutReading, epoch_1904: bool) -> ReadCell:
    sheet = layout.sheet
    values = [sheet.cell(row, column) for row in range(layout.heading_rows.stop, len(sheet.rows))]
    if name == "employee_code":
        return cells.code_reader(values, known_length=None)
    own: dict[str, ReadCell] = {"phone": cells.read_phone_cell, "citizen_id": _read_citizen_id}
    kind = _KINDS[name]
    if kind is Kind.DATE:
        return cells.date_reader(values, order=layout.correction.day_order, epoch_1904=epoch_1904, must=False)
    if kind is Kind.CHOICE:
        declared = next(person for person in PERSON_FIELDS if person.name == name)
        return _lenient(cells.choice_reader(MILLION.labels(declared.catalogue), declared.label))
    return own.get(name, cells.read_flag if kind is Kind.FLAG else cells.read_text)


def _lenient(strict: ReadCell) -> ReadCell:
    """A person is kept although a list does not know a word; the word stays as written, with a warning."""

    def read(value: Value) -> object:
        got = strict(value)
        if isinstance(got, Trouble):
            return Trouble(got.code, Severity.WARNING, got.message, value=clean(shown(value)))
        return got

    return read


def _read_citizen_id(value: Value) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    reading = read_citizen_id(value)
    if reading.value is None:
        return Trouble("citizen-id", Severity.WARNING, "Số định danh không đúng 12 chữ số; xem lại giấy tờ.")
    return reading.value
