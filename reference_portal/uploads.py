"""Files by the tus profile of the contract: declared by the station's own id, sent in pieces, checked by hash.
Bytes lie in the database beside their offset, so that both move in one transaction."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from reference_portal import feed
from reference_portal.access import Caller
from reference_portal.problems import Problem
from reference_portal.records import load_records
from reference_portal.settings import PortalSettings, stamp
from reference_portal.tables import AttachmentRow, ChunkRow, PortalRow, RecordRow
from reference_portal.wire_files import FileIn


class Uploads:
    """Files of one session that writes, for one caller."""

    def __init__(self, session: Session, settings: PortalSettings) -> None:
        self._session = session
        self._settings = settings
        self._now = int(settings.now())

    def declare(self, caller: Caller, attachment_id: str, wanted: FileIn) -> AttachmentRow:
        """The file's row, ready for its bytes; the same declaration again changes nothing."""
        record = self._session.get(RecordRow, wanted.record_id)
        if record is None or record.erased or not record.path.startswith(caller.path):
            raise Problem("not-found", "Cổng không có sáng kiến này.")
        row = self._session.get(AttachmentRow, attachment_id)
        if row is None:
            row = self._new(record, attachment_id, wanted)
        if (row.record_id, row.sha256, row.size) != (wanted.record_id, wanted.sha256, wanted.size):
            raise Problem("attachment-refused", "Mã tệp này đã khai cho tệp khác.")
        if row.state != "stored" and not self._copy_of_same_tenant(row):
            self._open(row)
        self._session.flush()
        self.settle(row.record_id)
        return row

    def take(self, row: AttachmentRow, offset: int, content: bytes) -> int:
        """Append a piece; the new offset. The last piece settles the whole by its hash."""
        if row.state == "stored":
            raise Problem("offset-mismatch", headers={"Upload-Offset": str(row.received)})
        if offset != row.received:
            raise Problem("offset-mismatch", headers={"Upload-Offset": str(row.received)})
        if offset + len(content) > row.size:
            raise Problem("too-large", "Nhiều byte hơn đã khai.")
        if content:
            self._session.add(ChunkRow(attachment_id=row.attachment_id, start=offset, content=content))
            row.received += len(content)
            row.state = "partial"
            row.expires_at = self._now + self._settings.limits.upload_s
            self._session.flush()
        if row.received == row.size:
            self._finish(row)
        return row.received

    def drop(self, row: AttachmentRow) -> None:
        """Forget the bytes of an unfinished file; its declaration stays."""
        if row.state == "stored":
            raise Problem("precondition", "Tệp đã lưu xong.")
        self._empty(row, "missing")
        row.upload_key = None
        self.settle(row.record_id)

    def settle(self, record_id: str) -> None:
        """Tell whether a record has all its files, when that has changed."""
        self._session.flush()
        record = load_records(self._session, {record_id}).get(record_id)
        if record is None:
            return
        states = set(
            self._session.scalars(select(AttachmentRow.state).where(AttachmentRow.record_id == record_id))
        )
        completeness = "complete" if states <= {"stored"} else "stale" if "stale" in states else "incomplete"
        if completeness == record.completeness:
            return
        portal = self._session.get_one(PortalRow, 1)
        rev = record.rev + 1
        values = {"completeness": completeness, "rev": rev, "status_rev": rev}
        self._session.execute(update(RecordRow).where(RecordRow.record_id == record_id).values(values))
        moved = replace(record, completeness=completeness, rev=rev, status_rev=rev)
        feed.publish(self._session, portal, [feed.status_change(moved)], self._now)

    def purge(self) -> int:
        """Files declared long ago that never came: let go, with a message to the unit. How many."""
        limit = self._now - self._settings.limits.incomplete_s
        late = select(AttachmentRow).where(
            AttachmentRow.declared_at < limit, AttachmentRow.state.in_(("missing", "partial", "corrupt"))
        )
        rows = list(self._session.scalars(late))
        portal = self._session.get_one(PortalRow, 1)
        messages = []
        for row in rows:
            self._empty(row, "stale")
            text = f"Tệp “{row.name}” chưa được tải lên sau 30 ngày nên Cổng không chờ nữa. Gửi lại nếu cần."
            data = {"text": {"vi": text}, "record_id": row.record_id, "at": stamp(self._now)}
            entity_id = f"stale:{row.attachment_id}"
            messages.append(
                feed.Change(stream="message", entity_id=entity_id, rev=1, path=row.path, body={"data": data})
            )
        feed.publish(self._session, portal, messages, self._now)
        for record_id in {row.record_id for row in rows}:
            self.settle(record_id)
        return len(rows)

    def _new(self, record: RecordRow, attachment_id: str, wanted: FileIn) -> AttachmentRow:
        limits = self._settings.limits
        if wanted.size > limits.attachment_max_bytes:
            raise Problem("too-large", "Tệp quá lớn.")
        present = select(AttachmentRow.attachment_id).where(AttachmentRow.record_id == record.record_id)
        if len(list(self._session.scalars(present))) >= limits.attachments_per_record:
            raise Problem("attachment-refused", "Sáng kiến đã có đủ số tệp cho phép.")
        document = load_records(self._session, {record.record_id})[record.record_id].document
        if document.get("is_secret"):
            raise Problem("attachment-refused", "Sáng kiến bí mật không được gửi tệp.")
        row = AttachmentRow(
            attachment_id=attachment_id,
            path=record.path,
            state="missing",
            received=0,
            declared_at=self._now,
            **wanted.model_dump(),
        )
        self._session.add(row)
        return row

    def _copy_of_same_tenant(self, row: AttachmentRow) -> bool:
        """Whether the same bytes are stored for the same unit already; across units nobody learns of them."""
        twin = select(AttachmentRow.attachment_id).where(
            AttachmentRow.sha256 == row.sha256,
            AttachmentRow.size == row.size,
            AttachmentRow.path == row.path,
            AttachmentRow.state == "stored",
        )
        twin_id = self._session.scalar(twin.limit(1))
        if twin_id is None:
            return False
        self._empty(row, "stored")
        for start, content in self._pieces(twin_id):
            self._session.add(ChunkRow(attachment_id=row.attachment_id, start=start, content=content))
        row.received, row.upload_key = row.size, None
        return True

    def _open(self, row: AttachmentRow) -> None:
        is_over = row.expires_at is not None and row.expires_at <= self._now
        if row.upload_key is None or is_over:
            self._empty(row, "missing")
            row.upload_key = secrets.token_urlsafe(24)
        row.expires_at = self._now + self._settings.limits.upload_s

    def _finish(self, row: AttachmentRow) -> None:
        whole = hashlib.sha256()
        for _, content in self._pieces(row.attachment_id):
            whole.update(content)
        if whole.hexdigest() == row.sha256:
            row.state = "stored"
        else:
            self._empty(row, "corrupt")
        self.settle(row.record_id)

    def _empty(self, row: AttachmentRow, state: str) -> None:
        self._session.flush()
        self._session.execute(delete(ChunkRow).where(ChunkRow.attachment_id == row.attachment_id))
        row.received, row.state = 0, state

    def _pieces(self, attachment_id: str) -> Iterator[tuple[int, bytes]]:
        return pieces(self._session, attachment_id)


