"""The commands of the program: each has a name, a key and, when it cannot run, a reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

FORBIDDEN_KEYS: Final = ("Ctrl+Shift", "Alt+Z", "Alt+Shift", "Meta+Space")
"""Owned by input methods; nothing is bound to them or to Ctrl+Shift with a letter."""


def _always() -> str:
    return ""


@dataclass(frozen=True)
class Command:
    """Something a person can do. `disabled_reason()` is empty when it can run now."""

    id: str
    title: str
    run: Callable[[], None]
    key: str = ""
    icon: str = ""
    group: str = "Lệnh"
    hint: Callable[[], str] = _always
    disabled_reason: Callable[[], str] = _always


class ActionRegistry(QObject):
    """All commands at hand: those of the frame, and those of the screen that is open."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """One for the program."""
        super().__init__(parent)
        self._frame: dict[str, Command] = {}
        self._page: dict[str, Command] = {}
        self._shortcuts: list[QShortcut] = []
        self._frame_shortcuts: dict[str, QShortcut] = {}

    def set_frame_commands(self, window: QWidget, commands: Iterable[Command]) -> None:
        """The commands that are at hand everywhere."""
        self._frame = {command.id: command for command in commands}
        for command in self._frame.values():
            made = self._bind(window, command)
            if made is not None:
                self._frame_shortcuts[command.key] = made
        self.changed.emit()

    def set_page_commands(self, page: QWidget, commands: Iterable[Command]) -> None:
        """The commands of the page that is open now; the keys of the one before are let go."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        self._page = {command.id: command for command in commands}
        claimed = {command.key for command in self._page.values()}
        for key, frame_shortcut in self._frame_shortcuts.items():
            frame_shortcut.setEnabled(key not in claimed)  # two owners of one key would silence each other
        for command in self._page.values():
            made = self._bind(page, command)
            if made is not None:
                self._shortcuts.append(made)
        self.changed.emit()

    def commands(self) -> tuple[Command, ...]:
        """All of them, those of the page first."""
        return (*self._page.values(), *self._frame.values())

    def run(self, command_id: str) -> bool:
        """Run a command by its id; False when it is unknown or cannot run now."""
        command = self._page.get(command_id) or self._frame.get(command_id)
        if command is None or command.disabled_reason():
            return False
        command.run()
        return True

    def _bind(self, owner: QWidget, command: Command) -> QShortcut | None:
        if not command.key or (command.key.startswith("Alt+") and command.key[4:].isdigit()):
            return None  # Alt+digit is matched by virtual key in the main window
        if not is_allowed_key(command.key):
            raise ValueError(f"{command.key} belongs to input methods")
        shortcut = QShortcut(QKeySequence(command.key), owner)
        if not holds_everywhere(command.key):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.run(command.id))
        return shortcut


def holds_everywhere(key: str) -> bool:
    """Whether a key means the same wherever the focus stands in the window: all with Ctrl or Alt, and F1 to F12.

    Enter, Esc, Del and their like belong to the page, lest they act while somebody walks the side bar.
    """
    last = key.rsplit("+", 1)[-1]
    return key.startswith(("Ctrl+", "Alt+")) or (last.startswith("F") and last[1:].isdigit())


def is_allowed_key(key: str) -> bool:
    """Whether a key may be bound: none that an input method owns, no plain letter."""
    if any(key == forbidden for forbidden in FORBIDDEN_KEYS) or key.startswith("Alt+Shift"):
        return False
    last = key.rsplit("+", 1)[-1]
    if key.startswith("Ctrl+Shift+"):
        return not last.isalpha() and not (last.startswith("F") and last[1:].isdigit())
    return "+" in key or len(key) > 1
