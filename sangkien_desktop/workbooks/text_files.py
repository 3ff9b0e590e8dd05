"""Text files of any encoding and separator, and tables inside HTML, as rows of cells."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sangkien_desktop.vietnamese.legacy_fonts import Encoding, detect
from sangkien_desktop.workbooks.child import Book, Found
from sangkien_desktop.workbooks.html_tables import tables_in
from sangkien_desktop.workbooks.preflight import Refused

_LARGEST_TEXT = 60 * 2**20
_SEPARATORS = ";\t,|"
_LINES_LOOKED_AT = 200
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Combining tone marks as cp1258 writes them; a text in cp1252 has other letters in their places.
_CP1258_MARKS = re.compile("[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY][\u0300\u0301\u0303\u0309\u0323]")


def read(path: Path) -> Book:
    """A text file as one sheet without a name; raises Refused."""
    text, encoding = decode(_bytes(path))
    return Book([Found(None, rows_of(text), decoded_as=encoding)])


def read_html(path: Path) -> Book:
    """The tables of an HTML file, as web systems export them under a spreadsheet's name."""
    text, encoding = decode(_bytes(path))
    tables = tables_in(text)
    if not tables:
        raise Refused("unknown-format")
    return Book([Found(None, table.rows, merges=table.merges, decoded_as=encoding) for table in tables])


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_TEXT:
        raise Refused("too-large")
    return path.read_bytes()


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was read with; cp1258's combining marks come out composed."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").lstrip("\ufeff"), encoding.removesuffix("-sig")
    if _is_wide(content):
        order = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        return content.decode(order, "replace"), order
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # One broken byte in a long right text: keep the text.
        if error.start > 2000 and content[: error.start].count(b"\xe1\xba") + content.count(b"\xe1\xbb") > 20:
            return content.decode("utf-8", "replace"), "utf-8"
    return _decode_windows(content)


def _is_wide(content: bytes) -> bool:
    head = content[:4000]
    return len(head) > 3 and head.count(0) > len(head) // 5


def _decode_windows(content: bytes) -> tuple[str, str]:
    """cp1258 or cp1252 (which also carries TCVN3 and VNI), by which of them makes Vietnamese of it."""
    western = content.decode("cp1252", "replace")
    vietnamese = content.decode("cp1258", "replace")
    found = detect(western.splitlines())
    if found is not None and found.encoding in (Encoding.TCVN3, Encoding.VNI):
        return western, "cp1252"
    marks = len(_CP1258_MARKS.findall(vietnamese))
    letters = sum(letter in "ăâđêôơưĂÂĐÊÔƠƯ" for letter in vietnamese)
    if marks + letters >= 3 and marks * 8 >= letters:
        return unicodedata.normalize("NFC", vietnamese), "cp1258"
    return western, "cp1252"


def rows_of(text: str) -> Iterator[Sequence[str]]:
    """The records of a delimited text; a record may span lines. The `sep=;` line that Excel knows is obeyed."""
    separator = None
    announced = _SEPARATOR_LINE.match(text)
    if announced:
        separator = announced[1]
    limit = csv.field_size_limit()
    try:
        csv.field_size_limit(2**20)
        yield from csv.reader(
            io.StringIO(text, newline=""), delimiter=separator or separator_of(text), strict=False
        )
    except csv.Error as error:
        raise Refused("damaged") from error
    finally:
        csv.field_size_limit(limit)


def separator_of(text: str) -> str:
    """The separator whose count is most alike from line to line, quoted parts left out."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:_LINES_LOOKED_AT] if line.strip()]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        if not counts:
            continue
        count, lines_alike = counts.most_common(1)[0]
        score = lines_alike / len(lines) * min(count, 6)
        if score > best_score:
            best, best_score = separator, score
    return best
