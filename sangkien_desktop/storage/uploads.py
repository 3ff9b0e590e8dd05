"""How far each file of a sent record has come on its way to the portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import AttachmentId, InitiativeId
from sangkien_desktop.domain.initiative import Attachment, Lifecycle
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import AttachmentRow, InitiativeRow

LONGEST_WAIT = timedelta(hours=25)
STORED, UPLOADING, RETRY, LOST = "stored", "uploading", "retry", "missing_file"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that the portal does not have yet."""

    record: InitiativeId
    file: Attachment
    url: str | None
    offset: int
    attempts: int


def due(session: Session) -> tuple[Upload, ...]:
    """Files of records that the portal has, small ones first; never those of a technology secret."""
    now = moment.now(session)
    row = AttachmentRow
    # A time further off than any wait comes from a PC clock that has since been put back.
    is_due = row.next_at.is_(None) | (row.next_at <= now) | (row.next_at > now + LONGEST_WAIT)
    query = (
        select(row)
        .join(InitiativeRow, InitiativeRow.id == row.record_id)
        .where(
            row.state.not_in((STORED, LOST)),
            is_due,
            InitiativeRow.was_applied,
            InitiativeRow.is_secret.is_(False),
            InitiativeRow.erased_at.is_(None),
            InitiativeRow.lifecycle != Lifecycle.WITHDRAWN,
        )
        .order_by(row.size, row.attachment_id)
    )
    return tuple(_upload(one) for one in session.scalars(query))


def note(
    session: Session,
    file: AttachmentId,
    state: str,
    *,
    url: str | None = None,
    offset: int = 0,
) -> None:
    """Remember how far the file has come."""
    values = {
        "state": state,
        "upload_url": url,
        "offset": offset,
        "next_at": None,
        "last_problem": None,
        "changed_at": moment.now(session),
    }
    session.execute(update(AttachmentRow).where(AttachmentRow.attachment_id == file).values(**values))


def postpone(session: Session, file: AttachmentId, next_at: datetime, problem: Mapping[str, Json]) -> None:
    """The file did not get through this time; what has arrived of it stays where it is."""
    values = {
        "state": RETRY,
        "next_at": next_at,
        "attempts": AttachmentRow.attempts + 1,
        "last_problem": dict(problem),
        "changed_at": moment.now(session),
    }
    session.execute(update(AttachmentRow).where(AttachmentRow.attachment_id == file).values(**values))


def _upload(row: AttachmentRow) -> Upload:
    return Upload(
        record=InitiativeId(row.record_id),
        file=Attachment(
            id=AttachmentId(row.attachment_id),
            sha256=row.sha256,
            size=row.size,
            name=row.name,
            media_type=row.media_type,
            role=row.role,
        ),
        url=row.upload_url,
        offset=row.offset,
        attempts=row.attempts,
    )
