"""Changes since the cursor → database: one page and its cursor in one transaction, applied again without effect."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle, Provenance
from sangkien_desktop.domain.sync_status import PortalStatus
from sangkien_desktop.domain.travelling import with_travelling
from sangkien_desktop.progress import Progress
from sangkien_desktop.storage import moment, replicas, sync_marks
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.replicas import Copy
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.ledger import SOURCE, Ledger
from sangkien_desktop.sync.lists import apply_list, unit_codes
from sangkien_desktop.sync.port import PortalPort
from sangkien_desktop.sync.rebase import DELETED_THERE, Theirs
from sangkien_desktop.sync.wire.documents import UnitCodes
from sangkien_desktop.sync.wire.feed import (
    STREAMS,
    Change,
    Digest,
    Page,
    PulledRecord,
    PulledStatus,
    as_record,
    as_status,
    read_change,
)

HIDE_AT_MOST = 20
HIDE_SHARE = 0.10
"""More than the greater of these many records is never hidden without a person's word."""
HIDING = "hiding"
"""Where deletions wait for that word."""


@dataclass
class Pulled:
    """What pulling brought."""

    changes: int = 0
    pages: int = 0
    records: set[InitiativeId] = field(default_factory=set)
    statuses: int = 0
    quotas: int = 0
    rankings: int = 0
    lists: int = 0
    hidden: int = 0
    waiting_to_hide: int = 0
    digest: dict[str, Digest] | None = None


class Puller:
    """Brings one account's changes; belongs to one cycle."""

    def __init__(self, database: Database, port: PortalPort, account: str, own_code: str, limit: int) -> None:
        self._database = database
        self._port = port
        self._account = account
        self._own_code = own_code
        self._limit = limit
        self.pulled = Pulled()

    def pull_all(self, progress: Progress) -> Pulled:
        """Take pages until the last. An expired cursor makes it take a full copy first."""
        while True:
            progress.check()
            with self._database.read() as session:
                cursor = sync_marks.cursor(session, self._account)
            try:
                page = self._port.changes(cursor, self._limit, progress)
            except PortalFailure as failure:
                if failure.failure is not Failure.EXPIRED or not cursor:
                    raise
                self._restart(progress)
                continue
            self._take(page)
            progress.report(self.pulled.changes, 0, "Đang nhận từ Cổng")
            if not page.has_more:
                return self.pulled

    def _restart(self, progress: Progress) -> None:
        """Full copies of every stream, then the feed from its beginning: whatever both bring twice is ignored."""
        for stream in STREAMS:
            after, as_of = "", ""
            while True:
                progress.check()
                part = self._port.snapshot(stream, after, as_of, progress)
                with self._database.write() as session:
                    self._apply(session, part.items)
                after, as_of = part.after or "", part.as_of
                if not after:
                    break
        with self._database.write() as session:
            sync_marks.put_cursor(session, self._account, "")

    def _take(self, page: Page) -> None:
        with self._database.write() as session:
            self._apply(session, page.changes)
            sync_marks.put_cursor(session, self._account, page.cursor)
        self.pulled.pages += 1
        self.pulled.changes += len(page.changes)
        self.pulled.digest = dict(page.digest) if page.digest is not None else None

    def _apply(self, session: Session, changes: tuple[Change, ...]) -> None:
        counts = self.pulled
        units = unit_codes(session)
        # Lists first: a record on the same page may name a unit that comes with it.
        for stream in ("catalog", "quota", "ranking"):
            for change in changes:
                if change.stream == stream and apply_list(session, change, self._own_code, units):
                    counts.lists += stream == "catalog"
                    units = unit_codes(session) if change.id == "units" else units
                    counts.quotas += stream == "quota"
                    counts.rankings += stream == "ranking"
        about_records = [change for change in changes if change.stream in ("record", "status")]
        if about_records:
            applied = PageOfRecords(session, about_records, units, hidden_before=counts.hidden)
            applied.apply()
            counts.records |= applied.changed
            counts.statuses += applied.statuses
            counts.hidden += applied.hidden
        counts.waiting_to_hide = replicas.count_aside(session, HIDING)


