"""What routes share in answering: documented problems, and ETags."""

import hashlib
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from reference_portal.signing import compact
from reference_portal.wire import ProblemOut

DESCRIPTIONS = {
    304: "Unchanged since If-None-Match",
    400: "Malformed",
    401: "Sign in again, or renew the token",
    403: "Not allowed to this account",
    404: "Not there",
    409: "In progress, or another offset",
    410: "Expired",
    412: "Precondition",
    413: "Too large",
    415: "Unsupported media",
    422: "Refused",
    423: "Locked",
    426: "Client too old",
    429: "Too fast",
    460: "Digest mismatch",
    503: "Maintenance",
}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds"}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented refusals of a route: these and those any route may give."""
    documented: dict[int | str, dict[str, Any]] = {}
    for status in sorted({*statuses, 400, 413, 415, 503}):
        documented[status] = {"description": DESCRIPTIONS[status]}
        if status != 304:
            documented[status]["model"] = ProblemOut
        if status in (409, 429, 503):
            documented[status]["headers"] = RETRY_AFTER
    return documented


SIGNED_IN = (401, 403, 429)


def link(operation: str, **parameters: str) -> dict[str, Any]:
    """An OpenAPI link from an answer to the operation that follows on it."""
    return {"operationId": operation, "parameters": parameters}


def with_etag(request: Request, value: Any) -> Response:
    """The value with an ETag of its content, or 304."""
    etag = f'"{hashlib.sha256(compact(value).encode()).hexdigest()[:24]}"'
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response(status_code=304, headers={"ETag": etag})
    return JSONResponse(value, headers={"ETag": etag, "Cache-Control": "no-cache"})
