"""The reviewer's desk: the queue, one record with its verdicts, and the public board."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from reference_portal import reviewing, uploads
from reference_portal.access import Portal, PortalDep
from reference_portal.catalogues import RETURN_REASONS
from reference_portal.documents import holds_unstorable_text, shape_faults
from reference_portal.judging import Record
from reference_portal.records import load_records
from reference_portal.tables import AttachmentRow, FeedRow, RecordRow, UnitRow
from reference_portal.vetting import Vetting
from reference_portal.web.pages import (
    STATUS_WORDS,
    MaybeVisitor,
    PageRefused,
    ProvenReviewer,
    ReviewerDep,
    Visitor,
    go,
    page,
)

router = APIRouter()
PAGE_ROWS = 50
FIELD_WORDS = {
    "programme": "Chương trình",
    "stage": "Giai đoạn",
    "group": "Tổ công đoàn",
    "local_code": "Mã tại đơn vị",
    "solution_type": "Loại giải pháp",
    "category": "Lĩnh vực",
    "situation_before": "Tình trạng trước khi áp dụng",
    "solution": "Nội dung giải pháp",
    "novelty": "Tính mới",
    "scope": "Phạm vi áp dụng",
    "conditions": "Điều kiện áp dụng",
    "first_applied_on": "Ngày áp dụng lần đầu",
    "annual_benefit": "Giá trị làm lợi một năm (đồng)",
    "benefit_calculation": "Cách tính",
    "benefit_confirmed_by": "Bộ phận xác nhận",
    "recognition_level": "Cấp công nhận",
    "recognition_decision": "Số quyết định",
    "recognised_on": "Ngày công nhận",
}
EDITABLE = ("title", "effect_summary", "category", "solution_type")


@router.get("/")
def board(request: Request, portal: PortalDep, who: MaybeVisitor, period: str = "whole") -> Response:
    """The public board: places in every cluster and plant, as of when."""
    with portal.database.read() as session:
        query = select(FeedRow).where(FeedRow.stream == "ranking", FeedRow.is_deleted.is_(False))
        rankings = [json.loads(row.body)["data"] for row in session.scalars(query)]
        names = {row.unit_id: row.name for row in session.scalars(select(UnitRow))}
        counted = _counts(session, "")
    periods = sorted({ranking["period"] for ranking in rankings})
    shown = [ranking for ranking in rankings if ranking["period"] == period]
    shown.sort(key=lambda ranking: (ranking["scope"] in names, ranking["scope"]))
    values: dict[str, Any] = {
        "rankings": shown,
        "names": names,
        "periods": periods,
        "period": period,
        "counts": counted,
    }
    return page(request, "board.html", who=who, **values)


def _counts(session: Session, path: str) -> dict[str, int]:
    inside = RecordRow.path.startswith(path, autoescape=True)
    query = select(RecordRow.status, func.count()).where(inside).group_by(RecordRow.status)
    counts: dict[str, int] = {}
    for status, number in session.execute(query):
        counts[status] = number
    return {status: counts.get(status, 0) for status in STATUS_WORDS}


@router.get("/review")
def queue(
    request: Request,
    portal: PortalDep,
    who: ReviewerDep,
    status: Annotated[str, Query(max_length=20)] = "received",
    start: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:
    """What waits, oldest first."""
    with portal.database.read() as session:
        inside = RecordRow.path.startswith(who.caller.path, autoescape=True)
        query = select(RecordRow).where(inside, RecordRow.status == status)
        ordered = query.order_by(RecordRow.received_at, RecordRow.portal_code)
        rows = list(session.scalars(ordered.offset(start).limit(PAGE_ROWS)))
        counts = _counts(session, who.caller.path)
        names = {row.unit_id: row.name for row in session.scalars(select(UnitRow))}
    values: dict[str, Any] = {
        "rows": rows,
        "counts": counts,
        "status": status,
        "start": start,
        "names": names,
    }
    return page(request, "queue.html", who=who, step=PAGE_ROWS, **values)


def _record(session: Session, who: Visitor, record_id: str) -> Record:
    found = load_records(session, {record_id}).get(record_id)
    if found is None or found.erased or not found.path.startswith(who.caller.path):
        raise PageRefused(404, "Không có sáng kiến này", "Có thể đơn vị đã rút hoặc địa chỉ bị sai.")
    return found


@router.get("/review/{record_id}")
def look(request: Request, portal: PortalDep, who: ReviewerDep, record_id: str) -> Response:
    """One record with everything the station sent, and the verdicts."""
    return _record_page(request, portal, who, record_id)


def _record_page(request: Request, portal: Portal, who: Visitor, record_id: str, error: str = "") -> Response:
    with portal.database.read() as session:
        found = _record(session, who, record_id)
        files = session.scalars(select(AttachmentRow).where(AttachmentRow.record_id == record_id))
        entries = [uploads.manifest_entry(row) for row in files]
        unit = session.get_one(UnitRow, found.unit_id)
        group = session.get(UnitRow, str(found.document.get("group") or ""))
    document = dict(found.document) | ({"group": group.name} if group else {})
    facts = [(word, document[name]) for name, word in FIELD_WORDS.items() if document.get(name)]
    values: dict[str, Any] = {"facts": facts, "files": entries, "unit": unit, "reasons": RETURN_REASONS}
    status = 422 if error else 200
    return page(request, "record.html", status, who=who, record=found, error=error, **values)


Rev = Annotated[int, Form(ge=0, le=2**31)]


@router.post("/review/{record_id}/accept")
def accept(portal: PortalDep, who: ProvenReviewer, record_id: str, rev: Rev) -> Response:
    """Find it valid."""
    return _judge(portal, who, record_id, rev, None)


@router.post("/review/{record_id}/return")
def send_back(
    portal: PortalDep,
    who: ProvenReviewer,
    record_id: str,
    rev: Rev,
    reason: Annotated[str, Form(max_length=10)],
    note: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Send it back with a reason of the list."""
    if reason not in RETURN_REASONS:
        raise PageRefused(400, "Chưa chọn lý do", "Chọn một lý do trong danh sách.")
    return _judge(portal, who, record_id, rev, (reason, note.strip()))


