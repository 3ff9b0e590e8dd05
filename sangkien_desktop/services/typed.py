"""Text in a cell and the value it stands for, one way and back; what cannot be read is kept, never guessed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative import Author, Award, Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import INNOVATION, Programme
from sangkien_desktop.domain.rules.truth import even_shares
from sangkien_desktop.domain.units import Unit, group_key
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import clean, fold
from sangkien_desktop.vietnamese.money import MoneyProblem, format_vnd, read_money
from sangkien_desktop.workbooks.authors import as_authors, named_in
from sangkien_desktop.workbooks.cells import choice_reader, choices_reader, read_flag

NOT_COMPUTABLE = "không tính"
"""What stands for a benefit that cannot be told in money."""

FindPeople = Callable[[str], Sequence[Person]]


@dataclass(frozen=True)
class Lists:
    """What typed text may name: groups, and the lists of the programmes. Read once, used for many cells."""

    units: Mapping[UnitId, str]
    groups: tuple[Unit, ...]
    programmes: Mapping[str, Programme]

    def unit_name(self, unit: UnitId | None) -> str:
        """The unit's newest name; empty for none."""
        return self.units.get(unit, "") if unit else ""

    def labels(self, record: Initiative, catalogue: str) -> tuple[str, ...]:
        """A list of the record's programme."""
        return self.programmes.get(record.programme, INNOVATION).labels(catalogue)

    def unit_named(self, text: str) -> UnitId | None:
        """The group of that name, however it is written."""
        wanted = group_key(text)
        return next((unit.id for unit in self.groups if group_key(unit.name) == wanted), None)


def text_of(record: Initiative, name: str, lists: Lists) -> str:
    """What stands in an editor of the field; typing the same again changes nothing."""
    if name in record.unread:
        return record.unread[name]
    declared = FIELD[name]
    value: Any = getattr(record, name)
    if declared.kind is Kind.UNIT:
        return lists.unit_name(value)
    if name == "annual_benefit" and not record.is_monetary and value is None:
        return NOT_COMPUTABLE
    said = _SAID.get(declared.kind)
    if said is None:
        return str(value or "")
    return said(value) if value is not None else ""


def typed(record: Initiative, name: str, text: str, lists: Lists, find_people: FindPeople) -> Initiative:
    """The record with a text typed into one of its fields."""
    if text == text_of(record, name, lists):
        return record
    declared = FIELD[name]
    if declared.kind is Kind.AUTHORS:
        return _kept(record, name, _authors(record, text, find_people))
    read = _READERS.get(declared.kind)
    if read is None:
        return _kept(record, name, clean(text, keep_lines=declared.kind is Kind.LONG_TEXT))
    return read(record, declared, text, lists)


def is_typed(name: str) -> bool:
    """Whether the field takes typed text; files do not, awards have their own editor."""
    return name in FIELD and FIELD[name].kind not in (Kind.FILES, Kind.AWARDS)


def author_text(author: Author, *, alone: bool) -> str:
    """`Đào Trọng Phúc (012221) 60 %`; only the name when there is nothing else to say."""
    code = f" ({author.employee_code})" if author.employee_code else ""
    share = f" {share_text(author.share)} %" if author.share is not None and not alone else ""
    return f"{author.name}{code}{share}"


def share_text(share: Decimal | None) -> str:
    """60 or 33,34; empty where the paper does not say."""
    return "" if share is None else f"{share.normalize():f}".replace(".", ",")


def linked(author: Author, find_people: FindPeople) -> Author:
    """The author as a known person: by code, else by a full name that only one person has."""
    found = find_people(author.employee_code or author.name)
    if author.employee_code:
        same = [one for one in found if one.employee_code == author.employee_code]
    else:
        same = [one for one in found if fold(one.name) == fold(author.name)]
    if len(same) != 1:
        return replace(author, person=None)
    return replace(author, name=same[0].name, employee_code=same[0].employee_code, person=same[0].id)


