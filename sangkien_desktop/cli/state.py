"""Opening the station for one command, and closing it again whatever happens."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import typer

from sangkien_desktop import app
from sangkien_desktop.cli.output import could_not
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home

PASSPHRASE_FILE_VARIABLE = "SANGKIEN_PASSPHRASE_FILE"
BACKUP_EVERY = timedelta(minutes=30)
"""Commands may follow each other by the second; each closes the station, not each makes a backup."""
P = ParamSpec("P")

_home = Home.default()


def choose_home(folder: Path | None) -> None:
    """The station folder of this command: the option, else SANGKIEN_HOME, else the user's own."""
    global _home  # noqa: PLW0603 - one command, one process, one home
    _home = Home(folder.expanduser().absolute()) if folder else Home.default()


def home() -> Home:
    """The station folder of this command."""
    return _home


def passphrase_from_file(path: Path | None = None) -> str | None:
    """The passphrase in a file named by option or variable; never an argument, never a variable itself."""
    named = path or (
        Path(os.environ[PASSPHRASE_FILE_VARIABLE]) if os.environ.get(PASSPHRASE_FILE_VARIABLE) else None
    )
    if named is None:
        return None
    try:
        return named.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(
            "Không đọc được tệp chứa mật khẩu.",
            hint="Kiểm tra đường dẫn và quyền đọc của tệp.",
            code="passphrase-file",
        ) from error


def ask_passphrase() -> str | None:
    """Asked at a terminal; None where nobody can answer."""
    if not sys.stdin.isatty():
        return None
    return typer.prompt("Mật khẩu của trạm", hide_input=True, err=True)  # type: ignore[no-any-return]


@contextmanager
def station() -> Iterator[app.OpenStation]:
    """The open station of this command."""
    opened = app.open_station(_home, passphrase=passphrase_from_file, ask=ask_passphrase)
    try:
        yield opened
        opened.backups.make_if_due("close", BACKUP_EVERY)
    finally:
        opened.close()


def command(function: Callable[P, Any]) -> Callable[P, None]:
    """A command whose errors are told as a sentence and a next step, with exit status 3."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except AppError as error:
            could_not(error)

    return run
