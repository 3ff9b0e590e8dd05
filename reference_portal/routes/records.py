"""Single records, for looking at."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy import and_, or_, select

from reference_portal.access import PortalDep, Reader
from reference_portal.judging import Record
from reference_portal.problems import Problem
from reference_portal.records import load_records
from reference_portal.routes.answers import SIGNED_IN, problems, with_etag
from reference_portal.tables import RecordRow
from reference_portal.wire import UUID_PATTERN, RecordOut, RecordsOut

router = APIRouter(tags=["records"])
RecordId = Annotated[str, Path(pattern=UUID_PATTERN)]


def record_json(record: Record) -> dict[str, Any]:
    """A record as it travels."""
    return {
        "id": record.record_id,
        "rev": record.rev,
        "doc_rev": record.doc_rev,
        "unit_id": record.unit_id,
        "portal_code": record.portal_code,
        "status": record.status,
        "reason_code": record.reason_code,
        "note": record.note,
        "votes": record.votes,
        "completeness": record.completeness,
        "updated_by": record.updated_by,
        "updated_at": record.updated_at,
        "received_at": record.received_at,
        "data": dict(record.document),
    }


@router.get(
    "/records/{record_id}",
    responses=problems(*SIGNED_IN, 304, 404) | {200: {"model": RecordOut}},
    operation_id="getRecord",
)
def get_record(request: Request, portal: PortalDep, caller: Reader, record_id: RecordId) -> Response:
    """One record; another unit's is not there."""
    with portal.database.read() as session:
        record = load_records(session, {record_id}).get(record_id)
    if record is None or record.erased or not record.path.startswith(caller.path):
        raise Problem("not-found")
    return with_etag(request, record_json(record))


@router.get("/records", responses=problems(*SIGNED_IN), operation_id="listRecords")
def list_records(
    portal: PortalDep,
    caller: Reader,
    updated_since: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=250)] = "",
    after: Annotated[str, Query(max_length=80)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> RecordsOut:
    """Records by time of change, for clients without a feed. `after` is `next` of the page before."""
    moment, _, last_id = after.partition("|")
    inside = RecordRow.path.startswith(caller.path, autoescape=True)
    query = select(RecordRow.record_id, RecordRow.updated_at).where(inside, RecordRow.erased.is_(False))
    query = query.where(RecordRow.updated_at >= updated_since)
    if after:
        later = and_(RecordRow.updated_at == moment, RecordRow.record_id > last_id)
        query = query.where(or_(RecordRow.updated_at > moment, later))
    if q:
        query = query.where(RecordRow.title.icontains(q, autoescape=True))
    with portal.database.read() as session:
        found = session.execute(
            query.order_by(RecordRow.updated_at, RecordRow.record_id).limit(limit + 1)
        ).all()
        page = found[:limit]
        records = load_records(session, {row.record_id for row in page})
    has_more = len(found) > limit
    listed = [record_json(records[row.record_id]) for row in page]
    last = f"{page[-1].updated_at}|{page[-1].record_id}" if has_more else None
    return RecordsOut.model_validate({"records": listed, "has_more": has_more, "next": last})
