"""The part of a record that the portal knows, as one flat document: what is sent, compared and merged.

Beside the fields that may leave it holds the references `programme` and `stage`. Files travel on their own road,
links from authors to persons stay at home, and the local code is told but never compared, so none of them occurs.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from sangkien_desktop.domain.document import Document, Json, value_from_json, value_to_json, with_values
from sangkien_desktop.domain.egress import leaving
from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.initiative_fields import FIELD

REFERENCES = ("programme", "stage")


def travelling(record: Initiative) -> dict[str, Json]:
    """What the portal is told of a record; a field without a value is left out."""
    document = leaving(record).values
    document.pop("attachments", None)
    authors = document.get("authors")
    if isinstance(authors, list):
        document["authors"] = [_without_link(cast(dict[str, Json], author)) for author in authors]
    for name in REFERENCES:
        if value := getattr(record, name):
            document[name] = value
    return document


def _without_link(author: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in author.items() if name != "person"}


def levelled(document: Document) -> dict[str, Json]:
    """The portal's values as this program writes them, so that equal values compare equal; values that do not
    fit their field stay as they came, names that are no field are dropped."""
    plain: dict[str, Json] = {}
    for name, value in document.items():
        if name in REFERENCES and value:
            plain[name] = str(value)
        elif name in FIELD and name != "attachments" and value is not None:
            plain[name] = _levelled(FIELD[name], value)
    return {name: value for name, value in plain.items() if value is not None}


def _levelled(declared: Field, value: Json) -> Json:
    try:
        return value_to_json(declared, value_from_json(declared, value))
    except (ValueError, TypeError, ArithmeticError, KeyError, AttributeError):
        return value


def with_travelling(record: Initiative, document: Document) -> Initiative:
    """The record with what differs taken from the document; what never travels is untouched.

    A value that does not fit its field is kept as unread text, never dropped.
    """
    now = travelling(record)
    differing = [name for name in {*now, *document} if now.get(name) != document.get(name)]
    values = {name: document.get(name) for name in differing if name in FIELD}
    odd = {name: str(value) for name, value in values.items() if not _fits(FIELD[name], value)}
    changed = with_values(record, {name: None if name in odd else value for name, value in values.items()})
    if odd:
        changed = replace(changed, unread={**changed.unread, **odd})
    if "authors" in values:
        changed = replace(changed, authors=_relinked(record.authors, changed.authors))
    return replace(
        changed,
        programme=str(document.get("programme") or record.programme),
        stage=cast(str | None, document.get("stage")),
    )


def _fits(declared: Field, value: Json) -> bool:
    try:
        value_from_json(declared, value)
    except (ValueError, TypeError, ArithmeticError, KeyError, AttributeError):
        return False
    return not (
        declared.kind in (Kind.AUTHORS, Kind.AWARDS, Kind.CHOICES) and not isinstance(value, list | None)
    )


def _relinked(before: tuple[Author, ...], after: tuple[Author, ...]) -> tuple[Author, ...]:
    """Authors with the links to persons that the same code, or else the same name, had before."""
    links = {author.employee_code or author.name: author.person for author in before if author.person}
    return tuple(replace(author, person=links.get(author.employee_code or author.name)) for author in after)
