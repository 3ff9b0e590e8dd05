"""Nhập Excel: four steps on one page, all reachable, nothing written before the last."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.importing.beginning import Beginnings
from sangkien_desktop.ui.screens.importing.findings import findings_of, sums_of
from sangkien_desktop.ui.screens.importing.finishing import Finishing
from sangkien_desktop.ui.screens.importing.intake import Intake, State
from sangkien_desktop.ui.screens.importing.questions import Question
from sangkien_desktop.ui.screens.importing.review import Review
from sangkien_desktop.ui.screens.importing.understanding import Understanding
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel
from sangkien_desktop.ui.widgets.steps import StepBar
from sangkien_desktop.workbooks.corrections import Correction
from sangkien_desktop.workbooks.table import Workbook

STEPS = ("Chọn tệp", "Máy hiểu tệp", "Xem lỗi", "Ghi vào máy")
CHOOSE, UNDERSTAND, REVIEW, WRITE = range(4)
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
        self.told = rich_label("", tone="text2")
        self.annotate = Button("Lưu tệp Excel có đánh dấu lỗi", icon="file-export", name="annotate")
        self.annotate_hint = label("để gửi lại tổ trưởng", tone="text2")
        self.back = Button("Chọn tệp khác", name="back")
        self.next = Button("Tiếp", icon="arrow-right", key="Ctrl+Enter", kind="primary", name="next")
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
        in_review = partial(self._only_at, REVIEW)
        return (
            Command(
                "import.choose", "Chọn tệp để nhập", self.beginnings.choose_files, "Ctrl+O", "folder-open"
            ),
            Command("import.folder", "Chọn cả thư mục", self.beginnings.choose_folder, icon="folder-open"),
            Command(
                "import.paste", "Dán bảng đã sao chép", self.beginnings.paste, "Ctrl+V", "clipboard-list"
            ),
            Command(
                "import.template",
                "Lưu mẫu trống cho tổ trưởng",
                self.beginnings.save_template,
                icon="file-type-xls",
            ),
            Command("import.next", "Bước tiếp", self.go_on, "Ctrl+Return", "arrow-right"),
            Command(
                "import.back", "Quay lại", self.go_back, "Esc", disabled_reason=partial(self._not_at, CHOOSE)
            ),
            Command("import.problem", "Chỗ cần xem kế tiếp", self._next_problem, "F8"),
            Command("import.problem-back", "Chỗ cần xem trước", self._previous_problem, "Shift+F8"),
            Command(
                "import.accept",
                "Nhận đề nghị",
                self.review.accept_current,
                "Ctrl+E",
                "corner-down-left",
                disabled_reason=in_review,
            ),
            Command(
                "import.mend",
                "Sửa tại chỗ",
                self.review.edit_current,
                "F2",
                "pencil",
                disabled_reason=in_review,
            ),
            Command(
                "import.annotate",
                "Lưu tệp Excel có đánh dấu lỗi",
                self.save_annotated,
                icon="file-export",
                disabled_reason=in_review,
            ),
        )

    def set_narrow(self, is_narrow: bool) -> None:
        """Less beside the buttons of the foot, and a smaller row pane."""
        self.review.set_narrow(is_narrow)
        self.annotate_hint.setVisible(not is_narrow and self._step == REVIEW)

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
        self._buttons.setVisible(step != CHOOSE)
        self.annotate.setVisible(step == REVIEW)
        self.annotate_hint.setVisible(step == REVIEW and self.width() >= 1000)
        self.told.setVisible(step == UNDERSTAND)
        self.back.setText("Chọn tệp khác" if step == UNDERSTAND else "Quay lại")
        self.back.setEnabled(step != WRITE)
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
        plans = self._plans()
        if self._step == UNDERSTAND:
            self._tell_understanding(plans)
        else:
            sums = sums_of(self.review.plans)
            self.next.set_icon_name("device-floppy")
            taken = (
                f"Ghi {formatting.number(sums.written)} dòng vào máy"
                if sums.written
                else "Không có gì mới để ghi"
            )
            self.next.setText(taken)
            self.next.setEnabled(bool(sums.written) and self._step == REVIEW)
        self.next.updateGeometry()

    def _tell_understanding(self, plans: Sequence[object]) -> None:
        sums = sums_of(self._plans())
        left = sum(len(plan.reading.left_out) for plan in self._plans())
        lacking = list(dict.fromkeys(name for plan in self._plans() for name in plan.lacking))
        parts = [
            f"<b>{formatting.number(sums.rows)} dòng</b> thành sáng kiến",
            f"{formatting.number(left)} dòng bỏ qua",
        ]
        if lacking:
            parts.append(f"chưa có cột: {', '.join(lacking[:3])}{'…' if len(lacking) > 3 else ''}")
        self.told.setText(" · ".join(parts) if plans else "Chưa đọc được dòng nào")
        problems = len(findings_of(self._plans()))
        text = f"Tiếp: xem {formatting.number(problems)} chỗ cần xem" if problems else "Tiếp: xem lại rồi ghi"
        reading = self.intake.reading
        if self._next_asked() is not None:
            text = "Tiếp: tệp kế tiếp có câu hỏi"
        elif reading is not None:
            text = "Đang đọc…"
        self.next.set_icon_name("arrow-right")
        self.next.setText(text)
        self.next.setEnabled(bool(plans) and reading is None)

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

    def _next_problem(self) -> None:
        self.review.go_to_next(1)

    def _previous_problem(self) -> None:
        self.review.go_to_next(-1)

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

    def _on_not_written(self) -> None:
        self._show_step(REVIEW)

    def _only_at(self, step: int) -> str:
        return "" if self._step == step else "Chỉ dùng ở bước xem lỗi."

    def _not_at(self, step: int) -> str:
        return "Đang ở bước đầu." if self._step == step else ""

    def _lay_out(self) -> None:
        self._buttons = FootRow()
        self._buttons.add(self.told, self.annotate, self.annotate_hint)
        self._buttons.add_gap()
        self._buttons.add(self.back, self.next)
        self.told.setSizePolicy(
            self.told.sizePolicy().Policy.Ignored, self.told.sizePolicy().verticalPolicy()
        )
        self._buttons.row.setStretch(0, 100)
        body = Panel("window")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addWidget(self._stack, 1)
        column.addWidget(self._buttons)
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
        self.finishing.not_written.connect(self._on_not_written)
        self.review.plans_changed.connect(self._tell)
        self.annotate.clicked.connect(self.save_annotated)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
