"""One connection to the encrypted file, keyed and set up; nothing else opens the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from sangkien_desktop.errors import AppError
from sangkien_desktop.storage import failures

KEY_BYTES = 32
LEAST_SQLITE = (3, 51, 3)
"""From here on the WAL-reset fault, which damages files with several connections, is mended."""
CACHE_KIB = 64 * 1024
CHECKPOINT_PAGES = 4_000
"""16 MB of log before a save has to move it into the file itself; idle moments do it earlier."""
BUSY_TIMEOUT_MS = 5_000

Connection = Any
"""A driver connection; the driver ships no types."""


def sqlite_version() -> tuple[int, ...]:
    """Version of the SQLite inside the driver."""
    return tuple(int(part) for part in dbapi2.sqlite_version.split("."))


def assert_driver() -> None:
    """Raise AppError when the driver's SQLite is older than the one known to be safe, or has no encryption."""
    if sqlite_version() >= LEAST_SQLITE:
        with dbapi2.connect(":memory:") as connection:
            cipher = connection.execute("PRAGMA cipher_version").fetchone()
        connection.close()
        if cipher:
            return
    raise AppError(
        "Bản cài chương trình thiếu thư viện cơ sở dữ liệu mã hóa đúng phiên bản.",
        hint="Cài lại chương trình.",
        code="unsafe-driver",
    )


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    """A keyed connection in autocommit mode, usable from any thread, one at a time.

    The key goes through the driver's own call: it occurs in no URL, no SQL text and no error. Raises the
    driver's errors; `sqlite_master` was read, so a wrong key is noticed here.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    mode = "ro" if read_only else "rw"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    try:
        _set_up(connection, key, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: Connection, key: bytes, *, read_only: bool) -> None:
    # SQLCipher otherwise writes warnings of a wrong key to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.set_key(f"x'{key.hex()}'")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_KIB}",
        "locking_mode = NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        return
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise AppError(
            "Ổ đĩa này không giữ được dữ liệu an toàn khi mất điện.",
            hint="Đặt thư mục dữ liệu trên ổ đĩa của chính máy này.",
            code="no-wal",
        )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


@contextmanager
def opened(path: Path, key: bytes, *, read_only: bool = False) -> Iterator[Connection]:
    """A connection for one block; database errors come out as AppError."""
    try:
        connection = connect(path, key, read_only=read_only)
        try:
            yield connection
        finally:
            connection.close()
    except dbapi2.Error as error:
        translated = failures.as_app_error(error)
        if translated is None:
            raise
        raise translated from error


def create_file(path: Path, key: bytes) -> None:
    """An empty encrypted database; raises FileExistsError rather than touch an existing file."""
    path.touch(mode=0o600, exist_ok=False)
    with opened(path, key) as connection:
        connection.execute("PRAGMA user_version = 0")


def check(connection: Connection, *, thorough: bool) -> None:
    """Raise DatabaseDamaged when the file is not sound.

    Quick: structure, and with it the authentication code of every page that is read. Thorough: the code of
    every page, every index against its table, and every foreign key.
    """
    questions = (
        ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check", "PRAGMA foreign_key_check")
        if thorough
        else ("PRAGMA quick_check(1)",)
    )
    for question in questions:
        try:
            answers = connection.execute(question).fetchall()
        except dbapi2.DatabaseError as error:
            if failures.as_app_error(error) is None:
                raise
            raise failures.damaged() from error
        if answers not in ([], [("ok",)]):
            raise failures.damaged()
