"""Tabs by level with their counts, painted as words with a line under the chosen one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from sangkien_desktop.ui import theme


class Tabs(QWidget):
    """One tab for each value; `chosen` carries the value."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        """Value and words; the first is chosen."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for value, words in tabs:
            tab = _Tab(words)
            tab.setObjectName(f"tab-{len(self._tabs)}")
            tab.clicked.connect(lambda _=False, wanted=value: self.chosen.emit(wanted))
            self._tabs[value] = tab
            self._group.addButton(tab)
            row.addWidget(tab)
        next(iter(self._tabs.values())).setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """The number behind each tab's words."""
        for value, tab in self._tabs.items():
            tab.show_count(counts.get(value, 0))


class _Tab(QPushButton):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setCheckable(True)
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self.setText(f"{self._words} {count}")
        room = self.fontMetrics().horizontalAdvance(self.text())
        self.setFixedWidth(round(room * 1.06) + 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        chosen = self.isChecked()
        painter.setFont(look.font("strong" if chosen else "body"))
        painter.setPen(look.colour("accent_text" if chosen else "text2"))
        painter.drawText(self.rect(), 0x84, self.text())  # in the middle both ways
        if chosen:
            painter.fillRect(0, self.height() - 2, self.width(), 2, look.colour("accent"))
        if self.hasFocus():
            painter.setPen(look.colour("focus"))
            painter.drawRect(self.rect().adjusted(1, 6, -2, -6))
