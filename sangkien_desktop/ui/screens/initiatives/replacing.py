"""Find and replace in one column: over all rows that the list shows, with or without accents."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sangkien_desktop.progress import Progress
from sangkien_desktop.services.entry import CellEdit
from sangkien_desktop.storage.queries import Query
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.initiatives.overlays import Overlay
from sangkien_desktop.ui.widgets.buttons import CheckBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

WAIT_MS = 250


class ReplaceDialog(QObject):
    """Opens over the grid and shows every cell as it will be, before anything is written."""

    def __init__(self, page: "InitiativesPage", key: str, heading: str) -> None:
        """`key` is the column."""
        super().__init__(page)
        self._page, self._key = page, key
        self._edits: Sequence[CellEdit] = ()
        self.pane = Overlay(
            f"Tìm và thay trong cột {heading}",
            "Tìm trong mọi dòng đang hiện, kể cả dòng chưa cuộn tới.",
            "Thay",
            name="replace",
        )
        self.old, self.new = LineField(name="replace-old"), LineField(name="replace-new")
        self.exact = CheckBox("Đúng từng dấu, từng chữ hoa", name="replace-exact")
        column: Column[CellEdit] = Column("text", "Sẽ thành", lambda edit: edit.text, 0, is_sortable=False)
        self._model: PagedModel[CellEdit] = PagedModel(
            [column], lambda ids: [self._edits[one] for one in ids]
        )
        self.table = Table(self._model, name="replace-rows")  # type: ignore[arg-type]
        for widget in (FormField("Tìm", self.old), FormField("Thay bằng", self.new), self.exact, self.table):
            self.pane.body.addWidget(widget)
        self.pane.body.setStretchFactor(self.table, 1)
        self._latest = page.context.jobs.latest(done=self.on_found)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._ask)
        for change in (self.old.textChanged, self.new.textChanged, self.exact.toggled):
            change.connect(lambda _: self._timer.start())
        self.pane.accepted.connect(self.accept)
        self.pane.closed.connect(page.close_over)
        self.on_found(())

    def open(self) -> None:
        """Over the grid."""
        self._page.show_over(self.pane)
        self.old.setFocus()

    def accept(self) -> None:
        """Write what is shown, as one act."""
        self._page.close_over()
        self._page.acts.cells.write_edits(self._edits, "thay")

    def on_found(self, edits: Sequence[CellEdit]) -> None:
        """Cells as they will be."""
        self._edits = edits
        self._model.show_ids(range(len(edits)))
        self.pane.accept_button.setText(f"Thay {formatting.number(len(edits))} ô")
        self.pane.accept_button.setEnabled(bool(edits))

    def _ask(self) -> None:
        question = (self._key, self.old.text(), self.new.text())
        self._latest.start(partial(self._search, self._page.loader.query, question, self.exact.isChecked()))

    def _search(
        self, query: Query, question: tuple[str, str, str], exact: bool, progress: Progress
    ) -> Sequence[CellEdit]:
        if not question[1]:
            return ()
        return self._page.services.entry.replace_text(query, *question, exact=exact)
