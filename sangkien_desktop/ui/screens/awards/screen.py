"""The page: tabs by level, the candidates, the conditions of the one that is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.awards import LEVELS, Candidate, Condition, Standing, Threshold
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.awards import AwardList
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.awards.pane import LOOKS, Pane
from sangkien_desktop.ui.screens.awards.tabs import Tabs
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.ui.widgets.panels import ToolRow
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.table import Table, TableFoot

PANE, WIDE_PANE = 316, 440
SHORT = dict(
    zip(LEVELS, ("Cơ sở", "Cấp trên trực tiếp", "Tỉnh, ngành TW", "Tổng LĐLĐ Việt Nam"), strict=True)
)


class AwardsPage(Page):
    """What is ready is ticked by itself; what is unmet never is."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then read."""
        super().__init__(context)
        self._list: AwardList | None = None
        self._rows: Sequence[Candidate] = ()
        self._level = ""
        self.tabs = Tabs([("", "Tất cả"), *((level, SHORT[level]) for level in LEVELS)])
        self.thresholds = Button("Ngưỡng", icon="adjustments", name="thresholds")
        self.propose = Button("Lập danh sách đề nghị", icon="file-text", kind="primary", name="propose")
        self.model: PagedModel[Candidate] = PagedModel(_columns(self._is_chosen), self._records, self)
        self.table = _TickTable(self.model)
        self.pane = Pane()
        self.panes_widget = Panes(self.table, self.pane, fixed=PANE, name="awards")
        self.foot = TableFoot()
        self._read = context.jobs.latest(done=self.on_read)
        self._lay_out()
        self.tabs.chosen.connect(self._on_level)
        self.table.row_changed.connect(self._on_row)
        self.table.row_opened.connect(self._on_opened)
        self.table.tick_wanted = self.toggle
        self.table.clicked.connect(self._on_clicked)
        self.thresholds.clicked.connect(self.ask_threshold)
        self.propose.clicked.connect(self.open_list)
        self.pane.mend_wanted.connect(self.mend)
        self.pane.description_wanted.connect(self.describe)
        self.load()

    def load(self) -> None:
        """Ask anew; an answer to an older question is dropped."""
        self._read.start(self._ask)

    def _ask(self, _progress: Progress) -> AwardList:
        found: AwardList = self.context.services.awards.read()
        return found

    def refresh(self, changes: Changes) -> None:
        """Records, people or thresholds have changed."""
        self.load()

    def panes(self) -> list[QWidget]:
        """Table, conditions."""
        return [self.table, self.pane]

    def commands(self) -> list[Command]:
        """Acts of this screen; a tick is Space."""
        return [
            Command(
                "awards.list", "Lập danh sách đề nghị khen thưởng", self.open_list, "Ctrl+P", "file-text"
            ),
            Command("awards.scores", "Phiếu chấm điểm của hội đồng", partial(self._report, "score-sheet")),
            Command(
                "awards.complete",
                "Sáng kiến được khen đã đủ trên Cổng chưa",
                partial(self._report, "rewarded"),
            ),
            Command("awards.decision", "Ghi số quyết định cho các dòng đã chọn", self.ask_decision),
            Command("awards.threshold", "Đổi ngưỡng khen thưởng", self.ask_threshold, icon="adjustments"),
        ]

    def set_wide(self, is_wide: bool) -> None:
        """The pane grows with the window."""
        self.panes_widget.set_fixed(WIDE_PANE if is_wide else PANE)

    def on_read(self, found: AwardList) -> None:
        """Show it; the current row stays."""
        self._list = found
        self._stack.setCurrentIndex(0 if found.candidates else 1)
        self.tabs.show_counts({"": len(found.candidates)} | {lv: len(found.of_level(lv)) for lv in LEVELS})
        self.propose.setText(f"Lập danh sách đề nghị ({len(found.chosen)})")
        self.propose.setEnabled(bool(found.chosen))
        self._show_rows()

    def toggle(self, row: int) -> None:
        """Put the candidate on the list or take it out; one that does not meet the conditions stays out."""
        if self._list is None or not 0 <= row < len(self._rows):
            return
        one = self._rows[row]
        if one.standing is Standing.UNMET:
            missing = one.missing[0].said
            self.context.messages.warn(
                f"{one.merit.name} chưa đủ điều kiện: {missing.lower()}.", topic="tick"
            )
            return
        self.context.messages.withdraw("tick")
        self.context.jobs.start(
            partial(
                self.context.services.awards.tick,
                self._list.programme,
                one.merit.initiative,
                is_chosen=not self._list.choice.has(one),
            ),
            done=self._on_ticked,
            failed=self.context.failures.present,
        )

    def _on_ticked(self, _changes: Changes) -> None:
        self.load()

    def mend(self, condition: Condition) -> None:
        """To where the missing paper is mended."""
        one = self._current()
        if one is None:
            return
        if condition is Condition.VALID:
            self.context.navigate("sync", Intent(initiative=one.merit.initiative, topic="explain"))
        elif condition is Condition.POST and one.merit.person:
            self.context.navigate("people", Intent(person=one.merit.person))
        elif condition is Condition.RECOGNISED:
            self.ask_decision()
        else:
            self.context.navigate("initiatives", Intent(initiative=one.merit.initiative))

    def ask_decision(self) -> None:
        """A decision's number and day, typed once, for all selected initiatives."""
        chosen = [self._rows[row].merit for row in self.table.selected_rows() if row < len(self._rows)]
        if not chosen:
            return
        text = self.context.dialogs.ask_text(
            f"Ghi quyết định công nhận cho {len(chosen)} sáng kiến", "Số và ngày, ví dụ 97/QĐ-HĐSK 14/03/2026"
        )
        if text:
            self.context.jobs.start(
                partial(
                    self.context.services.awards.record_decision, [one.initiative for one in chosen], text
                ),
                done=self.context.changes.publish,
                failed=self.context.failures.present,
            )

    def describe(self) -> None:
        """The description of the candidate's initiative, to be signed."""
        one = self._current()
        if one is not None:
            self.context.navigate("reports", Intent(topic="description", query=one.merit.local_code))

    def open_list(self) -> None:
        """R12 of the ticked; the letter counts the same."""
        self._report("proposals")

    def ask_threshold(self) -> None:
        """A new amount for a reward, in force from today; earlier days keep theirs."""
        if self._list is None:
            return
        one = self._current()
        known = one.threshold if one else self._list.thresholds[0]
        text = self.context.dialogs.ask_text(
            "Đổi ngưỡng khen thưởng",
            f"{known.title}: làm lợi 01 năm từ bao nhiêu đồng (từ hôm nay)",
            value=formatting.number(known.one_year),
        )
        digits = "".join(letter for letter in text or "" if letter.isdigit())
        if digits and int(digits) != known.one_year:
            fresh = replace(known, one_year=int(digits), valid_from=self.context.clock.today())
            self.context.jobs.start(
                partial(self.context.services.awards.set_threshold, fresh),
                done=partial(self._on_threshold, fresh),
                failed=self.context.failures.present,
            )

    def _on_threshold(self, fresh: Threshold, changes: Changes) -> None:
        self.context.messages.done(
            f"Từ {fresh.valid_from:%d/%m/%Y}, {fresh.title} cần {formatting.number(fresh.one_year)} đồng."
        )
        self.context.changes.publish(changes)
        self.load()

    def _report(self, name: str) -> None:
        self.context.navigate("reports", Intent(topic=name))

    def _current(self) -> Candidate | None:
        row = self.table.currentIndex().row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _on_level(self, level: str) -> None:
        self._level = level
        self._show_rows()

    def _on_row(self, row: int) -> None:
        self.pane.show_candidate(self._rows[row] if 0 <= row < len(self._rows) else None)

    def _on_opened(self, row: int) -> None:
        self.context.navigate("initiatives", Intent(initiative=self._rows[row].merit.initiative))

    def _on_clicked(self, index: object) -> None:
        if getattr(index, "column", lambda: -1)() == 0:
            self.toggle(getattr(index, "row", lambda: -1)())

    def _show_rows(self) -> None:
        if self._list is None:
            return
        before = self._current()
        self._rows = self._list.of_level(self._level)
        self.model.show_ids(range(len(self._rows)))
        wanted = before.merit.initiative if before else None
        at = next((n for n, one in enumerate(self._rows) if one.merit.initiative == wanted), 0)
        if self._rows:
            self.table.select_row(at)
        self._on_row(at if self._rows else -1)
        shown = self._rows
        counts = {one: sum(row.standing is one for row in shown) for one in Standing}
        right = "Số in vào tờ trình lấy từ đây"
        if self._list.incomplete:
            right = f"<b>{self._list.incomplete}</b> sáng kiến được khen chưa đủ trên Cổng"
        self.foot.say(
            f"<b>{len(shown)}</b> đề nghị",
            f"{counts[Standing.READY]} đủ điều kiện",
            f"{counts[Standing.PAPERS]} thiếu giấy tờ",
            f"{counts[Standing.UNMET]} không đủ",
            right=right,
        )

    def _records(self, ids: Sequence[int]) -> list[Candidate | None]:
        return [self._rows[at] if at < len(self._rows) else None for at in ids]

    def _is_chosen(self, one: Candidate) -> str:
        return "1" if self._list is not None and self._list.choice.has(one) else ""

    def _lay_out(self) -> None:
        tools = ToolRow()
        tools.row.setContentsMargins(6, 0, 16, 0)
        tools.add(self.tabs)
        tools.add_gap()
        tools.add_optional(self.thresholds)
        tools.add(self.propose)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes_widget)
        self._stack = QStackedWidget()
        self._stack.addWidget(left)
        self._stack.addWidget(self._nothing())
        self.set_parts(self._stack, tool_row=tools, foot=self.foot)
        theme.current().changed.connect(self.update)

    def _nothing(self) -> QWidget:
        way = Beginning(
            "adjustments",
            "Xem ngưỡng khen thưởng",
            "Máy xét theo số tiền làm lợi, chức vụ, công nhận và kết quả của Cổng.",
            "Đổi ngưỡng",
            "",
            self.ask_threshold,
        )
        return EmptyState(
            "Chưa ai đủ ngưỡng khen thưởng", "Người đủ ngưỡng sẽ hiện ở đây cùng giấy tờ còn thiếu.", (way,)
        )


