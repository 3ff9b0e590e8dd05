"""Files that a bad disk, a bad stick or another program has changed."""

import random
import shutil
from collections import Counter
from pathlib import Path

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import audit, restore
from sangkien_desktop.storage.database import Database
from tests.faults.stations import CLOCK, Closed, titles_of, titles_on_disk

PAGE, SECTOR = 4096, 512
TOLD = frozenset({"not-a-database", "database-damaged"})
WHOLE = "opened with all data"
WRONG = "wrong"


def spoil(content: bytearray, rng: random.Random) -> str:
    """Damage a file's content in one of many ways; which one."""
    size = len(content)
    at = rng.randrange(size)
    kind = rng.choice(("bit", "bytes", "sector", "page", "swap", "cut", "grown", "head"))
    if kind == "bit":
        content[at] ^= 1 << rng.randrange(8)
    elif kind == "bytes":
        content[at : at + rng.randrange(1, 200)] = rng.randbytes(min(rng.randrange(1, 200), size - at))
    elif kind in ("sector", "page"):
        step = SECTOR if kind == "sector" else PAGE
        start = at // step * step
        content[start : start + step] = bytes(step)
    elif kind == "swap":
        one, two = (rng.randrange(size // PAGE) * PAGE for _ in range(2))
        first, second = content[one : one + PAGE], content[two : two + PAGE]
        content[one : one + PAGE], content[two : two + PAGE] = second, first
    elif kind == "cut":
        del content[at:]
    elif kind == "grown":
        content += rng.randbytes(rng.randrange(1, 3 * PAGE))
    else:
        content[:100] = rng.randbytes(100)
    return kind


def try_damage(closed: Closed, folder: Path, rng: random.Random) -> tuple[str, str]:
    """Damage a copy of the station and open it; what was done, and what came of it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(closed.home.folder, folder)
    home = Home(folder)
    content = bytearray(home.database.read_bytes())
    kind = spoil(content, rng)
    home.database.write_bytes(content)
    try:
        with Database.open(home, closed.key, clock=CLOCK) as database:
            is_whole = titles_of(database) == closed.titles
            with database.read() as session:
                is_whole = is_whole and audit.first_broken(session) is None
        return kind, WHOLE if is_whole else WRONG
    except AppError as error:
        return kind, _recovered(closed, home, bytes(content), error)


def _recovered(closed: Closed, home: Home, content: bytes, error: AppError) -> str:
    if error.code not in TOLD or not error.hint or home.database.read_bytes() != content:
        return WRONG
    backup = home.backups / closed.backup.name
    done = restore.restore(home, backup, closed.key, clock=CLOCK, actor="canbo", key=closed.key)
    kept = done.kept_aside is not None and (done.kept_aside / home.database.name).read_bytes() == content
    return error.code if kept and titles_on_disk(home, closed.key) == closed.titles else WRONG


def try_many(closed: Closed, folder: Path, trials: int, seed: int) -> Counter[tuple[str, str]]:
    """How often each damage ended in which way."""
    rng = random.Random(f"damage:{seed}")
    return Counter(try_damage(closed, folder, rng) for _ in range(trials))
