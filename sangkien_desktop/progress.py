"""What long work may say while it runs, and how it learns that it should stop."""

from typing import Protocol


class Progress(Protocol):
    """Handed to long functions as their last argument."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """`done` of `total` units are finished; a `total` of 0 means nobody knows. Cheap to call often."""

    def check(self) -> None:
        """Raise `Cancelled` when the person asked to stop. Called between units of work, never inside a
        transaction."""


class _Silent:
    def report(self, done: int, total: int, text: str = "") -> None:
        pass

    def check(self) -> None:
        pass


SILENT: Progress = _Silent()
"""For callers whom nobody watches."""
