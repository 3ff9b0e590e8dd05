"""Ways of breaking XML parts of spreadsheets."""

import random
import re
from collections.abc import Callable

_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb'\s[\w:]+="[^"]{0,200}"')
_TEXT = re.compile(rb">([^<>]{1,200})<")
_PLACE = re.compile(rb'r="[A-Z]{1,3}\d+"')
_ELEMENT = re.compile(rb"<((?:\w+:)?\w+)[^<>]*?(?:/>|>[^<>]*</\1>)")

_VALUES = (
    b"", b"0", b"1", b"-1", b"4294967296", b"99999999999999999999", b"1E+308", b"-1.5", b"NaN", b"INF", b"true", b"A1", b"XFD1048576",
    b"A1:XFD1048576", b"ZZZZ9", b"$A$1", b"s", b"inlineStr", b"e", b"d", b"b", b"n", b"str", b"../../../etc/passwd",
    b"http://example.invalid/x.xml", b"\xe1\xba\xad" * 50, b"&#1;", b"&amp;amp;", b"x" * 40_000, b".VnTime", b"VNI-Times", b"000000",
    b"2958466", b"9999-99-99", b"1899-12-30", b"16384", b"1048577", b"hidden", b"veryHidden", b"collapse",
)  # fmt: skip
_INSERTS = (
    b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>', b'<mergeCell ref="C3:A1"/>', b'<row r="1048576"><c r="A1"><v>1</v></c></row>',
    b'<row r="3" hidden="1"/>', b'<col min="1" max="16384" hidden="1"/>', b'<c r="ZZ99" t="s"><v>99999</v></c>', b'<c t="d"><v>2022-13-45</v></c>',
    b"<v>1e400</v>", b"<v>-5</v>", b"<!-- -- -->", b"<![CDATA[", b"<?xml version='1.1'?>", b'<!DOCTYPE a [<!ENTITY b "c">]>', b"&b;", b"&#0;", b"\xff\xfe",
    b"<a>" * 3000, b'<table:table-row table:number-rows-repeated="2147483647"><table:table-cell/></table:table-row>',
    b'<table:table-cell table:number-columns-repeated="999999999" office:value-type="string"><text:p>x</text:p></table:table-cell>',
    b'<sheet name="" sheetId="1"/>', b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/>', b'<workbookPr date1904="1"/>',
    b'<f>WEBSERVICE("http://example.invalid")</f>', b"<is><t>x</t></is>", b'<numFmt numFmtId="164" formatCode="000000"/>',
)  # fmt: skip


def broken(chance: random.Random, part: bytes) -> bytes:
    """The part with one thing done to it."""
    return chance.choice(_WAYS)(chance, part)


def _pick(chance: random.Random, pattern: re.Pattern[bytes], part: bytes) -> "re.Match[bytes] | None":
    start = chance.randrange(len(part)) if part else 0
    return pattern.search(part, start) or pattern.search(part)


def _attribute(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _ATTRIBUTE, part)
    if found is None:
        return part
    name = found[0].split(b"=")[0]
    made = chance.choice((name + b'="' + chance.choice(_VALUES) + b'"', b"", found[0] * 2))
    return part[: found.start()] + made + part[found.end() :]


def _attribute_everywhere(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _ATTRIBUTE, part)
    if found is None:
        return part
    name = re.escape(found[0].split(b"=")[0])
    value = chance.choice(_VALUES).replace(b"\\", b"")
    return re.sub(name + rb'="[^"]*"', lambda match: match[0].split(b"=")[0] + b'="' + value + b'"', part)


def _text(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _TEXT, part)
    return part if found is None else part[: found.start(1)] + chance.choice(_VALUES) + part[found.end(1) :]


def _texts(chance: random.Random, part: bytes) -> bytes:
    """Every fifth text another one."""

    def one(match: re.Match[bytes]) -> bytes:
        return b">" + chance.choice(_VALUES[:-1]) + b"<" if chance.random() < 0.2 else match[0]

    return _TEXT.sub(one, part)


def _lost_tag(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _TAG, part)
    return part if found is None else part[: found.start()] + part[found.end() :]


def _lost_element(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _ELEMENT, part)
    return part if found is None else part[: found.start()] + part[found.end() :]


def _doubled_element(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _ELEMENT, part)
    if found is None:
        return part
    return part[: found.end()] + found[0] * chance.choice((1, 2, 500)) + part[found.end() :]


def _moved_cell(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _PLACE, part)
    if found is None:
        return part
    place = chance.choice((b"A1", b"B2", b"ZZ200000", b"XFD1048576", b"A0", b"1A", b"AAAA1", b"C5"))
    return part[: found.start()] + b'r="' + place + b'"' + part[found.end() :]


def _put_in(chance: random.Random, part: bytes) -> bytes:
    found = _pick(chance, _TAG, part)
    at = found.end() if found else 0
    return part[:at] + chance.choice(_INSERTS) + part[at:]


def _recoded(chance: random.Random, part: bytes) -> bytes:
    encoding = chance.choice(("utf-16", "utf-8-sig", "cp1258", "utf-16-be", "latin-1"))
    return part.decode("utf-8", "replace").encode(encoding, "replace")


def _other_namespace(chance: random.Random, part: bytes) -> bytes:
    return part.replace(b"http://schemas", chance.choice((b"http://purl", b"urn", b"")), 1)


_WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _attribute, _attribute, _attribute, _attribute_everywhere, _text, _text, _texts, _lost_tag, _lost_element,
    _doubled_element, _moved_cell, _moved_cell, _put_in, _put_in, _put_in, _recoded, _other_namespace,
)  # fmt: skip
