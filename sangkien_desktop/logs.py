"""The rotating log file: one format, English, no personal data.

Callers never pass personal data. Every line is still washed before it is written, as a second net: what a
person or a file said is recognised by its letters, its digits or its shape, and replaced by a mark.
"""

import logging
import re
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from sangkien_desktop.errors import AppError

FILE_NAME: Final = "sangkien.log"
FILE_BYTES: Final = 1_000_000
FILES_KEPT: Final = 5
LINE_CHARACTERS: Final = 4_000

_USER_FOLDER = re.compile(r"(?i)((?:[a-z]:\\users|/home|/users)[\\/])[^\\/\r\n\"']+")
_ODD_WORD: Final = r"[A-Za-z0-9_]*[^\x00-\x7f\s](?:\w|[^\x00-\x7f\s])*"
_WASHES: Final = (
    (_USER_FOLDER, r"\1[user]"),
    (
        re.compile(r"(?i)\b(bearer|basic|token|code|password|secret|key)([ =:]+)[\w.~+/=-]{8,}"),
        r"\1\2[secret]",
    ),
    (re.compile(r"//[^/\s:@]+:[^/\s@]+@"), "//[secret]@"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+"), "[email]"),
    # Phones, citizen and card numbers, also when grouped by blanks or points.
    (re.compile(r"(?<![\w-])\+?\d(?:[ .]?\d){8,}(?![\w-])"), "[number]"),
    # The log is English: a word with a letter outside ASCII was said by a person or a file, and so were the
    # capitalised words beside it.
    (re.compile(rf"(?<!\w)(?:[A-Z]\w* ){{0,6}}{_ODD_WORD}(?: (?:{_ODD_WORD}|[A-Z]\w*))*"), "[text]"),
)

# Their messages speak of code (names, types), never of values.
_SPEAKS_OF_CODE: Final = (
    AttributeError,
    TypeError,
    NameError,
    ImportError,
    NotImplementedError,
    RecursionError,
)


def washed(text: str) -> str:
    """`text` without what looks like personal data or a secret; also for the diagnosis file."""
    for pattern, mark in _WASHES:
        text = pattern.sub(mark, text)
    return text


def described(error: BaseException) -> str:
    """An exception in one line that repeats no value: its type, and what is safe to add."""
    name = type(error).__name__
    if isinstance(error, AppError):
        return f"{name}({error.code})" if error.code else name
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}(errno {error.errno})"
    if isinstance(error, _SPEAKS_OF_CODE):
        return f"{name}: {washed(str(error)[:LINE_CHARACTERS])}"
    reason = getattr(error, "sqlite_errorname", "")
    return f"{name}({reason})" if reason else name


class LogFormatter(logging.Formatter):
    """`2026-05-28T14:42:11.040Z WARNING sync.push [MainThread] words`, exceptions as types and places."""

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        """UTC, whatever time zone the PC is set to."""
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        """The washed line, and below it where an exception came from."""
        when = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{record.msecs:03.0f}Z"
        name = record.name.removeprefix("sangkien_desktop.")
        line = f"{when} {record.levelname} {name} [{record.threadName}] {washed(record.getMessage()[:LINE_CHARACTERS])}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{_story(error)}"


def start(folder: Path, *, level: int = logging.INFO) -> None:
    """Send every log record of the process to `folder`; a second call moves the log there.

    A folder that cannot be written costs the log, not the program.
    """
    stop()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(LogFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)


def stop() -> None:
    """Close the log file, if one is open."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one.formatter, LogFormatter)]:
        root.removeHandler(handler)
        handler.close()


def files(folder: Path) -> tuple[Path, ...]:
    """The log files in `folder`, newest first."""
    names = [FILE_NAME, *(f"{FILE_NAME}.{number}" for number in range(1, FILES_KEPT))]
    return tuple(folder / name for name in names if (folder / name).is_file())


def _story(error: BaseException) -> str:
    lines = []
    told: BaseException | None = error
    while told is not None:
        lines.append(f"  {described(told)}")
        for frame in traceback.extract_tb(told.__traceback__):
            place = "/".join(Path(frame.filename).parts[-2:])
            lines.append(f"    {washed(place)}:{frame.lineno} {frame.name}")
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "\n".join(lines)
