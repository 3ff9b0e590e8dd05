"""What the list shows: filter, order, where the caret is, the numbers of the foot."""

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.storage.queries import Counts, Query, Totals
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.navigation import NO_INTENT, Intent
from sangkien_desktop.ui.screens.initiatives import columns
from sangkien_desktop.ui.screens.initiatives.loading import Listing
from sangkien_desktop.ui.screens.initiatives.tools import PROBLEMS, badges_of

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

LOOK_AGAIN_MS = 150


class Rows(QObject):
    """Keeps the caret on its record whatever the list becomes."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Nothing is shown until the first answer."""
        super().__init__(page)
        self._page = page
        self.has_loaded = False
        self.intent = NO_INTENT
        self._wanted: InitiativeId | None = None
        self._wanted_key = ""
        self._postponed: Listing | None = None
        self._again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self.on_look_again)

    def open_with(self, intent: Intent) -> None:
        """Filter and record as another screen asked for them."""
        tools = self._page.tools
        self.intent = intent
        if intent.initiative:
            self._wanted = InitiativeId(intent.initiative)
        if intent.unit:
            tools.group.choose(UnitId(intent.unit))
        if intent.state:
            names = {word: badge for badge in Badge for word in (badge.name.lower(), badge.value)}
            tools.state.choose(names.get(intent.state, intent.state))
        tools.search.setText(intent.query)
        self._page.loader.load(self.query())

    def show_filter(self, text: str, group: str, state: str) -> None:
        """Put a kept filter in force."""
        known = next((badge for badge in Badge if badge.value == state), None)
        self._page.tools.group.choose(UnitId(group) if group else None)
        self._page.tools.state.choose(known or state or None)
        self._page.tools.search.setText(text)
        self._page.loader.query = self.query()

    def go_to_record(self, initiative: InitiativeId, key: str = "") -> None:
        """Make a record current once it is among the rows."""
        self._wanted, self._wanted_key = initiative, key
        self._page.loader.load()

    def show_new(self, initiative: InitiativeId) -> None:
        """Stand in a record that was made this moment; the list follows when it is asked again."""
        self._wanted, self._wanted_key = initiative, "title"
        self._go_to_wanted()
        self._page.loader.load()

    def on_look_again(self) -> None:
        """The answer that came while somebody typed."""
        if self._postponed is not None:
            self.on_loaded(self._postponed)

    def on_loaded(self, listing: Listing) -> None:
        """Other rows, or the same with other values; the caret stays on its record.

        While a cell is typed into, the answer waits: closing the editor would cut a word that an input method
        is still composing.
        """
        if self._page.grid.is_editing:
            self._postponed = listing
            self._again.start()
            return
        self._postponed = None
        self._page.lists = listing.lists
        self._page.tools.show_groups(listing.lists.groups)
        row_key = (
            self._page.model.id_at(self._page.grid.row)
            if 0 <= self._page.grid.row < self._page.model.rowCount()
            else -1
        )
        column, top = self._page.grid.key, self._page.grid.verticalScrollBar().value()
        self.has_loaded = False
        if self._page.model.keys.tobytes() == listing.keys.tobytes():
            self._page.model.forget()
        else:
            self._page.model.show_ids(listing.keys)
            self._page.grid.verticalScrollBar().setValue(top)
            self._restore(row_key, column)
        self._show_numbers(listing.totals, listing.counts)
        self._go_to_wanted()
        self.has_loaded = True
        self._page.editing.on_row_left()
        self._page.form.show_row(self._page.current)
        self._page.editing.half.offer_half_typed()

    def on_counted(self, totals: Totals, counts: Counts) -> None:
        """The foot follows a moment after the typing."""
        self._show_numbers(totals, counts)

    def _restore(self, row_key: int, column: str) -> None:
        row = self._page.model.row_of(row_key) if row_key >= 0 else -1
        if row < 0 and self._page.model.rowCount():
            row = 0
        if row >= 0:
            self._page.grid.go_to(row, column or "title")

    def _go_to_wanted(self) -> None:
        if self._wanted is None:
            return
        wanted, self._wanted = self._wanted, None
        found = self._page.services.entry.row(wanted)
        row = self._page.model.row_of(found.row.key) if found else -1
        if found is not None and row < 0:
            # A new record need not fit the filter; it is shown on top until the list is asked again.
            keys = self._page.model.keys[:]
            keys.insert(0, found.row.key)
            self._page.model.show_ids(keys)
            row = 0
        if row >= 0:
            self._page.grid.go_to(row, self._wanted_key or "title")
            self._page.show_what_fits()
            if self._page.wants_form_focus:
                self._page.form.show_row(self._page.current)
                self._page.form.go_to("title")
            elif self._wanted_key:
                self._page.grid.setFocus()
        self._page.wants_form_focus = False

    def _show_numbers(self, totals: Totals, counts: Counts) -> None:
        self._page.totals, self._page.counts = totals, counts
        self._page.tools.show_counts(counts)
        self._page.tools.set_empty(not counts.records)
        self.say_foot()
        self._page.show_what_fits()

    def say_foot(self) -> None:
        """The counts under the grid, and below 1200 pixels the sentence of the cell."""
        if self._page.totals is None:
            return
        shown = self._page.totals.records
        said = [f"<b>{formatting.number(shown)}</b> sáng kiến"]
        hidden = self._page.counts.records - shown
        if hidden > 0 and self._page.tools.is_filtering:
            said[0] += f" / {formatting.number(self._page.counts.records)}"
        sentence = self._sentence()
        if self._page.is_narrow and sentence:
            text = str(self._page.grid.currentIndex().data() or "")
            lowered = f"{sentence[0].lower()}{sentence[1:]}"
            self._page.foot.say(
                *said, f"Ô có lỗi: <b>{escape(text)}</b> – {escape(lowered)}" if text else escape(sentence)
            )
            return
        at_portal = self._page.counts.by_badge.get(Badge.VALID, 0) + self._page.counts.by_badge.get(
            Badge.RECEIVED, 0
        )
        said.append(f"{formatting.number(at_portal)} đã lên Cổng")
        rows, _ = self._page.grid.rectangle()
        if len(rows):
            said.append(f"chọn {formatting.number(len(rows))}")
        sum_said = f"Tổng làm lợi <b>{formatting.large_money(self._page.totals.annual_benefit)}/năm</b>"
        self._page.foot.say(*said, right=sum_said)

    def _sentence(self) -> str:
        row = self._page.current
        return columns.problem_sentence(row, self._page.grid.key) if row else ""

    def say_hint(self) -> None:
        """The sentence of the current cell, in the status strip."""
        sentence = self._sentence()
        if sentence:
            place = self._page.model.columns[self._page.model.places[self._page.grid.key]].title
            sentence = f"Ô {place[0].lower()}{place[1:]}: {sentence[0].lower()}{sentence[1:]}"
        self._page.hint_changed.emit("" if self._page.is_narrow else sentence)
        self.say_foot()

    def query(self) -> Query:
        """What the tools ask for, in the order of the list."""
        state = self._page.tools.state.value
        person = PersonId(self.intent.person) if self.intent.person else None
        return replace(
            self._page.loader.query,
            text=self._page.tools.search.text(),
            group=self._page.tools.chosen_group,
            badges=badges_of(state),
            problems_only=state == PROBLEMS,
            person=person,
            sources=frozenset(self.intent.files) if self.intent.topic == "import" else frozenset(),
        )

    def on_filter(self) -> None:
        """A person filtered: what another screen had asked for no longer holds."""
        self.intent = NO_INTENT
        self._page.loader.load(self.query())

    def on_sort(self, key: str, order: Qt.SortOrder) -> None:
        """A head was clicked."""
        name = columns.sort_name(key) or "local_code"
        self._page.loader.sort(name, descending=order == Qt.SortOrder.DescendingOrder if key else True)

    def on_row(self, _row: int) -> None:
        """Another record is current."""
        if self.has_loaded:
            self._page.editing.on_row_left()
            self._page.alike.forget()
            self._page.form.show_row(self._page.current)
            self.say_foot()

    def on_cell(self, _row: int, key: str) -> None:
        """Another cell is current: its field in the form is marked."""
        self._page.form.mark(key)
        self.say_hint()
