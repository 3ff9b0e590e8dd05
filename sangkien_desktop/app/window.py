"""The window around an open station: the parts of the interface are made here and wired to each other."""

import os
import sys
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from sangkien_desktop.app import OpenStation, frame
from sangkien_desktop.app.exchange import PortalExchange
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.initiatives import TakenBack
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.ui import theme, translations
from sangkien_desktop.ui.actions import ActionRegistry, Command
from sangkien_desktop.ui.change_bus import ChangeBus
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.crash import CrashReporter
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.failures import FailurePresenter
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.main_window import MainWindow
from sangkien_desktop.ui.messages import Messages
from sangkien_desktop.ui.navigation import NO_INTENT, Intent, Navigator, load_screens
from sangkien_desktop.ui.widgets.combo import Choice

STATUS_EVERY_MS = 60_000
FIRST_SCREEN = "overview"


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one QApplication of the process, with its translations; made when there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return _with_look(existing)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QApplication(["sangkien", *arguments])
    made.setApplicationDisplayName("Sáng kiến")
    translations.install(made)
    return _with_look(made)


def _with_look(app: QApplication) -> QApplication:
    if not isinstance(app.property("theme"), theme.Theme):
        theme.install(app)
    return app


class StationWindow(QObject):
    """The window of one open station; keeps its frame true and the exchange with the portal going."""

    lock_wanted = Signal()
    closed = Signal()
    """A person closed the window."""

    def __init__(self, station: OpenStation) -> None:
        super().__init__()
        self._station = station
        settings = station.desk.settings()
        theme.current().choose(settings.theme, settings.text_size)
        memory = QSettings(str(station.desk.home.window_state), QSettings.Format.IniFormat)
        self.context = self._make_context(memory)
        self.exchange = PortalExchange(station, self.context, self)
        self.window = MainWindow(self.context, load_screens(), memory, commands=self._commands())
        self._connect()
        self._tell_programmes()
        self._status_timer = QTimer(self, interval=STATUS_EVERY_MS)
        self._status_timer.timeout.connect(self.refresh)
        self._backup_timer = QTimer(self, interval=settings.backup_interval_minutes * 60_000)
        self._backup_timer.timeout.connect(self.on_backup_due)
        self.window.open(FIRST_SCREEN if FIRST_SCREEN in self.keys else self.keys[0])
        self.refresh()

    @property
    def keys(self) -> list[str]:
        """The screens, in the order of the side bar."""
        return [screen.key for group in load_screens() for screen in group]

    def show(self) -> None:
        """Show the window; the first exchange follows a little later."""
        self._crashes.install()
        self.window.show()
        self._status_timer.start()
        self._backup_timer.start()
        self.exchange.begin()

    def open(self, key: str, intent: Intent = NO_INTENT) -> None:
        """Open a screen, where there is one of that name."""
        if key in self.keys:
            self.window.open(key, intent)

    def come_forward(self) -> None:
        """Another start of the program wants this window."""
        self.window.setWindowState(self.window.windowState() & ~self.window.windowState().WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Stop work and let go of the hooks; the caller closes the station."""
        self._status_timer.stop()
        self._backup_timer.stop()
        self.exchange.stop()
        self.context.jobs.close()
        self._crashes.uninstall()

    def _make_context(self, memory: QSettings) -> UiContext:
        messages = Messages(self)
        self._crashes = CrashReporter(messages, self)
        failures = FailurePresenter(messages, self._crashes, self)
        jobs = JobRunner(self)
        jobs.unhandled.connect(failures.present)
        return UiContext(
            services=self._station,
            jobs=jobs,
            changes=ChangeBus(self),
            messages=messages,
            failures=failures,
            navigate=Navigator(self),
            dialogs=Dialogs(memory=memory),
            actions=ActionRegistry(self),
            clock=self._station.desk.clock,
            settings=self._station.desk.settings(),
        )

    def _connect(self) -> None:
        self.context.changes.changed.connect(self.on_changes)
        self.exchange.changed.connect(self.refresh)
        self.window.header.programme_chosen.connect(self.on_programme_chosen)
        self.window.installEventFilter(self)
        self.window.setAcceptDrops(True)

    def _commands(self) -> list[Command]:
        initiatives = self._station.initiatives
        return [
            Command("sync.now", "Gửi và nhận với Cổng ngay", self.exchange.start_now, "F9", "send"),
            Command("undo", "Hoàn tác", self.undo, "Ctrl+Z", "arrow-back-up", hint=initiatives.undo_name),
            Command("redo", "Làm lại", self.redo, "Ctrl+Y", "arrow-forward-up", hint=initiatives.redo_name),
            Command("lock", "Khóa màn hình", self.lock_wanted.emit, "Ctrl+L", "lock"),
        ]

    # What the frame says

    def refresh(self) -> None:
        """Ask the database what the frame has to say; answered in the background."""
        self.context.jobs.start(self._station.sync.status, done=self.on_status)

    def on_status(self, status: SyncStatus) -> None:
        """Numbers in the side bar and the status strip."""
        side_bar = self.window.side_bar
        side_bar.set_badge("review", frame.count(status, frame.IN_REVIEW))
        side_bar.set_badge("sync", frame.count(status, frame.AT_SYNC))
        left = frame.left_items(
            status, is_running=self.exchange.is_running, last_failure=self.exchange.last_failure
        )
        self.window.status.set_items(left, frame.right_items(self._station, self.context.clock.now()))
        own = self._station.units.own()
        side_bar.set_station((own.short_name or own.name) if own else "Chưa đặt tên đơn vị")

    def _tell_programmes(self) -> None:
        known = self._station.programmes.all()
        choices = [Choice(frame.short(programme.name), programme.code) for programme in known]
        self.window.header.set_programmes(choices, self._station.desk.settings().default_programme)

    def on_programme_chosen(self, code: object) -> None:
        """The programme that new initiatives belong to and figures are about."""
        self.context.settings = self._station.change_setting("default_programme", code)
        self.context.changes.publish(Changes(many_initiatives=True, quotas=True, settings=True))

    def on_changes(self, changes: Changes) -> None:
        """Something was written: the frame may say something else now."""
        if changes.settings:
            settings = self._station.desk.settings()
            before, self.context.settings = self.context.settings, settings
            look = theme.current()
            if (look.scheme, look.text_size) != (settings.theme, settings.text_size):
                look.choose(settings.theme, settings.text_size)
            if before.default_programme != settings.default_programme:
                self._tell_programmes()
            if before.sync_interval_minutes != settings.sync_interval_minutes:
                self.exchange.plan_next()
            self._backup_timer.setInterval(settings.backup_interval_minutes * 60_000)
        self.refresh()

    def on_backup_due(self) -> None:
        """Back up what has changed; a failure is told once and tried again."""
        backups = self._station.backups
        self.context.jobs.start_long(
            partial(backups.make_if_changed, reason="interval"), title="", failed=self.on_backup_failed
        )

    def on_backup_failed(self, error: Exception) -> None:
        """The older backups are still there."""
        self.context.failures.present(error, topic="backup")

    # Undo

    def undo(self) -> None:
        """Ctrl+Z anywhere outside an editor."""
        self.context.jobs.start(self._station.initiatives.undo, done=self.on_undone)

    def redo(self) -> None:
        """Ctrl+Y anywhere outside an editor."""
        self.context.jobs.start(self._station.initiatives.redo, done=self.on_redone)

    def on_undone(self, taken: TakenBack) -> None:
        """Say what was taken back and refresh."""
        self._after_undo(taken, "Đã hoàn tác")

    def on_redone(self, taken: TakenBack) -> None:
        """Say what was done again and refresh."""
        self._after_undo(taken, "Đã làm lại")

    def _after_undo(self, taken: TakenBack, said: str) -> None:
        self.context.changes.publish(taken.changes)
        self.context.messages.done(f"{said}: {taken.name}.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files dropped anywhere on the window land in the import screen; closing is told to the program."""
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                files = tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
                self.context.navigate("importing", Intent(files=files))
            return True
        if isinstance(event, QCloseEvent):
            QTimer.singleShot(0, self, self._tell_if_closed)
        return super().eventFilter(watched, event)

    def _tell_if_closed(self) -> None:
        if not self.window.isVisible():
            self.closed.emit()


def run(station: OpenStation) -> int:
    """Show the window over a station that is open already, and stay until it is closed."""
    app = application()
    shown = StationWindow(station)
    shown.show()
    try:
        return app.exec()
    finally:
        shown.close()
