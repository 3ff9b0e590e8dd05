"""Files: declared by PUT, sent by HEAD and PATCH (tus 1.0), looked at by GET."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from sqlalchemy import select

from reference_portal import uploads
from reference_portal.access import Caller, Portal, PortalDep, Reader, Writer
from reference_portal.problems import Problem
from reference_portal.routes.answers import SIGNED_IN, link, problems, with_etag
from reference_portal.routes.meta import issuer_of
from reference_portal.settings import stamp
from reference_portal.tables import AttachmentRow, RecordRow
from reference_portal.transport import CHUNK_TYPE
from reference_portal.uploads import Uploads
from reference_portal.wire import UUID_PATTERN
from reference_portal.wire_files import FileIn, FileOut, ManifestOut

router = APIRouter(tags=["attachments"])
TUS = {"Tus-Resumable": "1.0.0"}
FileId = Annotated[str, Path(pattern=UUID_PATTERN)]
UploadKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{32}$")]
CHECKSUM = r"^sha(256|1) [A-Za-z0-9+/]{27,43}=$"
FILE_LINKS = {
    "manifest": link("listAttachments", record_id="$request.body#/record_id"),
    "content": link("getAttachmentContent", attachment_id="$request.path.attachment_id"),
}


async def piece_of(
    request: Request,
    checksum: Annotated[str | None, Header(alias="Upload-Checksum", pattern=CHECKSUM)] = None,
) -> bytes:
    """A piece that came as it was sent."""
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip() != CHUNK_TYPE:
        raise Problem("unsupported-media", f"Content-Type phải là {CHUNK_TYPE}.")
    content = await request.body()
    uploads.check_piece(checksum, content)
    return content


@router.put(
    "/attachments/{attachment_id}",
    responses=problems(*SIGNED_IN, 404, 422)
    | {
        200: {"model": FileOut, "description": "Stored already", "links": FILE_LINKS},
        201: {"model": FileOut, "description": "Bytes are awaited", "links": FILE_LINKS},
    },
    operation_id="declareAttachment",
)
def declare(
    request: Request, portal: PortalDep, caller: Writer, attachment_id: FileId, wanted: FileIn
) -> Response:
    """Say what will come; the same again gives the same upload address."""
    with portal.database.write() as session:
        row = Uploads(session, portal.settings).declare(caller, attachment_id, wanted)
    if row.state == "stored":
        return JSONResponse({"state": "stored", "offset": row.size}, headers=TUS)
    url = f"{issuer_of(request, portal)}/uploads/{row.upload_key}"
    told = {
        "state": "needs_upload",
        "offset": row.received,
        "upload_url": url,
        "expires_at": stamp(row.expires_at or 0),
    }
    return JSONResponse(told, 201, {**TUS, "Location": url})


def _progress(row: AttachmentRow) -> dict[str, str]:
    headers = {**TUS, "Upload-Offset": str(row.received), "Upload-Length": str(row.size)}
    if row.expires_at is not None and row.state != "stored":
        headers["Upload-Expires"] = stamp(row.expires_at)
    return headers


@router.head(
    "/uploads/{upload_key}",
    responses=problems(*SIGNED_IN, 404, 410) | {200: {"description": "Upload-Offset and Upload-Length"}},
    operation_id="getUploadOffset",
)
def upload_offset(portal: PortalDep, caller: Writer, upload_key: UploadKey) -> Response:
    """How many bytes are here."""
    with portal.database.read() as session:
        row = uploads.find_upload(session, caller, upload_key, portal.settings.now())
        return Response(status_code=200, headers=_progress(row))


@router.patch(
    "/uploads/{upload_key}",
    status_code=204,
    responses=problems(*SIGNED_IN, 404, 409, 410, 460),
    operation_id="sendPiece",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {CHUNK_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def send_piece(
    portal: PortalDep,
    caller: Writer,
    upload_key: UploadKey,
    upload_offset: Annotated[str, Header(alias="Upload-Offset", pattern=r"^[0-9]{1,12}$")],
    content: Annotated[bytes, Depends(piece_of)],
) -> Response:
    """Append bytes at the offset. The last piece is checked against the declared hash."""
    with portal.database.write() as session:
        row = uploads.find_upload(session, caller, upload_key, portal.settings.now())
        Uploads(session, portal.settings).take(row, int(upload_offset), content)
    if row.state == "corrupt":
        raise Problem(
            "digest-mismatch", "Tệp nhận đủ nhưng sai mã băm; hãy gửi lại từ đầu.", headers=_progress(row)
        )
    return Response(status_code=204, headers=_progress(row))


@router.delete(
    "/uploads/{upload_key}",
    status_code=204,
    responses=problems(*SIGNED_IN, 404, 410, 412),
    operation_id="dropUpload",
)
def drop_upload(portal: PortalDep, caller: Writer, upload_key: UploadKey) -> Response:
    """Forget what was sent of an unfinished file."""
    with portal.database.write() as session:
        row = uploads.find_upload(session, caller, upload_key, portal.settings.now())
        Uploads(session, portal.settings).drop(row)
    return Response(status_code=204, headers=TUS)


@router.get(
    "/attachments/{attachment_id}/content",
    responses=problems(*SIGNED_IN, 404)
    | {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
    operation_id="getAttachmentContent",
    response_class=Response,
)
def content(portal: PortalDep, caller: Reader, attachment_id: FileId) -> Response:
    """The bytes of a stored file; always as a download, never as a page."""
    with portal.database.read() as session:
        row = session.get(AttachmentRow, attachment_id)
    if row is None or row.state != "stored" or not row.path.startswith(caller.path):
        raise Problem("not-found")
    headers = {
        "Content-Length": str(row.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name)}",
        "ETag": f'"{row.sha256}"',
    }
    return StreamingResponse(_bytes(portal, attachment_id), 200, headers, "application/octet-stream")


def _bytes(portal: Portal, attachment_id: str) -> Iterator[bytes]:
    with portal.database.read() as session:
        for _, piece in uploads.pieces(session, attachment_id):
            yield piece


@router.get(
    "/records/{record_id}/attachments",
    responses=problems(*SIGNED_IN, 304, 404) | {200: {"model": ManifestOut}},
    operation_id="listAttachments",
)
def manifest(
    request: Request, portal: PortalDep, caller: Reader, record_id: Annotated[str, Path(pattern=UUID_PATTERN)]
) -> Response:
    """What is declared for a record and how much of it is here."""
    with portal.database.read() as session:
        record = _visible(session.get(RecordRow, record_id), caller)
        rows = session.scalars(
            select(AttachmentRow)
            .where(AttachmentRow.record_id == record_id)
            .order_by(AttachmentRow.attachment_id)
        )
        entries = [uploads.manifest_entry(row) for row in rows]
    told = {"record_id": record_id, "completeness": record.completeness, "attachments": entries}
    return with_etag(request, told)


def _visible(record: RecordRow | None, caller: Caller) -> RecordRow:
    if record is None or record.erased or not record.path.startswith(caller.path):
        raise Problem("not-found")
    return record
