"""Backups: one file each, with the encrypted copy and the locked keys; proved good before older ones go."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sangkien_desktop.clock import Clock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home, sync_folder
from sangkien_desktop.storage import audit, copies, failures, meta, moment
from sangkien_desktop.storage.copies import Facts
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.tables import InitiativeRow, PersonRow

SUFFIX = ".skbackup"
DATABASE, SLOTS, MANIFEST = "station.skdb", "keyslots.json", "backup.json"
ALL_WITHIN = timedelta(hours=48)
DAILY, WEEKLY = 14, 4
LONGEST = timedelta(days=30)
"""Nothing older is kept, so that what was erased is gone everywhere; only the newest copy never expires."""
_NAME = re.compile(r"station-(\d{8}T\d{6}\d*Z)-([a-z-]+)\.skbackup")
_TIME = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup file and what it says of itself."""

    path: Path
    at: datetime
    reason: str
    """close, interval, import, migration, restore, bundle, key-change or asked."""
    facts: Facts


def make(database: Database, *, reason: str, clock: Clock, folder: Path | None = None) -> Backup:
    """A verified backup of the open database; older ones rotate only after it has passed every check.

    `folder` is a second place, such as a stick; there nothing rotates. Raises AppError.
    """
    with database.read() as session:
        before = copies.facts(session)
    made = _make(database.home, database.key, reason=reason, clock=clock, folder=folder)
    with database.write() as session:
        _compare(before, made.facts, copies.facts(session))
        meta.put(session, meta.LAST_BACKUP, made.at.isoformat())
    if folder is None:
        rotate(database.home, clock.now())
    return made


def is_due(session: Session, apart: timedelta = timedelta(0)) -> bool:
    """Whether records or people were written since the last backup, and that is at least so long ago."""
    kept = meta.get(session, meta.LAST_BACKUP)
    last = datetime.fromisoformat(kept) if kept else None
    newest = [session.scalar(select(func.max(row.changed_at))) for row in (InitiativeRow, PersonRow)]
    changed = [at for at in newest if at is not None]
    if not changed or (last is not None and moment.now(session) - last < apart):
        return False
    return last is None or max(changed) > last


def before_upgrade(clock: Clock) -> Any:
    """What `Database.open` calls before it changes the schema."""
    return lambda home, key: _make(home, key, reason="migration", clock=clock, folder=None)


def _make(home: Home, key: bytes, *, reason: str, clock: Clock, folder: Path | None) -> Backup:
    target_folder = folder or home.backups
    at = clock.now()
    name = f"station-{at.strftime(_TIME)}-{reason}{SUFFIX}"
    copied = home.temporary / f"{name}.skdb"
    part = target_folder / f"{name}.part"
    try:
        home.temporary.mkdir(exist_ok=True, mode=0o700)
        target_folder.mkdir(exist_ok=True, mode=0o700)
        _remove_with_log(copied)
        copies.copy(home.database, key, copied)
        facts = copies.verified(copied, key, clock)
        _pack(part, copied, home.keyslots, at=at, reason=reason, facts=facts)
        _read_back(part, copied)
        target = target_folder / name
        part.replace(target)
        sync_folder(target_folder)
        return Backup(path=target, at=at, reason=reason, facts=facts)
    except OSError as error:
        raise AppError(
            "Chưa sao lưu được: nơi lưu không ghi được hoặc hết chỗ. Các bản cũ còn nguyên.",
            hint="Dọn chỗ trống hoặc cắm lại USB rồi sao lưu lại.",
            code="backup-refused",
        ) from error
    finally:
        _remove_with_log(copied)
        with suppress(OSError):
            part.unlink(missing_ok=True)


def find(home: Home) -> tuple[Backup, ...]:
    """The station's backups, the newest first; files that cannot be read are left out."""
    return in_folder(home.backups)


