"""Exchanges with the portal: by themselves on a timer, at once on demand, one at a time."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from sangkien_desktop.app import OpenStation
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.syncing import EXCHANGE_TITLE
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.messages import MessageAction
from sangkien_desktop.ui.navigation import Intent

FIRST_AFTER_MS = 3_000
QUIET_FAILURES = (Failure.OFFLINE, Failure.NAME_UNKNOWN, Failure.CUT, Failure.STALLED)


class PortalExchange(QObject):
    """Starts exchanges and tells what came of them."""

    changed = Signal()
    """It began, ended or failed: the frame may say something else now."""

    def __init__(self, station: OpenStation, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._context = context
        self._is_asked = False
        self._is_stopped = False
        self.is_running = False
        self.last_failure = ""
        """Code of the newest failure; empty after a success."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.start_if_wanted)
        self._watch_network()

    def begin(self) -> None:
        """The first exchange follows the window's appearance by a little."""
        self._timer.start(FIRST_AFTER_MS)

    def stop(self) -> None:
        """No exchange starts by itself any more."""
        self._is_stopped = True
        self._timer.stop()

    def plan_next(self) -> None:
        """Set the timer as the schedule says: the regular interval after a success, longer waits after failures,
        none when only a person can help."""
        wait_s = self._station.sync.next_wait_s()
        if wait_s is None:
            self._timer.stop()
        else:
            self._timer.start(round(wait_s * 1000))

    def start_if_wanted(self) -> None:
        """The timer's exchange: only when somebody is signed in and the setting wants it."""
        if self._station.desk.settings().sync_automatically and self._station.sync.status().is_signed_in:
            self._start(is_asked=False)
        else:
            self.plan_next()

    def start_now(self) -> None:
        """F9: exchange now; without a sign-in the place to sign in is opened instead."""
        if self._station.sync.status().is_signed_in:
            self._station.sync.try_now()
            self._start(is_asked=True)
        else:
            self._context.navigate("sync", Intent(topic="sign-in"))

    def _start(self, *, is_asked: bool) -> None:
        self._is_asked = self._is_asked or is_asked
        if self.is_running:
            return
        self.is_running, self._is_asked = True, is_asked
        self._context.jobs.start_long(
            self._exchange, title=EXCHANGE_TITLE, done=self.on_done, failed=self.on_failed
        ).ended.connect(self.on_ended)
        self.changed.emit()

    def _exchange(self, progress: Progress) -> Outcome:
        return self._station.sync.sync_now(progress)

    def on_done(self, outcome: Outcome) -> None:
        """What came of it, in one sentence when somebody asked."""
        self.last_failure = ""
        self._context.messages.withdraw("sync")
        self._context.changes.publish(outcome.changes)
        if self._is_asked:
            sent = sum(outcome.sent.values())
            text = "Tất cả đã ở Cổng." if outcome.all_at_portal else "Chưa phải tất cả đã ở Cổng."
            self._context.messages.done(
                f"Đã gửi {sent} sáng kiến, nhận {outcome.received} tin từ Cổng. {text}"
            )
        self._warn_of_hiding(outcome)

    def _warn_of_hiding(self, outcome: Outcome) -> None:
        if outcome.waiting_to_hide:
            self._context.messages.warn(
                f"Cổng muốn ẩn {outcome.waiting_to_hide} sáng kiến. Máy chưa ẩn gì; hỏi người quản lý Cổng trước.",
                topic="hiding",
            )

    def on_failed(self, error: Exception) -> None:
        """Being offline is normal and stays quiet unless somebody asked."""
        self.last_failure = error.code if isinstance(error, AppError) else "crash"
        is_quiet = isinstance(error, PortalFailure) and error.failure in QUIET_FAILURES
        if self._is_asked or not is_quiet:
            actions: tuple[MessageAction, ...] = ()
            if isinstance(error, PortalFailure) and error.failure is Failure.AUTH_REQUIRED:
                actions = (MessageAction("Đăng nhập", self._open_sign_in, icon="login"),)
            self._context.failures.present(error, *actions, topic="sync")

    def on_ended(self) -> None:
        """Over, well or not, or stopped; after the window has closed there is no station to ask."""
        if self._is_stopped:
            return
        self.is_running, self._is_asked = False, False
        self.plan_next()
        self.changed.emit()

    def _open_sign_in(self) -> None:
        self._context.navigate("sync", Intent(topic="sign-in"))

    def _watch_network(self) -> None:
        """When the connection returns, what waits goes at once."""
        if QNetworkInformation.loadDefaultBackend():
            information = QNetworkInformation.instance()
            if information is not None:
                information.reachabilityChanged.connect(self.on_reachability)

    def on_reachability(self, reach: QNetworkInformation.Reachability) -> None:
        """The system says how far the network reaches now."""
        if reach is QNetworkInformation.Reachability.Online:
            self._station.sync.try_now()
            self.start_if_wanted()
