"""Export for use elsewhere: chosen columns as Excel, CSV or JSON lines; data of persons only when asked for."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sangkien_desktop.domain import egress
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind, ReportTable
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.services import plain
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.reporting import write_csv
from sangkien_desktop.storage import initiatives, people, units
from sangkien_desktop.storage.audit import Deed
from sangkien_desktop.storage.audit import append as note_deed
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.workbooks import report_sheet

PAGE_ROWS = 2_000
SUFFIXES = (".xlsx", ".csv", ".jsonl")
_KINDS: Mapping[Kind, tuple[ColumnKind, int]] = {
    Kind.MONEY: (ColumnKind.MONEY, 16),
    Kind.DATE: (ColumnKind.DATE, 12),
    Kind.LONG_TEXT: (ColumnKind.TEXT, 40),
}


@dataclass(frozen=True)
class ExportColumn:
    """One column that may be chosen; `is_personal` ones are left out unless personal data are asked for."""

    column: Column
    read: Callable[[Row], Cell]
    is_personal: bool = False


@dataclass(frozen=True, kw_only=True)
class ExportWishes:
    """What is exported. No columns means all that may be; `with_people` adds phone and birth date of authors."""

    query: Query = Query(sort="local_code", descending=False)
    columns: tuple[str, ...] = ()
    with_people: bool = False


PLACES = frozenset({"group"})
"""What an export tells of a secret initiative beside what may leave: where it belongs."""


class ExportService:
    """Writes what a list shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def columns(self, *, with_people: bool = False) -> tuple[Column, ...]:
        """The columns that may be chosen."""
        found = _columns({}, {})
        return tuple(one.column for one in found if with_people or not one.is_personal)

    def write(self, path: Path, wishes: ExportWishes | None = None, progress: Progress = SILENT) -> int:
        """Write the records of a query; how many. Noted in the audit log. Raises AppError."""
        wishes = wishes or ExportWishes()
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise AppError(
                "Máy không biết xuất thành kiểu tệp này.",
                hint="Đặt tên tệp có đuôi .xlsx, .csv hoặc .jsonl.",
                code="unknown_format",
            )
        chosen, rows = self._read(wishes, progress)
        table = ReportTable(
            name="export",
            title="SÁNG KIẾN",
            columns=tuple(one.column for one in chosen),
            rows=tuple(tuple(one.read(row) for one in chosen) for row in rows),
            as_of=self._desk.clock.now(),
        )
        if suffix == ".xlsx":
            report_sheet.write(table, path)
        elif suffix == ".csv":
            write_csv(table, path)
        else:
            _write_lines(path, chosen, rows)
        self._note(wishes, suffix, len(rows))
        return len(rows)

    def _read(self, wishes: ExportWishes, progress: Progress) -> tuple[Sequence[ExportColumn], list[Row]]:
        with self._desk.database.read() as session:
            keys = initiatives.keys(session, wishes.query)
            rows: list[Row] = []
            for start in range(0, len(keys), PAGE_ROWS):
                progress.check()
                rows += initiatives.page(session, keys[start : start + PAGE_ROWS])
                progress.report(len(rows), len(keys), "Đang xuất")
            known = {one.id: one for one in people.find(session)} if wishes.with_people else {}
            available = _columns(units.names(session), known)
        allowed = [one for one in available if wishes.with_people or not one.is_personal]
        if not wishes.columns:
            return allowed, rows
        by_key = {one.column.key: one for one in allowed}
        unknown = [key for key in wishes.columns if key not in by_key]
        if unknown:
            raise AppError(
                "Không có cột: " + ", ".join(unknown) + ".",
                hint="Các cột: " + ", ".join(by_key) + ".",
                code="unknown_column",
            )
        return [by_key[key] for key in wishes.columns], rows

    def _note(self, wishes: ExportWishes, suffix: str, number: int) -> None:
        with self._desk.database.write() as session:
            note_deed(
                session,
                Deed(
                    actor=self._desk.actor(),
                    action="export",
                    entity="initiatives",
                    detail={"as": suffix, "number": number, "personal_data": wishes.with_people},
                ),
            )


def _columns(unit_names: Mapping[UnitId, str], known: Mapping[PersonId, Person]) -> tuple[ExportColumn, ...]:
    found = [ExportColumn(Column(key="local_code", title="Mã", width=14), lambda row: row.record.local_code)]
    for declared in FIELDS:
        if declared.kind is Kind.FILES:
            continue
        kind, width = _KINDS.get(declared.kind, (ColumnKind.TEXT, 20))
        column = Column(key=declared.name, title=declared.label, kind=kind, width=width)
        found.append(ExportColumn(column, _reader(declared.name, declared.kind, unit_names)))
    found += [
        ExportColumn(Column(key="sync", title="Tình trạng", width=16), lambda row: row.badge.value),
        ExportColumn(Column(key="portal_code", title="Mã trên Cổng", width=16), lambda row: row.portal_code),
    ]

    def of_authors(read: Callable[[Person], str]) -> Callable[[Row], Cell]:
        def said(row: Row) -> Cell:
            persons = (known.get(one.person) for one in row.record.authors if one.person)
            return "; ".join(read(person) for person in persons if person)

        return said

    found += [
        ExportColumn(
            Column(key="author_phones", title="Điện thoại tác giả", width=18),
            of_authors(lambda person: person.phone or ""),
            is_personal=True,
        ),
        ExportColumn(
            Column(key="author_births", title="Ngày sinh tác giả", width=18),
            of_authors(lambda person: person.birth_date.display() if person.birth_date else ""),
            is_personal=True,
        ),
    ]
    return tuple(found)


def _reader(name: str, kind: Kind, unit_names: Mapping[UnitId, str]) -> Callable[[Row], Cell]:
    def read(row: Row) -> Cell:
        if row.record.is_secret and name not in PLACES | egress.allowed(is_secret=True):
            return ""
        value = getattr(row.record, name)
        if kind is Kind.UNIT:
            return unit_names.get(value, "") if value else ""
        if kind is Kind.AUTHORS:
            return "; ".join(_author(one, row.record) for one in value)
        if kind is Kind.AWARDS:
            return "; ".join(" – ".join(part for part in (one.form, one.level) if part) for one in value)
        if kind is Kind.CHOICES:
            return "; ".join(value)
        found: Cell = value
        return found

    return read


def _author(one: object, record: Initiative) -> str:
    name, share = getattr(one, "name", ""), getattr(one, "share", None)
    return f"{name} ({share.normalize():f} %)" if share is not None and len(record.authors) > 1 else str(name)


def _write_lines(path: Path, chosen: Sequence[ExportColumn], rows: Sequence[Row]) -> None:
    """One JSON object a line, in the vocabulary of the command line; other columns by their key."""
    keys = [one.column.key for one in chosen]

    def lines() -> Iterator[str]:
        for row in rows:
            whole = plain.row(row, {})
            cells = {one.column.key: one.read(row) for one in chosen}
            said = {key: cells[key] if key == "group" else whole.get(key, cells[key]) for key in keys}
            yield json.dumps(said, ensure_ascii=False, default=str) + "\n"

    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines())
    except OSError as error:
        raise AppError(
            "Máy chưa ghi được tệp này.",
            hint="Nếu tệp đang mở ở chương trình khác, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
            code="export_not_written",
        ) from error
