"""Texts of .xlsx whose parts have fonts of their own: words typed in a legacy font beside words typed in Unicode."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from sangkien_desktop.vietnamese.legacy_fonts import encoding_of_font, is_capital_font, repair

_LEGACY_RUN = re.compile(rb"<(?:\w+:)?rFont\s[^>]*val=[\"'](?:\.vn|vn|vni)", re.IGNORECASE)


def may_be_mixed(shared_strings: bytes) -> bool:
    """Whether a part of shared strings holds any run in a legacy font; costs one search."""
    return bool(_LEGACY_RUN.search(shared_strings))


def repaired_texts(shared_strings: Element) -> dict[str, str]:
    """Text as stored → the same with its legacy runs repaired, of texts that also have runs of other fonts.

    A text in one legacy font throughout is left to the repair of its column, where the officer sees it.
    """
    texts: dict[str, str] = {}
    for item in shared_strings.iterfind("{*}si"):
        runs = [
            (_font(run), "".join(part.text or "" for part in run.iterfind("{*}t")))
            for run in item.iterfind("{*}r")
        ]
        encodings = {encoding_of_font(font) for font, text in runs if font and text.strip()}
        if len(encodings) > 1:
            texts["".join(text for _, text in runs)] = "".join(_repaired(font, text) for font, text in runs)
    return texts


def with_repaired(rows: Iterator[Sequence[object]], texts: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """The rows with those texts exchanged."""
    for row in rows:
        yield [texts.get(value, value) if isinstance(value, str) else value for value in row]


def _font(run: Element) -> str:
    name = run.find("{*}rPr/{*}rFont")
    return "" if name is None else name.get("val", "")


def _repaired(font: str, text: str) -> str:
    encoding = encoding_of_font(font)
    return text if encoding is None else repair(text, encoding, capitals=is_capital_font(font))
