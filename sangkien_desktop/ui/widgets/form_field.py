"""A field of a form: label above, editor, proposal beside it, hint or error beneath."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.fields import set_problem
from sangkien_desktop.ui.widgets.labels import IconLabel, label, rich_label


class FormField(QWidget):
    """Wraps any editor. The label is its buddy and its accessible name."""

    proposal_accepted = Signal()

    def __init__(
        self, text: str, editor: QWidget, *, required: bool = False, hint: str = "", name: str = ""
    ) -> None:
        """`required` shows the red star: must be there before sending."""
        super().__init__()
        self.setObjectName(name)
        self.editor = editor
        self._text, self._required, self._hint_text = text, required, hint
        self.label = rich_label("", "caption")
        self.label.setBuddy(editor)
        editor.setAccessibleName(text)
        self.hint = label(hint, "caption", tone="text3", wraps=True)
        self.hint.setVisible(bool(hint))
        self.problem = IconLabel(look="caption")
        self.problem.setProperty("look", "caption")
        self.problem.setVisible(False)
        self.proposal = Button("", icon="corner-down-left", key="Ctrl+E", name=f"{name}-proposal")
        self.proposal.setVisible(False)
        self.proposal.clicked.connect(self.proposal_accepted)
        self._lay_out()
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_problem(self, sentence: str, severity: str = "error") -> None:
        """Put the sentence in the hint's place and mark the editor; an empty sentence takes both away."""
        set_problem(self.editor, severity if sentence else "")
        self.problem.show_state("alert-circle", sentence, "bad" if severity == "error" else "warn")
        self.problem.setToolTip(sentence)
        self.problem.setVisible(bool(sentence))
        self.hint.setVisible(bool(self._hint_text) and not sentence)
        self.editor.setAccessibleDescription(sentence or self._hint_text)

    def show_proposal(self, text: str) -> None:
        """Offer what the machine understood as a button at the right; empty takes it away."""
        self.proposal.setText(text)
        self.proposal.setVisible(bool(text))

    def show_hint(self, text: str) -> None:
        """Another hint beneath."""
        self._hint_text = text
        self.hint.setText(text)
        self.hint.setVisible(bool(text) and not self.problem.isVisibleTo(self))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.editor, 1)
        line.addWidget(self.proposal, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.hint)
        column.addWidget(self.problem)

    def _on_theme(self) -> None:
        star = f' <span style="color:{theme.current().tokens.bad}">*</span>' if self._required else ""
        self.label.setText(escape(self._text) + star)
        self.label.setMinimumHeight(theme.current().metrics.grown(20))
        self.problem.setFont(theme.current().font("caption"))
