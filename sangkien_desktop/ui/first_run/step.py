"""One step: a title, one sentence, what is to be decided, and whether one may go on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sangkien_desktop.ui.first_run.answers import Answers
from sangkien_desktop.ui.widgets.labels import label

TEXT_WIDTH = 786


class Step(QWidget):
    """Base of the steps. `changed` says that `missing` may answer differently now."""

    changed = Signal()
    name = ""
    """In the side column."""

    def __init__(self, title: str, explanation: str) -> None:
        """Steps add to `column`."""
        super().__init__()
        self.title = label(title, "figure")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(72, 40, 32, 24)
        self.column.setSpacing(12)
        for part in (self.title, label(explanation, tone="text2", wraps=True)):
            part.setMaximumWidth(TEXT_WIDTH)
            self.column.addWidget(part)
        self.column.addSpacing(6)

    def show_answers(self, answers: Answers) -> None:
        """The step is entered."""

    def keep(self, answers: Answers) -> None:
        """The step is left: write down what was decided."""

    def missing(self) -> str:
        """Why one cannot go on yet; empty when one can."""
        return ""

    def add(self, widget: QWidget) -> None:
        """Something to decide, at most as wide as the text."""
        widget.setMaximumWidth(TEXT_WIDTH)
        self.column.addWidget(widget)