class PageOfRecords:
    """The changes of one page that are about records, applied inside one transaction."""

    def __init__(
        self,
        session: Session,
        changes: list[Change],
        units: UnitCodes,
        *,
        hidden_before: int = 0,
        is_whole_truth: bool = False,
    ) -> None:
        """`hidden_before` counts what this pull has hidden on earlier pages. With `is_whole_truth` the changes are
        a full copy, and a revision lower than the known one means that the portal has gone back."""
        self._session = session
        self._changes = changes
        self._units = units
        ids = [InitiativeId(change.id) for change in changes]
        self._ledger = Ledger(session, ids)
        self._tombs = {stream: replicas.tombstones(session, stream, ids) for stream in ("record", "status")}
        self._taken = replicas.taken_codes(session, [str(c.data.get("local_code") or "") for c in changes])
        self._hidden_before = hidden_before
        self._is_whole_truth = is_whole_truth
        self._to_hide: list[Change] = []
        self.statuses = 0
        self.hidden = 0
        self.changed: frozenset[InitiativeId] = frozenset()

    def apply(self) -> None:
        """Apply all, in the portal's order."""
        self._preload()
        for change in self._changes:
            if change.rev <= self._tombs.get(change.stream, {}).get(change.id, -1):
                continue
            _OF_CHANGE[change.stream, change.is_delete](self, change)
        self._hide()
        self._ledger.close()
        self.changed = self._ledger.changed

    def _preload(self) -> None:
        """Records that a newer document will be merged into; echoes of what we sent touch none."""
        needed = []
        for change in self._changes:
            copy = self._ledger.copy(InitiativeId(change.id))
            if copy is not None and (change.is_delete or change.rev != copy.base_rev):
                needed.append(copy.id)
        self._ledger.preload(needed)

    def _record(self, change: Change) -> None:
        pulled = as_record(change, self._units)
        copy = self._ledger.copy(pulled.id)
        if copy is None:
            self._new(pulled)
            return
        if copy.is_erased or not self._is_news(copy, pulled):
            return
        if copy.frozen_state is not None or copy.has_conflict:
            self._shadow(copy, pulled)
        else:
            self._ledger.rebase(pulled.id, Theirs(pulled.document, pulled.rev))

    def _is_news(self, copy: Copy, pulled: PulledRecord) -> bool:
        if self._is_whole_truth and copy.frozen_state is None:
            return (copy.base_rev, copy.base_doc) != (pulled.rev, pulled.document)
        return pulled.rev > max(copy.base_rev, copy.shadow_rev or 0)

    def _shadow(self, copy: Copy, pulled: PulledRecord) -> None:
        self._ledger.put_copy(replace(copy, shadow_rev=pulled.rev, shadow_doc=pulled.document))

    def _new(self, pulled: PulledRecord) -> None:
        is_withdrawn = pulled.status == PortalStatus.WITHDRAWN
        local_code = "" if pulled.local_code in self._taken else pulled.local_code
        self._taken |= {pulled.local_code}
        blank = Initiative(
            id=pulled.id,
            programme=str(pulled.document.get("programme") or ""),
            local_code=local_code,
            lifecycle=Lifecycle.WITHDRAWN if is_withdrawn else Lifecycle.READY,
            provenance=Provenance(source=SOURCE, actor=pulled.by, at=moment.now(self._session)),
        )
        copy = Copy(
            id=pulled.id,
            key=0,
            lifecycle=blank.lifecycle,
            version=0,
            base_rev=pulled.rev,
            base_doc=pulled.document,
            portal_code=pulled.portal_code or None,
            portal_status=pulled.status,
        )
        self._ledger.add_record(with_travelling(blank, pulled.document), copy)
        for waiting in replicas.take_aside(self._session, _orphan(pulled.id)):
            self._status(read_change(waiting))

    def _status(self, change: Change) -> None:
        status = as_status(change)
        copy = self._ledger.copy(status.id)
        if copy is None:
            replicas.set_aside(self._session, _orphan(status.id), [change.raw])
            return
        is_older = status.rev < copy.status_rev and not self._is_whole_truth
        if is_older or copy.is_erased:
            return
        self.statuses += 1
        is_news = status.rev != copy.status_rev
        self._ledger.put_copy(_with_status(copy, status))
        if is_news and copy.frozen_state is None and not copy.has_conflict:
            self._follow(copy, status)

    def _follow(self, before: Copy, status: PulledStatus) -> None:
        """The other side withdrew or restored the record: do likewise, or ask when own edits wait."""
        if status.status == PortalStatus.WITHDRAWN:
            self._ledger.follow_withdrawal(before.id, has_own_edits=before.open_state is not None)
        elif before.portal_status == PortalStatus.WITHDRAWN and before.open_state is None:
            record = self._ledger.record(before.id)
            if record.lifecycle is Lifecycle.WITHDRAWN:
                self._ledger.put_record(replace(record, lifecycle=Lifecycle.READY))

    def _delete(self, change: Change) -> None:
        self._to_hide.append(change)

    def _forget_status(self, change: Change) -> None:
        replicas.bury(self._session, "status", change.id, change.rev, change.reason)

    def _hide(self) -> None:
        """Hide what the portal deleted; all of it waits for a person when it is more than a slip explains."""
        here = [change for change in self._to_hide if self._is_visible(change)]
        limit = max(HIDE_AT_MOST, HIDE_SHARE * replicas.visible_count(self._session))
        if here and self._hidden_before + len(here) > limit:
            replicas.set_aside(self._session, HIDING, [change.raw for change in here])
            return
        self._carry_out(self._to_hide)

    def _is_visible(self, change: Change) -> bool:
        copy = self._ledger.copy(InitiativeId(change.id))
        return copy is not None and not copy.is_erased

    def _carry_out(self, deletions: list[Change]) -> None:
        going = []
        for change in deletions:
            replicas.bury(self._session, "record", change.id, change.rev, change.reason)
            copy = self._ledger.copy(InitiativeId(change.id))
            if copy is None or copy.is_erased:
                continue
            if copy.open_state is not None or copy.frozen_state is not None:
                theirs = Theirs(copy.base_doc or {}, copy.base_rev, rule=DELETED_THERE)
                self._ledger.rebase(copy.id, theirs)
            else:
                going.append(copy.id)
        replicas.hide(self._session, going)
        self.hidden += len(going)

    def carry_out_hiding(self) -> None:
        """Hide these records whatever their number: a person has agreed."""
        self._carry_out(self._changes)
        self._ledger.close()
        self.changed = self._ledger.changed


