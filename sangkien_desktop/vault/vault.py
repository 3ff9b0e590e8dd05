"""The data key of a station, and the slots by which people and the device reach it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from sangkien_desktop.domain.ids import StationId, new_id
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.vault import passphrase as passphrases
from sangkien_desktop.vault import recovery_code, slots
from sangkien_desktop.vault.credentials import CredentialStore, SystemKeyring, unavailable
from sangkien_desktop.vault.slots import Slot, SlotFile, SlotKind, WrongSecret
from sangkien_desktop.vault.subkeys import Purpose, subkey

KEY_BYTES = 32
Opens = Callable[[bytes], bool]
"""Whether a key opens the database as it lies on the disk."""


class DataKey:
    """The key of the database while the station is unlocked."""

    def __init__(self, raw: bytes) -> None:
        """`raw`: 32 bytes."""
        self._raw = bytearray(raw)

    @property
    def raw(self) -> bytes:
        """For opening the database; not to be kept."""
        return bytes(self._raw)

    def subkey(self, purpose: Purpose) -> bytes:
        """The key derived for one purpose."""
        return subkey(self.raw, purpose)

    def wipe(self) -> None:
        """Overwrite the key, when the station is locked or closed."""
        self._raw[:] = bytes(len(self._raw))

    def __repr__(self) -> str:
        return "DataKey(…)"


class Vault:
    """The slots of an unlocked station: adding, removing and changing them.

    A change first adds the new way, proves that it opens, and only then drops the old one: whenever the power
    fails, at least one of both works.
    """

    def __init__(self, home: Home, data_key: DataKey, *, credentials: CredentialStore | None = None) -> None:
        """Of a station that was unlocked; `unlock` gives the key."""
        self._path = home.keyslots
        self._key = data_key
        self._credentials = credentials or SystemKeyring()
        self._file = slots.read(self._path)

    @classmethod
    def create(
        cls,
        home: Home,
        *,
        passphrase: str | None,
        use_keyring: bool,
        credentials: CredentialStore | None = None,
        label: str = "",
    ) -> tuple[Self, str]:
        """A new data key with its slots, and the recovery code to print; it is shown this once.

        Raises AppError: `keyslots-exist`, `no-key-place` (neither passphrase nor keyring), `weak-passphrase`,
        `keyring-unavailable`. Never falls back from one to the other by itself.
        """
        if home.keyslots.exists() or home.database.exists():
            raise AppError(
                "Thư mục này đã có khóa hoặc dữ liệu của một trạm.",
                hint="Mở trạm đó, hoặc chọn thư mục khác cho trạm mới.",
                code="keyslots-exist",
            )
        if passphrase is None and not use_keyring:
            raise AppError(
                "Trạm cần mật khẩu hoặc kho khóa của máy.", hint="Đặt mật khẩu cho trạm.", code="no-key-place"
            )
        home.create()
        store = credentials or SystemKeyring()
        key = DataKey(os.urandom(KEY_BYTES))
        station = new_id()
        secret = recovery_code.new_secret()
        file = SlotFile(station=station, key_check=slots.check_value(key.raw), slots=())
        file = file.with_slot(_recovery_slot(file, secret, [key.raw]))
        if passphrase is not None:
            file = file.with_slot(_passphrase_slot(file, passphrase, label, [key.raw]))
        if use_keyring:
            file = file.with_slot(_device_slot(file, store, [key.raw]))
        slots.write(home.keyslots, file)
        return cls(home, key, credentials=store), recovery_code.written(secret)

    @staticmethod
    def unlock(
        home: Home,
        passphrase: str | None = None,
        *,
        code: str | None = None,
        credentials: CredentialStore | None = None,
        opens: Opens | None = None,
    ) -> DataKey:
        """The data key, by passphrase, by recovery code, or else by the device.

        Raises AppError: `wrong-passphrase`, `wrong-recovery-code`, `recovery-code-mistyped`,
        `passphrase-needed`, `keyring-entry-lost`, `keyring-unavailable`, `no-keyslots`, `keyslots-damaged`.
        `opens` decides which key is in use when a change of the data key was interrupted.
        """
        file = slots.read(home.keyslots)
        if code is not None:
            keys = _by_code(file, code)
        elif passphrase is not None:
            keys = _by_passphrase(file, passphrase)
        else:
            keys = _by_device(file, credentials or SystemKeyring())
        return DataKey(_in_use(file, keys, opens))

    @property
    def key(self) -> DataKey:
        """The data key."""
        return self._key

    @property
    def station(self) -> StationId:
        """The station's id, to which every slot is bound."""
        return StationId(self._file.station)

    def ways(self) -> tuple[Slot, ...]:
        """Every slot, in the order in which they were added."""
        return self._file.slots

    def add_passphrase(self, passphrase: str, *, label: str) -> str:
        """A slot for one officer; its id."""
        return self._add(_passphrase_slot(self._file, passphrase, label, [self._key.raw]))

    def change_passphrase(self, slot_id: str, old: str, new: str) -> str:
        """Another passphrase for the same officer; the new slot's id. Raises AppError `wrong-passphrase`."""
        slot = self._slot(slot_id)
        try:
            slots.opened(self._file.station, slot, _stretched(old, slot))
        except WrongSecret as error:
            raise _wrong_passphrase() from error
        added = self.add_passphrase(new, label=slot.label)
        self.remove(slot_id)
        return added

    def add_device(self) -> str:
        """Let this PC's keyring open the station; the slot's id. Raises AppError `keyring-unavailable`."""
        return self._add(_device_slot(self._file, self._credentials, [self._key.raw]))

    def new_recovery_code(self) -> str:
        """A fresh recovery code; the printed ones of before no longer open anything."""
        before = self._file.find(SlotKind.RECOVERY)
        secret = recovery_code.new_secret()
        self._add(_recovery_slot(self._file, secret, [self._key.raw]))
        for slot in before:
            self.remove(slot.id)
        return recovery_code.written(secret)

    def remove(self, slot_id: str) -> None:
        """Close one way. Raises AppError `last-key` for the last passphrase or device, or the recovery code."""
        slot = self._slot(slot_id)
        rest = self._file.without(slot_id)
        if not rest.find(SlotKind.RECOVERY) or len(rest.slots) == len(rest.find(SlotKind.RECOVERY)):
            raise AppError(
                "Đây là cách mở khóa cuối cùng nên không bỏ được.",
                hint="Thêm mật khẩu hoặc mã khôi phục mới trước.",
                code="last-key",
            )
        self._write(rest)
        if slot.kind is SlotKind.DEVICE:
            self._credentials.delete(_account(self._file.station, slot.id))

    def begin_rotation(self) -> DataKey:
        """A new data key that every slot opens beside the old one; the database is then copied to it."""
        new = DataKey(os.urandom(KEY_BYTES))
        both = tuple(slots.sealed_for(self._file.station, slot, new.raw) for slot in self._file.slots)
        self._write(replace(self._file, slots=both, next_check=slots.check_value(new.raw)))
        return new

    def finish_rotation(self, key: DataKey) -> None:
        """The database now opens with `key`: forget the other one. Also ends a rotation that was given up."""
        check = slots.check_value(key.raw)
        rest = tuple(slots.only_sealed(slot, check) for slot in self._file.slots)
        self._write(replace(self._file, slots=rest, key_check=check, next_check=""))
        self._key = key

    def _slot(self, slot_id: str) -> Slot:
        return next(slot for slot in self._file.slots if slot.id == slot_id)

    def _add(self, slot: Slot) -> str:
        self._write(self._file.with_slot(slot))
        return slot.id

    def _write(self, file: SlotFile) -> None:
        slots.write(self._path, file)
        self._file = file


