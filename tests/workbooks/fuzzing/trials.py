"""One broken file through the program's own reading path, and what is counted of thousands of them."""

import json
import os
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType

import openpyxl
from hypothesis import HealthCheck, Phase, given, seed, settings

from sangkien_desktop.errors import AppError
from sangkien_desktop.services.imports import ImportService
from sangkien_desktop.storage import initiatives
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.workbooks import child, child_ods, child_xls, child_xlsx, limits, opening, text_files
from sangkien_desktop.workbooks.importing import read_workbook
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.table import Workbook
from tests.support.desks import an_open_desk
from tests.workbooks.corpus.files import Grid
from tests.workbooks.corpus.measure import all_cases
from tests.workbooks.fuzzing import mutations, sheets

SAMPLES = Path(__file__).parent.parent / "samples"
LONGEST_S = limits.LONGEST_WALL_S + 30
"""A file that keeps the program longer than its cage allows, with time to understand what was read, hangs."""
READERS = (child_ods, child_xls, child_xlsx, openpyxl, text_files)
"""Loaded here once, so that no fork has to."""
WHOLE_EVERY, STATION_EVERY = 200, 20


class Hung(Exception):
    """The program did not come back in time."""


@dataclass
class Tally:
    """What became of the files."""

    ends: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    imported: int = 0
    records: int = 0
    slowest_s: float = 0.0
    broken: list[str] = field(default_factory=list)
    """Crashes, hangs, half imports and answers that differ between the two kinds of cage, told."""

    def add(self, other: "Tally") -> None:
        """Another part of the same campaign."""
        self.ends += other.ends
        self.kinds += other.kinds
        self.whole += other.whole
        self.imported += other.imported
        self.records += other.records
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.broken += other.broken


class ForkedChild:
    """The same cage without a new interpreter: a fork of this process that gives up its rights and answers once."""

    def __init__(self) -> None:
        request, self_in = os.pipe()
        self_out, reply = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            self._live(request, reply, (self_in, self_out))
        os.close(request)
        os.close(reply)
        self.stdin = os.fdopen(self_in, "wb")
        self.stdout = os.fdopen(self_out, "rb")

    def _live(self, request: int, reply: int, foreign: tuple[int, int]) -> None:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
            for end in foreign:
                os.close(end)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            with os.fdopen(request, "rb") as asked, os.fdopen(reply, "wb") as out:
                child.answer(json.loads(asked.readline()), out)
        finally:
            os._exit(0)

    def kill(self) -> None:
        """As of subprocess.Popen."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """As of subprocess.Popen."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode


