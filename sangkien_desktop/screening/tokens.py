"""A text as a row of comparable tokens: accents, synonyms, abbreviations and number formats levelled."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sangkien_desktop.screening import lexicon
from sangkien_desktop.screening.thresholds import STOP_WEIGHT
from sangkien_desktop.vietnamese.folding import fold

_PIECE = re.compile(
    r"(?P<code>[a-z]{1,4}-?\d+[a-z0-9]*|\d+[a-z]+\d[a-z0-9]*)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<unit>[a-z]*)"
    r"|(?P<initials>[a-z](?:/[a-z])+)\b"
    r"|(?P<short>[a-z]{1,3})[./](?P<rest>[a-z]{2,})"
    r"|(?P<word>[a-z]+)"
)
_UNITS = {
    **dict.fromkeys(("k", "nghin", "ngan"), ("", 1_000)),
    **dict.fromkeys(("tr", "trieu"), ("", 1_000_000)),
    **dict.fromkeys(("ty", "ti"), ("", 1_000_000_000)),
    **{
        unit: (unit, 1)
        for unit in ("mm", "cm", "m", "kg", "g", "lit", "l", "ml", "ha", "kw", "kwh", "v", "w", "s", "h")
    },
    **dict.fromkeys(("p", "ph", "phut"), ("phut", 1)),
    **dict.fromkeys(("t", "tan"), ("tan", 1)),
    **dict.fromkeys(("d", "dong", "vnd", "vnđ"), ("", 1)),
    **dict.fromkeys(("sp", "bo", "cai", "lan", "nguoi", "ngay", "thang", "nam", "gio", "giay"), None),
}
_DEGREE = re.compile(r"(\b[tT])?°")
_EDGES = ".,;:!?()[]\"'“”‘’–-…"
_LETTERS = frozenset("abcdefghklmnpqrstvxz")
_LONE_Y = re.compile(r"^([bcdhklmstv])y$")
_SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable unit: `key` is what is compared, `surface` the folded words it was read from."""

    key: str
    surface: str
    weight: float

    @property
    def is_number(self) -> bool:
        """A figure or a code: what tells two uses of one template apart."""
        return self.key[0] == "#"


def _degree(sign: re.Match[str]) -> str:
    """`t°` is how workers write `nhiệt độ`; after a figure the sign is a unit."""
    return " nhiệt độ " if sign[1] else " độ "


_token = lru_cache(maxsize=100_000)(Token)


