"""Faults on request, for tests and training: only in a portal that was started so.

`POST /faults` with a list of faults; each strikes the next requests whose path begins as it says.
`GET /faults` tells what is left, `DELETE /faults` takes all away.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_portal.problems import Problem
from reference_portal.transport import send_problem

Action = Literal["drop_request", "drop_answer", "delay", "status", "truncate", "html", "empty", "too_large"]
PROBLEM_OF = {
    401: "token-expired",
    403: "forbidden-unit",
    404: "not-found",
    409: "in-progress",
    410: "cursor-expired",
    413: "too-large",
    415: "unsupported-media",
    426: "client-too-old",
    429: "rate-limited",
    503: "maintenance",
}


class FaultRule(BaseModel):
    """One fault. `drop_request` cuts before anything is done, `drop_answer` after all is done; `truncate` sends
    `at` bytes of the answer; `too_large` refuses bodies above `at` bytes; `status` answers with `status`."""

    action: Action
    path: Annotated[str, Field(max_length=200)] = "/api/v1/"
    method: Annotated[str, Field(max_length=10)] = ""
    skip: Annotated[int, Field(ge=0, le=10**6)] = 0
    times: Annotated[int, Field(ge=1, le=10**6)] = 1
    status: Annotated[int, Field(ge=400, le=599)] = 500
    retry_after: Annotated[str, Field(max_length=60)] = ""
    """Sent word for word: seconds, a date, or rubbish."""
    at: Annotated[int, Field(ge=0, le=10**9)] = 0
    delay_s: Annotated[float, Field(ge=0, le=120)] = 0


class FaultsOut(BaseModel):
    """What has not struck yet."""

    faults: list[FaultRule]


@dataclass
class Faults:
    """The faults still to come, shared by the routes and the layer that lets them strike."""

    rules: list[FaultRule] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def take(self, method: str, path: str, size: int) -> FaultRule | None:
        """The fault that strikes this request, counted down."""
        with self.lock:
            for rule in self.rules:
                if not path.startswith(rule.path) or rule.method not in ("", method):
                    continue
                if rule.action == "too_large" and size <= rule.at:
                    continue
                if rule.skip:
                    rule.skip -= 1
                    continue
                rule.times -= 1
                self.rules = [each for each in self.rules if each.times > 0]
                return rule
        return None


def router(faults: Faults) -> APIRouter:
    """The routes by which tests ask for faults."""
    routes = APIRouter(include_in_schema=False)

    def told() -> FaultsOut:
        return FaultsOut(faults=list(faults.rules))

    @routes.get("/faults")
    def list_faults() -> FaultsOut:
        return told()

    @routes.post("/faults")
    def add_faults(wanted: list[FaultRule]) -> FaultsOut:
        with faults.lock:
            faults.rules = [*faults.rules, *wanted]
        return told()

    @routes.delete("/faults")
    def clear_faults(_request: Request) -> FaultsOut:
        with faults.lock:
            faults.rules = []
        return told()

    return routes


class FaultLayer:
    """Outermost of all: what strikes here looks to the client like the network or a proxy."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or strike."""
        if scope["type"] != "http" or scope["path"].startswith("/faults"):
            await self._app(scope, receive, send)
            return
        rule = self._faults.take(scope["method"], scope["path"], _size(scope["headers"]))
        if rule is None:
            await self._app(scope, receive, send)
            return
        if rule.delay_s:
            await asyncio.sleep(rule.delay_s)
        await self._strike(rule, scope, receive, send)

    async def _strike(self, rule: FaultRule, scope: Scope, receive: Receive, send: Send) -> None:
        if rule.action == "delay":
            await self._app(scope, receive, send)
        elif rule.action in ("status", "too_large"):
            await _refuse(rule, send)
        elif rule.action in ("html", "empty"):
            await _strange(rule, send)
        elif rule.action == "truncate":
            await self._app(scope, receive, _Cut(send, rule.at))
            await _hang_up(receive)
        else:
            if rule.action == "drop_answer":
                await self._app(scope, receive, _swallow)
            await _hang_up(receive)


async def _hang_up(receive: Receive) -> None:
    """Close the connection under the server's hands; ASGI has no word for it, so this leans on Uvicorn."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("asked for")
    transport.close()
    # The server must notice before this request ends, or it would answer 500 into the closed connection.
    await receive()
    await asyncio.sleep(0)


class _Cut:
    """Sends the head and the first bytes of the answer and keeps the rest back."""

    def __init__(self, send: Send, left: int) -> None:
        self._send = send
        self._left = left

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._send(message)
            return
        body = message.get("body", b"")[: max(self._left, 0)]
        self._left -= len(body)
        await self._send({"type": "http.response.body", "body": body, "more_body": True})


async def _swallow(_message: Message) -> None:
    """An answer that nobody gets."""


async def _refuse(rule: FaultRule, send: Send) -> None:
    status = 413 if rule.action == "too_large" else rule.status
    headers = {"Retry-After": rule.retry_after} if rule.retry_after else {}
    problem = Problem(PROBLEM_OF.get(status, "server-error"), headers=headers)

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "status": status}
            message["headers"] = [*message["headers"], (b"sk-portal", b"sangkien-portal")]
        await send(message)

    await send_problem(problem, "00000000-0000-0000-0000-000000000000", marked)


async def _strange(rule: FaultRule, send: Send) -> None:
    """What a captive portal or a proxy answers: 200, and not ours."""
    content = b"<html><body>Wi-Fi</body></html>" if rule.action == "html" else b""
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _size(headers: Iterable[tuple[bytes, bytes]]) -> int:
    return next((int(value) for name, value in headers if name == b"content-length" and value.isdigit()), 0)
