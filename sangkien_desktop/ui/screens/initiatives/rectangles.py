"""Rectangles of cells: copied, pasted, filled, cleared, searched and replaced, each as one act."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.services.entry import CellEdit
from sangkien_desktop.services.typed import is_typed
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.initiatives.clipboard import to_html, to_text
from sangkien_desktop.ui.screens.initiatives.paste_preview import Pasted, PastePreview, read_clipboard
from sangkien_desktop.ui.screens.initiatives.replacing import ReplaceDialog
from sangkien_desktop.ui.screens.initiatives.series import continued

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

MOST_COPIED = 100_000


class Rectangles(QObject):
    """Works on the selection of the grid."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Connects Delete."""
        super().__init__(page)
        self._page = page
        self._grid, self._model = page.grid, page.model
        self._preview: PastePreview | None = None
        page.grid.cleared.connect(self.clear)

    def copy(self) -> None:
        """The selection to the clipboard, for Excel and LibreOffice: a table, and quoted text."""
        rows, keys = self._grid.rectangle()
        if len(rows) * len(keys) > MOST_COPIED:
            self._page.context.messages.warn("Vùng chọn quá lớn để chép. Dùng Xuất để ghi ra tệp Excel.")
            return
        cells = [[self._text(row, key) for key in keys] for row in rows]
        data = QMimeData()
        data.setText(to_text(cells))
        data.setHtml(to_html(cells))
        QApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """A rectangle from the clipboard: over the cells from the current one on; what is beyond becomes new rows."""
        data = QApplication.clipboard().mimeData()
        page = self._page
        if page.form.isAncestorOf(page.focusWidget()) and data.hasImage() and not data.hasHtml():
            page.files.paste_picture(QApplication.clipboard().image())
            return
        html, text = data.html() if data.hasHtml() else "", data.text()
        page.context.jobs.start(partial(read_clipboard, html, text), done=self.on_read)

    def on_read(self, pasted: Pasted) -> None:
        """Into the cells, or first a look at which column is what."""
        page, cells = self._page, pasted.cells
        if not cells:
            page.context.messages.inform("Chưa có gì để dán. Chép vùng trong Excel trước, rồi dán vào đây.")
            return
        width = max(len(row) for row in cells)
        row, key = self._grid.row, self._grid.key
        record = self._model.record(row) if 0 <= row < self._model.rowCount() else None
        is_blank = record is not None and not record.record.title and not record.record.authors
        if record is None or (width > 1 and is_blank):
            self.preview(pasted, record.record if record else None)
        else:
            self._paste_over(cells, row, key)

    def preview(self, pasted: Pasted, like: Initiative | None) -> None:
        """Show which column becomes which field before new rows are made."""
        self._preview = PastePreview(self._page, pasted, like)
        self._preview.open()

    def accept_preview(self) -> None:
        """Make the rows that the preview shows."""
        if self._preview is not None:
            self._preview.accept()

    def _paste_over(self, cells: Sequence[Sequence[str]], row: int, key: str) -> None:
        shown = self._grid.shown_columns()
        rows, keys = self._grid.rectangle()
        if len(cells) == 1 and len(cells[0]) == 1 and len(rows) * len(keys) > 1:
            self._write({(one, name): cells[0][0] for one in rows for name in keys}, "dán vào")
            return
        names = shown[shown.index(key) :]
        inside = min(len(cells), self._model.rowCount() - row)
        texts = {
            (row + at, name): text
            for at in range(inside)
            for name, text in zip(names, cells[at], strict=False)
        }
        beyond = cells[inside:]
        self._write(texts, "dán vào")
        width = max(len(one) for one in cells)
        self._grid.select_rectangle(range(row, row + inside), names[:width])
        if beyond:
            self._add_rows(names, beyond)

    def _add_rows(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        entry = self._page.services.entry
        like = self._page.current.record if self._page.current else None
        fields = [name if is_typed(name) else "" for name in names]

        def work() -> object:
            return entry.keep_new(entry.new_records(fields, rows, like))

        said = f"Đã dán {formatting.number(len(rows))} dòng mới."
        self._page.editing.act(work, said)  # type: ignore[arg-type]

    def clear(self) -> None:
        """Delete: empty the selected cells."""
        rows, keys = self._grid.rectangle()
        self._write({(row, key): "" for row in rows for key in keys}, "xóa ô")

    def fill_down(self) -> None:
        """The first row of the selection in all its rows; a single cell takes the one above."""
        rows, keys = self._grid.rectangle()
        if not self._has_grid() or not rows:
            return
        first = rows[0] - 1 if len(rows) == 1 else rows[0]
        if first >= 0:
            texts = {(row, key): self._text(first, key) for row in rows for key in keys if row != first}
            self._write(texts, "điền xuống")

    def fill_right(self) -> None:
        """The first column of the selection in all its columns."""
        rows, keys = self._grid.rectangle()
        if self._has_grid() and len(keys) > 1:
            texts = {(row, key): self._text(row, keys[0]) for row in rows for key in keys[1:]}
            self._write(texts, "điền sang phải")

    def fill_series(self) -> None:
        """What the first two cells begin goes on: numbers, days, months, texts that end with a number."""
        rows, keys = self._grid.rectangle()
        texts: dict[tuple[int, str], str] = {}
        for key in keys:
            column = continued([self._text(row, key) for row in rows])
            texts.update({(row, key): text for row, text in zip(rows, column, strict=True)})
        self._write(texts, "điền dãy")

    def fill_same(self) -> None:
        """The current cell in the whole selection."""
        rows, keys = self._grid.rectangle()
        if self._has_grid() and rows:
            row, key = self._grid.row, self._grid.key
            text = self._text(row, key)
            self._write({(one, name): text for one in rows for name in keys}, "điền")

    def today(self) -> None:
        """Today's date into the selected cells."""
        text = formatting.day(self._page.context.clock.today() + timedelta(0))
        if self._has_grid():
            rows, keys = self._grid.rectangle()
            self._write({(row, key): text for row in rows for key in keys}, "điền ngày")
        else:
            widget = self._page.focusWidget()
            insert = getattr(widget, "insert", None)
            if insert is not None:
                insert(text)

    def replace(self) -> None:
        """Find and replace in the current column, over all rows that the list shows."""
        key = self._grid.key
        if not is_typed(key):
            self._page.context.messages.inform(
                "Cột này không sửa được bằng tay. Chọn cột khác rồi bấm Ctrl+H."
            )
            return
        self._dialog = ReplaceDialog(self._page, key, self._model.columns[self._model.places[key]].title)
        self._dialog.open()

    def write_edits(self, edits: Sequence[CellEdit], name: str) -> None:
        """Keep edits as one act and offer to take it back."""
        if not edits:
            return
        records = len({edit.initiative for edit in edits})
        entry = self._page.services.entry
        said = f"Đã {name} {formatting.number(len(edits))} ô của {formatting.number(records)} sáng kiến."
        self._page.editing.act(partial(entry.type_many, edits, f"{name} {len(edits)} ô"), said)

    def _write(self, texts: dict[tuple[int, str], str], name: str) -> None:
        ids: dict[int, InitiativeId] = {}
        edits = []
        for (row, key), text in texts.items():
            if row not in ids:
                record = self._model.record(row)
                if record is None:
                    continue
                ids[row] = record.record.id
            if is_typed(key) and text != self._text(row, key):
                edits.append(CellEdit(ids[row], key, text))
        self.write_edits(edits, name)

    def _text(self, row: int, key: str) -> str:
        index = self._model.index(row, self._model.places[key])
        return str(self._model.data(index, 2) or "")

    def _has_grid(self) -> bool:
        return not self._page.form.isAncestorOf(self._page.focusWidget())
