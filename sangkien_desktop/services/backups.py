"""Backups as officers meet them: made by themselves or on demand, in a second place too, and put back."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import backups, copies, restore
from sangkien_desktop.storage.backups import Backup
from sangkien_desktop.storage.copies import Facts
from sangkien_desktop.storage.restore import Restored
from sangkien_desktop.vault.vault import DataKey, Vault

Made = Backup
"""A backup and what it says of itself."""


@dataclass(frozen=True)
class Secret:
    """What opens a backup of another PC or another time: its passphrase, or its printed code."""

    passphrase: str | None = None
    code: str | None = None


class BackupService:
    """Backups of the open station."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writes_backed_up = desk.database.writes

    def all(self) -> tuple[Backup, ...]:
        """Those beside the station, then those in the second place; the newest first."""
        found = list(backups.find(self._desk.home))
        second = self._second()
        if second is not None and second.is_dir():
            known = {one.path.name for one in found}
            found += [one for one in backups.in_folder(second) if one.path.name not in known]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def make(self, progress: Progress, *, reason: str = "asked") -> Backup:
        """A verified backup, and one in the second place where a setting names it. Raises AppError."""
        progress.report(0, 2, "Đang sao lưu và thử mở bản sao")
        writes = self._desk.database.writes
        made = backups.make(self._desk.database, reason=reason, clock=self._desk.clock)
        self._writes_backed_up = writes
        second = self._second()
        if second is not None and second.is_dir():
            progress.report(1, 2, "Đang chép sang nơi thứ hai")
            backups.make(self._desk.database, reason=reason, clock=self._desk.clock, folder=second)
        progress.report(2, 2)
        return made

    def make_if_changed(self, progress: Progress, *, reason: str) -> Backup | None:
        """A backup when something was written since the last one; None when there was nothing to do."""
        if self._desk.database.writes == self._writes_backed_up:
            return None
        return self.make(progress, reason=reason)

    def copy_to(self, folder: Path, progress: Progress) -> Backup:
        """A verified backup in a folder, such as a stick. Raises AppError."""
        progress.report(0, 0, "Đang sao lưu và thử mở bản sao")
        return backups.make(self._desk.database, reason="asked", clock=self._desk.clock, folder=folder)

    def verify(self, path: Path) -> Facts:
        """Open a backup with this station's key and check everything in it. Raises AppError."""
        return backups.verify(path, self._desk.database.key, self._desk.home, self._desk.clock)

    def examine(self) -> Facts:
        """Check everything in the station's own database. Raises AppError `database-damaged`."""
        database = self._desk.database
        # Pages that only the log holds would be looked for in the file.
        database.checkpoint()
        return copies.verified(self._desk.home.database, database.key, self._desk.clock)

    def make_if_due(self, reason: str, apart: timedelta) -> Backup | None:
        """A backup when records were written after the last one and that one is older than `apart`."""
        with self._desk.database.read() as session:
            is_due = backups.is_due(session, apart)
        return self.make(SILENT, reason=reason) if is_due else None

    def changes(self) -> Changes:
        """What a new backup touches."""
        return Changes(settings=True, sync=True)

    def _second(self) -> Path | None:
        named = self._desk.settings().second_backup_folder
        return Path(named) if named else None


def put_back(home: Home, backup: Path, *, key: bytes, clock: Clock, actor: str) -> Restored:
    """Put a backup of this very station back; the station must be closed. Its key slots stay. Raises AppError."""
    return restore.restore(home, backup, key, clock=clock, actor=actor, key=key)


def move_in(home: Home, backup: Path, secret: Secret, *, clock: Clock, actor: str) -> Restored:
    """Make the station of a backup this PC's station: after a reinstallation, or from another PC.

    The backup's own key slots are put in place. Raises AppError `wrong-passphrase`, `wrong-recovery-code`,
    `recovery-code-mistyped`, `not-a-backup`.
    """
    if home.database.exists():
        raise AppError(
            "Máy này đã có một trạm.", hint="Khôi phục trong Cài đặt, Sao lưu.", code="keyslots-exist"
        )
    home.create()
    opened = _key_of(home, backup, secret)
    try:
        return restore.restore(home, backup, opened.raw, clock=clock, actor=actor)
    finally:
        opened.wipe()


def recover(home: Home, backup: Path, secret: Secret, *, clock: Clock, actor: str) -> Restored:
    """Put a backup in place of a station that does not open: its database or its keys are damaged or gone.

    What is there is kept aside. The station's own key slots stay where the secret opens them; else the
    backup's take their place. Raises AppError as `move_in` does, and `already-open`.
    """
    home.create()
    present = _present_key(home, secret)
    opened = _key_of(home, backup, secret)
    try:
        key = present.raw if present else None
        return restore.restore(home, backup, opened.raw, clock=clock, actor=actor, key=key)
    finally:
        opened.wipe()
        if present:
            present.wipe()


def bring_back_keys(home: Home, backup: Path, secret: Secret) -> None:
    """Put the key slots of a backup in place of damaged or lost ones; the database stays as it is.

    Raises AppError `keys-of-another` when they do not open this database, and what `move_in` raises of keys.
    """
    home.create()
    opened = _key_of(home, backup, secret)
    try:
        if not restore.opens(home.database, opened.raw):
            raise AppError(
                "Khóa trong bản sao lưu này không mở được dữ liệu của trạm.",
                hint="Chọn bản sao lưu mới hơn của chính trạm này.",
                code="keys-of-another",
            )
        restore.put_slots_back(home, backup)
    finally:
        opened.wipe()


def _present_key(home: Home, secret: Secret) -> DataKey | None:
    """The station's key by its own slots; None where these are gone, damaged or not for this secret."""
    try:
        return Vault.unlock(home, secret.passphrase, code=secret.code)
    except AppError:
        return None


def _key_of(home: Home, backup: Path, secret: Secret) -> DataKey:
    """The data key of a backup, by the slots that lie inside it."""
    aside = Home(home.temporary / "slots-of-backup")
    aside.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        aside.keyslots.write_text(backups.slots_of(backup), encoding="utf-8")
        return Vault.unlock(aside, secret.passphrase, code=secret.code)
    finally:
        shutil.rmtree(aside.folder, ignore_errors=True)
