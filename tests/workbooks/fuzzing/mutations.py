"""Ways of breaking a file that know its format: bytes, package, parts, records, text. All chance comes from outside."""

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable

from tests.workbooks.fuzzing import markup

Mutation = Callable[[random.Random, bytes], bytes]
Member = tuple[str, bytes]

_BOF = b"\x09\x08"
_END_OF_DIRECTORY = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1258", "utf-7", "utf-32")


def broken(chance: random.Random, suffix: str, content: bytes) -> bytes:
    """The file with one to three things done to it."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(_FOR[suffix])(chance, content)
    return content


# Bytes


def flip(chance: random.Random, content: bytes) -> bytes:
    """A few bytes changed."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if made:
            made[chance.randrange(len(made))] = chance.choice((0, 0xFF, chance.randrange(256)))
    return bytes(made)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end, or a piece, missing."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:last] if chance.random() < 0.6 else content[:first] + content[last:]


def repeat(chance: random.Random, content: bytes) -> bytes:
    """A piece twice or often."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    piece = content[first : min(last, first + 4096)]
    return content[:first] + piece * chance.choice((2, 3, 50)) + content[last:]


def pour_in(chance: random.Random, content: bytes) -> bytes:
    """Foreign bytes at some place."""
    at = chance.randrange(len(content) + 1)
    foreign = chance.choice((bytes(512), b"\xff" * 64, b"PK\x03\x04", chance.randbytes(200), b"\r\n" * 100))
    return content[:at] + foreign + content[at:]


# Package


def _members(content: bytes) -> list[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [(entry.filename, package.read(entry)) for entry in package.infolist()]
    except Exception:
        return []  # broken before: only its bytes can be broken further


def _package(members: list[Member], chance: random.Random) -> bytes:
    out = io.BytesIO()
    how = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", how) as package:
        warnings.simplefilter("ignore", UserWarning)  # names that come twice
        for name, part in members:
            package.writestr(zipfile.ZipInfo(name or "x"), part, how)
    return out.getvalue()


def members(chance: random.Random, content: bytes) -> bytes:
    """Entries lost, doubled, moved, renamed, cut, emptied, exchanged, or added."""
    found = _members(content)
    if not found:
        return flip(chance, content)
    at = chance.randrange(len(found))
    name, part = found[at]
    other = chance.randrange(len(found))
    match chance.randrange(9):
        case 0:
            del found[at]
        case 1:
            found.append(found[at])
        case 2:
            chance.shuffle(found)
        case 3:
            found[at] = (chance.choice((name.upper(), "../" + name, name + "x", "/" + name, "a" * 300)), part)
        case 4:
            found[at] = (name, part[: chance.randrange(len(part) + 1)])
        case 5:
            found[at] = (name, chance.choice((b"", b"\0" * 100, b"<a/>", chance.randbytes(300))))
        case 6:
            found[at], found[other] = (name, found[other][1]), (found[other][0], part)
        case 7:
            found.extend((f"xl/worksheets/sheet{n}.xml", part) for n in range(chance.choice((2, 40, 300))))
        case _:
            found.append((chance.choice(("xl/vbaProject.bin", "EncryptedPackage", "xl/media/a.png")), part))
    return _package(found, chance)


def directory(chance: random.Random, content: bytes) -> bytes:
    """The package's own tables lie: sizes, checks, flags, methods, counts, offsets."""
    made = bytearray(content)
    places = [at for at in range(len(content) - 46) if content.startswith(_ENTRY, at)]
    end = content.rfind(_END_OF_DIRECTORY)
    if places and chance.random() < 0.8:
        at = chance.choice(places)
        field, size = chance.choice(
            ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (38, 4), (42, 4))
        )
        made[at + field : at + field + size] = _number(chance, size)
    elif end >= 0:
        field, size = chance.choice(((8, 2), (10, 2), (12, 4), (16, 4), (20, 2)))
        made[end + field : end + field + size] = _number(chance, size)
    return bytes(made)