def _shell(kind: SlotKind, label: str = "", salt: bytes = b"") -> Slot:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Slot(
        id=new_id(), kind=kind, label=label, created_at=now, public="", locked_private="", salt=salt.hex()
    )


def _filled(file: SlotFile, shell: Slot, secret: bytes, keys: list[bytes]) -> Slot:
    """A new slot that has been proved to open."""
    slot = slots.new_slot(file.station, shell, secret, keys)
    slots.opened(file.station, slot, secret)
    return slot


def _passphrase_slot(file: SlotFile, passphrase: str, label: str, keys: list[bytes]) -> Slot:
    if len(passphrase) < passphrases.LEAST_CHARACTERS:
        raise AppError(
            f"Mật khẩu cần ít nhất {passphrases.LEAST_CHARACTERS} ký tự.",
            hint="Vài từ ghép lại thì dễ nhớ và khó đoán.",
            code="weak-passphrase",
        )
    shell = _shell(SlotKind.PASSPHRASE, label, passphrases.new_salt())
    return _filled(file, shell, _stretched(passphrase, shell), keys)


def _recovery_slot(file: SlotFile, secret: bytes, keys: list[bytes]) -> Slot:
    shell = _shell(SlotKind.RECOVERY, salt=os.urandom(16))
    return _filled(file, shell, _from_code(secret, shell), keys)


