"""What one transaction of the engine changes: records, the portal's copies, conflicts, operations to queue; read
in bulk, changed in memory, written once."""

from collections.abc import Iterable
from dataclasses import replace

from sangkien_desktop.domain.document import Document
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.sync_status import PortalStatus
from sangkien_desktop.storage import conflicts, initiatives, outbox, replicas
from sangkien_desktop.storage.conflicts import Conflict
from sangkien_desktop.storage.replicas import Copy
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.rebase import WITHDRAWN_THERE, Theirs, rebase

ACTOR = "portal"
SOURCE = "portal"


class Ledger:
    """Lives inside one write transaction; `close()` writes everything."""

    def __init__(self, session: Session, ids: Iterable[InitiativeId]) -> None:
        self._session = session
        self._copies = replicas.copies(session, ids)
        self._stored = dict(self._copies)
        self._records: dict[InitiativeId, Initiative] = {}
        self._touched: set[InitiativeId] = set()
        self._new: dict[InitiativeId, Initiative] = {}
        self._conflicts: dict[InitiativeId, Conflict] = {}
        self._to_queue: list[InitiativeId] = []

    @property
    def changed(self) -> frozenset[InitiativeId]:
        """Records that a list or form showing them should read again."""
        moved = {one for one, copy in self._copies.items() if self._stored.get(one) != copy}
        return frozenset(moved | self._touched | self._new.keys() | self._conflicts.keys())

    def preload(self, ids: Iterable[InitiativeId]) -> None:
        """Read these records at once; others are read one by one when asked for."""
        keys = [self._copies[one].key for one in ids if one in self._copies and one not in self._records]
        for row in initiatives.page(self._session, keys):
            self._records[row.record.id] = row.record

    def copy(self, record: InitiativeId) -> Copy | None:
        """What is known of the portal's version; None when the record is not here."""
        return self._copies.get(record)

    def record(self, record: InitiativeId) -> Initiative:
        """The station's version, as changed so far."""
        if record not in self._records:
            self._records[record] = initiatives.get(self._session, record)
        return self._records[record]

    def put_copy(self, copy: Copy) -> None:
        """Change what is known of the portal's version."""
        self._copies[copy.id] = copy

    def put_record(self, record: Initiative) -> None:
        """Change the station's version."""
        self._records[record.id] = record
        if record.id not in self._new:
            self._touched.add(record.id)
        else:
            self._new[record.id] = record

    def add_record(self, record: Initiative, copy: Copy) -> None:
        """A record that came from the portal."""
        self._new[record.id] = record
        self._records[record.id] = record
        self._copies[copy.id] = copy

    def queue(self, record: InitiativeId) -> None:
        """What the record now says must be sent."""
        self._to_queue.append(record)

    def rebase(self, record_id: InitiativeId, theirs: Theirs, *, base: Document | None = None) -> None:
        """Move the record onto the portal's newer version; a clash becomes a conflict. `base` is what both
        sides last agreed on, by default the kept copy."""
        copy = self._copies[record_id]
        before = self.record(record_id)
        found = rebase(before, copy.base_doc if base is None else base, theirs)
        if found.record != before:
            self.put_record(found.record)
        if found.conflict is not None:
            self.open_conflict(found.conflict)
        self.put_copy(replace(self._copies[record_id], base_doc=theirs.document, base_rev=theirs.rev))

    def open_conflict(self, conflict: Conflict) -> None:
        """A person must decide."""
        self._conflicts[conflict.record] = conflict
        copy = self._copies[conflict.record]
        self.put_copy(replace(copy, has_conflict=True))

    def settle_shadow(self, record_id: InitiativeId) -> None:
        """Merge what came while an operation was unanswered, unless a conflict is open."""
        copy = self._copies[record_id]
        if copy.shadow_rev is None or copy.has_conflict:
            return
        shadow = Theirs(copy.shadow_doc or {}, copy.shadow_rev)
        self.put_copy(replace(copy, shadow_rev=None, shadow_doc=None))
        if shadow.rev > copy.base_rev:
            self.rebase(record_id, shadow)

    def follow_withdrawal(self, record_id: InitiativeId, *, has_own_edits: bool) -> None:
        """The portal's side has withdrawn the record: follow, or ask when own edits wait."""
        copy, record = self._copies[record_id], self.record(record_id)
        if copy.portal_status != PortalStatus.WITHDRAWN or record.lifecycle is not Lifecycle.READY:
            return
        if has_own_edits:
            theirs = Theirs(copy.base_doc or {}, copy.base_rev, rule=WITHDRAWN_THERE)
            self.rebase(record_id, theirs)
        else:
            self.put_record(replace(record, lifecycle=Lifecycle.WITHDRAWN))

    def close(self) -> None:
        """Write everything that was changed."""
        session = self._session
        initiatives.put_many(session, self._new.values(), actor=ACTOR, source=SOURCE)
        touched = [self._records[one] for one in sorted(self._touched)]
        initiatives.put_many(session, touched, actor=ACTOR, source=SOURCE)
        replicas.store(session, [copy for one, copy in self._copies.items() if self._stored.get(one) != copy])
        conflicts.open_many(session, list(self._conflicts.values()))
        outbox.add_many(session, self._to_queue, actor=ACTOR)
