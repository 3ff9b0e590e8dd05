"""The widget behind a screen: a tool row, a body, a foot, and what the frame asks of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.widgets.panels import Panel


class Page(QWidget):
    """Base of every screen. Override what applies; everything has a sensible default."""

    heading_changed = Signal(str, str)
    """The screen's name in the header, and the grey context beside it."""
    hint_changed = Signal(str)
    """One sentence in the middle of the status strip; empty takes it away."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then load in the background; the page is shown at once."""
        super().__init__()
        self.context = context
        self._missed: Changes | None = None
        self._tool_row: QWidget | None = None
        self._foot: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        context.changes.changed.connect(self.on_changes)

    def set_parts(
        self, body: QWidget, *, tool_row: QWidget | None = None, foot: QWidget | None = None
    ) -> None:
        """Stack the parts: tool row, body (takes the rest), foot. Called once.

        In a low window the frame lends the tool row to the header and the foot to the status strip.
        """
        self._tool_row, self._foot = tool_row, foot
        if tool_row is not None:
            self._layout.addWidget(tool_row)
        self._layout.addWidget(body, 1)
        if foot is not None:
            self._layout.addWidget(foot)

    def open_with(self, intent: Intent) -> None:
        """Show what another screen or a command asked for; called each time the screen is opened."""

    def refresh(self, changes: Changes) -> None:
        """Something this page may show has changed; called only while it is visible."""

    def panes(self) -> Sequence[QWidget]:
        """The panes F6 goes round, in order."""
        return ()

    def commands(self) -> Sequence[Command]:
        """The commands of this screen, bound to their keys while it is open."""
        return ()

    def set_narrow(self, is_narrow: bool) -> None:
        """The window crossed 1200 logical pixels of width."""

    def set_wide(self, is_wide: bool) -> None:
        """The window crossed 1600 logical pixels of width."""

    def may_close(self) -> bool:
        """False keeps the window open, after telling why."""
        return True

    def lend_tool_row(self) -> QWidget | None:
        """Hand the tool row to the header of a low window."""
        if isinstance(self._tool_row, Panel):
            self._tool_row.set_lent(True)
        return self._tool_row

    def take_back_tool_row(self) -> None:
        """The window is high enough again."""
        if self._tool_row is not None:
            self._layout.insertWidget(0, self._tool_row)
            if isinstance(self._tool_row, Panel):
                self._tool_row.set_lent(False)

    def lend_foot(self) -> QWidget | None:
        """Hand the table's foot to the status strip of a low window."""
        if isinstance(self._foot, Panel):
            self._foot.set_lent(True)
        return self._foot

    def take_back_foot(self) -> None:
        """The window is high enough again."""
        if self._foot is not None:
            self._layout.addWidget(self._foot)
            if isinstance(self._foot, Panel):
                self._foot.set_lent(False)

    def on_changes(self, changes: Changes) -> None:
        """From the change bus: refresh now, or when next shown."""
        if self.isVisible():
            self.refresh(changes)
        else:
            self._missed = changes if self._missed is None else self._missed | changes

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        if self._missed is not None:
            missed, self._missed = self._missed, None
            self.refresh(missed)
