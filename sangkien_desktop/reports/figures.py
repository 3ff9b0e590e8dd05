"""Counts, quotas and places put together: the one computation behind the dashboard, the quota screen and reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.pace import Rival
from sangkien_desktop.domain.periods import Period, PeriodKind
from sangkien_desktop.domain.programmes import Quota, QuotaKind
from sangkien_desktop.domain.standings import (
    Basis,
    Board,
    ClusterPlace,
    Standing,
    Tally,
    effective,
    ranked,
)
from sangkien_desktop.domain.units import GROUP_KIND, Unit, UnitTree
from sangkien_desktop.storage import quotas, rankings, sync_marks, units
from sangkien_desktop.storage.tallies import Counted, tallies

NO_GROUP = "Chưa ghi tổ"
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked for: one programme and period at one moment, counted one way."""

    programme: str
    period: Period
    as_of: datetime
    basis: Basis = Basis.SENT
    against: QuotaKind = QuotaKind.ASSIGNED
    every_group: bool = False

    @property
    def counted(self) -> Counted:
        """The same question to the counts."""
        return Counted(
            programme=self.programme, period=self.period, as_of=self.as_of, every_group=self.every_group
        )

    @property
    def day(self) -> date:
        """The day whose tree of units holds."""
        return self.as_of.astimezone(VIETNAM).date()


def board(session: Session, ask: Ask) -> Board:
    """Everything about the own unit: groups in the order of their names, with the places they have and had."""
    tree = units.tree(session, ask.day)
    own = next((unit for unit in tree if unit.is_own), None)
    groups = groups_of(tree, own)
    known = quotas.find(session, programme=ask.programme)
    period = _quota_period(ask, known, own, groups)
    standing = _Standings(ask, effective(one for one in known if one.period == period))
    counts = tallies(session, ask.counted, ask.as_of - WEEK)
    place = _places(session, groups)
    placed = _gathered(counts.groups, place)
    rows = [standing.of(group, placed.get(group.id, Tally())) for group in groups]
    if None in placed:
        rows.append(standing.of(None, placed[None]))
    whole = standing.of(own, counts.whole)
    if own is None or whole.members is None:
        whole = replace(whole, members=sum(group.members or 0 for group in groups) or None)
    return Board(
        programme=ask.programme,
        period=ask.period,
        as_of=ask.as_of,
        portal_as_of=sync_marks.last_success(session),
        unit=own,
        whole=whole,
        groups=ranked(rows, _week_before(counts.sent_before, place)),
        versions=_versions(session, known, own, period),
        cluster=_place(session, ask, own, period),
        quota_period=period,
    )


def groups_of(tree: UnitTree, own: Unit | None) -> tuple[Unit, ...]:
    """The groups that are counted: what stands at the bottom under the own unit, and groups without a parent."""
    inside = tree.below(own.id) if own else frozenset()
    return tuple(
        unit
        for unit in tree
        if not unit.is_own
        and (
            (unit.id in inside and (unit.kind == GROUP_KIND or not tree.children(unit.id)))
            or (unit.kind == GROUP_KIND and (own is None or unit.parent is None))
        )
    )


def rivals(session: Session, ask: Ask, own: Unit | None) -> tuple[Rival, ...]:
    """The units of the own cluster with their figures, as the portal gave them."""
    found = _ranking(session, ask, own, ask.period.code) or _ranking(
        session, ask, own, ask.period.falls_back_on
    )
    if found is None:
        return ()
    return tuple(Rival(unit=one.unit_code, approved=one.approved, target=one.target) for one in found.places)


