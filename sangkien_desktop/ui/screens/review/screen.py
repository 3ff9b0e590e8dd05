"""The page: kinds of problem with their rows, and suspected duplicates pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.checks import Checked, CountedKind, ProblemRow
from sangkien_desktop.services.duplicates import Cases
from sangkien_desktop.services.forecast import Forecast, HitRate
from sangkien_desktop.services.problem_kinds import ProblemKind
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.review import words
from sangkien_desktop.ui.screens.review.calculation import CalculationPane
from sangkien_desktop.ui.screens.review.duplicates import DuplicatesPart
from sangkien_desktop.ui.screens.review.entry_list import EntryList
from sangkien_desktop.ui.screens.review.mending import Calculating, Mending
from sangkien_desktop.ui.screens.review.problems import ProblemPane
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.table import TableFoot

KINDS, WIDE_KINDS = 256, 300


@dataclass(frozen=True)
class _Board:
    checked: Checked
    cases: Cases
    forecast: Forecast
    hits: HitRate


@dataclass(frozen=True)
class _Rows:
    kind: ProblemKind
    rows: Sequence[ProblemRow]


class ReviewPage(Page):
    """Two parts in one page; numbers at the left, the work at the right."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then count."""
        super().__init__(context)
        self._board: _Board | None = None
        self._wanted = ""
        self.has_loaded = False
        self.kinds = EntryList("kinds", "Những loại chỗ cần bổ sung")
        self.problems = ProblemPane()
        self.mending = Mending(context, self.problems)
        self.calculation = CalculationPane()
        self.calculating = Calculating(context, self.calculation)
        self.duplicates = DuplicatesPart(context)
        self.foot = TableFoot()
        self._stack, self._right = QStackedWidget(), QStackedWidget()
        self.empty = EmptyState("Không còn chỗ nào sai.", "", [])
        self._lay_out()
        self._count = context.jobs.latest(done=self.on_counted)
        self._fetch = context.jobs.latest(done=self.on_rows)
        self._connect()
        self.review()

    # What the frame asks

    def open_with(self, intent: Intent) -> None:
        """`topic` duplicates opens the pairs; the code of a kind opens that kind."""
        if intent.topic == "duplicates":
            self.show_duplicates()
        elif intent.topic:
            self.show_problems()
            self._wanted = intent.topic
            self._choose_wanted()

    def refresh(self, changes: Changes) -> None:
        """Records have changed: count again; mended rows stay."""
        self.load()

    def panes(self) -> Sequence[QWidget]:
        """The list, then the work."""
        if self.is_on_duplicates:
            return [self.duplicates.list, self.duplicates.pair, self.duplicates.note]
        return [self.kinds, self.problems.table]

    def commands(self) -> Sequence[Command]:
        """Acts of both parts; those of the other part say why they cannot run."""
        pairs, rows = self.duplicates, self.problems
        return [
            Command("review.again", "Rà soát lại từ đầu", self.review, "F5", "refresh"),
            Command("review.accept", "Nhận đề nghị đã đánh dấu", rows.accept, "Ctrl+E", "check", disabled_reason=self._not_problems),
            Command("review.problems", "Xem chỗ cần bổ sung", self.show_problems, icon="list-check"),
            Command("review.duplicates", "Xem cặp nghi trùng", self.show_duplicates, icon="copy"),
            Command("review.left", "Trùng – giữ bên trái", partial(pairs.answer_same, True), "Alt+T", disabled_reason=self._not_pairs),
            Command("review.right", "Trùng – giữ bên phải", partial(pairs.answer_same, False), "Alt+P", disabled_reason=self._not_pairs),
            Command("review.different", "Hai sáng kiến khác nhau", pairs.answer_different, "Alt+K", disabled_reason=self._not_pairs),
            Command("review.later", "Để sau, cặp kế tiếp", pairs.later, "Ctrl+Down", disabled_reason=self._not_pairs),
            Command("review.earlier", "Cặp trước", pairs.earlier, "Ctrl+Up", disabled_reason=self._not_pairs),
            Command("review.sheet", "Bản tính giá trị làm lợi", self.show_calculation, "Ctrl+B", "report", disabled_reason=self._not_problems),
            Command("review.open", "Mở sáng kiến này", self.open_current, "Ctrl+Enter", "bulb"),
        ]  # fmt: skip

    def set_wide(self, is_wide: bool) -> None:
        """Wider lists in a wide window."""
        self._panes.set_fixed(WIDE_KINDS if is_wide else KINDS)
        self.duplicates.set_wide(is_wide)

    # Loading

    def review(self) -> None:
        """Ask every rule and compare every text anew; can be stopped."""
        self.context.jobs.start_long(
            self._review, title="Đang rà soát", done=self.on_counted, failed=self.on_failed
        )

    def load(self) -> None:
        """Read what is known, without asking anew."""
        self._count.start(lambda _progress: self._read())

    def _review(self, progress: Progress) -> _Board:
        services = self.context.services
        services.checks.review(progress)
        services.duplicates.screen(progress)
        return self._read()

    def _read(self) -> _Board:
        services = self.context.services
        cases = services.duplicates.cases()
        return _Board(
            services.checks.overview(), cases, services.forecast.forecast(), services.forecast.hit_rate()
        )

    def on_failed(self, error: Exception) -> None:
        """Stopped or failed: show what is known."""
        self.context.failures.present(error, topic="review")
        self.load()

    def on_counted(self, board: object) -> None:
        """Numbers at the left, rows or pairs at the right."""
        if not isinstance(board, _Board):
            return
        self._board, self.has_loaded = board, True
        self.duplicates.show_cases(board.cases)
        entries = words.entries(board.checked, board.cases)
        self.kinds.show_entries(entries)
        nothing = not any(isinstance(entry.value, ProblemKind) for entry in entries)
        self._right.setCurrentIndex(1 if nothing else 0)
        if nothing:
            self.problems.clear()
            self._say_empty(board)
        elif not self._choose_wanted():
            self._keep_kind()
        self.foot.say(*words.foot(board.checked, board.forecast, board.hits), right=words.KEYS)

    def on_rows(self, answer: object) -> None:
        """The rows of the chosen kind."""
        if isinstance(answer, _Rows):
            number = next((one.number for one in self._kinds() if one.kind == answer.kind), 0)
            self.problems.show_kind(answer.kind, answer.rows, number)

    # Moving about

    @property
    def is_on_duplicates(self) -> bool:
        """Which part is shown."""
        return self._stack.currentIndex() == 1

    def show_problems(self) -> None:
        """The part on problems."""
        self._stack.setCurrentIndex(0)
        self.heading_changed.emit("Rà soát", "")
        self.kinds.setFocus()

    def show_duplicates(self) -> None:
        """The part on pairs."""
        self._stack.setCurrentIndex(1)
        self.heading_changed.emit("Rà soát", "Nghi trùng")
        self.duplicates.list.setFocus()

    def show_calculation(self) -> None:
        """The calculation sheet of the current record."""
        row = self.problems.current()
        if row is not None:
            self._stack.setCurrentIndex(2)
            self.heading_changed.emit("Rà soát", "Bản tính giá trị làm lợi")
            self.calculating.open(row.id)
            self.calculation.table.setFocus()

    def open_current(self) -> None:
        """The current record in the list of initiatives."""
        case, row = self.duplicates.current, self.problems.current()
        if self.is_on_duplicates and case is not None:
            self.context.navigate("initiatives", Intent(initiative=case.right))
        elif row is not None:
            self.context.navigate("initiatives", Intent(initiative=row.id))

    def send(self) -> None:
        """Whatever is ready goes to the portal."""
        self.context.actions.run("sync.now")

    def _on_entry(self, value: object) -> None:
        if isinstance(value, ProblemKind):
            self._fetch.start(lambda _progress: _Rows(value, self.context.services.checks.rows(value)))
        elif value in words.PAIRS:
            self.show_duplicates()

    def _keep_kind(self) -> None:
        """The kind that is shown stays shown, also when its last row has just been mended."""
        shown = self.problems.kind
        if shown is not None and any(one.kind == shown for one in self._kinds()):
            self._on_entry(shown)
        elif shown is not None and self.problems.shown:
            self.problems.show_kind(shown, (), 0)
        elif self._kinds():
            self.kinds.choose(self._kinds()[0].kind)

    def _choose_wanted(self) -> bool:
        wanted, self._wanted = self._wanted, "" if self._board else self._wanted
        found = next((one.kind for one in self._kinds() if wanted in (one.kind.key, one.kind.field)), None)
        if wanted and found is not None:
            self.kinds.choose(found)
        return bool(wanted) and found is not None

    def _kinds(self) -> list[CountedKind]:
        checked = self._board.checked if self._board else None
        return [*checked.errors, *checked.warnings] if checked else []

    # Words

    def _say_empty(self, board: _Board) -> None:
        waiting = board.checked.waiting
        send = Beginning(
            "send",
            "Gửi",
            "Đưa những sáng kiến đã đủ lên Cổng.",
            "Gửi",
            "F9",
            self.send,
        )
        fresh = EmptyState(
            "Không còn chỗ nào sai.", f"{waiting} sáng kiến chờ gửi.", [send] if waiting else []
        )
        self._right.removeWidget(self.empty)
        self.empty.deleteLater()
        self.empty = fresh
        self._right.addWidget(fresh)
        self._right.setCurrentIndex(1)

    def _not_problems(self) -> str:
        return "Chỉ dùng ở phần chỗ cần bổ sung." if self.is_on_duplicates else ""

    def _not_pairs(self) -> str:
        return "" if self.is_on_duplicates else "Chỉ dùng ở phần nghi trùng."

    # Laying out

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_entry)
        self.duplicates.left.connect(self.show_problems)
        self.calculation.left.connect(self.show_problems)
        self.duplicates.decided.connect(self.load)

    def _lay_out(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problems, 1)
        column.addWidget(self.foot)
        self._right.addWidget(work)
        self._right.addWidget(self.empty)
        side = Panel("surface")
        inner = QVBoxLayout(side)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.addWidget(self.kinds)
        self._panes = Panes(side, self._right, fixed=KINDS, fixed_is_right=False, name="review-kinds")
        self._stack.addWidget(self._panes)
        self._stack.addWidget(self.duplicates)
        self._stack.addWidget(self.calculation)
        self.set_parts(self._stack)