def read(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in reading order; keys of numbers and codes begin with `#`."""
    words = _words(fold(_DEGREE.sub(_degree, text) if "°" in text else text))
    tokens: list[Token] = []
    at, end = 0, len(words)
    phrases, stop, places = _phrases(), _stop_words(), place_nouns()
    while at < end:
        word = words[at]
        length, key = 1, word
        for members, name in phrases.get(word, ()):
            if words[at : at + len(members)] == members:
                length, key = len(members), name
                break
        surface = word if length == 1 else " ".join(words[at : at + length])
        is_name = bool(tokens) and tokens[-1].key in places
        weight = STOP_WEIGHT if key in stop and not is_name else 1.0
        if len(key) == 1 and key in _LETTERS and not (tokens and tokens[-1].is_number):
            key, weight = "#" + key, 1.0  # khu C, kho B: a name like a number
        tokens.append(_token(key, surface, weight))
        at += length
    return tuple(tokens)


def _words(folded: str) -> list[str]:
    words: list[str] = []
    goes_on = False
    for chunk in folded.split():
        bare, went_on = chunk.strip(_EDGES), goes_on
        goes_on = chunk.endswith(bare)
        if not (bare.isalpha() and bare.isascii()):
            _take_apart(bare, words)
        elif went_on and bare in _SCALES and words and words[-1][0] == "#":
            words[-1] = _scaled(words[-1], _SCALES[bare])
        else:
            words.append(_level(bare) if len(bare) == 2 else bare)
    return words


def _take_apart(chunk: str, words: list[str]) -> None:
    """Numbers with units, codes, dotted abbreviations and words joined by punctuation."""
    for piece in _PIECE.finditer(chunk):
        kind = piece.lastgroup
        if kind == "word":
            words.append(_level(piece.group()))
        elif kind == "code":
            words.append("#" + piece.group().replace("-", ""))
        elif kind == "initials":
            words.append(piece.group().replace("/", ""))
        elif kind == "rest":
            words.extend(_spelled_out(piece["short"], piece["rest"]))
        else:
            words.extend(_number(piece["number"], piece["unit"]))


def _level(word: str) -> str:
    return _LONE_Y.sub(r"\1i", word) if len(word) == 2 else word


def _scaled(number: str, scale: int) -> str:
    try:
        return f"#{float(number[1:]) * scale:g}" if scale < 10**6 else f"#{round(float(number[1:]) * scale)}"
    except ValueError:
        return number


def _number(text: str, unit: str) -> list[str]:
    parts = re.split("[.,]", text)
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        value = "".join(parts)
    elif len(parts) == 2:
        value = f"{parts[0]}.{parts[1]}".rstrip("0").rstrip(".")
    else:
        value = " ".join(parts)
    numbers = ["#" + (part.lstrip("0") or "0") for part in value.split(" ")]
    if not unit:
        return numbers
    if unit not in _UNITS:
        return [*numbers[:-1], numbers[-1] + unit]
    reading = _UNITS[unit]
    if reading is None:
        return [*numbers, unit]
    name, scale = reading
    if scale > 1:
        numbers[-1] = _scaled(numbers[-1], scale)
    return [*numbers, name] if name else numbers


def _spelled_out(short: str, rest: str) -> list[str]:
    """`t.gian` is `thời gian` when the lexicon knows one such pair of words, else two words."""
    known = _dotted().get((short[0], rest))
    return list(known) if known else [_level(short), _level(rest)]


@cache
def _dotted() -> dict[tuple[str, str], tuple[str, str]]:
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for group in lexicon.groups(lexicon.SYNONYMS):
        for member in group:
            words = fold(member).split()
            if len(words) == 2:
                pairs.setdefault((words[0][0], words[1]), (words[0], words[1]))
    return pairs


@cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    """First word → phrases that begin with it, longest first, each with the name of its group."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    names: dict[tuple[str, ...], str] = {}
    for group in lexicon.groups(lexicon.SYNONYMS):
        name = "_".join(_words(fold(group[0])))
        for member in group:
            names.setdefault(tuple(_words(fold(member))), name)
    for group in lexicon.groups(lexicon.KEEP_APART):
        for member in group:
            words = tuple(_words(fold(member)))
            names.setdefault(words, "_".join(words))
    for words, name in names.items():
        if words:
            found.setdefault(words[0], []).append((list(words), name))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def known_phrases() -> list[tuple[tuple[str, ...], str, bool]]:
    """Every phrase of the lexicon as folded words, the name of its group, and whether it carries no content."""
    stop = _stop_words()
    known = [(tuple(words), name, name in stop) for entries in _phrases().values() for words, name in entries]
    return known + [
        ((word,), word, True)
        for word in stop
        if word not in {words[0] for words, _, _ in known if len(words) == 1}
    ]


@cache
def place_nouns() -> frozenset[str]:
    """Keys of the nouns whose following words name one place, product or order among many."""
    phrases = _phrases()
    keys = set()
    for group in lexicon.groups(lexicon.PLACE_NOUNS):
        for member in group:
            words = _words(fold(member))
            named = [name for known, name in phrases.get(words[0], ()) if known == words]
            keys.add(named[0] if named else "_".join(words))
    return frozenset(keys)


@cache
def kept_apart() -> dict[str, frozenset[int]]:
    """Key → numbers of the families of words in which one never stands for another."""
    families: dict[str, set[int]] = {}
    for number, group in enumerate(lexicon.groups(lexicon.KEEP_APART)):
        for member in group:
            tokens = read(member)
            if len(tokens) == 1:
                families.setdefault(tokens[0].key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in families.items()}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_level(word) for word in fold(lexicon.STOP_WORDS).split()) | {"truoc_day"}
