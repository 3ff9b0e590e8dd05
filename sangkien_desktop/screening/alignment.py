"""Which tokens of two texts say the same, and what is left over on either side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sangkien_desktop.screening import thresholds
from sangkien_desktop.screening.tokens import Token

_SYLLABLE = re.compile(
    "gi|(?:(?:ngh|gh|k)(?=[eiy])|(?:ng|g|c)(?=[aou])|nh|ch|gi|kh|ph|qu|th|tr|[bdhlmnrstvx])?"
    "(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ch|ng|nh|[cmnoptu])?|i(?:a|ch|nh|[cmnptu]|e(?:ng|[cmnptu]))?"
    "|o(?:a(?:ch|ng|nh|[cimnoptuy])?|e[mnot]?|ng|o(?:c|ng)|[cimnpt])?"
    "|u(?:a(?:ng|[nty])?|e(?:ch|nh|u)?|ng|[cimnptu]|o(?:ng|[cimnptu])?|y(?:a|ch|nh|[tnpu]|e[nt])?)?"
    "|y(?:e(?:ng|[mntu])|nh|t)?)"
)
_LONGEST_RUN = 4
_LONG_WORD = 7


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
        smaller = min(self.weight_a, self.weight_b)
        return min(1.0, self.shared / smaller) if smaller else 0.0

    @property
    def common(self) -> float:
        """Share of both texts that is common to them, 0..1."""
        total = self.weight_a + self.weight_b
        return min(1.0, 2 * self.shared / total) if total else 0.0


def align(first: Sequence[Token], second: Sequence[Token], *, is_careless: bool = False) -> Alignment:
    """Pair equal keys first, then misspelled words, joined or split words and abbreviations.

    A slip that happens to give another Vietnamese word counts only in careless writing.
    """
    weight_a = sum(token.weight for token in first)
    weight_b = sum(token.weight for token in second)
    pairing = _Pairing(first, second, is_careless)
    if pairing.shared >= thresholds.LEAST_EXACT * min(weight_a, weight_b):
        pairing.pair_unequal()
    left_a, left_b = tuple(pairing.left_a), tuple(pairing.left_b)
    return Alignment(weight_a, weight_b, pairing.shared, left_a, left_b, pairing.partner, pairing.typos)


class _Pairing:
    """The rows while partners are being found."""

    def __init__(self, first: Sequence[Token], second: Sequence[Token], is_careless: bool) -> None:
        self._first, self._second, self._is_careless = first, second, is_careless
        places: dict[str, list[int]] = {}
        for at in range(len(second) - 1, -1, -1):
            places.setdefault(second[at].key, []).append(at)
        self.partner: dict[int, int] = {}
        self.shared = 0.0
        self.left_a: list[int] = []
        for at, token in enumerate(first):
            found = places.get(token.key)
            if found:
                self.partner[at] = found.pop()
                self.shared += token.weight
            else:
                self.left_a.append(at)
        self.left_b = sorted(at for found in places.values() for at in found)
        self.typos = 0

    def pair_unequal(self) -> None:
        """Partners among what is left over, in both directions: one word there may be several here."""
        for at in tuple(self.left_a):
            run = self._run_for(at, self._first, self._second, self.left_a, self.left_b)
            if run:
                self._join(at, run, self._first, self._second, self.left_a, self.left_b)
                self.partner[at] = run[0]
        for at in tuple(self.left_b):
            run = self._run_for(at, self._second, self._first, self.left_b, self.left_a)
            if run:
                self._join(at, run, self._second, self._first, self.left_b, self.left_a)
                self.partner[run[0]] = at

    def _join(
        self,
        at: int,
        run: list[int],
        one: Sequence[Token],
        other: Sequence[Token],
        mine: list[int],
        theirs: list[int],
    ) -> None:
        mine.remove(at)
        for place in run:
            theirs.remove(place)
        self.shared += max(one[at].weight, min(1.0, sum(other[place].weight for place in run)))
        self.typos += not is_abbreviation(one[at].surface, " ".join(other[place].surface for place in run))

    def _run_for(
        self,
        at: int,
        one: Sequence[Token],
        other: Sequence[Token],
        mine: Sequence[int],
        theirs: Sequence[int],
    ) -> list[int]:
        token = one[at]
        if token.is_number or len(token.surface) < 2:
            return []
        for start, place in enumerate(theirs):
            if not _may_begin(token.surface, other[place].surface):
                continue
            run = self._run_from(token.surface, other, theirs[start : start + _LONGEST_RUN])
            if run:
                return run
        if at - 1 in mine or at + 1 in mine:
            return []
        return self._part_in_place(at, one, other, theirs)

    def _run_from(self, surface: str, other: Sequence[Token], places: Sequence[int]) -> list[int]:
        """Leftover words side by side, at most one word between, that together are `surface`."""
        run: list[int] = []
        joined = ""
        for place in places:
            if other[place].is_number or (run and place > run[-1] + 2):
                return []
            run.append(place)
            joined = f"{joined} {other[place].surface}" if joined else other[place].surface
            if _same_word(surface, joined, self._is_careless):
                return run
            if len(joined) > len(surface) + 2 and len(surface) > thresholds.LONGEST_ABBREVIATION:
                return []
        return []

    def _part_in_place(
        self, at: int, one: Sequence[Token], other: Sequence[Token], left: Sequence[int]
    ) -> list[int]:
        """`tu` for `tu dong`, `xe` for `xe tai`: more words of the same between the same neighbours."""
        partner = self.partner
        if one is self._second:
            partner = {there: here for here, there in partner.items()}
        words = set(one[at].surface.split())
        for place in left:
            if place - 1 in left or place + 1 in left:
                continue
            theirs = set(other[place].surface.split())
            is_beside = partner.get(at - 1, -1) == place - 1 or partner.get(at + 1, len(other)) == place + 1
            if is_beside and (words < theirs or theirs < words):
                return [place]
        return []


def _may_begin(word: str, other: str) -> bool:
    """One slip at the beginning at most: equal, exchanged, dropped or wrong first letter."""
    return word[0] == other[0] or word[1] == other[0] or other[1:2] == word[0] or word[1:3] == other[1:3]


@lru_cache(maxsize=200_000)
def _same_word(word: str, run: str, is_careless: bool) -> bool:
    joined_a, joined_b = word.replace(" ", ""), run.replace(" ", "")
    if joined_a == joined_b:
        return True
    if is_abbreviation(word, run) or is_abbreviation(run, word):
        return True
    longest = max(len(joined_a), len(joined_b))
    if longest < 3 or abs(len(joined_a) - len(joined_b)) > 2:
        return False
    from rapidfuzz.distance import OSA  # loaded with the first comparison, not with the program

    allowed = 1 if longest < _LONG_WORD else 2
    if OSA.distance(joined_a, joined_b, score_cutoff=allowed) > allowed:
        return False
    return is_careless or not (is_syllables(word) and is_syllables(run))


@lru_cache(maxsize=20_000)
def is_syllables(words: str) -> bool:
    """Every word could be a Vietnamese syllable without its accents: a word, not a slip of the hand."""
    return all(_SYLLABLE.fullmatch(word) for word in words.split())


def is_abbreviation(short: str, spelled: str) -> bool:
    """`kt` for `kiem tra`, `mt bang` for `may tinh bang`: first letters of two or more words, the rest equal."""
    if not short or not spelled or short[0] != spelled[0]:
        return False
    letters, _, rest = short.partition(" ")
    if not 2 <= len(letters) <= thresholds.LONGEST_ABBREVIATION:
        return False
    words = spelled.split()
    return letters == "".join(word[0] for word in words[: len(letters)]) and rest == " ".join(
        words[len(letters) :]
    )
