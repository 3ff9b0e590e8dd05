"""Vietnamese text of another encoding (TCVN3, VNI, composed forms, misread bytes) → NFC.

The font of a cell decides first (`encoding_of_font`), the look of a whole column second (`detect`). Nothing is
converted that already holds letters only Unicode has: `Đ`, `ư`, `ễ` never occur in legacy text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sangkien_desktop.vietnamese import mojibake
from sangkien_desktop.vietnamese.code_tables import CP1258, TCVN3, VNI
from sangkien_desktop.vietnamese.syllables import is_syllable


class Encoding(StrEnum):
    """How the text was written before it reached us."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    NFD = "nfd"
    MOJIBAKE = "utf8-as-cp1252"
    CP1258 = "cp1258"


@dataclass(frozen=True)
class Detection:
    """What a column seems to be written in; `mixed` columns also hold cells that are right as they are."""

    encoding: Encoding
    confidence: float
    mixed: bool = False


# Letters that only Unicode has: their presence proves that a text was not typed in a legacy font.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_MARKS = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile("[A-Za-z\u00a1-\u00ac\u00ad\u00ae-\u00ff\u03bc\u2212]+")
_VNI_CODE = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
_VNI_PAIR = re.compile("|".join(code for code in VNI if len(code) > 1))
_VNI_NAME = re.compile(r"vni[\s_-]", re.IGNORECASE)
_LEGACY = (Encoding.TCVN3, Encoding.VNI, Encoding.CP1258)
_CELLS_LOOKED_AT = 3000


def encoding_of_font(font_name: str) -> Encoding | None:
    """The encoding a font stands for: `.Vn…` fonts are TCVN3, `VNI-…` fonts are VNI, all others Unicode (None)."""
    name = font_name.strip()
    if name.lower().startswith(".vn"):
        return Encoding.TCVN3
    if _VNI_NAME.match(name):
        return Encoding.VNI
    return None


def is_capital_font(font_name: str) -> bool:
    """True for TCVN3 fonts that draw lower-case codes as capitals (`.VnTimeH`, `.VnArialH`)."""
    name = font_name.strip()
    return name.lower().startswith(".vn") and name.endswith("H")


def repair(text: str, encoding: Encoding, *, capitals: bool = False, mixed: bool = False) -> str:
    """The text in NFC; text that cannot be of that encoding comes back unchanged but for NFC.

    `capitals`: the font draws lower-case codes as capitals. `mixed`: the column also holds right text, so a cell
    without a sign of its own is left alone.
    """
    if encoding in _LEGACY and (
        _UNICODE_ONLY.search(text) or (mixed and not _evidence(text, encoding).gained)
    ):
        return unicodedata.normalize("NFC", text)
    repaired = unicodedata.normalize("NFC", _REPAIRS[encoding](text))
    return repaired.upper() if capitals else repaired


def detect(texts: Iterable[str]) -> Detection | None:
    """The encoding of a whole column, or None when its text is right or nothing can be told."""
    sample = [text for text, _ in zip(texts, range(_CELLS_LOOKED_AT), strict=False) if not text.isascii()]
    found = _detect_marks(sample) or _detect_mojibake(sample)
    if found:
        return found
    votes = [(encoding, _column_evidence(sample, encoding)) for encoding in _LEGACY]
    encoding, best = max(votes, key=lambda vote: vote[1].gained - vote[1].lost)
    return _decide(encoding, best)


@dataclass(frozen=True)
class _Evidence:
    """Accented words counted by what a repair would do to them, and how many words speak for themselves."""

    gained: int = 0
    lost: int = 0
    kept: int = 0
    broken: int = 0
    right: int = 0
    strong: int = 0
    distinct: int = 0


def _detect_marks(sample: list[str]) -> Detection | None:
    marked = [text for text in sample if _MARKS.search(text) and unicodedata.normalize("NFC", text) != text]
    if not marked:
        return None
    return Detection(Encoding.NFD, 1.0, mixed=len(marked) < len(sample))


