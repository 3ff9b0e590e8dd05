"""Sáng kiến: which initiatives, are they complete, where are they. The home of entry."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.entry import Entered, GridRow
from sangkien_desktop.services.typed import Lists
from sangkien_desktop.storage.queries import Counts, Query, Totals
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import NO_INTENT, Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.initiatives import columns
from sangkien_desktop.ui.screens.initiatives.acts import Acts
from sangkien_desktop.ui.screens.initiatives.editing import Editing
from sangkien_desktop.ui.screens.initiatives.exporting import Exporting
from sangkien_desktop.ui.screens.initiatives.files import Files
from sangkien_desktop.ui.screens.initiatives.form import RecordForm
from sangkien_desktop.ui.screens.initiatives.grid import Grid
from sangkien_desktop.ui.screens.initiatives.history import HistoryPane
from sangkien_desktop.ui.screens.initiatives.loading import Listing, RowsLoader
from sangkien_desktop.ui.screens.initiatives.model import GridModel
from sangkien_desktop.ui.screens.initiatives.overlays import Overlay
from sangkien_desktop.ui.screens.initiatives.people_lookup import PeopleLookup
from sangkien_desktop.ui.screens.initiatives.sheet import PaperSheet
from sangkien_desktop.ui.screens.initiatives.tools import PROBLEMS, Tools, badges_of
from sangkien_desktop.ui.screens.initiatives.views import Views
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState, NothingFound
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
        self._intent = NO_INTENT
        self._wanted: InitiativeId | None = None
        self._wanted_key = ""
        self.wants_form_focus = False
        self._has_loaded = False
        self.model = GridModel(columns.columns(lambda: self.lists), self.services.entry.page, self)
        self.grid = Grid(self.model)
        self.form = RecordForm(lambda: self.lists, self.attach_lookup)
        self.tools, self.foot = Tools(), TableFoot()
        self.loader = RowsLoader(self.services.initiatives, self.services.entry, context.jobs, self)
        self.editing = Editing(self)
        self.history, self.sheet = HistoryPane(self), PaperSheet(self)
        self.views, self.exporting, self.files = Views(self), Exporting(self), Files(self)
        self.acts = Acts(self)
        self._lay_out()
        self._connect()
        self.loader.load(self._query())

    # From the frame

    def open_with(self, intent: Intent) -> None:
        """Show a record, a group, a state or a search that another screen asked for."""
        if intent == NO_INTENT:
            return
        self._intent = intent
        if intent.initiative:
            self._wanted = InitiativeId(intent.initiative)
        if intent.unit:
            self.tools.group.choose(UnitId(intent.unit))
        if intent.state:
            known = next((badge for badge in Badge if intent.state in (badge.name.lower(), badge.value)), None)
            self.tools.state.choose(known or intent.state)
        self.tools.search.setText(intent.query)
        if intent.topic == "new":
            self.acts.add()
        self.loader.load(self._query())

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
        self._say_foot()

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

    def show_filter(self, text: str, group: str, state: str) -> None:
        """Put a kept filter in force."""
        known = next((badge for badge in Badge if badge.value == state), None)
        self.tools.group.choose(UnitId(group) if group else None)
        self.tools.state.choose(known or state or None)
        self.tools.search.setText(text)
        self.loader.query = self._query()

    def acts_by_name(self, name: str) -> Callable[[], None]:
        """An act that is looked up when it is run."""
        return lambda: getattr(self.acts, name)()

    def show_entered(self, entered: Entered) -> None:
        """A record was written by this page: show it where it stands, without moving anything."""
        self.model.put(entered.row)
        if self.form.row is not None and self.form.row.record.id == entered.row.record.id:
            self.form.show_row(entered.row)
        self._say_hint()
        self.loader.count_soon()

    def go_to_record(self, initiative: InitiativeId, key: str = "") -> None:
        """Make a record current once it is among the rows."""
        self._wanted, self._wanted_key = initiative, key
        self.loader.load()

    def on_loaded(self, listing: Listing) -> None:
        """Other rows, or the same with other values; the caret stays on its record."""
        self.lists = listing.lists
        self.tools.show_groups(listing.lists.groups)
        row_key = self.model.id_at(self.grid.row) if 0 <= self.grid.row < self.model.rowCount() else -1
        column, top = self.grid.key, self.grid.verticalScrollBar().value()
        if self.grid.is_editing:
            self.grid.commit_editor()
        self._has_loaded = False
        if self.model.keys.tobytes() == listing.keys.tobytes():
            self.model.forget()
        else:
            self.model.show_ids(listing.keys)
            self.grid.verticalScrollBar().setValue(top)
            self._restore(row_key, column)
        self._show_numbers(listing.totals, listing.counts)
        self._go_to_wanted()
        self._has_loaded = True
        self.editing.on_row_left()
        self.form.show_row(self.current)
        self.editing.offer_half_typed()

    def on_counted(self, totals: Totals, counts: Counts) -> None:
        """The foot follows a moment after the typing."""
        self._show_numbers(totals, counts)

    def _restore(self, row_key: int, column: str) -> None:
        row = self.model.row_of(row_key) if row_key >= 0 else -1
        if row < 0 and self.model.rowCount():
            row = 0
        if row >= 0:
            self.grid.go_to(row, column or "title")

    def _go_to_wanted(self) -> None:
        if self._wanted is None:
            return
        wanted, self._wanted = self._wanted, None
        found = self.services.entry.row(wanted)
        row = self.model.row_of(found.row.key) if found else -1
        if found is not None and row < 0:
            # A new record need not fit the filter; it is shown on top until the list is asked again.
            keys = self.model.keys[:]
            keys.insert(0, found.row.key)
            self.model.show_ids(keys)
            row = 0
        if row >= 0:
            self.grid.go_to(row, self._wanted_key or "title")
            self._show_body()
            if self.wants_form_focus:
                self.form.show_row(self.current)
                self.form.go_to("title")
            elif self._wanted_key:
                self.grid.setFocus()
        self.wants_form_focus = False

    def _show_numbers(self, totals: Totals, counts: Counts) -> None:
        self.totals, self.counts = totals, counts
        self.tools.show_counts(counts)
        self.tools.set_empty(not counts.records)
        self._say_foot()
        self._nothing.say(self.tools.search.text())
        self._stack.setCurrentWidget(self.grid if self.model.rowCount() else self._nothing)
        if not isinstance(self._body.currentWidget(), Overlay):
            self._show_body()

    def _show_body(self) -> None:
        self._body.setCurrentWidget(self._panes if self.counts.records else self._empty)

    def _say_foot(self) -> None:
        if self.totals is None:
            return
        shown = self.totals.records
        said = [f"<b>{formatting.number(shown)}</b> sáng kiến"]
        hidden = self.counts.records - shown
        if hidden > 0 and self.tools.is_filtering:
            said[0] += f" / {formatting.number(self.counts.records)}"
        sentence = self._sentence()
        if self.is_narrow and sentence:
            self.foot.say(*said, f"Ô có lỗi: {sentence}")
            return
        at_portal = self.counts.by_badge.get(Badge.VALID, 0) + self.counts.by_badge.get(Badge.RECEIVED, 0)
        said.append(f"{formatting.number(at_portal)} đã lên Cổng")
        rows, _ = self.grid.rectangle()
        if len(rows):
            said.append(f"chọn {formatting.number(len(rows))}")
        sum_said = f"Tổng làm lợi <b>{formatting.large_money(self.totals.annual_benefit)}/năm</b>"
        self.foot.say(*said, right=sum_said)

    def _sentence(self) -> str:
        row = self.current
        return columns.problem_sentence(row, self.grid.key) if row else ""

    def _say_hint(self) -> None:
        sentence = self._sentence()
        if sentence:
            place = self.model.columns[self.model.places[self.grid.key]].title
            sentence = f"Ô {place[0].lower()}{place[1:]}: {sentence[0].lower()}{sentence[1:]}"
        self.hint_changed.emit("" if self.is_narrow else sentence)
        self._say_foot()

    def _query(self) -> Query:
        state = self.tools.state.value
        person = PersonId(self._intent.person) if self._intent.person else None
        return replace(
            self.loader.query,
            text=self.tools.search.text(),
            group=self.tools.chosen_group,
            badges=badges_of(state),
            problems_only=state == PROBLEMS,
            person=person,
        )

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
        self._empty = empty_state(self)
        self._body = QStackedWidget()
        self._body.addWidget(self._panes)
        self._body.addWidget(self._empty)
        self.set_parts(self._body, tool_row=self.tools)
        self.form.setFocusProxy(self.form.widget_of("title"))
        self.set_wide(False)

    def _connect(self) -> None:
        self.loader.loaded.connect(self.on_loaded)
        self.loader.counted.connect(self.on_counted)
        self.loader.slow.connect(lambda: self.foot.say("Đang lọc…"))
        self.tools.filter_changed.connect(self._on_filter)
        self.tools.search.moved_down.connect(self.grid.setFocus)
        self.model.sort_wanted.connect(self._on_sort)
        self.grid.row_changed.connect(self._on_row)
        self.grid.cell_changed.connect(self._on_cell)
        self.grid.editor_opened.connect(self._on_editor)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._say_foot())
        self.grid.horizontalHeader().show_order(0, Qt.SortOrder.DescendingOrder)  # type: ignore[attr-defined]

    def _on_filter(self) -> None:
        self._intent = NO_INTENT
        self.loader.load(self._query())

    def _on_sort(self, key: str, order: Qt.SortOrder) -> None:
        name = columns.sort_name(key) or "local_code"
        self.loader.sort(name, descending=order == Qt.SortOrder.DescendingOrder if key else True)

    def _on_editor(self, editor: object, key: str) -> None:
        if key == "authors" and isinstance(editor, QLineEdit):
            self.attach_lookup(editor, lambda person: editor.setText(person_text(person)))

    def _on_row(self, _row: int) -> None:
        if self._has_loaded:
            self.editing.on_row_left()
            self.form.show_row(self.current)
            self._say_foot()

    def _on_cell(self, _row: int, key: str) -> None:
        self.form.mark(key)
        self._say_hint()


def person_text(person: Person) -> str:
    """A worker as an author cell says it."""
    return f"{person.name} ({person.employee_code})" if person.employee_code else person.name


class PaneSwap(QWidget):
    """Takes the focus of F6 in a narrow window and shows the other pane."""

    def __init__(self, page: InitiativesPage) -> None:
        """A pixel in the corner of the page."""
        super().__init__(page)
        self._page = page
        self.setFixedSize(1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Swap."""
        self._page.swap_panes()


