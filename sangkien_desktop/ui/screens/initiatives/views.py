"""Which columns are shown, in which order and width; kept under a name with the filter when wished."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from sangkien_desktop.ui.screens.initiatives import columns

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage


class Views(QObject):
    """The menu of the columns, and the kept views."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Kept views are read when the menu opens."""
        super().__init__(page)
        self._page = page
        self._drafts = page.services.local_drafts

    def open_menu(self, at: QPoint | None, over: QWidget | None) -> None:
        """Tick columns; choose, keep or forget a view."""
        grid = self._page.grid
        menu = QMenu(self._page)
        shown = grid.shown_columns()
        for column in self._page.model.columns:
            tick = menu.addAction(column.title)
            tick.setCheckable(True)
            tick.setChecked(column.key in shown)
            tick.setEnabled(column.key not in columns.FROZEN)
            tick.triggered.connect(partial(self._toggle, column.key))
        menu.addSeparator()
        for view in self._drafts.views():
            entry = menu.addMenu(view.name)
            entry.addAction("Dùng", partial(self.show, view.content))
            entry.addAction("Quên", partial(self._drafts.forget_view, view.name))
        menu.addAction("Giữ cách xem này…", self.keep)
        menu.addAction("Về cách xem ban đầu", self.reset)
        anchor = over or self._page.tools.columns
        menu.popup(anchor.mapToGlobal(at or QPoint(0, anchor.height())))

    def keep(self) -> None:
        """Keep columns, order, sort and filter under a name."""
        name = self._page.context.dialogs.ask_text("Giữ cách xem", "Tên cách xem")
        if name:
            self._page.editing.recorder.do(partial(self._drafts.keep_view, name, self.content()))

    def content(self) -> dict[str, object]:
        """What the list looks like now, as plain values."""
        page = self._page
        grid, query = page.grid, page.loader.query
        places = page.model.places
        state = page.tools.state.value
        return {
            "columns": grid.shown_columns(),
            "widths": {key: grid.columnWidth(places[key]) for key in grid.shown_columns()},
            "sort": query.sort,
            "descending": query.descending,
            "text": page.tools.search.text(),
            "group": str(page.tools.group.value or ""),
            "state": str(state or ""),
        }

    def show(self, content: Mapping[str, Any]) -> None:
        """Look at the list as a kept view says."""
        page = self._page
        shown = [str(key) for key in content["columns"] if key in page.model.places]
        page.grid.show_columns(shown)
        head = page.grid.horizontalHeader()
        for place, key in enumerate(shown):
            head.moveSection(head.visualIndex(page.model.places[key]), place)
        for key, width in content["widths"].items():
            if key in page.model.places and key != "title":
                page.grid.setColumnWidth(page.model.places[key], int(width))
        page.rows.show_filter(str(content["text"]), str(content["group"]), str(content["state"]))
        page.loader.sort(str(content["sort"]), descending=bool(content["descending"]))

    def reset(self) -> None:
        """The columns of the look."""
        page = self._page
        head = page.grid.horizontalHeader()
        for place in range(head.count()):
            head.moveSection(head.visualIndex(place), place)
        page.set_wide(page.window().width() >= 1600)

    def _toggle(self, key: str, is_shown: bool) -> None:
        grid = self._page.grid
        grid.setColumnHidden(self._page.model.places[key], not is_shown)
        grid.show_columns(grid.shown_columns())
