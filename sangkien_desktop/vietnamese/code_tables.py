"""Code tables of the legacy Vietnamese encodings, as they appear once their bytes were read as Windows-1252."""

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
