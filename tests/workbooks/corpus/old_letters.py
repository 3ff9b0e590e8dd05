"""Right Vietnamese text into the letters of legacy fonts, by tables of this file's own."""

import unicodedata

# TCVN 5712-1, lower case only, as the fonts are really used.
_TCVN3 = {
    "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ă": 0xA8, "ằ": 0xBB, "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6,
    "â": 0xA9, "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA, "ậ": 0xCB, "đ": 0xAE, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0,
    "ẹ": 0xD1, "ê": 0xAA, "ề": 0xD2, "ể": 0xD3, "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD,
    "ị": 0xDE, "ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ô": 0xAB, "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8,
    "ộ": 0xE9, "ơ": 0xAC, "ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF, "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3,
    "ụ": 0xF4, "ư": 0xAD, "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB, "ỹ": 0xFC, "ý": 0xFD,
    "ỵ": 0xFE, "Đ": 0xA7, "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6,
}  # fmt: skip
_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATS = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVES = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_WHOLE = {
    "í": "í",
    "ì": "ì",
    "ỉ": "æ",
    "ĩ": "ó",
    "ị": "ò",
    "ỵ": "î",
    "đ": "ñ",
    "Đ": "Ñ",
    "Í": "Í",
    "Ì": "Ì",
    "Ị": "Ò",
}


def tcvn3(text: str) -> str:
    """As typed in a `.Vn…` font."""
    return "".join(
        chr(_TCVN3[letter]) if letter in _TCVN3 else letter for letter in unicodedata.normalize("NFC", text)
    )


def can_be_tcvn3(text: str) -> bool:
    """Whether the text has no accented capitals that these fonts lack."""
    return all(letter in _TCVN3 or letter.isascii() or not letter.isalpha() for letter in text)


def vni(text: str) -> str:
    """As typed in a `VNI-…` font."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    if letter in _VNI_WHOLE:
        return _VNI_WHOLE[letter]
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _VNI_TONES), "")
    shape = parts.replace(tone, "") if tone else parts
    base, mark = shape[0], shape[1:]
    if letter.isascii() or not letter.isalpha():
        return letter
    if mark == "\u0302":
        sign = _VNI_HATS.get(tone, "â")
    elif mark == "\u0306":
        sign = _VNI_BREVES.get(tone, "ê")
    elif mark == "\u031b":
        base, sign = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base], _VNI_TONES.get(tone, "")
    else:
        sign = _VNI_TONES.get(tone, "")
    return base + (sign.upper() if letter.isupper() else sign)
