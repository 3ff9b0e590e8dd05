"""Sáng kiến: which initiatives, are they complete, where are they. The home of entry."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.people import Person
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.entry import Entered, GridRow
from sangkien_desktop.services.typed import Lists
from sangkien_desktop.storage.queries import Counts, Totals
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import NO_INTENT, Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.initiatives import columns
from sangkien_desktop.ui.screens.initiatives.acts import Acts
from sangkien_desktop.ui.screens.initiatives.alike import AlikeHint
from sangkien_desktop.ui.screens.initiatives.beginnings import PaneSwap, empty_state
from sangkien_desktop.ui.screens.initiatives.editing import Editing
from sangkien_desktop.ui.screens.initiatives.exporting import Exporting
from sangkien_desktop.ui.screens.initiatives.files import Files
from sangkien_desktop.ui.screens.initiatives.form import RecordForm
from sangkien_desktop.ui.screens.initiatives.grid import Grid
from sangkien_desktop.ui.screens.initiatives.history import HistoryPane
from sangkien_desktop.ui.screens.initiatives.loading import RowsLoader
from sangkien_desktop.ui.screens.initiatives.model import GridModel
from sangkien_desktop.ui.screens.initiatives.overlays import Overlay
from sangkien_desktop.ui.screens.initiatives.people_lookup import PeopleLookup
from sangkien_desktop.ui.screens.initiatives.rows import Rows
from sangkien_desktop.ui.screens.initiatives.sheet import PaperSheet
from sangkien_desktop.ui.screens.initiatives.tools import Tools
from sangkien_desktop.ui.screens.initiatives.views import Views
from sangkien_desktop.ui.widgets.empty_state import NothingFound
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.table import TableFoot

NO_LISTS = Lists(units={}, groups=(), programmes={})
FORM, WIDE_FORM = 384, 440


class InitiativesPage(Page):
    """Grid and form show the same record; whoever holds the caret leads."""

    def __init__(self, context: UiContext) -> None:
        """`context.services` is a `Services` bundle."""
        super().__init__(context)
        self.services: Services = context.services
        self.lists = NO_LISTS
        self.counts = Counts(records=0)
        self.totals: Totals | None = None
        self.is_narrow = False
        self.wants_form_focus = False
        self.model = GridModel(columns.columns(lambda: self.lists), self.services.entry.page, self)
        self.grid = Grid(self.model)
        self.form = RecordForm(lambda: self.lists, self.attach_lookup)
        self.tools, self.foot = Tools(), TableFoot()
        self.loader = RowsLoader(self.services.initiatives, self.services.entry, context.jobs, self)
        self.alike = AlikeHint(self)
        self.rows, self.editing = Rows(self), Editing(self)
        self.history, self.sheet = HistoryPane(self), PaperSheet(self)
        self.views, self.exporting, self.files = Views(self), Exporting(self), Files(self)
        self.acts = Acts(self)
        self._lay_out()
        self._connect()
        self.loader.load(self.rows.query())

    # From the frame

    def open_with(self, intent: Intent) -> None:
        """Show a record, a group, a state or a search that another screen asked for."""
        if intent.topic == "new":
            self.acts.add()
        elif intent != NO_INTENT:
            self.rows.open_with(intent)

    def refresh(self, changes: Changes) -> None:
        """Read again what others have changed."""
        if self.editing.is_publishing:
            return
        if changes.initiatives or changes.many_initiatives or changes.sync or changes.units:
            self.loader.load()

    def panes(self) -> Sequence[QWidget]:
        """Grid and form; in a narrow window F6 puts one in the place of the other."""
        return (self._swap,) if self.is_narrow else (self.grid, self.form)

    def commands(self) -> Sequence[Command]:
        """Everything that can be done here."""
        return self.acts.commands()

    def set_narrow(self, is_narrow: bool) -> None:
        """Grid alone; the form comes in its place."""
        self.is_narrow = is_narrow
        self.tools.set_narrow(is_narrow)
        self.show_pane(form=False)
        self.rows.say_hint()

    def set_wide(self, is_wide: bool) -> None:
        """All eight columns and a broader form."""
        self.grid.show_columns(columns.WIDE_VIEW if is_wide else columns.NARROW_VIEW)
        widths = columns.WIDE_WIDTHS if is_wide else columns.NARROW_WIDTHS
        for key, width in widths.items():
            self.grid.set_width(key, width)
        self._panes.set_fixed(WIDE_FORM if is_wide else FORM)
        self.form.set_wide(is_wide)

    def may_close(self) -> bool:
        """Commit what is being typed; closing then waits for the jobs."""
        self.editing.commit_all()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen was opened: what stands in the field is committed."""
        self.editing.commit_all()
        super().hideEvent(event)

    # Showing

    @property
    def current(self) -> GridRow | None:
        """The row with the caret."""
        return self.model.record(self.grid.row) if 0 <= self.grid.row < self.model.rowCount() else None

    def show_pane(self, *, form: bool) -> None:
        """In a narrow window, the form or the grid; else both."""
        self.side.setVisible(form or not self.is_narrow)
        self._grid_side.setVisible(not form or not self.is_narrow)

    def swap_panes(self) -> None:
        """F6 in a narrow window."""
        form = not self.side.isVisible()
        self.show_pane(form=form)
        (self.form.widget_of(self.grid.key) if form else self.grid).setFocus()

    def show_over(self, pane: Overlay) -> None:
        """A pane in the place of everything until it is closed."""
        if self._body.indexOf(pane) < 0:
            self._body.addWidget(pane)
        self.tools.setEnabled(False)
        self._body.setCurrentWidget(pane)
        pane.first_focus().setFocus()

    def close_over(self) -> None:
        """The grid and the form again."""
        pane = self._body.currentWidget()
        self.tools.setEnabled(True)
        self._show_body()
        if isinstance(pane, Overlay) and pane is not self.sheet:
            self._body.removeWidget(pane)
            pane.deleteLater()
        self.grid.setFocus()

    def acts_by_name(self, name: str) -> Callable[[], None]:
        """An act that is looked up when it is run."""

        def run() -> None:
            getattr(self.acts, name)()

        return run

    def show_entered(self, entered: Entered) -> None:
        """A record was written by this page: show it where it stands, without moving anything."""
        self.model.put(entered.row)
        if self.form.row is not None and self.form.row.record.id == entered.row.record.id:
            self.form.show_row(entered.row)
        self.rows.say_hint()
        self.loader.count_soon()

    def show_what_fits(self) -> None:
        """The grid, the way out of a filter that leaves nothing, or the ways to begin."""
        self._nothing.say(self.tools.search.text())
        self._stack.setCurrentWidget(self.grid if self.model.rowCount() else self._nothing)
        if not isinstance(self._body.currentWidget(), Overlay):
            self._show_body()

    def _show_body(self) -> None:
        self._body.setCurrentWidget(self._panes if self.counts.records else self._empty)

    # Making

    def attach_lookup(self, editor: QLineEdit, take: object) -> None:
        """Offer people under a name editor."""
        lookup = PeopleLookup(editor, self.context.jobs, self.services.entry.find_people, self.lists.units)
        lookup.picked.connect(take)

    def lend_foot(self) -> QWidget | None:
        """The foot stands under the grid only."""
        self.foot.set_lent(True)
        return self.foot

    def take_back_foot(self) -> None:
        """Back under the grid."""
        self._grid_column.addWidget(self.foot)
        self.foot.set_lent(False)

    def _lay_out(self) -> None:
        self._nothing = NothingFound(self.tools.clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._nothing)
        self._grid_side = QWidget()
        self._grid_column = QVBoxLayout(self._grid_side)
        self._grid_column.setContentsMargins(0, 0, 0, 0)
        self._grid_column.setSpacing(0)
        self._grid_column.addWidget(self._stack, 1)
        self._grid_column.addWidget(self.foot)
        self.side = QStackedWidget()
        self.side.addWidget(self.form)
        self.side.addWidget(self.history)
        self._panes = Panes(self._grid_side, self.side, fixed=FORM, name="initiatives")
        self._swap = PaneSwap(self)
        self._empty = empty_state(self.acts_by_name)
        self._body = QStackedWidget()
        self._body.addWidget(self._panes)
        self._body.addWidget(self._empty)
        self.set_parts(self._body, tool_row=self.tools)
        self.form.setFocusProxy(self.form.widget_of("title"))
        self.set_wide(False)

    def _connect(self) -> None:
        self.loader.loaded.connect(self.rows.on_loaded)
        self.loader.counted.connect(self.rows.on_counted)
        self.loader.slow.connect(lambda: self.foot.say("Đang lọc…"))
        self.tools.filter_changed.connect(self.rows.on_filter)
        self.tools.search.moved_down.connect(self.grid.setFocus)
        self.model.sort_wanted.connect(self.rows.on_sort)
        self.grid.row_changed.connect(self.rows.on_row)
        self.grid.cell_changed.connect(self.rows.on_cell)
        self.grid.editor_opened.connect(self._on_editor)
        self.grid.list_wanted.connect(self._on_list_wanted)
        theme.current().changed.connect(self.rows.say_foot)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self.rows.say_foot())
        self.grid.horizontalHeader().show_order(0, Qt.SortOrder.DescendingOrder)  # type: ignore[attr-defined]

    def _on_editor(self, editor: object, key: str) -> None:
        if key == "authors" and isinstance(editor, QLineEdit):
            self.attach_lookup(editor, lambda person: editor.setText(person_text(person)))

    def _on_list_wanted(self, row: int, key: str) -> None:
        record = self.model.record(row)
        if record is not None:
            texts = columns.list_texts(record, key, self.lists)
            if texts:
                self.grid.choose_from(texts, lambda text: self.model.edited.emit(row, key, text))


def person_text(person: Person) -> str:
    """A worker as an author cell says it."""
    return f"{person.name} ({person.employee_code})" if person.employee_code else person.name
