"""Queued edits → frozen operations in a batch: bytes and `op_id` are made together, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.document import changed_fields
from sangkien_desktop.domain.ids import BatchId, OperationId, new_id
from sangkien_desktop.domain.initiative import Attachment, Initiative
from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.storage import initiatives, outbox, parcels, replicas
from sangkien_desktop.storage.outbox import Kind, Operation
from sangkien_desktop.storage.parcels import Frozen, Sealed
from sangkien_desktop.storage.replicas import Copy
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.storage.sync_marks import Station
from sangkien_desktop.sync.wire.batches import Act, Envelope, Sealing, batch_bytes, operation_bytes
from sangkien_desktop.sync.wire.documents import SCHEMA_VERSION, UnitCodes, hash_of, known_there

TOO_LARGE = "Nội dung lớn quá mức Cổng nhận; hãy rút gọn."

_ENVELOPE_BYTES = 1024

MintOperationId = Callable[[Operation], OperationId]


def fresh_op_id(_operation: Operation) -> OperationId:
    """A new identity at every seal, never one that was made earlier."""
    return OperationId(new_id())


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Under whom, from where and how much is sealed."""

    account: str
    unit_code: str
    station: Station
    units: UnitCodes
    max_ops: int
    max_bytes: int
    op_bytes: int
    mint: MintOperationId = fresh_op_id


def seal_next(session: Session, sender: Sender, clock: Clock) -> BatchId | None:
    """The next batch: frozen operations that are due first, then queued ones; None when nothing is to be sent.

    A parked operation travels alone, so that it can hold up nothing.
    """
    due = parcels.strays(session, sender.account, sender.max_ops)
    parked = [one for one in due if one.attempts]
    healthy = [one for one in due if not one.attempts]
    room = sender.max_ops - len(healthy)
    fresh = _freeze_queued(session, sender, room) if room > 0 else []
    chosen = [*((one.key, one.payload) for one in healthy), *fresh]
    if not chosen:
        chosen = [(one.key, one.payload) for one in parked[:1]]
    fitting = _fitting(chosen, sender.max_bytes)
    return _build(session, sender, clock, fitting) if fitting else None


def seal_again(session: Session, sender: Sender, clock: Clock, operations: Sequence[Frozen]) -> BatchId:
    """A new batch for operations that are frozen already, with the same bytes."""
    return _build(session, sender, clock, [(one.key, one.payload) for one in operations])


def _fitting(chosen: list[tuple[int, bytes]], max_bytes: int) -> list[tuple[int, bytes]]:
    """As many of them as the body may hold; the rest go with the next batch."""
    total = _ENVELOPE_BYTES
    fitting: list[tuple[int, bytes]] = []
    for key, payload in chosen:
        total += len(payload) + 1
        if fitting and total > max_bytes:
            break
        fitting.append((key, payload))
    return fitting


def _build(session: Session, sender: Sender, clock: Clock, chosen: list[tuple[int, bytes]]) -> BatchId:
    batch_id = BatchId(new_id())
    envelope = Envelope(
        batch_id=batch_id,
        station_id=sender.station.id,
        station_epoch=sender.station.epoch,
        station_name=sender.station.name,
        account_id=sender.account,
        unit_code=sender.unit_code,
        created_at=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    body = batch_bytes(envelope, [payload for _, payload in chosen])
    parcels.build(session, batch_id, body, [key for key, _ in chosen], account=sender.account)
    return batch_id


def _freeze_queued(session: Session, sender: Sender, limit: int) -> list[tuple[int, bytes]]:
    """Seal as many queued operations as fit; those that would say nothing new are closed on the way."""
    frozen: list[Sealed] = []
    room = sender.max_bytes - _ENVELOPE_BYTES
    while len(frozen) < limit:
        waiting = outbox.sealable(session, sender.account, limit - len(frozen))
        made, used_up = _seal_some(session, sender, waiting, room)
        room -= sum(len(one.payload) for one in made)
        parcels.freeze(session, made, account=sender.account)
        frozen.extend(made)
        if used_up or not waiting:
            break
    return [(one.key, one.payload) for one in frozen]


def _seal_some(
    session: Session, sender: Sender, waiting: Sequence[Operation], room: int
) -> tuple[list[Sealed], bool]:
    """What was sealed of these, and whether the body is full."""
    records = {
        row.record.id: row.record
        for row in initiatives.page(session, [operation.record_key for operation in waiting])
    }
    copies = replicas.copies(session, records)
    made: list[Sealed] = []
    silent: list[int] = []
    too_large: list[Operation] = []
    is_full = False
    for operation in waiting:
        record = records[operation.record]
        sealed = _seal_one(sender, operation, record, copies[operation.record])
        if sealed is None:
            silent.append(operation.key)
        elif len(sealed.payload) > sender.op_bytes:
            too_large.append(operation)
        elif made and len(sealed.payload) > room:
            is_full = True
            break
        else:
            room -= len(sealed.payload)
            made.append(sealed)
    outbox.close_unchanged(session, silent)
    outbox.hold(session, [operation.record for operation in too_large], TOO_LARGE)
    return made, is_full


def _seal_one(sender: Sender, operation: Operation, record: Initiative, copy: Copy) -> Sealed | None:
    """The operation's bytes; None when the portal knows all of it already."""
    kind = _kind(operation, copy)
    document = known_there(travelling(record), sender.units)
    changed: tuple[str, ...] | None = None
    if kind is Kind.UPDATE:
        changed = tuple(sorted(changed_fields(copy.base_doc or {}, document)))
        if not changed:
            return None
    op_id = sender.mint(operation)
    is_whole = kind in (Kind.CREATE, Kind.UPDATE)
    payload = operation_bytes(
        Sealing(
            op_id=op_id,
            act=Act(kind.value),
            record_id=record.id,
            base_rev=copy.base_rev or None,
            document=document if is_whole else None,
            local_code=record.local_code,
            changed=changed,
            files=_files(record) if is_whole else (),
            provenance=record.provenance if kind is Kind.CREATE else None,
        ),
        sender.units,
    )
    return Sealed(
        key=operation.key,
        op_id=op_id,
        kind=kind,
        base_rev=copy.base_rev,
        changed=changed,
        payload=payload,
        payload_hash=hash_of(payload),
        schema_version=SCHEMA_VERSION,
    )


def _kind(operation: Operation, copy: Copy) -> Kind:
    """What the operation has to be now: its record may have become known to the portal since it was queued."""
    if operation.kind in (Kind.CREATE, Kind.UPDATE):
        return Kind.UPDATE if copy.base_rev else Kind.CREATE
    return operation.kind


def _files(record: Initiative) -> tuple[Attachment, ...]:
    return () if record.is_secret else record.attachments
