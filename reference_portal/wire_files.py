"""What travels about files, receipts and commitments."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from reference_portal.wire import Code, Json, Sha256, Uuid, Wire, whole_number

Size = Annotated[int, Field(ge=1, le=2**40), BeforeValidator(whole_number)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=250, pattern=r"^[^\x00-\x1f/\\]+$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[\x20-\x7e]+$")]


class FileIn(Wire):
    """A file about to be sent."""

    record_id: Uuid
    sha256: Sha256
    size: Size
    name: FileName
    media_type: Token
    role: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z_-]+$")]


class FileOut(Wire):
    """Where its bytes go; `upload_url` is missing when they are here already."""

    state: Literal["needs_upload", "stored"]
    offset: int
    upload_url: str | None = None
    expires_at: str | None = None


class ManifestEntry(Wire):
    """One file of a record. State is missing, partial, stored, corrupt or stale."""

    attachment_id: str
    sha256: str
    size: int
    name: str
    media_type: str
    role: str
    state: str
    offset: int


class ManifestOut(Wire):
    """The files of a record."""

    record_id: str
    completeness: str
    attachments: list[ManifestEntry]


class ReceiptIn(Wire):
    """A receipt to look at."""

    receipt: Annotated[str, StringConstraints(max_length=200_000)]


class ReceiptOut(Wire):
    """Whether this portal signed it, and what it says."""

    valid: bool
    payload: Json | None = None


class CommitmentIn(Wire):
    """A hash of a batch that cannot be sent in time."""

    sha256: Sha256
    count: Annotated[int, Field(ge=1, le=10**6), BeforeValidator(whole_number)]
    unit_id: Code


class CommitmentOut(Wire):
    """A signed proof that the hash was here at that time."""

    sha256: str
    committed_at: str
    receipt: str
