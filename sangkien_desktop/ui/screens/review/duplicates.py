"""The part on suspected duplicates: pairs at the left, one pair side by side, three answers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.services.duplicates import Answer, Case, Cases, SideBySide
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.review.entry_list import Entry, EntryList
from sangkien_desktop.ui.screens.review.pair_view import PairView
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.empty_state import EmptyState
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.labels import Chip, label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel
from sangkien_desktop.ui.widgets.panes import Panes

Ends = tuple[InitiativeId, InitiativeId]

LIST, WIDE_LIST = 286, 340
NOTE_HINT = "Vì sao? (không bắt buộc, in ra ở danh sách nghi trùng)"
KEPT = "Bản không giữ chuyển thành “Trùng (đã gộp)”; không bị xóa, khôi phục được bằng Ctrl+Z."


class DuplicatesPart(QWidget):
    """Decides pair by pair; after an answer the next pair comes."""

    left = Signal()
    """Back to the problems."""
    decided = Signal()
    """The numbers have changed."""

    def __init__(self, context: UiContext) -> None:
        """Empty until `show_cases`."""
        super().__init__()
        self._context = context
        self._known = Cases((), ())
        self._cases: dict[Ends, Case] = {}
        self._to_decide: list[Ends] = []
        self.current: Case | None = None
        self._last: Answer | None = None
        self._is_answering = False
        self.back = Button("Chỗ cần bổ sung", icon="chevron-left", kind="link", name="back-to-problems")
        self.list = EntryList("pairs", "Cặp nghi trùng")
        self.title = label("", "title")
        self.chip = Chip("copy", "", "bad")
        self.why = label("", tone="text2", wraps=True)
        self.pair = PairView()
        self.note = LineField(placeholder=NOTE_HINT, name="note")
        self.note.setAccessibleName("Ghi chú cho quyết định")
        self.keep_left = Button("Trùng – giữ bên trái", icon="chevron-left", key="Alt+T", name="keep-left")
        self.keep_right = Button("Trùng – giữ bên phải", icon="arrow-right", key="Alt+P", name="keep-right")
        self.different_button = Button("Hai sáng kiến khác nhau", icon="check", key="Alt+K", name="different")
        self.later_button = Button("Để sau", key="Ctrl+↓", kind="link", name="later")
        self._read = context.jobs.latest(done=self.on_read)
        self._lay_out()
        self._connect()

    def show_cases(self, cases: Cases) -> None:
        """What waits; the pair that is looked at stays when it is still there."""
        self._known = cases
        before = self._ends(self.current)
        order = self._to_decide
        self._cases = {self._ends(case): case for case in (*cases.to_decide, *cases.similar)}  # type: ignore[misc]
        self._to_decide = [(case.left, case.right) for case in cases.to_decide]
        self.list.show_entries(_entries(cases))
        is_empty = not self._cases
        self._empty.setVisible(is_empty)
        self._panes.setVisible(not is_empty)
        if before is not None and before in self._cases:
            self._return_to(before)
        elif self._cases:
            self._go_on(before, order)
        else:
            self.current = None

    def answer_same(self, keep_left: bool) -> None:
        """The two are one; keep this side."""
        case = self.current
        if case is not None:
            keep = case.left if keep_left else case.right
            self._answer(
                partial(self._context.services.duplicates.same, case, keep, self.note.text().strip())
            )

    def answer_different(self) -> None:
        """The two are two."""
        if self.current is not None:
            self._answer(
                partial(self._context.services.duplicates.different, self.current, self.note.text().strip())
            )

    def later(self) -> None:
        """To the next pair without an answer."""
        self._step(1)

    def earlier(self) -> None:
        """To the pair before."""
        self._step(-1)

    def take_back(self) -> None:
        """The last answer has not been given; the pair comes again."""
        if self._last is not None:
            answer, self._last = self._last, None
            self.current = answer.case
            self._context.jobs.start(
                partial(self._context.services.duplicates.take_back, answer),
                done=self.on_taken_back,
                failed=self._context.failures.present,
            )

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes the last answer back, ahead of the window's own undo."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._last is not None
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See `event`."""
        if event.matches(QKeySequence.StandardKey.Undo) and self._last is not None:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def on_read(self, sides: object) -> None:
        """Show both sides."""
        if isinstance(sides, SideBySide) and self.current is not None:
            more = [self.current.heads[one].local_code for one in self.current.members[2:]]
            self.pair.show_pair(sides, more)

    def on_answered(self, answer: Answer) -> None:
        """The next pair, and the way back in the strip."""
        self._is_answering = False
        self._last = answer
        self.note.show_value("")
        # The next pair comes at once; the numbers follow when the station has been read again.
        known, case = self._known, answer.case
        self.show_cases(
            Cases(
                tuple(one for one in known.to_decide if one != case),
                tuple(one for one in known.similar if one != case),
            )
        )
        self._tell(answer.changes)
        self._context.messages.done_with_undo(f"{answer.text}.", self.take_back)

    def on_taken_back(self, changes: Changes) -> None:
        """The pair is open again."""
        self._tell(changes)
        self._context.messages.done("Đã lấy lại câu trả lời vừa rồi.")

    def on_failed(self, error: Exception) -> None:
        """The pair stays."""
        self._is_answering = False
        self._context.failures.present(error)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._context.changes.publish(changes)
        else:
            self.decided.emit()

    def _answer(self, work: object) -> None:
        if not self._is_answering:
            self._is_answering = True
            self._context.jobs.start(work, done=self.on_answered, failed=self.on_failed)  # type: ignore[arg-type]

    def _step(self, step: int) -> None:
        values = self.list.values()
        at = values.index(self.list.value) + step if self.list.value in values else 0
        if 0 <= at < len(values):
            self.list.choose(values[at])

    def _return_to(self, ends: Ends) -> None:
        if self.list.value == ends:
            self._show(self._cases[ends])
        else:
            self.list.choose(ends)

    def _go_on(self, before: Ends | None, order: Sequence[Ends]) -> None:
        """The pair that followed the one that is gone; else the first."""
        after = order[order.index(before) + 1 :] if before in order else ()
        following = next((one for one in after if one in self._cases), None)
        self.list.choose(following or self.list.values()[0])

    def _on_chosen(self, ends: object) -> None:
        self._show(self._cases[ends])  # type: ignore[index]

    def _show(self, case: Case) -> None:
        self.current = case
        ends, percent = (case.left, case.right), f"{case.pair.score:.0%}".replace("%", " %")
        if ends in self._to_decide:
            place = self._to_decide.index(ends) + 1
            self.title.setText(f"Cặp {place} trong {len(self._to_decide)} · giống {percent}")
            self.chip.show_state("copy", "Trùng hoàn toàn" if case.is_exact else "Gần trùng", "bad")
        else:
            self.title.setText(f"Giống {percent}")
            self.chip.show_state("circle-dashed", "Không tính là trùng", "mute")
        self.why.setText(" ".join(reason.sentence for reason in case.pair.reasons))
        many = case.more > 0
        self.different_button.setText("Tất cả khác nhau" if many else "Hai sáng kiến khác nhau")
        self._read.start(lambda _progress: self._context.services.duplicates.side_by_side(case))

    @staticmethod
    def _ends(case: Case | None) -> Ends | None:
        return (case.left, case.right) if case else None

    def set_wide(self, is_wide: bool) -> None:
        """A wider list in a wide window."""
        self._panes.set_fixed(WIDE_LIST if is_wide else LIST)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.back.clicked.connect(self.left)
        self.keep_left.clicked.connect(partial(self.answer_same, True))
        self.keep_right.clicked.connect(partial(self.answer_same, False))
        self.different_button.clicked.connect(self.answer_different)
        self.later_button.clicked.connect(self.later)

    def _lay_out(self) -> None:
        side = Panel("surface")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        back = QHBoxLayout()
        back.setContentsMargins(8, 0, 8, 0)
        back.addWidget(self.back)
        back.addStretch(1)
        column.addLayout(back)
        column.addWidget(self.list, 1)
        self._panes = Panes(side, self._right(), fixed=LIST, fixed_is_right=False, name="review-pairs")
        self._empty = EmptyState(
            "Không có cặp nghi trùng nào.",
            "Bấm F5 để so lại mọi sáng kiến của máy này với nhau.",
        )
        self._empty.hide()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._panes, 1)
        body.addWidget(self._empty, 1)

    def _right(self) -> QWidget:
        right = Panel("window")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 9, 16, 0)
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addWidget(self.why, 1)
        column.addLayout(head)
        column.addWidget(self.pair, 1)
        asked = QVBoxLayout()
        asked.setContentsMargins(16, 0, 16, 8)
        asked.setSpacing(2)
        asked.addWidget(label("Ghi chú cho quyết định", "caption", tone="text2"))
        asked.addWidget(self.note)
        asked.addWidget(label(KEPT, "caption", tone="text2", wraps=True))
        column.addLayout(asked)
        foot = FootRow("window")
        foot.add(self.keep_left, self.keep_right, self.different_button)
        foot.add_gap()
        foot.add(self.later_button)
        column.addWidget(foot)
        return right


def _entries(cases: Cases) -> list[Entry]:
    made = []
    if cases.to_decide:
        made.append(Entry(f"Cần quyết định – {len(cases.to_decide)} cặp"))
        made += [
            _entry(case, "Trùng hoàn toàn" if case.is_exact else "Gần trùng") for case in cases.to_decide
        ]
    if cases.similar:
        made.append(Entry(f"Giống nhưng không tính là trùng – {len(cases.similar)}"))
        made += [
            _entry(case, case.pair.reasons[0].sentence.split(":")[0].rstrip(".")) for case in cases.similar
        ]
    return made


def _entry(case: Case, said: str) -> Entry:
    left, right = case.heads[case.left], case.heads[case.right]
    groups = " – ".join(dict.fromkeys(head.group for head in (left, right) if head.group))
    more = f" · và {case.more} bản nữa" if case.more > 0 else ""
    percent = f"{case.pair.score:.0%}".replace("%", " %")
    return Entry(left.title, (case.left, case.right), figure=percent, under=f"{said} · {groups}{more}")
