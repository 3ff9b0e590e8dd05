"""Before new rows are made from the clipboard: which column becomes which field, and what each row will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.services.typed import is_typed
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.initiatives.clipboard import cells_in, repaired
from sangkien_desktop.ui.screens.initiatives.guessing import fields_of
from sangkien_desktop.ui.screens.initiatives.overlays import Overlay
from sangkien_desktop.ui.widgets.buttons import CheckBox
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

MOST_COLUMNS = 12


@dataclass(frozen=True)
class Pasted:
    """What the clipboard held, read off the main thread."""

    cells: Sequence[Sequence[str]]
    """All of it, for pasting over cells."""
    raw: Sequence[Sequence[str]]
    mended: Sequence[Sequence[str]] | None
    """With old lettering put right; None when there is none."""
    fields: Sequence[str]
    has_head: bool


def read_clipboard(html: str, text: str) -> Pasted:
    """The cells, and a guess what each column is."""
    cells = cells_in(html, text)
    raw = [row[:MOST_COLUMNS] for row in cells]
    mended = repaired(raw)
    fields, has_head = fields_of(mended or raw)
    return Pasted(cells, raw, mended, fields, has_head)


class PastePreview(QObject):
    """Opens over the grid; nothing is written until it is accepted."""

    def __init__(self, page: "InitiativesPage", cells: Pasted, like: Initiative | None) -> None:
        """`like` is the blank row into which it was pasted, if any: what it carries over is kept."""
        super().__init__(page)
        self._page, self._like = page, like
        self._raw, self._mended = cells.raw, cells.mended
        self._fields, self._has_head = list(cells.fields), cells.has_head
        self.rows: Sequence[Sequence[str]] = ()
        """The rows that become initiatives."""
        self.pane = Overlay("", "Chọn ô cho từng cột. Chưa ghi gì vào máy.", "Dán", name="paste-preview")
        self.mend = CheckBox(
            "Sửa phông cũ về chữ Unicode", checked=self._mended is not None, name="mend-letters"
        )
        self.mend.setVisible(self._mended is not None)
        self.head = CheckBox("Dòng đầu là tên cột", checked=self._has_head, name="has-head")
        self._build()
        self._show()

    def open(self) -> None:
        """Over the grid."""
        self._page.show_over(self.pane)

    def _chosen(self) -> Sequence[Sequence[str]]:
        cells = self._mended if self._mended is not None and self.mend.isChecked() else self._raw
        body = cells[1:] if self.head.isChecked() else cells
        return [row for row in body if any(cell.strip() for cell in row)]

    def _build(self) -> None:
        choices = [
            Choice("– để lại –", ""),
            *(Choice(one.heading, one.name) for one in FIELDS if is_typed(one.name)),
        ]
        heads = QWidget()
        line = QHBoxLayout(heads)
        line.setContentsMargins(theme.current().metrics.grown(36), 0, 0, 0)
        line.setSpacing(0)
        width = self._width()
        for at, name in enumerate(self._fields):
            box = ComboBox(choices, name=f"paste-field-{at}")
            box.setAccessibleName(f"Cột {at + 1} là ô nào")
            box.choose(name)
            box.setFixedWidth(theme.current().metrics.grown(width))
            box.chosen.connect(partial(self._on_field, at))
            line.addWidget(box)
        line.addStretch(1)
        made: list[Column[Sequence[str]]] = [
            Column(str(at), "", partial(_cell, at), width, is_sortable=False)
            for at in range(len(self._fields))
        ]
        self._model: PagedModel[Sequence[str]] = PagedModel(made, lambda ids: [self.rows[one] for one in ids])
        self.table = Table(self._model, grid=True, name="paste-rows")  # type: ignore[arg-type]
        self.table.horizontalHeader().hide()
        self.lacking = label("", "caption", tone="warn")
        for widget in (self.head, self.mend, heads, self.table, self.lacking):
            self.pane.body.addWidget(widget)
        self.pane.body.setStretchFactor(self.table, 1)
        self.pane.accepted.connect(self.accept)
        self.pane.closed.connect(self._page.close_over)
        self.head.toggled.connect(lambda _: self._show())
        self.mend.toggled.connect(lambda _: self._show())

    def accept(self) -> None:
        """Make the rows, as one act."""
        rows, page, like = self.rows, self._page, self._like
        entry, fields = page.services.entry, list(self._fields)

        def work() -> object:
            return entry.keep_new(entry.new_records(fields, rows, like))

        page.close_over()
        if like is not None:
            page.editing.drop_blank()
        page.editing.act(work, f"Đã dán {formatting.number(len(rows))} sáng kiến.")  # type: ignore[arg-type]

    def _on_field(self, at: int, name: object) -> None:
        self._fields[at] = str(name)
        self._show()

    def _show(self) -> None:
        self.rows = self._chosen()
        count = len(self.rows)
        self._model.show_ids(range(count))
        self.pane.title.setText(f"Dán {formatting.number(count)} dòng thành sáng kiến mới")
        self.pane.accept_button.setText(f"Dán {formatting.number(count)} sáng kiến")
        self.pane.accept_button.setEnabled(count > 0 and any(self._fields))
        lacking = [FIELD["title"].heading] if "title" not in self._fields else []
        self.lacking.setText("Chưa có cột nào là tên sáng kiến." if lacking else "")

    def _width(self) -> int:
        return max(110, min(220, 1040 // max(1, len(self._fields))))


def _cell(at: int, row: Sequence[str]) -> str:
    return row[at] if at < len(row) else ""
