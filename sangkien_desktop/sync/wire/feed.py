"""Changes that come from the portal: pages, single changes by stream, digests."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sangkien_desktop.domain.document import Document
from sangkien_desktop.domain.ids import InitiativeId, UnitId
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.wire.batches import json_object
from sangkien_desktop.sync.wire.documents import UnitCodes, from_portal

STREAMS = ("record", "status", "message", "quota", "ranking", "catalog")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one thing; `data` is as it came and read by the functions below."""

    stream: str
    id: str
    rev: int
    is_delete: bool
    data: Mapping[str, Any] = field(default_factory=dict)
    portal_code: str = ""
    status: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Digest:
    """How many things of a stream there are, and the xor of their marks."""

    count: int
    mix: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """Changes in the portal's order of commit, and the cursor that lies behind them."""

    changes: tuple[Change, ...]
    cursor: str
    has_more: bool
    server_time: str = ""
    digest: Mapping[str, Digest] | None = None


@dataclass(frozen=True, kw_only=True)
class SnapshotPage:
    """A part of a full copy; `cursor` comes with the last."""

    items: tuple[Change, ...]
    as_of: str
    after: str | None
    cursor: str | None


def read_page(body: bytes) -> Page:
    """A page of changes. Raises PortalFailure when it is none."""
    answer = json_object(body)
    cursor, changes = answer.get("cursor"), answer.get("changes")
    if not isinstance(cursor, str) or not isinstance(changes, list):
        raise PortalFailure(Failure.BAD_ANSWER)
    return Page(
        changes=_changes(changes),
        cursor=cursor,
        has_more=bool(answer.get("has_more")),
        server_time=str(answer.get("server_time") or ""),
        digest=_digests(answer.get("digest")),
    )


def read_snapshot(body: bytes) -> SnapshotPage:
    """A part of a full copy. Raises PortalFailure when it is none."""
    answer = json_object(body)
    items = answer.get("items")
    if not isinstance(items, list):
        raise PortalFailure(Failure.BAD_ANSWER)
    after, cursor = answer.get("after"), answer.get("cursor")
    return SnapshotPage(
        items=_changes(items),
        as_of=str(answer.get("as_of") or ""),
        after=str(after) if after else None,
        cursor=str(cursor) if cursor else None,
    )


def _changes(items: Iterable[Any]) -> tuple[Change, ...]:
    return tuple(read_change(item) for item in items if isinstance(item, dict))


def read_change(item: Mapping[str, Any]) -> Change:
    """One change. Raises PortalFailure when it does not say what of."""
    stream, thing, rev, data = (item.get(key) for key in ("stream", "id", "rev", "data"))
    if not isinstance(stream, str) or not isinstance(thing, str) or not isinstance(rev, int):
        raise PortalFailure(Failure.BAD_ANSWER)
    return Change(
        stream=stream,
        id=thing,
        rev=rev,
        is_delete=item.get("op") == "delete",
        data=data if isinstance(data, dict) else {},
        portal_code=str(item.get("portal_code") or ""),
        status=str(item.get("status") or ""),
        reason=str(item.get("reason") or ""),
        by=str(item.get("updated_by") or ""),
        at=str(item.get("updated_at") or item.get("deleted_at") or ""),
        raw=item,
    )


def _digests(value: Any) -> Mapping[str, Digest] | None:
    if not isinstance(value, dict):
        return None
    try:
        return {
            name: Digest(int(entry["count"]), int(str(entry["xor64"]), 16)) for name, entry in value.items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise PortalFailure(Failure.BAD_ANSWER) from error


def digest_of(known: Iterable[tuple[str, int]]) -> Digest:
    """The digest of what the station knows: pairs of id and rev."""
    count, mix = 0, 0
    for thing, rev in known:
        count += 1
        mix ^= int.from_bytes(hashlib.sha256(f"{thing}:{rev}".encode()).digest()[:8], "big")
    return Digest(count, mix)


@dataclass(frozen=True, kw_only=True)
class PulledRecord:
    """A record's document as the portal holds it."""

    id: InitiativeId
    rev: int
    document: Document
    local_code: str
    portal_code: str
    status: str
    by: str
    at: str


def as_record(change: Change, units: UnitCodes) -> PulledRecord:
    """A change of the stream `record`."""
    return PulledRecord(
        id=InitiativeId(change.id),
        rev=change.rev,
        document=from_portal(change.data, units),
        local_code=str(change.data.get("local_code") or ""),
        portal_code=change.portal_code,
        status=change.status,
        by=change.by,
        at=change.at,
    )


@dataclass(frozen=True, kw_only=True)
class PulledStatus:
    """What the portal says of a record."""

    id: InitiativeId
    rev: int
    status: str
    reason_code: str
    note: str
    by: str
    at: datetime | None
    portal_code: str
    votes: int
    completeness: str


def as_status(change: Change) -> PulledStatus:
    """A change of the stream `status`."""
    data = change.data
    note = data.get("note")
    votes = data.get("votes")
    return PulledStatus(
        id=InitiativeId(change.id),
        rev=change.rev,
        status=str(data.get("status") or ""),
        reason_code=str(data.get("reason_code") or ""),
        note=str((note.get("vi") if isinstance(note, dict) else note) or ""),
        by=str(data.get("by") or ""),
        at=moment(data.get("at")),
        portal_code=str(data.get("portal_code") or change.portal_code),
        votes=votes if isinstance(votes, int) else 0,
        completeness=str(data.get("completeness") or ""),
    )


def moment(value: Any) -> datetime | None:
    """An aware moment from RFC 3339; None for anything else."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def unit_id(code: str, units: UnitCodes) -> UnitId:
    """The station's unit behind a portal code; the code itself where the station has none."""
    return units.id_of.get(code, UnitId(code))
