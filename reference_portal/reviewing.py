"""What a reviewer does: accept, return with a reason, edit. By a person on a page, or by a seed."""

import json
import random
import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from reference_portal import feed
from reference_portal.catalogues import RETURN_REASONS
from reference_portal.database import Database
from reference_portal.judging import Document, Record
from reference_portal.records import load_records, write_records
from reference_portal.settings import PortalSettings
from reference_portal.signing import compact
from reference_portal.standing import quota_changes, ranking_changes
from reference_portal.tables import (
    AttachmentRow,
    BatchRow,
    ChunkRow,
    FeedRow,
    OpRow,
    PortalRow,
    RecordRow,
    RevisionRow,
)

REVIEWER = "duyet"
NOTES = {
    "R01": "Nội dung giống một sáng kiến đã gửi trước.",
    "R02": "Cần ghi rõ hơn tình trạng trước khi áp dụng và cách làm.",
    "R03": "Kiểm tra lại ngày áp dụng lần đầu.",
    "R04": "Thiếu quyết định công nhận.",
    "R05": "Giải pháp đang được bảo hộ sở hữu trí tuệ.",
    "R06": "Sáng kiến thuộc tổ khác, hãy chuyển về đúng tổ.",
    "R07": "Cần bảng tính giá trị làm lợi kèm theo.",
    "R99": "Liên hệ bộ phận thường trực để biết thêm.",
}


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What one round did."""

    valid: int = 0
    returned: int = 0
    edited: int = 0
    voted: int = 0


def accepted(record: Record, by: str, at: str) -> Record:
    """The record found valid."""
    return _judged(record, "valid", None, None, by, at)


def returned(record: Record, reason_code: str, note: str, by: str, at: str) -> Record:
    """The record sent back with a reason of the list."""
    return _judged(record, "returned", reason_code, note or NOTES[reason_code], by, at)


def edited(record: Record, changes: Document, by: str, at: str) -> Record:
    """The record with the reviewer's own corrections; a new revision like any other."""
    document = {
        name: value for name, value in (dict(record.document) | dict(changes)).items() if value is not None
    }
    if document == dict(record.document):
        return record
    rev = record.rev + 1
    return replace(record, rev=rev, doc_rev=rev, document=document, updated_by=by, updated_at=at)


def _judged(record: Record, status: str, code: str | None, note: str | None, by: str, at: str) -> Record:
    rev = record.rev + 1
    return replace(
        record,
        rev=rev,
        status_rev=rev,
        status=status,
        reason_code=code,
        note=note,
        updated_by=by,
        updated_at=at,
    )


def save(session: Session, moves: list[tuple[Record | None, Record]], settings: PortalSettings) -> None:
    """Write reviewed records and bring quotas and rankings up to date."""
    portal = session.get_one(PortalRow, 1)
    write_records(session, portal, moves, int(settings.now()))
    session.flush()
    publish_standing(session, portal, settings)


def publish_standing(session: Session, portal: PortalRow, settings: PortalSettings) -> None:
    """Publish the quotas and rankings that moved."""
    at = int(settings.now())
    feed.publish(session, portal, quota_changes(session, settings.stamp()), at)
    session.flush()
    feed.publish(session, portal, ranking_changes(session, settings.stamp()), at)


def erase(session: Session, record_id: str, reason: str, settings: PortalSettings) -> bool:
    """Erase a record's content, files and answers on a person's request, leaving tombstones. False without one."""
    record = load_records(session, {record_id}).get(record_id)
    if record is None or record.erased:
        return False
    gone = replace(record, rev=record.rev + 1, erased=True, document={}, status="erased")
    _forget(session, gone)
    portal = session.get_one(PortalRow, 1)
    at = int(settings.now())
    feed.publish(session, portal, feed.erasure(gone, settings.stamp(), reason), at)
    return True


def _forget(session: Session, gone: Record) -> None:
    session.execute(update(RevisionRow).where(RevisionRow.record_id == gone.record_id).values(document="{}"))
    head = {"title": "", "likeness": "", "note": None, "erased": True, "status": "erased", "rev": gone.rev}
    session.execute(update(RecordRow).where(RecordRow.record_id == gone.record_id).values(head))
    batches = set()
    for row in session.scalars(select(OpRow).where(OpRow.record_id == gone.record_id)):
        batches.add(row.batch_id)
        told = json.loads(row.outcome)
        row.outcome = compact({name: told[name] for name in told if name not in ("data", "current")})
    session.execute(update(BatchRow).where(BatchRow.batch_id.in_(batches)).values(answer=None))
    files = select(AttachmentRow.attachment_id).where(AttachmentRow.record_id == gone.record_id)
    session.execute(delete(ChunkRow).where(ChunkRow.attachment_id.in_(files)))
    session.execute(delete(AttachmentRow).where(AttachmentRow.record_id == gone.record_id))


def tidy(session: Session, settings: PortalSettings) -> int:
    """Throw tombstones away that are older than 400 days; older cursors then expire. How many."""
    before = int(settings.now()) - settings.limits.tombstone_s
    old = FeedRow.is_deleted.is_(True) & (FeedRow.at < before)
    positions = list(session.scalars(select(FeedRow.position).where(old)))
    if positions:
        portal = session.get_one(PortalRow, 1)
        portal.floor = max(portal.floor, *positions)
        session.execute(delete(FeedRow).where(old))
    return len(positions)


def new_epoch(portal: PortalRow) -> None:
    """To be called after every restore from a backup: stations then compare and send again what is missing."""
    portal.epoch = str(uuid.uuid4())


def review(session: Session, seed: int, settings: PortalSettings) -> Reviewed:
    """Judge everything that was received and not judged yet. The same records and seed give the same verdicts,
    whatever the order they came in."""
    waiting = set(session.scalars(select(RecordRow.record_id).where(RecordRow.status == "received")))
    records = load_records(session, waiting)
    moves: list[tuple[Record | None, Record]] = []
    counts = {"valid": 0, "returned": 0, "edited": 0, "voted": 0}
    for record_id in sorted(records):
        record = records[record_id]
        after = _by_chance(record, seed, settings.stamp(), counts)
        moves.append((record, after))
    save(session, moves, settings)
    return Reviewed(**counts)


def _by_chance(record: Record, seed: int, at: str, counts: dict[str, int]) -> Record:
    # The same title and author give the same verdict in every run, though ids are made anew.
    chance = random.Random(f"{seed}:{record.document.get('title')}:{record.rev}")  # noqa: S311 - invented verdicts
    draw = chance.random()
    after = record
    if draw < 0.03 and not record.document.get("is_secret"):
        after = edited(after, _correction(record.document), REVIEWER, at)
        counts["edited"] += after is not record
    if draw > 0.93:
        code = chance.choice(sorted(RETURN_REASONS))
        counts["returned"] += 1
        return returned(after, code, "", REVIEWER, at)
    votes = chance.randint(1, 120) if chance.random() < 0.4 else 0
    counts["valid"] += 1
    counts["voted"] += votes > 0
    return replace(accepted(after, REVIEWER, at), votes=record.votes + votes)


def _correction(document: Document) -> dict[str, Any]:
    summary = str(document.get("effect_summary") or "").strip()
    return {"effect_summary": f"{summary.rstrip('.')}. (Bộ phận thường trực đã rà soát câu chữ.)"[:1000]}


def after_batch(database: Database, settings: PortalSettings) -> None:
    """Demonstration: review at once what the batch brought, when the portal was started so."""
    seed = settings.auto_review_seed
    if seed is not None:
        database.attempt(lambda session: review(session, seed, settings))
