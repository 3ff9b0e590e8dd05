"""The sheet with letters and row numbers, and over each column the field it becomes."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.delegates.cell import CellDelegate
from sangkien_desktop.ui.models.paged_model import PROBLEM, Index
from sangkien_desktop.ui.screens.importing import column_fields
from sangkien_desktop.ui.screens.importing.sheet_model import IS_HEADING, REASON, ColumnLook, SheetModel
from sangkien_desktop.ui.widgets.combo import ListPopup

_MOST_SPANS = 1000
_NARROWEST, _WIDEST = 64, 168
_LETTER, _CHIP = 22, 34
_STATES = {"sure": ("check", "ok"), "asked": ("help-circle", "warn"), "left": ("minus", "mute")}


class SheetView(QTableView):
    """Read-only. ←→ move between columns, Alt+↓ offers other fields, Ctrl+PgUp/PgDn ask for other sheets."""

    field_chosen = Signal(str, object)
    """Column name, and the field's name or None for left out."""
    sheet_wanted = Signal(int)
    """-1 or 1: the sheet before or after."""
    cell_told = Signal(str)
    """What is wrong with the current cell; empty when nothing."""

    def __init__(self, model: SheetModel) -> None:
        """Shows whatever `model` shows."""
        super().__init__()
        self._sheet_model = model
        self.setObjectName("sheet")
        self.setAccessibleName("Trang tính như trong Excel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setHorizontalHeader(FieldHead(self, model))
        self.setVerticalHeader(_RowHead(self))
        self.setModel(model)
        self._popup = ListPopup(self)
        self._popup.picked.connect(self._on_picked)
        self._popup_column = -1
        self._anchor = QWidget(self)
        self._anchor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._anchor.lower()
        model.modelReset.connect(self._on_reset)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def open_fields(self, column: int) -> None:
        """Offer another field for a column."""
        if not 0 <= column < len(self._sheet_model.looks):
            return
        self._popup_column = column
        offered = column_fields.choices()
        current = self._sheet_model.looks[column].field or column_fields.LEFT_OUT
        place = next((at for at, one in enumerate(offered) if one.value == current), 0)
        head = self.horizontalHeader()
        left = head.sectionViewportPosition(column) + self.verticalHeader().width()
        self._anchor.setGeometry(left, 0, head.sectionSize(column), head.height())
        self._popup.show_texts([one.text for one in offered], place)
        self._popup.open_under(self._anchor)

    def go_to_cell(self, sheet_row: int, column: int) -> None:
        """Make a cell of the sheet current."""
        row = self._sheet_model.row_of(sheet_row)
        if row >= 0:
            self.setCurrentIndex(self._sheet_model.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ and the keys between sheets; arrows are the table's own."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_fields(max(0, self.currentIndex().column()))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and control:
            self.sheet_wanted.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell what is wrong with the cell, and mark the head of its column."""
        super().currentChanged(current, previous)
        tip = str(current.data(int(Qt.ItemDataRole.ToolTipRole)) or "") if current.isValid() else ""
        marked = current.isValid() and current.data(PROBLEM) is not None
        self.cell_told.emit(tip if marked else "")
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()

    def _on_picked(self, place: int) -> None:
        column, self._popup_column = self._popup_column, -1
        look = self._sheet_model.looks[column]
        value = column_fields.choices()[place].value or None
        self.setFocus()
        if value != look.field:
            self.field_chosen.emit(look.letter, value)

    def _on_reset(self) -> None:
        columns = self._sheet_model.columnCount()
        self.setItemDelegate(SheetDelegate(self, columns))
        self.clearSpans()
        for row in self._sheet_model.spanned_rows()[:_MOST_SPANS] if columns > 1 else ():
            self.setSpan(row, 0, 1, columns)
        self._size_columns()

    def _size_columns(self) -> None:
        room = QFontMetrics(theme.current().font("body"))
        grown = theme.current().metrics.grown
        for column, look in enumerate(self._sheet_model.looks):
            widest = max(
                (room.horizontalAdvance(text) for text in self._sheet_model.longest_texts(column)), default=0
            )
            title = room.horizontalAdvance(look.title) + 58
            least = grown(_NARROWEST) if look.field else grown(44)
            self.setColumnWidth(
                column, max(least, title if look.field else 0, min(widest + 18, grown(_WIDEST)))
            )

    def _on_theme(self) -> None:
        metrics = theme.current().metrics
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(metrics.row - 1)
        vertical.setDefaultSectionSize(metrics.row - 1)
        vertical.setFixedWidth(metrics.grown(40))
        self.horizontalHeader().setFixedHeight(metrics.grown(_LETTER + _CHIP))
        if self._sheet_model.columnCount():
            self._on_reset()


class SheetDelegate(CellDelegate):
    """Cells of the sheet; left-out rows are one grey line with the reason in a chip."""

    def __init__(self, view: QTableView, columns: int) -> None:
        """One for each sheet shown."""
        super().__init__(view, ["text"] * columns, ["text"] * columns, grid=True, marks_current=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell, or the whole of a row that is left out."""
        look = theme.current()
        reason = index.data(REASON)
        if reason:
            self._paint_left_out(painter, option.rect, str(index.data() or ""), str(reason))
            return
        if index.data(IS_HEADING):
            area: QRect = option.rect
            painter.fillRect(area, look.colour("accent_soft"))
            painter.setFont(look.font("strong"))
            painter.setPen(look.colour("text"))
            text = painter.fontMetrics().elidedText(
                str(index.data() or ""), Qt.TextElideMode.ElideRight, area.width() - 14
            )
            painter.drawText(area.adjusted(8, 0, -6, -1), int(Qt.AlignmentFlag.AlignVCenter), text)
            painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
            painter.fillRect(area.right(), area.top(), 1, area.height(), look.colour("line"))
            return
        super().paint(painter, option, index)

    def _paint_left_out(self, painter: QPainter, area: QRect, text: str, reason: str) -> None:
        look = theme.current()
        painter.fillRect(area, look.colour("window"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text2"))
        room = painter.fontMetrics()
        cut = room.elidedText(text, Qt.TextElideMode.ElideRight, max(60, min(area.width() - 220, 560)))
        painter.drawText(area.adjusted(8, 0, 0, -1), int(Qt.AlignmentFlag.AlignVCenter), cut)
        left = area.left() + 8 + (room.horizontalAdvance(cut) + 14 if cut else 0)
        painter.setFont(look.font("caption"))
        width = painter.fontMetrics().horizontalAdvance(reason) + 14
        chip = QRect(left, area.top() + 4, width, area.height() - 9)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        painter.setPen(look.colour("text2"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), reason)


class FieldHead(QHeaderView):
    """Letters above, a chooser for the field below; a click opens it."""

    def __init__(self, view: SheetView, model: SheetModel) -> None:
        """Made by the view."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._model_shown = view, model
        self.setAccessibleName("Trường của từng cột")
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(36)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(100, theme.current().metrics.grown(_LETTER + _CHIP))

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        """The letter, and the chip of the field."""
        if section >= len(self._model_shown.looks):
            return
        look, column = theme.current(), self._model_shown.looks[section]
        upper = QRect(area.left(), area.top(), area.width(), look.metrics.grown(_LETTER))
        lower = QRect(area.left(), upper.bottom() + 1, area.width(), area.height() - upper.height())
        current = section == self._view.currentIndex().column()
        painter.fillRect(upper, look.colour("sel" if current else "header"))
        painter.fillRect(lower, look.colour("surface"))
        for line in (upper.bottom(), area.bottom()):
            painter.fillRect(area.left(), line, area.width(), 1, look.colour("line"))
        painter.fillRect(area.right(), area.top(), 1, area.height(), look.colour("line"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text2"))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), column.letter)
        self._paint_chip(painter, lower.adjusted(3, 4, -4, -4), column)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the chip offers other fields; dragging a border only resizes."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        if section >= 0 and self.cursor().shape() != Qt.CursorShape.SplitHCursor:
            current = self._view.currentIndex()
            self._view.setCurrentIndex(self._model_shown.index(max(0, current.row()), section))
            self._view.open_fields(section)

    def _paint_chip(self, painter: QPainter, area: QRect, column: ColumnLook) -> None:
        look = theme.current()
        icon, role = _STATES[column.state]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "surface" if column.state != "asked" else "warn_soft"
        border = {"sure": "line_strong", "asked": "warn", "left": "line"}[column.state]
        painter.setPen(QPen(look.colour(border), 1))
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        icons.draw(painter, icon, QRect(area.left() + 6, area.top(), 14, area.height()), role, 14)
        if column.field is None or area.width() < 44:
            return
        words = area.adjusted(23, 0, -20, 0)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour(role if column.state == "sure" else "text"))
        text = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
        arrow = QRect(area.right() - 18, area.top(), 14, area.height())
        icons.draw(painter, "chevron-down", arrow, "text2", 12)


class _RowHead(QHeaderView):
    """The sheet's own row numbers."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        """One number."""
        look = theme.current()
        current = section == self._view.currentIndex().row()
        painter.fillRect(area, look.colour("sel" if current else "header"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        painter.fillRect(area.right(), area.top(), 1, area.height(), look.colour("line"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text2"))
        text = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        painter.drawText(
            area.adjusted(0, 0, -7, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text
        )
