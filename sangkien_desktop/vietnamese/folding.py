"""Text without accents, for searching and comparing; and text cleaned for storage."""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEYOND_VIETNAMESE = re.compile("[^\x00-\x7f\u0300-\u036fđĐ]")
# Zero-width characters and control codes come along with text pasted from the web; they hide in comparisons.
_INVISIBLE = dict.fromkeys((*range(9), *range(14, 32), 0x7F, 0x200B, 0x2060, 0xFEFF))
# What `clean` has to do something about; most texts hold none of it.
_UNTIDY = re.compile(r"\s\s|^\s|\s$|[^\S ]|[\x00-\x1f\x7f\u200b\u2060\ufeff]")
_LINE_BREAKS = re.compile(r"[\n\r\v\f\u0085\u2028\u2029]")
_SPECIAL_VOWELS = "ăâêôơư"
_VOWELS = frozenset("aăâeêioôơuưy")


class _FoldTable(dict[int, str]):
    """Code point → folded text, filled as characters are met: one C-level pass per text afterwards."""

    def __missing__(self, code: int) -> str:
        folded = "".join(
            part
            for part in unicodedata.normalize("NFD", chr(code).casefold())
            if not "\u0300" <= part <= "\u036f"
        )
        self[code] = folded = unicodedata.normalize("NFC", folded.replace("đ", "d"))
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Casefolded text without accents (`Đặng Thị Hường` → `dang thi huong`), white space collapsed.

    Punctuation stays. Marks of other scripts (the voicing marks of Japanese) stay too.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFD", text)
    if _BEYOND_VIETNAMESE.search(decomposed):
        return " ".join(unicodedata.normalize("NFC", text).translate(_FOLD).split())
    # Vietnamese letters alone: dropping what is not ASCII drops exactly the marks, several times faster.
    plain = decomposed.replace("đ", "d").replace("Đ", "d").encode("ascii", "ignore").decode("ascii")
    return " ".join(plain.lower().split())


def words(text: str) -> tuple[str, ...]:
    """Folded words, letters and digits only, in order."""
    return tuple(_WORD.findall(fold(text)))


def clean(text: str, *, keep_lines: bool = False) -> str:
    """NFC, trimmed, runs of white space collapsed, invisible characters gone; the form everything is stored in.

    With `keep_lines` single line breaks survive as `\\n`; blank lines do not.
    """
    if unicodedata.is_normalized("NFC", text) and not _UNTIDY.search(text):
        return text
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    if not keep_lines:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in _LINE_BREAKS.split(text))
    return "\n".join(line for line in lines if line)


def canonical_tone(text: str) -> str:
    """The same text with every tone mark on its canonical vowel and i/y levelled (hòa → hoà, kỹ → kĩ).

    For comparing only: people choose how their names are written, so the result is never stored. Placement
    follows the school rule (hoà, thuỷ, khoẻ, quý).
    """
    return _LETTERS.sub(lambda match: _canonical_syllable(match[0]), unicodedata.normalize("NFC", text))


def split_tone(syllable: str) -> tuple[str, str]:
    """Letters without tone (NFC) and the combining tone marks that were on them, normally none or one."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = "".join(part for part in decomposed if part in TONES)
    if not tones:
        return unicodedata.normalize("NFC", syllable), ""
    return unicodedata.normalize("NFC", "".join(part for part in decomposed if part not in TONES)), tones


def tone_place(lowered: str) -> int | None:
    """Index of the vowel that bears the tone in a lower-case NFC syllable without tone; None without a vowel."""
    start = next((index for index, letter in enumerate(lowered) if letter in _VOWELS), None)
    if start is None:
        return None
    follows_glide = lowered[start + 1 : start + 2] in _VOWELS
    if follows_glide and lowered[: start + 1] in {"qu", "gi"}:
        start += 1
    end = start
    while end < len(lowered) and lowered[end] in _VOWELS:
        end += 1
    group = lowered[start:end]
    special = [index for index, letter in enumerate(group) if letter in _SPECIAL_VOWELS]
    if special:
        return start + special[-1]
    on_second = len(group) > 1 and (end < len(lowered) or len(group) > 2 or group in {"oa", "oe", "uy"})
    return start + int(on_second)


@lru_cache(maxsize=20_000)
def _canonical_syllable(syllable: str) -> str:
    bare, tone = split_tone(syllable)
    lowered = bare.lower()
    if len(tone) > 1 or len(lowered) != len(bare):
        return syllable
    bare = _level_i_y(bare, lowered)
    if not tone:
        return bare
    place = tone_place(bare.lower())
    if place is None:
        return syllable
    return unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])


def _level_i_y(bare: str, lowered: str) -> str:
    """Final y after one of h k l m s t (kỹ/kĩ), after qu (quy/qui), or alone (y/i) is written i."""
    if lowered == "quy" or (lowered[-1:] == "y" and lowered[:-1] in {"", "h", "k", "l", "m", "s", "t"}):
        return bare[:-1] + ("I" if bare[-1].isupper() else "i")
    return bare
