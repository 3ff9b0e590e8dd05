"""Signing in by a code approved on another device (RFC 8628), renewing one at a time, signing out."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.ids import AccountId
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import accounts, outbox, sync_marks
from sangkien_desktop.storage.accounts import Account, AuthState, StoredTokens
from sangkien_desktop.storage.database import Database
from sangkien_desktop.sync.client import Credentials, OAuthRefused, PortalClient
from sangkien_desktop.sync.failures import Failure, PortalFailure, Reach
from sangkien_desktop.sync.wire.portal import DeviceCode, Me, Meta, Tokens

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
__all__ = [
    "AccountCredentials",
    "Credentials",
    "FreshTokens",
    "keep_sign_in",
    "sign_out",
    "tokens_by_device",
    "wait_for",
]

SLOW_DOWN_S = 5
RENEW_BEFORE = timedelta(seconds=60)
_TICK_S = 0.2

Wait = Callable[[float, Progress], None]


def wait_for(seconds: float, progress: Progress) -> None:
    """Let time pass while a stop is heard within a fifth of a second. Raises Cancelled."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while (left := end - time.monotonic()) > 0:
        progress.check()
        pause.wait(min(left, _TICK_S))
    progress.check()


def tokens_by_device(
    client: PortalClient,
    issuer: str,
    show: Callable[[DeviceCode], None],
    progress: Progress,
    *,
    wait: Wait = wait_for,
) -> Tokens:
    """Tokens once somebody has approved the code that `show` is given.

    Raises AppError when the code was denied or ran out, Cancelled when the person gave up.
    """
    code = client.begin_device(issuer, progress)
    show(code)
    interval_s = float(code.interval)
    ends = time.monotonic() + code.expires_in
    form = {"grant_type": DEVICE_GRANT, "device_code": code.device_code, "client_id": "sangkien-desktop"}
    while time.monotonic() < ends:
        wait(interval_s, progress)
        try:
            return client.take_tokens(issuer, form, progress)
        except OAuthRefused as refused:
            if refused.error not in ("authorization_pending", "slow_down"):
                raise _said(refused) from refused
            # RFC 8628 §3.5: slow_down adds five seconds for good.
            interval_s += SLOW_DOWN_S if refused.error == "slow_down" else 0
        except PortalFailure as failure:
            if failure.reach is Reach.PERSON:
                raise
            interval_s = min(interval_s * 2, 60.0)
    raise _said(OAuthRefused("expired_token"))


_SENTENCES = {
    "access_denied": AppError(
        "Yêu cầu đăng nhập đã bị từ chối.", hint="Bấm đăng nhập lại để lấy mã mới.", code="sign_in_denied"
    ),
    "expired_token": AppError(
        "Mã đăng nhập đã hết hạn.", hint="Bấm đăng nhập lại để lấy mã mới.", code="sign_in_expired"
    ),
}
_REFUSED = AppError(
    "Cổng không cho đăng nhập bằng cách này.",
    hint="Thử lại; nếu vẫn vậy, hỏi người quản lý Cổng.",
    code="sign_in_refused",
)


def _said(refused: OAuthRefused) -> AppError:
    known = _SENTENCES.get(refused.error, _REFUSED)
    return AppError(known.sentence, hint=known.hint, code=known.code)


def keep_sign_in(
    database: Database, clock: Clock, tokens: Tokens, me: Me, meta: Meta, address: str
) -> Account:
    """Remember the account and its tokens, and register the station with the portal.

    Raises PortalFailure when the station belongs to another portal and still has work for that one.
    """
    account = Account(
        id=me.account_id,
        name=me.name,
        unit_code=me.unit_code,
        unit_name=me.unit_name,
        role=me.role,
        state=AuthState.SIGNED_IN,
        portal_id=meta.portal_id,
        issuer=meta.issuer,
        acting_for=me.acting_for,
    )
    with database.write() as session:
        station = sync_marks.ensure_station(session)
        if station.portal_id not in (None, meta.portal_id):
            raise PortalFailure(Failure.WRONG_PORTAL)
        epoch = station.portal_epoch or meta.epoch
        sync_marks.pin_portal(session, portal_id=meta.portal_id, epoch=epoch, url=address)
        accounts.sign_in(session, account, stored(tokens, clock))
        outbox.adopt(session, account.id)
    return account


def stored(tokens: Tokens, clock: Clock) -> StoredTokens:
    """Tokens as they are kept."""
    return StoredTokens(tokens.access, tokens.refresh, clock.now() + timedelta(seconds=tokens.expires_in_s))


class FreshTokens:
    """Tokens that have just been issued and are not kept anywhere yet."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def access_token(self, _progress: Progress) -> str:
        """See `Credentials`."""
        return self._tokens.access

    def renewed(self, _stale: str, _progress: Progress) -> str:
        """See `Credentials`: a fresh token that is refused will not get better."""
        raise PortalFailure(Failure.AUTH_REQUIRED)


class AccountCredentials:
    """The tokens of one account for the client; renews them one at a time, however many threads ask."""

    def __init__(self, database: Database, issuing: PortalClient, account: Account, clock: Clock) -> None:
        """`issuing` is a client that signs nothing."""
        self._database = database
        self._issuing = issuing
        self._account = account
        self._clock = clock
        self._renewing = threading.Lock()

    def access_token(self, progress: Progress) -> str:
        """See `Credentials`. Renews a minute before the end by the PC's clock; a wrong clock only costs a 401."""
        tokens = self._stored()
        if tokens.expires_at - self._clock.now() > RENEW_BEFORE:
            return tokens.access
        return self.renewed(tokens.access, progress)

    def renewed(self, stale: str, progress: Progress) -> str:
        """See `Credentials`."""
        with self._renewing:
            tokens = self._stored()
            if tokens.access != stale:
                return tokens.access
            form = {
                "grant_type": "refresh_token",
                "refresh_token": tokens.refresh,
                "client_id": "sangkien-desktop",
            }
            try:
                fresh = self._issuing.take_tokens(self._account.issuer, form, progress)
            except OAuthRefused as refused:
                self._expire()
                raise PortalFailure(Failure.AUTH_REQUIRED, status=401, problem=refused.error) from refused
            with self._database.write() as session:
                accounts.put_tokens(session, self._account.id, stored(fresh, self._clock))
            return fresh.access

    def _stored(self) -> StoredTokens:
        with self._database.read() as session:
            tokens = accounts.tokens(session, self._account.id)
        if tokens is None:
            raise PortalFailure(Failure.AUTH_REQUIRED)
        return tokens

    def _expire(self) -> None:
        with self._database.write() as session:
            accounts.put_state(session, self._account.id, AuthState.EXPIRED)


def sign_out(database: Database, issuing: PortalClient, account: Account, progress: Progress) -> None:
    """Forget the tokens here, and tell the portal if it can be reached; work waiting is left as it is."""
    with database.write() as session:
        tokens = accounts.tokens(session, AccountId(account.id))
        accounts.put_state(session, account.id, AuthState.SIGNED_OUT)
    if tokens is None:
        return
    try:
        issuing.revoke(account.issuer, tokens.refresh, progress)
    except (PortalFailure, OAuthRefused):
        # The portal forgets the sign-in by itself when it is no longer renewed.
        return
