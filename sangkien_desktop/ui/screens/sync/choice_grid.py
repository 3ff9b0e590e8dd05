"""Field by field: what both sides last agreed on, what stands here, what stands at the portal."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.screening.differences import Segment, word_difference
from sangkien_desktop.services.clashes import Clash
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import RadioButton
from sangkien_desktop.ui.widgets.labels import IconLabel, label, rich_label
from sangkien_desktop.ui.widgets.panels import Panel

MINE, THEIRS = "mine", "theirs"
_COLUMN = {MINE: 2, THEIRS: 3}
NOTHING = "(để trống)"


class ChoiceGrid(QWidget):
    """One row per clashing field; arrows move, the side under them is chosen."""

    chosen = Signal(str, str)
    """field, side."""

    def __init__(self) -> None:
        """Empty until `show_clashes`."""
        super().__init__()
        self.setObjectName("choice-grid")
        self.setAccessibleName("Chọn bản cho từng trường")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: list[tuple[Clash, dict[str, SideCell]]] = []
        self._current = 0
        self._widths = (150, 200)
        self._bases: list[QWidget] = []
        self._is_narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 1)

    def show_clashes(self, clashes: Sequence[Clash], captions: dict[str, str]) -> None:
        """Show these fields; `captions` says by side who wrote and when."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self._bases = [], []
        self._current = 0
        grown = theme.current().metrics.grown
        self._widths = (grown(150), grown(200))
        for at, title in enumerate(
            ("Trường", "Lúc hai bên còn giống nhau", "Bản ở máy này", "Bản trên Cổng")
        ):
            head = _head(title, strong=at > 1)
            if at < 2:
                head.setFixedWidth(self._widths[at])
            self._grid.addWidget(head, 0, at)
            if at == 1:
                self._bases.append(head)
        for at, clash in enumerate(clashes, start=1):
            self._add(at, clash, captions)
        self.set_narrow(self._is_narrow)

    def show_choice(self, field: str, side: str) -> None:
        """Mark the chosen side of a field; empty for none, another word for a typed value."""
        for clash, cells in self._rows:
            if clash.field == field:
                for name, cell in cells.items():
                    cell.set_chosen(name == side)

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window what both sides last agreed on is only a tool tip."""
        self._is_narrow = is_narrow
        for base in self._bases:
            base.setVisible(not is_narrow)

    @property
    def current_field(self) -> str:
        """The field the arrows stand on; empty when there is none."""
        return self._rows[self._current][0].field if self._rows else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down through the fields, left and right to choose a side."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        sides = {Qt.Key.Key_Left: MINE, Qt.Key.Key_Right: THEIRS}
        key = Qt.Key(event.key())
        if key in steps and self._rows:
            self._go_to((self._current + steps[key]) % len(self._rows))
        elif key in sides and self._rows:
            self.chosen.emit(self.current_field, sides[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which field the arrows stand on."""
        super().focusInEvent(event)
        self._go_to(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No field is current without the focus."""
        super().focusOutEvent(event)
        self._mark(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outer hairline."""
        painter = QPainter(self)
        painter.setPen(theme.current().colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _add(self, at: int, clash: Clash, captions: dict[str, str]) -> None:
        name = Panel("surface", "br")
        words = QHBoxLayout(name)
        words.setContentsMargins(12, 11, 8, 11)
        words.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        words.addWidget(IconLabel("arrows-diff", "", "conflict"), 0, top)
        words.addWidget(label(clash.label, tone="text2", wraps=True), 1, top)
        base = Panel("surface", "br")
        column = QVBoxLayout(base)
        column.setContentsMargins(12, 11, 12, 11)
        column.addWidget(label(clash.base or NOTHING, tone="text2", wraps=True))
        column.addStretch(1)
        for column_at, cell in enumerate((name, base)):
            cell.setFixedWidth(self._widths[column_at])
            self._grid.addWidget(cell, at, column_at)
        self._bases.append(base)
        name.setToolTip(f"Lúc hai bên còn giống nhau: {clash.base or NOTHING}")
        difference = word_difference(clash.mine, clash.theirs)
        is_long = len(clash.mine) + len(clash.theirs) > 60
        cells = {}
        for side, text, segments in (
            (MINE, clash.mine, difference.a),
            (THEIRS, clash.theirs, difference.b),
        ):
            html = marked(segments) if is_long and text else f"<b>{escape(text or NOTHING)}</b>"
            side_cell = SideCell(
                html, captions.get(side, ""), f"{clash.label}, {_SIDE_NAMES[side]}: {text or NOTHING}"
            )
            side_cell.picked.connect(
                lambda row=at - 1, field=clash.field, one=side: self._on_picked(row, field, one)
            )
            cells[side] = side_cell
            self._grid.addWidget(side_cell, at, _COLUMN[side])
        self._rows.append((clash, cells))

    def _on_picked(self, row: int, field: str, side: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go_to(row)
        self.chosen.emit(field, side)

    def _go_to(self, row: int) -> None:
        self._current = max(0, min(row, len(self._rows) - 1))
        self._mark(self._current)

    def _mark(self, current: int) -> None:
        for at, (_clash, cells) in enumerate(self._rows):
            for cell in cells.values():
                cell.set_current(at == current)


_SIDE_NAMES = {MINE: "bản ở máy này", THEIRS: "bản trên Cổng"}


class SideCell(Panel):
    """One side of a field: a radio button, the text, who wrote it."""

    picked = Signal()

    def __init__(self, html: str, caption: str, spoken: str) -> None:
        """`html` is our own text with marked words."""
        super().__init__("surface", "br")
        self._is_current = False
        self.radio = RadioButton()
        self.radio.setAutoExclusive(False)
        self.radio.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.radio.setAccessibleName(spoken)
        self.radio.clicked.connect(self.picked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 10, 10)
        row.setSpacing(8)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(rich_label(html, wraps=True))
        words.addWidget(label(caption, "caption", wraps=True))
        words.addStretch(1)
        row.addLayout(words, 1)

    def set_chosen(self, is_chosen: bool) -> None:
        """Whether this side is the one that will be kept."""
        self.radio.setChecked(is_chosen)
        self.set_ground("accent_soft" if is_chosen else "surface")

    def set_current(self, is_current: bool) -> None:
        """Whether the arrows stand on its field."""
        self._is_current = is_current
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere chooses."""
        self.picked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a frame around the chosen side of the current field."""
        super().paintEvent(event)
        if self._is_current and self.radio.isChecked():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def marked(segments: Sequence[Segment]) -> str:
    """Text as HTML, with the words that differ bold and underlined on a soft ground."""
    tokens = theme.current().tokens
    style = (
        f"background-color:{tokens.conflict_soft};color:{tokens.conflict};"
        "font-weight:600;text-decoration:underline"
    )
    parts = [
        escape(one.text) if one.is_equal else f'<span style="{style}">{escape(one.text)}</span>'
        for one in segments
    ]
    return "".join(parts).replace("\n", "<br>")


def _head(title: str, *, strong: bool) -> Panel:
    head = Panel("header", "br")
    row = QHBoxLayout(head)
    row.setContentsMargins(12, 6, 12, 6)
    row.addWidget(label(title, "strong" if strong else "body", tone="" if strong else "text2"))
    return head
