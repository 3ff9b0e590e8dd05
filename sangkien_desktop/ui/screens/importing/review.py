"""Step three: which rows need a person, and what becomes of the rest."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.services.import_mending import same_elsewhere
from sangkien_desktop.services.import_people import DOUBT
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.importing.findings import BY_HAND, EMPTY, Finding, findings_of, sums_of
from sangkien_desktop.ui.screens.importing.person_chooser import PersonChooser
from sangkien_desktop.ui.screens.importing.row_pane import RowPane
from sangkien_desktop.ui.screens.importing.sum_row import SumRow
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.empty_state import EmptyState
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.table import Table

ALL, ERRORS, QUESTIONS = range(3)
FILE_COLUMN, RAW_COLUMN = 1, 4


class Review(QWidget):
    """Sum row, problem table, the row. Plans are changed here and written by the page."""

    plans_changed = Signal()

    def __init__(self, context: UiContext) -> None:
        """Nothing to look over yet."""
        super().__init__()
        self._context = context
        self._mender = context.services.imports.mender
        self.plans: tuple[SheetPlan, ...] = ()
        self.decisions: dict[tuple[str, str | None], PersonId] = {}
        """Written name and group → person, to be remembered once everything is written."""
        self._findings: list[Finding] = []
        self._shown: list[Finding] = []
        self._filter = ALL
        self._units: Mapping[UnitId, str] = {}
        self._is_mending = False
        self._keep_row = 0
        self.sum_row = SumRow()
        self.filters = [Button("", kind="small", name=f"filter-{at}") for at in range(3)]
        self.filters[ERRORS].set_icon_name("alert-circle")
        self.filters[QUESTIONS].set_icon_name("alert-triangle")
        self.accept_all = Button("", kind="small", name="accept-all")
        self.model: PagedModel[object] = PagedModel(_columns(), self._page, self)
        self.table = Table(self.model, airy=True, name="problems")
        self.table.setAccessibleName("Chỗ cần xem")
        self.nothing = EmptyState(
            "Mọi dòng đều đọc được", "Không có chỗ nào phải sửa. Bấm ghi để đưa vào máy."
        )
        self.pane = RowPane()
        self._chooser = PersonChooser(context, self.pane.find_person)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def is_strict(self) -> bool:
        """Whether rows with errors are refused."""
        return self.sum_row.strict.isChecked()

    @property
    def current_file(self) -> str:
        """Hash of the file that the current problem stands in; empty when there is none."""
        finding = self._current()
        return self.plans[finding.plan].file_sha256 if finding else ""

    def show_plans(self, plans: Sequence[SheetPlan]) -> None:
        """Look over these plans."""
        self.decisions.clear()
        self._filter = ALL
        self._keep_row = 0
        if self.is_strict:
            plans = [self._mender.decided(plan, is_strict=True) for plan in plans]
        self._context.jobs.start(self._context.services.people.group_names, done=self._on_units)
        self._take(tuple(plans))

    def go_to_next(self, step: int = 1) -> None:
        """F8: the next problem, round and round."""
        if self._shown:
            row = (self.table.currentIndex().row() + step) % len(self._shown)
            self.table.select_row(row)

    def accept_current(self) -> None:
        """Ctrl+E: the proposal of the current problem, for the rows alike as well when ticked."""
        finding = self._current()
        if finding is None or not finding.is_question or self._is_mending:
            return
        everywhere = self.pane.apply_all.isVisibleTo(self.pane) and self.pane.apply_all.isChecked()
        if finding.problem.code == DOUBT and finding.problem.fix is not None:
            person = PersonId(str(finding.problem.fix.value))
            self._decide(finding, person)
        self._run(partial(self._accepted, [finding], everywhere))

    def accept_questions(self) -> None:
        """Every proposal of a question at once; errors stay for a person."""
        asked = [one for one in self._findings if not one.is_error]
        for finding in asked:
            if finding.problem.code == DOUBT and finding.problem.fix is not None:
                self._decide(finding, PersonId(str(finding.problem.fix.value)))
        self._run(partial(self._accepted, asked, False))

    def set_narrow(self, is_narrow: bool) -> None:
        """Below 1200 the row's pane is smaller."""
        self._panes.set_fixed(300 if is_narrow else 372)
        self.table.setColumnHidden(RAW_COLUMN, is_narrow)
        self.sum_row.set_narrow(is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """From 1600 there is more room for the row."""
        self._panes.set_fixed(500 if is_wide else 372)

    # Parts

    def _accepted(self, findings: Sequence[Finding], everywhere: bool) -> tuple[SheetPlan, ...]:
        plans = list(self.plans)
        for finding in findings:
            places = same_elsewhere(plans, finding.problem) if everywhere else [(finding.plan, finding.place)]
            for at, place in places:
                same = [
                    p
                    for p in plans[at].rows[place].problems
                    if (p.field, p.code, p.raw)
                    == (finding.problem.field, finding.problem.code, finding.problem.raw)
                ]
                for problem in same:
                    plans[at] = self._mender.accept(plans[at], place, problem, is_strict=self.is_strict)
        return tuple(plans)

    def _on_mended(self, text: str) -> None:
        finding = self._current()
        if finding is None or self._is_mending:
            return
        at, place, field = finding.plan, finding.place, finding.problem.field

        def work() -> tuple[SheetPlan, ...]:
            mended = self._mender.mend(self.plans[at], place, field, text, is_strict=self.is_strict)
            return (*self.plans[:at], mended, *self.plans[at + 1 :])

        self._run(work)

    def _run(self, work: Callable[[], tuple[SheetPlan, ...]]) -> None:
        self._is_mending = True
        self._keep_row = max(0, self.table.currentIndex().row())
        self._context.jobs.start(work, done=self._on_plans, failed=self._on_failed)

    def _on_plans(self, plans: tuple[SheetPlan, ...]) -> None:
        self._is_mending = False
        self._take(plans)
        self.plans_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._is_mending = False
        self._context.failures.present(error)

    def _decide(self, finding: Finding, person: PersonId) -> None:
        self.decisions[finding.problem.raw, finding.row.candidate.group] = person

    def _take(self, plans: tuple[SheetPlan, ...]) -> None:
        self.plans = plans
        self._findings = findings_of(plans)
        wrong = {(one.plan, one.place) for one in self._findings if one.is_error}
        questions = sum(not one.is_error for one in self._findings)
        self.sum_row.say(sums_of(plans), len(wrong), questions)
        self._show_filtered()

    def _show_filtered(self) -> None:
        errors = [one for one in self._findings if one.is_error]
        asked = [one for one in self._findings if not one.is_error]
        groups = (self._findings, errors, asked)
        if not groups[self._filter]:
            self._filter = ALL
        self._shown = groups[self._filter]
        for at, (word, group) in enumerate(zip(("Tất cả", "Lỗi", "Cần xác nhận"), groups, strict=True)):
            self.filters[at].setText(f"{word} {len(group)}")
            self.filters[at].set_kind("chosen" if at == self._filter else "small")
        self.accept_all.setText(f"Nhận {len(asked)} đề nghị cần xác nhận")
        self.accept_all.setVisible(bool(asked))
        self._stack.setCurrentIndex(0 if self._findings else 1)
        self.pane.setVisible(bool(self._findings))
        self.table.setColumnHidden(FILE_COLUMN, len({one.file_name for one in self._findings}) < 2)
        self.model.show_ids(range(len(self._shown)))
        if self._shown:
            self.table.select_row(min(self._keep_row, len(self._shown) - 1))
        else:
            self._on_row(-1)

    def _current(self) -> Finding | None:
        row = self.table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _on_row(self, _row: int) -> None:
        finding = self._current()
        if finding is None:
            self.pane.show_finding(None, "", 0, self._units)
            return
        alike = len(same_elsewhere(self.plans, finding.problem)) - 1 if finding.problem.raw else 0
        new = {unit.id: unit.name for unit in self.plans[finding.plan].units}
        self.pane.show_finding(
            finding, "" if finding.raw == EMPTY else finding.raw, alike, {**self._units, **new}
        )

    def _on_filter(self, at: int) -> None:
        self._filter = at
        self._keep_row = 0
        self._show_filtered()

    def _on_units(self, units: Mapping[UnitId, str]) -> None:
        self._units = units
        self._on_row(0)

    def _on_strict(self, is_on: bool) -> None:
        self._run(lambda: tuple(self._mender.decided(plan, is_strict=is_on) for plan in self.plans))

    def _on_person(self, person: Person) -> None:
        finding = self._current()
        if finding is None:
            return
        self._decide(finding, person.id)
        at, row, raw = finding.plan, finding.place, finding.problem.raw

        def work() -> tuple[SheetPlan, ...]:
            assigned = self._mender.assign(self.plans[at], row, raw, person.id, is_strict=self.is_strict)
            return (*self.plans[:at], assigned, *self.plans[at + 1 :])

        self._run(work)

    def _find_person(self) -> None:
        finding = self._current()
        if finding is not None:
            self._chooser.offer(finding.problem.raw, self._units)

    def _page(self, ids: Sequence[int]) -> list[Any]:
        return [self._shown[at] for at in ids]

    def _lay_out(self) -> None:
        bar = Panel("surface")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(8)
        for button in self.filters:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.accept_all)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.nothing)
        self._panes = Panes(self._stack, self.pane, fixed=372, name="import-review")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sum_row)
        whole.addWidget(self._panes, 1)

    def _connect(self) -> None:
        self.table.row_changed.connect(self._on_row)
        self.table.row_opened.connect(lambda _row: self.pane.edit())
        for at, button in enumerate(self.filters):
            button.clicked.connect(partial(self._on_filter, at))
        self.accept_all.clicked.connect(self.accept_questions)
        self.sum_row.strict_changed.connect(self._on_strict)
        self.pane.mended.connect(self._on_mended)
        self.pane.accepted.connect(self.accept_current)
        self.pane.person_wanted.connect(self._find_person)
        self._chooser.chosen.connect(self._on_person)


def _columns() -> list[Column[Any]]:
    def grave(one: Finding) -> tuple[str, str, str]:
        return ("alert-circle", "", "bad") if one.is_error else ("alert-triangle", "", "warn")

    def proposal(one: Finding) -> tuple[str, str, str]:
        return (
            ("corner-down-left", one.proposal, "accent_text")
            if one.is_question
            else ("pencil", BY_HAND, "text3")
        )

    return [
        Column("severity", "", lambda one: "Lỗi" if one.is_error else "Hỏi lại", 32, kind="badge", badge=grave, is_sortable=False),
        Column("file", "Tệp", lambda one: one.file_name, 150, tone="text2", is_sortable=False),
        Column("cell", "Ô Excel", lambda one: one.cell, 66, is_sortable=False),
        Column("field", "Trường", lambda one: one.field, 112, is_sortable=False),
        Column("raw", "Trong tệp", lambda one: one.raw, 176, is_sortable=False),
        Column("why", "Vì sao máy dừng lại", lambda one: one.problem.message, 0, tool_tip=lambda one: one.problem.message, is_sortable=False),
        Column("proposal", "Đề nghị", lambda one: one.proposal, 186, kind="badge", badge=proposal, is_sortable=False),
    ]  # fmt: skip
