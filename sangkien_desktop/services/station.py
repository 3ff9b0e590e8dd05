"""Making a station, opening it, closing it: key slots, database, and the name it goes by."""

from collections.abc import Callable
from dataclasses import dataclass

from sangkien_desktop.clock import Clock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services import grounds
from sangkien_desktop.storage import sync_marks
from sangkien_desktop.storage.database import Database
from sangkien_desktop.vault.credentials import CredentialStore
from sangkien_desktop.vault.identity import machine_fingerprint
from sangkien_desktop.vault.vault import DataKey, Vault

Ask = Callable[[], str | None]
"""Gives a passphrase, or None when nobody can be asked."""


@dataclass(frozen=True, kw_only=True)
class NewStation:
    """What a new station is made of."""

    passphrase: str | None = None
    use_keyring: bool = True
    ground: str = ""
    """The ground on which the unit sends its authors' data; empty: each author's own consent is needed."""
    declared_by: str = ""
    name: str = ""
    officer: str = ""
    """Whose passphrase it is, as the lock screen names them."""


@dataclass(frozen=True)
class Created:
    """A new station, open, and its recovery code, which is shown this once."""

    database: Database
    recovery_code: str


def exists(home: Home) -> bool:
    """Whether a station lives in this folder, whole or in part."""
    return home.keyslots.exists() or home.database.exists()


def create(
    home: Home, wanted: NewStation, *, clock: Clock, credentials: CredentialStore | None = None
) -> Created:
    """A new station. Raises AppError when the folder already holds one or the key has no place to lie."""
    vault, code = Vault.create(
        home,
        passphrase=wanted.passphrase,
        use_keyring=wanted.use_keyring,
        credentials=credentials,
        label=wanted.officer,
    )
    database = Database.create(home, vault.key.raw, clock=clock)
    with database.write() as session:
        station = sync_marks.ensure_station(session, name=wanted.name)
        sync_marks.put_fingerprint(session, machine_fingerprint(station.id))
        if wanted.ground:
            declared = grounds.Ground(wanted.ground, clock.today(), wanted.declared_by)
            grounds.declare(session, declared)
    vault.key.wipe()
    return Created(database, code)


def unlock(
    home: Home,
    *,
    clock: Clock,
    passphrase: str | None = None,
    ask: Ask = lambda: None,
    credentials: CredentialStore | None = None,
    before_upgrade: Callable[[Home, bytes], object] | None = None,
) -> Database:
    """Open the station: by the passphrase when one is given, else by the device, else by asking for one.

    Raises AppError: `no-station`, `passphrase-needed`, `wrong-passphrase`, `keyring-entry-lost`, `already-open`,
    `not-a-database`, `database-damaged`, `newer-schema`. Nothing is made anew over what is there.
    """
    if not exists(home):
        raise AppError(
            "Chưa có trạm nào trong thư mục này.",
            hint="Tạo trạm bằng lệnh: sangkien init, hoặc mở chương trình và làm theo các bước.",
            code="no-station",
        )
    key = _key(home, passphrase, ask, credentials)
    try:
        return Database.open(home, key.raw, clock=clock, before_upgrade=before_upgrade)
    finally:
        key.wipe()


def unlock_by_code(home: Home, code: str, *, clock: Clock) -> Database:
    """Open the station by its printed recovery code. Raises AppError: `wrong-recovery-code`,
    `recovery-code-mistyped`, and what `unlock` raises of the database."""
    key = Vault.unlock(home, code=code)
    try:
        return Database.open(home, key.raw, clock=clock)
    finally:
        key.wipe()


def _key(home: Home, passphrase: str | None, ask: Ask, credentials: CredentialStore | None) -> DataKey:
    if passphrase is not None:
        return Vault.unlock(home, passphrase, credentials=credentials)
    try:
        return Vault.unlock(home, credentials=credentials)
    except AppError as error:
        if error.code not in ("passphrase-needed", "keyring-entry-lost", "keyring-unavailable"):
            raise
        asked = ask()
        if asked is None:
            raise
        return Vault.unlock(home, asked, credentials=credentials)
