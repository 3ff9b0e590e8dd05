"""Đoàn viên: who somebody is, in which group, whether they have agreed."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.people import Person, Purpose, WorkStatus
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.member_list import Difference, ListPlan
from sangkien_desktop.services.people import ListWritten, Missing, PersonPage
from sangkien_desktop.storage.people_lists import ConsentFilter, PeopleCounts, PeopleQuery
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Question
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.models.paged_model import PagedModel
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.people import list_model
from sangkien_desktop.ui.screens.people.consent_bar import ConsentBar
from sangkien_desktop.ui.screens.people.differences import Differences
from sangkien_desktop.ui.screens.people.person_form import PersonForm
from sangkien_desktop.ui.screens.people.person_pane import PersonPane
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState, NothingFound
from sangkien_desktop.ui.widgets.fields import SearchField
from sangkien_desktop.ui.widgets.panels import ToolRow
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.strips import Strip
from sangkien_desktop.ui.widgets.table import Table, TableFoot
from sangkien_desktop.workbooks.opening import SUFFIXES

KINDS = f"Bảng tính ({' '.join('*' + suffix for suffix in SUFFIXES)})"
WORKING, MISSING, LEFT, ALL = "working", "missing", "left", "all"
LIST, NOTHING, EMPTY, DIFFERENCES = range(4)


@dataclass(frozen=True)
class _Loaded:
    query: PeopleQuery
    keys: "array[int]"
    counts: PeopleCounts
    everybody: int
    missing: Missing
    units: Mapping[UnitId, str]
    groups: tuple[Unit, ...]


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
        self._asked: tuple[PersonId, ...] = ()
        self._plan: ListPlan | None = None
        self._is_narrow = False
        self._missing_closed = False
        self._make_tools()
        self.strip = Strip(Gravity.WARNING)
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
        self.nothing = NothingFound(self.clear_filter)
        self.foot = TableFoot()
        self._stack = QStackedWidget()
        self._side = QStackedWidget()
        self._lay_out()
        self._connect()
        self._loading = context.jobs.latest(done=self.on_loaded)
        self._opening = context.jobs.latest(done=self.on_person)
        self.load()

    # What the frame asks

    def open_with(self, intent: Intent) -> None:
        """A person, a search, a group, people without agreement, or a list to follow."""
        if intent.files:
            self.read_list(Path(intent.files[0]))
        if intent.person:
            self._wanted = PersonId(intent.person)
            self.state.choose(ALL)
        if intent.state == MISSING:
            self.state.choose(MISSING)
        if intent.unit:
            self.group.choose(UnitId(intent.unit))
        if intent.query:
            self.search.search_now(intent.query)
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
        nobody = self._needs_somebody
        return (
            Command("people.new", "Thêm người", self.add_person, "Ctrl+N", "plus"),
            Command("people.import", "Nhập danh sách đoàn viên", self.choose_list, "Ctrl+O", "table-import"),
            Command("people.print", "In danh sách hoặc phiếu đồng ý", self.print_papers, "Ctrl+P", "printer"),
            Command("people.find", "Tìm người", self.search.setFocus, "Ctrl+F", "search"),
            Command("people.edit", "Sửa thông tin", self.edit_person, "F2", "pencil", disabled_reason=nobody),
            Command(
                "people.consent",
                "Ghi nhận đồng ý",
                self.ask_consent,
                "Ctrl+E",
                "check",
                disabled_reason=nobody,
            ),
            Command("people.missing", "Xem người chưa đồng ý", self.show_missing, icon="alert-triangle"),
            Command("people.next", "Ghi danh sách", self.differences.write_now, "Ctrl+Return"),
            Command("people.back", "Quay lại danh sách", self.go_back, "Esc"),
        )

    def set_narrow(self, is_narrow: bool) -> None:
        """Below 1200 some columns go, and the pane is smaller."""
        self._is_narrow = is_narrow
        self._panes.set_fixed(300 if is_narrow else 372)
        self.table.setColumnHidden(list_model.POSITION, is_narrow)
        self.table.setColumnHidden(list_model.WRITTEN, is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """From 1600 there is more room for the person."""
        if not self._is_narrow:
            self._panes.set_fixed(440 if is_wide else 372)

    # The list

    def load(self) -> None:
        """Read the list anew; the old rows stay until then."""
        query = self._wish()
        self._loading.start(lambda _progress: self._load(query))

    def _load(self, query: PeopleQuery) -> _Loaded:
        units = self.context.services.units
        return _Loaded(
            query=query,
            keys=self._service.keys(query),
            counts=self._service.counts(query),
            everybody=self._service.counts(PeopleQuery(status=None)).people,
            missing=self._service.missing(),
            units=self._service.group_names(),
            groups=units.groups(),
        )

    def on_loaded(self, found: _Loaded) -> None:
        """Show what was found, with the same person current where possible."""
        before = self._current()
        self._units, self._groups, self._query = found.units, found.groups, found.query
        self.group.set_choices([Choice("Mọi tổ", None), *(Choice(u.name, u.id) for u in found.groups)])
        self.model.show_ids(found.keys)
        if self._stack.currentIndex() != DIFFERENCES:
            self._stack.setCurrentIndex(EMPTY if not found.everybody else LIST if found.keys else NOTHING)
        self.nothing.say(found.query.text)
        self._show_counts(found)
        self._show_missing(found.missing)
        wanted = self._wanted or (before.id if before else None)
        self._wanted = None
        key = self._service.key_of(wanted) if wanted else None
        row = self.model.row_of(key) if key is not None else -1
        if found.keys:
            self.table.select_row(max(0, row))
        self._on_row(self.table.currentIndex().row())

    def clear_filter(self) -> None:
        """Everybody who works here."""
        self.search.search_now("")
        self.group.choose(None)
        self.state.choose(WORKING)
        self.load()

    def show_missing(self) -> None:
        """Authors without agreement."""
        self.state.choose(MISSING)
        self.load()
        self.table.setFocus()

    def _wish(self) -> PeopleQuery:
        chosen = self.state.value
        return replace(
            self._query,
            text=self.search.text().strip(),
            group=UnitId(str(self.group.value)) if self.group.value else None,
            status={LEFT: WorkStatus.LEFT, ALL: None}.get(str(chosen), WorkStatus.WORKING),
            consent=ConsentFilter.MISSING if chosen == MISSING else ConsentFilter.ANY,
            authors_only=chosen == MISSING,
        )

    def _show_counts(self, found: _Loaded) -> None:
        number = formatting.number
        counts = found.counts
        self.foot.say(
            f"<b>{number(counts.people)}</b> người",
            f"{number(counts.agreed)} đã đồng ý",
            f"{number(counts.with_initiatives)} có sáng kiến",
            right="Xếp theo tên, chữ lót, họ" if found.query.sort == "name" else "",
        )

    def _show_missing(self, missing: Missing) -> None:
        if not missing.people or self._missing_closed or self.state.value == MISSING:
            self.strip.say("")
            return
        number = formatting.number(missing.people)
        held = f"; {formatting.number(missing.held)} sáng kiến của họ đang tạm giữ, chưa gửi lên Cổng"
        look = Button(f"Xem {number} người", kind="small", name="see-missing")
        look.clicked.connect(self.show_missing)
        slips = Button("In phiếu đồng ý", icon="printer", kind="small", name="print-slips")
        slips.clicked.connect(self.print_slips)
        told = f"<b>{number} người</b> có sáng kiến chưa ghi nhận đồng ý{held if missing.held else ''}."
        self.strip.say(told, Gravity.WARNING, look, slips)

    def _on_sort(self, key: str, order: Qt.SortOrder) -> None:
        down = order == Qt.SortOrder.DescendingOrder
        self._query = replace(
            self._query, sort=list_model.SORTS.get(key, "name"), descending=down and bool(key)
        )
        self.load()

    # One person

    def _current(self) -> Person | None:
        row = self.table.currentIndex().row()
        listed = self.model.record(row) if 0 <= row < self.model.rowCount() else None
        return listed.person if listed else None

    def _on_row(self, _row: int) -> None:
        person = self._current()
        if self._side.currentWidget() is self.form:
            return
        if person is None:
            self._opening.cancel()
            self.pane.show_page(None)
        else:
            self._opening.start(lambda _progress: self._service.person_page(person.id))

    def on_person(self, page: PersonPage) -> None:
        """The person is read."""
        self.pane.show_page(page)

    def add_person(self) -> None:
        """Ctrl+N: an empty form; kept as soon as there is a name."""
        self._edit(self._service.blank())

    def edit_person(self) -> None:
        """F2: the form of the person shown."""
        person = self._current()
        if person is not None:
            self._edit(person)

    def _edit(self, person: Person) -> None:
        self._side.setCurrentWidget(self.form)
        self.form.show_person(person, self._groups)

    def _on_form_changed(self, person: Person) -> None:
        self._wanted = person.id
        self.context.jobs.start(lambda: self._kept(person), done=self._on_kept, failed=self._on_not_kept)

    def _kept(self, person: Person) -> tuple[Person, Changes]:
        changes = self._service.save(person)
        return self._service.get(person.id), changes

    def _on_kept(self, kept: tuple[Person, Changes]) -> None:
        self.form.show_kept(kept[0])
        self.context.changes.publish(kept[1])

    def _on_not_kept(self, error: Exception) -> None:
        if isinstance(error, AppError) and error.code.startswith("person-"):
            name = "employee_code" if error.code == "person-code-twice" else "name"
            self.form.show_problem(name, f"{error.sentence} {error.hint}".strip())
        else:
            self.context.failures.present(error)

    def go_back(self) -> None:
        """Esc: out of the form, the agreement or the difference."""
        if self.consent.isVisible():
            self.consent.hide()
        elif self._side.currentWidget() is self.form:
            self._side.setCurrentWidget(self.pane)
            self.load()
        elif self._stack.currentIndex() == DIFFERENCES:
            self._plan = None
            self._show_side(True)
            self._stack.setCurrentIndex(LIST)
            self.load()
        elif self.search.text():
            self.clear_filter()
            return
        self.table.setFocus()

    def _on_leaving(self) -> None:
        person = self._current()
        if person is None:
            return
        if person.status is not WorkStatus.WORKING:
            self._act(partial(self._service.come_back, person.id), f"{person.name} làm trở lại.")
            return
        today = self.context.clock.today()
        told = f"Đã ghi {person.name} nghỉ việc từ {formatting.day(today)}. Sáng kiến vẫn giữ nguyên."
        self._act(partial(self._service.leave, person.id, today), told)

    def _on_citizen_id(self) -> None:
        person = self._current()
        if person is not None:
            self.context.jobs.start(
                partial(self._service.citizen_id, person.id), done=self.pane.show_citizen_id
            )

    # Agreement

    def ask_consent(self) -> None:
        """Of the selected people: one, or everybody on a signed paper list."""
        rows = self.table.selected_rows()
        listed = [self.model.record(row) for row in rows]
        people = [one.person for one in listed if one is not None]
        self._asked = tuple(one.id for one in people)
        if people:
            who = people[0].name if len(people) == 1 else f"{formatting.number(len(people))} người đã chọn"
            self.consent.ask(who, self.context.clock.today())

    def _on_agreed(self, signed_on: date, purposes: frozenset[Purpose]) -> None:
        self.consent.hide()
        who = self._asked
        number = f"{formatting.number(len(who))} người" if len(who) > 1 else "một người"
        act = partial(self._service.record_consent, who, signed_on, purposes=purposes)
        self._act(act, f"Đã ghi nhận đồng ý của {number}, ký ngày {formatting.day(signed_on)}.")
        self.table.setFocus()

    def _on_withdrawal(self) -> None:
        person = self._current()
        if person is None:
            return
        asked = Question(
            f"{person.name} rút đồng ý?",
            "Sáng kiến chưa gửi của người này sẽ tạm giữ. Bản đã ở Cổng phải rút riêng ở màn hình Đồng bộ.",
            yes="Ghi đã rút",
            no="Giữ như cũ",
        )
        if self.context.dialogs.confirm(asked):
            act = partial(self._service.withdraw_consent, person.id, self.context.clock.today())
            self._act(act, f"Đã ghi {person.name} rút đồng ý.")

    def _act(self, work: Callable[[], Changes], told: str) -> None:
        self._told = told
        self.context.jobs.start(work, done=self._on_acted)

    def _on_acted(self, changes: Changes) -> None:
        self.context.changes.publish(changes)
        self.context.messages.done(self._told)

    # The member list

    def choose_list(self) -> None:
        """HR's workbook."""
        paths = self.context.dialogs.open_files("Chọn danh sách đoàn viên", KINDS, purpose="people")
        if paths:
            self.read_list(paths[0])

    def read_list(self, path: Path) -> None:
        """Compare a list with the station's."""

        def work(progress: Progress) -> ListPlan:
            plan: ListPlan = self._service.plan_import(path, progress)
            return plan

        self.context.jobs.start_long(work, title=f"Đang đọc {path.name}", done=self.on_plan)

    def on_plan(self, plan: ListPlan) -> None:
        """Show the difference."""
        self._plan = plan
        self.differences.show_plan(plan)
        self._stack.setCurrentIndex(DIFFERENCES)
        self._show_side(False)
        self.differences.table.setFocus()

    def _on_list_agreed(self, kinds: frozenset[Difference]) -> None:
        plan = self._plan
        if plan is not None:
            work = partial(self._service.write_import, plan, kinds)
            self.context.jobs.start(work, done=self.on_list_written)

    def on_list_written(self, done: ListWritten) -> None:
        """Back to the list, with what was done."""
        self._plan = None
        self._show_side(True)
        self._stack.setCurrentIndex(LIST)
        self.context.changes.publish(done.changes)
        self.context.messages.done(
            f"Đã ghi {formatting.number(done.written)} thay đổi vào danh sách đoàn viên."
        )
        self.load()

    def print_papers(self) -> None:
        """Ctrl+P: the member list as a paper."""
        self.context.navigate("reports", Intent(topic="people", unit=str(self.group.value or "")))

    def print_slips(self) -> None:
        """Slips to be signed, for the person shown or for everybody who has not agreed."""
        self.context.navigate("reports", Intent(topic="consent-slip", state=MISSING))

    def _print_slip(self) -> None:
        person = self._current()
        if person is not None:
            self.context.navigate("reports", Intent(topic="consent-slip", person=person.id))

    # Parts

    def _needs_somebody(self) -> str:
        return "" if self._current() is not None else "Chọn một người trước."

    def _show_side(self, is_shown: bool) -> None:
        self._side.setVisible(is_shown)
        self.foot.setVisible(is_shown)

    def _make_tools(self) -> None:
        self.search = SearchField("Tìm tên hoặc mã, gõ không dấu cũng được", name="find-person")
        self.search.setMinimumWidth(180)
        self.group = ComboBox([Choice("Mọi tổ", None)], name="group-filter")
        self.group.setAccessibleName("Tổ")
        self.state = ComboBox(
            [
                Choice("Đang làm", WORKING),
                Choice("Chưa đồng ý", MISSING),
                Choice("Đã nghỉ", LEFT),
                Choice("Tất cả", ALL),
            ],
            name="state-filter",
        )
        self.state.setAccessibleName("Ai")
        self.import_list = Button("Nhập danh sách", icon="table-import", name="import-list")
        self.print_list = Button("In danh sách", icon="printer", key="Ctrl+P", name="print-list")
        self.new = Button("Thêm người", icon="plus", key="Ctrl+N", kind="primary", name="new-person")

    def _lay_out(self) -> None:
        self.tools = ToolRow()
        self.tools.add(self.search, self.group, self.state)
        self.tools.add_gap()
        self.tools.add_optional(self.import_list, self.print_list)
        self.tools.add(self.new)
        self.tools.row.setStretch(0, 4)
        empty = EmptyState(
            "Chưa có danh sách đoàn viên",
            "Có danh sách thì máy nhận ra tác giả theo mã, tên; chưa có thì cứ nhập sáng kiến, người được tạo theo.",
            [
                Beginning(
                    "table-import",
                    "Nhập danh sách của nhân sự",
                    "Tệp Excel có mã, họ tên, tổ; nhập lại lần sau máy chỉ ghi chỗ khác.",
                    "Nhập danh sách",
                    "Ctrl+O",
                    self.choose_list,
                ),
                Beginning(
                    "plus", "Thêm từng người", "Gõ tay một người.", "Thêm người", "Ctrl+N", self.add_person
                ),
            ],
        )
        for widget in (self.table, self.nothing, empty, self.differences):
            self._stack.addWidget(widget)
        self._side.addWidget(self.pane)
        self._side.addWidget(self.form)
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
        self.search.searched.connect(self.load)
        self.search.moved_down.connect(self.table.setFocus)
        self.group.chosen.connect(self.load)
        self.state.chosen.connect(self.load)
        self.import_list.clicked.connect(self.choose_list)
        self.print_list.clicked.connect(self.print_papers)
        self.new.clicked.connect(self.add_person)
        self.strip.closed.connect(self._on_strip_closed)
        self.consent.agreed.connect(self._on_agreed)
        self.consent.given_up.connect(self.go_back)
        self.model.sort_wanted.connect(self._on_sort)
        self.table.row_changed.connect(self._on_row)
        self.table.row_opened.connect(lambda _row: self.edit_person())
        self.pane.edit_wanted.connect(self.edit_person)
        self.pane.consent_wanted.connect(self.ask_consent)
        self.pane.withdrawal_wanted.connect(self._on_withdrawal)
        self.pane.slip_wanted.connect(self._print_slip)
        self.pane.leaving_wanted.connect(self._on_leaving)
        self.pane.citizen_id_wanted.connect(self._on_citizen_id)
        self.pane.initiative_opened.connect(self._open_initiative)
        self.pane.all_opened.connect(self._open_all)
        self.form.changed.connect(self._on_form_changed)
        self.form.done.connect(self.go_back)
        self.differences.agreed.connect(self._on_list_agreed)
        self.differences.given_up.connect(self.go_back)

    def _on_strip_closed(self) -> None:
        self._missing_closed = True
        self.strip.say("")

    def _open_initiative(self, initiative: str) -> None:
        self.context.navigate("initiatives", Intent(initiative=initiative))

    def _open_all(self) -> None:
        person = self._current()
        if person is not None:
            self.context.navigate("initiatives", Intent(person=person.id))
