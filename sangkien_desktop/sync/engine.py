"""One exchange with the portal: the steps, in order."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sangkien_desktop import __version__
from sangkien_desktop.clock import Clock
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.sync_status import FROZEN, StationFacts, all_at_portal
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import outbox, parcels, replicas, sync_marks
from sangkien_desktop.storage.accounts import Account
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.storage.sync_marks import Call
from sangkien_desktop.sync import attempts, reconcile
from sangkien_desktop.sync.attachments import ReadFile, Sent, Uploader
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.lists import unit_codes
from sangkien_desktop.sync.port import FilePort, PortalPort
from sangkien_desktop.sync.pull import Pulled, Puller
from sangkien_desktop.sync.push import Pushed, Pusher, VerifyReceipt
from sangkien_desktop.sync.schedule import BatchSize
from sangkien_desktop.sync.seal import MintOperationId, Sender, fresh_op_id
from sangkien_desktop.sync.wire.batches import Verdict
from sangkien_desktop.sync.wire.feed import digest_of
from sangkien_desktop.sync.wire.portal import Meta

TUS = "tus-1.0"
LARGEST_PIECE = 8 * 1024 * 1024
CLOCK_OFF_S = 300
"""A PC clock further off than this is worth a word."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one cycle came to."""

    sent: Mapping[Verdict, int]
    batches: int
    parked: int
    received: int
    statuses: int
    quotas: int
    rankings: int
    hidden: int
    waiting_to_hide: int
    station: StationFacts
    changes: Changes
    differing_streams: tuple[str, ...] = ()
    """Streams whose digest says that station and portal do not hold the same."""
    clock_offset_s: float = 0.0
    """Portal's time less the PC's."""
    notice: str = ""
    files_sent: int = 0
    files_lost: int = 0
    """Files whose content is no longer on this station."""
    took_s: float = 0.0

    @property
    def all_at_portal(self) -> bool:
        """The one tested function's word."""
        return all_at_portal(self.station)


_busy: set[Path] = set()
_busy_lock = threading.Lock()


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """One exchange per station at a time. One process owns the file, so this process need only watch itself."""
    folder = database.home.folder
    with _busy_lock:
        if folder in _busy:
            raise _already_running()
        _busy.add(folder)
    try:
        yield
    finally:
        with _busy_lock:
            _busy.discard(folder)


@dataclass(frozen=True)
class Wiring:
    """What an engine may be given beside its parts."""

    calls: list[Call] = field(default_factory=list)
    """Where the port's own log of calls goes until the cycle writes it down."""
    verify: Callable[[Meta], VerifyReceipt] = lambda _meta: lambda _jws, _body: False
    """Makes the check of receipts from the portal's keys."""
    mint: MintOperationId = fresh_op_id
    files: FilePort | None = None
    """Where files go; None where the portal takes none."""
    read_file: ReadFile | None = None


