"""Nhập Excel: four steps on one page, all reachable, nothing written before the last."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.importing.beginning import Beginnings
from sangkien_desktop.ui.screens.importing.commands import CHOOSE, REVIEW, UNDERSTAND, WRITE, commands_of
from sangkien_desktop.ui.screens.importing.findings import sums_of
from sangkien_desktop.ui.screens.importing.finishing import Finishing
from sangkien_desktop.ui.screens.importing.foot import Foot
from sangkien_desktop.ui.screens.importing.intake import Intake, State
from sangkien_desktop.ui.screens.importing.questions import Question
from sangkien_desktop.ui.screens.importing.review import Review
from sangkien_desktop.ui.screens.importing.understanding import Understanding
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.steps import StepBar
from sangkien_desktop.workbooks.corrections import Correction
from sangkien_desktop.workbooks.table import Workbook

STEPS = ("Chọn tệp", "Máy hiểu tệp", "Xem lỗi", "Ghi vào máy")
HINTS = (
    "Thả tệp hoặc cả thư mục vào bất cứ đâu trên cửa sổ.",
    "Chưa ghi gì vào máy. Mũi tên và Alt+↓ đổi cột; Esc quay lại.",
    "F8 lỗi kế tiếp · Ctrl+E nhận đề nghị · F2 sửa · Ctrl+Enter ghi.",
    "Đang ghi vào máy…",
)


class ImportPage(Page):
    """Holds the queue and leads through the steps."""

    def __init__(self, context: UiContext) -> None:
        """Starts at the choice of files."""
        super().__init__(context)
        self._service = context.services.imports
        self.intake = Intake(context, self)
        self._current: int | None = None
        self._step = CHOOSE
        self.steps = StepBar(STEPS)
        self.beginnings = Beginnings(context, self)
        self.start = self.beginnings.pane
        self.finishing = Finishing(context, self)
        self.understanding = Understanding()
        self.review = Review(context)
        self._stack = QStackedWidget()
        for pane in (self.start, self.understanding, self.review):
            self._stack.addWidget(pane)
        self._bar = Foot()
        self.annotate, self.back, self.next = self._bar.annotate, self._bar.back, self._bar.next
        self._lay_out()
        self._connect()
        self._show_step(CHOOSE)
        context.jobs.start(self._group_names, done=self._on_groups)

    # What the frame asks

    def open_with(self, intent: Intent) -> None:
        """Files that were dropped or handed over begin at once."""
        if intent.files:
            self.take_in([Path(name) for name in intent.files])
        self._tell_frame()

    def refresh(self, changes: Changes) -> None:
        """Other groups, or records that changed: plans are made anew before the next step."""
        if changes.units:
            self.context.jobs.start(self._group_names, done=self._on_groups)

    def panes(self) -> Sequence[QWidget]:
        """Sheet and facts, or problems and row."""
        if self._step == UNDERSTAND:
            return (self.understanding.view, self.understanding.facts.sheet)
        return (self.review.table, self.review.pane.editor) if self._step == REVIEW else (self.start,)

    def commands(self) -> Sequence[Command]:
        """Every act of the four steps."""
        return commands_of(self)

    @property
    def step(self) -> int:
        """Which of the four steps is shown."""
        return self._step

    def set_narrow(self, is_narrow: bool) -> None:
        """Less beside the buttons of the foot, and a smaller row pane."""
        self.review.set_narrow(is_narrow)
        self._bar.set_narrow(is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """More room for the row."""
        self.review.set_wide(is_wide)

    # Beginning

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files or folders, however they came."""
        self.intake.add(paths)
        if self._step == CHOOSE:
            self._show_step(UNDERSTAND)

    # Steps

    def go_on(self) -> None:
        """Ctrl+Enter: the next file with a question, the review, the writing."""
        if self._step == CHOOSE:
            self.beginnings.choose_files()
        elif self._step == UNDERSTAND and self._plans():
            asked = self._next_asked()
            if asked is not None:
                self._show_entry(asked)
                self._tell()
            else:
                self.review.show_plans(self._plans())
                self._show_step(REVIEW)
        elif self._step == REVIEW and sums_of(self.review.plans).written:
            self._show_step(WRITE)
            self.finishing.write(self.review.plans, self.review.decisions, self.intake.entries)

    def go_back(self) -> None:
        """Esc: one step back; from the second step everything is given up, as nothing was written."""
        if self._step == UNDERSTAND:
            self.intake.clear()
            self._current = None
            self._show_step(CHOOSE)
        elif self._step == REVIEW:
            self._show_step(UNDERSTAND)

    def _show_step(self, step: int) -> None:
        self._step = step
        self.steps.show_step(step)
        self._stack.setCurrentIndex(min(step, REVIEW))
        self._tell()
        self._tell_frame()
        if step == UNDERSTAND:
            self.understanding.view.setFocus()
        elif step == REVIEW:
            self.review.table.setFocus()

    def _tell_frame(self) -> None:
        entry = self.intake.entry(self._current) if self._current is not None else None
        several = len(self.intake.entries) > 1
        name = f"{len(self.intake.entries)} tệp" if several else entry.name if entry else ""
        sheet = self.understanding.sheet_name
        told = f"{name} · trang “{sheet}”" if name and sheet and not several else name
        self.heading_changed.emit("Nhập Excel", told if self._step >= UNDERSTAND else "")
        self.hint_changed.emit(HINTS[self._step])

    def _tell(self) -> None:
        self._bar.set_step(self._step)
        if self._step == UNDERSTAND:
            waits = "asked" if self._next_asked() is not None else "reading" if self.intake.reading else ""
            self._bar.tell_understanding(self._plans(), waits)
        elif self._step != CHOOSE:
            self._bar.tell_review(sums_of(self.review.plans), is_writing=self._step == WRITE)

    def _next_asked(self) -> int | None:
        """A file after the one shown that has an open question; none once the last was seen."""
        numbers = [one.number for one in self.intake.entries]
        at = numbers.index(self._current) if self._current in numbers else -1
        later = self.intake.entries[at + 1 :]
        return next((one.number for one in later if one.questions()), None)

    def _plans(self) -> tuple[SheetPlan, ...]:
        return tuple(plan for entry in self.intake.entries for plan in entry.plans)

    # The queue speaks

    def _on_queue(self) -> None:
        self.understanding.show_queue(self.intake.entries)
        if not self.intake.entries and self._step == UNDERSTAND:
            self._current = None
            self._show_step(CHOOSE)
            return
        if self._current is None and self.intake.entries:
            self._show_entry(self.intake.entries[0].number)
        elif self._current is not None and (entry := self.intake.entry(self._current)):
            if entry.state is not State.READ:
                self.understanding.show_entry(entry)
        elif self.intake.entries:
            self._show_entry(self.intake.entries[0].number)
        self._tell()
        self._tell_frame()

    def _on_understood(self, number: int) -> None:
        if number == self._current:
            self._show_entry(number)
        self._tell()
        self._tell_frame()

    def _show_entry(self, number: int) -> None:
        self._current = number
        entry = self.intake.entry(number)
        if entry is not None:
            self.understanding.show_entry(entry)
            self.understanding.show_queue(self.intake.entries)
            self._tell_frame()

    def _on_nothing_found(self) -> None:
        self.context.messages.warn("Thư mục này không có bảng tính nào máy đọc được.", topic="import")
        if not self.intake.entries:
            self._show_step(CHOOSE)

    def _on_answered(
        self, number: int, sheet: str | None, question: Question, correction: Correction
    ) -> None:
        self.intake.answer(number, sheet, question, correction)
        if number == self._current and (entry := self.intake.entry(number)):
            self.understanding.show_entry(entry)
            self.understanding.view.setFocus()

    def _on_remember(self, number: int, is_on: bool) -> None:
        entry = self.intake.entry(number)
        if entry is not None:
            entry.remember = is_on

    def _on_cell(self, sentence: str) -> None:
        if self._step == UNDERSTAND:
            self.hint_changed.emit(sentence or HINTS[UNDERSTAND])

    def _group_names(self) -> list[str]:
        return [unit.name for unit in self.context.services.units.groups()]

    def _on_groups(self, names: list[str]) -> None:
        self.understanding.show_groups(names)
        if self._current is not None and self._step == UNDERSTAND:
            self._show_entry(self._current)

    # The last step

    # Parts

    def save_annotated(self) -> None:
        """The file of the problem that is current, else the first one."""
        wanted = self.review.current_file
        entries = [one for one in self.intake.entries if one.plans]
        chosen = next((one for one in entries if one.plans[0].file_sha256 == wanted), entries[0])
        self.finishing.annotate(chosen, self.review.plans)

    def _on_pasted(self, workbook: Workbook) -> None:
        self.intake.add_pasted(workbook)
        self._show_step(UNDERSTAND)

    def _on_written(self) -> None:
        self.intake.clear()
        self._current = None
        self._show_step(CHOOSE)

    def _lay_out(self) -> None:
        body = Panel("window")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)
        self.set_parts(body)

    def _connect(self) -> None:
        self.intake.changed.connect(self._on_queue)
        self.intake.understood.connect(self._on_understood)
        self.intake.nothing_found.connect(self._on_nothing_found)
        pane = self.understanding
        pane.entry_chosen.connect(self._show_entry)
        pane.corrected.connect(self.intake.correct)
        pane.answered.connect(self._on_answered)
        pane.remember_changed.connect(self._on_remember)
        pane.retry_wanted.connect(self.intake.retry)
        pane.drop_wanted.connect(self.intake.drop)
        pane.cell_told.connect(self._on_cell)
        self.beginnings.files_given.connect(self.take_in)
        self.beginnings.table_pasted.connect(self._on_pasted)
        self.finishing.written.connect(self._on_written)
        self.finishing.not_written.connect(partial(self._show_step, REVIEW))
        self.review.plans_changed.connect(self._tell)
        self.annotate.clicked.connect(self.save_annotated)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
