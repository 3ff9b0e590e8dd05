"""Two initiatives side by side: the same, alike, or unrelated, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sangkien_desktop.screening import reasons, thresholds
from sangkien_desktop.screening.alignment import Alignment, align
from sangkien_desktop.screening.model import Kind, Pair, Reason, ScreeningText
from sangkien_desktop.screening.reasons import Contradiction
from sangkien_desktop.screening.tokens import Token, kept_apart, place_nouns, read

_REACH_OF_PLACE = 3
"""How many words after `chuyền`, `tổ`, `xưởng` … still belong to the name of the place."""


@dataclass(frozen=True)
class Prepared:
    """A text read once for many comparisons."""

    text: ScreeningText

    @cached_property
    def title(self) -> tuple[Token, ...]:
        """Tokens of the title."""
        return read(self.text.title)

    @cached_property
    def body(self) -> tuple[Token, ...]:
        """Tokens of situation, solution and effect."""
        return read(self.text.body)


def compare(a: ScreeningText, b: ScreeningText) -> Pair | None:
    """The judgement on two texts, or None when they have little in common. Symmetric but for the order of names."""
    return compare_prepared(Prepared(a), Prepared(b))


def compare_prepared(a: Prepared, b: Prepared, *, min_score: float = thresholds.SIMILAR_SCORE) -> Pair | None:
    """`compare` for texts that take part in many comparisons."""
    bodies = align(a.body, b.body)
    titles = align(a.title, b.title, is_careless=bodies.typos >= thresholds.CARELESS_TYPOS)
    score = _score(titles, bodies)
    if score < min_score:
        return None
    against = contradiction(a, b, titles, bodies)
    if against is not None:
        why: tuple[Reason, ...] = (reasons.against_it(a.text, b.text, against),)
    elif score < _needed(titles, bodies):
        why = (reasons.same_theme(),)
    else:
        reworded = reasons.rewordings(a.title, b.title, titles) + reasons.rewordings(a.body, b.body, bodies)
        why = reasons.for_it(a.text, b.text, titles, bodies, reworded)
        return Pair(a.text.ref, b.text.ref, Kind.DUPLICATE, round(score, 4), why)
    return Pair(a.text.ref, b.text.ref, Kind.SIMILAR, round(score, 4), why)


def contradiction(a: Prepared, b: Prepared, titles: Alignment, bodies: Alignment) -> Contradiction | None:
    """The first thing that says these are two initiatives, the surest first."""
    return (
        _numbers_differ(a.title, b.title, "number_in_title")
        or _words_kept_apart(a.title, b.title, titles)
        or _names_differ(a.title, b.title, titles)
        or _numbers_differ(a.body, b.body, "number_in_body")
        or _place_added(a, b, titles, bodies)
        or _word_replaced(a, b, titles, bodies)
    )


def _score(titles: Alignment, bodies: Alignment) -> float:
    title = _likeness(titles)
    if not (bodies.weight_a and bodies.weight_b):
        return title
    return thresholds.TITLE_SHARE * title + (1 - thresholds.TITLE_SHARE) * _likeness(bodies)


def _likeness(found: Alignment) -> float:
    share = thresholds.CONTAINED_SHARE
    return share * found.contained + (1 - share) * found.common


def _needed(titles: Alignment, bodies: Alignment) -> float:
    if not (bodies.weight_a and bodies.weight_b) or titles.shared < thresholds.LEAST_TITLE_WEIGHT:
        return thresholds.TITLE_ONLY_SCORE
    return thresholds.DUPLICATE_SCORE


def _numbers_differ(mine: Sequence[Token], theirs: Sequence[Token], code: str) -> Contradiction | None:
    """Figures on both sides that the other does not have. A figure left out on one side is no contradiction."""
    only_mine, only_theirs = _lone_numbers(mine, theirs), _lone_numbers(theirs, mine)
    only_mine, only_theirs = _without_scale_slips(only_mine, only_theirs)
    if only_mine and only_theirs:
        return Contradiction(code, _shown(only_mine), _shown(only_theirs))
    return None


def _lone_numbers(mine: Sequence[Token], theirs: Sequence[Token]) -> list[str]:
    """Figures of the first text without a partner; how often they occur counts when both have equally many."""
    here = [token.key for token in mine if token.key[0] == "#"]
    there = [token.key for token in theirs if token.key[0] == "#"]
    if len(here) != len(there):
        return [key for key in here if key not in there]
    for key in tuple(here):
        if key in there:
            there.remove(key)
            here.remove(key)
    return here


def _without_scale_slips(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """`600` and `600000` are one figure when the word for thousand was misspelled."""
    bare = {key.rstrip("0") for key in mine if key.endswith("000")} | {
        key.rstrip("0") for key in theirs if key.endswith("000")
    }
    if not bare:
        return mine, theirs
    same = {key.rstrip("0") for key in mine} & {key.rstrip("0") for key in theirs} & bare
    return [key for key in mine if key.rstrip("0") not in same], [
        key for key in theirs if key.rstrip("0") not in same
    ]


def _shown(keys: Iterable[str]) -> str:
    return ", ".join(key[1:].upper() for key in dict.fromkeys(keys))


def _words_kept_apart(
    mine: Sequence[Token], theirs: Sequence[Token], titles: Alignment
) -> Contradiction | None:
    families = kept_apart()
    for at in titles.left_a:
        for place in titles.left_b:
            shared = families.get(mine[at].key, frozenset()) & families.get(theirs[place].key, frozenset())
            if shared:
                return Contradiction("other_thing", mine[at].surface, theirs[place].surface)
    return None


def _names_differ(mine: Sequence[Token], theirs: Sequence[Token], titles: Alignment) -> Contradiction | None:
    here = [at for at in titles.left_a if _belongs_to_place(mine, at)]
    there = [at for at in titles.left_b if _belongs_to_place(theirs, at)]
    if here and there:
        return Contradiction("other_place", _spelled(mine, here), _spelled(theirs, there))
    return None


def _spelled(tokens: Sequence[Token], places: Iterable[int]) -> str:
    return " ".join(tokens[at].surface for at in places)


def _belongs_to_place(tokens: Sequence[Token], at: int) -> bool:
    for before in range(at, max(-1, at - 1 - _REACH_OF_PLACE), -1):
        if tokens[before].key in place_nouns():
            return True
        if tokens[before].weight < 1:
            return False
    return False


def _place_added(a: Prepared, b: Prepared, titles: Alignment, bodies: Alignment) -> Contradiction | None:
    """One title names a place and is otherwise equal, though the other text is no short version of it."""
    added_here, added_there = _lone_numbers(a.title, b.title), _lone_numbers(b.title, a.title)
    if not (added_here or added_there):
        return None
    longer, shorter = (bodies.weight_a, bodies.weight_b) if added_here else (bodies.weight_b, bodies.weight_a)
    if (
        bodies.contained > thresholds.SHORT_VERSION_CONTAINED
        and shorter < thresholds.SHORT_VERSION_LENGTH * longer
    ):
        return None
    return Contradiction("place_added", _shown(added_here), _shown(added_there))


def _word_replaced(a: Prepared, b: Prepared, titles: Alignment, bodies: Alignment) -> Contradiction | None:
    """A word of the title stands against another while nothing else was reworded: a template filled in twice."""
    here = _words_only_in(a.title, titles.left_a, [b.title[at] for at in titles.left_b])
    there = _words_only_in(b.title, titles.left_b, [a.title[at] for at in titles.left_a])
    if not (here and there) or _is_reworded(a, b, titles, bodies):
        return None
    return Contradiction("word_replaced", " ".join(here), " ".join(there))


def _words_only_in(tokens: Sequence[Token], left: Sequence[int], others: Sequence[Token]) -> list[str]:
    """Leftover words with content; a phrase torn apart on the other side leaves nothing."""
    theirs = {word for token in others for word in token.surface.split()}
    return [
        tokens[at].surface
        for at in left
        if tokens[at].weight == 1 and not theirs.issuperset(tokens[at].surface.split())
    ]


def _is_reworded(a: Prepared, b: Prepared, titles: Alignment, bodies: Alignment) -> bool:
    """Some partners are written differently: another word for the same, an abbreviation, a slip."""
    here = Counter(token.surface for token in (*a.title, *a.body))
    there = Counter(token.surface for token in (*b.title, *b.body))
    for one, other, found in ((a.title, b.title, titles), (a.body, b.body, bodies)):
        for at, place in found.partner.items():
            mine, theirs = one[at].surface, other[place].surface
            if mine == theirs or one[at].weight < 1:
                continue
            is_beside = found.partner.get(at - 1) == place - 1 or found.partner.get(at + 1) == place + 1
            if is_beside and here[mine] > there[mine] and there[theirs] > here[theirs]:
                return True
    return False