def _columns(is_chosen: Callable[[Candidate], str]) -> tuple[Column[Candidate], ...]:
    return (
        Column("tick", "", is_chosen, 36, kind="check", is_sortable=False),
        Column("name", "Tác giả chính", lambda one: one.merit.name, 134, kind="name", is_sortable=False),
        Column("title", "Sáng kiến", lambda one: one.merit.title, 0, is_sortable=False),
        Column("form", "Đề nghị", lambda one: one.threshold.title, 172, is_sortable=False),
        Column("one", "Làm lợi 1 năm", _one_year, 110, kind="number", is_sortable=False),
        Column("three", "Tổng 3 năm", _three_years, 100, kind="number", is_sortable=False),
        Column(
            "papers",
            "Hồ sơ",
            lambda one: one.said,
            136,
            kind="badge",
            badge=lambda one: (LOOKS[one.standing][0], one.said, LOOKS[one.standing][1]),
            is_sortable=False,
        ),
    )


class _TickTable(Table):
    """Space ticks the current row, or all selected ones."""

    def __init__(self, model: PagedModel[Candidate]) -> None:
        super().__init__(model, airy=True, name="candidates")  # type: ignore[arg-type]
        self.tick_wanted: Callable[[int], None] = _nobody

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            for row in self.selected_rows() or [self.currentIndex().row()]:
                self.tick_wanted(row)
        else:
            super().keyPressEvent(event)


def _nobody(_row: int) -> None:
    """Before the page has said who ticks."""


def _one_year(one: Candidate) -> str:
    return formatting.number(one.merit.one_year)


def _three_years(one: Candidate) -> str:
    return formatting.number(one.merit.three_years)
