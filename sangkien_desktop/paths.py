"""Every folder and file the program knows, in the source tree and in the built program."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from sangkien_desktop.errors import AppError

HOME_VARIABLE = "SANGKIEN_HOME"

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`. PyInstaller lays the folder beside the package as the source tree does."""
    return _PACKAGE.parent.joinpath("resources", *parts)


def migrations() -> Path:
    """The Alembic folder, shipped as plain data."""
    return _PACKAGE / "storage" / "migrations"


@dataclass(frozen=True)
class Home:
    """The folder of one station; every file that belongs to it has its name here and nowhere else."""

    folder: Path

    @classmethod
    def default(cls, environment: Mapping[str, str] = os.environ) -> "Home":
        """Where `SANGKIEN_HOME` points, else the user's own data folder (never the roaming profile, which
        Windows may copy to a server)."""
        chosen = environment.get(HOME_VARIABLE)
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        return cls(platformdirs.user_data_path("SangKien", appauthor=False, roaming=False))

    @property
    def database(self) -> Path:
        """The encrypted database; SQLite keeps `-wal` and `-shm` files beside it."""
        return self.folder / "station.skdb"

    @property
    def keyslots(self) -> Path:
        """The wrapped keys; useless without a passphrase, the keyring or the recovery code."""
        return self.folder / "keyslots.json"

    @property
    def settings(self) -> Path:
        """What a person chose."""
        return self.folder / "settings.toml"

    @property
    def window_state(self) -> Path:
        """What the window remembers: geometry, column widths."""
        return self.folder / "window.ini"

    @property
    def lock(self) -> Path:
        """Held by the one process that owns the database."""
        return self.folder / "station.lock"

    @property
    def logs(self) -> Path:
        """Rotating log files, free of personal data."""
        return self.folder / "logs"

    @property
    def backups(self) -> Path:
        """Verified copies of the database."""
        return self.folder / "backups"

    @property
    def attachments(self) -> Path:
        """Encrypted attachment files, named by content hash."""
        return self.folder / "attachments"

    @property
    def damaged(self) -> Path:
        """Databases found corrupt, kept aside and never written again."""
        return self.folder / "damaged"

    @property
    def temporary(self) -> Path:
        """Half-done work on the same disk; emptied at start."""
        return self.folder / "temporary"

    def create(self) -> None:
        """Make the folder, readable by its owner only. Raises AppError when the place refuses."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for inner in (self.logs, self.backups, self.attachments, self.temporary):
                inner.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise AppError(
                "Máy không tạo được thư mục dữ liệu của trạm.",
                hint="Chọn thư mục khác mà anh/chị có quyền ghi, hoặc dọn chỗ trống trên ổ đĩa.",
                code="home_refused",
            ) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` so that a reader or a power cut finds the old file or the new one, whole.

    The file is readable by its owner only. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` survive a power cut. Windows has no such call and needs none on NTFS."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
