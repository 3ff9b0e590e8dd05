"""The screen's header: its name, its context, the programme and the way to every command."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel


class Header(Panel):
    """48 high; in a low window it also holds the page's tool row."""

    programme_chosen = Signal(object)
    commands_wanted = Signal()

    def __init__(self) -> None:
        """Title and context left, programme and command field right."""
        super().__init__("surface", "b")
        self.title = label("", "screen", name="screen-title")
        self.context = label("", tone="text2", name="screen-context")
        self.context.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.programme = ComboBox(icon="calendar", quiet=True, name="programme")
        self.programme.setAccessibleName("Chương trình")
        self.programme.chosen.connect(self.programme_chosen)
        self.command = CommandField()
        self.command.clicked.connect(self.commands_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 1)
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addSpacing(6)
        self._row.addWidget(self.context, 1)
        self._row.addWidget(self.programme)
        self._row.addWidget(self.command)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def set_heading(self, title: str, context: str) -> None:
        """The screen's name, and what stands grey beside it."""
        self.title.setText(title)
        self.context.setText(context)

    def set_programmes(self, choices: Sequence[Choice], current: object) -> None:
        """The programmes and stages to choose from."""
        self.programme.setVisible(bool(choices))
        self.programme.set_choices(choices)
        self.programme.choose(current)

    def borrow(self, tool_row: QWidget) -> None:
        """Take a page's tool row in the place of the context."""
        for widget in (self.context, self.programme):
            widget.hide()
        self.command.set_compact(True)
        self._row.insertWidget(2, tool_row, 1)

    def give_back(self) -> None:
        """The context is back."""
        self.context.show()
        self.programme.setVisible(self.programme.count() > 0)
        self.command.set_compact(False)

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window the fields are shorter."""
        self.programme.setMaximumWidth(180 if is_narrow else 320)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.header)


class CommandField(QPushButton):
    """Looks like a field and opens the command list."""

    def __init__(self) -> None:
        """Ctrl+K does the same."""
        super().__init__("Tìm hoặc ra lệnh")
        self.setObjectName("command-field")
        self.setAccessibleName("Tìm hoặc ra lệnh, Ctrl+K")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        self._is_compact = False

    def set_compact(self, is_compact: bool) -> None:
        """Only the glass, for a low window."""
        self._is_compact = is_compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """214 × 30; compact 36 × 30."""
        metrics = theme.current().metrics
        return QSize(metrics.grown(36 if self._is_compact else 214), metrics.field)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border, glass, words, key."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        pen = painter.pen()
        pen.setColor(look.colour("focus" if focused else "line_strong"))
        pen.setWidth(2 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(look.colour("surface"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
        icons.draw(painter, "search", QRect(10, 0, icons.IN_BUTTON, self.height()), "text2")
        if self._is_compact:
            return
        painter.setPen(look.colour("text3"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(32, 0, -10, 0), middle, self.text())
        painter.setFont(look.font("key"))
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, "Ctrl+K")
