"""The page: four figures, the curve, the waiting work, the groups."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.pace import cumulated
from sangkien_desktop.progress import Progress as JobProgress
from sangkien_desktop.services.overview import Overview
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.overview import words
from sangkien_desktop.ui.screens.overview.work_list import WorkList
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.column_chart import ColumnChart, GroupShare
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.ui.widgets.figures import FigureRow
from sangkien_desktop.ui.widgets.labels import label, set_tone
from sangkien_desktop.ui.widgets.line_chart import LineChart, Progress
from sangkien_desktop.ui.widgets.panels import Card

GAP = 12
LOW_HEIGHT = 500
"""Page height below which the groups leave: a window of less than 600."""
FIGURES, MIDDLE, LEAST_GROUPS = 124, 266, 220


class OverviewPage(Page):
    """Everything is read at once, of one moment; the old figures stay until the new ones are there."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then read."""
        super().__init__(context)
        self.figures = FigureRow(
            ["hero_big", "hero", "hero", "hero"], padding=18, stretches=(333, 303, 263, 254)
        )
        self.curve = LineChart()
        self.curve_card = Card("Tiến độ cộng dồn", " ")
        self.outlook = label("", "caption", name="outlook")
        self.work = WorkList()
        self.columns = ColumnChart()
        self.groups_card = Card("Tổ công đoàn so với chỉ tiêu của tổ", " ")
        self._narrow, self._is_empty = False, False
        self._stack = QStackedWidget()
        self._stack.addWidget(self._figures_body())
        self._stack.addWidget(self._empty_body())
        self.set_parts(self._stack)
        self._read = context.jobs.latest(done=self.on_read)
        self.work.wanted.connect(context.navigate)
        for chart in (self.curve, self.columns):
            chart.value_read.connect(self.hint_changed)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.load()

    def load(self) -> None:
        """Ask for all figures; an answer to an older question is dropped."""
        self._read.start(self._ask)

    def _ask(self, _progress: JobProgress) -> Overview:
        found: Overview = self.context.services.overview.read()
        return found

    def refresh(self, changes: Changes) -> None:
        """Anything may have moved a figure."""
        self.load()

    def panes(self) -> list[QWidget]:
        """The curve, the work, the groups."""
        return [self.curve, self.work, self.columns]

    def commands(self) -> list[Command]:
        """What one goes on to from here."""
        return [
            Command("overview.quotas", "Mở Chỉ tiêu", partial(self.context.navigate, "quotas")),
            Command("overview.report", "Báo cáo tiến độ tuần này", self.open_report, "Ctrl+P", "printer"),
        ]

    def open_report(self) -> None:
        """The weekly report, one key away."""
        self.context.navigate("reports", Intent(topic="progress"))

    def set_narrow(self, is_narrow: bool) -> None:
        """The curve and the work stand one below the other; the groups scroll."""
        self._narrow = is_narrow
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(direction)
        self._on_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the groups leave."""
        super().resizeEvent(event)
        self.groups_card.setVisible(self.height() >= LOW_HEIGHT or self._narrow)

    def on_read(self, overview: Overview) -> None:
        """Show it all."""
        now = self.context.clock.now()
        board = overview.board
        self._stack.setCurrentIndex(1 if not overview.records else 0)
        self._tell_heading(overview)
        self.figures.say(words.figures(overview, now))
        said, tone = words.as_of(board, now)
        self.curve_card.set_note(said)
        set_tone(self.curve_card.note, tone)
        self.outlook.setText(words.outlook(overview))
        self._show_curve(overview)
        self.work.show_work(overview.waiting, words.what_if(overview))
        self._show_groups(overview)

    def _tell_heading(self, overview: Overview) -> None:
        board = overview.board
        if board.unit is None:
            self.heading_changed.emit("Tổng quan", "")
            return
        named = [group for group in board.groups if group.unit is not None]
        parts = [board.unit.name, f"{len(named)} tổ"]
        if board.whole.members:
            parts.append(f"{formatting.number(board.whole.members)} người")
        self.heading_changed.emit("Tổng quan", " · ".join(parts))

    def _show_curve(self, overview: Overview) -> None:
        board, days = overview.board, overview.days
        closes_at = board.period.closes_at
        closes = closes_at.astimezone(VIETNAM) if closes_at else None
        sent, valid = cumulated(days)
        last = days[-1].day if days else None
        # A deadline long past, or years away, would press the curve into a corner.
        near = (
            closes is not None
            and last is not None
            and -1 <= (closes.date() - last).days <= 3 * max(len(days), 14)
        )
        self.curve.show_progress(
            Progress(
                days=tuple(day.day for day in days),
                sent=sent,
                valid=valid,
                quota=board.whole.quota,
                closes_on=closes.date() if near and closes else None,
                closes_at=f"{closes:%H:%M}" if closes else "",
            )
        )

    def _show_groups(self, overview: Overview) -> None:
        board = overview.board
        named = [group for group in board.groups if group.unit is not None]
        self.groups_card.title.setText(f"{len(named)} tổ công đoàn so với chỉ tiêu của tổ")
        note = f"{board.whole.basis.label} ÷ chỉ tiêu được giao"
        if board.whole.quota:
            note += f" · đã phân bổ {formatting.number(board.split)}/{formatting.number(board.whole.quota)}"
        self.groups_card.set_note(note if board.rated else words.NO_QUOTA)
        self.columns.show_groups(
            [GroupShare(name=one.name, count=one.count, quota=one.quota or 0) for one in board.rated]
        )

    def _figures_body(self) -> QWidget:
        self.curve_card.head.addWidget(self.outlook)
        self.curve_card.body.addWidget(self.curve, 1)
        open_quotas = Button("Mở Chỉ tiêu", icon="chevron-right", kind="link", name="open-quotas")
        open_quotas.clicked.connect(partial(self.context.navigate, "quotas"))
        self.groups_card.head.addWidget(open_quotas)
        self.groups_card.body.addWidget(self.columns, 1)
        self._middle_row = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._middle_row)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(GAP)
        self._middle.addWidget(self.curve_card, 698)
        self._middle.addWidget(self.work, 444)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, GAP, 16, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.figures)
        column.addWidget(self._middle_row)
        column.addWidget(self.groups_card, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _empty_body(self) -> QWidget:
        go = self.context.navigate
        ways = (
            Beginning(
                "table-import",
                "Nhập từ Excel",
                "Kéo tệp vào cửa sổ, hoặc chọn tệp.",
                "Chọn tệp",
                "Ctrl+O",
                partial(go, "importing"),
            ),
            Beginning(
                "plus",
                "Gõ từng sáng kiến",
                "Theo đúng thứ tự tờ phiếu giấy.",
                "Thêm sáng kiến",
                "Ctrl+N",
                partial(go, "initiatives", Intent(topic="new")),
            ),
            Beginning(
                "users",
                "Nhập danh sách đoàn viên trước",
                "Sau đó chỉ cần gõ mã nhân viên.",
                "Nhập danh sách",
                "",
                partial(go, "people"),
            ),
            Beginning(
                "cloud-up",
                "Kéo chỉ tiêu và sáng kiến từ Cổng",
                "Khi đơn vị đã có dữ liệu trên Cổng.",
                "Mở Đồng bộ",
                "",
                partial(go, "sync"),
            ),
        )
        return EmptyState("Chưa có sáng kiến nào", "Số liệu và việc đang chờ sẽ hiện ở đây.", ways)

    def _on_theme(self) -> None:
        grown = theme.current().metrics.grown
        self.figures.setFixedHeight(grown(FIGURES))
        self._middle_row.setFixedHeight(
            grown(MIDDLE) * (2 if self._narrow else 1) + (GAP if self._narrow else 0)
        )
        self.groups_card.setMinimumHeight(grown(LEAST_GROUPS))
