"""Chuẩn bị máy này trong 5 phút: steps at the left, one decision at the right."""

from datetime import UTC, datetime

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.answers import Answers, Ending, FirstRunActs
from sangkien_desktop.ui.first_run.done import DoneStep
from sangkien_desktop.ui.first_run.key import KeyStep
from sangkien_desktop.ui.first_run.people import PeopleStep
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.first_run.unit import UnitStep
from sangkien_desktop.ui.first_run.welcome import WelcomeStep
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel
from sangkien_desktop.ui.widgets.steps import StepBar
from sangkien_desktop.ui.widgets.strips import Strip
from sangkien_desktop.vault.credentials import SystemKeyring

SIDE, NARROW_SIDE = 262, 190
NARROW_BELOW = 1000


class Wizard(Panel):
    """Goes forward only when a step lacks nothing; what is done stays done."""

    finished = Signal(object)
    """An Ending: the window of the new station is wanted."""
    closed = Signal()

    def __init__(self, acts: FirstRunActs, jobs: JobRunner, dialogs: Dialogs) -> None:
        """Shows the first step."""
        super().__init__("surface")
        self._acts, self._jobs = acts, jobs
        self.answers = Answers()
        self.setWindowTitle("Sáng kiến – chuẩn bị máy này")
        self.welcome, self.unit, self.key = WelcomeStep(dialogs), UnitStep(), KeyStep(dialogs)
        self.people, self.done = PeopleStep(dialogs), DoneStep()
        self.steps: tuple[Step, ...] = (self.welcome, self.unit, self.key, self.people, self.done)
        self.bar = StepBar([step.name for step in self.steps], orientation=Qt.Orientation.Vertical)
        self.strip = Strip(Gravity.ERROR)
        self.back = Button("Quay lại", icon="chevron-left", name="wizard-back")
        self.where = label("", tone="text2")
        self.reason = label("", tone="text2")
        self.next = Button("", icon="arrow-right", key="Enter", kind="primary", name="wizard-next")
        self._stack = QStackedWidget()
        dialogs.attach(self)
        self._lay_out()
        self._connect()
        self.go_to(0)
        jobs.start(SystemKeyring().probe, done=self.key.offer_device)

    @property
    def current(self) -> int:
        """The step that is shown, from 0."""
        return self._stack.currentIndex()

    def go_to(self, at: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(at)
        self.bar.show_step(at)
        self.steps[at].show_answers(self.answers)
        self._look()

    def go_on(self) -> None:
        """The next step; the first and the last but one do some work before."""
        step = self.steps[self.current]
        if not self.next.isVisible() or step.missing():
            return
        step.keep(self.answers)
        if step is self.welcome and not self.welcome.is_new:
            self._move_in()
        elif step is self.people:
            answers = self.answers
            self._jobs.start(lambda: self._acts.finish(answers), done=self.on_kept, failed=self.on_failed)
        elif step is self.done:
            self._end(Ending())
        else:
            self.go_to(self.current + 1)

    def go_back(self) -> None:
        """The step before; a station that is made cannot be unmade."""
        if self.back.isEnabled():
            self.go_to(self.current - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back, Ctrl+P prints the code."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.key.recovery.print_page()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A slim side column in a narrow window."""
        super().resizeEvent(event)
        self._side.setFixedWidth(NARROW_SIDE if self.width() < NARROW_BELOW else SIDE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving keeps what is done."""
        super().closeEvent(event)
        self.closed.emit()

    # Work

    def on_create(self, passphrase: str, by_device: bool) -> None:
        """Make the station."""
        self.key.show_making()
        wanted = NewStation(
            passphrase=passphrase,
            use_keyring=by_device,
            ground=self.answers.ground,
            declared_by=self.answers.officer,
            officer=self.answers.officer,
        )
        self._jobs.start(lambda: self._acts.create(wanted), done=self.on_created, failed=self.on_not_created)

    def on_created(self, code: str) -> None:
        """It exists: its code, this once."""
        self.key.show_made(code, place=self.answers.unit, day=datetime.now(UTC).astimezone(VIETNAM).date())
        self._look()

    def on_not_created(self, error: Exception) -> None:
        """Said at the passphrase."""
        self.key.show_refusal(_said(error))

    def _move_in(self) -> None:
        backup, secret = self.welcome.backup, self.welcome.secret
        if backup is None:
            return
        self.next.setEnabled(False)
        self.next.setText("Đang khôi phục…")
        self._jobs.start(
            lambda: self._acts.move_in(backup, secret), done=self.on_moved_in, failed=self.on_failed
        )

    def on_moved_in(self, _nothing: object) -> None:
        """The station of the backup lives here now."""
        self._end(Ending())

    def on_kept(self, _nothing: object) -> None:
        """The unit's name is written; the last step."""
        self.go_to(len(self.steps) - 1)

    def on_failed(self, error: Exception) -> None:
        """Said over the step; everything typed is still there."""
        self.strip.say(_said(error), Gravity.ERROR)
        self._look()

    def on_chosen(self, ending: Ending) -> None:
        """A way to begin; a list of members that was chosen comes first."""
        self._end(ending)

    def _end(self, ending: Ending) -> None:
        file = self.answers.people_file
        if file is not None and ending.screen != "sync":
            ending = Ending("people", Intent(files=(str(file),)))
        self.finished.emit(ending)

    # Looks

    def _look(self) -> None:
        at = self.current
        step, is_last = self.steps[at], at == len(self.steps) - 1
        missing = step.missing()
        restores = step is self.welcome and not self.welcome.is_new
        following = "" if is_last else self.steps[at + 1].name
        words = "Khôi phục" if restores else f"Tiếp: {following[:1].lower()}{following[1:]}"
        self.next.setText("Mở chương trình" if is_last else words)
        self.next.setEnabled(not missing)
        self.next.setToolTip(missing)
        self.reason.setText(missing)
        self.back.setEnabled(0 < at < len(self.steps) - 1 and not (self.key.is_made and at <= 2))
        self.where.setText(f"Bước {at + 1} trong {len(self.steps)}")

    def _lay_out(self) -> None:
        foot = FootRow()
        foot.add(self.back)
        foot.add_gap()
        foot.add(self.reason, self.where, self.next)
        for step in self.steps:
            scroll = QScrollArea()
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidgetResizable(True)
            ground = Panel("surface")
            column = QVBoxLayout(ground)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(step)
            scroll.setWidget(ground)
            self._stack.addWidget(scroll)
        right = QVBoxLayout()
        right.addWidget(self.strip)
        right.addWidget(self._stack, 1)
        right.addWidget(foot)
        self._side = self._side_panel()
        whole = QHBoxLayout(self)
        whole.addWidget(self._side)
        whole.addLayout(right, 1)
        for layout in (right, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _side_panel(self) -> Panel:
        side = Panel("side", "r")
        head = QHBoxLayout()
        head.setSpacing(9)
        head.addWidget(_Emblem())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("Sáng kiến", "strong"))
        words.addWidget(label("Chuẩn bị máy này, khoảng 5 phút", "key", tone="text2"))
        head.addLayout(words, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 22, 16, 16)
        column.setSpacing(26)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addWidget(
            label(
                "Không cần mạng để làm các bước này. Mọi lựa chọn đều đổi được trong Cài đặt.",
                "caption",
                wraps=True,
            )
        )
        return side

    def _connect(self) -> None:
        for step in self.steps:
            step.changed.connect(self._look)
        self.key.create_wanted.connect(self.on_create)
        self.done.chosen.connect(self.on_chosen)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.strip.closed.connect(self._on_strip_closed)

    def _on_strip_closed(self) -> None:
        self.strip.say("")


class _Emblem(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("accent"))
        painter.drawRoundedRect(QRect(0, 0, 28, 28), 5, 5)
        icons.draw(painter, "bulb", QRect(0, 0, 28, 28), "on_accent", 18)


def _said(error: Exception) -> str:
    if isinstance(error, AppError):
        return f"{error.sentence} {error.hint}".strip()
    return "Máy chưa làm được việc này. Thử lại, hoặc báo bàn hỗ trợ."
