"""The table of every screen: painted head, keys as in Excel, a foot that always counts."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPolygon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.delegates.cell import CellDelegate
from sangkien_desktop.ui.models.paged_model import Column, Index, PagedModel
from sangkien_desktop.ui.widgets.labels import emphasised, rich_label
from sangkien_desktop.ui.widgets.panels import Panel

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class Table(QTableView):
    """Shows a `PagedModel`. `grid` is the spreadsheet kind: row numbers, upright lines, a current cell; else
    whole rows are selected. `airy` rows are 32 high."""

    row_changed = Signal(int)
    """The current row; -1 when there is none."""
    row_opened = Signal(int)
    """Enter or a double click on a row that is not edited in place."""

    def __init__(
        self, model: PagedModel[object], *, grid: bool = False, airy: bool = False, name: str = ""
    ) -> None:
        """Columns, widths and alignment come from `model.columns`."""
        super().__init__()
        self._grid, self._airy = grid, airy
        self._columns: Sequence[Column[object]] = model.columns
        self.setObjectName(name)
        self.setProperty("grid", grid)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(grid)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if grid else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalHeader(Head(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(Head(Qt.Orientation.Vertical, self))
        self.verticalHeader().setVisible(grid)
        self.setModel(model)
        self.setItemDelegate(
            CellDelegate(
                self,
                [column.kind for column in model.columns],
                [column.tone for column in model.columns],
                grid=grid,
                marks_current=grid,
            )
        )
        self._on_theme()
        theme.current().changed.connect(self._on_theme)
        model.modelReset.connect(lambda: self.row_changed.emit(self.currentIndex().row()))
        self.doubleClicked.connect(self._on_double_click)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the row, and paint both row heads again."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.row_changed.emit(current.row())
            self.verticalHeader().viewport().update()
            if self._grid:
                self.viewport().update()

    def select_row(self, row: int) -> None:
        """Go to a row and show it."""
        column = max(0, self.currentIndex().column())
        index = self.model().index(row, column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if not self._grid:
            flags |= QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def selected_rows(self) -> list[int]:
        """The rows with anything selected, in order."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down in a grid and opens the row elsewhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self._grid:
                self._go(1, 0)
            elif self.currentIndex().isValid():
                self.row_opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column of width 0 takes the rest."""
        super().resizeEvent(event)
        self._stretch()

    def _go(self, rows: int, columns: int) -> None:
        at = self.currentIndex()
        target = self.model().index(at.row() + rows, at.column() + columns)
        if target.isValid():
            self.setCurrentIndex(target)

    def _on_double_click(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.row_opened.emit(index.row())

    def _stretch(self) -> None:
        grown = theme.current().metrics.grown
        fixed = 0
        for at, column in enumerate(self._columns):
            if column.width and not self.isColumnHidden(at):
                fixed += self.columnWidth(at)
        for at, column in enumerate(self._columns):
            if not column.width:
                self.setColumnWidth(at, max(grown(160), self.viewport().width() - fixed))

    def _on_theme(self) -> None:
        metrics = theme.current().metrics
        height = metrics.airy_row if self._airy else metrics.row
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(height)
        vertical.setDefaultSectionSize(height)
        vertical.setFixedWidth(metrics.grown(36))
        self.horizontalHeader().setFixedHeight(metrics.head)
        for at, column in enumerate(self._columns):
            if column.width:
                self.setColumnWidth(at, metrics.grown(column.width))
        self._stretch()
        self.viewport().update()


class Head(QHeaderView):
    """A head painted by hand: quiet ground, strong caption, a small triangle for the order.

    One click sorts upwards, two downwards, three give the natural order back.
    """

    def __init__(self, orientation: Qt.Orientation, table: Table) -> None:
        """Made by the table."""
        super().__init__(orientation, table)
        self._table = table
        self._sorted = -1
        self._order = Qt.SortOrder.AscendingOrder
        self._horizontal = orientation == Qt.Orientation.Horizontal
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        mode = QHeaderView.ResizeMode.Interactive if self._horizontal else QHeaderView.ResizeMode.Fixed
        self.setSectionResizeMode(mode)
        if self._horizontal:
            self.setMinimumSectionSize(36)
            self.sectionClicked.connect(self._on_clicked)

    def show_order(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Mark the column the rows are ordered by; -1 for none."""
        self._sorted, self._order = column, order
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """30 high across; 36 wide downwards."""
        metrics = theme.current().metrics
        return QSize(metrics.grown(36), metrics.head)

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        """One head cell."""
        look = theme.current()
        current = not self._horizontal and section == self._table.currentIndex().row()
        painter.fillRect(area, look.colour("sel" if current else "header"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        if not self._horizontal or self._table.property("grid"):
            painter.fillRect(area.right(), area.top(), 1, area.height(), look.colour("line"))
        model = self.model()
        text = str(model.headerData(section, self.orientation(), _DISPLAY) or "")
        painter.setFont(look.font("label" if self._horizontal or current else "caption"))
        painter.setPen(look.colour("text" if current else "text2"))
        words = area.adjusted(8, 0, -8, -1)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        right = not self._horizontal or self._is_right(section)
        flags |= int(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        painter.drawText(words, flags, text)
        if section == self._sorted:
            width = painter.fontMetrics().horizontalAdvance(text)
            self._paint_order(painter, words, words.right() + 2 if right else words.left() + width + 4)

    def _paint_order(self, painter: QPainter, area: QRect, left: int) -> None:
        middle = area.center().y() + 1
        down = self._order == Qt.SortOrder.DescendingOrder
        tip, base = (middle + 3, middle - 3) if down else (middle - 3, middle + 3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("text2"))
        painter.drawPolygon(QPolygon([QPoint(left, base), QPoint(left + 8, base), QPoint(left + 4, tip)]))
        painter.restore()

    def _is_right(self, section: int) -> bool:
        alignment = self.model().headerData(
            section, self.orientation(), int(Qt.ItemDataRole.TextAlignmentRole)
        )
        return bool(int(alignment or 0) & int(Qt.AlignmentFlag.AlignRight))

    def _on_clicked(self, section: int) -> None:
        model = self.model()
        if isinstance(model, PagedModel) and not model.columns[section].is_sortable:
            return
        if section != self._sorted:
            self.show_order(section)
        elif self._order == Qt.SortOrder.AscendingOrder:
            self.show_order(section, Qt.SortOrder.DescendingOrder)
        else:
            self.show_order(-1)
        model.sort(self._sorted, self._order)


class TableFoot(Panel):
    """Always there: what is counted, what the filter hides, what is at the portal, the sum."""

    def __init__(self) -> None:
        """28 high."""
        super().__init__("header", "t")
        self._left = rich_label("", "caption", tone="text2")
        self._right = rich_label("", "caption", tone="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.addWidget(self._left)
        row.addStretch(1)
        row.addWidget(self._right)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def say(self, *left: str, right: str = "") -> None:
        """Parts with `<b>` for the numbers: `say("<b>1.701</b> sáng kiến", "1.633 đã lên Cổng")`."""
        gap = "&nbsp;" * 5
        self._left.setText(emphasised(gap.join(left), "text"))
        self._right.setText(emphasised(right, "text"))

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.strip)
