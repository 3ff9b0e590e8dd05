"""The portal as officers meet it: sign in, send and fetch, see where everything is, settle clashes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import ConflictId, InitiativeId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.lifecycle import moved
from sangkien_desktop.domain.programmes import Quota
from sangkien_desktop.domain.sync_status import OperationState, StationFacts, all_at_portal
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.explaining import Explanation, explain
from sangkien_desktop.services.initiatives import changes_of
from sangkien_desktop.services.road import CLOCK_OFFSET, Road, road
from sangkien_desktop.services.surroundings import RuleContexts
from sangkien_desktop.storage import (
    accounts,
    conflicts,
    initiatives,
    meta,
    outbox,
    quotas,
    rankings,
    sync_marks,
    undo,
)
from sangkien_desktop.storage.accounts import Account, AuthState
from sangkien_desktop.storage.conflicts import Conflict
from sangkien_desktop.sync import decisions, proxies
from sangkien_desktop.sync.access import PortalAccess
from sangkien_desktop.sync.doctor import Check
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.wire.portal import DeviceCode

EXCHANGE_TITLE = "Đang gửi và nhận với Cổng"
"""What the job of an exchange is called, so that the sync screen knows it when it starts."""


@dataclass(frozen=True, kw_only=True)
class SyncStatus:
    """Where the station stands with the portal."""

    account: Account | None
    portal_url: str
    last_success: datetime | None
    operations: Mapping[OperationState, int]
    facts: StationFacts
    badges: Mapping[str, int]

    @property
    def all_at_portal(self) -> bool:
        """The one tested function's word."""
        return all_at_portal(self.facts)

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in and the sign-in has not run out."""
        return self.account is not None and self.account.state is AuthState.SIGNED_IN


class SyncService:
    """Everything that needs the portal, and everything that is known of it without a connection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database
        self._portal = PortalAccess(
            desk.database, desk.clock, proxies=lambda: proxies.chosen(desk.settings())
        )

    def status(self) -> SyncStatus:
        """Where the station stands, without asking the network."""
        with self._database.read() as session:
            station = sync_marks.station(session)
            counts = initiatives.counts(session)
            return SyncStatus(
                account=accounts.current(session),
                portal_url=(station.portal_url if station else None) or self._desk.settings().portal_url,
                last_success=sync_marks.last_success(session),
                operations=outbox.counts(session),
                facts=outbox.station_facts(session),
                badges={badge.value: number for badge, number in counts.by_badge.items()},
            )

    def sign_in_by_code(
        self, address: str, show: Callable[[DeviceCode], None], progress: Progress
    ) -> Account:
        """Sign in by a code that is approved on another device; `show` is given the code.

        Raises PortalFailure, AppError when the code was denied or ran out, Cancelled.
        """
        return self._portal.sign_in_by_device(address, show, progress)

    def sign_out(self, progress: Progress) -> None:
        """Forget the sign-in; work that waits stays."""
        self._portal.sign_out(progress)

    def sync_now(self, progress: Progress) -> Outcome:
        """One whole exchange. Raises PortalFailure with a sentence, Cancelled, AppError when one is running."""
        outcome = self._portal.sync(progress)
        with self._database.write() as session:
            meta.put(session, CLOCK_OFFSET, f"{outcome.clock_offset_s:.0f}")
        return outcome

    def road(self) -> Road:
        """The way to the portal, check by check, without asking the network."""
        return road(self._desk)

    def examine(self, progress: Progress, address: str = "") -> tuple[Check, ...]:
        """The way to the portal, check by check; by default to the one that the station is registered with."""
        return self._portal.examine(progress, address or self.status().portal_url)

    def next_wait_s(self) -> float | None:
        """Seconds until the next exchange should be tried by itself; None when only a person can help."""
        return self._portal.next_wait_s(self._desk.settings().sync_interval_minutes * 60)

    def try_now(self) -> None:
        """The network came back, or a person asks: earlier failures no longer delay anything."""
        self._portal.try_now()

    def explain(self, initiative_id: InitiativeId) -> Explanation:
        """Where a record is, why, and who acts next."""
        return explain(self._desk, initiative_id)

    def quotas(self) -> tuple[Quota, ...]:
        """The newest version of every quota."""
        with self._database.read() as session:
            return quotas.find(session)

    def rankings(self) -> tuple[rankings.Ranking, ...]:
        """The tables of ranks as the portal computed them."""
        with self._database.read() as session:
            return rankings.find(session)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Clashes that wait for a person, oldest first."""
        with self._database.read() as session:
            return conflicts.waiting(session)

    def resolve(self, conflict_id: ConflictId, choices: Mapping[str, Json]) -> Changes:
        """Settle a clash: `choices` gives the value of every clashing field (None empties it). An ordinary save
        follows, so it can be undone until it is sealed. Raises AppError when the clash is settled already."""
        with self._database.write() as session:
            conflict = next((one for one in conflicts.waiting(session) if one.id == conflict_id), None)
            if conflict is None:
                raise _settled_already()
            record = initiatives.get(session, conflict.record)
            chosen = decisions.decided(record, conflict, choices)
            group = undo.begin(session, f"chọn bản giữ của {record.local_code}", actor=self._desk.actor())
            found = RuleContexts(session, self._desk, [chosen]).problems(chosen)
            initiatives.put(
                session, chosen, actor=self._desk.actor(), source="conflict", undo_group=group, problems=found
            )
            decisions.close(session, conflict, choices, by=self._desk.actor())
        return changes_of([conflict.record])

    def resolve_all(self, ids: Sequence[ConflictId], *, take_portal: bool) -> Changes:
        """Settle many clashes alike: all from here, or all from the portal."""
        touched: set[InitiativeId] = set()
        for conflict in self.conflicts():
            if conflict.id in ids:
                side = conflict.theirs if take_portal else conflict.mine
                self.resolve(conflict.id, {name: side.get(name) for name in conflict.fields})
                touched.add(conflict.record)
        return changes_of(touched)

    def settle_withdrawal(self, conflict_id: ConflictId, *, keep_mine: bool) -> Changes:
        """One side withdrew what the other edited. `keep_mine`: send again what was edited here, or withdraw what
        was withdrawn here; else stay withdrawn as the portal is, or take back what the portal edited."""
        with self._database.write() as session:
            conflict = next((one for one in conflicts.waiting(session) if one.id == conflict_id), None)
            if conflict is None:
                raise _settled_already()
            record = initiatives.get(session, conflict.record)
            actor = self._desk.actor()
            group = undo.begin(session, f"chọn bản giữ của {record.local_code}", actor=actor)
            if not keep_mine:
                takes = {name: conflict.theirs.get(name) for name in conflict.fields}
                was_withdrawn = record.lifecycle is Lifecycle.WITHDRAWN
                record = decisions.decided(record, conflict, takes) if was_withdrawn else record
                record = moved(record, Lifecycle.READY if was_withdrawn else Lifecycle.WITHDRAWN)
                initiatives.put(session, record, actor=actor, source="conflict", undo_group=group)
            answer: dict[str, Json] = {"kept": "mine" if keep_mine else "theirs"}
            decisions.close(session, conflict, answer, by=actor)
        return changes_of([conflict.record])


def _settled_already() -> AppError:
    return AppError(
        "Mâu thuẫn này đã được chọn xong.", hint="Mở lại danh sách mâu thuẫn.", code="conflict-settled"
    )
