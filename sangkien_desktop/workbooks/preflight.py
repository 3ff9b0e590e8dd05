"""What a file really is, and whether its package is safe to unpack; told from its bytes, never from its name."""

import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

LARGEST_FILE = 100 * 2**20
LARGEST_UNPACKED = 300 * 2**20
LARGEST_RATIO = 150
RATIO_COUNTS_FROM = 20 * 2**20
"""Bytes unpacked; a small part may well pack better than any bomb."""
MOST_PARTS = 200
MOST_MEDIA = 4000
"""Pictures are parts too: a kaizen list of a thousand rows holds two each."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_XML_PARTS = (".xml", ".rels", ".vml")
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_OTHER_FILES = (
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)


# What zipfile lets through of a package that is not whole, beside its own exception.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)


class Kind(StrEnum):
    """Formats that can be read."""

    XLSX = "xlsx"  # and .xlsm
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    HTML = "html"  # what web systems export under the name .xls


class Refused(Exception):
    """The file is not opened; `code` is a key of the table of failures."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(path: Path) -> Kind:
    """The format of a file that is safe to hand to a reader; raises Refused."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty")
    if size > LARGEST_FILE:
        raise Refused("too-large")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return _kind_of_package(path)
    if head.startswith(_OLE):
        return _kind_of_compound(path)
    if head.startswith(_BARE_BIFF):
        return Kind.XLS
    if head.startswith(_OTHER_FILES):
        raise Refused("unknown-format")
    return _kind_of_text(head)


def _kind_of_compound(path: Path) -> Kind:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("password")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return Kind.XLS
    raise Refused("unknown-format")


def _kind_of_text(head: bytes) -> Kind:
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith(b"<?xml"):
        raise Refused("old-xml")
    if plain.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")) or b"<table" in plain:
        return Kind.HTML
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(b"\0") > len(head) // 4
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not is_wide and (b"\0" in head or controls * 20 > len(head)):
        raise Refused("unknown-format")
    return Kind.TEXT


def _kind_of_package(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            _inspect(package)
            names = {name.lower() for name in package.namelist()}
            kind = _kind_of_parts(names, package)
            _refuse_entities(package)
    except _BROKEN as error:
        raise Refused("damaged") from error
    except RuntimeError as error:  # zipfile says so of an encrypted entry
        raise Refused("password") from error
    return kind


def _inspect(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    parts = [entry for entry in entries if "/media/" not in entry.filename.lower()]
    if len(parts) > MOST_PARTS or len(entries) > MOST_PARTS + MOST_MEDIA:
        raise Refused("suspicious")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names) or any(map(_is_bad_name, names)):
        raise Refused("suspicious")
    if any(entry.external_attr >> 28 == 0xA for entry in entries):  # a symbolic link
        raise Refused("suspicious")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("password")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise Refused("too-large")
    if unpacked > RATIO_COUNTS_FROM and unpacked > LARGEST_RATIO * max(packed, 1):
        raise Refused("suspicious")


def _is_bad_name(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name[:3] or ".." in re.split(r"[\\/]", name)


def _kind_of_parts(names: set[str], package: zipfile.ZipFile) -> Kind:
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return Kind.XLSX
    if "content.xml" in names:
        _refuse_encrypted_ods(package)
        if _mimetype(package).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Kind.ODS
    raise Refused("unknown-format")


def _mimetype(package: zipfile.ZipFile) -> bytes:
    with (
        package.open("mimetype") if "mimetype" in package.namelist() else package.open("content.xml") as part
    ):
        head = part.read(100)
    # Packages without the mimetype entry are told by what their content is.
    return head if not head.lstrip().startswith(b"<") else b"application/vnd.oasis.opendocument.spreadsheet"


def _refuse_encrypted_ods(package: zipfile.ZipFile) -> None:
    if "META-INF/manifest.xml" in package.namelist():
        with package.open("META-INF/manifest.xml") as part:
            if b"encryption-data" in part.read(2**20):
                raise Refused("password")


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """No part may declare a document type: entities are how small XML becomes large or reads other files."""
    for entry in package.infolist():
        if not entry.filename.lower().endswith(_XML_PARTS):
            continue
        with package.open(entry) as part:
            head = part.read(65536).replace(b"\0", b"")
        first = _FIRST_ELEMENT.search(head)
        if b"<!DOCTYPE" in head[: first.start() if first else len(head)].upper():
            raise Refused("suspicious")