def in_folder(folder: Path) -> tuple[Backup, ...]:
    """The backups in any folder, such as a stick, the newest first; files that cannot be read are left out."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(AppError):
            found.append(read(path))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def read(path: Path) -> Backup:
    """What a backup file says of itself, without any key. Raises AppError `not-a-backup`."""
    try:
        with zipfile.ZipFile(path) as packed:
            plain = json.loads(packed.read(MANIFEST))
        head = audit.Head(**plain["facts"].pop("audit"))
        facts = Facts(**plain["facts"], audit=head)
        return Backup(path=path, at=datetime.fromisoformat(plain["at"]), reason=plain["reason"], facts=facts)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise not_a_backup() from error


def slots_of(path: Path) -> str:
    """The locked keys inside a backup, as the text of a `keyslots.json`."""
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.read(SLOTS).decode("utf-8")
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise not_a_backup() from error


def unpack(path: Path, target: Path) -> None:
    """The database inside a backup as a file of its own, checked against the hash in the manifest."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(DATABASE) as inside, target.open("wb") as file:
            wanted = json.loads(packed.read(MANIFEST))["sha256"]
            shutil.copyfileobj(inside, file, 1 << 20)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise not_a_backup() from error
    if _hash(target) != wanted:
        raise not_a_backup()
    copies.sync_file(target)


def verify(path: Path, key: bytes, home: Home, clock: Clock) -> Facts:
    """Open the backup with its key and check everything in it. Raises AppError."""
    target = home.temporary / "verify.skdb"
    home.temporary.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        unpack(path, target)
        return copies.verified(target, key, clock)
    finally:
        _remove_with_log(target)


def not_a_backup() -> AppError:
    """The file is no backup, or is damaged."""
    return AppError(
        "Tệp này không phải bản sao lưu của chương trình, hoặc đã hỏng.",
        hint="Chọn bản sao lưu khác.",
        code="not-a-backup",
    )


def rotate(home: Home, now: datetime) -> tuple[Path, ...]:
    """Remove backups that no longer need keeping; what was removed. Half-written files go too."""
    dated = sorted(_dated(home.backups.glob(f"*{SUFFIX}")), reverse=True)
    kept = _kept([at for at, _ in dated], now)
    gone = [path for at, path in dated if at not in kept]
    gone.extend(home.backups.glob("*.part"))
    for path in gone:
        path.unlink(missing_ok=True)
    for folder in home.damaged.glob("*") if home.damaged.is_dir() else ():
        if now - datetime.fromtimestamp(folder.stat().st_mtime, UTC) > LONGEST:
            shutil.rmtree(folder, ignore_errors=True)
    return tuple(gone)


def _dated(paths: Iterable[Path]) -> Iterable[tuple[datetime, Path]]:
    for path in paths:
        named = _NAME.fullmatch(path.name)
        if named:
            yield datetime.strptime(named[1], _TIME).replace(tzinfo=UTC), path


def _kept(moments: list[datetime], now: datetime) -> set[datetime]:
    """Of moments, newest first: all of two days, one a day for two weeks, one a week for four, and the newest."""
    kept = set(moments[:1])
    days: set[object] = set()
    weeks: set[object] = set()
    for at in moments:
        age = now - at
        if age > LONGEST:
            continue
        if age <= ALL_WITHIN:
            kept.add(at)
        if at.date() not in days and len(days) < DAILY:
            days.add(at.date())
            kept.add(at)
        week = at.isocalendar()[:2]
        if week not in weeks and len(weeks) < WEEKLY:
            weeks.add(week)
            kept.add(at)
    return kept


def _pack(part: Path, copied: Path, slots: Path, *, at: datetime, reason: str, facts: Facts) -> None:
    manifest = {
        "format": 1,
        "at": at.isoformat(),
        "reason": reason,
        "sha256": _hash(copied),
        "facts": asdict(facts),
    }
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
        if slots.exists():
            packed.write(slots, SLOTS)
        packed.write(copied, DATABASE)
    part.chmod(0o600)
    copies.sync_file(part)


def _read_back(part: Path, copied: Path) -> None:
    """A stick may take bytes that it cannot keep: what was written is read again and compared."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(part) as packed, packed.open(DATABASE) as inside:
        while block := inside.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != _hash(copied):
        raise OSError("the copy read back differs")


def _compare(before: Facts, copy: Facts, after: Facts) -> None:
    """Raise when the copy lies outside what the database was before and after it was made."""
    between = (
        before.audit.number <= copy.audit.number <= after.audit.number
        and before.operations <= copy.operations <= after.operations
        and before.revision == copy.revision
    )
    if not between or (before == after and copy != before):
        raise failures.damaged()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_with_log(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
