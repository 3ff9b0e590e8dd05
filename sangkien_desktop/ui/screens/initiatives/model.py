"""The rows of the grid, with what has been typed and is not written yet."""

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.ui.models.paged_model import Index, PagedModel
from sangkien_desktop.ui.screens.initiatives.columns import GridColumn

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)


class GridModel(PagedModel[GridRow]):
    """Ids are row keys of the store. A typed text stands in its cell from the moment it was typed."""

    page_rows = 32
    """A whole record is costly to read, and a screen shows about so many rows."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        fetch: Callable[[Sequence[int]], Sequence[GridRow | None]],
        parent: QObject | None = None,
    ) -> None:
        """`fetch` answers one row for each key."""
        super().__init__(columns, fetch, parent)
        self._pending: dict[tuple[int, str], str] = {}
        self.places = {column.key: place for place, column in enumerate(columns)}

    @property
    def keys(self) -> "array[int]":
        """The row keys in the order shown."""
        return self._ids

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A typed text before the stored value."""
        if self._pending and role in (_DISPLAY, _EDIT) and index.isValid():
            place = (self._ids[index.row()], self.columns[index.column()].key)
            if place in self._pending:
                return self._pending[place]
        return super().data(index, role)

    def show_pending(self, row: int, key: str, text: str) -> None:
        """Show a text that is being written."""
        self._pending[self._ids[row], key] = text
        self._touch(row, self.places[key])

    def drop_pending(self, row_key: int, key: str) -> None:
        """The text was written, or will not be."""
        if self._pending.pop((row_key, key), None) is not None:
            self._touch(self.row_of(row_key), self.places[key])

    def put(self, fresh: GridRow) -> None:
        """Show a row as it stands now, without reading its page again."""
        row = self.row_of(fresh.row.key)
        page = self._pages.get(row // self.page_rows) if row >= 0 else None
        if isinstance(page, list):
            page[row % self.page_rows] = fresh
            last = self.index(row, len(self.columns) - 1)
            self.dataChanged.emit(self.index(row, 0), last)

    def row_of_record(self, initiative: InitiativeId) -> int:
        """Where a record stands among the rows read so far; -1 when it is not there."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row is not None and row.record.id == initiative:
                    return page * self.page_rows + place
        return -1

    def _touch(self, row: int, column: int) -> None:
        if row >= 0:
            index = self.index(row, column)
            self.dataChanged.emit(index, index)
