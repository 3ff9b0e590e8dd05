"""The window around an open station: the parts of the interface are made here and wired to each other."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QSize, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from sangkien_desktop.app import OpenStation
from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.sync_status import NEEDS_A_PERSON, Badge
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.initiatives import TakenBack
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.ui import screenshots as painting
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
from sangkien_desktop.ui.navigation import Intent, Navigator, load_screens
from sangkien_desktop.ui.widgets.combo import Choice
from sangkien_desktop.ui.widgets.status_strip import StatusItem

STATUS_EVERY_MS = 60_000
FIRST_SYNC_AFTER_MS = 3_000
USUAL_SIZE = QSize(1366, 768)
LOOK_EVERY_MS, QUIET_LOOKS = 40, 5
IN_REVIEW = frozenset({Badge.INCOMPLETE})
AT_SYNC = NEEDS_A_PERSON - IN_REVIEW


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one QApplication of the process, with its translations; made when there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QApplication(["sangkien", *arguments])
    made.setApplicationDisplayName("Sáng kiến")
    translations.install(made)
    return made


class StationWindow(QObject):
    """The window of one open station; keeps its frame true and the exchange with the portal going."""

    def __init__(self, station: OpenStation, app: QApplication) -> None:
        super().__init__()
        self._station = station
        settings = station.desk.settings()
        theme.install(app, settings.theme, settings.text_size)
        memory = QSettings(str(station.desk.home.window_state), QSettings.Format.IniFormat)
        self.context = self._make_context(memory)
        self.window = MainWindow(self.context, load_screens(), memory, commands=self._commands())
        self._connect()
        self._is_syncing, self._is_asked, self._last_failure = False, False, ""
        self._tell_programmes()
        self._status_timer = QTimer(self, interval=STATUS_EVERY_MS)
        self._status_timer.timeout.connect(self.refresh)
        self._status_timer.start()
        self._sync_timer = QTimer(self)
        self._sync_timer.timeout.connect(self.sync_if_wanted)
        self._sync_timer.start(settings.sync_interval_minutes * 60_000)
        self.window.open("overview" if "overview" in self._keys() else self._keys()[0])
        self.refresh()

    def _make_context(self, memory: QSettings) -> UiContext:
        messages = Messages(self)
        crashes = CrashReporter(messages, self)
        failures = FailurePresenter(messages, crashes, self)
        jobs = JobRunner(self)
        jobs.unhandled.connect(failures.present)
        self._crashes = crashes
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
        self.window.header.programme_chosen.connect(self.on_programme_chosen)
        self.window.installEventFilter(self)
        self.window.setAcceptDrops(True)

    def _commands(self) -> list[Command]:
        return [
            Command("sync.now", "Gửi và nhận với Cổng ngay", self.sync_now, "F9", "send"),
            Command("undo", "Hoàn tác", self.undo, "Ctrl+Z", "arrow-back-up", hint=self._undo_hint),
            Command("redo", "Làm lại", self.redo, "Ctrl+Y", "arrow-forward-up", hint=self._redo_hint),
        ]

    def _keys(self) -> list[str]:
        return [screen.key for group in load_screens() for screen in group]

    def show(self) -> None:
        """Show the window; the first exchange follows a little later."""
        self._crashes.install()
        self.window.show()
        QTimer.singleShot(FIRST_SYNC_AFTER_MS, self.sync_if_wanted)

    def close(self) -> None:
        """Stop work and let go of the hooks; the caller closes the station."""
        self._status_timer.stop()
        self._sync_timer.stop()
        self.context.jobs.close()
        self._crashes.uninstall()

    # What the frame says

    def refresh(self) -> None:
        """Ask the database what the frame has to say; answered in the background."""
        self.context.jobs.start(self._station.sync.status, done=self.on_status)

    def on_status(self, status: SyncStatus) -> None:
        """Numbers in the side bar and the status strip."""
        counts = {badge: status.badges.get(badge.value, 0) for badge in Badge}
        self.window.side_bar.set_badge("review", sum(counts[badge] for badge in IN_REVIEW))
        self.window.side_bar.set_badge("sync", sum(counts[badge] for badge in AT_SYNC))
        waiting = counts[Badge.QUEUED] + counts[Badge.QUEUED_AGAIN]
        needed = sum(counts[badge] for badge in NEEDS_A_PERSON)
        left = [self._connection(status)]
        if waiting:
            left.append(StatusItem("clock", f"{waiting} chờ gửi", "wait", "open.sync"))
        if needed:
            left.append(StatusItem("alert-circle", f"{needed} cần người xem", "bad", "open.sync"))
        self.window.status.set_items(left, self._right_items())
        own = self._station.units.own()
        self.window.side_bar.set_station((own.short_name or own.name) if own else "Chưa đặt tên đơn vị")

    def _connection(self, status: SyncStatus) -> StatusItem:
        if self._is_syncing:
            return StatusItem("refresh", "Đang gửi và nhận với Cổng", "wait", "open.sync")
        if status.account is not None and not status.is_signed_in:
            return StatusItem("login", "Cần đăng nhập lại", "warn", "open.sync")
        if status.last_success is not None and not self._last_failure:
            at = status.last_success.astimezone(VIETNAM)
            return StatusItem("wifi", f"Đã nối Cổng lúc {at:%H:%M}", "ok", "open.sync")
        return StatusItem("wifi-off", "Ngoại tuyến – vẫn nhập bình thường", "mute", "open.sync")

    def _right_items(self) -> list[StatusItem]:
        now = self.context.clock.now()
        programme = self._station.programmes.default()
        stage = programme.stage_at(now)
        items = []
        if stage is not None:
            closes = stage.closes_at.astimezone(VIETNAM)
            tone = "bad" if (closes - now).total_seconds() < 86_400 else "text2"
            text = f"Hạn {closes:%H:%M} ngày {closes:%d/%m/%Y} – còn {_left(now, closes)}"
            items.append(StatusItem("calendar", text, tone, is_needed=False))
        items.append(StatusItem("user", self._station.desk.actor() or "Chưa có tên", is_needed=False))
        return items

    def _tell_programmes(self) -> None:
        known = self._station.programmes.all()
        choices = [Choice(_short(programme.name), programme.code) for programme in known]
        self.window.header.set_programmes(choices, self._station.desk.settings().default_programme)

    def on_programme_chosen(self, code: object) -> None:
        """The programme that new initiatives belong to and figures are about."""
        self.context.settings = self._station.change_setting("default_programme", code)
        self.context.changes.publish(Changes(many_initiatives=True, quotas=True, settings=True))

    def on_changes(self, changes: Changes) -> None:
        """Something was written: the frame may say something else now."""
        if changes.settings:
            settings = self._station.desk.settings()
            self.context.settings = settings
            theme.current().choose(settings.theme, settings.text_size)
            self._sync_timer.setInterval(settings.sync_interval_minutes * 60_000)
        self.refresh()

    # The portal

    def sync_if_wanted(self) -> None:
        """The timer's exchange: only when somebody is signed in and the setting wants it."""
        if self._station.desk.settings().sync_automatically and self._station.sync.status().is_signed_in:
            self._start_sync(is_asked=False)

    def sync_now(self) -> None:
        """F9: exchange now; without a sign-in the sync screen is opened instead."""
        if not self._station.sync.status().is_signed_in:
            self.context.messages.warn(
                "Chưa đăng nhập Cổng. Đăng nhập ở màn hình Đồng bộ rồi gửi.", topic="sync"
            )
            self.context.navigate("sync")
            return
        self._start_sync(is_asked=True)

    def _start_sync(self, *, is_asked: bool) -> None:
        if self._is_syncing:
            return
        self._is_syncing, self._is_asked = True, is_asked
        self.context.jobs.start_long(
            self._exchange, title="Đang gửi và nhận với Cổng", done=self.on_synced, failed=self.on_sync_failed
        )
        self.refresh()

    def _exchange(self, progress: Progress) -> Outcome:
        return self._station.sync.sync_now(progress)

    def on_synced(self, outcome: Outcome) -> None:
        """What came of it, in one sentence when somebody asked."""
        self._is_syncing, self._last_failure = False, ""
        self.context.messages.withdraw("sync")
        if self._is_asked:
            sent = sum(outcome.sent.values())
            text = "Tất cả đã ở Cổng." if outcome.all_at_portal else "Chưa phải tất cả đã ở Cổng."
            self.context.messages.done(
                f"Đã gửi {sent} sáng kiến, nhận {outcome.received} tin từ Cổng. {text}"
            )
        self.context.changes.publish(outcome.changes)

    def on_sync_failed(self, error: Exception) -> None:
        """Being offline is normal and stays quiet unless somebody asked."""
        self._is_syncing = False
        is_offline = isinstance(error, PortalFailure) and error.failure in (
            Failure.OFFLINE,
            Failure.NAME_UNKNOWN,
        )
        self._last_failure = error.code if isinstance(error, AppError) else "crash"
        if self._is_asked or not is_offline:
            self.context.failures.present(error, topic="sync")
        self.refresh()

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
        self.context.messages.done(f"{said}: {taken.name}.")
        self.context.changes.publish(taken.changes)

    def _undo_hint(self) -> str:
        return self._station.initiatives.undo_name()

    def _redo_hint(self) -> str:
        return self._station.initiatives.redo_name()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files dropped anywhere on the window land in the import screen."""
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                files = tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
                self.context.navigate("importing", Intent(files=files))
            return True
        return super().eventFilter(watched, event)


def _left(now: datetime, closes: datetime) -> str:
    seconds = int((closes - now).total_seconds())
    days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3600, seconds % 3600 // 60
    return (
        f"{days} ngày {hours} giờ" if days else f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút"
    )


def _short(name: str) -> str:
    return name if len(name) <= 42 else name[:40].rstrip() + "…"


def run(station: OpenStation) -> int:
    """Show the window and stay until it is closed."""
    app = application()
    shown = StationWindow(station, app)
    shown.show()
    try:
        return app.exec()
    finally:
        shown.close()


def screenshots(station: OpenStation, folder: Path, size: QSize = USUAL_SIZE) -> tuple[Path, ...]:
    """Every screen, painted off screen once it has loaded; the files in the order of the side bar."""
    app = application()
    shown = StationWindow(station, app)
    written: list[Path] = []
    try:
        for key in shown._keys():
            shown.window.open(key)
            written += painting.take([painting.Shot(key, _settled(shown, shown.window), size)], folder)
    finally:
        shown.close()
        shown.window.close()
    return tuple(written)


def _settled(shown: StationWindow, widget: QWidget) -> QWidget:
    """The widget once every job has come back, so that the picture shows what a person would see."""
    painting.paint(widget, USUAL_SIZE)
    loop = QEventLoop()
    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = 0 if shown.context.jobs.is_busy else quiet + 1
        if quiet == QUIET_LOOKS:
            loop.quit()

    timer = QTimer(interval=LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    return widget
