"""What a column of a file may be, in the words of the column choosers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.domain.people import PERSON_FIELDS
from sangkien_desktop.ui.widgets.combo import Choice

LEFT_OUT: Final = ""
"""Chosen for a column that is left out."""

_OWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "Tác giả chính",
        "authors": "Các tác giả",
        "co_authors": "Đồng tác giả",
        "share": "Tỷ lệ (%)",
        "sequence": "Số thứ tự",
        "row_key": "Khóa dòng",
    }
)
_PERSON = {person.name: person.heading for person in PERSON_FIELDS}
_NOT_OFFERED = frozenset({"attachments", "is_monetary", "authors"})


def label_of(field: str | None) -> str:
    """What a column's field is called above the column."""
    if not field:
        return "Bỏ qua"
    if field in _OWN:
        return _OWN[field]
    declared = FIELD.get(field)
    return declared.heading if declared else _PERSON.get(field, field)


def choices() -> tuple[Choice, ...]:
    """Everything a column may become, in the order of the paper form; left out comes first."""
    people = ("author", "employee_code", "share", "co_authors", "authors")
    names = ["title", *people, *(f.name for f in FIELDS if f.name not in {"title", *_NOT_OFFERED})]
    persons = [p.name for p in PERSON_FIELDS if p.name not in {"name", "employee_code", "group"}]
    names += [*persons, "sequence"]
    return (Choice("Bỏ qua cột này", LEFT_OUT), *(Choice(label_of(name), name) for name in names))
