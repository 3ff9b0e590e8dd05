"""Power cuts, replayed: the system calls of a typist are recorded, then stopped anywhere, and of what was not yet
synced each sector is kept or lost by chance."""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import audit, connections, copies, initiatives
from tests.faults.stations import CLOCK, Closed

SECTOR = 512
CALLS = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
_LINE = re.compile(r"\d+ +(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Step:
    """One recorded call: write, size, sync, remove or ack."""

    kind: str
    file: str = ""
    at: int = 0
    content: bytes = b""


@dataclass
class Recording:
    """The station's files before, and every step after."""

    before: dict[str, bytes]
    steps: list[Step] = field(default_factory=list)


@dataclass
class Cuts:
    """What many cuts of one recording came to."""

    cuts: int = 0
    with_loss: int = 0
    corrupt: int = 0
    acknowledged: int = 0
    writes: int = 0
    syncs: int = 0


def record(closed: Closed, folder: Path, *, records: int, synchronous: str = "FULL") -> Recording:
    """Let a typist work on a copy of the station under strace."""
    shutil.copytree(closed.home.folder, folder)
    trace = folder.with_suffix(".trace")
    names = {path.name for path in folder.iterdir() if path.name.startswith("station.skdb")}
    made = Recording({name: (folder / name).read_bytes() for name in names})
    command = ["strace", "-f", "-qq", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(trace)]
    typing = [sys.executable, "-m", "tests.faults.typist", str(folder), str(records), synchronous]
    subprocess.run(
        [*command, *typing], input=closed.key.hex(), text=True, check=True, capture_output=True, timeout=300
    )
    with trace.open() as lines:
        made.steps.extend(_steps(lines, folder))
    trace.unlink()
    assert any(step.kind == "sync" for step in made.steps) or synchronous == "OFF"
    assert sum(step.kind == "ack" for step in made.steps) == records
    return made


def _steps(lines: Iterator[str], folder: Path) -> Iterator[Step]:
    files: dict[int, str] = {}
    for line in lines:
        found = _LINE.match(line)
        if not found or int(found[3]) < 0:
            continue
        call, said, answer = found[1], found[2], int(found[3])
        text = _TEXT.search(said)
        content = bytes.fromhex(text[1].replace("\\x", "")) if text else b""
        if call in ("openat", "unlink"):
            path = Path(content.decode(errors="replace"))
            is_ours = path.parent == folder and path.name.startswith("station.skdb")
            if call == "unlink" and is_ours:
                yield Step("remove", path.name)
            elif call == "openat":
                files.pop(answer, None)
                if is_ours:
                    files[answer] = path.name
            continue
        number = int(said.split(",")[0])
        if call == "write" and number == 1 and content.startswith(b"ack "):
            yield Step("ack", content=content.split()[1])
        elif number in files:
            name = files[number]
            if call == "close":
                del files[number]
            elif call == "pwrite64":
                yield Step("write", name, int(said.rsplit(",", 1)[1]), content)
            elif call == "ftruncate":
                yield Step("size", name, int(said.rsplit(",", 1)[1]))
            elif call in ("fsync", "fdatasync"):
                yield Step("sync", name)


def cut_many(closed: Closed, made: Recording, folder: Path, *, cuts: int, seed: int) -> Cuts:
    """Cut so often at random places; each time open what is left on the disk."""
    rng = random.Random(f"power:{seed}")
    found = Cuts(
        acknowledged=sum(step.kind == "ack" for step in made.steps),
        writes=sum(step.kind == "write" for step in made.steps),
        syncs=sum(step.kind == "sync" for step in made.steps),
    )
    disk = {name: bytearray(content) for name, content in made.before.items()}
    waiting: list[Step] = []
    acknowledged: set[str] = set()
    place = 0
    for cut in sorted(rng.randrange(1, len(made.steps) + 1) for _ in range(cuts)):
        for step in made.steps[place:cut]:
            waiting = _happened(disk, waiting, step, acknowledged)
        place = cut
        _leave_on_disk(folder, disk, waiting, rng)
        found.cuts += 1
        held = _held(Home(folder), closed.key)
        if held is None:
            found.corrupt += 1
        elif not acknowledged | closed.titles.keys() <= held:
            found.with_loss += 1
    return found


def _happened(
    disk: dict[str, bytearray], waiting: list[Step], step: Step, acknowledged: set[str]
) -> list[Step]:
    """One more step; what still waits for a sync after it."""
    if step.kind == "ack":
        acknowledged.add(step.content.decode())
    elif step.kind == "remove":
        disk.pop(step.file, None)
        return [one for one in waiting if one.file != step.file]
    elif step.kind == "sync":
        for one in waiting:
            if one.file == step.file:
                _apply(disk, one)
        return [one for one in waiting if one.file != step.file]
    else:
        waiting.append(step)
    return waiting


def _apply(disk: dict[str, bytearray], step: Step) -> None:
    content = disk.setdefault(step.file, bytearray())
    end = step.at + len(step.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if step.kind == "size":
        del content[step.at :]
    else:
        content[step.at : end] = step.content


def _leave_on_disk(folder: Path, disk: dict[str, bytearray], waiting: list[Step], rng: random.Random) -> None:
    left = {name: bytearray(content) for name, content in disk.items()}
    share = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for step in waiting:
        if step.kind == "size":
            if rng.random() < share:
                _apply(left, step)
            continue
        for start in range(0, len(step.content), SECTOR):
            if rng.random() < share:
                part = step.content[start : start + SECTOR]
                _apply(left, Step("write", step.file, step.at + start, part))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in left.items():
        (folder / name).write_bytes(content)


def _held(home: Home, key: bytes) -> set[str] | None:
    """The records that are there after the cut; None when the database is unsound."""
    try:
        with connections.opened(home.database, key) as connection:
            # Pages that a cut tore are whole in the log; they are looked at once it has been moved into the file.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connections.check(connection, thorough=True)
        with copies.session_on(home.database, key, CLOCK) as session:
            if audit.first_broken(session) is not None:
                return None
            return {str(record.id) for record in initiatives.find(session)}
    except AppError:
        return None
