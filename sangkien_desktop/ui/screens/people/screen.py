"""Đoàn viên: who somebody is, in which group, whether they have agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.storage.people_lists import PeopleQuery
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.models.paged_model import PagedModel
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.people import list_model
from sangkien_desktop.ui.screens.people.acts import PersonActs
from sangkien_desktop.ui.screens.people.commands import commands_of
from sangkien_desktop.ui.screens.people.consent_bar import ConsentBar
from sangkien_desktop.ui.screens.people.differences import Differences
from sangkien_desktop.ui.screens.people.editing import Editing
from sangkien_desktop.ui.screens.people.following import Following
from sangkien_desktop.ui.screens.people.loading import Loaded, load
from sangkien_desktop.ui.screens.people.missing_strip import MissingStrip, nobody_yet
from sangkien_desktop.ui.screens.people.person_form import PersonForm
from sangkien_desktop.ui.screens.people.person_pane import PersonPane
from sangkien_desktop.ui.screens.people.tools import ALL, MISSING, PeopleTools
from sangkien_desktop.ui.screens.people.ways import Ways
from sangkien_desktop.ui.widgets.empty_state import NothingFound
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.table import Table, TableFoot

LIST, NOTHING, EMPTY, DIFFERENCES = range(4)


class PeoplePage(Page):
    """List at the left, the person at the right."""

    def __init__(self, context: UiContext) -> None:
        """Loads at once."""
        super().__init__(context)
        self._service = context.services.people
        self._units: Mapping[UnitId, str] = {}
        self._groups: tuple[Unit, ...] = ()
        self._query = PeopleQuery()
        self._wanted: PersonId | None = None
        self._is_narrow = False
        self.tools = PeopleTools()
        self.strip = MissingStrip()
        self.consent = ConsentBar()
        self.model: PagedModel[Any] = PagedModel(
            list_model.columns(lambda: self._units), self._service.page, self
        )
        self.table = Table(self.model, name="people")
        self.table.setAccessibleName("Đoàn viên")
        self.table.horizontalHeader().show_order(list_model.NAME)  # type: ignore[attr-defined]
        self.pane = PersonPane()
        self.form = PersonForm()
        self.differences = Differences()
        self.following = Following(context, self.differences, self)
        self.editing = Editing(context, self.form, self)
        self.ways = Ways(context, self.current, lambda: self.tools.group.value, self)
        self.acts = PersonActs(context, self.consent, self)
        self.nothing = NothingFound(self.clear_filter)
        self.foot = TableFoot()
        self._stack = QStackedWidget()
        self._side = QStackedWidget()
        self._lay_out()
        self._connect()
        self._loading = context.jobs.latest(done=self.on_loaded)
        self._opening = context.jobs.latest(done=self.pane.show_page)
        self.load()

    # What the frame asks

    def open_with(self, intent: Intent) -> None:
        """A person, a search, a group, people without agreement, or a list to follow."""
        if intent.files:
            self.following.read_list(Path(intent.files[0]))
        self._wanted = PersonId(intent.person) if intent.person else self._wanted
        if intent.person or intent.state == MISSING:
            self.tools.state.choose(ALL if intent.person else MISSING)
        if intent.unit:
            self.tools.group.choose(UnitId(intent.unit))
        if intent.query:
            self.tools.search.search_now(intent.query)
        if intent.person or intent.state or intent.unit:
            self.load()

    def refresh(self, changes: Changes) -> None:
        """People, their initiatives or their groups have changed."""
        if changes.people or changes.units or changes.initiatives or changes.many_initiatives:
            self.load()

    def panes(self) -> Sequence[QWidget]:
        """The list and the person."""
        return (self.table, self._side)

    def commands(self) -> Sequence[Command]:
        """Every act with its key."""
        return commands_of(self)

    def set_narrow(self, is_narrow: bool) -> None:
        """Below 1200 some columns go, and the pane is smaller."""
        self._is_narrow = is_narrow
        self.tools.set_narrow(is_narrow)
        self._panes.set_fixed(344 if is_narrow else 372)
        self.table.setColumnHidden(list_model.POSITION, is_narrow)
        self.table.setColumnHidden(list_model.WRITTEN, is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """From 1600 there is more room for the person."""
        if not self._is_narrow:
            self._panes.set_fixed(440 if is_wide else 372)

    # The list

    def load(self) -> None:
        """Read the list anew; the old rows stay until then."""
        query = self.tools.query(sort=self._query.sort, descending=self._query.descending)
        self._loading.start(lambda _progress: load(self.context.services, query))

    def on_loaded(self, found: Loaded) -> None:
        """Show what was found, with the same person current where possible."""
        before = self.current()
        self._units, self._groups, self._query = found.units, found.groups, found.query
        self.tools.show_groups(found.groups)
        self.model.show_ids(found.keys)
        if self._stack.currentIndex() != DIFFERENCES:
            self._stack.setCurrentIndex(EMPTY if not found.everybody else LIST if found.keys else NOTHING)
        self.nothing.say(found.query.text)
        self._show_counts(found)
        self.strip.show_missing(found.missing, is_hidden=self.tools.state.value == MISSING)
        wanted = self._wanted or (before.id if before else None)
        self._wanted = None
        key = self._service.key_of(wanted) if wanted else None
        row = self.model.row_of(key) if key is not None else -1
        if found.keys:
            self.table.select_row(max(0, row))
        self._on_row(self.table.currentIndex().row())

    def clear_filter(self) -> None:
        """Everybody who works here."""
        self.tools.clear()
        self.load()

    def show_missing(self) -> None:
        """Authors without agreement."""
        self.tools.state.choose(MISSING)
        self.load()
        self.table.setFocus()

    def _show_counts(self, found: Loaded) -> None:
        number = formatting.number
        counts = found.counts
        self.foot.say(
            f"<b>{number(counts.people)}</b> người",
            f"{number(counts.agreed)} đã đồng ý",
            f"{number(counts.with_initiatives)} có sáng kiến",
            right="Xếp theo tên, chữ lót, họ" if found.query.sort == "name" else "",
        )

    def _on_sort(self, key: str, order: Qt.SortOrder) -> None:
        down = order == Qt.SortOrder.DescendingOrder
        self._query = replace(
            self._query, sort=list_model.SORTS.get(key, "name"), descending=down and bool(key)
        )
        self.load()

    # One person

    def current(self) -> Person | None:
        """Who is chosen in the list."""
        row = self.table.currentIndex().row()
        listed = self.model.record(row) if 0 <= row < self.model.rowCount() else None
        return listed.person if listed else None

    def _on_row(self, _row: int) -> None:
        person = self.current()
        if self._side.currentWidget() is self.form:
            return
        if person is None:
            self._opening.cancel()
            self.pane.show_page(None)
        else:
            self._opening.start(lambda _progress: self._service.person_page(person.id))

    def add_person(self) -> None:
        """Ctrl+N: an empty form; kept as soon as there is a name."""
        self._side.setCurrentWidget(self.form)
        self.editing.begin(None, self._groups)

    def edit_person(self) -> None:
        """F2: the form of the person shown."""
        person = self.current()
        if person is not None:
            self._side.setCurrentWidget(self.form)
            self.editing.begin(person, self._groups)

    def _on_kept(self, person: Person) -> None:
        self._wanted = person.id

    def go_back(self) -> None:
        """Esc: out of the form, the agreement or the difference."""
        if self.consent.isVisible():
            self.consent.hide()
        elif self._side.currentWidget() is self.form:
            self._side.setCurrentWidget(self.pane)
            self.load()
        elif self._stack.currentIndex() == DIFFERENCES:
            self.following.give_up()
        elif self.tools.search.text():
            self.clear_filter()
        self.table.setFocus()

    def ask_consent(self) -> None:
        """Ctrl+E: of the selected people, one or everybody on a signed paper list."""
        listed = [self.model.record(row) for row in self.table.selected_rows()]
        self.acts.ask_consent([one.person for one in listed if one is not None])

    def _on_planned(self) -> None:
        self._stack.setCurrentIndex(DIFFERENCES)
        self._show_side(False)
        self.differences.table.setFocus()

    def _on_list_ended(self) -> None:
        self._show_side(True)
        self._stack.setCurrentIndex(LIST)
        self.load()

    def _with_current(self, act: Callable[[Person], None]) -> None:
        person = self.current()
        if person is not None:
            act(person)

    def _show_side(self, is_shown: bool) -> None:
        self._side.setVisible(is_shown)
        self.foot.setVisible(is_shown)

    def _lay_out(self) -> None:
        empty = nobody_yet(self.following.choose_list, self.add_person)
        for widget in (self.table, self.nothing, empty, self.differences):
            self._stack.addWidget(widget)
        self._side.addWidget(self.pane)
        self._side.addWidget(self.form)
        self._stack.setMinimumWidth(1)  # what is hidden in it must not push the person away
        self._panes = Panes(self._stack, self._side, fixed=372, name="people-panes")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.consent)
        column.addWidget(self._panes, 1)
        self.set_parts(body, tool_row=self.tools, foot=self.foot)

    def _connect(self) -> None:
        self.tools.search.searched.connect(self.load)
        self.tools.search.moved_down.connect(self.table.setFocus)
        self.tools.group.chosen.connect(self.load)
        self.tools.state.chosen.connect(self.load)
        self.tools.import_list.clicked.connect(self.following.choose_list)
        self.tools.print_list.clicked.connect(self.ways.print_papers)
        self.tools.new.clicked.connect(self.add_person)
        self.strip.look_wanted.connect(self.show_missing)
        self.strip.slips_wanted.connect(self.ways.print_slips)
        self.consent.given_up.connect(self.go_back)
        self.model.sort_wanted.connect(self._on_sort)
        self.table.row_changed.connect(self._on_row)
        self.table.row_opened.connect(lambda _row: self.edit_person())
        self.pane.edit_wanted.connect(self.edit_person)
        self.pane.consent_wanted.connect(self.ask_consent)
        self.pane.withdrawal_wanted.connect(partial(self._with_current, self.acts.withdraw))
        self.pane.slip_wanted.connect(self.ways.print_slip)
        self.pane.leaving_wanted.connect(partial(self._with_current, self.acts.leave_or_return))
        self.pane.citizen_id_wanted.connect(partial(self._with_current, self.acts.show_citizen_id))
        self.acts.citizen_id_shown.connect(self.pane.show_citizen_id)
        self.pane.initiative_opened.connect(self.ways.open_initiative)
        self.pane.all_opened.connect(self.ways.open_all)
        self.editing.kept.connect(self._on_kept)
        self.form.done.connect(self.go_back)
        self.following.planned.connect(self._on_planned)
        self.following.ended.connect(self._on_list_ended)
