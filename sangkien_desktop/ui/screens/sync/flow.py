"""The flow of records from this machine to a verdict, with what went astray beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.formatting import number
from sangkien_desktop.ui.screens.sync.words import Stage
from sangkien_desktop.ui.widgets.labels import IconLabel, label, set_tone
from sangkien_desktop.ui.widgets.panels import Card, Rule


class FlowCard(Card):
    """Five stops with arrows between, and three lines for what waits for a person."""

    astray_opened = Signal(str)
    """The name of a line at the right that was clicked."""

    def __init__(self) -> None:
        """Empty until `show_stages`."""
        super().__init__(padding=0)
        self.setObjectName("flow")
        self._stops = [_Stop() for _ in range(5)]
        self._lines = [_Astray() for _ in range(3)]
        self._arrows: list[QWidget] = []
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        for at, stop in enumerate(self._stops):
            if at:
                self._arrows.append(_Arrow())
                row.addWidget(self._arrows[-1])
            row.addWidget(stop, 1)
        right = QVBoxLayout()
        right.setContentsMargins(15, 12, 14, 12)
        right.setSpacing(6)
        for line in self._lines:
            line.clicked.connect(self.astray_opened)
            right.addWidget(line)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(Rule(Qt.Orientation.Vertical))
        whole.addLayout(right)
        self.body.addLayout(whole)

    def show_stages(self, stages: Sequence[Stage], astray: Sequence[Stage]) -> None:
        """Show these numbers."""
        for stop, stage in zip(self._stops, stages, strict=True):
            stop.show_stage(stage)
        for line, stage in zip(self._lines, astray, strict=True):
            line.show_stage(stage)

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window the arrows leave, so that no name is cut."""
        for arrow in self._arrows:
            arrow.setVisible(not is_narrow)

    def set_low(self, is_low: bool) -> None:
        """In a low window the notes under the figures leave."""
        for stop in self._stops:
            stop.note.setVisible(not is_low)


class _Stop(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.name = IconLabel()
        self.figure = label("–", "figure")
        self.note = label("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.name, self.figure, self.note):
            column.addWidget(part)

    def show_stage(self, stage: Stage) -> None:
        self.name.show_state(stage.icon, stage.name, stage.tone)
        self.figure.setText(number(stage.count))
        set_tone(self.figure, stage.figure_tone)
        self.note.setText(stage.note)
        self.setAccessibleName(f"{stage.name}: {number(stage.count)} {stage.note}")


class _Astray(QWidget):
    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name = IconLabel()
        self.figure = label("", "title")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name)
        row.addStretch(1)
        row.addWidget(self.figure)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_stage(self, stage: Stage) -> None:
        self.name.show_state(stage.icon, stage.name, stage.tone if stage.count else "text2")
        self.figure.setText(number(stage.count))
        set_tone(self.figure, stage.tone if stage.count else "text2")
        self.setAccessibleName(f"{stage.name}: {number(stage.count)}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.name.text())

    def _on_theme(self) -> None:
        self.setFixedWidth(theme.current().metrics.grown(180))


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "chevron-right", QRect(0, 0, 24, self.height()), "text2")
