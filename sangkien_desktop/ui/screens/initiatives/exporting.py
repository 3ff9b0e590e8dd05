"""What the list shows, as a spreadsheet: the same rows, order and columns."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.messages import MessageAction
from sangkien_desktop.ui.screens.initiatives.columns import GridColumn
from sangkien_desktop.workbooks.writer import CellKind, Column, TablePlan, write_table

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

LOT = 500
_KINDS = {
    Kind.MONEY: CellKind.MONEY,
    Kind.DATE: CellKind.DATE,
    Kind.LONG_TEXT: CellKind.LONG_TEXT,
}


class Exporting(QObject):
    """Asks for a place, writes in the background, says where it is."""

    def __init__(self, page: "InitiativesPage") -> None:
        """One for the page."""
        super().__init__(page)
        self._page = page

    def start(self) -> None:
        """Ask where, then write."""
        page = self._page
        name = f"sang-kien-{page.context.clock.today():%Y-%m-%d}.xlsx"
        path = page.context.dialogs.save_file(
            "Xuất danh sách đang hiện", name, "Bảng tính Excel (*.xlsx)", purpose="export"
        )
        if path is not None:
            shown = [page.model.columns[page.model.places[key]] for key in page.grid.shown_columns()]
            work = partial(self.write, path, tuple(page.model.keys), shown)
            page.context.jobs.start_long(work, title="Đang xuất", done=self.on_written)

    def write(
        self, path: Path, keys: Sequence[int], shown: Sequence[GridColumn], progress: Progress
    ) -> tuple[Path, int]:
        """The file; replaces an older one only when it is whole."""
        heads = tuple(Column(column.title, _kind(column.key)) for column in shown)
        rows = self._rows(keys, shown, progress)
        write_table(path, TablePlan("Sáng kiến", heads, rows, is_large=len(keys) > LOT), progress)
        return path, len(keys)

    def on_written(self, outcome: tuple[Path, int]) -> None:
        """Say where it is."""
        path, count = outcome
        open_folder = MessageAction("Mở thư mục", partial(_show, path.parent))
        self._page.context.messages.done(
            f"Đã xuất {formatting.number(count)} sáng kiến ra {path.name}.", open_folder, topic="export"
        )

    def _rows(
        self, keys: Sequence[int], shown: Sequence[GridColumn], progress: Progress
    ) -> Iterator[Sequence[object]]:
        for start in range(0, len(keys), LOT):
            progress.check()
            progress.report(start, len(keys))
            for row in self._page.services.entry.page(keys[start : start + LOT]):
                if row is not None:
                    yield [_value(column, row) for column in shown]


def _value(column: GridColumn, row: GridRow) -> object:
    if column.key in FIELD and column.key not in row.record.unread:
        kind = FIELD[column.key].kind
        if kind in (Kind.MONEY, Kind.DATE):
            value = getattr(row.record, column.key)
            return column.text(row) if value is None else value
    return column.text(row)


def _kind(key: str) -> CellKind:
    return _KINDS.get(FIELD[key].kind, CellKind.TEXT) if key in FIELD else CellKind.TEXT


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