_OF_CHANGE: dict[tuple[str, bool], Callable[[PageOfRecords, Change], None]] = {
    ("record", False): PageOfRecords._record,
    ("record", True): PageOfRecords._delete,
    ("status", False): PageOfRecords._status,
    ("status", True): PageOfRecords._forget_status,
}


def _orphan(record: InitiativeId) -> str:
    return f"status:{record}"


def _with_status(copy: Copy, status: PulledStatus) -> Copy:
    return replace(
        copy,
        portal_status=status.status,
        portal_code=status.portal_code or copy.portal_code,
        portal_at=status.at,
        completeness=status.completeness,
        reason={
            "rev": status.rev,
            "code": status.reason_code,
            "note": status.note,
            "by": status.by,
            "at": status.at.isoformat() if status.at else None,
            "votes": status.votes,
        },
    )


def confirm_hiding(session: Session) -> int:
    """A person agrees that the records which the portal deleted go out of sight; how many went."""
    waiting = [read_change(change) for change in replicas.take_aside(session, HIDING)]
    page = PageOfRecords(session, waiting, UnitCodes())
    page.carry_out_hiding()
    return page.hidden


def refuse_hiding(session: Session) -> int:
    """A person keeps the records although the portal deleted them; how many stay."""
    return len(replicas.take_aside(session, HIDING))
