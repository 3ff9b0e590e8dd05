"""A record's document in the station's names and in the portal's."""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import rfc8785

from sangkien_desktop.domain.document import Document, Json
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.travelling import levelled

SCHEMA_VERSION = 7
"""Of the kind `initiative`; the portal takes this one and the two before."""


@dataclass(frozen=True)
class UnitCodes:
    """How the station's units are called at the portal, both ways."""

    code_of: Mapping[UnitId, str] = field(default_factory=lambda: MappingProxyType({}))
    id_of: Mapping[str, UnitId] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def from_pairs(cls, pairs: Mapping[UnitId, str]) -> "UnitCodes":
        """From unit → portal code."""
        return cls(
            MappingProxyType(dict(pairs)), MappingProxyType({code: unit for unit, code in pairs.items()})
        )


def known_there(document: Document, units: UnitCodes) -> dict[str, Json]:
    """The document without a group that the portal has no code for: that much can be told, and compared."""
    plain = dict(document)
    if "group" in plain and UnitId(str(plain["group"])) not in units.code_of:
        del plain["group"]
    return plain


def to_portal(document: Document, units: UnitCodes) -> dict[str, Json]:
    """A travelling document in the portal's names. A group the portal does not know is left out."""
    plain = {name: _nfc(value) for name, value in document.items()}
    if "group" in plain:
        code = units.code_of.get(UnitId(str(plain.pop("group"))))
        if code is not None:
            plain["group"] = code
    return plain


def from_portal(data: Mapping[str, Any], units: UnitCodes) -> dict[str, Json]:
    """The portal's document as a travelling document; a group unknown here keeps the portal's code."""
    plain = cast(dict[str, Json], dict(data))
    if group := plain.get("group"):
        plain["group"] = units.id_of.get(str(group), UnitId(str(group)))
    return levelled(plain)


def canonical(value: Any) -> bytes:
    """The canonical form (RFC 8785) that hashes are taken over."""
    return rfc8785.dumps(value)


def hash_of(canonical_bytes: bytes) -> str:
    """`sha256:` and the hash."""
    return "sha256:" + hashlib.sha256(canonical_bytes).hexdigest()


def _nfc(value: Json) -> Json:
    convert = _NFC.get(type(value))
    return convert(value) if convert else value


_NFC: Mapping[type, Callable[[Any], Json]] = {
    str: lambda text: unicodedata.normalize("NFC", text),
    list: lambda items: [_nfc(item) for item in items],
    dict: lambda members: {name: _nfc(value) for name, value in members.items()},
}
