"""What the message strip has to say: the gravest first, nothing lost, nothing that vanishes by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

UNDO_OFFER_MS = 10_000
"""How long "done" with an undo stays after the next act."""


class Gravity(IntEnum):
    """How much a message matters; the greater comes first."""

    DONE = 1
    INFORMATION = 2
    WARNING = 3
    ERROR = 4


@dataclass(frozen=True)
class MessageAction:
    """A small button in the strip; `run` is called on the main thread and closes the message."""

    label: str
    run: Callable[[], None]
    key: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Message:
    """One sentence in the strip. A newer message of the same `topic` replaces the older one."""

    text: str
    gravity: Gravity = Gravity.INFORMATION
    actions: tuple[MessageAction, ...] = ()
    topic: str = ""
    is_passing: bool = False
    number: int = field(default_factory=count(1).__next__)


class Messages(QObject):
    """The messages that hold at present."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """One for the program."""
        super().__init__(parent)
        self._held: list[Message] = []

    def show(self, message: Message) -> Message:
        """Hold `message` until it is closed or withdrawn."""
        if message.topic:
            self._held = [one for one in self._held if one.topic != message.topic]
        self._held.append(message)
        self.changed.emit()
        return message

    def inform(self, text: str, *actions: MessageAction, topic: str = "") -> Message:
        """Something worth knowing; nobody need act."""
        return self.show(Message(text, Gravity.INFORMATION, actions, topic))

    def warn(self, text: str, *actions: MessageAction, topic: str = "") -> Message:
        """A person should look; nothing is lost."""
        return self.show(Message(text, Gravity.WARNING, actions, topic))

    def fail(self, text: str, *actions: MessageAction, topic: str = "") -> Message:
        """Something did not happen."""
        return self.show(Message(text, Gravity.ERROR, actions, topic))

    def done(self, text: str, *actions: MessageAction, topic: str = "done") -> Message:
        """Something is done: told after its Changes are published. Stays until the next act and ten seconds more."""
        return self.show(Message(text, Gravity.DONE, actions, topic, is_passing=True))

    def done_with_undo(self, text: str, undo: Callable[[], None]) -> Message:
        """Something is done and can be taken back."""
        return self.done(text, MessageAction("Hoàn tác", undo, key="Ctrl+Z", icon="arrow-back-up"))

    def note_next_act(self) -> None:
        """A person went on with other work: passing messages leave in ten seconds."""
        for message in self._held:
            if message.is_passing:
                QTimer.singleShot(UNDO_OFFER_MS, self, lambda number=message.number: self.close(number))

    def close(self, number: int) -> None:
        """The message was closed by a person or is no longer true."""
        self._keep([one for one in self._held if one.number != number])

    def withdraw(self, topic: str) -> None:
        """What was said about `topic` is no longer true."""
        self._keep([one for one in self._held if one.topic != topic])

    @property
    def gravest(self) -> Message | None:
        """What the strip shows; of equally grave ones the newest."""
        return max(self._held, key=lambda one: (one.gravity, one.number), default=None)

    @property
    def waiting_count(self) -> int:
        """How many more there are behind it."""
        return max(0, len(self._held) - 1)

    def _keep(self, messages: list[Message]) -> None:
        if len(messages) != len(self._held):
            self._held = messages
            self.changed.emit()
