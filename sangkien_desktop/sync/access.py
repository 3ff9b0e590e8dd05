"""The way in for services: sign in, sign out, exchange; builds the parts and lets them go again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from sangkien_desktop.clock import Clock
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import accounts, parcels, sync_marks
from sangkien_desktop.storage.accounts import Account, AuthState
from sangkien_desktop.storage.attachments import AttachmentStore
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.sync_marks import Call
from sangkien_desktop.sync import attempts, schedule, sign_in
from sangkien_desktop.sync.client import PortalClient
from sangkien_desktop.sync.doctor import Check, Doctor
from sangkien_desktop.sync.engine import Outcome, SyncEngine, Wiring
from sangkien_desktop.sync.exchange import Answer, Exchange, Request
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.proxies import DIRECT, ProxyChoice
from sangkien_desktop.sync.receipts import receipt_check
from sangkien_desktop.sync.wire.portal import DeviceCode
from sangkien_desktop.vault.subkeys import Purpose, subkey

OpenLink = Callable[[ProxyChoice], Exchange]


def open_http(proxies: ProxyChoice) -> Exchange:
    """A connection over HTTP."""
    # requests takes a tenth of a second to load, which a start of the program without a network can save.
    from sangkien_desktop.sync.network import Link

    return Link(proxies)


class PortalAccess:
    """One station's dealings with its portal."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        proxies: Callable[[], ProxyChoice] = lambda: DIRECT,
        open_link: OpenLink = open_http,
    ) -> None:
        """`proxies` is asked anew for every exchange, so that a changed setting holds at once."""
        self._database = database
        self._clock = clock
        self._proxies = proxies
        self._open_link = open_link

    def account(self) -> Account | None:
        """Who works with the portal now; its `state` says whether the sign-in still holds."""
        with self._database.read() as session:
            return accounts.current(session)

    def sign_in_by_device(
        self,
        address: str,
        show: Callable[[DeviceCode], None],
        progress: Progress,
        *,
        wait: sign_in.Wait = sign_in.wait_for,
    ) -> Account:
        """Register the station with the portal at `address` once somebody has approved the code given to
        `show`. Raises PortalFailure, AppError (denied, ran out) or Cancelled; then nothing has changed."""
        with self._talking(checked_address(address)) as (plain, calls):
            meta = plain.meta(progress)
            tokens = sign_in.tokens_by_device(plain, meta.issuer, show, progress, wait=wait)
            signed = self._client(plain.link, address, calls, sign_in.FreshTokens(tokens))
            me = signed.me(progress)
            return sign_in.keep_sign_in(self._database, self._clock, tokens, me, meta, address)

    def sign_out(self, progress: Progress) -> None:
        """Forget the sign-in; what waits to be sent keeps waiting."""
        account, address = self._signed_in()
        with self._talking(address) as (plain, _calls):
            sign_in.sign_out(self._database, plain, account, progress)

    def sync(self, progress: Progress) -> Outcome:
        """One whole exchange. Raises PortalFailure, Cancelled, or AppError when one is running already."""
        account, address = self._signed_in()
        if account.state is not AuthState.SIGNED_IN:
            raise PortalFailure(Failure.AUTH_REQUIRED)
        with self._talking(address) as (plain, calls):
            credentials = sign_in.AccountCredentials(self._database, plain, account, self._clock)
            client = self._client(plain.link, address, calls, credentials)
            store = AttachmentStore(
                self._database.home.attachments, subkey(self._database.key, Purpose.FILES)
            )
            wiring = Wiring(calls=calls, verify=receipt_check, files=client, read_file=store.read)
            return SyncEngine(self._database, client, account, self._clock, wiring).sync_once(progress)

    def examine(self, progress: Progress, address: str = "") -> tuple[Check, ...]:
        """The way to the portal, check by check; to the registered one when no address is given."""
        with self._database.read() as session:
            account, station = accounts.current(session), sync_marks.station(session)
        address = checked_address(address or (station.portal_url if station else "") or "")
        is_signed_in = account is not None and account.state is AuthState.SIGNED_IN
        with self._talking(address) as (plain, calls):
            client = plain
            if account is not None and is_signed_in:
                credentials = sign_in.AccountCredentials(self._database, plain, account, self._clock)
                client = self._client(plain.link, address, calls, credentials)
            doctor = Doctor(client, address, self._proxies(), self._clock, is_signed_in=is_signed_in)
            return doctor.examine(progress)

    def next_wait_s(self, interval_s: float) -> float | None:
        """Seconds until the next exchange should be tried by itself; None when only a person can help."""
        with self._database.read() as session:
            remembered = attempts.read(session)
        wait = schedule.wait_s(remembered.past, interval_s)
        if wait is None or remembered.last_at is None:
            return wait
        passed = (self._clock.now() - remembered.last_at).total_seconds()
        # A clock that was put back must not make the wait longer.
        return max(0.0, wait - max(passed, 0.0))

    def try_now(self) -> None:
        """The network came back, or a person asks: forget earlier failures and let resting operations go."""
        with self._database.write() as session:
            attempts.forget(session)
            parcels.awaken(session)

    def _signed_in(self) -> tuple[Account, str]:
        with self._database.read() as session:
            account, station = accounts.current(session), sync_marks.station(session)
        if account is None or station is None or not station.portal_url:
            raise AppError(
                "Máy này chưa đăng nhập Cổng.", hint="Đăng nhập ở màn hình Đồng bộ.", code="not_signed_in"
            )
        return account, station.portal_url

    @contextmanager
    def _talking(self, address: str) -> Iterator[tuple[PortalClient, list[Call]]]:
        with self._database.write() as session:
            sync_marks.ensure_station(session)
        calls: list[Call] = []
        link = self._open_link(self._proxies())
        try:
            yield self._client(link, address, calls, None), calls
        finally:
            link.close()

    def _client(
        self, link: Exchange, address: str, calls: list[Call], credentials: sign_in.Credentials | None
    ) -> PortalClient:
        with self._database.read() as session:
            station = sync_marks.station(session)
        assert station is not None

        def log(request: Request, answer: Answer | None, problem: str) -> None:
            calls.append(_call(self._clock, request, answer, problem))

        return PortalClient(link, address, station.id, credentials, log=log)


def _call(clock: Clock, request: Request, answer: Answer | None, problem: str) -> Call:
    return Call(
        at=clock.now(),
        method=request.method,
        path=urlsplit(request.url).path,
        status=answer.status if answer else None,
        took_ms=round(answer.took_s * 1000) if answer else None,
        size=len(answer.body) if answer else None,
        problem=problem,
        trace_id=answer.headers.get("sk-trace-id") if answer else None,
    )


def checked_address(address: str) -> str:
    """The portal's address as typed, made whole. Raises PortalFailure for what is none."""
    text = address.strip().rstrip("/")
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        is_usable = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        is_usable = False
    if not is_usable:
        raise PortalFailure(Failure.BAD_ADDRESS)
    return text
