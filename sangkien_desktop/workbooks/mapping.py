"""Columns to fields: heading and contents each have a say, every field is given once, every guess has a confidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sangkien_desktop.workbooks.column_contents import Contents
from sangkien_desktop.workbooks.headings import LEFT_OUT, Headings

_ACCEPTED = 0.6
_BY_CONTENT = 0.68
"""The most that contents alone are believed."""
_LONG_TEXTS = frozenset(
    {
        "situation_before",
        "solution",
        "effect_summary",
        "benefit_calculation",
        "novelty",
        "scope",
        "conditions",
    }
)
_DATES = frozenset({"first_applied_on", "recognised_on", "birth_date", "benefit_confirmed_on"})
_SEVERAL = frozenset({"co_authors"})
_NUMBERED_AUTHOR = re.compile(r"(?:\b|thứ |số )[2-9]$")


@dataclass(frozen=True)
class Labelled:
    """A column as the heading and a sample of its cells show it."""

    index: int
    label: str
    above: str
    contents: Contents


@dataclass(frozen=True)
class Choice:
    """What a column was taken for, and what else it might be."""

    field: str | None
    confidence: float
    reason: str
    alternatives: tuple[str, ...] = ()


def assign(columns: Sequence[Labelled], headings: Headings) -> dict[int, Choice]:
    """A choice for every column that has a label or contents."""
    offers = {column.index: _offers(column, headings) for column in columns}
    _number_authors(offers, columns)
    taken: dict[str, int] = {}
    choices: dict[int, Choice] = {}
    ranked = sorted(
        (
            (score, index, field, reason)
            for index, found in offers.items()
            for field, (score, reason) in found.items()
        ),
        key=lambda offer: (-offer[0], offer[1]),
    )
    for score, index, field, reason in ranked:
        if score < _ACCEPTED:
            break
        if index in choices or (field in taken and field not in _SEVERAL and field != LEFT_OUT):
            continue
        taken.setdefault(field, index)
        others = tuple(
            f
            for f, (s, _) in sorted(offers[index].items(), key=lambda o: -o[1][0])
            if f not in (field, LEFT_OUT)
        )
        choices[index] = Choice(field or None, min(score, 0.99), reason, others[:3])
    by_index = {column.index: column for column in columns}
    _settle_authors(choices, by_index)
    _settle_title(choices, by_index)
    _fill_from_contents(choices, columns)
    return choices


def _offers(column: Labelled, headings: Headings) -> dict[str, tuple[float, str]]:
    found: dict[str, tuple[float, str]] = {}
    for match in headings.matches(column.label, column.above):
        score = match.score * fit(match.field, column.contents)
        found[match.field] = score, "heading" if match.is_exact else "near"
    return found


def _number_authors(offers: dict[int, dict[str, tuple[float, str]]], columns: Sequence[Labelled]) -> None:
    """ "Tác giả 2", "Tác giả 3" are co-authors."""
    for column in columns:
        if "author" in offers[column.index] and _NUMBERED_AUTHOR.search(column.label.strip()):
            score, reason = offers[column.index].pop("author")
            offers[column.index]["co_authors"] = max(score, 0.9), reason


def fit(field: str, contents: Contents) -> float:  # noqa: PLR0911, PLR0912 - one line per kind of field reads best
    """How well cells suit a field: 1 says nothing against it."""
    c = contents
    if c.is_empty or field in (LEFT_OUT, "note"):
        return 1.0
    if field in _DATES:
        return 0.4 if c.names > 0.5 or c.length > 60 else 0.6 if c.dates < 0.15 and c.length > 14 else 1.0
    if field == "annual_benefit":
        if c.dates > 0.6 and c.money < 0.2:
            return 0.4
        return 0.35 if c.names > 0.5 or (c.length > 45 and c.money < 0.4) else 1.0
    if field == "share":
        return 1.0 if c.percents > 0.3 else 0.5
    if field in ("author", "name", "authors", "co_authors"):
        if c.numbers > 0.6 or c.dates > 0.6 or (c.codes > 0.6 and c.names < 0.3):
            return 0.3
        if field in ("authors", "co_authors"):
            return 1.0
        return 1.05 if c.names > 0.5 else 0.6 if c.length > 70 else 1.0
    if field == "employee_code":
        if c.names > 0.5 or c.length > 30:
            return 0.25
        return 0.55 if c.idea_codes > 0.5 else 1.0
    if field == "title":
        bad = c.numbers > 0.6 or c.dates > 0.6 or c.names > 0.6 or c.flags > 0.6 or c.idea_codes > 0.6
        return 0.4 if bad else 0.65 if c.length < 8 else 1.0
    if field == "group":
        return 0.4 if c.dates > 0.6 or c.length > 90 or c.names > 0.7 else 1.0
    if field in _LONG_TEXTS:
        bad = c.numbers > 0.6 or c.dates > 0.6 or c.names > 0.6
        short = field != "benefit_calculation" and 0 < c.length < 8
        return 0.45 if bad else 0.65 if short else 1.0
    if field == "sequence":
        return 1.0 if c.sequence > 0.2 or c.length < 8 else 0.5
    if field in ("is_secret", "is_leader", "is_member", "is_ip_protected"):
        return 1.0 if c.flags > 0.4 else 0.7
    if field in ("recognition_level", "solution_type", "category"):
        return 0.5 if c.length > 110 or c.dates > 0.5 or c.numbers > 0.7 else 1.0
    return 1.0


def _settle_authors(choices: dict[int, Choice], columns: dict[int, Labelled]) -> None:
    """One name a cell is `author`, all names in one cell are `authors`, whatever the heading says."""
    fields = {choice.field: index for index, choice in choices.items()}
    one, all_of = fields.get("author"), fields.get("authors")
    if one is None and all_of is not None and columns[all_of].contents.names >= 0.6:
        choices[all_of] = _renamed(choices[all_of], "author")
    if one is not None and all_of is None:
        contents = columns[one].contents
        if contents.filled >= 3 and contents.names < 0.35 and contents.length > 24:
            choices[one] = _renamed(choices[one], "authors")
    if one is None and all_of is None and "co_authors" in fields:
        index = fields["co_authors"]
        choices[index] = _renamed(choices[index], "authors")


def _settle_title(choices: dict[int, Choice], columns: dict[int, Labelled]) -> None:
    """Where only one column says what was done ("Nội dung cải tiến"), it is the title."""
    fields = {choice.field: index for index, choice in choices.items()}
    solution = fields.get("solution")
    if "title" in fields or solution is None or columns[solution].contents.length > 160:
        return
    if fields.keys() & {"author", "authors", "employee_code"}:
        choices[solution] = Choice("title", 0.65, "content", ("solution",))


def _renamed(choice: Choice, field: str) -> Choice:
    return Choice(field, choice.confidence, choice.reason, choice.alternatives)


def _fill_from_contents(choices: dict[int, Choice], columns: Sequence[Labelled]) -> None:
    """Columns without a label, and needed fields that no label gave, by what the cells look like."""
    taken = {choice.field for choice in choices.values()}
    free = [column for column in columns if column.index not in choices and column.contents.filled]
    has_labels = any(column.label for column in columns)
    offers: list[tuple[float, int, str]] = []
    for column in free:
        trust = 1.0 if not column.label else 0.9 if not has_labels or "title" not in taken else 0.0
        for field, score in content_offers(column.contents).items():
            offers.append((score * trust, column.index, field))
    for score, index, field in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if score < 0.4 or index in choices or field in taken:
            continue
        labelled = next(column for column in free if column.index == index)
        if labelled.label and field not in ("title", "author"):
            continue
        taken.add(field)
        choices[index] = Choice(field, min(score, _BY_CONTENT), "content")
    _place_texts(
        choices, [column for column in free if column.index not in choices and not column.label], taken
    )


def content_offers(c: Contents) -> dict[str, float]:
    """What a column without a heading may be; free texts are placed by `_place_texts`."""
    offers = {
        "sequence": c.sequence * 0.72 if c.distinct > 0.9 and c.sequence > 0.7 else 0.0,
        "author": c.names * 0.72 if c.names > 0.5 else 0.0,
        "phone": c.phones * 0.7 if c.phones > 0.5 else 0.0,
        "first_applied_on": c.dates * 0.66 if c.dates > 0.5 else 0.0,
        "annual_benefit": c.money * 0.66
        if c.money > 0.5 and c.dates < 0.5 and c.length < 45 and c.phones < 0.3
        else 0.0,
        "employee_code": c.codes * 0.64
        if c.codes > 0.6 and c.sequence < 0.7 and c.money < 0.5 and c.phones < 0.3
        else 0.0,
        "group": c.groups * 0.66 if c.groups > 0.6 else 0.0,
        "recognition_level": c.levels * 0.66 if c.levels > 0.6 else 0.0,
        "solution_type": c.types * 0.67 if c.types > 0.6 else 0.0,
    }
    return {field: score for field, score in offers.items() if score}


def _place_texts(choices: dict[int, Choice], free: Sequence[Labelled], taken: set[str | None]) -> None:
    """Free text without any heading: the title has no full stop; before, solution and effect follow in this order."""
    texts = [column for column in free if column.contents.length >= 15]
    if "title" not in taken and texts:
        best = max(texts, key=lambda column: (1 - column.contents.sentences, -column.index))
        choices[best.index] = Choice("title", 0.6, "content")
        taken.add("title")
        texts.remove(best)
    if not texts:
        return
    left = [field for field in ("situation_before", "solution", "effect_summary") if field not in taken]
    effect = max(texts, key=lambda column: column.contents.effects - column.contents.afters * 0.5)
    if "effect_summary" in left and (effect.contents.effects > 0.3 or len(texts) >= 3):
        effect = texts[-1] if len(texts) >= 3 and texts[-1].contents.effects > 0.25 else effect
        choices[effect.index] = Choice("effect_summary", 0.55, "content")
        left.remove("effect_summary")
        texts.remove(effect)
    if len(texts) == 1 and "solution" in left:
        is_before = "situation_before" in left and texts[0].contents.befores > texts[0].contents.afters + 0.3
        choices[texts[0].index] = Choice("situation_before" if is_before else "solution", 0.5, "content")
        return
    for field, column in zip([f for f in left if f != "effect_summary"], texts, strict=False):
        choices[column.index] = Choice(field, 0.55, "content")
