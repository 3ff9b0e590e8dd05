"""Which pasted column is which field, guessed from a heading row or from what the cells look like."""

import re
from collections.abc import Sequence

from sangkien_desktop.domain.catalogues import SHARED, label_in
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.domain.people import PERSON_FIELDS
from sangkien_desktop.services.typed import is_typed
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.vietnamese.money import read_money

_LOOKED_AT = 40
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_GROUP = re.compile(r"\b(?:to|chuyen|xuong|phong|ban|bo phan|kho)\b")


def fields_of(cells: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """A field name for each column (empty: left out), and whether the first row is a heading."""
    if not cells:
        return [], False
    named = [_named(text) for text in cells[0]]
    if sum(bool(name) for name in named) >= max(1, min(2, len(named))):
        return _without_repeats(named), len(cells) > 1
    columns = [[row[at] for row in cells[:_LOOKED_AT] if row[at].strip()] for at in range(len(cells[0]))]
    return _by_contents(columns), False


def _named(text: str) -> str:
    folded = fold(text)
    if not folded:
        return ""
    for field in FIELDS:
        if folded in (fold(one) for one in (field.label, field.short, *field.aliases) if one):
            return field.name if is_typed(field.name) else ""
    person = next(one for one in PERSON_FIELDS if one.name == "name")
    return "authors" if folded in {fold(one) for one in (person.label, *person.aliases)} else ""


def _by_contents(columns: Sequence[Sequence[str]]) -> list[str]:
    found = [_looks_like(column) for column in columns]
    texts = [at for at, name in enumerate(found) if name == "text"]
    order = iter(("title", "situation_before", "solution", "effect_summary", "note"))
    # One text is the title; of several, the first is, and the long ones tell before, solution and effect.
    for at in texts:
        found[at] = next(order, "")
    return _without_repeats(found)


def _looks_like(column: Sequence[str]) -> str:
    if not column:
        return ""
    for name, question in (
        ("", _is_number_column),
        (
            "first_applied_on",
            lambda text: bool(re.search(r"\d[/.-]\d", text)) and read_date(text).value is not None,
        ),
        ("annual_benefit", lambda text: read_money(text).value is not None),
        ("group", lambda text: bool(_GROUP.match(fold(text))) and len(text) < 40),
        ("authors", _is_name),
    ):
        if question is _is_number_column:
            if _is_number_column(column):
                return ""
        elif sum(map(question, column)) >= 0.7 * len(column):
            return name
    for field in FIELDS:
        if field.kind is Kind.CHOICE and all(
            label_in(text, SHARED.get(field.catalogue, ())) for text in column
        ):
            return field.name
    return "text"


def _is_name(text: str) -> bool:
    """Two to six words, each with a capital letter."""
    return bool(_NAME.fullmatch(text.strip())) and all(word[0].isupper() for word in text.split())


def _is_number_column(column: Sequence[str]) -> bool:
    return [text.strip() for text in column] == [str(at) for at in range(1, len(column) + 1)] and len(
        column
    ) > 1


def _without_repeats(names: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    kept = []
    for name in names:
        kept.append("" if name in seen or name not in FIELD else name)
        seen.add(name)
    return kept