def empty_state(page: InitiativesPage) -> EmptyState:
    """What belongs here, and four ways to begin."""
    run = page.acts_by_name
    return EmptyState(
        "Chưa có sáng kiến nào trên máy này",
        "Chọn cách đưa vào. Không cần mạng; mọi thứ tự lưu và gửi lên Cổng sau.",
        (
            Beginning(
                "table-import",
                "Nhập tệp Excel của các tổ",
                "Nhận .xlsx, .xls, .ods, .csv; cả phông cũ .VnTime, VNI. Xem trước rồi mới ghi.",
                "Chọn tệp…",
                "Ctrl+O",
                run("import_files"),
            ),
            Beginning(
                "clipboard-list",
                "Dán từ Excel đang mở",
                "Bôi đen vùng trong Excel, chép, rồi dán vào đây.",
                "Dán",
                "Ctrl+V",
                run("paste"),
            ),
            Beginning(
                "pencil",
                "Gõ sáng kiến đầu tiên",
                "Từ phiếu giấy. Tác giả chọn từ danh sách đoàn viên, hoặc gõ thẳng.",
                "Thêm",
                "Ctrl+N",
                run("add"),
            ),
            Beginning(
                "file-word",
                "In phiếu trắng cho tổ trưởng",
                "Mẫu Excel và mẫu giấy đúng cột mà máy đọc được.",
                "In mẫu",
                "Ctrl+P",
                run("print_forms"),
            ),
        ),
    )
