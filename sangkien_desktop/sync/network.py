"""One HTTP exchange at a time: certificates of the operating system, proxies, time limits, caps, stop within a
second. What the bytes mean is not known here."""

import base64
import hashlib
import re
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
import truststore
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sangkien_desktop.progress import Progress
from sangkien_desktop.sync.exchange import Answer, Request
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.proxies import DIRECT, ProxyChoice

CONNECT_S = 10
STALL_S = 30
"""Seconds without a byte; there is no limit on the whole, only a least speed."""
LEAST_BYTES_PER_S = 200
"""Slower than this for `GRACE_S` is a peer that drips to hold the line."""
GRACE_S = 60
BODY_CAP = 20 * 1024 * 1024
"""Bytes of an answer, raw and inflated alike."""
_POLL_S = 0.2
_PIECE = 64 * 1024
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Link:
    """A connection to one portal; for one thread at a time."""

    def __init__(self, proxies: ProxyChoice = DIRECT, *, certificates: ssl.SSLContext | None = None) -> None:
        """`certificates` only for a portal whose authority the test itself made."""
        self._live: WeakSet[HTTPConnection] = WeakSet()
        self._proxies = proxies
        self._session = requests.Session()
        # Read by our own rules: requests would also take credentials from .netrc.
        self._session.trust_env = False
        adapter = _Adapter(certificates or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), self._live)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def exchange(self, request: Request, progress: Progress) -> Answer:
        """See `Exchange`. The work runs beside, so that a stop is heard while the network is silent."""
        _check_address(request.url)
        carrying = _Carrying(self._session, request, self._proxies.for_url(request.url))
        thread = threading.Thread(target=carrying.run, name="portal-exchange", daemon=True)
        thread.start()
        try:
            while not carrying.done.wait(_POLL_S):
                progress.check()
                carrying.check_speed()
        except BaseException:
            self._cut()
            raise
        return carrying.outcome()

    def close(self) -> None:
        """Give up idle connections."""
        self._session.close()

    def _cut(self) -> None:
        for connection in tuple(self._live):
            sock = connection.sock
            if sock is not None:
                try:
                    sock.shutdown(2)
                except OSError:
                    continue
        self._session.close()


class _Carrying:
    """One exchange on its own thread."""

    def __init__(self, session: requests.Session, request: Request, proxies: Mapping[str, str]) -> None:
        self.done = threading.Event()
        self._session = session
        self._request = request
        self._proxies = dict(proxies)
        self._began = time.monotonic()
        self._received = 0
        self._answer: Answer | None = None
        self._failure: PortalFailure | None = None
        self._bug: BaseException | None = None

    def run(self) -> None:
        try:
            self._answer = self._carry()
        except PortalFailure as failure:
            self._failure = failure
        except BaseException as bug:  # noqa: BLE001 - handed to the caller's thread, raised there
            self._bug = bug
        finally:
            self.done.set()

    def check_speed(self) -> None:
        """Raise PortalFailure when the exchange has been slower than any real line for too long."""
        passed = time.monotonic() - self._began
        moved = self._received + len(self._request.body or b"")
        if passed > GRACE_S + CONNECT_S and moved / passed < LEAST_BYTES_PER_S:
            raise PortalFailure(Failure.STALLED)

    def outcome(self) -> Answer:
        if self._failure is not None:
            raise self._failure
        if self._bug is not None:
            raise self._bug
        assert self._answer is not None
        return self._answer

    def _carry(self) -> Answer:
        request = self._request
        try:
            with self._session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                proxies=self._proxies,
                timeout=(CONNECT_S, STALL_S),
                allow_redirects=False,
                stream=True,
            ) as response:
                raw = self._read(response)
                headers = {name.lower(): value for name, value in response.headers.items()}
                status = response.status_code
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
            raise PortalFailure(failure_of(error)) from error
        body = b"" if request.method == "HEAD" else _opened(headers, raw)
        return Answer(status, headers, body, time.monotonic() - self._began)

    def _read(self, response: requests.Response) -> bytes:
        pieces: list[bytes] = []
        while piece := response.raw.read(_PIECE, decode_content=False):
            self._received += len(piece)
            if self._received > BODY_CAP:
                raise PortalFailure(Failure.BAD_ANSWER, status=response.status_code)
            pieces.append(piece)
        return b"".join(pieces)


