"""Grounds: plain panels with hairlines, rounded cards, and rules between rows."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.labels import label


class Panel(QWidget):
    """A ground of one colour role with hairlines on some sides (`t`, `b`, `l`, `r`)."""

    def __init__(self, ground: str = "surface", lines: str = "", parent: QWidget | None = None) -> None:
        """`ground` is a colour role."""
        super().__init__(parent)
        self._ground, self._lines = ground, lines
        self._is_lent = False

    def set_lent(self, is_lent: bool) -> None:
        """While it stands in another panel it has no ground of its own."""
        self._is_lent = is_lent
        self.update()

    def set_ground(self, ground: str) -> None:
        """Another colour role."""
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and lines, as whole logical pixels."""
        if self._is_lent:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().colour(self._ground))
        line = theme.current().colour("line")
        width, height = self.width(), self.height()
        for side, box in (
            ("t", (0, 0, width, 1)),
            ("b", (0, height - 1, width, 1)),
            ("l", (0, 0, 1, height)),
            ("r", (width - 1, 0, 1, height)),
        ):
            if side in self._lines:
                painter.fillRect(*box, line)


class Card(QWidget):
    """A rounded `surface` with a hairline border; add to `body`, or to `head` right of the title."""

    def __init__(self, title: str = "", note: str = "", *, padding: int = 12) -> None:
        """`note` stands in grey beside the title."""
        super().__init__()
        self._ground, self._border = "surface", "line"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(padding, 10, padding, 4)
        self.head.setSpacing(10)
        self.title = label(title, "title")
        self.note = label(note, "caption")
        if title:
            self.head.addWidget(self.title)
            self.head.addWidget(self.note)
            self.head.addStretch(1)
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, 4 if title else padding, padding, padding)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """The grey words beside the title."""
        self.note.setText(note)

    def set_grounds(self, ground: str, border: str) -> None:
        """A tinted card: `warn_soft` with a `warn` border."""
        self._ground, self._border = ground, border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rounded ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.current().colour(self._ground))
        painter.setPen(QPen(theme.current().colour(self._border), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class Rule(QWidget):
    """A hairline between parts, lying or standing."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        """One pixel thick."""
        super().__init__()
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of it is the line."""
        QPainter(self).fillRect(self.rect(), theme.current().colour("line"))


class ToolRow(Panel):
    """The row of fields and buttons under the header: 44 and a line, page margin 16."""

    def __init__(self) -> None:
        """Add left parts, then `add_gap()`, then right parts."""
        super().__init__("window", "b")
        self._needed: list[QWidget] = []
        self._optional: list[QWidget] = []
        self.row = QHBoxLayout(self)
        self.row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.row.setContentsMargins(16, 7, 16, 8)
        self.row.setSpacing(8)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def add(self, *widgets: QWidget) -> None:
        """Widgets from left to right."""
        for widget in widgets:
            self.row.addWidget(widget)
        self._needed.extend(widgets)

    def add_optional(self, *widgets: QWidget) -> None:
        """Widgets that leave, the last one first, when there is no room; their acts stay in the command list."""
        for widget in widgets:
            self.row.addWidget(widget)
        self._optional.extend(widgets)

    def add_gap(self) -> None:
        """What follows stands at the right."""
        self.row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Room for what must stay."""
        margins = self.row.contentsMargins()
        return QSize(self._needed_width() + margins.left() + margins.right(), self.height())

    def _needed_width(self) -> int:
        return sum(_width_of(one) + self.row.spacing() for one in self._needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let optional widgets leave or come back."""
        super().resizeEvent(event)
        margins = self.row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        needed = self._needed_width()
        for widget in self._optional:
            needed += _width_of(widget) + self.row.spacing()
            widget.setVisible(needed <= room)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.tool_row)


class FootRow(Panel):
    """The foot with a screen's main buttons: 54 high, a line above."""

    def __init__(self, ground: str = "surface") -> None:
        """Add left parts, then `add_gap()`, then right parts."""
        super().__init__(ground, "t")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 1, 16, 0)
        self.row.setSpacing(8)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def add(self, *widgets: QWidget) -> None:
        """Widgets from left to right."""
        for widget in widgets:
            self.row.addWidget(widget)

    def add_gap(self) -> None:
        """What follows stands at the right."""
        self.row.addStretch(1)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.grown(54))


def _width_of(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())
