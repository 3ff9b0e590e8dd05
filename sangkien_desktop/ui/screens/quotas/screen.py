"""The page: what is asked, six figures, the groups with the lowest first."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.periods import Period
from sangkien_desktop.domain.programmes import QuotaKind
from sangkien_desktop.domain.standings import AGAINST_LABELS, Basis, Board, Standing
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.reporting import Wishes
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.models.paged_model import PagedModel
from sangkien_desktop.ui.navigation import NO_INTENT, Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.quotas import columns, words
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.ui.widgets.figures import FigureRow
from sangkien_desktop.ui.widgets.panels import ToolRow
from sangkien_desktop.ui.widgets.strips import Strip
from sangkien_desktop.ui.widgets.table import Head, Table, TableFoot

FIGURES_HEIGHT = 88


@dataclass(frozen=True)
class _Answer:
    board: Board
    whole: Board | None
    """The same against the whole programme; None when that is what was asked."""
    periods: tuple[Period, ...]


class QuotasPage(Page):
    """Asks for the board and shows it; the split is edited in place."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then read."""
        super().__init__(context)
        self._wishes = Wishes()
        self._answer: _Answer | None = None
        self._rows: list[Standing] = []
        self._sort: tuple[str, Qt.SortOrder] = ("bar", Qt.SortOrder.AscendingOrder)
        self._only_below, self._strip_closed, self._is_splitting = False, False, False
        self.period = ComboBox([], prefix="Kỳ", name="period")
        self.basis = ComboBox([Choice(one.label, one) for one in Basis], prefix="Tính theo", name="basis")
        self.against = ComboBox(
            [Choice(AGAINST_LABELS[one], one) for one in (QuotaKind.ASSIGNED, QuotaKind.REGISTERED)],
            prefix="Chỉ tiêu",
            name="against",
        )
        self.split = Button("Phân bổ lại", icon="adjustments", name="split")
        self.figures = FigureRow(["figure"] * 6)
        self.strip = Strip(Gravity.INFORMATION)
        self.model: PagedModel[Standing] = PagedModel(columns.all_columns(), self._records, self)
        self.table = Table(self.model, name="groups")  # type: ignore[arg-type]
        self.foot = TableFoot()
        self._lay_out()
        self._read = context.jobs.latest(done=self.on_read)
        self._connect()
        self._on_theme()
        self.load()

    def open_with(self, intent: Intent) -> None:
        """`state` below shows only the groups that are short."""
        if intent != NO_INTENT:
            self._only_below = intent.state == "below"
            self._show_rows()

    def refresh(self, changes: Changes) -> None:
        """Counts or quotas have moved."""
        self.load()

    def panes(self) -> list[QWidget]:
        """The table is all there is to walk through."""
        return [self.table]

    def commands(self) -> list[Command]:
        """Acts of this screen."""
        return [
            Command("quotas.print", "In danh sách cho buổi giao ban", self.open_report, "Ctrl+P", "printer"),
            Command("quotas.split", "Phân bổ lại chỉ tiêu cho tổ", self.toggle_split, icon="adjustments"),
            Command("quotas.below", "Chỉ xem tổ chưa đủ chỉ tiêu", self.toggle_below, icon="filter"),
        ]

    def load(self) -> None:
        """Ask for the board; an answer to an older question is dropped."""
        self._read.start(partial(self._ask, self._wishes))

    def _ask(self, wishes: Wishes, _progress: Progress) -> _Answer:
        service = self.context.services.quotas
        board = service.board(wishes)
        return _Answer(board, service.other_base(wishes, board), service.periods())

    def on_read(self, answer: object) -> None:
        """Show figures, strip and rows."""
        if not isinstance(answer, _Answer):
            return
        self._answer = answer
        board = answer.board
        self.period.set_choices([Choice(one.label, one.code) for one in answer.periods])
        self.period.choose(board.period.code)
        nothing = not board.rated and board.whole.quota is None and board.whole.tally.entered == 0
        self._stack.setCurrentIndex(1 if nothing else 0)
        self.figures.say(words.figures(board))
        self._tell_strip()
        self._show_rows()

    def toggle_split(self) -> None:
        """The column of assigned quotas becomes editable, or read-only again."""
        self._is_splitting = not self._is_splitting
        self._renew_columns()
        self.split.set_kind("chosen" if self.is_splitting else "secondary")
        self.hint_changed.emit(
            "Gõ số vào cột đang mở; chỉ tiêu Cổng giao vẫn được giữ." if self.is_splitting else ""
        )
        self.table.viewport().update()
        self._say_foot()

    @property
    def is_splitting(self) -> bool:
        """Whether the quotas are being shared out."""
        return self._is_splitting

    def _renew_columns(self) -> None:
        edited = self._wishes.against if self._is_splitting else None
        self.model.columns = columns.all_columns(self._wishes.basis, edited)
        self.table.horizontalHeader().viewport().update()

    def toggle_below(self) -> None:
        """Only groups below their quota, or all."""
        self._only_below = not self._only_below
        self._show_rows()

    def open_report(self) -> None:
        """The progress report of the same period, counted the same way."""
        self.context.navigate("reports", Intent(topic="progress"))

    def on_opened(self, row: int) -> None:
        """The initiatives of a group."""
        group = self._rows[row]
        if group.unit is not None:
            self.context.navigate("initiatives", Intent(unit=group.unit))

    def on_edited(self, row: int, _key: str, text: str) -> None:
        """A group's quota was typed."""
        group, answer = self._rows[row], self._answer
        number = "".join(letter for letter in text if letter.isdigit())
        if answer is None or group.unit is None or not number:
            self.context.messages.warn("Chỉ tiêu là một số nguyên, ví dụ 12.", topic="split")
            return
        self.context.messages.withdraw("split")
        self.context.jobs.start(
            partial(
                self.context.services.quotas.split,
                answer.board,
                {group.unit: int(number)},
                kind=self._wishes.against,
            ),
            done=self.context.changes.publish,
            failed=self.context.failures.present,
        )

    def on_sort(self, key: str, order: object) -> None:
        """Another order of the rows."""
        self._sort = (key or "bar", Qt.SortOrder(order) if key else Qt.SortOrder.AscendingOrder)
        self._show_rows()

    def _on_period(self, code: object) -> None:
        self._change(replace(self._wishes, period=str(code)))

    def _on_basis(self, basis: object) -> None:
        self._change(replace(self._wishes, basis=Basis(str(basis))))

    def _on_against(self, kind: object) -> None:
        self._change(replace(self._wishes, against=QuotaKind(str(kind))))

    def _change(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._renew_columns()
        self.load()

    def _records(self, ids: object) -> list[Standing | None]:
        return [self._rows[at] if at < len(self._rows) else None for at in ids]  # type: ignore[attr-defined]

    def _show_rows(self) -> None:
        if self._answer is None:
            return
        board = self._answer.board
        rows = [one for one in board.groups if one.unit is not None or one.tally.entered]
        if self._only_below:
            rows = list(board.below)
        key, order = self._sort
        rows.sort(key=columns.SORTS[key], reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = rows
        self.model.show_ids(range(len(rows)))
        at = [column.key for column in self.model.columns].index(key)
        head = self.table.horizontalHeader()
        if isinstance(head, Head):
            head.show_order(at, order)
        self._say_foot()

    def _say_foot(self) -> None:
        if self._answer is not None:
            left, right = words.foot(self._answer.board, is_splitting=self.is_splitting)
            count = f"<b>{len(self._rows)}</b> tổ"
            hidden = len([g for g in self._answer.board.groups if g.unit]) - len(self._rows)
            shown = f"{count}, {hidden} tổ đủ chỉ tiêu đang ẩn" if self._only_below and hidden > 0 else count
            self.foot.say(shown, *left, right=right)

    def _tell_strip(self) -> None:
        if self._answer is None or self._strip_closed:
            return
        said = words.strip(self._answer.board, self._answer.whole)
        self.strip.say(said)

    def _close_strip(self) -> None:
        self._strip_closed = True
        self.strip.say("")

    def _connect(self) -> None:
        self.period.chosen.connect(self._on_period)
        self.basis.chosen.connect(self._on_basis)
        self.against.chosen.connect(self._on_against)
        self.split.clicked.connect(self.toggle_split)
        self.strip.closed.connect(self._close_strip)
        self.table.row_opened.connect(self.on_opened)
        self.model.edited.connect(self.on_edited)
        self.model.sort_wanted.connect(self.on_sort)
        theme.current().changed.connect(self._on_theme)

    def _lay_out(self) -> None:
        print_it = Button("In", icon="printer", key="Ctrl+P", name="print")
        report = Button("Báo cáo tiến độ", icon="report", kind="primary", name="progress-report")
        for button in (print_it, report):
            button.clicked.connect(self.open_report)
        tools = ToolRow()
        tools.add(self.period, self.basis, self.against)
        tools.add_gap()
        tools.add_optional(self.split, print_it)
        tools.add(report)
        figures = QWidget()
        row = QHBoxLayout(figures)
        row.setContentsMargins(16, 6, 16, 10)
        row.addWidget(self.figures)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (figures, self.strip):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(self._nothing())
        self.set_parts(self._stack, tool_row=tools, foot=self.foot)

    def _nothing(self) -> QWidget:
        ways = (
            Beginning(
                "cloud-up",
                "Kéo chỉ tiêu từ Cổng",
                "Chỉ tiêu được giao và đăng ký về cùng lần đồng bộ đầu tiên.",
                "Mở Đồng bộ",
                "",
                partial(self.context.navigate, "sync"),
            ),
            Beginning(
                "table-import",
                "Nhập sáng kiến của các tổ",
                "Tổ nào có sáng kiến sẽ hiện ở đây; chỉ tiêu gõ sau cũng được.",
                "Nhập Excel",
                "",
                partial(self.context.navigate, "importing"),
            ),
        )
        return EmptyState("Chưa có chỉ tiêu", "Gõ chỉ tiêu hoặc kéo từ Cổng.", ways)

    def _on_theme(self) -> None:
        self.figures.setFixedHeight(theme.current().metrics.grown(FIGURES_HEIGHT))
