"""Figures in a row: one card, divided by hairlines, each with caption, number and a line of base."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.labels import emphasised, label, rich_label, set_tone
from sangkien_desktop.ui.widgets.panels import Card, Rule


@dataclass(frozen=True)
class FigureText:
    """What a figure says: `base` may hold `<b>`; `tone` colours the number."""

    caption: str
    value: str
    base: str
    tone: str = "text"


class Figure(QWidget):
    """Caption in capitals, the number, what it is counted from."""

    def __init__(self, look: str = "figure", *, padding: int = 14) -> None:
        """`look`: `figure` (24), `hero` (38) or `hero_big` (46, readable at five metres)."""
        super().__init__()
        self.caption = label("", "label")
        self.value = label("", look)
        self.base = rich_label("", "caption" if look == "figure" else "body", tone="text2")
        self.value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.base.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(padding, 0, padding, 0)
        column.setSpacing(0)
        self._lines = (18, 34, 18) if look == "figure" else (20, 56, 20)
        column.addStretch(1)
        for part in (self.caption, self.value, self.base):
            column.addWidget(part)
        column.addStretch(1)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def say(self, text: FigureText) -> None:
        """Show a figure."""
        self.caption.setText(text.caption.upper())
        self.value.setText(text.value)
        set_tone(self.value, text.tone)
        self.base.setText(emphasised(text.base, "text"))
        self.base.setToolTip(self.base.text())
        self.setAccessibleName(f"{text.caption}: {text.value}")

    def _on_theme(self) -> None:
        for part, line in zip((self.caption, self.value, self.base), self._lines, strict=True):
            part.setFixedHeight(theme.current().metrics.grown(line))


class FigureRow(Card):
    """Figures side by side in one card."""

    def __init__(self, looks: Sequence[str], *, padding: int = 14, stretches: Sequence[int] = ()) -> None:
        """One figure for each look; `stretches` weighs their widths."""
        super().__init__(padding=0)
        self.figures: list[Figure] = []
        row = QHBoxLayout()
        row.setSpacing(0)
        for at, look in enumerate(looks):
            if at:
                row.addWidget(Rule(Qt.Orientation.Vertical))
            figure = Figure(look, padding=padding)
            self.figures.append(figure)
            row.addWidget(figure, stretches[at] if stretches else 1)
        self.body.addLayout(row)

    def say(self, texts: Sequence[FigureText]) -> None:
        """Show all, in order."""
        for figure, text in zip(self.figures, texts, strict=True):
            figure.say(text)


def fact(name: str, value: str, *, width: int = 114) -> tuple[QLabel, QLabel]:
    """A name in grey and its value, for facts of a record one below the other."""
    left = label(name, tone="text2")
    left.setFixedWidth(theme.current().metrics.grown(width))
    left.setAlignment(Qt.AlignmentFlag.AlignTop)
    right = label(value, wraps=True)
    return left, right
