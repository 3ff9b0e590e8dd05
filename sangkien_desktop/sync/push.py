"""Frozen operations → portal, a batch at a time; no transaction is open while anything is on the wire."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto

from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import BatchId, InitiativeId
from sangkien_desktop.domain.sync_status import OperationState
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import outbox, parcels
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.parcels import Batch, BatchState, Settled
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.port import PortalPort
from sangkien_desktop.sync.schedule import BatchSize, is_systemic, split_size
from sangkien_desktop.sync.seal import Sender, seal_again, seal_next
from sangkien_desktop.sync.settle import settle_answer
from sangkien_desktop.sync.wire.batches import Verdict, read_batch_answer

PARK_AFTER = 3
"""Failures of one operation alone, while others went through, after which it is put aside for a day."""
PARKED_FOR = timedelta(hours=24)
FAILED_FOR = timedelta(seconds=30)
SPLIT_AFTER = 3
"""Sendings of one batch that all broke off, after which smaller ones are tried."""
ASK_AGAIN_S = 5.0

VerifyReceipt = Callable[[str, bytes], bool]
"""Whether a receipt is the portal's word on this body."""


class Doubt(Enum):
    """What a failure of a batch says of its effect."""

    NONE = auto()  # certainly none: it never left or was refused whole
    SPLIT = auto()  # this size or one of these operations: try in parts
    UNKNOWN = auto()  # it may have had its effect


_CERTAIN = frozenset(
    {
        Failure.OFFLINE,
        Failure.NAME_UNKNOWN,
        Failure.TLS_UNTRUSTED,
        Failure.TLS_CLOCK,
        Failure.TLS_NAME,
        Failure.PROXY_AUTH,
        Failure.PROXY_PASSWORD,
        Failure.BAD_ADDRESS,
        Failure.AUTH_REQUIRED,
        Failure.FORBIDDEN,
        Failure.CLIENT_TOO_OLD,
        Failure.RATE_LIMITED,
        Failure.MAINTENANCE,
        Failure.NOT_FOUND,
        Failure.CLOSED,
    }
)
_IN_PARTS = frozenset({Failure.TOO_LARGE, Failure.SERVER, Failure.MALFORMED, Failure.KEY_REUSED})


def doubt_of(failure: Failure) -> Doubt:
    """What a failure says of the batch that met it."""
    if failure in _CERTAIN:
        return Doubt.NONE
    return Doubt.SPLIT if failure in _IN_PARTS else Doubt.UNKNOWN


