"""The screens: what one is, in which order they stand, and how one is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from sangkien_desktop.ui.context import UiContext
    from sangkien_desktop.ui.page import Page

SCREENS: Final[tuple[tuple[str, ...], ...]] = (
    ("overview",),
    ("initiatives", "importing", "people", "review", "sync"),
    ("quotas", "reports", "awards"),
    ("preferences",),
)
"""Packages under `ui/screens/`, in the order of the side bar and of Alt+1…9, 0; a line between the groups.
The last group stands at the foot."""


@dataclass(frozen=True)
class Screen:
    """One entry of the side bar; the page behind it is made when it is first opened."""

    key: str
    title: str
    icon: str
    factory: Callable[["UiContext"], "Page"]


@dataclass(frozen=True)
class Intent:
    """Why a screen is opened: what to show there. Empty parts mean "as it was"."""

    initiative: str = ""
    person: str = ""
    unit: str = ""
    state: str = ""
    topic: str = ""
    query: str = ""
    files: tuple[str, ...] = ()


NO_INTENT: Final = Intent()


class Navigator(QObject):
    """Opens screens for one another, so that none knows another."""

    requested = Signal(str, object)

    def __call__(self, key: str, intent: Intent = NO_INTENT) -> None:
        """Open the screen `key` with an intent."""
        self.requested.emit(key, intent)


def load_screens() -> tuple[tuple[Screen, ...], ...]:
    """The screens of this program, by group; their pages are not made yet."""
    package = "sangkien_desktop.ui.screens"
    return tuple(tuple(import_module(f"{package}.{name}").SCREEN for name in group) for group in SCREENS)
