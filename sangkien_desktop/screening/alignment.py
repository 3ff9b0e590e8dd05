"""Which tokens of two texts say the same, and what is left over on either side."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sangkien_desktop.screening.tokens import Token

_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnrstvx])?"
    "(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ch|ng|nh|[cmnoptu])?|i(?:a|ch|nh|[cmnptu]|e(?:ng|[cmnptu]))?"
    "|o(?:a(?:ch|ng|nh|[cimnoptuy])?|e[mnot]?|ng|o(?:c|ng)|[cimnpt])?"
    "|u(?:a(?:ng|[nty])?|e(?:ch|nh|u)?|ng|[cimnptu]|o(?:ng|[cimnptu])?|y(?:a|ch|nh|[tnpu]|e[nt])?)?"
    "|y(?:e(?:ng|[mntu])|nh|t)?)"
)
_LONGEST_RUN = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two token rows share.

    `left_a`, `left_b` are positions without a partner; `partner` maps a position of the first row to one of
    the second; `typos` counts partners that are spelled differently by mistake.
    """

    weight_a: float
    weight_b: float
    shared: float
    left_a: tuple[int, ...]
    left_b: tuple[int, ...]
    partner: dict[int, int]
    typos: int

    @property
    def contained(self) -> float:
        """Share of the shorter text that is found in the longer one, 0..1."""
        return self.shared / smaller if (smaller := min(self.weight_a, self.weight_b)) else 0.0

    @property
    def common(self) -> float:
        """Share of both texts that is common to them, 0..1."""
        return 2 * self.shared / total if (total := self.weight_a + self.weight_b) else 0.0


def align(first: Sequence[Token], second: Sequence[Token], *, is_careless: bool = False) -> Alignment:
    """Pair equal keys first, then misspelled words, joined or split words and abbreviations.

    A slip that happens to give another Vietnamese word counts only in careless writing.
    """
    partner = _equal_keys(first, second)
    taken = set(partner.values())
    left_a = [at for at in range(len(first)) if at not in partner]
    left_b = [at for at in range(len(second)) if at not in taken]
    shared = sum(first[at].weight for at in partner)
    typos = 0
    for one, other, flip in ((first, second, False), (second, first, True)):
        mine, theirs = (left_b, left_a) if flip else (left_a, left_b)
        for at in tuple(mine):
            run = _run_like(one[at], other, theirs, is_careless)
            if not run and at - 1 not in mine and at + 1 not in mine:
                known = {there: here for here, there in partner.items()} if flip else partner
                run = _part_in_place(at, one, other, theirs, known)
            if not run:
                continue
            mine.remove(at)
            for place in run:
                theirs.remove(place)
            shared += max(one[at].weight, min(1.0, sum(other[place].weight for place in run)))
            typos += not is_abbreviation(one[at].surface, " ".join(other[place].surface for place in run))
            partner.update({run[0]: at} if flip else {at: run[0]})
    return Alignment(
        sum(token.weight for token in first),
        sum(token.weight for token in second),
        shared,
        tuple(left_a),
        tuple(left_b),
        partner,
        typos,
    )


def _equal_keys(first: Sequence[Token], second: Sequence[Token]) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for at in range(len(second) - 1, -1, -1):
        places.setdefault(second[at].key, []).append(at)
    partner: dict[int, int] = {}
    for at, token in enumerate(first):
        found = places.get(token.key)
        if found:
            partner[at] = found.pop()
    return partner


def _run_like(token: Token, other: Sequence[Token], left: Sequence[int], is_careless: bool) -> list[int]:
    """Positions in `left`, side by side, that together are `token` misspelled, split or spelled out."""
    if token.is_number or len(token.surface) < 2:
        return []
    for start in range(len(left)):
        run: list[int] = []
        for place in left[start : start + _LONGEST_RUN]:
            if (run and place != run[-1] + 1) or other[place].is_number:
                break
            run.append(place)
            if _same_word(token.surface, " ".join(other[at].surface for at in run), is_careless):
                return run
    return []


@lru_cache(maxsize=100_000)
def _same_word(word: str, run: str, is_careless: bool) -> bool:
    joined_a, joined_b = word.replace(" ", ""), run.replace(" ", "")
    longest = max(len(joined_a), len(joined_b))
    if joined_a == joined_b:
        return True
    if is_abbreviation(word, run) or is_abbreviation(run, word):
        return True
    if longest < 3 or abs(len(joined_a) - len(joined_b)) > 2:
        return False
    from rapidfuzz.distance import OSA  # loaded with the first comparison, not with the program

    distance = OSA.distance(joined_a, joined_b, score_cutoff=2)
    if distance > (1 if longest < 7 else 2):
        return False
    return is_careless or not (is_syllables(word) and is_syllables(run))


def _part_in_place(
    at: int, one: Sequence[Token], other: Sequence[Token], left: Sequence[int], partner: dict[int, int]
) -> list[int]:
    """`tu` for `tu dong`, `xe` for `xe tai`: more words of the same between the same neighbours."""
    words = set(one[at].surface.split())
    for place in left:
        theirs = set(other[place].surface.split())
        if not (words < theirs or theirs < words):
            continue
        before = partner.get(at - 1, -1) == place - 1
        after = partner.get(at + 1, len(other)) == place + 1
        is_alone = place - 1 not in left and place + 1 not in left
        if is_alone and (before or after):
            return [place]
    return []


@lru_cache(maxsize=20_000)
def is_syllables(words: str) -> bool:
    """Every word could be a Vietnamese syllable without its accents: a word, not a slip of the hand."""
    return all(_SYLLABLE.fullmatch(word) for word in words.split())


def is_abbreviation(short: str, spelled: str) -> bool:
    """`kt` for `kiem tra`: the first letters of two or more words, or of their parts."""
    words = spelled.split()
    return 2 <= len(short) <= 6 and len(words) == len(short) and all(
        word[0] == letter for word, letter in zip(words, short, strict=True)
    )


def numbers_only_in(tokens: Iterable[Token], others: Iterable[Token]) -> set[str]:
    """Figures and codes that the other text does not have."""
    theirs = Counter(token.key for token in others if token.is_number)
    return {token.key for token in tokens if token.is_number and token.key not in theirs}
