"""Record ↔ row: one column per declared field, driven by the declaration."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Column, RowMapping, Table

from sangkien_desktop.domain.document import value_from_json, value_to_json
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import AttachmentId, InitiativeId, PersonId, UnitId
from sangkien_desktop.domain.initiative import Attachment, Author, Initiative, Lifecycle, Provenance
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.storage.meta import to_json
from sangkien_desktop.storage.tables import AttachmentRow, AuthorRow, InitiativeRow
from sangkien_desktop.storage.tables.base import instant_text
from sangkien_desktop.vietnamese.collation import name_sort_key, sort_key
from sangkien_desktop.vietnamese.dates import PartialDate

SORTED_TITLE_CHARACTERS = 48
"""Length of the stored sort key of a title: about ten syllables; longer equal beginnings sort by age."""

OWN_TABLE = frozenset({Kind.AUTHORS, Kind.FILES})
"""Kinds that have a table of their own."""

COLUMN_FIELDS = tuple(declared for declared in FIELDS if declared.kind not in OWN_TABLE)

TABLE = cast(Table, InitiativeRow.__table__)
AUTHORS = cast(Table, AuthorRow.__table__)
FILES = cast(Table, AttachmentRow.__table__)


def column(name: str) -> Column[Any]:
    """The column of a field or other attribute, by the attribute's name."""
    return InitiativeRow.__mapper__.columns[name]


RECORD_COLUMNS: tuple[Column[Any], ...] = (
    TABLE.c.key,
    TABLE.c.id,
    *(column(declared.name) for declared in COLUMN_FIELDS),
    *(
        TABLE.c[name]
        for name in ("programme", "stage", "local_code", "lifecycle", "version", "unread", "source")
    ),
    *(TABLE.c[f"source_{name}"] for name in ("actor", "at", "file", "sha256", "sheet", "row")),
)
"""What it takes to make a record again."""

_STORED: Mapping[Kind, Callable[[Any], object]] = {
    Kind.DATE: lambda day: day.iso() if day is not None else None,
    Kind.FLAG: int,
    Kind.CHOICES: lambda labels: to_json(list(labels)) if labels else None,
}


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """Sort key of a person's name; the same people occur again and again."""
    return name_sort_key(name)


_GETTERS: tuple[tuple[str, str, Callable[[Any], object] | None], ...] = tuple(
    (column(declared.name).name, declared.name, _STORED.get(declared.kind))
    for declared in COLUMN_FIELDS
    if declared.kind is not Kind.AWARDS
)
_AWARDS = next(declared for declared in FIELDS if declared.kind is Kind.AWARDS)


def stored_values(record: Initiative, group_sort: str) -> dict[str, object]:
    """Driver values by column name, without key, version and times; JSON and moments already as text."""
    main = record.main_author
    source = record.provenance
    values: dict[str, object] = {
        name: getattr(record, field) if convert is None else convert(getattr(record, field))
        for name, field, convert in _GETTERS
    }
    values.update(
        id=record.id,
        programme=record.programme,
        stage=record.stage,
        local_code=record.local_code,
        lifecycle=record.lifecycle.value,
        awards=to_json(value_to_json(_AWARDS, record.awards)) if record.awards else None,
        unread=to_json(dict(record.unread)) if record.unread else None,
        source=source.source,
        source_actor=source.actor,
        source_at=instant_text(source.at) if source.at else None,
        source_file=source.file_name,
        source_sha256=source.file_sha256,
        source_sheet=source.sheet,
        source_row=source.row,
        code_sort=sort_key(record.local_code),
        title_sort=sort_key(record.title[:SORTED_TITLE_CHARACTERS])[:SORTED_TITLE_CHARACTERS],
        author_sort=name_key(main.name) if main else "",
        main_author=main.name if main else "",
        group_sort=group_sort,
    )
    return values


def author_values(key: int, authors: Sequence[Author]) -> Iterable[tuple[object, ...]]:
    """Rows of the authors' table, in the order of its columns."""
    for place, author in enumerate(authors):
        share = None if author.share is None else int(author.share * 100)
        yield key, place, author.name, author.employee_code, author.person, share, int(author.is_main)


def to_author(row: RowMapping) -> Author:
    """The author of a row."""
    hundredths = row["share_hundredths"]
    return Author(
        name=row["name"],
        employee_code=row["employee_code"],
        share=None if hundredths is None else _share(hundredths),
        is_main=bool(row["is_main"]),
        person=None if row["person"] is None else PersonId(row["person"]),
    )


@lru_cache(maxsize=1_000)
def _share(hundredths: int) -> Decimal:
    return (Decimal(hundredths) / 100).normalize() + 0


def to_file(row: RowMapping) -> Attachment:
    """The declared file of a row."""
    return Attachment(
        id=AttachmentId(row["attachment_id"]),
        sha256=row["sha256"],
        size=row["size"],
        name=row["name"],
        media_type=row["media_type"],
        role=row["role"],
    )


def _read_value(kind: Kind) -> Callable[[Any], object] | None:
    readers: Mapping[Kind, Callable[[Any], object]] = {
        Kind.DATE: lambda text: PartialDate.from_iso(text) if text else None,
        Kind.FLAG: bool,
        Kind.CHOICES: lambda labels: tuple(labels or ()),
        Kind.AWARDS: lambda plain: value_from_json(_AWARDS, plain),
        Kind.UNIT: lambda text: UnitId(text) if text else None,
    }
    return readers.get(kind)


_READERS = tuple(
    (declared.name, column(declared.name).name, _read_value(declared.kind)) for declared in COLUMN_FIELDS
)


def to_record(row: RowMapping, authors: Sequence[Author], files: Sequence[Attachment]) -> Initiative:
    """The record of a row that holds RECORD_COLUMNS."""
    values: dict[str, Any] = {
        field: row[name] if convert is None else convert(row[name]) for field, name, convert in _READERS
    }
    record = Initiative(
        id=InitiativeId(row["id"]),
        programme=row["programme"],
        stage=row["stage"],
        local_code=row["local_code"],
        lifecycle=Lifecycle(row["lifecycle"]),
        version=row["version"],
        authors=tuple(authors),
        attachments=tuple(files),
        provenance=_provenance(row),
        **values,
    )
    return replace(record, unread=row["unread"]) if row["unread"] else record


def _provenance(row: RowMapping) -> Provenance:
    return Provenance(
        source=row["source"],
        actor=row["source_actor"],
        at=row["source_at"],
        file_name=row["source_file"],
        file_sha256=row["source_sha256"],
        sheet=row["source_sheet"],
        row=row["source_row"],
    )
