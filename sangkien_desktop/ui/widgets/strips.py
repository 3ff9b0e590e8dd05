"""Strips under the header: what happened, and what is going on."""

from html import escape

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextDocumentFragment
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sangkien_desktop.ui import formatting, icons, theme
from sangkien_desktop.ui.jobs import Job, JobRunner
from sangkien_desktop.ui.messages import Gravity, Message, Messages
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import emphasised, label, rich_label

_LOOKS = {
    Gravity.INFORMATION: ("info-circle", "accent_soft", "accent_text"),
    Gravity.DONE: ("circle-check", "ok_soft", "ok"),
    Gravity.WARNING: ("alert-triangle", "warn_soft", "warn"),
    Gravity.ERROR: ("alert-circle", "bad_soft", "bad"),
}

SHOW_BAR_AFTER_MS = 3000
SAY_AFTER_MS = 300


class Strip(QWidget):
    """One sentence on a soft ground with at most two small buttons; a page may place one of its own."""

    closed = Signal()

    def __init__(self, gravity: Gravity = Gravity.INFORMATION, *, closable: bool = True) -> None:
        """Hidden until it has something to say."""
        super().__init__()
        self._gravity = gravity
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sentence = rich_label("", wraps=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.more = label("", "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(43, 5, 16, 5)
        self._row.setSpacing(10)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self.more)
        self._buttons: list[Button] = []
        self._close = Button(icon="x", kind="quiet", name="close-strip")
        self._close.setToolTip("Đóng thông báo")
        self._close.setAccessibleName("Đóng thông báo")
        self._close.setFixedHeight(theme.current().metrics.small)
        self._close.setVisible(closable)
        self._close.clicked.connect(self.closed)
        self._row.addWidget(self._close)
        self._on_theme()
        theme.current().changed.connect(self._on_theme)
        self.hide()

    def say(self, html: str, gravity: Gravity | None = None, *buttons: Button) -> None:
        """Show an own sentence (`<b>` allowed) with buttons; an empty sentence hides the strip."""
        self._gravity = self._gravity if gravity is None else gravity
        self.sentence.setText(emphasised(html))
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = list(buttons)
        for at, button in enumerate(self._buttons):
            self._row.insertWidget(2 + at, button)
        self.setAccessibleName(QTextDocumentFragment.fromHtml(html).toPlainText())
        self.setVisible(bool(html))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, and a hairline below."""
        icon, ground, ink = _LOOKS[self._gravity]
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour(ground))
        area = self.rect()
        area.setLeft(17)
        area.setWidth(icons.IN_BUTTON)
        area.setHeight(min(self.height(), theme.current().metrics.grown(36)))
        icons.draw(painter, icon, area, ink)

    def _on_theme(self) -> None:
        self.setMinimumHeight(theme.current().metrics.grown(36))


class MessageStrip(Strip):
    """The frame's strip: the gravest of `Messages`."""

    def __init__(self, messages: Messages) -> None:
        """Follows `messages`."""
        super().__init__()
        self.setObjectName("message-strip")
        self._messages = messages
        self._shown: Message | None = None
        messages.changed.connect(self.on_changed)
        self.closed.connect(self._on_closed)

    def on_changed(self) -> None:
        """Show the gravest message, or nothing."""
        message = self._messages.gravest
        waiting = self._messages.waiting_count
        self.more.setText(f"và {waiting} thông báo nữa" if waiting else "")
        if message is self._shown:
            return
        self._shown = message
        if message is None:
            self.say("")
            return
        buttons = []
        for action in message.actions[:2]:
            button = Button(action.label, icon=action.icon, key=action.key, kind="small")
            button.clicked.connect(lambda _=False, run=action.run, at=message.number: self._run(run, at))
            buttons.append(button)
        self.say(escape(message.text, quote=False), message.gravity, *buttons)

    def _run(self, run: object, number: int) -> None:
        self._messages.close(number)
        if callable(run):
            run()

    def _on_closed(self) -> None:
        if self._shown is not None:
            self._messages.close(self._shown.number)


class ProgressStrip(QWidget):
    """Long work: what is done, how much is left, and a way to stop. Shown only for what takes over three seconds;
    before that `said` gives the sentence to the status strip."""

    said = Signal(str)

    def __init__(self, jobs: JobRunner) -> None:
        """Watches jobs that have a title; the newest is shown."""
        super().__init__()
        self.setObjectName("progress-strip")
        self._job: Job | None = None
        self._share = -1.0
        self._elapsed_ms = 0
        self._sentence = label()
        self._stop = Button("Dừng", kind="small", name="stop-job")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 6)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._stop)
        self._clock = QTimer(self, interval=100)
        self._clock.timeout.connect(self._tick)
        self._stop.clicked.connect(self._on_stop)
        jobs.job_started.connect(self.on_started)
        self.hide()

    def on_started(self, job: Job) -> None:
        """A job with a title began."""
        self._job = job
        self._share, self._elapsed_ms = -1.0, 0
        self._sentence.setText(job.title)
        self._stop.setEnabled(True)
        job.progressed.connect(self.on_progressed)
        job.ended.connect(self.on_ended)
        self._clock.start()

    def on_progressed(self, done: int, total: int, text: str) -> None:
        """Count, rest, and the bar."""
        if self._job is None or self.sender() is not self._job:
            return
        words = text or self._job.title
        if total > 0:
            self._share = done / total
            words = f"{words} {formatting.number(done)}/{formatting.number(total)}"
            if self._elapsed_ms > 1000 and 0 < done < total:
                left_s = self._elapsed_ms / 1000 * (total - done) / done
                words = f"{words}, {formatting.time_left(left_s)}"
        self._sentence.setText(words)
        if self._elapsed_ms >= SAY_AFTER_MS and not self.isVisible():
            self.said.emit(words)
        self.update()

    def on_ended(self) -> None:
        """The job is over; what came out is told by whoever started it."""
        if self.sender() is self._job:
            self._job = None
            self._clock.stop()
            self.hide()
            self.said.emit("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar of four pixels at the bottom."""
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("wait_soft"))
        top = self.height() - 4
        painter.fillRect(0, top, self.width(), 4, look.colour("line"))
        share = self._share if self._share >= 0 else (self._elapsed_ms % 2000) / 2000
        painter.fillRect(0, top, round(self.width() * share), 4, look.colour("accent"))

    def _tick(self) -> None:
        self._elapsed_ms += self._clock.interval()
        if self._elapsed_ms >= SHOW_BAR_AFTER_MS and not self.isVisible():
            self.said.emit("")
            self.show()
        if self._elapsed_ms == SAY_AFTER_MS and not self.isVisible():
            self.said.emit(self._sentence.text())
        if self._share < 0:
            self.update()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._sentence.setText(f"{self._job.title}: đang dừng ở chỗ an toàn…")
            self._job.cancel()
