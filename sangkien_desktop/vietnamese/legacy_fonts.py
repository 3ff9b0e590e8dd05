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
from functools import lru_cache
from itertools import islice, pairwise

from sangkien_desktop.vietnamese import mojibake
from sangkien_desktop.vietnamese.code_tables import TCVN3, VNI_CODE, from_cp1258, from_tcvn3, from_vni
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
    """What a column seems to be written in; repair its cells with `guessed=True`."""

    encoding: Encoding
    confidence: float


# Letters that only Unicode has: their presence proves that a text was not typed in a legacy font.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_MARKS = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile("(?<![A-Za-z])[A-Za-z]*[\u00a1-\u00ff\u03bc\u2212][A-Za-z\u00a1-\u00ff\u03bc\u2212]*")
# ï, ë and ü after a vowel also occur in French and German names.
_VNI_SIGN = re.compile("[aeouyôöAEOUYÔÖ][ùøûõáàåãäÙØÛÕÁÀÅÃÄ]")
_NOT_TCVN3 = re.compile(
    "[" + "".join(chr(code) for code in (*range(0xC0, 0x100),) if code not in TCVN3) + "]"
)
_NOT_VNI = re.compile("[À-ËÐ-ÖØ-ëð-öø-ÿ]")
_TCVN3_NAME = re.compile(r"\.vn|vn(?:time|arial)", re.IGNORECASE)
_VNI_NAME = re.compile(r"vni(?:[\s_-]|times|helve)", re.IGNORECASE)
_LEGACY = (Encoding.TCVN3, Encoding.VNI, Encoding.CP1258)
_CELLS_LOOKED_AT = 3000


def encoding_of_font(font_name: str) -> Encoding | None:
    """The encoding a font stands for: `.Vn…` fonts are TCVN3, `VNI-…` fonts are VNI, all others Unicode (None)."""
    name = font_name.strip()
    if _TCVN3_NAME.match(name):
        return Encoding.TCVN3
    return Encoding.VNI if _VNI_NAME.match(name) else None


def is_capital_font(font_name: str) -> bool:
    """True for TCVN3 fonts that draw lower-case codes as capitals (`.VnTimeH`, `.VnArialH`)."""
    name = font_name.strip()
    return bool(_TCVN3_NAME.match(name)) and name.endswith("H")


def repair(text: str, encoding: Encoding, *, capitals: bool = False, guessed: bool = False) -> str:
    """The text in NFC; text that cannot be of that encoding comes back unchanged but for NFC.

    `capitals`: the font draws lower-case codes as capitals. `guessed`: no font says so, the column only looks like
    it; a cell without a sign of its own is then left alone, because it is more often right (`Ô tô`) than legacy.
    """
    if encoding in _LEGACY and _stays(text, encoding, guessed=guessed):
        return unicodedata.normalize("NFC", text)
    repaired = unicodedata.normalize("NFC", _REPAIRS[encoding](text))
    return repaired.upper() if capitals else repaired


def detect(texts: Iterable[str]) -> Detection | None:
    """The encoding of a whole column, or None when its text is right or nothing can be told."""
    sample = [text for text in islice(texts, _CELLS_LOOKED_AT) if not text.isascii()]
    composed = [text for text in sample if not _MARKS.search(text)]
    found = _detect_mojibake(composed) or _detect_legacy(composed)
    if found and len(composed) * 2 >= len(sample):
        return found
    return Detection(Encoding.NFD, 1.0) if any(map(_is_decomposed, sample)) else found


@dataclass(frozen=True)
class _Evidence:
    """Accented words counted by what a repair does to them: makes them syllables, breaks them, neither.

    `strong` counts gained words that no other language writes; `right` counts cells that are right as they are.
    """

    gained: int = 0
    lost: int = 0
    kept: int = 0
    broken: int = 0
    strong: int = 0
    right: int = 0
    words: frozenset[str] = frozenset()

    @property
    def speaks_against(self) -> bool:
        """No word gains and some would break, or the cell has letters of its own."""
        return not self.gained and (self.lost > 0 or self.right > 0)


def _is_decomposed(text: str) -> bool:
    return bool(_MARKS.search(text)) and not unicodedata.is_normalized("NFC", text)