class _Standings:
    def __init__(self, ask: Ask, quota: Mapping[tuple[UnitId, QuotaKind], Quota]) -> None:
        self._ask, self._quota = ask, quota

    def of(self, unit: Unit | None, tally: Tally) -> Standing:
        return Standing(
            unit=unit.id if unit else None,
            name=unit.name if unit else NO_GROUP,
            tally=tally,
            basis=self._ask.basis,
            members=unit.members if unit else None,
            assigned=self._number(unit, QuotaKind.ASSIGNED),
            registered=self._number(unit, QuotaKind.REGISTERED),
            against=self._ask.against,
        )

    def _number(self, unit: Unit | None, kind: QuotaKind) -> int | None:
        quota = self._quota.get((unit.id, kind)) if unit else None
        return quota.number if quota else None


def _gathered(
    found: Mapping[UnitId | None, Tally], place: Mapping[UnitId, UnitId]
) -> Mapping[UnitId | None, Tally]:
    """Counts under the groups of the day: a merged group's under its successor, unknown ones under None."""
    gathered: dict[UnitId | None, list[Tally]] = defaultdict(list)
    for unit, tally in found.items():
        gathered[place.get(unit) if unit else None].append(tally)
    return {unit: together(parts) for unit, parts in gathered.items()}


def _places(session: Session, groups: Sequence[Unit]) -> Mapping[UnitId, UnitId]:
    """Under which group of the day each unit ever known is counted; units without one are missing."""
    current = {group.id for group in groups}
    after = {unit.id: unit.successor for unit in units.find(session) if unit.successor}
    found: dict[UnitId, UnitId] = {group: group for group in current}
    for unit in after:
        seen = {unit}
        following: UnitId | None = unit
        while following is not None and following not in current:
            following = after.get(following)
            if following in seen:
                following = None
            elif following is not None:
                seen.add(following)
        if following is not None:
            found[unit] = following
    return found


def together(parts: Iterable[Tally]) -> Tally:
    """Counts of units that became one. A person counted in two of them is counted twice."""
    listed = list(parts)
    if len(listed) == 1:
        return listed[0]
    return Tally(**{one.name: sum(getattr(part, one.name) for part in listed) for one in fields(Tally)})


def _week_before(sent: Mapping[UnitId, int], place: Mapping[UnitId, UnitId]) -> Mapping[UnitId, int]:
    counts = dict.fromkeys(place.values(), 0)
    for unit, number in sent.items():
        if unit in place:
            counts[place[unit]] += number
    return counts


def _quota_period(ask: Ask, known: Sequence[Quota], own: Unit | None, groups: Sequence[Unit]) -> str:
    """The period that has a quota: the one asked for, else for a campaign the stage it lies in, else the whole."""
    ours = {group.id for group in groups} | ({own.id} if own else set())
    with_quota = {quota.period for quota in known if quota.unit in ours}
    wanted = [ask.period.code]
    if ask.period.kind is PeriodKind.CAMPAIGN:
        wanted.append(ask.period.falls_back_on)
    return next((code for code in wanted if code in with_quota), ask.period.code)


def _versions(
    session: Session, known: Sequence[Quota], own: Unit | None, period: str
) -> Mapping[QuotaKind, tuple[Quota, ...]]:
    if own is None:
        return {}
    counts = effective(one for one in known if one.period == period and one.unit == own.id)
    return {kind: quotas.versions(session, quota) for (_, kind), quota in counts.items()}


def _ranking(session: Session, ask: Ask, own: Unit | None, period: str) -> rankings.Ranking | None:
    if own is None or not own.portal_code:
        return None
    fitting = [
        one
        for one in rankings.find(session, programme=ask.programme)
        if one.period == period and any(place.unit_code == own.portal_code for place in one.places)
    ]
    # The cluster before the unit above: quarterly recognition is given per cluster.
    return next((one for one in fitting if one.scope == own.cluster), fitting[0] if fitting else None)


def _place(session: Session, ask: Ask, own: Unit | None, period: str) -> ClusterPlace | None:
    found = _ranking(session, ask, own, period)
    if found is None or own is None:
        return None
    mine = next(place for place in found.places if place.unit_code == own.portal_code)
    return ClusterPlace(rank=mine.rank, units=len(found.places), delta=mine.delta, as_of=found.as_of)
