"""The portal over HTTP: one method per endpoint, and the marks by which a real answer is known."""

import base64
import gzip
import hashlib
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit

from sangkien_desktop import __version__
from sangkien_desktop.domain.ids import BatchId, InitiativeId, OperationId, new_id
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.progress import Progress
from sangkien_desktop.sync.exchange import Answer, Exchange, Request
from sangkien_desktop.sync.failures import Failure, PortalFailure, of_status, retry_after_s
from sangkien_desktop.sync.port import RawAnswer
from sangkien_desktop.sync.wire.batches import Looked, json_object, lookup_bytes, read_lookup
from sangkien_desktop.sync.wire.documents import UnitCodes
from sangkien_desktop.sync.wire.feed import STREAMS, Page, SnapshotPage, read_page, read_snapshot
from sangkien_desktop.sync.wire.files import Declared, declaration, read_declared
from sangkien_desktop.sync.wire.portal import (
    DeviceCode,
    Me,
    Meta,
    Tokens,
    oauth_error,
    read_device_code,
    read_me,
    read_meta,
    read_tokens,
)

PORTAL_MARK = "sangkien-portal"
GZIP_FROM = 1024
_JSON = ("application/json", "application/problem+json")


class Credentials(Protocol):
    """Where requests get their access token from."""

    def access_token(self, progress: Progress) -> str:
        """A token that should still be good. Raises PortalFailure(AUTH_REQUIRED) when nobody is signed in."""

    def renewed(self, stale: str, progress: Progress) -> str:
        """Another token after `stale` was refused; one renewal at a time. Raises AUTH_REQUIRED when it is over."""


