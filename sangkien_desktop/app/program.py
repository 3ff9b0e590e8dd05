"""What is on the screen: the first steps, the lock, or the open station; one of them at a time."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from sangkien_desktop import app as opening
from sangkien_desktop import settings
from sangkien_desktop.app import OpenStation, locking
from sangkien_desktop.app.first_steps import FirstSteps
from sangkien_desktop.app.idle import IdleWatch
from sangkien_desktop.app.window import StationWindow
from sangkien_desktop.clock import SystemClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services import backups, station
from sangkien_desktop.storage.restore import Restored
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.answers import Ending
from sangkien_desktop.ui.first_run.wizard import Wizard
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.lock.screen import LockFacts, LockScreen
from sangkien_desktop.ui.messages import MessageAction
from sangkien_desktop.ui.navigation import Intent

_log = logging.getLogger(__name__)
WRONG = ("wrong-passphrase", "wrong-recovery-code", "recovery-code-mistyped")


class Program(QObject):
    """Holds the station while it is open, and nothing of it while it is locked."""

    def __init__(self, home: Home, app: QApplication) -> None:
        super().__init__()
        self._home = home
        self._app = app
        self._clock = SystemClock()
        self._station: OpenStation | None = None
        self._shown: StationWindow | None = None
        self._lock: LockScreen | None = None
        self._wizard: Wizard | None = None
        self._steps = FirstSteps(home, self._clock)
        self._by_code = False
        self._jobs = JobRunner(self)
        self._idle = IdleWatch(app, self)
        self._idle.idle.connect(self.lock)
        app.commitDataRequest.connect(self.on_session_ending)

    def begin(self) -> None:
        """The first steps on a new PC; else open by the device, else ask."""
        chosen = settings.load(self._home.settings)
        theme.current().choose(chosen.theme, chosen.text_size)
        if not station.exists(self._home):
            self._show_first_run()
        elif locking.opens_by_device(self._home):
            self._show_lock(
                LockFacts(is_start=True, opens_by_device=True, officers=locking.officers(self._home))
            )
            self.unlock_by_device()
        else:
            self._show_lock(LockFacts(is_start=True, officers=locking.officers(self._home)))

    def end(self) -> None:
        """Close in order: work, window, station; a backup of what has changed comes in between."""
        self._jobs.close()
        left = self._steps.take_station()
        if left is not None:
            left.close()
        self._close_station(with_backup=True)

    def come_forward(self) -> None:
        """Another start of the program was made."""
        if self._shown is not None:
            self._shown.come_forward()
            return
        for one in (self._lock, self._wizard):
            if one is not None:
                one.raise_()
                one.activateWindow()

    # Open

    def open(self, opened: OpenStation, key: str = "", intent: Intent | None = None) -> None:
        """Show the window of a station that was just opened."""
        self._station = opened
        opened.on_restore_wanted = self.restore
        self._shown = StationWindow(opened)
        self._shown.lock_wanted.connect(self.lock)
        self._shown.closed.connect(self._app.quit)
        before = self._lock or self._wizard
        if before is not None:
            _stand_like(self._shown.window, before)
        if key:
            self._shown.open(key, intent or Intent())
        self._shown.show()
        self._leave_other_windows()
        self._idle.start(opened.desk.settings().lock_after_minutes)
        if self._by_code:
            self._by_code = False
            self._shown.context.messages.warn(
                "Trạm vừa mở bằng mã khôi phục. Đặt mật khẩu mới và in mã mới.",
                MessageAction("Đặt mật khẩu", self._open_keys, icon="key"),
                topic="new-passphrase",
            )

    def _open_keys(self) -> None:
        if self._shown is not None:
            self._shown.open("preferences", Intent(topic="keys"))

    def restore(self, backup: Path) -> None:
        """Close the station, put the backup in its place, and ask who opens what is there now."""
        if self._shown is None or self._station is None:
            return
        key, actor = self._station.desk.database.key, self._station.desk.actor()
        before = self._shown.window
        self._show_lock(
            LockFacts(place="Đang khôi phục bản sao lưu", officers=locking.officers(self._home)), before
        )
        self._close_station(with_backup=False)
        home, clock = self._home, self._clock
        if self._lock is not None:
            self._lock.set_busy(True)
        self._jobs.start(
            lambda: backups.put_back(home, backup, key=key, clock=clock, actor=actor),
            done=self.on_restored,
            failed=self.on_refused,
        )

    def on_restored(self, restored: Restored) -> None:
        """Open it like any other; what was there before is kept aside."""
        if self._lock is not None:
            self._lock.set_busy(False)
            count = formatting.number(restored.facts.initiatives)
            self._lock.tell(f"Đã khôi phục {count} sáng kiến. Gõ mật khẩu để mở.")

    # Lock

    def lock(self) -> None:
        """Close the database, drop the key, take every window with data away, and ask who opens."""
        if self._shown is None or self._station is None:
            return
        if not self._shown.window.settle():
            self._idle.start(self._station.desk.settings().lock_after_minutes)
            return
        facts = locking.facts_of(self._station, self._clock.now())
        before = self._shown.window
        self._show_lock(facts, before)
        self._close_station(with_backup=False)
        _log.info("locked")

    def _show_lock(self, facts: LockFacts, before: QWidget | None = None) -> None:
        self._lock = LockScreen(facts)
        self._lock.passphrase_given.connect(self.unlock)
        self._lock.code_given.connect(self.unlock_by_code)
        self._lock.device_wanted.connect(self.unlock_by_device)
        self._lock.closed.connect(self._app.quit)
        self._stand(self._lock, before)

    def unlock(self, passphrase: str, officer: str) -> None:
        """Try a passphrase; the slow hash runs in the background."""

        def work() -> OpenStation:
            opened = opening.open_station(self._home, passphrase=lambda: passphrase, clock=self._clock)
            if officer:
                opened.sit_down(officer)
            return opened

        self._jobs.start(work, done=self.open, failed=self.on_refused)

    def unlock_by_code(self, code: str) -> None:
        """Try the printed code."""
        self._by_code = True
        home, clock = self._home, self._clock
        self._jobs.start(
            lambda: opening.open_by_code(home, code, clock=clock), done=self.open, failed=self.on_refused
        )

    def unlock_by_device(self) -> None:
        """Open by this PC's keyring."""
        home, clock = self._home, self._clock
        if self._lock is not None:
            self._lock.set_busy(True)
        self._jobs.start(
            lambda: opening.open_station(home, clock=clock), done=self.open, failed=self.on_refused
        )

    def on_refused(self, error: Exception) -> None:
        """It did not open: said on the lock screen, in a sentence."""
        self._by_code = False
        if self._lock is None:
            return
        if isinstance(error, AppError):
            self._lock.refuse(f"{error.sentence} {error.hint}".strip(), is_wrong=error.code in WRONG)
        else:
            _log.exception("the station did not open", exc_info=error)
            self._lock.refuse("Máy chưa mở được trạm. Thử lại, hoặc báo bàn hỗ trợ.", is_wrong=False)

    # First run

    def _show_first_run(self) -> None:
        self._steps = FirstSteps(self._home, self._clock)
        self._wizard = Wizard(self._steps.acts(), self._jobs, Dialogs())
        self._wizard.finished.connect(self.on_first_run_finished)
        self._wizard.closed.connect(self._app.quit)
        self._stand(self._wizard)

    def on_first_run_finished(self, ending: Ending) -> None:
        """The wizard is done; its answer says where to begin."""
        opened = self._steps.take_station()
        if opened is not None:
            self.open(opened, ending.screen, ending.intent)

    # Windows

    def _stand(self, widget: QWidget, before: QWidget | None = None) -> None:
        if before is not None:
            _stand_like(widget, before)
        else:
            room = self._app.primaryScreen().availableGeometry()
            widget.resize(min(1366, room.width()), min(768, room.height()))
        widget.show()
        widget.activateWindow()

    def _leave_other_windows(self) -> None:
        for one in (self._lock, self._wizard):
            if one is not None:
                one.blockSignals(True)
                one.close()
                one.deleteLater()
        self._lock = self._wizard = None

    def _close_station(self, *, with_backup: bool) -> None:
        """Nothing that could show or hold data is left afterwards."""
        self._idle.stop()
        shown, self._shown = self._shown, None
        opened, self._station = self._station, None
        if shown is not None:
            shown.blockSignals(True)
            shown.close()
            shown.window.hide()
            shown.window.deleteLater()
            shown.deleteLater()
            self._app.clipboard().clear()
        if opened is None:
            return
        if with_backup:
            try:
                opened.backups.make_if_changed(SILENT, reason="close")
            except AppError as error:
                _log.warning("no backup on closing: %s", error.code)
        opened.close()

    def on_session_ending(self) -> None:
        """The system is shutting down: be closed before it ends us."""
        self._close_station(with_backup=False)
        QTimer.singleShot(0, self._app, self._app.quit)


def _stand_like(widget: QWidget, before: QWidget) -> None:
    """The window stands where another one stood, maximised if that was."""
    widget.setGeometry(before.normalGeometry() if before.isMaximized() else before.geometry())
    widget.setWindowState(before.windowState())