def _number(chance: random.Random, size: int) -> bytes:
    top = 256**size - 1
    return chance.choice((0, 1, top, top // 2, chance.randrange(top))).to_bytes(size, "little")


def parts(chance: random.Random, content: bytes) -> bytes:
    """The XML inside broken: elements, attributes, texts, references, declarations."""
    found = _members(content)
    wanted = [at for at, (name, _) in enumerate(found) if name.lower().endswith((".xml", ".rels"))]
    if not wanted:
        return flip(chance, content)
    likely = [
        at
        for at in wanted
        if any(word in found[at][0] for word in ("sheet", "Strings", "content", "workbook"))
    ]
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.choice(likely if likely and chance.random() < 0.75 else wanted)
        found[at] = (found[at][0], markup.broken(chance, found[at][1]))
    return _package(found, chance)


# Records of the old binary format


def records(chance: random.Random, content: bytes) -> bytes:
    """Records lost, doubled, exchanged, with false kinds and lengths, or with other contents; sizes kept."""
    first = content.find(_BOF, 512)
    if first < 0:
        return flip(chance, content)
    made = bytearray(content)
    places = _records(content, first)
    for _ in range(chance.choice((1, 2, 6))):
        at, size = chance.choice(places)
        match chance.randrange(5):
            case 0:
                made[at : at + 2] = chance.choice(
                    (0xFC, 0x203, 0x27E, 0xE5, 0x3C, 0x31, 0x0A, 0x809)
                ).to_bytes(2, "little")
            case 1:
                made[at + 2 : at + 4] = _number(chance, 2)
            case 2:
                made[at + 4 : at + 4 + size] = chance.randbytes(size)
            case 3:
                other, long = chance.choice(places)
                least = min(size, long)
                made[at : at + 4 + least] = content[other : other + 4 + least]
            case _:
                field = chance.randrange(size) if size else 0
                made[at + 4 + field : at + 6 + field] = _number(chance, 2)
    return bytes(made[: len(content)])


def _records(content: bytes, first: int) -> list[tuple[int, int]]:
    """Place and size of the body of each record, as far as they follow each other."""
    found: list[tuple[int, int]] = []
    at = first
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        if size > 8224 or (kind == 0 and size == 0):
            break
        found.append((at, size))
        at += 4 + size
    return found or [(first, 8)]


# Text


def recoded(chance: random.Random, content: bytes) -> bytes:
    """Read in one encoding, written in another."""
    text = content.decode(chance.choice(("utf-8", "cp1252", "utf-16")), "replace")
    made = text.encode(chance.choice(_ENCODINGS), "replace")
    return (
        chance.choice((b"", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff")) + made
        if chance.random() < 0.4
        else made
    )


def reshaped(chance: random.Random, content: bytes) -> bytes:
    """Separators, quotes and line ends exchanged; a very long line; characters that no table holds."""
    old, new = chance.choice(
        (
            (b";", b","), (b",", b"\t"), (b'"', b""), (b"\r\n", b"\r"), (b"\n", b"\n\n"), (b";", b'";"'),
            (b" ", b"\0"), (b"\n", b""), (b"\t", b"|"), (b"a", "ậ".encode()), (b"1", b"=1+"), (b"<td", b"<table><td"),
            (b"colspan", b"rowspan=9999 colspan"), (b";", b";" * 260),
        )
    )  # fmt: skip
    made = content.replace(old, new, chance.choice((-1, 1, 20)))
    if chance.random() < 0.1:
        made += b"x" * chance.choice((70_000, 2_000_000))
    return made


_BYTES: tuple[Mutation, ...] = (flip, cut, repeat, pour_in)
_PACKAGE: tuple[Mutation, ...] = (parts, parts, parts, parts, members, members, directory, flip)
_FOR: dict[str, tuple[Mutation, ...]] = {
    ".xlsx": (*_PACKAGE, cut),
    ".ods": (*_PACKAGE, cut),
    ".xls": (records, records, records, *_BYTES),
    ".csv": (recoded, reshaped, reshaped, *_BYTES),
}
_FOR |= {".tsv": _FOR[".csv"], ".txt": _FOR[".csv"], ".html": _FOR[".csv"]}
FORMATS = frozenset(_FOR)
