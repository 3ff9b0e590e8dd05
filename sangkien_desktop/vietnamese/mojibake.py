"""UTF-8 bytes that were read as Windows-1252 (`Nguyá»…n`): found and read again."""

import re
import unicodedata

_CP1252_SIGNS = {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TRAIL = "[\u0080-\u00bf" + "".join(re.escape(sign) for sign in _CP1252_SIGNS) + "]"
_SEQUENCE = re.compile(f"[\u00c2-\u00df]{_TRAIL}|[\u00e1-\u00ef]{_TRAIL}{{2}}|[\u00f0-\u00f4]{_TRAIL}{{3}}")
# What Vietnamese text consists of beyond ASCII: letters, combining marks, typographic signs, đồng.
_VIETNAMESE = re.compile("[À-ỹ\u0300-\u0323\u2010-\u2026₫]")
_READINGS = 2


def read_again(text: str) -> str:
    """Each misread sequence replaced by the character it was; other text unchanged. Reads twice-misread text too."""
    for _ in range(_READINGS):
        again = _SEQUENCE.sub(_decoded, text)
        if again == text:
            break
        text = again
    return unicodedata.normalize("NFC", text)


def is_misread(text: str) -> bool:
    """True when the text holds a sequence that is UTF-8 for a Vietnamese letter."""
    return any(
        _VIETNAMESE.search(decoded)
        for match in _SEQUENCE.finditer(text)
        if (decoded := _decoded(match)) != match[0]
    )


def _decoded(match: re.Match[str]) -> str:
    raw = bytes(_CP1252_SIGNS.get(sign, ord(sign)) for sign in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
