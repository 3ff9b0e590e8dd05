"""One form per initiative: labels beside or above their values, anywhere on a sheet, perhaps several forms in a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.money import unit_of_header
from sangkien_desktop.workbooks import cells
from sangkien_desktop.workbooks.authors import Named, as_authors, merge, named_in, read_share
from sangkien_desktop.workbooks.cells import Trouble, shown
from sangkien_desktop.workbooks.headings import INITIATIVES, LEFT_OUT
from sangkien_desktop.workbooks.legacy import Letters
from sangkien_desktop.workbooks.reader import Knowledge, cell_reader
from sangkien_desktop.workbooks.results import ColumnGuess, RowProblem, RowReading, SheetReading
from sangkien_desktop.workbooks.table import Merge, Sheet, Value, is_empty, letters

_ROWS, _COLUMNS = 400, 40
_SURE = 0.8
_LONGEST_LABEL = 90
_FARTHEST_VALUE = 4
_LEADERS = re.compile(r"[.…_]{3,}|…")
"""Dots to write on."""
_PEOPLE = frozenset({"author", "authors", "employee_code", "share", "co_authors"})
_ENOUGH_FIELDS = 3


@dataclass(frozen=True)
class _Label:
    """A label on the form, and the part of its cell that is already the value ("Họ tên: Nguyễn Văn A")."""

    row: int
    column: int
    field: str
    text: str
    score: float
    inline: str = ""


@dataclass
class _Form:
    """The values of one form, each with its place."""

    first_row: int
    found: dict[str, tuple[_Label, Value, int, int]] = field(default_factory=dict)
    people: list[Named] = field(default_factory=list)
    last_row: int = 0


def read_form(sheet: Sheet, file_name: str, knowledge: Knowledge) -> SheetReading | None:
    """The records of the filled-in forms of a sheet; None when it holds none."""
    if not sheet.rows or len(sheet.rows) > 5000:
        return None
    page = _Page(sheet)
    forms = [form for form in page.forms() if _is_filled(form)]
    if not forms:
        return None
    rows = tuple(_row(form, sheet, knowledge) for form in forms)
    labels = [label for label, *_ in forms[0].found.values()]
    places = {f"{letters(column)}{row + 1}": name for name, (_, _, row, column) in forms[0].found.items()}
    return SheetReading(
        file_name=file_name,
        sheet=sheet.name,
        header_row=None,
        columns=MappingProxyType(places),
        unmapped=(),
        guesses=tuple(
            ColumnGuess(
                f"{letters(label.column)}{label.row + 1}",
                label.text,
                label.field,
                round(label.score, 2),
                "label",
            )
            for label in labels
        ),
        rows=rows,
        encoding_repair=page.letters.lettering.encoding,
        is_form=True,
        confidence=min((label.score for label in labels), default=0.0),
        signature="form:" + "|".join(sorted(forms[0].found)),
    )


def _is_filled(form: _Form) -> bool:
    said = {name for name, (_, value, _, _) in form.found.items() if not is_empty(value)}
    content = said & {"title", "solution", "effect_summary", "situation_before"}
    return len(said) >= _ENOUGH_FIELDS and bool(content) and "title" in form.found


class _Page:
    """A sheet looked at as a form."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.letters = Letters(sheet)
        self._merge_of: dict[tuple[int, int], Merge] = {
            (m.first_row, m.first_column): m for m in sheet.merges
        }
        self._labels = {(label.row, label.column): label for label in self._find_labels()}
        self._used: set[tuple[int, int]] = set()

    def forms(self) -> list[_Form]:
        """Forms from top to bottom; a new one begins where the first field of the last one comes again."""
        forms: list[_Form] = []
        first_field = ""
        for label in sorted(self._labels.values(), key=lambda one: (one.row, one.column)):
            if label.field == LEFT_OUT:
                continue
            value, row, column = self._value_of(label)
            if not forms or (
                label.field == first_field and label.row > forms[-1].first_row and not is_empty(value)
            ):
                forms.append(_Form(label.row))
                first_field = label.field
            form = forms[-1]
            form.last_row = max(form.last_row, row)
            old = form.found.get(label.field)
            if old is None or (is_empty(old[1]) and not is_empty(value)):
                form.found[label.field] = label, value, row, column
        for form in forms:
            self._take_people(form)
        return forms

    def _find_labels(self) -> list[_Label]:
        labels = []
        for row in range(min(len(self._sheet.rows), _ROWS)):
            for column in range(min(len(self._sheet.rows[row]), _COLUMNS)):
                value = self.letters.cell(row, column)
                label = _label_in(value, row, column) if isinstance(value, str) and value else None
                if label is not None:
                    labels.append(label)
        return labels

    def _value_of(self, label: _Label) -> tuple[Value, int, int]:
        """The value: behind the colon, else to the right, else below."""
        if label.inline:
            return label.inline, label.row, label.column
        merged = self._merge_of.get((label.row, label.column))
        right = (merged.last_column if merged else label.column) + 1
        for column in range(right, min(right + _FARTHEST_VALUE, self._sheet.width)):
            if (label.row, column) in self._labels:
                break
            value = self.letters.cell(label.row, column)
            if not is_empty(value) and (label.row, column) not in self._used:
                self._used.add((label.row, column))
                return value, label.row, column
        below = (merged.last_row if merged else label.row) + 1
        value = self.letters.cell(below, label.column)
        if (
            (below, label.column) not in self._labels
            and (below, label.column) not in self._used
            and not is_empty(value)
        ):
            self._used.add((below, label.column))
            return value, below, label.column
        return None, label.row, label.column

    def _take_people(self, form: _Form) -> None:
        """The authors: one by one under their headings, or as the cells name them."""
        name = form.found.get("author") or form.found.get("authors")
        if name is None:
            return
        label, _, row, column = name
        code = form.found.get("employee_code")
        is_list = row > label.row and (code is None or (code[0].row == label.row and code[3] != column))
        if not is_list:
            self._take_named(form, name)
            return
        rows_of_labels = {at for at, _ in self._labels}
        while row < len(self._sheet.rows) and row not in rows_of_labels:
            text = shown(self.letters.cell(row, column))
            people = named_in(text) if text else ()
            if not people:
                break
            number, share = self._beside(form, "employee_code", row), self._beside(form, "share", row)
            person = people[0]
            form.people.append(
                Named(
                    person.name,
                    _code(number) or person.code,
                    read_share(share) or person.share,
                    person.says_main,
                )
            )
            form.people.extend(people[1:])
            row += 1

    def _take_named(self, form: _Form, name: tuple[_Label, Value, int, int]) -> None:
        people = list(named_in(shown(name[1])))
        code = form.found.get("employee_code")
        share = form.found.get("share")
        if people:
            first = people[0]
            part = read_share(share[1]) if share else None
            people[0] = Named(
                first.name,
                (_code(code[1]) if code else None) or first.code,
                part or first.share,
                first.says_main,
            )
        others = form.found.get("co_authors")
        more = named_in(shown(others[1])) if others and not is_empty(others[1]) else ()
        form.people = list(merge(people[0], [*people[1:], *more])) if people else list(more)

    def _beside(self, form: _Form, name: str, row: int) -> Value:
        found = form.found.get(name)
        return self.letters.cell(row, found[3]) if found and found[2] > found[0].row else None