class SyncEngine:
    """Exchanges everything of one account with one portal; one cycle at a time."""

    def __init__(
        self,
        database: Database,
        port: PortalPort,
        account: Account,
        clock: Clock,
        wiring: Wiring | None = None,
    ) -> None:
        self._database = database
        self._port = port
        self._account = account
        self._clock = clock
        self._wiring = wiring or Wiring()
        self._size = BatchSize()

    def sync_once(self, progress: Progress) -> Outcome:
        """The whole exchange. Raises PortalFailure (what got through stays), Cancelled, or AppError when another
        exchange is running."""
        with _alone(self._database):
            try:
                outcome = self._cycle(progress)
                self._note(None)
            except PortalFailure as failure:
                self._note(failure)
                raise
            finally:
                self._write_down_calls()
        return outcome

    def _write_down_calls(self) -> None:
        with self._database.write() as session:
            sync_marks.log_calls(session, self._wiring.calls)
        self._wiring.calls.clear()

    def _note(self, failure: PortalFailure | None) -> None:
        with self._database.write() as session:
            if failure is None:
                sync_marks.put_success(session, self._account.id)
                attempts.forget(session)
            else:
                attempts.note(session, failure)

    def _cycle(self, progress: Progress) -> Outcome:
        began = time.monotonic()
        self._respect_gate()
        progress.report(0, 0, "Đang nối tới Cổng")
        meta = self._check_portal(progress)
        self._check_account(progress)
        is_restored = self._meet_epoch(meta, progress)
        self._pusher(meta).settle_stored()
        puller = self._puller(meta)
        puller.pull_all(progress)
        pusher = self._pusher(meta)
        pushed = pusher.push_all(progress)
        while reconcile.offer_waiting(self._database):
            pusher.push_all(progress)
        self._size = pusher.size
        files = self._send_files(meta, progress)
        if pushed.batches or files.stored:
            puller.pull_all(progress)
        if is_restored or self._should_compare(puller.pulled):
            puller.pulled.records |= reconcile.compare(self._database, self._port, progress).records
            pushed = pusher.push_all(progress)
        outcome = self._outcome(meta, pushed, puller.pulled, time.monotonic() - began)
        return replace(outcome, files_sent=files.stored, files_lost=files.lost)

    def _respect_gate(self) -> None:
        """Raise when the portal has asked for quiet until later, whoever wants to try now."""
        now = self._clock.now()
        with self._database.read() as session:
            gate = attempts.gate(session)
        if gate.shut_until is not None and not gate.is_open(now):
            left_s = (gate.shut_until - now).total_seconds()
            raise PortalFailure(Failure.RATE_LIMITED, status=429, retry_after_s=left_s)

    def _send_files(self, meta: Meta, progress: Progress) -> Sent:
        wiring = self._wiring
        if wiring.files is None or wiring.read_file is None or TUS not in meta.features:
            return Sent()
        most = min(meta.limits.chunk_bytes, LARGEST_PIECE)
        uploader = Uploader(self._database, wiring.files, wiring.read_file, self._clock, most_piece=most)
        return uploader.send_all(progress)

    def _check_portal(self, progress: Progress) -> Meta:
        """Whether it is the portal that the station is registered with, and one this program can talk to."""
        meta = self._port.meta(progress)
        with self._database.read() as session:
            station = sync_marks.station(session)
        if station is None or station.portal_id not in (None, meta.portal_id):
            raise PortalFailure(Failure.WRONG_PORTAL)
        if meta.api_versions and not any(version.startswith("1.") for version in meta.api_versions):
            raise PortalFailure(Failure.CLIENT_TOO_OLD)
        if _version(__version__) < _version(meta.min_push):
            raise PortalFailure(Failure.CLIENT_TOO_OLD)
        if meta.closed_until is not None:
            wait_s = (meta.closed_until - (meta.server_time or self._clock.now())).total_seconds()
            raise PortalFailure(Failure.MAINTENANCE, status=503, retry_after_s=max(wait_s, 1.0))
        return meta

    def _meet_epoch(self, meta: Meta, progress: Progress) -> bool:
        """When the portal was restored from a backup: find out what it has forgotten. True when it was."""
        with self._database.read() as session:
            station = sync_marks.station(session)
        assert station is not None
        if station.portal_epoch == meta.epoch:
            return False
        is_restored = station.portal_epoch is not None
        if is_restored:
            at_once = meta.limits.lookup_ops
            reconcile.ask_what_is_unknown(self._database, self._port, self._account.id, at_once, progress)
        with self._database.write() as session:
            if is_restored:
                sync_marks.forget_cursors(session)
            url = station.portal_url or ""
            sync_marks.pin_portal(session, portal_id=meta.portal_id, epoch=meta.epoch, url=url)
        return is_restored

    def _check_account(self, progress: Progress) -> None:
        me = self._port.me(progress)
        if me.account_id != self._account.id:
            raise PortalFailure(Failure.AUTH_REQUIRED, problem="other-account")
        with self._database.write() as session:
            parcels.recover(session)
            outbox.adopt(session, self._account.id)

    def _pusher(self, meta: Meta) -> Pusher:
        with self._database.read() as session:
            units, station = unit_codes(session), sync_marks.station(session)
        assert station is not None
        sender = Sender(
            account=self._account.id,
            unit_code=self._account.unit_code,
            station=station,
            units=units,
            max_ops=meta.limits.batch_ops,
            max_bytes=meta.limits.batch_bytes,
            op_bytes=meta.limits.op_bytes,
            mint=self._wiring.mint,
        )
        return Pusher(
            self._database, self._port, sender, self._clock, size=self._size, verify=self._wiring.verify(meta)
        )

    def _puller(self, meta: Meta) -> Puller:
        return Puller(self._database, self._port, self._account.id, self._account.unit_code, meta.limits.page)

    def _should_compare(self, pulled: Pulled) -> bool:
        """Whether the digests differ and the last comparison is not of this very hour."""
        with self._database.read() as session:
            if not _differing(session, pulled):
                return False
        with self._database.write() as session:
            return attempts.may_compare(session)

    def _outcome(self, meta: Meta, pushed: Pushed, pulled: Pulled, took_s: float) -> Outcome:
        with self._database.read() as session:
            facts = outbox.station_facts(session)
            differing = _differing(session, pulled)
        touched = frozenset(pushed.records | pulled.records)
        server_time = meta.server_time or self._clock.now()
        return Outcome(
            sent=dict(pushed.counts),
            batches=pushed.batches,
            parked=pushed.parked,
            received=pulled.changes,
            statuses=pulled.statuses,
            quotas=pulled.quotas,
            rankings=pulled.rankings,
            hidden=pulled.hidden,
            waiting_to_hide=pulled.waiting_to_hide,
            station=facts,
            changes=Changes(
                initiatives=touched if len(touched) <= 500 else frozenset(),
                many_initiatives=len(touched) > 500,
                units=pulled.lists > 0,
                quotas=pulled.quotas + pulled.rankings > 0,
                sync=True,
            ),
            differing_streams=differing,
            clock_offset_s=(server_time - self._clock.now()).total_seconds(),
            notice=meta.notice,
            took_s=took_s,
        )


def _differing(session: Session, pulled: Pulled) -> tuple[str, ...]:
    """Streams of records in which station and portal hold different things although nothing is under way."""
    counts = outbox.counts(session)
    if pulled.digest is None or pulled.waiting_to_hide or any(counts.get(state) for state in FROZEN):
        return ()
    streams = [stream for stream in ("record", "status") if stream in pulled.digest]
    known = {stream: digest_of(replicas.known_revisions(session, stream)) for stream in streams}
    return tuple(stream for stream in streams if known[stream] != pulled.digest[stream])


def _already_running() -> AppError:
    return AppError(
        "Máy đang đồng bộ rồi.", hint="Chờ lần này xong; xem ở màn hình Đồng bộ.", code="sync_running"
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split(".")[:3])