@contextmanager
def forked_children() -> Iterator[None]:
    """Inside, files are opened in forks, a tenth of the time of a new interpreter."""
    real = opening.start_child
    opening.start_child = ForkedChild  # type: ignore[assignment]
    try:
        yield
    finally:
        opening.start_child = real


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises Hung inside when the time is over."""

    def late(number: int, frame: FrameType | None) -> None:
        raise Hung("".join(traceback.format_stack(frame)[-3:]))

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def write_sources(folder: Path) -> list[Path]:
    """The corpus and the samples, as files small enough to be broken often."""
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".xlsx", ".xls", ".ods", ".csv")]
    for case in all_cases():
        path = folder / f"{case.name}{case.suffix}"
        case.write(path)
        paths.append(path)
    return [path for path in paths if path.stat().st_size < 200_000 and path.suffix in mutations.FORMATS]


class Campaign:
    """Breaks files one after the other in one process, and asks of each whether the program stood."""

    def __init__(self, folder: Path, sources: list[Path], number: int) -> None:
        self._folder = folder
        self._sources = sources
        self._number = number
        self._chance = random.Random(number)
        self.tally = Tally()

    def run(self, files: int) -> Tally:
        """`files` files: half broken from real ones, a quarter shaken, a quarter made from nothing (some broken too)."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder, an_open_desk(Path(folder)) as desk:
            self._station = ImportService(desk)
            self._count = lambda: _stored(desk.database)
            self._path = Path(folder) / "file"
            for at in range(files - files // 4):
                self._one(at, self._broken() if at % 3 else self._shaken())
            self._made(files // 4, files - files // 4)
        return self.tally

    def _broken(self) -> Path:
        source = self._chance.choice(self._sources)
        path = self._path.with_suffix(source.suffix)
        path.write_bytes(mutations.broken(self._chance, source.suffix, source.read_bytes()))
        self.tally.kinds[f"broken {source.suffix}"] += 1
        return path

    def _shaken(self) -> Path:
        book = _opened(self._chance.choice(self._sources))
        grid = sheets.shaken(self._chance, self._chance.choice(book.sheets))
        path = sheets.write(self._chance, self._path, grid)
        self.tally.kinds[f"shaken {path.suffix}"] += 1
        return path

    def _made(self, files: int, first: int) -> None:
        places = iter(range(first, first + files))

        @seed(self._number)
        @settings(
            max_examples=files,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(sheets.grids())
        def one(grid: Grid) -> None:
            path = sheets.write(self._chance, self._path, grid)
            how = "made"
            if self._chance.random() < 0.3:
                how = "made and broken"
                path.write_bytes(mutations.broken(self._chance, path.suffix, path.read_bytes()))
            self.tally.kinds[f"{how} {path.suffix}"] += 1
            self._one(next(places, first), path)

        one()

    def _one(self, at: int, path: Path) -> None:
        began = time.monotonic()
        try:
            with at_most(LONGEST_S):
                self._ask(at, path)
        except Hung as hung:
            self._blame("hang", path, str(hung))
        except Exception:
            self._blame("crash", path, traceback.format_exc(limit=-4))
        took_s = time.monotonic() - began
        if took_s > self.tally.slowest_s:
            self.tally.slowest_s = took_s
            shutil.copy(path, self._folder / f"slowest-{self._number}{path.suffix}")

    def _ask(self, at: int, path: Path) -> None:
        if at % STATION_EVERY == 0:
            self._import(path)
        with forked_children():
            end, book = _end_of(path)
        self.tally.ends[end] += 1
        if at % WHOLE_EVERY == 0:
            self.tally.whole += 1
            other, whole = _end_of(path)
            if (other, _cells(whole)) != (end, _cells(book)):
                self._blame("difference", path, f"{end} in a fork, {other} in the whole child")

    def _import(self, path: Path) -> None:
        """Write into a station: all that was promised or nothing."""
        before = self._count()
        promised = rows = 0
        try:
            with forked_children():
                read = self._station.read(path)
            plans = self._station.plan_file(read)
            written = self._station.write(plans)
            promised = len(written.created)
            rows = sum(len(plan.rows) for plan in plans)
            if promised + len(written.updated) + written.unchanged + written.rejected != rows:
                self._blame("half import", path, f"{written} of {rows} rows")
        except AppError:
            pass
        finally:
            self.tally.imported += 1
            self.tally.records += promised
            if self._count() != before + promised:
                self._blame("half import", path, f"{self._count() - before} stored, {promised} promised")

    def _blame(self, what: str, path: Path, why: str) -> None:
        kept = self._folder / f"{what.replace(' ', '-')}-{self._number}-{len(self.tally.broken)}{path.suffix}"
        kept.write_bytes(path.read_bytes())
        self.tally.ends[what] += 1
        self.tally.broken.append(f"{what} of {kept.name}: {why}")


@cache
def _opened(path: Path) -> Workbook:
    with forked_children():
        return opening.open_workbook(path)


def _end_of(path: Path) -> tuple[str, Workbook | None]:
    try:
        book = opening.open_workbook(path)
    except AppError as refused:
        return f"refused: {refused.code}", None
    try:
        read_workbook(book, Knowledge())
    except AppError as refused:
        return f"refused: {refused.code}", book
    return "read", book


def _cells(book: Workbook | None) -> str:
    return "" if book is None else repr([sheet.rows for sheet in book.sheets])


def _stored(database: object) -> int:
    with database.read() as session:  # type: ignore[attr-defined]
        return len(initiatives.find(session, Query()))
