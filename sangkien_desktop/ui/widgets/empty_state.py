"""A place with nothing in it: what belongs here, then up to four ways to begin, each with its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Panel, Rule


@dataclass(frozen=True)
class Beginning:
    """One way to begin."""

    icon: str
    title: str
    explanation: str
    button: str
    key: str
    run: Callable[[], None]


class EmptyState(Panel):
    """Title, one grey sentence, a card of ways."""

    def __init__(self, title: str, explanation: str, ways: Sequence[Beginning] = ()) -> None:
        """At most four ways."""
        super().__init__("surface")
        self.title = label(title, "screen")
        self.explanation = label(explanation, tone="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(4)
        column.addStretch(1)
        for words in (self.title, self.explanation):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addSpacing(10)
        if ways:
            column.addWidget(_ways_card(ways), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setAccessibleName(title)


class NothingFound(Panel):
    """A filter that leaves nothing: says which, and takes it off."""

    def __init__(self, clear: Callable[[], None]) -> None:
        """`clear` takes the filter off; so does Esc in the filter field."""
        super().__init__("surface")
        self.sentence = label("", "strong")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        button = Button("Bỏ lọc", key="Esc", name="clear-filter")
        button.clicked.connect(clear)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, text: str) -> None:
        """What was looked for."""
        self.sentence.setText(f"Không có dòng nào khớp “{text}”" if text else "Không có dòng nào khớp bộ lọc")


class _Picture(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._icon, QRect(0, 0, 24, 24), "accent", icons.IN_EMPTY_STATE)


def _ways_card(ways: Sequence[Beginning]) -> Card:
    card = Card(padding=0)
    card.setFixedWidth(min(theme.current().metrics.grown(720), 860))
    card.body.setSpacing(0)
    for at, way in enumerate(ways[:4]):
        if at:
            card.body.addWidget(Rule())
        card.body.addLayout(_way_row(way))
    return card


def _way_row(way: Beginning) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(18, 14, 18, 14)
    row.setSpacing(16)
    row.addWidget(_Picture(way.icon))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(way.title, "strong"))
    words.addWidget(label(way.explanation, tone="text2", wraps=True))
    row.addLayout(words, 1)
    button = Button(way.button, key=way.key)
    button.setAccessibleDescription(way.title)
    button.clicked.connect(way.run)
    row.addWidget(button)
    return row