def _detect_mojibake(sample: list[str]) -> Detection | None:
    broken = sum(map(mojibake.is_misread, sample))
    return Detection(Encoding.MOJIBAKE, round(broken / len(sample), 3)) if broken else None


def _detect_legacy(sample: list[str]) -> Detection | None:
    votes = [(encoding, _column_evidence(sample, encoding)) for encoding in _LEGACY]
    encoding, best = max(votes, key=lambda vote: vote[1].gained - vote[1].lost)
    return _decide(encoding, best)


def _stays(text: str, encoding: Encoding, *, guessed: bool) -> bool:
    cell = _cell_evidence(text, encoding)
    return cell.speaks_against or (guessed and not cell.gained)


def _column_evidence(sample: list[str], encoding: Encoding) -> _Evidence:
    cells = [_cell_evidence(text, encoding) for text in sample]
    told = [cell for cell in cells if not cell.speaks_against]
    return _Evidence(
        gained=sum(cell.gained for cell in told),
        lost=sum(cell.lost for cell in told),
        kept=sum(cell.kept for cell in told),
        broken=sum(cell.broken for cell in told),
        strong=sum(cell.strong for cell in told),
        right=len(cells) - len(told),
        words=frozenset().union(*(cell.words for cell in told)),
    )


def _cell_evidence(text: str, encoding: Encoding) -> _Evidence:
    if _has_other_letters(text, encoding):
        return _Evidence(right=1)
    counts: Counter[str] = Counter()
    gained: list[str] = []
    for match in _TOKEN.finditer(text):
        if _may_be_word(text, match):
            outcome = _outcome(match[0], encoding)
            counts[outcome] += 1
            gained += [match[0]] if outcome == "gained" else []
    words = frozenset(word.lower() for word in gained)
    return _Evidence(**counts, strong=sum(map(_is_strong, gained)), words=words)


def _has_other_letters(text: str, encoding: Encoding) -> bool:
    """Letters that text of that encoding cannot hold: the cell is right as it stands."""
    if _UNICODE_ONLY.search(text):
        return True
    if encoding is Encoding.TCVN3:
        return bool(_NOT_TCVN3.search(text))
    left = VNI_CODE.sub("", unicodedata.normalize("NFC", text)) if encoding is Encoding.VNI else ""
    return bool(_NOT_VNI.search(left))


@lru_cache(maxsize=50_000)
def _outcome(word: str, encoding: Encoding) -> str:
    before = is_syllable(unicodedata.normalize("NFC", word))
    after = is_syllable(unicodedata.normalize("NFC", _REPAIRS[encoding](word)))
    if before:
        return "kept" if after else "lost"
    return "gained" if after else "broken"


def _may_be_word(text: str, match: re.Match[str]) -> bool:
    """Units and signs (`10µm`, `25°C`, `Ø12`, `µF`) look like legacy letters and say nothing."""
    before = text[match.start() - 1 : match.start()]
    word = match[0]
    return len(word) > 1 and not before.isdecimal() and word[0] not in "µμ±°"


@lru_cache(maxsize=50_000)
def _is_strong(word: str) -> bool:
    """A sign or a capital inside a word (`B¶o`, `NguyÔn`), or the vowel pairs of VNI (`Tieáng`)."""
    if len(word) > 3 and _VNI_SIGN.search(word):
        return True
    return any(
        not letter.isascii()
        and (not letter.isalpha() or letter in "µμ" or (before.islower() and letter.isupper()))
        for before, letter in pairwise(word)
    )


def _decide(encoding: Encoding, seen: _Evidence) -> Detection | None:
    if not seen.gained or (len(seen.words) < 2 and not seen.strong):
        return None
    accented = seen.gained + seen.lost + seen.kept + seen.broken
    if seen.lost * 4 > seen.gained or seen.gained < 0.3 * accented or seen.broken > 0.35 * accented:
        return None
    confidence = (seen.gained + seen.kept) / accented * min(1.0, 0.5 + 0.1 * len(seen.words))
    return Detection(encoding, round(confidence, 3))


def _same(text: str) -> str:
    return text


_REPAIRS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: from_tcvn3,
    Encoding.VNI: from_vni,
    Encoding.NFD: _same,
    Encoding.MOJIBAKE: mojibake.read_again,
    Encoding.CP1258: from_cp1258,
}
