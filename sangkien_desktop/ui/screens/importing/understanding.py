"""Step two: does the program understand the file? Nothing is written yet."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.screens.importing.facts import Facts, sheet_choices
from sangkien_desktop.ui.screens.importing.intake import Entry, State
from sangkien_desktop.ui.screens.importing.questions import Question
from sangkien_desktop.ui.screens.importing.queue import Queue
from sangkien_desktop.ui.screens.importing.sheet_model import SheetModel, ShownSheet
from sangkien_desktop.ui.screens.importing.sheet_view import SheetView
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel, Rule
from sangkien_desktop.ui.widgets.strips import Strip
from sangkien_desktop.workbooks.corrections import Correction
from sangkien_desktop.workbooks.table import Sheet

CAN_BE_SHOWN = frozenset({"no-table"})
"""Failures after which the sheet can be looked at, and its heading be chosen."""


class Refusal(Panel):
    """A file that cannot be read: what is wrong, what to do, and the two ways on."""

    retry_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self) -> None:
        """Empty until a file failed."""
        super().__init__("surface")
        self.name = label("", "caption")
        self.sentence = label("", "screen", wraps=True, name="refusal")
        self.hint = label("", tone="text2", wraps=True)
        self.retry = Button("Thử lại", icon="refresh", name="retry")
        self.drop = Button("Bỏ tệp này", name="drop-file")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(6)
        for words in (self.name, self.sentence, self.hint):
            column.addWidget(words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(self.retry)
        row.addWidget(self.drop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.retry.clicked.connect(self.retry_wanted)
        self.drop.clicked.connect(self.drop_wanted)

    def show_entry(self, entry: Entry) -> None:
        """Why this file is not read, or that it is being read."""
        failure = entry.found.failure if entry.found else None
        is_failed = entry.state is State.FAILED and failure is not None
        self.name.setText(entry.name)
        self.sentence.setText(failure.sentence if is_failed and failure else "Đang đọc tệp…")
        self.hint.setText(failure.hint if is_failed and failure else "Máy đọc xong sẽ hiện bảng ở đây.")
        self.retry.setVisible(is_failed)


class Understanding(QWidget):
    """Queue and facts at the left, questions above, the sheet."""

    entry_chosen = Signal(int)
    corrected = Signal(int, object, object)
    """Entry number, sheet, Correction."""
    answered = Signal(int, object, object, object)
    """Entry number, sheet, Question, Correction."""
    remember_changed = Signal(int, bool)
    retry_wanted = Signal(int)
    drop_wanted = Signal(int)
    cell_told = Signal(str)

    def __init__(self) -> None:
        """Nothing to show yet."""
        super().__init__()
        self._entry: Entry | None = None
        self._sheets: dict[int, str | None] = {}
        self._groups: Sequence[str] = ()
        self._question: tuple[str | None, Question] | None = None
        self.strip = Strip(Gravity.WARNING)
        self.queue = Queue()
        self.facts = Facts()
        self.model = SheetModel(self)
        self.view = SheetView(self.model)
        self.refusal = Refusal()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.refusal)
        self._lay_out()
        self._connect()

    @property
    def sheet_name(self) -> str | None:
        """The sheet shown."""
        return self._sheets.get(self._entry.number) if self._entry else None

    @property
    def _number(self) -> int:
        return self._entry.number if self._entry else 0

    def show_groups(self, groups: Sequence[str]) -> None:
        """The groups to choose from."""
        self._groups = groups

    def show_queue(self, entries: Sequence[Entry]) -> None:
        """All files at the left."""
        self.queue.show_entries(entries, self._entry.number if self._entry else None)

    def show_entry(self, entry: Entry) -> None:
        """One file: its sheet as understood, or why it is not."""
        self._entry = entry
        shown = self._shown_sheet(entry)
        self.facts.setVisible(shown is not None)
        self._stack.setCurrentWidget(self.view if shown else self.refusal)
        if shown is None:
            self.model.show_sheet(None)
            self.refusal.show_entry(entry)
        else:
            column, row = self.view.currentIndex().column(), self.view.currentIndex().row()
            self.facts.show_entry(entry, shown, sheet_choices(entry), self._groups)
            self.model.show_sheet(shown)
            if row < 0 and shown.reading is not None and shown.reading.rows:
                row = max(0, self.model.row_of(shown.reading.rows[0].row))
            self.view.setCurrentIndex(self.model.index(max(0, row), max(0, column)))
        self._ask(entry, shown)

    def go_to_next_sheet(self, step: int) -> None:
        """The next sheet with a table, round and round."""
        names = [one.name for one in sheet_choices(self._entry)] if self._entry else []
        if len(names) > 1:
            at = names.index(self.sheet_name) if self.sheet_name in names else 0
            self._on_sheet(names[(at + step) % len(names)])

    def _shown_sheet(self, entry: Entry) -> ShownSheet | None:
        """The chosen sheet, else the first with a table; None while there is nothing to look at."""
        if entry.workbook is None or not entry.workbook.sheets:
            return None
        sheets: Mapping[str | None, Sheet] = {sheet.name: sheet for sheet in entry.workbook.sheets}
        if entry.state is State.FAILED:
            failure = entry.found.failure if entry.found else None
            if failure is None or failure.code not in CAN_BE_SHOWN:
                return None
        name = self._sheets.get(entry.number, next(iter(p.reading.sheet for p in entry.plans), None))
        if name not in sheets:
            name = next((s.name for s in entry.workbook.sheets if s.is_visible and s.rows), None)
        if name not in sheets:
            return None
        self._sheets[entry.number] = name
        read = entry.found.read if entry.found and not entry.found.failure else None
        plan = next((one for one in entry.plans if one.reading.sheet == name), None)
        layout = read.reading.layouts.get(name) if read else None
        return ShownSheet(sheets[name], layout, plan.reading if plan else None, plan)

    def _ask(self, entry: Entry, shown: ShownSheet | None) -> None:
        questions = entry.questions()
        here = [one for one in questions if one[0] == self.sheet_name]
        self._question = next(iter(here), None)
        failure = entry.found.failure if entry.found else None
        if self._question is not None:
            question = self._question[1]
            buttons = [self._answer_button(at, question) for at in range(min(2, len(question.answers)))]
            self.strip.say(question.html, Gravity.WARNING, *buttons)
        elif shown is not None and failure is not None:
            text = f"<b>{escape(failure.sentence)}</b> Chọn dòng tiêu đề ở bên trái, rồi chỉ cột nào là tên sáng kiến."
            self.strip.say(text, Gravity.WARNING)
        elif entry.found and entry.found.known_since and entry.state is State.READ:
            same = sum(plan.counts["unchanged"] for plan in entry.plans)
            text = f"Tệp này đã nhập ngày {entry.found.known_since}; {same} dòng không đổi."
            self.strip.say(text, Gravity.INFORMATION)
        else:
            self.strip.say("")

    def _answer_button(self, at: int, question: Question) -> Button:
        answer = question.answers[at]
        icon = "check" if answer.is_assumed else ""
        button = Button(answer.label, icon=icon, kind="small", name=f"answer-{at}")
        button.clicked.connect(lambda: self._on_answer(at))
        return button

    def _on_answer(self, at: int) -> None:
        if self._question is not None and self._entry is not None:
            sheet, question = self._question
            correction: Correction = question.answers[at].change(self._entry.correction(sheet))
            self.answered.emit(self._entry.number, sheet, question, correction)

    def _on_strip_closed(self) -> None:
        if self._question is not None:
            self._on_answer(0)
        else:
            self.strip.say("")

    def _on_sheet(self, name: object) -> None:
        if self._entry is not None:
            self._sheets[self._entry.number] = None if name is None else str(name)
            self.show_entry(self._entry)

    def _on_field(self, column: str, name: object) -> None:
        if self._entry is not None:
            chosen = None if name is None else str(name)
            correction = self._entry.correction(self.sheet_name).with_column(column, chosen)
            self.corrected.emit(self._entry.number, self.sheet_name, correction)

    def _on_corrected(self, correction: object) -> None:
        if self._entry is not None:
            self.corrected.emit(self._entry.number, self.sheet_name, correction)

    def _on_remember(self, is_on: bool) -> None:
        if self._entry is not None:
            self.remember_changed.emit(self._entry.number, is_on)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.queue)
        left.addWidget(self.facts, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = Panel("surface")
        side.setLayout(left)
        row.addWidget(side)
        row.addWidget(Rule(Qt.Orientation.Vertical))
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.queue.chosen.connect(self.entry_chosen)
        self.facts.sheet_chosen.connect(self._on_sheet)
        self.facts.corrected.connect(self._on_corrected)
        self.facts.remember_changed.connect(self._on_remember)
        self.view.field_chosen.connect(self._on_field)
        self.view.sheet_wanted.connect(self.go_to_next_sheet)
        self.view.cell_told.connect(self.cell_told)
        self.strip.closed.connect(self._on_strip_closed)
        self.refusal.retry_wanted.connect(lambda: self.retry_wanted.emit(self._number))
        self.refusal.drop_wanted.connect(lambda: self.drop_wanted.emit(self._number))
