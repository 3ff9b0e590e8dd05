"""The authors of every record of a table: from name, code and share columns, author rows, and co-author cells."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.workbooks import cells
from sangkien_desktop.workbooks.authors import Named, as_authors, merge, named_in, read_share
from sangkien_desktop.workbooks.cells import Trouble, shown
from sangkien_desktop.workbooks.layout import LayoutReading
from sangkien_desktop.workbooks.results import RowProblem
from sangkien_desktop.workbooks.rows import Record
from sangkien_desktop.workbooks.table import Value

_PLAIN_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,6}")
_UNREAD = object()
_CODE_DIVIDERS = re.compile(r"[,;\n/]+|\s{2,}|\s+-\s+")


class PeopleReader:
    """Reads the people of one record after the other."""

    def __init__(self, layout: LayoutReading, known_length: int | None, known_codes: frozenset[str]) -> None:
        self._sheet = layout.sheet
        self._letters = layout.letters
        self._columns = layout.columns
        self._known_codes = known_codes
        self._name = self._first("author", "authors")
        self._code = self._first("employee_code")
        self._share = self._first("share")
        self._others = layout.columns.get("co_authors", ())
        self._read_code = cells.code_reader(self._code_cells(layout), known_length=known_length)
        self._read_codes: dict[Value, object] = {}
        self._merged = self._merged_down(layout)
        self._is_simple = (
            self._name >= 0
            and self._share < 0
            and not self._merged
            and self._sheet.styles.is_plain
            and layout.letters.column_texts(self._name) is None
        )

    def _first(self, *names: str) -> int:
        return next((self._columns[name][0] for name in names if name in self._columns), -1)

    def _code_cells(self, layout: LayoutReading) -> Sequence[Value]:
        if self._code < 0:
            return ()
        first = layout.heading_rows.stop
        return [
            self._padded(row, self._sheet.cell(row, self._code))
            for row in range(first, len(self._sheet.rows))
        ]

    def _padded(self, row: int, value: Value) -> Value:
        """A number shown with leading zeros by its format is a code with leading zeros."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            digits = self._sheet.styles.at(row, self._code).digits
            if digits and float(value).is_integer() and value >= 0:
                return str(int(value)).zfill(digits)
        return value

    def _merged_down(self, layout: LayoutReading) -> Mapping[tuple[int, int], int]:
        """Cell → row of the merged cell above that speaks for it, of author columns merged over several records."""
        wanted = {column for column in (self._name, self._code) if column >= 0}
        return {
            (row, merge.first_column): merge.first_row
            for merge in layout.sheet.merges
            if merge.first_column in wanted and merge.last_row > merge.first_row
            for row in range(merge.first_row + 1, min(merge.last_row, len(layout.sheet.rows)) + 1)
        }

    def read(self, record: Record) -> tuple[tuple[Author, ...], tuple[RowProblem, ...]]:
        """The authors, main author first, and what is wrong with their cells."""
        alone = self._plain_author(record)
        if alone is not None:
            return alone, ()
        problems: list[RowProblem] = []
        people: list[Named] = []
        for row in (record.row, *sorted(record.author_rows)):
            people.extend(self._people_of_row(row, problems, is_first=row == record.row))
        authors = as_authors(people)
        if not any(author.name for author in authors[:1]) and (self._name >= 0 or self._others):
            problems.append(self._missing_name(record))
        return authors, tuple(problems)

    def _plain_author(self, record: Record) -> tuple[Author, ...] | None:
        """The quick answer for the many records of one author whose cells need no care."""
        if record.author_rows or not self._is_simple:
            return None
        row = self._sheet.rows[record.row]
        width = len(row)
        name = row[self._name] if self._name < width else None
        if not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name) or " và " in name:
            return None
        if any(column < width and row[column] not in (None, "") for column in self._others):
            return None
        value = row[self._code] if 0 <= self._code < width else None
        code = None if value is None or value == "" else self._read_codes.get(value, _UNREAD)
        if code is _UNREAD:
            code = self._read_codes[value] = self._read_code(value)
        if code is not None and (
            not isinstance(code, str) or (self._known_codes and code not in self._known_codes)
        ):
            return None
        return (Author(name=name, employee_code=code, is_main=True),)

    def _missing_name(self, record: Record) -> RowProblem:
        column = self._name if self._name >= 0 else self._others[0]
        name = self._sheet.column_name(column)
        return RowProblem("author", "missing", Severity.ERROR, "Chưa ghi họ tên tác giả.", column=name)

    def _people_of_row(self, row: int, problems: list[RowProblem], *, is_first: bool) -> Sequence[Named]:
        names = self._names(row)
        codes = self._codes(row, problems, len(names))
        share = read_share(self._cell(row, self._share)) if self._share >= 0 else None
        main = _with_codes(names, codes, share)
        others: list[Named] = []
        for column in self._others:
            text = self._text(row, column)
            if text:
                others.extend(self._checked(found, row, column, problems) for found in named_in(text))
        if not main and is_first and (codes or share is not None or others):
            main = [Named("", codes[0] if codes else None, share)]
        if others:
            return merge(main[0] if main else None, [*main[1:], *others])
        return main

    def _names(self, row: int) -> Sequence[Named]:
        text = self._text(row, self._name)
        if not text:
            return ()
        if _PLAIN_NAME.fullmatch(text) and " và " not in text:
            return (Named(text),)
        found = named_in(text)
        return found or (Named(clean(text)),)

    def _codes(self, row: int, problems: list[RowProblem], people: int) -> Sequence[str | None]:
        if self._code < 0:
            return ()
        value = self._padded(row, self._cell(row, self._code))
        if value is None or value == "":
            return ()
        if people > 1 and isinstance(value, str):
            parts = [part.strip() for part in _CODE_DIVIDERS.split(value) if part.strip()]
            if len(parts) > 1:
                return [self._one_code(part, row, self._code, problems) for part in parts]
        return (self._one_code(value, row, self._code, problems),)

    def _one_code(self, value: Value, row: int, column: int, problems: list[RowProblem]) -> str | None:
        if value not in self._read_codes:
            self._read_codes[value] = self._read_code(value)
        got = self._read_codes[value]
        if isinstance(got, Trouble):
            problems.append(self._problem(got, row, column, clean(shown(value))))
            return str(got.value) if got.value is not None else None
        code = str(got) if got is not None else None
        if code and self._known_codes and code not in self._known_codes:
            trouble = Trouble(
                "code-unknown", Severity.WARNING, f"Mã {code} không có trong danh sách đoàn viên."
            )
            problems.append(self._problem(trouble, row, column, clean(shown(value))))
        return code

    def _checked(self, found: Named, row: int, column: int, problems: list[RowProblem]) -> Named:
        if found.code is None:
            return found
        return Named(
            found.name, self._one_code(found.code, row, column, problems), found.share, found.says_main
        )

    def _problem(self, trouble: Trouble, row: int, column: int, raw: str) -> RowProblem:
        return RowProblem(
            field="employee_code",
            code=trouble.code,
            severity=trouble.severity,
            message=trouble.message,
            raw=raw,
            column=self._sheet.column_name(column),
            row=row + 1,
        )

    def _cell(self, row: int, column: int) -> Value:
        value = self._sheet.cell(row, column)
        if self._merged and value in (None, "") and (row, column) in self._merged:
            row = self._merged[row, column]
            value = self._sheet.cell(row, column)
        return self._letters.text(value, row, column) if isinstance(value, str) else value

    def _text(self, row: int, column: int) -> str:
        value = self._cell(row, column) if column >= 0 else None
        return shown(value).strip() if value is not None else ""


def _with_codes(names: Sequence[Named], codes: Sequence[str | None], share: Decimal | None) -> list[Named]:
    """Codes of the code column go to the names in order; a share column speaks of the first."""
    people: list[Named] = []
    for index, named in enumerate(names):
        code = codes[index] if index < len(codes) else None
        part = share if index == 0 and named.share is None else named.share
        people.append(Named(named.name, code or named.code, part, named.says_main))
    return people
