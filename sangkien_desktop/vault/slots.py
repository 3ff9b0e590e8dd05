"""`keyslots.json`: who may open the data key, each by a secret of their own.

A slot holds a key pair whose private half is locked with the slot's secret, and the data key sealed to the
public half. So the data key can be changed for all slots without anybody's secret.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import replace_file
from sangkien_desktop.vault.passphrase import Cost
from sangkien_desktop.vault.subkeys import Purpose, subkey

FORMAT = 1


class SlotKind(StrEnum):
    """By what a slot opens."""

    PASSPHRASE = "passphrase"
    DEVICE = "device"
    RECOVERY = "recovery"


class WrongSecret(Exception):
    """The secret does not open the slot."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One way to the data key."""

    id: str
    kind: SlotKind
    label: str = ""
    """Whose passphrase it is, or which PC."""
    created_at: str = ""
    public: str
    locked_private: str
    sealed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Check value of a data key → the data key sealed to this slot. Two only while the key is being changed."""
    salt: str = ""
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True, kw_only=True)
class SlotFile:
    """All slots of a station, and which data key is the one in use."""

    station: str
    key_check: str
    slots: tuple[Slot, ...]
    next_check: str = ""
    """Check value of the key that is about to replace the one in use; empty at rest."""

    def find(self, kind: SlotKind) -> tuple[Slot, ...]:
        """The slots of a kind."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def with_slot(self, slot: Slot) -> "SlotFile":
        """One slot more."""
        return replace(self, slots=(*self.slots, slot))

    def without(self, slot_id: str) -> "SlotFile":
        """One slot less."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.id != slot_id))

    @property
    def checks(self) -> tuple[str, ...]:
        """Check values of the keys that may be in use, the certain one first."""
        return (self.key_check, self.next_check) if self.next_check else (self.key_check,)


def check_value(data_key: bytes) -> str:
    """By which a data key is recognised without showing it."""
    return subkey(data_key, Purpose.CHECK).hex()[:32]


def new_slot(station: str, shell: Slot, secret: bytes, data_keys: Iterable[bytes]) -> Slot:
    """The slot of `shell` (id, kind, label, salt, cost) with a fresh pair, locked and filled."""
    private = PrivateKey.generate()
    locked = Aead(secret).encrypt(bytes(private), _bound(station, shell.id))
    slot = replace(shell, public=_text(bytes(private.public_key)), locked_private=_text(bytes(locked)))
    for data_key in data_keys:
        slot = sealed_for(station, slot, data_key)
    return slot


def sealed_for(station: str, slot: Slot, data_key: bytes) -> Slot:
    """The slot with one more data key sealed to it; needs no secret."""
    box = SealedBox(PublicKey(b64decode(slot.public)))
    mark = hashlib.blake2b(_bound(station, slot.id), digest_size=16).digest()
    sealed = {**slot.sealed, check_value(data_key): _text(bytes(box.encrypt(mark + data_key)))}
    return replace(slot, sealed=MappingProxyType(sealed))


def only_sealed(slot: Slot, check: str) -> Slot:
    """The slot with every other data key taken out."""
    return replace(slot, sealed=MappingProxyType({check: slot.sealed[check]}))


def opened(station: str, slot: Slot, secret: bytes) -> Mapping[str, bytes]:
    """The data keys of a slot by check value. Raises WrongSecret, also for a slot of another station."""
    try:
        private = PrivateKey(Aead(secret).decrypt(b64decode(slot.locked_private), _bound(station, slot.id)))
        mark = hashlib.blake2b(_bound(station, slot.id), digest_size=16).digest()
        found = {check: SealedBox(private).decrypt(b64decode(text)) for check, text in slot.sealed.items()}
    except (CryptoError, ValueError) as error:
        raise WrongSecret from error
    keys = {check: plain[16:] for check, plain in found.items() if plain[:16] == mark}
    if len(keys) != len(found) or any(check_value(key) != check for check, key in keys.items()):
        raise WrongSecret
    return keys


def write(path: Path, slots: SlotFile) -> None:
    """Keep the file whole or not at all, and read it back."""
    plain = {"format": FORMAT, **asdict(replace(slots, slots=()))}
    plain["slots"] = [
        {**asdict(replace(slot, sealed={})), "sealed": dict(slot.sealed)} for slot in slots.slots
    ]
    replace_file(path, json.dumps(plain, ensure_ascii=False, indent=1).encode())
    if read(path) != slots:
        raise damaged()


def read(path: Path) -> SlotFile:
    """The slots of a station. Raises AppError when the file is missing or is not one of ours."""
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AppError(
            "Không thấy tệp khóa của trạm (keyslots.json).",
            hint="Lấy lại tệp này từ bản sao lưu: mỗi bản sao lưu có kèm một tệp khóa.",
            code="no-keyslots",
        ) from error
    except UnicodeDecodeError as error:
        raise damaged() from error


def from_text(text: str) -> SlotFile:
    """The slots of a file's text; raises AppError `keyslots-damaged`."""
    try:
        plain = json.loads(text)
        if plain.pop("format") != FORMAT:
            raise damaged()
        slots = tuple(_slot(one) for one in plain.pop("slots"))
        return SlotFile(**plain, slots=slots)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged() from error


def damaged() -> AppError:
    """The file is there but cannot be understood."""
    return AppError(
        "Tệp khóa của trạm (keyslots.json) bị hỏng.",
        hint="Lấy lại tệp này từ bản sao lưu; dữ liệu vẫn còn nguyên.",
        code="keyslots-damaged",
    )


def _slot(plain: dict[str, Any]) -> Slot:
    plain["kind"] = SlotKind(plain["kind"])
    plain["cost"] = Cost(**plain["cost"])
    plain["sealed"] = MappingProxyType(plain["sealed"])
    return Slot(**plain)


def _bound(station: str, slot_id: str) -> bytes:
    return f"{station}/{slot_id}".encode()


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
