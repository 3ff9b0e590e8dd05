"""A full or failing disk at any write is told in words, stops what it must stop, and damages nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sangkien_desktop.storage import connections
from tests.faults.stations import Closed, a_closed_station, titles_on_disk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.strace,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
RECORDS = 4
FAULTS = {
    "pwrite64:error=ENOSPC:when={at}+": ("disk-full", (30, 120, 200)),
    "pwrite64:error=EIO:when={at}": ("disk-error", (40, 150)),
    "fsync:error=EIO:when={at}": ("disk-error", (4, 7)),
    "pwrite64:signal=SIGKILL:when={at}": ("", (25, 90, 210)),
}
CASES = [(fault.format(at=at), code) for fault, (code, places) in FAULTS.items() for at in places]


def typed_under(closed: Closed, fault: str) -> subprocess.CompletedProcess[str]:
    """Type with a fault at a system call on the database or its log."""
    database = str(closed.home.database)
    calls = fault.split(":", maxsplit=1)[0]
    command = ["strace", "-f", "-qq", "-e", f"trace={calls}", "-e", f"inject={fault}", "-o", "/dev/null"]
    # Only what is done to these very files counts and fails; paths must be absolute.
    command += ["-P", database, "-P", f"{database}-wal"]
    typing = [sys.executable, "-m", "tests.faults.typist", str(closed.home.folder), str(RECORDS), "FULL"]
    return subprocess.run(
        [*command, *typing], input=closed.key.hex(), capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(("fault", "code"), CASES)
def test_what_was_acknowledged_survives_and_the_fault_has_words(
    tmp_path: Path, fault: str, code: str
) -> None:
    closed = a_closed_station(tmp_path / "tram", records=3)
    done = typed_under(closed, fault)
    assert "Traceback" not in done.stderr, done.stderr[-1500:]
    told = re.findall(r"^told (\S+)", done.stdout, re.MULTILINE)
    acknowledged = set(re.findall(r"^ack (\S+)", done.stdout, re.MULTILINE))
    assert len(acknowledged) < RECORDS, "the fault did not strike"
    assert told == ([code] if code else [])
    there = titles_on_disk(closed.home, closed.key)
    assert acknowledged | closed.titles.keys() <= there.keys()
    assert len(there) <= len(acknowledged) + len(closed.titles) + 1
    with connections.opened(closed.home.database, closed.key) as connection:
        connections.check(connection, thorough=True)
