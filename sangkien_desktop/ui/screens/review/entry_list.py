"""The list at the left of both parts: headings, and entries with a number and perhaps a second line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sangkien_desktop.ui import theme

_ENTRY = int(Qt.ItemDataRole.UserRole)
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
_FIGURE_WIDTH = 44


@dataclass(frozen=True)
class Entry:
    """A heading (without `value`), a kind with its `number`, or a pair with `figure` and a second line."""

    text: str
    value: object = None
    number: str = ""
    figure: str = ""
    under: str = ""

    @property
    def is_heading(self) -> bool:
        """Headings cannot be chosen."""
        return self.value is None

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return ", ".join(part for part in (self.figure, self.text, self.under, self.number) if part)


class EntryList(QListView):
    """Arrow keys skip headings; `chosen` gives the entry's value."""

    chosen = Signal(object)

    def __init__(self, name: str, spoken: str) -> None:
        """`spoken` is its accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = QStandardItemModel(self)
        self._values: list[object] = []
        self.setModel(self._rows)
        self.setItemDelegate(_EntryPainter(self))
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries; the chosen value stays chosen while it is there, without telling so again."""
        before = self.value
        self.selectionModel().blockSignals(True)
        self._rows.clear()
        self._values = [entry.value for entry in entries]
        for entry in entries:
            item = QStandardItem(entry.text)
            item.setData(entry, _ENTRY)
            item.setData(entry.spoken, int(Qt.ItemDataRole.AccessibleTextRole))
            item.setToolTip(entry.text)
            if entry.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._rows.appendRow(item)
        if before in self._values:
            self.setCurrentIndex(self._rows.index(self._values.index(before), 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    @property
    def value(self) -> object:
        """The chosen value; None when there is none."""
        row = self.currentIndex().row()
        return self._values[row] if 0 <= row < len(self._values) else None

    def values(self) -> list[object]:
        """Every value that can be chosen, in order."""
        return [value for value in self._values if value is not None]

    def choose(self, value: object) -> None:
        """Make an entry current."""
        if value in self._values:
            self.setCurrentIndex(self._rows.index(self._values.index(value), 0))

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid() and self._values[current.row()] is not None:
            self.chosen.emit(self._values[current.row()])


class _EntryPainter(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry: Entry = index.data(_ENTRY)
        height = 36 if entry.is_heading else 49 if entry.under else 30
        return QSize(100, theme.current().metrics.grown(height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: Entry = index.data(_ENTRY)
        look = theme.current()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("sel" if self._view.hasFocus() else "sel_inactive"))
        words = area.adjusted(12, 0, -12, 0)
        if entry.is_heading:
            self._draw(painter, words.adjusted(0, 8, 0, 0), entry.text, "label", "text2")
            return
        if entry.under:
            painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
            self._paint_pair(painter, words, entry)
            return
        self._draw(painter, words, entry.number, "strong", "text", right=True)
        self._draw(painter, words.adjusted(0, 0, -36, 0), entry.text, "body", "text")

    def _paint_pair(self, painter: QPainter, words: QRect, entry: Entry) -> None:
        width = theme.current().metrics.grown(_FIGURE_WIDTH)
        half = words.height() // 2
        first = QRect(words.left(), words.top() + 4, words.width(), half - 4)
        second = QRect(words.left(), words.top() + half, words.width(), half - 4)
        self._draw(
            painter,
            QRect(first.left(), first.top(), width, first.height()),
            entry.figure,
            "strong",
            "text",
            right=True,
        )
        self._draw(painter, first.adjusted(width + 10, 0, 0, 0), entry.text, "body", "text")
        self._draw(painter, second.adjusted(width + 10, 0, 0, 0), entry.under, "caption", "text2")

    def _draw(
        self, painter: QPainter, area: QRect, text: str, font: str, tone: str, *, right: bool = False
    ) -> None:
        look = theme.current()
        painter.setFont(look.font(font))  # type: ignore[arg-type]
        painter.setPen(look.colour(tone))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _VCENTRE | side, cut)