def _opened(headers: Mapping[str, str], raw: bytes) -> bytes:
    """The content: digest checked over what travelled, then inflated."""
    claimed = re.search(r"sha-256=:([A-Za-z0-9+/=]+):", headers.get("content-digest", ""))
    if claimed and claimed[1] != base64.b64encode(hashlib.sha256(raw).digest()).decode():
        raise PortalFailure(Failure.BAD_ANSWER)
    coding = headers.get("content-encoding", "identity").lower()
    if coding == "identity" or not raw:
        return raw
    if coding != "gzip":
        raise PortalFailure(Failure.BAD_ANSWER)
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(raw, BODY_CAP + 1)
    except zlib.error as error:
        raise PortalFailure(Failure.BAD_ANSWER) from error
    if len(plain) > BODY_CAP or not inflater.eof:
        raise PortalFailure(Failure.BAD_ANSWER)
    return plain


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise PortalFailure(Failure.BAD_ADDRESS) from error
    if not host or parts.scheme not in ("https", "http"):
        raise PortalFailure(Failure.BAD_ADDRESS)
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise PortalFailure(Failure.BAD_ADDRESS)


def _proxy_failure(text: str) -> Failure:
    if "407" in text:
        return Failure.PROXY_AUTH
    # Behind a proxy a captive portal answers CONNECT with a redirect or with 511.
    return Failure.CAPTIVE if re.search(r"\b(30[12378]|511)\b", text) else Failure.PROXY


def _tls_failure(text: str) -> Failure:
    lowered = text.lower()
    if "wrong_version_number" in lowered or "http request" in lowered:
        return Failure.CAPTIVE
    if "expired" in lowered or "not yet valid" in lowered:
        return Failure.TLS_CLOCK
    if "hostname" in lowered or "doesn't match" in lowered or "ip address mismatch" in lowered:
        return Failure.TLS_NAME
    if "certificate" in lowered or "self-signed" in lowered or "self signed" in lowered:
        return Failure.TLS_UNTRUSTED
    return Failure.CUT if "eof" in lowered else Failure.TLS


# The first line whose exceptions occur anywhere in the chain of causes wins.
_MEANINGS: tuple[tuple[tuple[type[BaseException], ...], Callable[[str], Failure]], ...] = (
    ((UnicodeError,), lambda _: Failure.PROXY_PASSWORD),
    ((requests.exceptions.ProxyError, urllib3.exceptions.ProxyError), _proxy_failure),
    ((ssl.SSLError, requests.exceptions.SSLError), _tls_failure),
    ((requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema), lambda _: Failure.BAD_ADDRESS),
    ((urllib3.exceptions.NameResolutionError,), lambda _: Failure.NAME_UNKNOWN),
    (
        (requests.exceptions.ConnectTimeout, urllib3.exceptions.NewConnectionError),
        lambda _: Failure.OFFLINE,
    ),
    ((requests.exceptions.Timeout, urllib3.exceptions.TimeoutError), lambda _: Failure.STALLED),
)


def failure_of(error: BaseException) -> Failure:
    """Which failure a library's exception means, read from its whole chain of causes."""
    chain = list(_causes(error))
    text = " ".join(str(cause) for cause in chain)
    for kinds, meaning in _MEANINGS:
        if any(isinstance(cause, kinds) for cause in chain):
            return meaning(text)
    return Failure.CUT


def _causes(error: BaseException | None) -> Any:
    """The exception, its arguments and its causes, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [argument for argument in current.args if isinstance(argument, BaseException)]
        waiting.extend([*inner, getattr(current, "reason", None), current.__cause__, current.__context__])
        waiting = [one for one in waiting if isinstance(one, BaseException)]


class _Adapter(HTTPAdapter):
    """requests on the operating system's certificates, knowing its open connections."""

    def __init__(self, certificates: ssl.SSLContext, live: "WeakSet[HTTPConnection]") -> None:
        self._certificates = certificates
        self._pools = _tracked_pools(live)
        super().__init__(pool_connections=4, pool_maxsize=4, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._certificates, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._certificates, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        # The parent would hand urllib3 the certifi bundle; here only the system's store decides.
        conn.cert_reqs = "CERT_REQUIRED"


def _tracked_pools(live: "WeakSet[HTTPConnection]") -> dict[str, type[HTTPConnectionPool]]:
    class TrackedHttp(HTTPConnection):
        def connect(self) -> None:
            live.add(self)
            super().connect()

    class TrackedHttps(HTTPSConnection):
        def connect(self) -> None:
            live.add(self)
            super().connect()

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = TrackedHttp

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = TrackedHttps

    return {"http": HttpPool, "https": HttpsPool}
