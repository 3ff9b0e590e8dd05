"""The kinds of identifier, and the only maker of new ones."""

from typing import NewType

import uuid6

InitiativeId = NewType("InitiativeId", str)
PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)
AttachmentId = NewType("AttachmentId", str)
OperationId = NewType("OperationId", str)
BatchId = NewType("BatchId", str)
ConflictId = NewType("ConflictId", str)
AccountId = NewType("AccountId", str)
StationId = NewType("StationId", str)
UndoGroupId = NewType("UndoGroupId", str)


def new_id() -> str:
    """A fresh UUIDv7, lower case with hyphens: unique without a counter, ordered by the time it was made."""
    return str(uuid6.uuid7())
