"""Editing in a cell as in Excel: typing replaces, F2 goes on, Enter goes down, Tab right, arrows after typing."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyle, QStyleOptionViewItem, QTableView, QWidget

from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.ui.delegates.cell import CellDelegate, Index
from sangkien_desktop.ui.screens.initiatives.columns import GridColumn
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_EDIT = int(Qt.ItemDataRole.EditRole)
_SELECTED = QStyle.StateFlag.State_Selected


class GridDelegate(CellDelegate):
    """Paints the whole current row as chosen, and makes the editors of the grid."""

    def __init__(self, view: QTableView, columns: tuple[GridColumn, ...]) -> None:
        """`columns` in the order of the model."""
        super().__init__(
            view, [one.kind for one in columns], [one.tone for one in columns], grid=True, marks_current=True
        )
        self._columns = columns
        self.on_opened: Callable[[QWidget, str], None] = _ignore
        """Called with an editor and its column key when it is made."""
        self.move: Callable[[int, int], None] = _stay
        """Goes so many rows down and visible columns right."""
        self.is_typed_over = False
        """Whether the coming editor was opened by a letter, which replaces what stands there."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The current row is chosen as a whole."""
        if index.row() == self._view.currentIndex().row():
            option.state = option.state | _SELECTED
        super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Texts grow from one line; numbers, dates and names stay one line."""
        key = self._columns[index.column()].key
        kind = FIELD[key].kind if key in FIELD else Kind.TEXT
        made: GrowingText | LineField
        if kind in (Kind.TEXT, Kind.LONG_TEXT):
            made = GrowingText(least_lines=1)
            layout = made.document().documentLayout()
            layout.documentSizeChanged.connect(lambda _size: self.updateEditorGeometry(made, option, index))
        else:
            made = LineField()
            made.setMinimumHeight(0)
            made.setMaximumHeight(16777215)
            if self._columns[index.column()].is_right:
                made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setParent(parent)
        made.setProperty("cell", True)
        made.setAccessibleName(self._columns[index.column()].title)
        self.on_opened(made, key)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is stored with the caret at its end; nothing where a letter replaces it."""
        super().setEditorData(editor, index)
        if self.is_typed_over and isinstance(editor, LineField | GrowingText):
            editor.clear()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, as it was typed."""
        text = text_in(editor)
        if text is not None:
            model.setData(QModelIndex(model.index(index.row(), index.column())), text, _EDIT)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Tab and, after typing over, the arrows commit and move."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = self._step(event)
            if step is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, self.EndEditHint.NoHint)
                self.move(*step)
                return True
        return bool(super().eventFilter(editor, event))

    def _step(self, event: QKeyEvent) -> tuple[int, int] | None:
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            return 0, 1
        if event.key() == Qt.Key.Key_Backtab:
            return 0, -1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _ARROWS.get(Qt.Key(event.key())) if self.is_typed_over and plain else None


def text_in(editor: QWidget) -> str | None:
    """What stands in an editor; None for a widget that holds no text."""
    if isinstance(editor, QLineEdit):
        return editor.text()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else None


def _ignore(_editor: QWidget, _key: str) -> None:
    return


def _stay(_rows: int, _columns: int) -> None:
    return
