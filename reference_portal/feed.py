"""The feed: the latest change of every thing, in order of commit; also snapshot and digest."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from reference_portal.database import put
from reference_portal.judging import Record
from reference_portal.signing import compact
from reference_portal.tables import FeedRow, PortalRow


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change to publish; `path` is the unit that may see it (and all above), empty for everyone."""

    stream: str
    entity_id: str
    rev: int
    path: str
    body: dict[str, Any]
    is_deleted: bool = False


def publish(session: Session, portal: PortalRow, changes: Iterable[Change], at: int) -> None:
    """Give each change the next position. `portal` must be locked by this session."""
    latest = {(change.stream, change.entity_id): change for change in changes}
    rows = []
    for change in latest.values():
        portal.position += 1
        rows.append(
            {
                "stream": change.stream,
                "entity_id": change.entity_id,
                "position": portal.position,
                "rev": change.rev,
                "is_deleted": change.is_deleted,
                "path": change.path,
                "at": at,
                "body": compact(change.body),
            }
        )
    put(session, FeedRow, rows)


def record_change(record: Record) -> Change:
    """The record's document as a change."""
    body = {
        "data": dict(record.document),
        "unit_id": record.unit_id,
        "portal_code": record.portal_code,
        "status": record.status,
        "updated_by": record.updated_by,
        "updated_at": record.updated_at,
    }
    return Change(
        stream="record", entity_id=record.record_id, rev=record.doc_rev, path=record.path, body=body
    )


def status_change(record: Record) -> Change:
    """What the portal says of the record as a change."""
    data = {
        "status": record.status,
        "reason_code": record.reason_code,
        "note": {"vi": record.note} if record.note else None,
        "by": record.updated_by,
        "at": record.updated_at,
        "portal_code": record.portal_code,
        "votes": record.votes,
        "completeness": record.completeness,
    }
    body = {"data": data, "unit_id": record.unit_id, "portal_code": record.portal_code}
    return Change(
        stream="status", entity_id=record.record_id, rev=record.status_rev, path=record.path, body=body
    )


def erasure(record: Record, at: str, reason: str) -> tuple[Change, ...]:
    """Tombstones of a record in both its streams."""
    body = {"deleted_at": at, "reason": reason}
    return tuple(
        Change(
            stream=stream,
            entity_id=record.record_id,
            rev=record.rev,
            path=record.path,
            body=body,
            is_deleted=True,
        )
        for stream in ("record", "status")
    )


def visible(path: str, streams: Sequence[str]) -> Select[FeedRow]:
    """What an account of the unit at `path` may see of these streams."""
    inside = FeedRow.path.startswith(path, autoescape=True)
    return select(FeedRow).where(FeedRow.stream.in_(streams), or_(FeedRow.path == "", inside))


def as_change(row: FeedRow) -> dict[str, Any]:
    """A row as it travels."""
    change: dict[str, Any] = json.loads(row.body)
    op = "delete" if row.is_deleted else "upsert"
    return change | {"stream": row.stream, "op": op, "id": row.entity_id, "rev": row.rev}


def page(session: Session, path: str, streams: Sequence[str], after: int, limit: int) -> list[FeedRow]:
    """The next changes after a position; one more than `limit` when there are more."""
    query = visible(path, streams).where(FeedRow.position > after).order_by(FeedRow.position)
    return list(session.scalars(query.limit(limit + 1)))


def digest(session: Session, path: str, streams: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Count and xor per stream over all that is visible and not deleted."""
    totals = {stream: [0, 0] for stream in streams}
    columns = FeedRow.stream, FeedRow.entity_id, FeedRow.rev
    query = visible(path, streams).where(FeedRow.is_deleted.is_(False)).with_only_columns(*columns)
    for stream, entity_id, rev in session.execute(query):
        totals[stream][0] += 1
        totals[stream][1] ^= mark(entity_id, rev)
    return {stream: {"count": count, "xor64": f"{mix:016x}"} for stream, (count, mix) in totals.items()}


def mark(entity_id: str, rev: int) -> int:
    """The first 64 bits of SHA-256 over `id:rev`."""
    return int.from_bytes(hashlib.sha256(f"{entity_id}:{rev}".encode()).digest()[:8], "big")
