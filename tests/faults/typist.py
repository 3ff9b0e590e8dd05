"""A process that types records and acknowledges each on standard output; run under strace.

python -m tests.faults.typist FOLDER RECORDS SYNCHRONOUS; the key comes on standard input.
"""

import os
import sys
from pathlib import Path
from typing import Any

from sangkien_desktop.clock import SystemClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import connections, initiatives
from sangkien_desktop.storage.database import Database
from tests.support.records import an_initiative

CHECKPOINT_EVERY = 6


def weaken(synchronous: str) -> None:
    """Let the database sync less than it should: the controls, which must fail."""
    connecting = connections.connect

    def connect(*args: Any, **values: Any) -> Any:
        connection = connecting(*args, **values)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    connections.connect = connect  # type: ignore[assignment]


def main() -> int:
    """Type; the exit status is 0, or 3 after an error with words for the officer."""
    folder, records, synchronous = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    if synchronous != "FULL":
        weaken(synchronous)
    key = bytes.fromhex(sys.stdin.read())
    try:
        with Database.open(Home(folder), key, clock=SystemClock()) as database:
            os.write(1, b"begun -\n")
            for number in range(records):
                record = an_initiative(title=f"Ghi khi đĩa hỏng {number} " + "x" * (number * 97 % 3000))
                with database.write() as session:
                    initiatives.put(session, record, actor="canbo", source="typed")
                os.write(1, f"ack {record.id}\n".encode())
                if number % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
                    database.checkpoint()
    except AppError as error:
        os.write(1, f"told {error.code}\n".encode())
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
