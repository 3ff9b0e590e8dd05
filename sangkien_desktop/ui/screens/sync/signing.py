"""The act of signing in: asks the portal for a code, waits for its approval, tells how it went."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage.accounts import Account
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.jobs import Job
from sangkien_desktop.ui.screens.sync.sign_in import SignInView


class Signing(QObject):
    """Between the view and the service; one sign-in at a time."""

    done = Signal()
    """Somebody is signed in now."""
    code_given = Signal(object)

    def __init__(self, context: UiContext, view: SignInView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._job: Job | None = None
        self._address = ""
        view.start_wanted.connect(self.start)
        view.copy.clicked.connect(self.on_copy)
        self.code_given.connect(view.show_code)

    def start(self, address: str) -> None:
        """Ask for a code; an earlier one is given up."""
        self.stop()
        self._address = address.strip()
        services = self._context.services

        def work(progress: Progress) -> Account:
            account: Account = services.sync.sign_in_by_code(address, self.code_given.emit, progress)
            return account

        self._job = self._context.jobs.start_long(work, title="", done=self.on_done, failed=self.on_failed)

    def stop(self) -> None:
        """Nobody waits for an approval any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def sign_out(self) -> None:
        """Forget the sign-in; what waits keeps waiting."""
        services = self._context.services
        self._context.jobs.start_long(services.sync.sign_out, title="", done=self.on_signed_out)

    def on_done(self, account: Account) -> None:
        """Approved: the first exchange follows at once."""
        self._job = None
        self._context.messages.withdraw("sync")
        self._context.settings = self._context.services.change_setting("portal_url", self._address)
        self._context.changes.publish(Changes(sync=True, units=True, settings=True))
        self._context.messages.done(f"Đã đăng nhập Cổng: {account.name}, {account.unit_name}.")
        self.done.emit()
        self._context.actions.run("sync.now")

    def on_failed(self, error: Exception) -> None:
        """Denied, run out, or the portal was not reached: said at the field."""
        self._job = None
        if isinstance(error, AppError):
            self._view.show_problem(f"{error.sentence} {error.hint}".strip())
        else:
            self._view.show_problem("Chưa đăng nhập được. Thử lại sau ít phút.")
            self._context.failures.present(error)

    def on_signed_out(self, _nothing: object) -> None:
        """Said in the strip."""
        self._context.changes.publish(Changes(sync=True))
        self._context.messages.done("Đã đăng xuất khỏi Cổng. Việc đang chờ gửi vẫn còn nguyên.")

    def on_copy(self) -> None:
        """The code for whoever approves it."""
        QGuiApplication.clipboard().setText(self._view.code.text())
        self._context.messages.done("Đã chép mã đăng nhập.")
