"""Files as the portal is told of them."""

from dataclasses import dataclass

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.wire.batches import json_object
from sangkien_desktop.sync.wire.documents import canonical


@dataclass(frozen=True)
class Declared:
    """What the portal has of a file, and where the rest goes; no address when it has all."""

    url: str | None
    offset: int


def declaration(record: InitiativeId, file: Attachment) -> bytes:
    """What will come."""
    return canonical(
        {
            "record_id": record,
            "sha256": file.sha256,
            "size": file.size,
            "name": file.name,
            "media_type": file.media_type,
            "role": file.role,
        }
    )


def read_declared(body: bytes) -> Declared:
    """The answer to a declaration."""
    answer = json_object(body)
    if answer.get("state") == "stored":
        return Declared(None, 0)
    url, offset = answer.get("upload_url"), answer.get("offset")
    if not isinstance(url, str):
        raise PortalFailure(Failure.BAD_ANSWER)
    return Declared(url, offset if isinstance(offset, int) else 0)
