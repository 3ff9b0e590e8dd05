"""The status strip: connection and what waits at the left, deadline and person at the right, a hint between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Panel, Rule


@dataclass(frozen=True)
class StatusItem:
    """One place of the strip; `command` is run by a click. Items that are not needed leave a narrow window."""

    icon: str
    text: str
    tone: str = "text2"
    command: str = ""
    is_needed: bool = True


class StatusStrip(Panel):
    """28 high, full width."""

    command_wanted = Signal(str)

    def __init__(self) -> None:
        """Empty until items are set."""
        super().__init__("side", "t")
        self.setObjectName("status-strip")
        self.setAccessibleName("Thanh trạng thái")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(22, 1, 22, 0)
        self._row.setSpacing(12)
        self.hint = label("", "caption", name="status-hint")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._left: tuple[StatusItem, ...] = ()
        self._right: tuple[StatusItem, ...] = ()
        self._is_narrow = False
        self._parts: list[QWidget] = []
        self._row.addWidget(self.hint, 1)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def set_items(self, left: Sequence[StatusItem], right: Sequence[StatusItem]) -> None:
        """What stands at both sides of the hint."""
        if (tuple(left), tuple(right)) != (self._left, self._right):
            self._left, self._right = tuple(left), tuple(right)
            self._build()

    def set_hint(self, text: str) -> None:
        """One sentence about the place the caret is in; empty takes it away."""
        self.hint.setText(text)
        self.hint.setToolTip(text)

    def set_narrow(self, is_narrow: bool) -> None:
        """Below 1200 pixels the less needed items leave."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._build()

    def borrow(self, foot: QWidget) -> None:
        """Take a table's foot in place of the hint."""
        self.hint.hide()
        self._row.insertWidget(self._row.indexOf(self.hint), foot, 1)

    def give_back(self) -> None:
        """The hint is back."""
        self.hint.show()

    def _build(self) -> None:
        for part in self._parts:
            self._row.removeWidget(part)
            part.deleteLater()
        self._parts = []
        at = 0
        for item in self._shown(self._left):
            at = self._insert(at, _Place(item, self.command_wanted.emit), Rule(Qt.Orientation.Vertical))
        at = self._row.count()
        for item in self._shown(self._right):
            at = self._insert(at, Rule(Qt.Orientation.Vertical), _Place(item, self.command_wanted.emit))

    def _shown(self, items: Sequence[StatusItem]) -> list[StatusItem]:
        return [item for item in items if item.is_needed or not self._is_narrow]

    def _insert(self, at: int, *widgets: QWidget) -> int:
        for widget in widgets:
            self._row.insertWidget(at, widget)
            self._parts.append(widget)
            at += 1
        return at

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.strip)


class _Place(IconLabel):
    def __init__(self, item: StatusItem, run: Callable[[str], None]) -> None:
        super().__init__(item.icon, item.text, item.tone, look="caption")
        self._command, self._run = item.command, run
        self.setFont(theme.current().font("caption"))
        if item.command:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._command:
            self._run(self._command)
