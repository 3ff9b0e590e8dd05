"""What happens to bytes before and after every route: marks, digests, compression, caps."""

import base64
import binascii
import gzip
import hashlib
import json
import logging
import uuid
import zlib
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_portal.problems import Problem
from reference_portal.settings import PORTAL_ID, Limits

log = logging.getLogger(__name__)
INFLATION_MAX = 20
CHUNK_TYPE = "application/offset+octet-stream"
COMPRESS_FROM = 1024


def digest_field(content: bytes) -> str:
    """Content-Digest (RFC 9530) of a message's content as sent."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


class Marks:
    """Gives every answer Sk-Portal, a trace id, a digest, and gzip where asked; the outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answers in one piece are held until they are whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace_id = str(uuid.uuid4())
        scope.setdefault("state", {})["trace_id"] = trace_id
        reply = _Reply(scope, send, trace_id)
        try:
            await self._app(scope, receive, reply.send)
        except Exception:  # the last answer to our own bugs: a problem document and a line in the log
            log.exception("request failed: trace %s", trace_id)
            if reply.has_started:
                raise
            await send_problem(Problem("server-error", after_s=30), trace_id, reply.send)


class _Reply:
    def __init__(self, scope: Scope, send: Send, trace_id: str) -> None:
        self._accepts_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        self._is_head = scope["method"] == "HEAD"
        self._send = send
        self._trace_id = trace_id
        self._start: Message | None = None
        self._held: list[bytes] = []
        self._streams = False
        self.has_started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers["Sk-Portal"] = PORTAL_ID
            headers["Sk-Trace-Id"] = self._trace_id
            headers.setdefault("Cache-Control", "no-store")
            headers["X-Content-Type-Options"] = "nosniff"
            self._streams = not _is_whole(headers)
            self._start = message
            if self._streams:
                self.has_started = True
                await self._send(message)
            return
        if self._streams:
            await self._send(message)
            return
        self._held.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._send_whole(b"".join(self._held))

    async def _send_whole(self, content: bytes) -> None:
        assert self._start is not None
        headers = MutableHeaders(raw=self._start["headers"])
        if content and self._accepts_gzip and len(content) >= COMPRESS_FROM:
            content = gzip.compress(content, 5, mtime=0)
            headers["Content-Encoding"] = "gzip"
            headers.add_vary_header("Accept-Encoding")
        if content and not self._is_head:
            headers["Content-Digest"] = digest_field(content)
            headers["Content-Length"] = str(len(content))
        self.has_started = True
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": content})


def _is_whole(headers: Headers) -> bool:
    kind = headers.get("content-type", "")
    return (
        kind.startswith(("application/json", "application/problem+json", "text/html", "text/css")) or not kind
    )


class Bodies:
    """Reads request bodies whole: caps, Content-Digest and gzip are settled before any route runs."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with a plain body; a body that never came whole has no effect at all."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_chunk = headers.get("content-type", "").split(";")[0].strip() == CHUNK_TYPE
        cap = self._limits.chunk_max_bytes if is_chunk else self._limits.batch_max_bytes
        try:
            content = await _read(headers, receive, cap)
            if content is None:
                return
            check_digest(headers, content)
            content = inflate(headers, content, cap * INFLATION_MAX)
        except Problem as problem:
            await send_problem(problem, scope["state"]["trace_id"], send)
            return
        scope["state"]["body_sha256"] = hashlib.sha256(content).hexdigest()
        plain = [
            (name, value)
            for name, value in scope["headers"]
            if name not in (b"content-encoding", b"content-length", b"transfer-encoding")
        ]
        if content:
            plain.append((b"content-length", str(len(content)).encode()))
        await self._app({**scope, "headers": plain}, _replay(content, receive), send)


async def _read(headers: Headers, receive: Receive, cap: int) -> bytes | None:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal():
        raise Problem("malformed", "Content-Length không phải là số.")
    if int(declared[:20]) > cap:
        raise Problem("too-large", f"Nhận nhiều nhất {cap} byte.")
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > cap:
            raise Problem("too-large", f"Nhận nhiều nhất {cap} byte.")
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(content: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def next_message() -> Message:
        return pending.pop() if pending else await receive()

    return next_message


def check_digest(headers: Headers, content: bytes) -> None:
    """Problem when a Content-Digest with sha-256 is there and another one than the content's."""
    field = headers.get("content-digest")
    if field is None:
        return
    for name, value in _members(field):
        if name != "sha-256":
            continue
        try:
            expected = base64.b64decode(value.strip(":"), validate=True)
        except (binascii.Error, ValueError):
            raise Problem("malformed", "Content-Digest không đúng khuôn dạng.") from None
        if expected != hashlib.sha256(content).digest():
            raise Problem("malformed", "Nội dung không khớp Content-Digest; có thể đã bị cắt trên đường.")


def _members(field: str) -> Iterable[tuple[str, str]]:
    for member in field.split(","):
        name, _, value = member.strip().partition("=")
        yield name.strip().lower(), value.strip()


def inflate(headers: Headers, content: bytes, cap: int) -> bytes:
    """The content without its gzip coding; never more than `cap` bytes of it."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return content
    if coding != "gzip":
        raise Problem("unsupported-media", "Chỉ nhận Content-Encoding gzip hoặc identity.")
    decoder = zlib.decompressobj(wbits=31)
    try:
        plain = decoder.decompress(content, cap + 1)
    except zlib.error:
        raise Problem("malformed", "Nội dung gzip bị hỏng.") from None
    if len(plain) > cap:
        raise Problem("too-large", "Nội dung nén phình quá giới hạn.")
    if not decoder.eof or decoder.unused_data:
        raise Problem("malformed", "Nội dung gzip bị cắt hoặc thừa.")
    return plain


async def send_problem(problem: Problem, trace_id: str, send: Send) -> None:
    """A problem document as a bare ASGI answer."""
    content = json.dumps(problem.document(trace_id), ensure_ascii=False).encode()
    headers = [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    headers += [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
