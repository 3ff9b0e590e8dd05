"""Text without accents, case and punctuation, for comparing titles."""

import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "d"})


def fold(text: str) -> str:
    """Letters and digits of the text, folded, single spaces between words."""
    plain = unicodedata.normalize("NFD", text.translate(_D)).casefold()
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
