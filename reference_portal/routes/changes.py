"""Receiving: changes in order of commit, and full copies."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from reference_portal import feed
from reference_portal.access import Caller, CallerDep, Portal, PortalDep
from reference_portal.database import portal_row
from reference_portal.problems import Problem
from reference_portal.routes.answers import SIGNED_IN, link, problems
from reference_portal.tables import FeedRow, PortalRow
from reference_portal.wire import ChangesOut, SnapshotOut, Streams

router = APIRouter(tags=["receiving"])
NEEDED = {"quota": "quota.read", "ranking": "ranking.read", "catalog": None}
Limit = Annotated[int, Query(ge=1, le=500)]


def allowed_streams(caller: Caller, asked: Sequence[str]) -> list[str]:
    """The asked streams that exist and that the token's scopes open, in a fixed order; 403 when one is closed."""
    for name in asked:
        needed = NEEDED.get(name, "initiative.read.unit")
        if name in Streams and needed is not None and needed not in caller.scopes:
            raise Problem("forbidden-scope")
    return [name for name in Streams if name in asked]


def open_cursor(portal: Portal, row: PortalRow, caller: Caller, streams: list[str], text: str) -> int:
    """The position in a cursor; 410 when it is of another account, other streams, another epoch, or too old."""
    value = portal.signer.open(text)
    bound = [caller.account_id, streams, row.epoch]
    if not isinstance(value, list) or value[:3] != bound or not row.floor <= value[3] <= row.position:
        raise Problem("cursor-expired", "Hãy lấy lại bản đầy đủ bằng /snapshot.")
    return int(value[3])


def seal_cursor(portal: Portal, row: PortalRow, caller: Caller, streams: list[str], position: int) -> str:
    """An opaque cursor for what comes after a position."""
    return portal.signer.seal([caller.account_id, streams, row.epoch, position])


@router.get(
    "/changes",
    responses=problems(*SIGNED_IN, 410)
    | {200: {"links": {"next": link("getChanges", cursor="$response.body#/cursor")}}},
    operation_id="getChanges",
)
def get_changes(
    portal: PortalDep,
    caller: CallerDep,
    cursor: Annotated[str, Query(max_length=512)] = "",
    limit: Limit = 500,
    streams: Annotated[str, Query(max_length=200)] = ",".join(Streams),
) -> ChangesOut:
    """What changed since the cursor; without one, everything from the start."""
    wanted = allowed_streams(caller, streams.split(","))
    with portal.database.read() as session:
        row = portal_row(session)
        after = open_cursor(portal, row, caller, wanted, cursor) if cursor else 0
        rows = feed.page(session, caller.path, wanted, after, limit)
        has_more = len(rows) > limit
        page = rows[:limit]
        position = page[-1].position if has_more else row.position
        answer: dict[str, Any] = {
            "changes": [feed.as_change(change) for change in page],
            "cursor": seal_cursor(portal, row, caller, wanted, position),
            "has_more": has_more,
            "server_time": portal.settings.stamp(),
            "digest": None if has_more else feed.digest(session, caller.path, wanted),
        }
    return ChangesOut.model_validate(answer)


@router.get(
    "/snapshot/{stream}",
    responses=problems(*SIGNED_IN, 404, 410)
    | {200: {"links": {"changes": link("getChanges", cursor="$response.body#/cursor")}}},
    operation_id="getSnapshot",
)
def get_snapshot(
    portal: PortalDep,
    caller: CallerDep,
    stream: Annotated[str, Path(max_length=20)],
    after: Annotated[str, Query(max_length=120)] = "",
    as_of: Annotated[str, Query(max_length=512)] = "",
    limit: Limit = 500,
) -> SnapshotOut:
    """A full copy of one stream by id. Its last page gives the cursor for changes of this stream since it began."""
    if stream not in Streams:
        raise Problem("not-found")
    wanted = allowed_streams(caller, [stream])
    with portal.database.read() as session:
        row = portal_row(session)
        began = open_cursor(portal, row, caller, wanted, as_of) if as_of else row.position
        token = seal_cursor(portal, row, caller, wanted, began)
        rows = _copy(session, caller, wanted, after, limit)
    has_more = len(rows) > limit
    page = rows[:limit]
    return SnapshotOut.model_validate(
        {
            "stream": stream,
            "items": [feed.as_change(entry) for entry in page],
            "as_of": token,
            "has_more": has_more,
            "after": page[-1].entity_id if has_more else None,
            "cursor": None if has_more else token,
        }
    )


def _copy(session: Session, caller: Caller, streams: list[str], after: str, limit: int) -> list[FeedRow]:
    query = feed.visible(caller.path, streams).where(FeedRow.is_deleted.is_(False), FeedRow.entity_id > after)
    return list(session.scalars(query.order_by(FeedRow.entity_id).limit(limit + 1)))
