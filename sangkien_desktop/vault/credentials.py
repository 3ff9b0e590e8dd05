"""The operating system's own keyring: one wrapping key goes in, nothing else, and only into a known kind."""

import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sangkien_desktop.errors import AppError

SERVICE = "SangKien Desktop"
TIMEOUT_S = 3.0
_ALLOWED = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
"""Kinds that encrypt what they hold. Files and unknown kinds are never used, not even as a last resort."""
_T = TypeVar("_T")


class CredentialStore(Protocol):
    """Where a device's wrapping key lies."""

    def put(self, account: str, secret: str) -> None:
        """Keep a secret; raises AppError `keyring-unavailable`."""

    def get(self, account: str) -> str | None:
        """The secret; None when there is none. Raises AppError `keyring-unavailable`."""

    def delete(self, account: str) -> None:
        """Forget a secret; one that is not there is no error."""


def unavailable() -> AppError:
    """There is no keyring that may be used, or it is locked, or it does not answer."""
    return AppError(
        "Kho khóa của máy không dùng được hoặc đang khóa.",
        hint="Mở kho khóa của hệ điều hành rồi thử lại, hoặc dùng mật khẩu hay mã khôi phục.",
        code="keyring-unavailable",
    )


class SystemKeyring:
    """The keyring of this operating system. Every call ends within seconds, whatever the keyring does."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._backend: Any = None

    def probe(self) -> bool:
        """Whether a secret can be written, read and deleted here."""
        account = "probe"
        try:
            self.put(account, "probe")
            was_kept = self.get(account) == "probe"
            self.delete(account)
        except AppError:
            return False
        return was_kept

    def put(self, account: str, secret: str) -> None:
        """Keep a secret on this machine only."""
        self._timed(lambda: self._chosen().set_password(SERVICE, account, secret))

    def get(self, account: str) -> str | None:
        """The secret; None when there is none."""
        kept: str | None = self._timed(lambda: self._chosen().get_password(SERVICE, account))
        return kept

    def delete(self, account: str) -> None:
        """Forget a secret."""
        from keyring.errors import PasswordDeleteError

        def forget() -> None:
            try:
                self._chosen().delete_password(SERVICE, account)
            except PasswordDeleteError:
                return

        self._timed(forget)

    def _chosen(self) -> Any:
        if self._backend is None:
            self._backend = allowed_backend()
        return self._backend

    def _timed(self, work: Callable[[], _T]) -> _T:
        """The work's answer. A keyring that waits for a prompt nobody sees is given up, its thread left alone."""
        answers: list[_T] = []
        failures: list[Exception] = []

        def run() -> None:
            try:
                answers.append(work())
            except Exception as error:  # noqa: BLE001 - keyrings raise whatever their system raises
                failures.append(error)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        if not answers:
            raise unavailable() from (failures[0] if failures else None)
        return answers[0]


def allowed_backend() -> Any:
    """The best keyring of an allowed kind that works here; raises AppError. Loads keyrings when first asked."""
    from keyring import backend

    found: list[Any] = [one for one in backend.get_all_keyring() if _name(one) in _ALLOWED]
    if not found:
        raise unavailable()
    best: Any = max(found, key=lambda one: float(one.priority))
    if _name(best).endswith("WinVaultKeyring"):
        # The default roams to other computers with the Windows profile.
        best.persist = "local machine"
    return best


def _name(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"
