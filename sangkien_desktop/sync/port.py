"""What the sync engine needs from any portal, whether it speaks the full contract or less."""

from dataclasses import dataclass
from typing import Protocol

from sangkien_desktop.domain.ids import BatchId, InitiativeId, OperationId
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.progress import Progress
from sangkien_desktop.sync.wire.batches import Looked
from sangkien_desktop.sync.wire.documents import UnitCodes
from sangkien_desktop.sync.wire.feed import Page, SnapshotPage
from sangkien_desktop.sync.wire.files import Declared
from sangkien_desktop.sync.wire.portal import Me, Meta


@dataclass(frozen=True)
class RawAnswer:
    """A portal's answer to a batch, kept byte for byte before anybody reads it."""

    body: bytes
    status: int = 200
    retry_after_s: float | None = None
    """Set when the portal has taken the batch but not finished it."""


class PortalPort(Protocol):
    """One portal under one account. Every call may raise PortalFailure or Cancelled; none opens a transaction."""

    def meta(self, progress: Progress) -> Meta:
        """Who answers there and what it can do; needs no sign-in."""

    def me(self, progress: Progress) -> Me:
        """Who is signed in."""

    def push(self, batch_id: BatchId, body: bytes, progress: Progress) -> RawAnswer:
        """Send a frozen batch; sending the same bytes again is always safe."""

    def batch(self, batch_id: BatchId, progress: Progress) -> RawAnswer:
        """The stored answer to a batch. Failure.NOT_FOUND means that it never arrived."""

    def lookup(self, op_ids: tuple[OperationId, ...], units: UnitCodes, progress: Progress) -> Looked:
        """What became of operations."""

    def changes(self, cursor: str, limit: int, progress: Progress) -> Page:
        """What changed since the cursor; Failure.EXPIRED when it is too old."""

    def snapshot(self, stream: str, after: str, as_of: str, progress: Progress) -> SnapshotPage:
        """A part of a full copy."""


class FilePort(Protocol):
    """The part of a portal that takes files."""

    def declare_file(self, record: InitiativeId, file: Attachment, progress: Progress) -> Declared:
        """Say what will come; the same again changes nothing."""

    def upload_offset(self, url: str, progress: Progress) -> int:
        """How many bytes are there."""

    def send_piece(self, url: str, offset: int, piece: bytes, progress: Progress) -> int:
        """Append bytes; the new offset. Failure.OFFSET when the portal stands elsewhere, CHECKSUM when the piece
        or the whole was not what was declared."""