def _authors(record: Initiative, text: str, find_people: FindPeople) -> tuple[Author, ...]:
    """A list of authors, or another name for the main one; the others then stay."""
    text = clean(text)
    if not text:
        return ()
    if ";" not in text and "%" not in text and (code := _code_only(text, find_people)) is not None:
        read: tuple[Author, ...] = (code,)
    else:
        read = as_authors(named_in(text)) or (Author(name=text, is_main=True),)
    known = tuple(linked(author, find_people) for author in read)
    if len(known) == 1 and len(record.authors) > 1 and "%" not in text:
        main = record.main_author
        return tuple(
            replace(known[0], share=one.share, is_main=one.is_main) if one is main else one
            for one in record.authors
        )
    if len(known) > 1 and all(author.share is None for author in known):
        shares = even_shares(len(known))
        known = tuple(replace(one, share=part) for one, part in zip(known, shares, strict=True))
    return tuple(replace(author, is_main=place == 0) for place, author in enumerate(known))


def _code_only(text: str, find_people: FindPeople) -> Author | None:
    if not text.isascii() or not text.isalnum() or not any(letter.isdigit() for letter in text):
        return None
    same = [one for one in find_people(text) if text in (one.employee_code, one.phone)]
    if len(same) != 1:
        return None
    return Author(name=same[0].name, employee_code=same[0].employee_code, is_main=True, person=same[0].id)


def _kept(record: Initiative, name: str, value: object) -> Initiative:
    unread = {field: raw for field, raw in record.unread.items() if field != name}
    return replace(record, **{name: value}, unread=unread)  # type: ignore[arg-type]


def _unread(record: Initiative, name: str, text: str, empty: object) -> Initiative:
    return replace(_kept(record, name, empty), unread={**record.unread, name: text})


def _money(record: Initiative, declared: Field, text: str, lists: Lists) -> Initiative:
    reading = read_money(text)
    if reading.problem is MoneyProblem.NOT_COMPUTABLE:
        return replace(_kept(record, declared.name, None), is_monetary=False)
    if reading.problem is not None:
        return _unread(record, declared.name, clean(text), None)
    kept = _kept(record, declared.name, reading.value)
    return replace(kept, is_monetary=True) if reading.value is not None else kept


def _date(record: Initiative, declared: Field, text: str, lists: Lists) -> Initiative:
    reading = read_date(text)
    if reading.problem is not None:
        return _unread(record, declared.name, clean(text), None)
    return _kept(record, declared.name, reading.value)


def _choice(record: Initiative, declared: Field, text: str, lists: Lists) -> Initiative:
    several = declared.kind is Kind.CHOICES
    make = choices_reader if several else choice_reader
    found = make(lists.labels(record, declared.catalogue), declared.label)(text)
    empty: object = () if several else ""
    if found is None:
        return _kept(record, declared.name, empty)
    if isinstance(found, str | tuple):
        return _kept(record, declared.name, found)
    return _unread(record, declared.name, clean(text), empty)


def _flag(record: Initiative, declared: Field, text: str, lists: Lists) -> Initiative:
    found = read_flag(text)
    return _kept(record, declared.name, found if isinstance(found, bool) else False)


def _unit(record: Initiative, declared: Field, text: str, lists: Lists) -> Initiative:
    if not clean(text):
        return _kept(record, declared.name, None)
    found = lists.unit_named(text)
    if found is None:
        return _unread(record, declared.name, clean(text), None)
    return _kept(record, declared.name, found)


def _award_text(award: Award) -> str:
    parts = (award.form, award.level or "", award.decision or "", award.date.display() if award.date else "")
    return " – ".join(part for part in parts if part)


_SAID: Mapping[Kind, Callable[[Any], str]] = {
    Kind.MONEY: format_vnd,
    Kind.DATE: lambda day: day.display(),
    Kind.CHOICES: "; ".join,
    Kind.FLAG: lambda flag: "Có" if flag else "Không",
    Kind.AUTHORS: lambda authors: "; ".join(author_text(one, alone=len(authors) == 1) for one in authors),
    Kind.AWARDS: lambda awards: "; ".join(_award_text(one) for one in awards),
    Kind.FILES: lambda files: "; ".join(one.name for one in files),
}

_READERS: Mapping[Kind, Callable[[Initiative, Field, str, Lists], Initiative]] = {
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.FLAG: _flag,
    Kind.UNIT: _unit,
}
