"""The spreadsheet: movement, rectangles and editing as in Excel, over rows that stay in the store."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.screens.initiatives.cell_editors import GridDelegate, text_in
from sangkien_desktop.ui.screens.initiatives.columns import FROZEN, WIDE_VIEW
from sangkien_desktop.ui.screens.initiatives.model import GridModel
from sangkien_desktop.ui.widgets.combo import ListPopup
from sangkien_desktop.ui.widgets.table import Table

_EDGES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_TAKE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class Grid(Table):
    """Shows a `GridModel`. Columns are named by their keys; hidden ones are passed over."""

    cell_changed = Signal(int, str)
    """Row and column key of the current cell; -1 and "" when there is none."""
    half_typed = Signal(int, str, str)
    """Row, column key and the text in the open editor, at each change of it."""
    typing_ended = Signal()
    cleared = Signal()
    """Delete: the selected cells are to become empty."""
    list_wanted = Signal(int, str)
    """Alt+↓ in a cell whose values come from a list."""
    editor_opened = Signal(object, str)
    """An editor was made for a column."""

    def __init__(self, model: GridModel) -> None:
        """Columns of the widest view are shown until told otherwise."""
        super().__init__(model, grid=True, name="initiative-grid")  # type: ignore[arg-type]
        self._model = model
        self._editor: QWidget | None = None
        self.setAccessibleName("Bảng sáng kiến")
        self.delegate = GridDelegate(self, model.columns)
        self.delegate.on_opened = self._on_opened
        self.delegate.move = self.step
        self.setItemDelegate(self.delegate)
        self.setCornerButtonEnabled(True)
        self.horizontalHeader().setSectionsMovable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().sectionClicked.connect(self.selectRow)
        self.show_columns(WIDE_VIEW)

    # Columns

    def shown_columns(self) -> list[str]:
        """Keys of the shown columns from left to right."""
        head = self.horizontalHeader()
        places = [head.logicalIndex(place) for place in range(head.count())]
        return [self._model.columns[place].key for place in places if not self.isColumnHidden(place)]

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns and hide the others; the order of the columns stays."""
        for place, column in enumerate(self._model.columns):
            self.setColumnHidden(place, column.key not in keys)
        self._stretch()

    def set_width(self, key: str, width: int) -> None:
        """Another width of a column, at the middle text size."""
        self.setColumnWidth(self._model.places[key], theme.current().metrics.grown(width))
        self._stretch()

    # Where the caret is

    @property
    def row(self) -> int:
        """The current row; -1 when there is none."""
        return self.currentIndex().row()

    @property
    def key(self) -> str:
        """The current column's key; empty when there is none."""
        index = self.currentIndex()
        return self._model.columns[index.column()].key if index.isValid() else ""

    def go_to(self, row: int, key: str = "") -> None:
        """Make a cell current and show it; without `key` the column stays."""
        column = self._model.places[key] if key else max(self.currentIndex().column(), 1)
        if self.isColumnHidden(column):
            column = self._model.places["title"]
        index = self._model.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _TAKE)
            self.scrollTo(index)

    def step(self, rows: int, columns: int) -> None:
        """Go so many rows down and visible columns right; at the end of a row Tab goes on in the next one."""
        shown = self.shown_columns()
        if self.key not in shown:
            return
        place = shown.index(self.key) + columns
        row = self.row + rows + place // len(shown)
        if 0 <= row < self._model.rowCount():
            self.go_to(row, shown[place % len(shown)])

    def rectangle(self) -> tuple[range, list[str]]:
        """Rows and visible column keys of the selection's bounding rectangle."""
        parts = [
            self.selectionModel().selection().at(n) for n in range(self.selectionModel().selection().count())
        ]
        if not parts:
            return (range(self.row, self.row + 1), [self.key]) if self.row >= 0 else (range(0), [])
        chosen = {column for part in parts for column in range(part.left(), part.right() + 1)}
        rows = range(min(part.top() for part in parts), max(part.bottom() for part in parts) + 1)
        return rows, [key for key in self.shown_columns() if self._model.places[key] in chosen]

    def select_rectangle(self, rows: range, keys: Sequence[str]) -> None:
        """Choose these cells; the first one is current."""
        if not rows or not keys:
            return
        self.go_to(rows[0], keys[0])
        chosen = QItemSelection()
        for key in keys:
            place = self._model.places[key]
            chosen.select(self._model.index(rows[0], place), self._model.index(rows[-1], place))
        self.selectionModel().select(chosen, _TAKE)

    # Editing

    def edit_cell(self, row: int, key: str, text: str | None = None) -> None:
        """Open a cell's editor, with a text that was half-typed."""
        self.go_to(row, key)
        self.setFocus()
        self.delegate.is_typed_over = False
        super().edit(self.currentIndex())
        if text is not None and self._editor is not None:
            set_text(self._editor, text)

    def edit(self, *arguments: object) -> object:  # type: ignore[override]
        """Remember whether a letter or F2 opens the editor."""
        if len(arguments) == 3:
            event = arguments[2]
            letter = isinstance(event, QInputMethodEvent) or (
                isinstance(event, QKeyEvent) and event.key() != Qt.Key.Key_F2 and bool(event.text())
            )
            self.delegate.is_typed_over = letter
        return super().edit(*arguments)  # type: ignore[call-overload]

    def closeEditor(self, editor: QWidget, hint: object) -> None:
        """The editor is gone, whatever became of its text."""
        super().closeEditor(editor, hint)  # type: ignore[arg-type]
        self._editor = None
        self.delegate.is_typed_over = False
        self.typing_ended.emit()

    @property
    def is_editing(self) -> bool:
        """Whether a cell's editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def commit_editor(self) -> None:
        """Commit what stands in the open editor."""
        if self._editor is not None:
            self.commitData(self._editor)
            self.closeEditor(self._editor, GridDelegate.EndEditHint.NoHint)

    def choose_from(self, texts: Sequence[str], take: Callable[[str], None]) -> None:
        """Open a list under the current cell, filtered without accents; `take` gets what was chosen."""
        anchor = QWidget(self.viewport())
        anchor.setGeometry(self.visualRect(self.currentIndex()))
        popup = ListPopup(anchor)
        current = str(self.currentIndex().data() or "")
        popup.show_texts(texts, texts.index(current) if current in texts else 0)
        popup.picked.connect(lambda place: take(texts[place]))
        popup.picked.connect(lambda _: self.setFocus())
        anchor.lower()
        anchor.show()
        popup.open_under(anchor)

    # Events

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell the cell."""
        super().currentChanged(current, previous)
        key = self._model.columns[current.column()].key if current.isValid() else ""
        self.cell_changed.emit(current.row(), key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Excel's keys."""
        if not self._moved(event) and not self._acted(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab stays in the grid."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            step = steps.get(Qt.Key(event.key()))
            if step and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.step(0, step)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and a stronger line after the last of the columns that stay."""
        super().paintEvent(event)
        place = self._model.places[FROZEN[-1]]
        right = self.columnViewportPosition(place) + self.columnWidth(place) - 1
        height = min(self.viewport().height(), self._model.rowCount() * theme.current().metrics.row)
        painter = QPainter(self.viewport())
        painter.fillRect(right, 0, 1, height, theme.current().colour("line_strong"))

    def _moved(self, event: QKeyEvent) -> bool:
        """Enter, and Ctrl with arrows, Home and End."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.ShiftModifier:
            self.step(-1, 0)
        elif held == Qt.KeyboardModifier.ControlModifier and key in _EDGES:
            rows, columns = _EDGES[key]
            shown = self.shown_columns()
            last = self._model.rowCount() - 1
            row = self.row if not rows else (0 if rows < 0 else last)
            self.go_to(row, self.key if not columns else shown[0 if columns < 0 else -1])
        elif held == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first = key == Qt.Key.Key_Home
            self.go_to(0 if first else self._model.rowCount() - 1, self.shown_columns()[0 if first else -1])
        else:
            return False
        return True

    def _acted(self, event: QKeyEvent) -> bool:
        """Delete, whole rows and columns, open the list."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Delete and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self.cleared.emit()
        elif key == Qt.Key.Key_Space and held == Qt.KeyboardModifier.ShiftModifier:
            rows, _ = self.rectangle()
            self.select_rectangle(rows, self.shown_columns())
        elif key == Qt.Key.Key_Space and held == Qt.KeyboardModifier.ControlModifier:
            self.selectColumn(self.currentIndex().column())
        elif key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier:
            self.list_wanted.emit(self.row, self.key)
        else:
            return False
        return True

    def _on_opened(self, editor: QWidget, key: str) -> None:
        self._editor = editor
        row = self.row

        def tell(*_: object) -> None:
            self.half_typed.emit(row, key, text_in(editor) or "")

        editor.textChanged.connect(tell)  # type: ignore[attr-defined]
        self.editor_opened.emit(editor, key)


def set_text(editor: QWidget, text: str) -> None:
    """Put a text into an editor, caret at its end."""
    for name in ("setText", "setPlainText"):
        put = getattr(editor, name, None)
        if put is not None:
            put(text)