class OAuthRefused(Exception):
    """The issuer said no; `error` is its word (RFC 6749 §5.2, RFC 8628 §3.5)."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class PortalClient:
    """Implements PortalPort over HTTP."""

    def __init__(
        self,
        link: Exchange,
        address: str,
        station_id: str,
        credentials: Credentials | None = None,
        *,
        log: Callable[[Request, Answer | None, str], None] | None = None,
    ) -> None:
        """`address` is the portal's own, without `/api/v1`; `log` hears of every exchange, after it."""
        self.link = link
        self._root = address.rstrip("/").removesuffix("/api/v1") + "/api/v1"
        self._station_id = station_id
        self._credentials = credentials
        self._log = log
        self._gzip_refused = False

    def close(self) -> None:
        """Give up idle connections."""
        self.link.close()

    # --- what needs no sign-in

    def meta(self, progress: Progress) -> Meta:
        """GET /meta."""
        return read_meta(self._ask("GET", "/meta", progress, signed=False).body)

    def begin_device(self, issuer: str, progress: Progress) -> DeviceCode:
        """POST /oauth/device_authorization."""
        form = {"client_id": "sangkien-desktop"}
        return read_device_code(self._oauth(issuer, "device_authorization", form, progress))

    def take_tokens(self, issuer: str, form: Mapping[str, str], progress: Progress) -> Tokens:
        """POST /oauth/token with any grant. Raises OAuthRefused."""
        return read_tokens(self._oauth(issuer, "token", form, progress))

    def revoke(self, issuer: str, token: str, progress: Progress) -> None:
        """POST /oauth/revoke; unknown tokens are no error."""
        self._oauth(issuer, "revoke", {"token": token}, progress)

    # --- what needs a sign-in

    def me(self, progress: Progress) -> Me:
        """GET /me."""
        return read_me(self._ask("GET", "/me", progress).body)

    def push(self, batch_id: BatchId, body: bytes, progress: Progress) -> RawAnswer:
        """POST /batches."""
        answer = self._send("/batches", body, progress, {"Idempotency-Key": batch_id})
        return _raw(answer)

    def batch(self, batch_id: BatchId, progress: Progress) -> RawAnswer:
        """GET /batches/{batch_id}."""
        return _raw(self._ask("GET", f"/batches/{batch_id}", progress))

    def lookup(self, op_ids: tuple[OperationId, ...], units: UnitCodes, progress: Progress) -> Looked:
        """POST /ops/lookup."""
        return read_lookup(self._send("/ops/lookup", lookup_bytes(op_ids), progress, {}).body, units)

    def changes(self, cursor: str, limit: int, progress: Progress) -> Page:
        """GET /changes."""
        query = {"limit": str(limit), "streams": ",".join(STREAMS)} | ({"cursor": cursor} if cursor else {})
        return read_page(self._ask("GET", f"/changes?{urlencode(query)}", progress).body)

    def snapshot(self, stream: str, after: str, as_of: str, progress: Progress) -> SnapshotPage:
        """GET /snapshot/{stream}."""
        query = {name: value for name, value in (("after", after), ("as_of", as_of)) if value}
        path = f"/snapshot/{quote(stream)}?{urlencode(query)}"
        return read_snapshot(self._ask("GET", path, progress).body)

    # --- files

    def declare_file(self, record: InitiativeId, file: Attachment, progress: Progress) -> Declared:
        """PUT /attachments/{attachment_id}."""
        headers = {"Content-Type": "application/json"}
        body = declaration(record, file)
        return read_declared(self._ask("PUT", f"/attachments/{file.id}", progress, body, headers).body)

    def upload_offset(self, url: str, progress: Progress) -> int:
        """HEAD of an upload."""
        return _offset(self._ask("HEAD", url, progress, headers={"Tus-Resumable": "1.0.0"}))

    def send_piece(self, url: str, offset: int, piece: bytes, progress: Progress) -> int:
        """PATCH of an upload."""
        digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
        }
        return _offset(self._ask("PATCH", url, progress, piece, headers))

    # --- how

    def _url(self, path: str) -> str:
        """An address at this portal; a token never goes anywhere else."""
        if path.startswith("/"):
            return self._root + path
        if _origin(path) != _origin(self._root):
            raise PortalFailure(Failure.BAD_ADDRESS)
        return path

    def _oauth(self, issuer: str, path: str, form: Mapping[str, str], progress: Progress) -> bytes:
        if _origin(issuer) != _origin(self._root) and urlsplit(issuer).scheme != "https":
            raise PortalFailure(Failure.BAD_ADDRESS)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        request = self._request(
            "POST", f"{issuer.rstrip('/')}/oauth/{path}", urlencode(form).encode(), headers
        )
        answer = self._exchange(request, progress)
        if answer.status == 400 and (error := oauth_error(answer.body)):
            raise OAuthRefused(error)
        return _checked(answer).body

    def _send(self, path: str, body: bytes, progress: Progress, headers: Mapping[str, str]) -> Answer:
        plain = {"Content-Type": "application/json", **headers}
        if self._gzip_refused or len(body) < GZIP_FROM:
            return self._ask("POST", path, progress, body, plain | _digest(body))
        packed = gzip.compress(body, 6, mtime=0)
        try:
            return self._ask(
                "POST", path, progress, packed, plain | _digest(packed) | {"Content-Encoding": "gzip"}
            )
        except PortalFailure as failure:
            if failure.failure is not Failure.UNSUPPORTED_MEDIA:
                raise
        self._gzip_refused = True
        return self._ask("POST", path, progress, body, plain | _digest(body))

    def _ask(
        self,
        method: str,
        path: str,
        progress: Progress,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        signed: bool = True,
    ) -> Answer:
        plain = dict(headers or {})
        if not signed or self._credentials is None:
            return _checked(self._exchange(self._request(method, self._url(path), body, plain), progress))
        token = self._credentials.access_token(progress)
        answer = self._signed(method, path, body, plain, token, progress)
        if answer.status == 401:
            token = self._credentials.renewed(token, progress)
            answer = self._signed(method, path, body, plain, token, progress)
        return _checked(answer)

    def _signed(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
        token: str,
        progress: Progress,
    ) -> Answer:
        signed = headers | {"Authorization": f"Bearer {token}"}
        return self._exchange(self._request(method, self._url(path), body, signed), progress)

    def _request(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Request:
        common = {
            "Accept": ", ".join(_JSON),
            "Accept-Encoding": "gzip",
            "Accept-Language": "vi",
            "User-Agent": f"sangkien-desktop/{__version__} ({platform.system().lower()}; {platform.machine()})",
            "Sk-Station-Id": self._station_id,
            "Sk-Request-Id": new_id(),
        }
        return Request(method, url, {**common, **headers}, body)

    def _exchange(self, request: Request, progress: Progress) -> Answer:
        try:
            answer = self.link.exchange(request, progress)
            check_marks(answer, is_head=request.method == "HEAD")
        except PortalFailure as failure:
            self._tell(request, None, failure.code)
            raise
        self._tell(request, answer, "")
        return answer

    def _tell(self, request: Request, answer: Answer | None, problem: str) -> None:
        if self._log is not None:
            self._log(request, answer, problem)


def check_marks(answer: Answer, *, is_head: bool = False) -> None:
    """Raise PortalFailure unless the portal itself gave this answer: a proxy's or a captive portal's page has
    not its mark, or not its content type."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_marked = answer.headers.get("sk-portal") == PORTAL_MARK
    if (300 <= answer.status < 400 and answer.status != 304) or answer.status == 511:
        raise PortalFailure(Failure.CAPTIVE, status=answer.status)
    if is_marked and (kind in _JSON or not answer.body):
        if is_head or answer.body or answer.status in (204, 304) or answer.status >= 400:
            return
        raise PortalFailure(Failure.BAD_ANSWER, status=answer.status)
    if answer.status == 407:
        raise PortalFailure(Failure.PROXY_AUTH, status=407)
    if answer.status >= 500 or answer.status in (408, 429):
        # A gateway between here and the portal; its Retry-After is as good as the portal's.
        raise _failed(answer)
    raise PortalFailure(
        Failure.CAPTIVE if kind == "text/html" else Failure.NOT_A_PORTAL, status=answer.status
    )


def _checked(answer: Answer) -> Answer:
    if 200 <= answer.status < 300:
        return answer
    raise _failed(answer)


def _failed(answer: Answer) -> PortalFailure:
    problem = ""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        try:
            said = json_object(answer.body)
            problem = str(said.get("code") or str(said.get("type") or "").rpartition("/")[2])
        except PortalFailure:
            problem = ""
    return PortalFailure(
        of_status(answer.status, problem),
        status=answer.status,
        retry_after_s=_wait(answer),
        problem=problem,
        trace_id=answer.headers.get("sk-trace-id", ""),
    )


def _wait(answer: Answer) -> float | None:
    return retry_after_s(answer.headers.get("retry-after"), now=datetime.now(UTC))


def _raw(answer: Answer) -> RawAnswer:
    is_taken = answer.status == 202
    return RawAnswer(answer.body, answer.status, (_wait(answer) or 5.0) if is_taken else None)


def _offset(answer: Answer) -> int:
    text = answer.headers.get("upload-offset", "")
    if not text.isdecimal():
        raise PortalFailure(Failure.BAD_ANSWER, status=answer.status)
    return int(text)


def _digest(body: bytes) -> dict[str, str]:
    return {"Content-Digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"}


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
