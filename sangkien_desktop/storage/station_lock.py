"""One process per station: an operating-system lock that dies with its owner, whatever kills it."""

import os
import sys
from pathlib import Path
from typing import IO

from sangkien_desktop.storage import failures

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


class StationLock:
    """Held from opening to closing. The file's content means nothing; only the lock on it does."""

    def __init__(self, path: Path) -> None:
        """Takes the lock; raises AppError `already-open` when another process holds it, `read-only` when the
        folder lets nobody write."""
        try:
            file = path.open("a+b")
        except OSError as error:
            raise failures.read_only() from error
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise failures.already_open() from error
        self._file: IO[bytes] | None = file
        self._owner = os.getpid()

    def release(self) -> None:
        """Let the next process in; a second call does nothing."""
        if self._file is not None and self._owner == os.getpid():
            _unlock(self._file)
        if self._file is not None:
            self._file.close()
        self._file = None
