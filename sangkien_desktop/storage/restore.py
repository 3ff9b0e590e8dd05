"""A backup takes the station's place: what was there is kept aside, what was erased stays erased."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlcipher3 import dbapi2

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.ids import new_id
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home, replace_file, sync_folder
from sangkien_desktop.storage import audit, backups, connections, copies, erasures, meta, migrate
from sangkien_desktop.storage.station_lock import StationLock
from sangkien_desktop.storage.tables import ErasureRow, StationRow

RESTORED_AT = "restored_at"
_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restore did."""

    facts: copies.Facts
    kept_aside: Path | None
    """Folder with the database that was there before."""
    erased_again: int


@dataclass(frozen=True)
class _Present:
    """What the database that is about to be replaced still has to say."""

    erasures: tuple[ErasureRow, ...] = ()
    epoch_number: int = 0


def restore(
    home: Home, backup: Path, backup_key: bytes, *, clock: Clock, actor: str, key: bytes | None = None
) -> Restored:
    """Put a backup in the place of the closed database.

    `backup_key` opens the backup. `key` is the station's present key where it has one: the restored database
    is then encrypted with it, and its key slots stay. Without it the backup's own slots are put in place.
    Raises AppError; the present database is untouched until the restored one has passed every check.
    """
    home.create()
    lock = StationLock(home.lock)
    incoming = home.temporary / "restore.skdb"
    try:
        _remove(incoming)
        backups.unpack(backup, incoming)
        copies.verified(incoming, backup_key, clock)
        present = _present(home, key, clock)
        erased = _adopt(incoming, backup_key, present, clock=clock, actor=actor)
        if key is not None and key != backup_key:
            copies.with_new_key(incoming, backup_key, key)
        facts = copies.verified(incoming, key or backup_key, clock)
        kept = _keep_aside(home, clock)
        if key is None:
            put_slots_back(home, backup)
        _swap(home, incoming)
        return Restored(facts=facts, kept_aside=kept, erased_again=erased)
    finally:
        _remove(incoming)
        lock.release()


def swap_in(home: Home, copy: Path) -> None:
    """Let a verified copy take the database's place, as at the end of a change of key."""
    lock = StationLock(home.lock)
    try:
        _swap(home, copy)
    finally:
        lock.release()


def put_slots_back(home: Home, backup: Path) -> None:
    """Let the key slots inside a backup take the place of the station's. Raises AppError `not-a-backup`."""
    replace_file(home.keyslots, backups.slots_of(backup).encode())


def opens(database: Path, key: bytes) -> bool:
    """Whether the key opens this file as a database."""
    if not database.exists():
        return False
    try:
        with connections.opened(database, key, read_only=True):
            return True
    except AppError:
        return False


def _present(home: Home, key: bytes | None, clock: Clock) -> _Present:
    """Read what can be read; a damaged database has nothing to say."""
    if key is None or not home.database.exists():
        return _Present()
    with suppress(AppError, dbapi2.Error), connections.opened(home.database, key) as connection:
        # After this the log holds nothing that the file does not, and moving it away loses nothing.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    try:
        with copies.session_on(home.database, key, clock) as session:
            station = session.scalars(select(StationRow)).first()
            return _Present(erasures.find(session), station.epoch_number if station else 0)
    except Exception:  # noqa: BLE001 - damage shows itself in any form, and must not stop the rescue
        return _Present()


def _adopt(incoming: Path, key: bytes, present: _Present, *, clock: Clock, actor: str) -> int:
    """Give the restored database a new epoch, this program's schema, and the erasures made since."""
    with copies.session_on(incoming, key, clock, read_only=False) as session:
        if migrate.needs_upgrade(session.connection()):
            migrate.upgrade(session.connection())
        station = session.scalars(select(StationRow)).first()
        if station is not None:
            station.epoch = new_id()
            station.epoch_number = max(station.epoch_number, present.epoch_number) + 1
        erased = erasures.reapply(session, present.erasures)
        meta.put(session, RESTORED_AT, clock.now().isoformat())
        audit.append(session, audit.Deed(actor=actor, action="restore", entity="station"))
    with connections.opened(incoming, key) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if erased:
            connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    return erased


def _keep_aside(home: Home, clock: Clock) -> Path | None:
    if not home.database.exists():
        return None
    folder = home.damaged / clock.now().strftime("replaced-%Y%m%dT%H%M%S%fZ")
    folder.mkdir(parents=True, mode=0o700)
    for path in (home.database, *(_beside(home.database, end) for end in _LOGS), home.keyslots):
        if path.exists():
            copied = folder / path.name
            shutil.copyfile(path, copied)
            copied.chmod(0o600)
            copies.sync_file(copied)
    sync_folder(folder)
    sync_folder(home.damaged)
    return folder


def _swap(home: Home, incoming: Path) -> None:
    # A log left beside the new file would be played into it.
    for end in _LOGS:
        _beside(home.database, end).unlink(missing_ok=True)
    sync_folder(home.folder)
    incoming.replace(home.database)
    sync_folder(home.folder)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _remove(path: Path) -> None:
    for end in ("", *_LOGS, "-journal"):
        _beside(path, end).unlink(missing_ok=True)
