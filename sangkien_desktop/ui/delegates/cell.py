"""Paints the cells of every table: ground, content, lines, current-cell frame, problem mark, in this order."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.delegates.contents import Ink, contents_of
from sangkien_desktop.ui.models.paged_model import BADGE, PROBLEM, TONE
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField

Index = QModelIndex | QPersistentModelIndex

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_SELECTED = QStyle.StateFlag.State_Selected
_ACTIVE = QStyle.StateFlag.State_Active


class CellDelegate(QStyledItemDelegate):
    """One for a table. Colours, fonts and metrics are prepared once for each theme, not for each cell."""

    def __init__(
        self, view: QTableView, kinds: Sequence[str], tones: Sequence[str], *, grid: bool, marks_current: bool
    ) -> None:
        """`grid` also paints upright lines; `marks_current` frames the current cell."""
        super().__init__(view)
        self._view = view
        self._contents = [contents_of(kind) for kind in kinds]
        self._tones = list(tones)
        self._grid, self._marks_current = grid, marks_current
        self._prepare()
        theme.current().changed.connect(self._prepare)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = index.column()
        mark = index.data(PROBLEM)
        selected = bool(state & _SELECTED)
        current = self._marks_current and index == self._view.currentIndex()
        if current:
            painter.fillRect(area, self._surface)
        elif selected:
            painter.fillRect(area, self._selected if state & _ACTIVE else self._selected_inactive)
        elif mark is not None:
            painter.fillRect(area, self._soft[mark.severity])
        ink = self._ink_for(index, column, selected)
        self._contents[column](painter, area.adjusted(8, 0, -8, -1), index.data(_value_role(index)), ink)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, self._line)
        if self._grid:
            painter.fillRect(area.right(), area.top(), 1, area.height(), self._line)
        if current:
            self._paint_frame(painter, area)
        if mark is not None:
            self._paint_mark(painter, area, mark.severity)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Columns have fixed widths; only the height counts."""
        return QSize(80, theme.current().metrics.row)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line over the cell; a growing text when the value is longer than the cell."""
        text = str(index.data(_EDIT) or "")
        area: QRect = option.rect
        if "\n" in text or QFontMetrics(self._view.font()).horizontalAdvance(text) > area.width() - 16:
            long_text = GrowingText(least_lines=1)
            long_text.setParent(parent)
            long_text.setProperty("cell", True)
            return long_text
        line = LineField()
        line.setParent(parent)
        line.setProperty("cell", True)
        line.setMinimumHeight(0)
        line.setMaximumHeight(16777215)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is stored, caret at the end."""
        text = str(index.data(_EDIT) or "")
        if isinstance(editor, LineField):
            editor.setText(text)
            editor.end(False)
        elif isinstance(editor, GrowingText):
            editor.setPlainText(text)
            editor.moveCursor(editor.textCursor().MoveOperation.End)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, as it was typed."""
        if isinstance(editor, LineField):
            model.setData(_plain(index), editor.text(), _EDIT)
        elif isinstance(editor, GrowingText):
            model.setData(_plain(index), editor.toPlainText(), _EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Exactly over the cell; a long text grows downwards, upwards when there is no room below."""
        area: QRect = option.rect
        if isinstance(editor, GrowingText):
            editor.setFixedWidth(max(area.width(), 200))
            top = area.top()
            if top + editor.height() > self._view.viewport().height():
                top = max(0, area.bottom() - editor.height())
            editor.move(area.left(), top)
        else:
            editor.setGeometry(area)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Enter commits and goes down, Alt+Enter is a new line, Esc restores; Tab is the view's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            alone = not event.modifiers() & (
                Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
            )
            if is_enter and alone:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, self.EndEditHint.NoHint)
                step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
                _move_down(self._view, step)
                return True
            if is_enter and isinstance(editor, GrowingText):
                editor.insertPlainText("\n")
                return True
        return bool(super().eventFilter(editor, event))

    def _ink_for(self, index: Index, column: int, selected: bool) -> Ink:
        tone = index.data(TONE) or self._tones[column]
        if selected and tone == "text3":
            tone = "text2"
        return self._inks[tone]

    def _prepare(self) -> None:
        look = theme.current()
        self._surface, self._line = look.colour("surface"), look.colour("line")
        self._selected, self._selected_inactive = look.colour("sel"), look.colour("sel_inactive")
        self._soft = {"error": look.colour("bad_soft"), "warning": look.colour("warn_soft")}
        self._bad, self._warn, self._focus = look.colour("bad"), look.colour("warn"), look.colour("focus")
        self._inks = _Inks()

    def _paint_frame(self, painter: QPainter, area: QRect) -> None:
        left, top, width, height = area.left(), area.top(), area.width(), area.height()
        for box in ((left, top, width, 2), (left, top + height - 2, width, 2)):
            painter.fillRect(*box, self._focus)
        for box in ((left, top, 2, height), (left + width - 2, top, 2, height)):
            painter.fillRect(*box, self._focus)

    def _paint_mark(self, painter: QPainter, area: QRect, severity: str) -> None:
        left, top = area.left(), area.top()
        if severity == "error":
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._bad)
            painter.drawPolygon(QPolygon([QPoint(left, top), QPoint(left + 8, top), QPoint(left, top + 8)]))
            painter.restore()
        else:
            painter.fillRect(left, top, 8, 2, self._warn)
            painter.fillRect(left, top, 2, 8, self._warn)


class _Inks(dict[str, Ink]):
    def __missing__(self, tone: str) -> Ink:
        self[tone] = made = Ink(theme.current(), tone)
        return made


def _value_role(index: Index) -> int:
    return BADGE if index.data(BADGE) is not None else _DISPLAY


def _plain(index: Index) -> QModelIndex:
    return index.model().index(index.row(), index.column())


def _move_down(view: QTableView, step: int) -> None:
    at = view.currentIndex()
    below = at.siblingAtRow(at.row() + step)
    if below.isValid():
        view.setCurrentIndex(below)