def _label_in(text: str, row: int, column: int) -> _Label | None:
    head, colon, rest = text.partition(":")
    said = _LEADERS.sub("", clean(rest, keep_lines=True)).strip() if colon else ""
    for candidate, inline in ((head, said), (text, "")):
        if not candidate.strip() or len(candidate) > _LONGEST_LABEL:
            continue
        plain = clean(candidate).rstrip(" :.…*")
        matches = INITIATIVES.matches(plain)
        if matches and matches[0].score >= _SURE:
            return _Label(row, column, matches[0].field, plain, matches[0].score, inline)
    return None


def _code(value: Value) -> str | None:
    got = cells.code_reader([value], known_length=None)(value) if not is_empty(value) else None
    if isinstance(got, Trouble):
        return str(got.value) if got.value is not None else None
    return str(got) if got is not None else None


def _row(form: _Form, sheet: Sheet, knowledge: Knowledge) -> RowReading:
    values: dict[str, object] = {}
    unread: dict[str, str] = {}
    problems: list[RowProblem] = []
    for name, (label, value, row, column) in form.found.items():
        if name in _PEOPLE or name == "sequence" or is_empty(value):
            continue
        got = _reader(name, label, value, knowledge)(value)
        if isinstance(got, Trouble):
            raw = clean(shown(value))
            place = f"{letters(column)}{row + 1}"
            problems.append(
                RowProblem(name, got.code, got.severity, got.message, raw, place, row + 1, got.fix(name))
            )
            if got.unread:
                unread[name] = raw
            got = got.value
        if got is not None:
            values[name] = got
    authors = as_authors(form.people)
    problems.extend(_people_problems(form, authors))
    group = values.get("group")
    return RowReading(
        sheet=sheet.name,
        row=form.first_row + 1,
        values=values,
        authors=authors,
        group_name=str(group) if group else None,
        unread=unread,
        problems=tuple(problems),
        hidden=form.first_row in sheet.hidden_rows,
        pictures=tuple(p for p in sheet.pictures if form.first_row <= p.row <= form.last_row + 30),
        last_row=form.last_row + 1,
    )


def _reader(name: str, label: _Label, value: Value, knowledge: Knowledge) -> cells.ReadCell:
    if name == "annual_benefit":
        return cells.money_reader(unit=unit_of_header(label.text) or 1, per_month=False)
    if name in FIELD or name in (
        "phone",
        "birth_date",
        "education",
        "gender",
        "position",
        "is_leader",
        "is_member",
    ):
        return cell_reader(name, [value], knowledge)
    return cells.read_text


def _people_problems(form: _Form, authors: Sequence[Author]) -> list[RowProblem]:
    problems: list[RowProblem] = []
    if not any(author.name for author in authors[:1]) and _asks(form.found):
        problems.append(RowProblem("author", "missing", Severity.ERROR, "Chưa ghi họ tên tác giả."))
    code = form.found.get("employee_code")
    if code is not None and not is_empty(code[1]):
        got = cells.code_reader([code[1]], known_length=None)(code[1])
        if isinstance(got, Trouble):
            problems.append(
                RowProblem("employee_code", got.code, got.severity, got.message, clean(shown(code[1])))
            )
    return problems


def _asks(found: Mapping[str, object]) -> bool:
    return bool({"author", "authors"} & found.keys())
