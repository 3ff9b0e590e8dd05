"""The files waiting at the left: each with what became of it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout

from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.importing.intake import Entry, State
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.table import Table

WIDTH = 232
_MOST_ROWS = 6


def look_of(entry: Entry) -> tuple[str, str, str]:
    """Icon, words and role of a file's state."""
    if entry.state is State.FAILED:
        return "alert-circle", entry.name, "bad"
    if entry.state is State.READING:
        return "refresh", entry.name, "wait"
    if entry.state is State.WAITING:
        return "clock", entry.name, "mute"
    return ("help-circle", entry.name, "warn") if entry.questions() else ("check", entry.name, "text")


def _rows(entry: Entry) -> str:
    return formatting.number(sum(len(plan.rows) for plan in entry.plans)) if entry.plans else ""


class Queue(Panel):
    """A short list; hidden while there is only one file."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__("surface", "b")
        self._entries: list[Entry] = []
        columns: list[Column[object]] = [
            Column("name", "Tệp", _name, 0, kind="badge", badge=_look, is_sortable=False),
            Column("rows", "Dòng", _count, 56, kind="number", tone="text2", is_sortable=False),
        ]
        self.model: PagedModel[object] = PagedModel(
            columns, lambda ids: [self._entries[at] for at in ids], self
        )
        self.table = Table(self.model, name="queue")
        self.table.setAccessibleName("Các tệp đang nhập")
        self.table.horizontalHeader().hide()
        self.title = label("", "label", tone="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(4)
        title = QVBoxLayout()
        title.setContentsMargins(14, 0, 14, 0)
        title.addWidget(self.title)
        column.addLayout(title)
        column.addWidget(self.table)
        self.table.row_changed.connect(self._on_row)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def show_entries(self, entries: Sequence[Entry], current: int | None) -> None:
        """All files, with the one shown marked."""
        blocker = QSignalBlocker(self.table)
        self._entries = list(entries)
        self.model.show_ids(range(len(entries)))
        read = sum(one.state in (State.READ, State.FAILED) for one in entries)
        done = "" if read == len(entries) else f", đã đọc {read}"
        self.title.setText(f"{len(entries)} tệp{done}")
        rows = min(len(entries), _MOST_ROWS)
        self.table.setFixedHeight(rows * theme.current().metrics.row + 2)
        place = next((at for at, one in enumerate(entries) if one.number == current), -1)
        if place >= 0:
            self.table.select_row(place)
        blocker.unblock()
        self.setVisible(len(entries) > 1)

    def _on_theme(self) -> None:
        self.setFixedWidth(theme.current().metrics.grown(WIDTH))

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._entries):
            self.chosen.emit(self._entries[row].number)


def _name(entry: object) -> str:
    return entry.name if isinstance(entry, Entry) else ""


def _look(entry: object) -> tuple[str, str, str]:
    return look_of(entry) if isinstance(entry, Entry) else ("", "", "text")


def _count(entry: object) -> str:
    return _rows(entry) if isinstance(entry, Entry) else ""
