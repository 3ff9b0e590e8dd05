"""The connection cut after every n-th byte of the request and of the answer of one batch."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sangkien_desktop.domain.ids import BatchId, new_id
from sangkien_desktop.progress import SILENT
from sangkien_desktop.storage import accounts, parcels, sync_marks
from sangkien_desktop.sync.client import PortalClient
from sangkien_desktop.sync.failures import PortalFailure
from sangkien_desktop.sync.lists import unit_codes
from sangkien_desktop.sync.network import Link
from sangkien_desktop.sync.seal import Sender, seal_next
from sangkien_desktop.sync.sign_in import FreshTokens
from sangkien_desktop.sync.wire.batches import read_batch_answer
from sangkien_desktop.sync.wire.portal import Tokens
from tests.support.cutting_relay import CuttingRelay
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import SyncDesk

Resend = Callable[[bytes], tuple[BatchId, bytes]]


@dataclass
class Cuts:
    """What a series of cuts came to."""

    trials: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0
    """Trials in which the first sending ended in a failure, as it should."""


def sealed_batch(desk: SyncDesk) -> tuple[BatchId, bytes]:
    """Everything that the desk has written, sealed; not sent."""
    with desk.database.write() as session:
        account, station = accounts.current(session), sync_marks.station(session)
        assert account is not None
        assert station is not None
        sender = Sender(
            account=account.id,
            unit_code=account.unit_code,
            station=station,
            units=unit_codes(session),
            max_ops=200,
            max_bytes=2**21,
            op_bytes=2**17,
        )
        batch_id = seal_next(session, sender, desk.clock)
        assert batch_id is not None
        return batch_id, parcels.get(session, batch_id).body


def client_of(desk: SyncDesk, address: str) -> PortalClient:
    """A client with the desk's token, by another address."""
    with desk.database.read() as session:
        account, station = accounts.current(session), sync_marks.station(session)
        assert account is not None
        assert station is not None
        tokens = accounts.tokens(session, account.id)
        assert tokens is not None
    credentials = FreshTokens(Tokens(tokens.access, tokens.refresh, 3600, account.id))
    return PortalClient(Link(), address, station.id, credentials)


def same_again(batch_id: BatchId) -> Resend:
    """What the program does: the same bytes under the same name."""
    return lambda body: (batch_id, body)


def without_op_ids(body: bytes) -> tuple[BatchId, bytes]:
    """The control: a client that remembers no identity makes everything anew when it hears no answer."""
    batch = json.loads(body)
    batch["batch_id"] = new_id()
    for item in batch["items"]:
        item["op_id"], item["record_id"] = new_id(), new_id()
    return BatchId(batch["batch_id"]), json.dumps(batch, ensure_ascii=False).encode()


def lengths(desk: SyncDesk, portal: PortalServer, batch_id: BatchId, body: bytes) -> tuple[int, int]:
    """Bytes of the whole request and of the whole answer on the wire."""
    host = urlsplit(portal.address)
    with CuttingRelay(str(host.hostname), int(host.port or 0)) as relay:
        client = client_of(desk, relay.address)
        client.push(batch_id, body, SILENT)
        client.close()
        found = len(relay.seen_request), len(relay.seen_answer)
    portal.empty()
    return found


def cut_everywhere(
    desk: SyncDesk,
    portal: PortalServer,
    batch: tuple[BatchId, bytes],
    resend: Resend,
    offsets: Iterable[tuple[str, int]],
) -> Cuts:
    """Send with a cut, then send again in fair weather; the portal must hold each record once."""
    batch_id, body = batch
    host = urlsplit(portal.address)
    wanted = body.count(b'"op":"create"')
    cuts = Cuts()
    with CuttingRelay(str(host.hostname), int(host.port or 0)) as relay:
        for direction, offset in offsets:
            portal.empty()
            relay.cut_request = offset if direction == "request" else None
            relay.cut_answer = offset if direction == "answer" else None
            client = client_of(desk, relay.address)
            cuts.trials += 1
            again = batch
            try:
                answer = client.push(batch_id, body, SILENT)
            except PortalFailure:
                cuts.broken += 1
                again = resend(body)
                relay.cut_request = relay.cut_answer = None
                fresh = client_of(desk, relay.address)
                answer = fresh.push(*again, SILENT)
                fresh.close()
            client.close()
            heard = read_batch_answer(answer.body, again[0], _units(desk)).outcomes
            there = portal.operations()
            cuts.lost += max(0, wanted - len(heard)) + sum(one.op_id not in there for one in heard)
            cuts.doubled += max(0, len(portal.records()) - wanted)
    return cuts


def _units(desk: SyncDesk):  # type: ignore[no-untyped-def]
    with desk.database.read() as session:
        return unit_codes(session)


__all__ = ["Cuts", "cut_everywhere", "lengths", "same_again", "sealed_batch", "without_op_ids"]
