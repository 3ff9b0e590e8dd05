"""Half-typed text: kept while it is typed, put back after a cut at the same record and cell."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.local_drafts import HalfTyped
from sangkien_desktop.services.typed import text_of
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.initiatives.recording import HalfTypedKeeper

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage


class HalfTyping(QObject):
    """Between the open editor and the keeper."""

    def __init__(self, page: "InitiativesPage", keeper: HalfTypedKeeper) -> None:
        """One for the page."""
        super().__init__(page)
        self._page, self._keeper = page, keeper
        self._entry = page.services.entry
        self._has_offered = False

    def offer_half_typed(self) -> None:
        """After a cut: the text that was being typed stands where it stood, at the same record and cell."""
        if not self._has_offered:
            self._has_offered = True
            self._page.context.jobs.start(
                self._page.services.local_drafts.half_typed, done=self.on_half_typed
            )

    def on_half_typed(self, half: HalfTyped | None) -> None:
        """Open the editor with the text again."""
        page = self._page
        row = self._entry.row(half.initiative) if half is not None else None
        place = page.model.row_of(row.row.key) if row is not None else -1
        if half is None or place < 0:
            return
        self._keeper.take_over()
        page.grid.verticalScrollBar().setValue(half.scroll)
        page.grid.go_to(place, half.field if not half.in_form else "")
        at = formatting.clock_time(half.at, seconds=True) if half.at else ""
        page.context.messages.inform(
            f"Phần đang gõ dở lúc {at} đã được đưa lại vào đúng ô. Enter để nhận, Esc để bỏ.",
            topic="half-typed",
        )
        QTimer.singleShot(0, self, partial(self._open_again, half, place))

    def _open_again(self, half: HalfTyped, place: int) -> None:
        page = self._page
        if half.in_form:
            page.form.show_row(page.current)
            page.form.go_to(half.field)
            page.form.type_again(half.field, half.text)
        else:
            page.grid.edit_cell(place, half.field, half.text)

    def note(self, row: GridRow, name: str, text: str, *, in_form: bool) -> None:
        """A letter was typed; the text is kept within a second."""
        seen = text_of(row.record, name, self._page.lists)
        if text == seen:
            return
        self._keeper.note(
            HalfTyped(
                initiative=row.record.id,
                field=name,
                text=text,
                seen=seen,
                in_form=in_form,
                scroll=self._page.grid.verticalScrollBar().value(),
            )
        )