@dataclass
class Pushed:
    """What pushing came to."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    records: set[InitiativeId] = field(default_factory=set)
    batches: int = 0
    parked: int = 0


class Pusher:
    """Sends everything of one account; belongs to one cycle."""

    def __init__(
        self,
        database: Database,
        port: PortalPort,
        sender: Sender,
        clock: Clock,
        *,
        size: BatchSize,
        verify: VerifyReceipt,
    ) -> None:
        """`sender` holds the portal's limits; `size` how much of them to use at first."""
        self._database = database
        self._port = port
        self._sender = sender
        self._clock = clock
        self._verify = verify
        self._failures: list[Failure] = []
        self._had_success = False
        self.size = size
        self.pushed = Pushed()

    def push_all(self, progress: Progress) -> Pushed:
        """Send until nothing is left that could be sent now. Raises PortalFailure when nothing gets through."""
        with self._database.read() as session:
            counts = outbox.counts(session)
        total = sum(counts.get(state, 0) for state in _TO_GO)
        while True:
            progress.check()
            progress.report(sum(self.pushed.counts.values()), total, "Đang gửi lên Cổng")
            batch = self._next()
            if batch is None:
                return self.pushed
            self._carry(batch, progress)

    def settle_stored(self) -> None:
        """Settle answers that were kept before the program ended; needs no network."""
        while True:
            with self._database.read() as session:
                batch = parcels.next_batch(session, self._sender.account)
            if batch is None or batch.state is not BatchState.ANSWERED:
                return
            self._settle(batch.batch_id)

    def _next(self) -> Batch | None:
        with self._database.read() as session:
            batch = parcels.next_batch(session, self._sender.account)
        if batch is not None:
            return batch
        with self._database.write() as session:
            sender = replace(self._sender, max_ops=min(self.size.now, self._sender.max_ops))
            batch_id = seal_next(session, sender, self._clock)
            return None if batch_id is None else parcels.get(session, batch_id)

    def _carry(self, batch: Batch, progress: Progress) -> None:
        if batch.state is BatchState.ANSWERED:
            self._settle(batch.batch_id)
            return
        if batch.attempts >= SPLIT_AFTER and batch.n_ops > 1:
            self._split(batch.batch_id, {"code": "broke_off"})
            return
        with self._database.write() as session:
            parcels.mark_sending(session, batch.batch_id)
        began = time.monotonic()
        try:
            answer = self._port.push(batch.batch_id, batch.body, progress)
        except PortalFailure as failure:
            self._on_failure(batch, failure)
            return
        except BaseException:
            # Stopped by a person, or our own mistake: the request may have arrived.
            with self._database.write() as session:
                parcels.mark_unknown(session, batch.batch_id, {"code": "stopped"})
            raise
        if answer.retry_after_s is not None:
            self._ask_later(batch, answer.retry_after_s)
        self.size = self.size.after(time.monotonic() - began, self._sender.max_ops)
        self._had_success = True
        self._failures.clear()
        with self._database.write() as session:
            parcels.mark_answered(session, batch.batch_id, answer.status, answer.body)
        self._settle(batch.batch_id)

    def _ask_later(self, batch: Batch, after_s: float) -> None:
        """The portal has taken the batch and works on it; the same bytes fetch the answer later."""
        with self._database.write() as session:
            parcels.mark_unknown(session, batch.batch_id, {"code": "taken"})
        raise PortalFailure(Failure.IN_PROGRESS, status=202, retry_after_s=max(after_s, ASK_AGAIN_S))

    def _settle(self, batch_id: BatchId) -> None:
        with self._database.write() as session:
            batch = parcels.get(session, batch_id)
            units = self._sender.units
            try:
                answer = read_batch_answer(batch.response or b"", batch_id, units)
            except PortalFailure as failure:
                parcels.mark_unknown(session, batch_id, _problem(failure))
                unreadable: PortalFailure | None = failure
            else:
                unreadable = None
                is_verified = bool(answer.receipt) and self._verify(answer.receipt, batch.body)
                settled = settle_answer(session, answer, units, verified=is_verified)
        if unreadable is not None:
            raise unreadable
        self.pushed.counts.update(settled.counts)
        self.pushed.records.update(settled.records)
        self.pushed.batches += 1

    def _on_failure(self, batch: Batch, failure: PortalFailure) -> None:
        doubt = doubt_of(failure.failure)
        self._failures.append(failure.failure)
        problem = _problem(failure)
        if doubt is Doubt.SPLIT:
            if batch.n_ops > 1:
                self._split(batch.batch_id, problem)
            else:
                self._alone(batch, failure)
            if is_systemic(self._failures):
                raise failure
            return
        if doubt is Doubt.UNKNOWN:
            self.size = self.size.after_cut()
        with self._database.write() as session:
            mark = parcels.mark_unsent if doubt is Doubt.NONE else parcels.mark_unknown
            mark(session, batch.batch_id, problem)
        raise failure

    def _split(self, batch_id: BatchId, problem: dict[str, Json]) -> None:
        """Two batches in place of one, with the same operations and bytes."""
        with self._database.write() as session:
            operations = parcels.operations_of(session, batch_id)
            parcels.mark_split(session, batch_id, problem)
            half = split_size(len(operations))
            for part in (operations[:half], operations[half:]):
                if part:
                    seal_again(session, self._sender, self._clock, part)

    def _alone(self, batch: Batch, failure: PortalFailure) -> None:
        """A single operation that the portal cannot take: closed when it is too large, else put aside."""
        problem = _problem(failure)
        with self._database.write() as session:
            operations = parcels.operations_of(session, batch.batch_id)
            parcels.mark_split(session, batch.batch_id, problem)
            keys = [one.key for one in operations]
            if failure.failure is Failure.TOO_LARGE:
                parcels.settle(session, [_refused_here(key, problem) for key in keys])
                return
            # One that failed alone while others went through is at fault itself; during an outage none is.
            waiting = sum(outbox.counts(session).get(state, 0) for state in _TO_GO)
            has_proof = self._had_success or waiting <= len(operations)
            is_at_fault = has_proof and all(one.attempts + 1 >= PARK_AFTER for one in operations)
            is_our_bug = failure.failure is Failure.MALFORMED
            state = OperationState.PARKED if is_at_fault or is_our_bug else OperationState.UNKNOWN
            rest = PARKED_FOR if state is OperationState.PARKED else FAILED_FOR
            parcels.postpone(session, keys, state, self._clock.now() + rest, problem)
            self.pushed.parked += state is OperationState.PARKED


_TO_GO = (
    OperationState.QUEUED,
    OperationState.SEALED,
    OperationState.INFLIGHT,
    OperationState.UNKNOWN,
    OperationState.WAITING,
)


def _refused_here(key: int, problem: dict[str, Json]) -> Settled:
    outcome: dict[str, Json] = {"outcome": "rejected", "local": True}
    return Settled(key=key, state=OperationState.REJECTED, outcome=outcome, problem=problem)


def _problem(failure: PortalFailure) -> dict[str, Json]:
    return {
        "code": failure.code,
        "message": failure.sentence,
        "status": failure.status,
        "problem": failure.problem,
        "trace_id": failure.trace_id,
    }
