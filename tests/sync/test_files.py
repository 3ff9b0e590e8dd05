"""Files follow their records, whole, and go on where they broke off."""

import hashlib
from datetime import timedelta

from sqlalchemy import select

from reference_portal.tables import AttachmentRow, ChunkRow
from sangkien_desktop.domain.ids import AttachmentId, new_id
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.storage.attachments import AttachmentStore
from sangkien_desktop.sync.exchange import Answer
from sangkien_desktop.vault.subkeys import Purpose, subkey
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import KEY, SyncDesk

CONTENT = bytes(range(256)) * 4096


def a_file(desk: SyncDesk, content: bytes = CONTENT) -> Attachment:
    """A file that the desk keeps."""
    sha256 = AttachmentStore(desk.home.attachments, subkey(KEY, Purpose.FILES)).keep(content)
    return Attachment(
        id=AttachmentId(new_id()),
        sha256=sha256,
        size=len(content),
        name="anh-truoc.jpg",
        media_type="image/jpeg",
        role="before",
    )


def stored(portal: PortalServer) -> dict[str, str]:
    """Attachment id → hash of the bytes that the portal has."""
    with portal.database.read() as session:
        found = {}
        for row in session.scalars(select(AttachmentRow).where(AttachmentRow.state == "stored")):
            chunks = (
                select(ChunkRow).where(ChunkRow.attachment_id == row.attachment_id).order_by(ChunkRow.start)
            )
            whole = b"".join(chunk.content for chunk in session.scalars(chunks))
            found[row.attachment_id] = hashlib.sha256(whole).hexdigest()
        return found


def test_a_file_arrives_with_its_record(desk: SyncDesk, portal: PortalServer) -> None:
    file = a_file(desk)
    record = desk.write_one(attachments=(file,))
    outcome = desk.sync()
    assert stored(portal)[file.id] == file.sha256
    assert outcome.files_sent == 1
    assert outcome.all_at_portal
    assert desk.copy(record).completeness == "complete"


def test_a_file_added_later_follows_without_a_new_operation(desk: SyncDesk, portal: PortalServer) -> None:
    record = desk.write_one()
    desk.sync()
    file = a_file(desk, b"quyet dinh" * 500)
    desk.edit(record, attachments=(file,))
    desk.sync()
    assert stored(portal)[file.id] == file.sha256
    assert len(portal.operations()) == 1


def test_a_broken_upload_goes_on_where_it_stopped(desk: SyncDesk, portal: PortalServer) -> None:
    file = a_file(desk)
    desk.write_one(attachments=(file,))
    desk.weather.only = "/uploads/"
    desk.weather.replace_next_answer(lambda answer: answer)
    desk.weather.lose_next_answer()
    desk.try_sync()
    desk.weather.requests.clear()
    desk.clock.advance(timedelta(minutes=20))
    desk.sync()
    sent = sum(len(one.body or b"") for one in desk.weather.requests if one.method == "PATCH")
    assert stored(portal)[file.id] == file.sha256
    assert sent < len(CONTENT) * 0.6


def test_a_piece_garbled_on_the_way_is_sent_again(desk: SyncDesk, portal: PortalServer) -> None:
    file = a_file(desk)
    desk.write_one(attachments=(file,))
    desk.weather.only = "/uploads/"
    problem = {"sk-portal": "sangkien-portal", "content-type": "application/problem+json"}
    desk.weather.answer_next(Answer(460, problem, b'{"code":"digest-mismatch"}'))
    assert desk.sync().files_sent == 1
    assert stored(portal)[file.id] == file.sha256


def test_files_of_a_secret_initiative_stay(desk: SyncDesk, portal: PortalServer) -> None:
    file = a_file(desk)
    desk.write_one(attachments=(file,), is_secret=True)
    assert desk.sync().all_at_portal
    assert file.id not in stored(portal)
    assert not [one for one in desk.weather.requests if "/attachments" in one.url]


def test_a_file_gone_from_the_station_is_told(desk: SyncDesk) -> None:
    file = a_file(desk, b"se mat")
    desk.write_one(attachments=(file,))
    (desk.home.attachments / file.sha256).unlink()
    outcome = desk.sync()
    assert outcome.files_lost == 1
    assert not outcome.all_at_portal
