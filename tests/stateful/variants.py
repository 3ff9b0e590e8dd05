"""Three innocent-looking simplifications of the protocol, each of which must be caught by the world."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from unittest.mock import patch

from sangkien_desktop.domain.ids import OperationId, new_id
from sangkien_desktop.domain.sync_status import OperationState
from sangkien_desktop.storage import moment, outbox
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.outbox import Operation
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync import access, engine, settle
from sangkien_desktop.sync.engine import Wiring
from sangkien_desktop.sync.pull import PageOfRecords
from sangkien_desktop.sync.wire.batches import Verdict

NAMESPACE = uuid.UUID("7c6f0d0e-0f6b-4b8e-9a55-1d8b3b0d2c11")
TRIGGERS = ("op_payload_frozen", "op_never_reopens", "op_sealed_never_deleted")


def minted_when_queued(operation: Operation) -> OperationId:
    """The identity that the operation would have got when it was queued: the same in every copy of the row."""
    return OperationId(
        str(uuid.uuid5(NAMESPACE, f"{operation.record}:{operation.key}:{operation.created_at}"))
    )


def kept_once_minted(operation: Operation) -> OperationId:
    """A deferred operation that was opened again keeps its identity."""
    return operation.op_id or OperationId(new_id())


@contextmanager
def op_id_at_queue_time() -> Iterator[None]:
    """`op_id` is made when the edit is queued, not when it is sealed."""
    with patch.object(access, "Wiring", partial(Wiring, mint=minted_when_queued)):
        yield


@contextmanager
def deferred_is_editable() -> Iterator[None]:
    """A deferred operation becomes queued again and takes in further edits; the database's triggers stand."""
    states = settle.STATE_OF | {Verdict.DEFERRED: OperationState.QUEUED}
    finding = outbox.sealable

    def sealable(session: Session, account: str, limit: int) -> tuple[Operation, ...]:
        now = moment.now(session)
        found = finding(session, account, limit)
        return tuple(one for one in found if one.next_at is None or one.next_at <= now)

    with (
        patch.object(outbox, "sealable", sealable),
        patch.object(settle, "STATE_OF", states),
        patch.object(access, "Wiring", partial(Wiring, mint=kept_once_minted)),
    ):
        yield


@contextmanager
def deferred_is_editable_unguarded() -> Iterator[None]:
    """The same, and the triggers that guard sealed operations are dropped."""
    opening = Database._opened.__func__  # type: ignore[attr-defined]

    def opened(cls: type[Database], *args: object, **kwargs: object) -> Database:
        database: Database = opening(cls, *args, **kwargs)
        with database.write() as session:
            for trigger in TRIGGERS:
                session.connection().exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        return database

    with deferred_is_editable(), patch.object(Database, "_opened", classmethod(opened)):
        yield


@contextmanager
def no_shadow() -> Iterator[None]:
    """A pull skips records that have something unanswered, and moves its cursor on all the same. The comparison
    of digests, which mends such a loss later, is off: it must not be what the protocol leans on."""
    with (
        patch.object(PageOfRecords, "_shadow", lambda _page, _copy, _pulled: None),
        patch.object(engine, "_differing", lambda _session, _pulled: ()),
    ):
        yield


VARIANTS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "op_id at queue time": op_id_at_queue_time,
    "deferred is editable": deferred_is_editable,
    "deferred is editable, triggers dropped": deferred_is_editable_unguarded,
    "no shadow": no_shadow,
}
GUARDED = {"deferred is editable"}
"""Simplifications that the database itself refuses: the refusal is how they are caught."""
