"""A pane that takes the place of the grid until it is answered: a title, what is to be seen, two buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel


class Overlay(Panel):
    """Ctrl+Enter accepts, Esc closes; nothing is written before it is accepted."""

    accepted = Signal()
    closed = Signal()

    def __init__(self, title: str, explanation: str, accept: str, *, name: str) -> None:
        """Add what is to be seen to `body`."""
        super().__init__("window")
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.title = label(title, "screen")
        self.explanation = label(explanation, tone="text2", wraps=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = FootRow()
        self.accept_button = Button(
            accept, icon="check", key="Ctrl+Enter", kind="primary", name=f"{name}-accept"
        )
        self.close_button = Button("Đóng", key="Esc", name=f"{name}-close")
        self.foot.add_gap()
        self.foot.add(self.close_button, self.accept_button)
        self.accept_button.setVisible(bool(accept))
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.explanation)
        head.addLayout(self.body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head, 1)
        column.addWidget(self.foot)
        self.accept_button.clicked.connect(self.accepted)
        self.close_button.clicked.connect(self.closed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.accept_button.isEnabled()
        ):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def first_focus(self) -> QWidget:
        """Where the caret goes when the pane opens."""
        return self
