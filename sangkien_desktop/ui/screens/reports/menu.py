"""The list of reports and papers, by occasion."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sangkien_desktop.ui import icons, theme

_NAME = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Entry:
    """One line; a `name` of nothing is the heading of an occasion."""

    title: str
    name: str = ""


class Menu(QListView):
    """Arrow keys go from paper to paper, over the headings."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        """The first paper is chosen."""
        super().__init__()
        self.setObjectName("reports-menu")
        self.setAccessibleName("Báo cáo và giấy tờ")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Line(self))
        self.setMouseTracking(False)
        self._model = QStandardItemModel(self)
        for entry in entries:
            item = QStandardItem(entry.title)
            item.setData(entry.name, _NAME)
            item.setEditable(False)
            if not entry.name:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(item)
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._on_current)

    def choose(self, name: str) -> None:
        """Go to a paper by its name; an unknown one changes nothing."""
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_NAME) == name:
                self.setCurrentIndex(self._model.index(row, 0))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        name = current.data(_NAME)
        if name:
            self.chosen.emit(name)


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        grown = theme.current().metrics.grown
        return QSize(100, grown(29))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = theme.current()
        area: QRect = option.rect
        is_heading = not index.data(_NAME)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("sel"))
        painter.setFont(look.font("label" if is_heading else "body"))
        painter.setPen(look.colour("text2" if is_heading else "text"))
        if not is_heading:
            spot = QRect(area.left() + 12, area.top(), icons.IN_BUTTON, area.height())
            icons.draw(painter, "file-text", spot, "text2")
        words = area.adjusted(12 if is_heading else 38, 4 if is_heading else 0, -8, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