def _detect_mojibake(sample: list[str]) -> Detection | None:
    broken = [text for text in sample if mojibake.is_misread(text)]
    if not broken:
        return None
    return Detection(Encoding.MOJIBAKE, len(broken) / len(sample), mixed=len(broken) < len(sample))


def _column_evidence(sample: list[str], encoding: Encoding) -> _Evidence:
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for text in sample:
        if _UNICODE_ONLY.search(text):
            counts["right"] += 1
        else:
            _count_words(text, encoding, counts, seen)
    return _Evidence(**counts, distinct=len(seen))


def _evidence(text: str, encoding: Encoding) -> _Evidence:
    return _column_evidence([text], encoding)


def _count_words(text: str, encoding: Encoding, counts: Counter[str], seen: set[str]) -> None:
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word.isascii() or not _may_be_word(text, match):
            continue
        after = unicodedata.normalize("NFC", _REPAIRS[encoding](word))
        was_right, is_right = is_syllable(unicodedata.normalize("NFC", word)), is_syllable(after)
        kind = {(False, True): "gained", (True, False): "lost", (True, True): "kept"}.get(
            (was_right, is_right), "broken"
        )
        counts[kind] += 1
        if kind == "gained":
            seen.add(word.lower())
            counts["strong"] += _is_strong(word)


def _may_be_word(text: str, match: re.Match[str]) -> bool:
    """Units and signs (`10µm`, `25°C`, `Ø12`, `µF`) look like legacy letters and say nothing."""
    before = text[match.start() - 1 : match.start()]
    word = match[0]
    return (
        len(word) > 1 and not before.isdecimal() and word[0] not in "µμ±°" and any(c.isascii() for c in word)
    )


def _is_strong(word: str) -> bool:
    """A sign or a capital inside a word (`B¶o`, `NguyÔn`), or two accented letters in a row (`Tieáng`)."""
    inner = pairwise(word)
    return any(
        not b.isascii() and (not b.isalpha() or (a.islower() and b.isupper()) or b in "µμ") for a, b in inner
    ) or (len(word) > 3 and bool(_VNI_PAIR.search(word)))


def _decide(encoding: Encoding, seen: _Evidence) -> Detection | None:
    if not seen.gained or (seen.distinct < 2 and not seen.strong):
        return None
    accented = seen.gained + seen.lost + seen.kept + seen.broken
    if seen.lost * 4 > seen.gained or seen.gained < 0.3 * accented or seen.broken > 0.35 * accented:
        return None
    confidence = (seen.gained + seen.kept) / accented * min(1.0, 0.5 + 0.1 * seen.distinct)
    return Detection(encoding, round(confidence, 3), mixed=seen.right > 0)


def _from_tcvn3(text: str) -> str:
    converted = text.translate(TCVN3)
    return _level_capitals(text, converted)


def _level_capitals(text: str, converted: str) -> str:
    """Capitals of TCVN3 are drawn by the font; a word whose plain letters are capitals was meant in capitals."""
    words = re.findall(r"\S+", text)
    levelled = [_is_capital_word(word) for word in words]
    if not any(levelled):
        return converted
    if not any("a" <= letter <= "z" for letter in text):
        return converted.upper()
    parts = re.split(r"(\s+)", converted)
    shout = iter(levelled)
    return "".join(part.upper() if part and not part.isspace() and next(shout) else part for part in parts)


def _is_capital_word(word: str) -> bool:
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    has_accent = any(ord(letter) in TCVN3 for letter in word)
    inner_capital = any(letter.isascii() and letter.isupper() for letter in word[1:])
    return has_accent and inner_capital and not any(letter.islower() for letter in plain)


def _from_vni(text: str) -> str:
    return _VNI_CODE.sub(lambda match: VNI[match[0]], unicodedata.normalize("NFC", text))


def _from_cp1258(text: str) -> str:
    return text.translate(CP1258)


def _same(text: str) -> str:
    return text


_REPAIRS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.NFD: _same,
    Encoding.MOJIBAKE: mojibake.read_again,
    Encoding.CP1258: _from_cp1258,
}
