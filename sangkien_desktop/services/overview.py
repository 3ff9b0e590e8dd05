"""What the first screen says: are we there, will we make it, and what waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sangkien_desktop.domain.pace import Day, Pace, WhatIf, pace, what_if
from sangkien_desktop.domain.periods import Period, PeriodKind
from sangkien_desktop.domain.standings import Basis, Board
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.reports.figures import board, rivals
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.reporting import USUAL, ReportService, Wishes
from sangkien_desktop.storage import initiatives
from sangkien_desktop.storage.tallies import daily, undecided_pairs


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Work that waits: for a person, or (the last) for the machine."""

    work: "Work"
    number: int
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything on the first screen, of one moment."""

    board: Board
    days: tuple[Day, ...]
    pace: Pace
    waiting: tuple[Waiting, ...]
    what_if: WhatIf | None
    records: int
    """Records of the station, whatever their programme; 0 on a new station."""


class OverviewService:
    """Reads the first screen."""

    def __init__(self, desk: Desk, reports: ReportService) -> None:
        self._desk, self._reports = desk, reports

    def read(self, wishes: Wishes = USUAL) -> Overview:
        """All figures, of one moment and one transaction."""
        now = self._desk.clock.now()
        with self._desk.database.read() as session:
            ask = self._reports.ask(session, wishes)
            found = board(session, ask)
            days = shown(daily(session, ask.counted), found.period)
            counts = initiatives.counts(session)
            pairs = undecided_pairs(session)
            others = rivals(session, ask, found.unit)
        whole = found.whole
        own = found.unit.portal_code if found.unit else None
        return Overview(
            board=found,
            days=days,
            pace=pace(
                [_of_basis(day, whole.basis) for day in days if day.day < ask.day],
                count=whole.count,
                quota=whole.quota,
                now=now,
                closes_at=found.period.closes_at,
            ),
            waiting=_waiting(counts.by_badge, pairs, found),
            what_if=what_if(others, own or "", whole.tally.waiting) if whole.tally.waiting else None,
            records=counts.records,
        )


def shown(days: Sequence[Day], period: Period) -> tuple[Day, ...]:
    """The days of the curve: a campaign from its first day, anything else from the first day with a sending."""
    if period.kind is not PeriodKind.CAMPAIGN or period.first_day is None or not days:
        return tuple(days)
    first: date = period.first_day
    lead = tuple(
        Day(day=date.fromordinal(number), sent=0, valid=0)
        for number in range(first.toordinal(), days[0].day.toordinal())
    )
    return (*lead, *(day for day in days if day.day >= first))


def _of_basis(day: Day, basis: Basis) -> int:
    return day.valid if basis is Basis.VALID else day.sent


class Work(StrEnum):
    """Kinds of work that wait, in the order of the list."""

    CONFLICTS = "conflicts"
    RETURNED = "returned"
    INCOMPLETE = "incomplete"
    PAIRS = "pairs"
    GROUPS = "groups"
    MACHINE = "machine"


_OF_BADGES: Mapping[Work, tuple[Badge, ...]] = {
    Work.CONFLICTS: (Badge.CONFLICT,),
    Work.RETURNED: (Badge.RETURNED, Badge.REJECTED, Badge.DUPLICATE),
    Work.INCOMPLETE: (Badge.INCOMPLETE, Badge.PARKED),
    Work.MACHINE: (Badge.QUEUED, Badge.QUEUED_AGAIN, Badge.WAITING, Badge.UNKNOWN, Badge.SENDING),
}


def _waiting(by_badge: Mapping[Badge, int], pairs: int, found: Board) -> tuple[Waiting, ...]:
    """Work of people before work of the machine; what waits for nobody is left out."""
    numbers = {work: sum(by_badge.get(one, 0) for one in badges) for work, badges in _OF_BADGES.items()}
    numbers |= {Work.PAIRS: pairs, Work.GROUPS: len(found.below)}
    return tuple(
        Waiting(work=work, number=numbers[work], badges=_OF_BADGES.get(work, ()))
        for work in Work
        if numbers[work]
    )
