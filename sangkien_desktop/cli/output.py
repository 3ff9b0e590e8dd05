"""How the command line speaks: one JSON document on standard output, sentences for people on standard error.

Exit status: 0 done · 1 done, but something needs attention · 2 wrong usage · 3 could not.
"""

import json
import sys
from typing import Any, NoReturn

import typer
from rich.console import Console

from sangkien_desktop.errors import AppError

DONE, ATTENTION, WRONG_USAGE, COULD_NOT = 0, 1, 2, 3

people = Console(stderr=True, highlight=False, soft_wrap=True)
"""For sentences; never for data."""


def print_json(document: Any) -> None:
    """The one document on standard output, UTF-8 whatever the terminal's own encoding."""
    text = json.dumps(document, ensure_ascii=False, indent=None, separators=(",", ":"), default=str)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def say(sentence: str) -> None:
    """A sentence for people."""
    people.print(sentence, markup=False)


def table(headings: list[str], rows: list[list[str]]) -> None:
    """A plain table on standard output, columns divided by tabs: for eyes and for pipes."""
    out = "".join(
        "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) + "\n"
        for row in [headings, *rows]
    )
    sys.stdout.buffer.write(out.encode("utf-8"))
    sys.stdout.buffer.flush()


def needs_attention(sentence: str, next_step: str) -> NoReturn:
    """Ends with status 1: done, but a person should look."""
    say(sentence)
    say(next_step)
    raise typer.Exit(ATTENTION)


def could_not(error: AppError) -> NoReturn:
    """Ends with status 3 and the error's sentence and next step."""
    say(error.sentence)
    if error.hint:
        say(error.hint)
    raise typer.Exit(COULD_NOT)
