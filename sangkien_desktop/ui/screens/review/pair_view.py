"""Two records side by side: fields that differ on white with their words marked, equal ones in grey."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sangkien_desktop.screening import Segment
from sangkien_desktop.services.duplicates import Line, SideBySide
from sangkien_desktop.storage.initiatives import Row
from sangkien_desktop.ui import badges, icons, theme
from sangkien_desktop.ui.widgets.labels import IconLabel, label, rich_label
from sangkien_desktop.ui.widgets.panels import Panel

_FIELD_WIDTH = 150
_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter


class PairView(QScrollArea):
    """Rebuilt for every pair; a dozen labels."""

    def __init__(self) -> None:
        """Empty until `show_pair`."""
        super().__init__()
        self.setObjectName("pair")
        self.setAccessibleName("Hai bản cạnh nhau")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sides: SideBySide | None = None
        self._more: Sequence[str] = ()
        theme.current().changed.connect(self._rebuild)
        self._rebuild()

    def show_pair(self, sides: SideBySide | None, more: Sequence[str] = ()) -> None:
        """Both sides; `more` are the codes of further copies that are decided along."""
        self._sides, self._more = sides, more
        self._rebuild()

    def _rebuild(self) -> None:
        body = Panel("window")
        # Else the scroll area reserves the height that the texts would need at their least width.
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        outer = QVBoxLayout(body)
        outer.setContentsMargins(16, 8, 16, 8)
        sides = self._sides
        if sides is not None and (sides.left is None or sides.right is None):
            outer.addWidget(
                label(
                    "Một bên không còn ở máy này nữa; cặp này không cần quyết định.", tone="text2", wraps=True
                )
            )
        elif sides is not None:
            outer.addWidget(self._table(sides))
            if self._more:
                said = f"và {len(self._more)} bản nữa giống thế: {', '.join(self._more)}. Trả lời một lần cho cả nhóm."
                outer.addWidget(label(said, tone="conflict", wraps=True))
        outer.addStretch(1)
        self.setWidget(body)

    def _table(self, sides: SideBySide) -> QWidget:
        table = _Framed()
        grid = QGridLayout(table)
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(1)
        grid.setColumnMinimumWidth(0, theme.current().metrics.grown(_FIELD_WIDTH))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(_Cell("header"), 0, 0)
        for column, name, row in ((1, "Bên trái", sides.left), (2, "Bên phải", sides.right)):
            if row is not None:
                grid.addWidget(_head(name, row), 0, column)
        for at, line in enumerate(sides.lines, start=1):
            _add_line(grid, at, line)
        return table


def _add_line(grid: QGridLayout, at: int, line: Line) -> None:
    ground = "window" if line.is_equal else "surface"
    name = _Cell(
        ground, "check" if line.is_equal else "arrows-diff", "text3" if line.is_equal else "conflict"
    )
    name.add(label(line.label, tone="text2", wraps=True))
    grid.addWidget(name, at, 0)
    for column, segments, side in ((1, line.left, "Bên trái"), (2, line.right, "Bên phải")):
        cell = _Cell(ground)
        text = rich_label(_marked(segments), tone="text2" if line.is_equal else "text", wraps=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{line.label}, {side}")
        cell.add(text)
        grid.addWidget(cell, at, column)


def _head(name: str, row: Row) -> QWidget:
    cell = _Cell("header")
    icon, word, role = badges.look_of(row.badge)
    cell.add(label(name, "label"), label(row.record.local_code), IconLabel(icon, word, role), stretch=False)
    cell.add(label(f"nhập {row.created_at:%d/%m}", tone="text2"), stretch=False)
    cell.row.addStretch(1)
    return cell


def _marked(segments: Sequence[Segment]) -> str:
    """Differing words bold, underlined, on soft violet: told apart without colour too."""
    tokens = theme.current().tokens
    style = f"font-weight:600; color:{tokens.conflict}; background-color:{tokens.conflict_soft}"
    parts = []
    for segment in segments:
        text = escape(segment.text).replace("\n", "<br>")
        parts.append(text if segment.is_equal else f'<u><span style="{style}">{text}</span></u>')
    return "".join(parts) or "–"


class _Framed(QWidget):
    """Lines between cells are the ground that shows through."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("line"))


class _Cell(Panel):
    def __init__(self, ground: str, icon: str = "", tone: str = "text3") -> None:
        super().__init__(ground)
        self._icon, self._tone = icon, tone
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(31 if icon else 12, 7, 12, 7)
        self.row.setSpacing(10)
        if icon:
            self.setMinimumHeight(QSize(0, theme.current().metrics.field).height())

    def add(self, *widgets: QLabel | QWidget, stretch: bool = True) -> None:
        for widget in widgets:
            self.row.addWidget(widget, 1 if stretch else 0, _TOP if stretch else _MIDDLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            area = QRect(9, 7, icons.IN_BUTTON, theme.current().metrics.grown(20))
            icons.draw(QPainter(self), self._icon, area, self._tone, icons.IN_CELL)
