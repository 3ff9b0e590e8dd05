"""A list of records in two lines each: the title, and what is to know about it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sangkien_desktop.ui import theme

_UNDER = int(Qt.ItemDataRole.UserRole)


class RecordList(QListView):
    """Arrow keys go through it; `row_changed` says the row."""

    row_changed = Signal(int)

    def __init__(self, name: str, spoken: str) -> None:
        """`spoken` is its accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_TwoLines(self))
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Title and second line of each."""
        self.selectionModel().blockSignals(True)
        self._rows.clear()
        for title, under in rows:
            item = QStandardItem(title)
            item.setData(under, _UNDER)
            item.setData(f"{title}, {under}", int(Qt.ItemDataRole.AccessibleTextRole))
            item.setToolTip(title)
            self._rows.appendRow(item)
        self.selectionModel().blockSignals(False)

    def select(self, row: int) -> None:
        """Make a row current."""
        self.setCurrentIndex(self._rows.index(row, 0))

    @property
    def current_row(self) -> int:
        """-1 when there is none."""
        return self.currentIndex().row()

    def _on_row(self, current: QModelIndex) -> None:
        self.row_changed.emit(current.row())


class _TwoLines(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.current().metrics.grown(51))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = theme.current()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = state & QStyle.StateFlag.State_HasFocus or self._view.hasFocus()
            painter.fillRect(area, look.colour("sel" if focused else "sel_inactive"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        words = area.adjusted(12, 5, -12, -5)
        half = words.height() // 2
        lines = (
            (str(index.data() or ""), "body", "text"),
            (str(index.data(_UNDER) or ""), "caption", "text2"),
        )
        for at, (text, font, tone) in enumerate(lines):
            painter.setFont(look.font(font))  # type: ignore[arg-type]
            painter.setPen(look.colour(tone))
            line = QRect(words.left(), words.top() + at * half, words.width(), half)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
