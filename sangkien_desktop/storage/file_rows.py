"""The files that a record declares; their content and their way to the portal are kept elsewhere."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.record_rows import FILES


def put(session: Session, record: Initiative) -> None:
    """Make the record's files what the record says; a file that stays keeps its way to the portal."""
    wanted = {file.id: (place, file) for place, file in enumerate(record.attachments)}
    kept = set(session.scalars(select(FILES.c.attachment_id).where(FILES.c.record_id == record.id)))
    session.execute(
        delete(FILES).where(FILES.c.record_id == record.id, FILES.c.attachment_id.notin_(list(wanted)))
    )
    for file_id, (place, file) in wanted.items():
        named = {"place": place, "role": file.role, "name": file.name, "media_type": file.media_type}
        if file_id in kept:
            session.execute(update(FILES).where(FILES.c.attachment_id == file_id).values(**named))
        else:
            session.execute(
                insert(FILES).values(
                    attachment_id=file_id,
                    record_id=record.id,
                    size=file.size,
                    sha256=file.sha256,
                    state="local",
                    created_at=moment.now(session),
                    **named,
                )
            )