def pieces(session: Session, attachment_id: str) -> Iterator[tuple[int, bytes]]:
    """The stored pieces of a file in order, one at a time."""
    starts = select(ChunkRow.start).where(ChunkRow.attachment_id == attachment_id).order_by(ChunkRow.start)
    for start in list(session.scalars(starts)):
        wanted = (ChunkRow.attachment_id == attachment_id) & (ChunkRow.start == start)
        content = session.scalar(select(ChunkRow.content).where(wanted))
        yield start, content or b""


def find_upload(session: Session, caller: Caller, upload_key: str, now: float) -> AttachmentRow:
    """The unfinished or finished file behind an upload address; 404 for others', 410 when its time is over."""
    row = session.scalars(
        select(AttachmentRow).where(AttachmentRow.upload_key == upload_key).with_for_update()
    ).one_or_none()
    if row is None or not row.path.startswith(caller.path):
        raise Problem("not-found")
    if row.expires_at is not None and row.expires_at <= now and row.state != "stored":
        raise Problem("upload-expired")
    return row


def check_piece(field: str | None, content: bytes) -> None:
    """460 when a well-formed Upload-Checksum is there and does not fit."""
    if field is None:
        return
    algorithm, _, encoded = field.partition(" ")
    digest = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
    if digest != encoded:
        raise Problem("digest-mismatch")


def manifest_entry(row: AttachmentRow) -> dict[str, Any]:
    """A file as the manifest of its record tells of it."""
    return {
        "attachment_id": row.attachment_id,
        "sha256": row.sha256,
        "size": row.size,
        "name": row.name,
        "media_type": row.media_type,
        "role": row.role,
        "state": row.state,
        "offset": row.received,
    }
