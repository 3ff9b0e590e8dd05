"""Any group leader's file, opened safely: a pre-flight, then a caged child process that tells what stands in it."""

import hashlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.workbooks import child, limits
from sangkien_desktop.workbooks.answers import Answer
from sangkien_desktop.workbooks.failures import problem
from sangkien_desktop.workbooks.preflight import Kind, Refused, kind_of
from sangkien_desktop.workbooks.table import Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")
"""What a folder dropped on the window is searched for."""

_LARGEST_ANSWER = 1200 * 2**20
_LOCK_PREFIXES = ("~$", ".~lock")


def child_command() -> list[str]:
    """How the child is started: by module from source, by flag from the built program."""
    if getattr(sys, "frozen", False):
        # Of the two built programs only the command has standard streams on Windows.
        program = Path(sys.executable)
        return [str(program.with_stem("sangkien")), child.FLAG]
    return [sys.executable, "-m", child.__name__]


def start_child() -> "subprocess.Popen[bytes]":
    """A child that waits for its request."""
    return subprocess.Popen(
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def files_in(paths: list[Path]) -> list[Path]:
    """The files meant by what was dropped: files as they are, folders by the workbooks in them, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inner = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found.extend(sorted(p for p in inner if not p.name.startswith(_LOCK_PREFIXES)))
        else:
            found.append(path)
    return found


def open_workbook(path: Path, progress: Progress = SILENT) -> Workbook:
    """Everything a file says. Raises WorkbookProblem with a sentence for the officer, Cancelled on her wish."""
    kind, digest, size = _look_at(path)
    try:
        parts = _ask_child({"path": str(path.absolute()), "way": ""}, progress)
    except Refused as refused:
        # A far-away stray cell makes the fast reader ask for more memory than there is; the slow one skips gaps.
        if kind is not Kind.XLSX or refused.code not in ("damaged", "too-large"):
            raise problem(refused.code) from refused
        parts = _ask_slow_child(path, refused, progress)
    return parts.workbook(path.name, sha256=digest, size=size)


def marked_copy(path: Path, marks: list[Any], keys: list[Any], progress: Progress = SILENT) -> bytes:
    """The bytes of the same workbook with cells marked, made in the cage. Raises WorkbookProblem, Cancelled."""
    try:
        request = {"path": str(path.absolute()), "way": child.MARK, "marks": marks, "keys": keys}
        return _ask_child(request, progress).file
    except Refused as refused:
        raise problem("cannot-annotate") from refused


def _look_at(path: Path) -> tuple[Kind, str, int]:
    try:
        if path.is_dir():
            raise problem("is-folder")
        kind = kind_of(path)
        with path.open("rb") as file:
            return kind, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except Refused as refused:
        raise problem(refused.code) from refused
    except FileNotFoundError as error:
        raise problem("not-found") from error
    except OSError as error:
        raise problem("not-allowed") from error


def _ask_slow_child(path: Path, first: Refused, progress: Progress) -> Answer:
    try:
        return _ask_child({"path": str(path.absolute()), "way": "slow"}, progress)
    except Refused as refused:
        raise problem(first.code if refused.code == "damaged" else refused.code) from refused


def _ask_child(request: dict[str, Any], progress: Progress) -> Answer:
    """The child's whole answer; raises Refused."""
    parts = Answer()
    process = start_child()
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        process.kill()

    timer = threading.Timer(limits.LONGEST_WALL_S, stop)
    timer.daemon = True
    timer.start()
    try:
        cage = limits.confine_child(int(getattr(process, "_handle", 0)))
        _listen(process, json.dumps(request), parts, progress)
        del cage
    except (BrokenPipeError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Refused("too-slow" if is_late.is_set() else "damaged") from error
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        _close(process.stdin)
        _close(process.stdout)
    if not parts.is_complete:
        raise Refused("too-slow" if is_late.is_set() or _ran_out_of_time(process.returncode) else "damaged")
    return parts


def _listen(process: "subprocess.Popen[bytes]", request: str, parts: Answer, progress: Progress) -> None:
    if process.stdin is None or process.stdout is None:
        raise ValueError("no pipes")
    process.stdin.write(request.encode() + b"\n")
    process.stdin.flush()
    heard = 0
    for line in process.stdout:
        heard += len(line)
        if heard > _LARGEST_ANSWER:
            raise Refused("too-large")
        parts.take(json.loads(line))
        progress.report(len(parts.rows[-1]) if parts.rows else 0, 0, "Đang đọc tệp")
        progress.check()


def _ran_out_of_time(return_code: int | None) -> bool:
    return return_code == -24  # SIGXCPU


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            # Unwritten request of a child that is gone already.
            return
