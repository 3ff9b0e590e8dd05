"""The order of Vietnamese words and names, as a key that any database can sort by bytes."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from sangkien_desktop.vietnamese.folding import TONES, clean, fold, split_tone

# Letter order of CLDR and of dictionaries; f j w z stand in their Latin places.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEY = {letter: chr(ord("A") + place) for place, letter in enumerate(_LETTERS)}
# A syllable ends with its tone; these six sort before every digit and letter, so a shorter syllable comes first.
_TONE_KEY = {"": "!"} | {tone: chr(ord("!") + place) for place, tone in enumerate(TONES, start=1)}
_PART_END = " "
_BEYOND_LATIN = "~"
_PIECES = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f]*)+")
_LONGEST_NUMBER = 16
_LONGEST_DIGITS = 300


def sort_key(text: str) -> str:
    """A storable key: byte order of keys is the order of the texts.

    Syllable by syllable, letters first, then tone (ngang, huyền, hỏi, ngã, sắc, nặng); a space sorts before
    letters, numbers sort by value (Tổ 2 before Tổ 10), case and punctuation do not count.
    """
    return "".join(_piece_key(piece) for piece in _PIECES.findall(unicodedata.normalize("NFC", text).lower()))


def name_sort_key(full_name: str) -> str:
    """Key for lists of people: given name, then middle words, then family name."""
    parts = clean(full_name).split()
    family, middle, given = parts[:1], parts[1:-1], parts[-1:]
    if len(parts) == 1:
        family = []
    return _PART_END.join(sort_key(" ".join(part)) for part in (given, middle, family))


def given_name(full_name: str) -> str:
    """The last word (tên); empty for an empty name."""
    return clean(full_name).rpartition(" ")[2]


def shorten_name(full_name: str, fits: Callable[[str], bool]) -> str:
    """The longest form that fits: middle words become initials from the left, then the family name does.

    The given name is never cut; it is the answer when nothing else fits.
    """
    parts = clean(full_name).split()
    candidate = " ".join(parts)
    for place in [*range(1, len(parts) - 1), 0] if len(parts) > 1 else []:
        if fits(candidate):
            return candidate
        parts[place] = f"{parts[place][0]}."
        candidate = " ".join(parts)
    return candidate if fits(candidate) else given_name(full_name)


@lru_cache(maxsize=20_000)
def _piece_key(piece: str) -> str:
    if piece[0].isdecimal():
        digits = str(int(piece[:_LONGEST_DIGITS]))
        return chr(ord("0") + min(len(digits), _LONGEST_NUMBER)) + digits + _TONE_KEY[""]
    bare, tones = split_tone(piece)
    return "".join(_letter_key(letter) for letter in bare) + _TONE_KEY[tones[:1]]


def _letter_key(letter: str) -> str:
    if letter in _LETTER_KEY:
        return _LETTER_KEY[letter]
    return "".join(_LETTER_KEY.get(part, _BEYOND_LATIN + part) for part in fold(letter))
