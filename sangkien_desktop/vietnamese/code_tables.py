"""Code tables of the legacy Vietnamese encodings, and text read through them.

Legacy text arrives as it looks once its bytes were read as Windows-1252.
"""

import re
import unicodedata
from itertools import product

# TCVN 5712-1, bytes in hexadecimal before each run. Accented capitals are drawn by fonts ending in H.
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}

TCVN3: dict[int, str] = {
    first + offset: letter for first, letters in _TCVN3_RUNS.items() for offset, letter in enumerate(letters)
}
# The same bytes after other programs touched them: Greek mu, minus and hyphens instead of the soft hyphen.
TCVN3 |= {0x3BC: "à", 0x2212: "ư"}

_TONES = {"huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "sắc": "\u0301", "nặng": "\u0323"}
# Plain vowel + one Latin-1 letter for its tone.
_VNI_TONES = {"ø": "huyền", "û": "hỏi", "õ": "ngã", "ù": "sắc", "ï": "nặng"}
# a e o + one Latin-1 letter for the hat and the tone together.
_VNI_HATS = {"â": "", "à": "huyền", "å": "hỏi", "ã": "ngã", "á": "sắc", "ä": "nặng"}
# a + one Latin-1 letter for the breve and the tone together.
_VNI_BREVES = {"ê": "", "è": "huyền", "ú": "hỏi", "ü": "ngã", "é": "sắc", "ë": "nặng"}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ó": "ĩ", "æ": "ỉ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    horns = {"ô": "ơ", "ö": "ư"}
    pairs: dict[str, str] = {}
    for vowel, (mark, tone) in product("aeouyôö", _VNI_TONES.items()):
        pairs[vowel + mark] = horns.get(vowel, vowel) + _TONES[tone]
    for vowel, (mark, tone) in product("aeo", _VNI_HATS.items()):
        pairs[vowel + mark] = vowel + "\u0302" + _TONES.get(tone, "")
    for mark, tone in _VNI_BREVES.items():
        pairs["a" + mark] = "a\u0306" + _TONES.get(tone, "")
    return {code: unicodedata.normalize("NFC", letters) for code, letters in pairs.items()}


VNI: dict[str, str] = {}
for _code, _letter in (_VNI_LETTERS | _vni_pairs()).items():
    VNI[_code] = _letter
    for _shape in (_code.upper(), _code[0].upper() + _code[1:]):
        VNI[_shape] = _letter.upper()

# Windows-1258 read as Windows-1252: letters that differ, and the five tones that follow their vowel.
CP1258: dict[int, str] = {
    0xC3: "Ă", 0xE3: "ă", 0xD0: "Đ", 0xF0: "đ", 0xD5: "Ơ", 0xF5: "ơ", 0xDD: "Ư", 0xFD: "ư",
    0xCC: "\u0300", 0xD2: "\u0309", 0xDE: "\u0303", 0xEC: "\u0301", 0xF2: "\u0323", 0xFE: "₫",
}  # fmt: skip

VNI_CODE = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
_INNER_CAPITAL = re.compile(r"\S[A-Z]")
# Signs of measure beside a number are what they look like.
_MEASURES = re.compile(r"((?<=\d)\s?[µμ][A-Za-z]\b|[Øø]\s?(?=\d)|(?<=\d)\s?[×÷]\s?(?=\d))")
# Programs strip the soft hyphen that stands for ư; ơ before c or ng can only be what is left of ươ.
_LOST_U = re.compile(r"(?<![UuƯư])[ơờớởỡợƠỜỚỞỠỢ](?=(?:ng|NG|c|C)(?![^\W\d_]))")


def from_tcvn3(text: str) -> str:
    """Text typed in a .Vn font. A word whose plain letters are capitals becomes capitals as a whole."""
    parts = _MEASURES.split(text)
    parts[::2] = (_LOST_U.sub(_with_u, part.translate(TCVN3)) for part in parts[::2])
    return _level_capitals(text, "".join(parts))


def _with_u(vowel: re.Match[str]) -> str:
    return ("ư" if vowel[0].islower() else "Ư") + vowel[0]


def _level_capitals(text: str, converted: str) -> str:
    """Capitals of TCVN3 are drawn by the font; a word whose plain letters are capitals was meant in capitals."""
    if not _INNER_CAPITAL.search(text):
        return converted
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


def from_vni(text: str) -> str:
    """Text typed in a VNI font."""
    return VNI_CODE.sub(lambda match: VNI[match[0]], unicodedata.normalize("NFC", text))


def from_cp1258(text: str) -> str:
    """Windows-1258 bytes that were read as Windows-1252; tones are left combining."""
    return text.translate(CP1258)
