"""Files of sent records → portal: declared once, sent in pieces, resumed where they broke off (tus 1.0)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import uploads
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.uploads import Upload
from sangkien_desktop.sync.failures import Failure, PortalFailure, Reach
from sangkien_desktop.sync.port import FilePort

LEAST_PIECE = 256 * 1024
QUICK_S = 1.0
TRIES_AT_ONCE = 3
REST = timedelta(minutes=15)

ReadFile = Callable[[str], bytes]
"""The plain content by its SHA-256. Raises AppError when it is gone."""


@dataclass
class Sent:
    """What sending files came to."""

    stored: int = 0
    failed: int = 0
    lost: int = 0
    bytes: int = 0
    records: set[InitiativeId] = field(default_factory=set)


class Uploader:
    """Sends the files of one cycle, one after the other, small ones first."""

    def __init__(
        self, database: Database, port: FilePort, read: ReadFile, clock: Clock, *, most_piece: int
    ) -> None:
        self._database = database
        self._port = port
        self._read = read
        self._clock = clock
        self._most_piece = most_piece
        self._piece = min(LEAST_PIECE, most_piece)
        self.sent = Sent()

    def send_all(self, progress: Progress) -> Sent:
        """Send everything that is due. Raises PortalFailure when nothing gets through; what arrived stays."""
        with self._database.read() as session:
            due = uploads.due(session)
        for number, upload in enumerate(due):
            progress.check()
            progress.report(number, len(due), "Đang gửi tệp đính kèm")
            self._send(upload, progress)
        return self.sent

    def _send(self, upload: Upload, progress: Progress) -> None:
        try:
            content = self._read(upload.file.sha256)
        except AppError:
            with self._database.write() as session:
                uploads.note(session, upload.file.id, uploads.LOST)
            self.sent.lost += 1
            return
        for attempt in range(1, TRIES_AT_ONCE + 1):
            try:
                self._carry(upload, content, progress)
            except PortalFailure as failure:
                self._piece = max(self._piece // 2, min(LEAST_PIECE, self._most_piece))
                if failure.reach is not Reach.BATCH or attempt == TRIES_AT_ONCE:
                    self._rest(upload, failure)
                    return
            else:
                self.sent.stored += 1
                self.sent.records.add(upload.record)
                return

    def _rest(self, upload: Upload, failure: PortalFailure) -> None:
        with self._database.write() as session:
            uploads.postpone(
                session,
                upload.file.id,
                self._clock.now() + REST,
                {"code": failure.code, "status": failure.status},
            )
        self.sent.failed += 1
        if failure.reach is not Reach.BATCH:
            raise failure

    def _carry(self, upload: Upload, content: bytes, progress: Progress) -> None:
        """From what the portal has to the last byte; declaring again is harmless and tells where to go on."""
        declared = self._port.declare_file(upload.record, upload.file, progress)
        offset = declared.offset
        while declared.url is not None and offset < len(content):
            progress.check()
            piece = content[offset : offset + self._piece]
            began = time.monotonic()
            try:
                offset = self._port.send_piece(declared.url, offset, piece, progress)
            except PortalFailure as failure:
                if failure.failure is not Failure.OFFSET:
                    raise
                offset = self._port.upload_offset(declared.url, progress)
                continue
            self.sent.bytes += len(piece)
            if time.monotonic() - began < QUICK_S:
                self._piece = min(self._piece * 2, self._most_piece)
            if offset < len(content):
                with self._database.write() as session:
                    uploads.note(session, upload.file.id, uploads.UPLOADING, url=declared.url, offset=offset)
        with self._database.write() as session:
            uploads.note(session, upload.file.id, uploads.STORED, offset=len(content))
