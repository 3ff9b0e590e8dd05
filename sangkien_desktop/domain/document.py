"""A record as plain JSON values and back: for history, copies of the portal's version, merge and the wire.

Dates are "2022-05-03", "2022-05" or "2022" by their precision; money is integer đồng; shares are numbers;
a field without a value is left out. Only fields of FIELDS occur; ids, versions and provenance do not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.ids import AttachmentId, PersonId, UnitId
from sangkien_desktop.domain.initiative import Attachment, Author, Award, Initiative
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.vietnamese.dates import PartialDate

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Document = Mapping[str, Json]


def share_to_json(share: Decimal | None) -> int | float | None:
    """A share as a number: 60, 33.33; None where the paper does not say."""
    if share is None:
        return None
    return int(share) if share == share.to_integral_value() else float(share)


def share_from_json(value: object) -> Decimal | None:
    """The share with two decimals; None for None."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01")).normalize() + 0


def author_to_json(author: Author) -> dict[str, Json]:
    """One author; empty parts are left out."""
    plain: dict[str, Json] = {"name": author.name, "is_main": author.is_main}
    if author.employee_code is not None:
        plain["employee_code"] = author.employee_code
    if author.share is not None:
        plain["share"] = share_to_json(author.share)
    if author.person is not None:
        plain["person"] = author.person
    return plain


def _author(plain: Mapping[str, Json]) -> Author:
    person = plain.get("person")
    code = plain.get("employee_code")
    return Author(
        name=str(plain.get("name") or ""),
        employee_code=None if code is None else str(code),
        share=share_from_json(plain.get("share")),
        is_main=bool(plain.get("is_main")),
        person=None if person is None else PersonId(str(person)),
    )


def _award_to_json(award: Award) -> dict[str, Json]:
    plain: dict[str, Json] = {
        "level": award.level,
        "form": award.form,
        "decision": award.decision,
        "date": award.date.iso() if award.date else None,
        "amount": award.amount,
    }
    return {key: value for key, value in plain.items() if value is not None}


def _award(plain: Mapping[str, Json]) -> Award:
    day, amount, level, decision = (plain.get(key) for key in ("date", "amount", "level", "decision"))
    return Award(
        level=None if level is None else str(level),
        form=str(plain.get("form") or ""),
        decision=None if decision is None else str(decision),
        date=PartialDate.from_iso(str(day)) if day else None,
        amount=None if amount is None else int(cast(int, amount)),
    )


def _file_to_json(file: Attachment) -> dict[str, Json]:
    return {
        "id": file.id,
        "sha256": file.sha256,
        "size": file.size,
        "name": file.name,
        "media_type": file.media_type,
        "role": file.role,
    }


def _file(plain: Mapping[str, Json]) -> Attachment:
    return Attachment(
        id=AttachmentId(str(plain["id"])),
        sha256=str(plain["sha256"]),
        size=int(cast(int, plain["size"])),
        name=str(plain["name"]),
        media_type=str(plain["media_type"]),
        role=str(plain["role"]),
    )


def _listed(plain: Json) -> list[dict[str, Json]]:
    return cast(list[dict[str, Json]], plain) if isinstance(plain, list) else []


_TO_JSON: Mapping[Kind, Callable[[Any], Json]] = {
    Kind.DATE: lambda day: day.iso() if day is not None else None,
    Kind.AUTHORS: lambda authors: [author_to_json(author) for author in authors] or None,
    Kind.AWARDS: lambda awards: [_award_to_json(award) for award in awards] or None,
    Kind.FILES: lambda files: [_file_to_json(file) for file in files] or None,
    Kind.CHOICES: lambda labels: list(labels) or None,
    Kind.FLAG: bool,
    Kind.MONEY: lambda amount: amount,
}

_FROM_JSON: Mapping[Kind, Callable[[Json], object]] = {
    Kind.DATE: lambda plain: PartialDate.from_iso(str(plain)) if plain else None,
    Kind.AUTHORS: lambda plain: tuple(_author(item) for item in _listed(plain)),
    Kind.AWARDS: lambda plain: tuple(_award(item) for item in _listed(plain)),
    Kind.FILES: lambda plain: tuple(_file(item) for item in _listed(plain)),
    Kind.CHOICES: lambda plain: tuple(str(item) for item in plain) if isinstance(plain, list) else (),
    Kind.FLAG: bool,
    Kind.MONEY: lambda plain: None if plain is None else int(cast(int, plain)),
    Kind.UNIT: lambda plain: UnitId(str(plain)) if plain else None,
}


def value_to_json(declared: Field, value: object) -> Json:
    """A field's value as plain JSON; None when there is none."""
    convert = _TO_JSON.get(declared.kind)
    return convert(value) if convert else cast(str, value) or None


def value_from_json(declared: Field, plain: Json) -> object:
    """The field's value from plain JSON; raises ValueError when it is not of the field's kind."""
    convert = _FROM_JSON.get(declared.kind)
    if convert:
        return convert(plain)
    return str(plain) if plain is not None else ""


UNREAD = "unread"


def to_document(record: Initiative) -> dict[str, Json]:
    """All fields of the record that have a value, and under `unread` the texts that could not be read."""
    plain = {f.name: value_to_json(f, getattr(record, f.name)) for f in FIELDS}
    document: dict[str, Json] = {name: value for name, value in plain.items() if value is not None}
    if record.unread:
        document[UNREAD] = cast(Json, dict(record.unread))
    return document


def with_document(record: Initiative, document: Document) -> Initiative:
    """The record with every field taken from the document; fields the document lacks become empty."""
    values = {f.name: value_from_json(f, document.get(f.name)) for f in FIELDS}
    unread = cast(dict[str, str], document.get(UNREAD) or {})
    return replace(record, **values, unread=dict(unread))  # type: ignore[arg-type]


def with_values(record: Initiative, values: Document) -> Initiative:
    """The record with only the named fields changed; a value set here is no longer unread."""
    changed = {name: value_from_json(FIELD[name], value) for name, value in values.items() if name in FIELD}
    unread = {name: raw for name, raw in record.unread.items() if name not in changed}
    return replace(record, **changed, unread=unread)  # type: ignore[arg-type]


def changed_fields(before: Document, after: Document) -> frozenset[str]:
    """Names of fields whose values differ between two documents."""
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))
