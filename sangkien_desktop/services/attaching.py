"""Files of an initiative: pictures are shrunk and lose their place data, everything is kept encrypted."""

import io
import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import AttachmentId, InitiativeId, new_id
from sangkien_desktop.domain.initiative import Attachment, Initiative
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.storage.attachments import AttachmentStore
from sangkien_desktop.vault.subkeys import Purpose, subkey
from sangkien_desktop.vietnamese.folding import fold

MOST_FILES = 10
MOST_BYTES = 10_000_000
LONGEST_SIDE = 1600
"""Pixels: enough for A4 print at 150 dots per inch."""
QUALITY = 85
_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/bmp", "image/tiff", "image/gif"})
_FORMATS = {"image/png": ("PNG", ".png"), "image/jpeg": ("JPEG", ".jpg")}


class AttachingService:
    """Adds, changes and takes away the files of a record."""

    def __init__(self, desk: Desk, service: InitiativeService) -> None:
        self._desk = desk
        self._service = service

    def add_files(self, initiative_id: InitiativeId, paths: Sequence[Path]) -> Changes:
        """Attach files from the disk, as one act. Raises AppError when one is too large or there are too many."""
        made = []
        for path in paths:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise AppError(
                    f"Không đọc được tệp {path.name}.",
                    hint="Đóng chương trình đang mở tệp rồi thử lại.",
                    code="attachment_unreadable",
                ) from error
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            made.append(self._made(path.name, content, media_type))
        return self._add(initiative_id, made)

    def add_picture(self, initiative_id: InitiativeId, png: bytes) -> Changes:
        """Attach a picture from the clipboard."""
        at = self._desk.clock.now()
        return self._add(initiative_id, [self._made(f"anh-{at:%Y%m%d-%H%M%S}.png", png, "image/png")])

    def set_role(self, initiative_id: InitiativeId, file: AttachmentId, role: str) -> Changes:
        """Say what a file shows: before, after, calculation, decision, other."""

        def change(record: Initiative) -> Initiative:
            files = tuple(replace(one, role=role) if one.id == file else one for one in record.attachments)
            return replace(record, attachments=files)

        return self._service.edit([initiative_id], change, name="đổi vai trò tệp đính kèm")

    def remove(self, initiative_id: InitiativeId, file: AttachmentId) -> Changes:
        """Take a file off the record; its content stays for undo."""

        def change(record: Initiative) -> Initiative:
            return replace(record, attachments=tuple(one for one in record.attachments if one.id != file))

        return self._service.edit([initiative_id], change, name="gỡ tệp đính kèm")

    def content(self, file: Attachment) -> bytes:
        """The plain content of a file. Raises AppError when it is gone."""
        return self._store().read(file.sha256)

    def has(self, file: Attachment) -> bool:
        """Whether the content is on this station."""
        return self._store().has(file.sha256)

    def _add(self, initiative_id: InitiativeId, made: Sequence[Attachment]) -> Changes:
        def change(record: Initiative) -> Initiative:
            known = {one.sha256 for one in record.attachments}
            files = (*record.attachments, *(one for one in made if one.sha256 not in known))
            if len(files) > MOST_FILES:
                raise AppError(
                    f"Mỗi sáng kiến có nhiều nhất {MOST_FILES} tệp.",
                    hint="Gỡ bớt tệp cũ rồi thêm tệp mới.",
                    code="too_many_files",
                )
            return replace(record, attachments=files)

        return self._service.edit([initiative_id], change, name=f"thêm {len(made)} tệp đính kèm")

    def _made(self, name: str, content: bytes, media_type: str) -> Attachment:
        if media_type in _PICTURES:
            content, media_type, ending = shrunk(content)
            name = str(Path(name).with_suffix(ending))
        if len(content) > MOST_BYTES:
            raise AppError(
                f"Tệp {name} lớn hơn {MOST_BYTES // 1_000_000} MB.",
                hint="Thu nhỏ tệp rồi đính kèm lại.",
                code="attachment_too_large",
            )
        return Attachment(
            id=AttachmentId(new_id()),
            sha256=self._store().keep(content),
            size=len(content),
            name=name,
            media_type=media_type,
            role=role_in(name),
        )

    def _store(self) -> AttachmentStore:
        return AttachmentStore(self._desk.home.attachments, subkey(self._desk.database.key, Purpose.FILES))


def shrunk(content: bytes) -> tuple[bytes, str, str]:
    """A picture painted anew: at most LONGEST_SIDE pixels, upright, without the place and other data of the camera.

    Returns content, media type and file ending. Raises AppError for what is no picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # heavy; wanted only when a picture is attached

    try:
        with Image.open(io.BytesIO(content)) as opened:
            image = ImageOps.exif_transpose(opened)
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            media_type = "image/png" if image.mode in ("RGBA", "P", "LA") else "image/jpeg"
            plain = image.convert("RGBA" if media_type == "image/png" else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise AppError(
            "Ảnh này không đọc được.",
            hint="Mở ảnh, lưu lại dạng JPG rồi đính kèm.",
            code="picture_unreadable",
        ) from error
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    kind, ending = _FORMATS[media_type]
    written = io.BytesIO()
    fresh.save(written, kind, quality=QUALITY, optimize=True)
    return written.getvalue(), media_type, ending


def role_in(name: str) -> str:
    """What a file's name says of its role."""
    folded = fold(name).replace("-", " ").replace("_", " ")
    words = (
        ("before", ("truoc", "before")),
        ("after", ("sau", "after")),
        ("calculation", ("ban tinh", "cach tinh", "lam loi", "calculation")),
        ("decision", ("quyet dinh", "qd", "decision")),
    )
    return next((role for role, said in words if any(word in folded for word in said)), "other")