def _device_slot(file: SlotFile, store: CredentialStore, keys: list[bytes]) -> Slot:
    shell = _shell(SlotKind.DEVICE)
    secret = os.urandom(KEY_BYTES)
    account = _account(file.station, shell.id)
    store.put(account, secret.hex())
    if store.get(account) != secret.hex():
        raise unavailable()
    return _filled(file, shell, secret, keys)


def _account(station: str, slot_id: str) -> str:
    return f"{station}/{slot_id}"


def _stretched(passphrase: str, slot: Slot) -> bytes:
    return passphrases.stretched(passphrase, bytes.fromhex(slot.salt), slot.cost)


def _from_code(secret: bytes, slot: Slot) -> bytes:
    # 128 random bits cannot be guessed, so the code needs no slow hash, only a salt.
    return subkey(secret + bytes.fromhex(slot.salt), Purpose.CHECK)


def _by_code(file: SlotFile, code: str) -> Mapping[str, bytes]:
    try:
        secret = recovery_code.read(code)
    except recovery_code.Mistyped as error:
        raise AppError(
            "Mã khôi phục gõ chưa đúng: thiếu hoặc nhầm ký tự.",
            hint="So lại từng nhóm năm ký tự với bản in.",
            code="recovery-code-mistyped",
        ) from error
    for slot in file.find(SlotKind.RECOVERY):
        try:
            return slots.opened(file.station, slot, _from_code(secret, slot))
        except WrongSecret:
            continue
    raise AppError(
        "Mã khôi phục này không phải của trạm, hoặc đã được thay bằng mã mới.",
        hint="Tìm bản in mới nhất của trạm này.",
        code="wrong-recovery-code",
    )


def _by_passphrase(file: SlotFile, passphrase: str) -> Mapping[str, bytes]:
    for slot in file.find(SlotKind.PASSPHRASE):
        try:
            return slots.opened(file.station, slot, _stretched(passphrase, slot))
        except WrongSecret:
            continue
    raise _wrong_passphrase()


def _wrong_passphrase() -> AppError:
    return AppError(
        "Mật khẩu không đúng.",
        hint="Xem phím Caps Lock và bộ gõ tiếng Việt rồi gõ lại; quên thì dùng mã khôi phục.",
        code="wrong-passphrase",
    )


def _by_device(file: SlotFile, store: CredentialStore) -> Mapping[str, bytes]:
    ways = file.find(SlotKind.DEVICE)
    if not ways:
        raise AppError(
            "Trạm này mở bằng mật khẩu.",
            hint="Gõ mật khẩu, hoặc dùng mã khôi phục.",
            code="passphrase-needed",
        )
    for slot in ways:
        kept = store.get(_account(file.station, slot.id))
        try:
            if kept is not None:
                return slots.opened(file.station, slot, bytes.fromhex(kept))
        except (WrongSecret, ValueError):
            continue
    raise AppError(
        "Kho khóa của máy không còn khóa của trạm.",
        hint="Mở bằng mật khẩu hoặc mã khôi phục, rồi bật lại việc mở bằng máy này.",
        code="keyring-entry-lost",
    )


def _in_use(file: SlotFile, keys: Mapping[str, bytes], opens: Opens | None) -> bytes:
    known = [keys[check] for check in file.checks if check in keys]
    if not known:
        raise slots.damaged()
    if len(known) > 1 and opens is not None:
        return next((key for key in known if opens(key)), known[0])
    return known[0]
