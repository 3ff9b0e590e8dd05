"""A table model over a million rows that holds ids and a few pages of values, never the rows."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

PAGE_ROWS = 128
PAGES_KEPT = 64

# Comparing with module-level ints nearly halves the time of a frame: looking enum members up is slow.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
ROW = int(Qt.ItemDataRole.UserRole)
"""The whole record of a row."""
PROBLEM = ROW + 1
"""A `Mark` or None."""
BADGE = ROW + 2
"""(icon, word, role) of a state cell."""
TONE = ROW + 3
"""The colour role of a cell's text, when it is not its column's."""

Index = QModelIndex | QPersistentModelIndex
Record = TypeVar("Record")


@dataclass(frozen=True)
class Mark:
    """What is wrong with a cell: `severity` is `error` or `warning`."""

    severity: str
    sentence: str


@dataclass(frozen=True)
class Column(Generic[Record]):
    """One column: how its cell is read from a record. `width` in logical pixels, 0 takes the rest.

    Kinds: `text`, `strong`, `name` (middle words shortened), `number`, `strong_number`, `badge`, `link`, `check`
    (text "1" is ticked), `bar` (text is a share like 0.667).
    """

    key: str
    title: str
    text: Callable[[Record], str]
    width: int = 120
    is_editable: bool = False
    edit_text: Callable[[Record], str] | None = None
    badge: Callable[[Record], tuple[str, str, str]] | None = None
    mark: Callable[[Record], Mark | None] | None = None
    tool_tip: Callable[[Record], str] | None = None
    kind: str = "text"
    tone: str = "text"
    cell_tone: Callable[[Record], str] | None = None
    is_sortable: bool = True

    @property
    def is_right(self) -> bool:
        """Numbers and shares stand at the right."""
        return self.kind in ("number", "strong_number")


class PagedModel(QAbstractTableModel, Generic[Record]):
    """Rows in the order of `ids`; values come page by page from `fetch`, which must be quick (one indexed read).

    Sorting and filtering happen where the data is: ask for other ids and call `show_ids`.
    """

    edited = Signal(int, str, str)
    """row, column key, new text; the model does not change until it is told."""
    sort_wanted = Signal(str, object)
    """column key and Qt.SortOrder; an empty key means the natural order."""
    page_rows = PAGE_ROWS
    """Rows read at once; fewer where a row is costly."""

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        fetch: Callable[[Sequence[int]], Sequence[Record | None]],
        parent: QObject | None = None,
    ) -> None:
        """`fetch(ids)` answers one record for each id, in order; None for one that is gone."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids = array("q")
        self._pages: OrderedDict[int, Sequence[Record | None]] = OrderedDict()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Other rows, or the same in another order."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def forget(self, ids: Sequence[int] | None = None) -> None:
        """These records have changed (None: any may have): read them again when they are painted."""
        if ids is None or len(ids) > PAGES_KEPT:
            self._pages.clear()
        else:
            changed = set(ids)
            for page in list(self._pages):
                start = page * self.page_rows
                if changed.intersection(self._ids[start : start + self.page_rows]):
                    del self._pages[page]
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, record_id: int) -> int:
        """Where an id stands; -1 when it is not shown."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def record(self, row: int) -> Record | None:
        """The record of a row; None when it has gone meanwhile."""
        page = row // self.page_rows
        known = self._pages.get(page)
        if known is None:
            start = page * self.page_rows
            known = self._pages[page] = self._fetch(self._ids[start : start + self.page_rows])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        elif len(self._pages) > 1:
            self._pages.move_to_end(page)
        return known[row - page * self.page_rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many ids there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """One cell, read from the page it is on."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.is_right else _LEFT
        record = self.record(index.row())
        if record is None:
            return None
        if role == _DISPLAY:
            return column.text(record)
        if role == ROW:
            return record
        return _extra(column, record, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Titles across, row numbers down."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == _DISPLAY:
                return self.columns[section].title
            if role == _ALIGNMENT:
                return _RIGHT if self.columns[section].is_right else _LEFT
        elif role == _DISPLAY:
            return section + 1
        elif role == _ALIGNMENT:
            return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of editable columns may be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        if self.columns[index.column()].is_editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Hand what was typed to whoever saves it; False when nothing changed."""
        if role != _EDIT or not index.isValid() or value == self.data(index, _EDIT):
            return False
        self.edited.emit(index.row(), self.columns[index.column()].key, str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; -1 is the natural one."""
        key = self.columns[column].key if 0 <= column < len(self.columns) else ""
        self.sort_wanted.emit(key, order)


def _extra(column: Column[Record], record: Record, role: int) -> Any:
    if role == _EDIT:
        return (column.edit_text or column.text)(record)
    if role == _TOOL_TIP:
        mark = column.mark(record) if column.mark else None
        tip = column.tool_tip(record) if column.tool_tip else None
        return mark.sentence if mark is not None else tip
    ask = {TONE: column.cell_tone, BADGE: column.badge, PROBLEM: column.mark}.get(role)
    return ask(record) if ask else None
