"""UTF-8 bytes that were read as Windows-1252 or Windows-1258 (`Nguyá»…n`): found and read again."""

import re
import unicodedata

_UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_BYTES = {bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in _UNDEFINED}
# Of the bytes that begin a Vietnamese letter, Windows-1258 shows only C3 differently.
_BYTES["Ă"] = 0xC3
_TRAIL = "[\u0080-\u00bf" + "".join(re.escape(sign) for sign, code in _BYTES.items() if code < 0xC0) + "]"
_SEQUENCE = re.compile(f"[\u00c2-\u00dfĂ]{_TRAIL}|[\u00e1-\u00ef]{_TRAIL}{{2}}|[\u00f0-\u00f4]{_TRAIL}{{3}}")
# What else stands in Vietnamese text: Latin-1 signs, combining marks, typographic signs, đồng, arrows, mathematics.
_EXPECTED = re.compile("[\u00a0-\u024f\u0300-\u0323\u1ea0-\u1ef9\u2010-\u2030₫€\u2190-\u22ff]")
_LETTER = re.compile("[\u00c0-\u024f\u0300-\u0323\u1ea0-\u1ef9]")
# A capital before a closing quote or a dash (“MÃ”) looks like a misread letter at the end of a word.
_PUNCTUATED = re.compile("[‘’“”–—…•›»][^\\w]|[‘’“”–—…•›»]$")
_READINGS = 2


def read_again(text: str) -> str:
    """Each misread sequence replaced by the character it was; other text unchanged. Reads twice-misread text too."""
    for _ in range(_READINGS):
        again = _whole(text) or _SEQUENCE.sub(_expected, text)
        if again == text:
            break
        text = again
    return unicodedata.normalize("NFC", text)


def is_misread(text: str) -> bool:
    """True when the text holds a sequence that is UTF-8 for a Vietnamese letter and cannot be right as it stands."""
    return any(
        _LETTER.search(decoded) and not _PUNCTUATED.match(text, match.end() - 1)
        for match in _SEQUENCE.finditer(text)
        if (decoded := _decoded(match[0])) is not None
    )


def _whole(text: str) -> str | None:
    """The text if all of it is misread UTF-8, of any script."""
    return None if text.isascii() else _decoded(text)


def _expected(match: re.Match[str]) -> str:
    decoded = _decoded(match[0])
    return decoded if decoded is not None and _EXPECTED.fullmatch(decoded) else match[0]


def _decoded(text: str) -> str | None:
    try:
        return bytes(_BYTES.get(sign, ord(sign)) for sign in text).decode("utf-8")
    except ValueError:
        # A sign beyond one byte, or bytes that are no UTF-8: UnicodeDecodeError is a ValueError.
        return None