def _judge(
    portal: Portal, who: Visitor, record_id: str, rev: int, reason: tuple[str, str] | None
) -> Response:
    by, at = who.caller.account_id, portal.settings.stamp()
    with portal.database.write() as session:
        before = _unchanged(_record(session, who, record_id), rev)
        after = (
            reviewing.accepted(before, by, at)
            if reason is None
            else reviewing.returned(before, *reason, by, at)
        )
        reviewing.save(session, [(before, after)], portal.settings)
    return go("/review")


def _unchanged(record: Record, rev: int) -> Record:
    if record.rev != rev:
        raise PageRefused(
            409, "Sáng kiến vừa thay đổi", "Đơn vị hoặc người khác vừa sửa. Mở lại để xem bản mới."
        )
    return record


@router.post("/review/{record_id}/edit")
async def edit(
    request: Request, portal: PortalDep, who: ProvenReviewer, record_id: str, rev: Rev
) -> Response:
    """Correct the words; the station gets it as a change like any other."""
    form = await request.form()
    changes = {name: str(form[name]).strip() for name in EDITABLE if name in form}
    error = await run_in_threadpool(_correct, portal, who, record_id, rev, changes)
    if error:
        return await run_in_threadpool(_record_page, request, portal, who, record_id, error)
    return go(f"/review/{record_id}")


def _correct(portal: Portal, who: Visitor, record_id: str, rev: int, changes: dict[str, str]) -> str:
    """What is wrong with the correction; empty when it is kept."""
    with portal.database.write() as session:
        before = _unchanged(_record(session, who, record_id), rev)
        kept = {name: text for name, text in changes.items() if text or before.document.get(name)}
        after = reviewing.edited(before, kept, who.caller.account_id, portal.settings.stamp())
        faults = shape_faults(after.document) or _vetting(session, portal, before).meaning_faults(
            after.document
        )
        if faults or holds_unstorable_text(dict(after.document)):
            return faults[0].message if faults else "Có ký tự không lưu được."
        reviewing.save(session, [(before, after)], portal.settings)
    return ""


def _vetting(session: Session, portal: Portal, record: Record) -> Vetting:
    today = datetime.fromtimestamp(portal.settings.now(), UTC).date()
    return Vetting(session, portal.settings.limits, record.path, today)
