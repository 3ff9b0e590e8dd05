"""Counts against quotas: đạt and vượt, ranks with ties 1-1-3, movement, and the unit's split among its groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.periods import Period
from sangkien_desktop.domain.programmes import Quota, QuotaKind, exceeded_percent, reached_percent
from sangkien_desktop.domain.units import Unit

Key = TypeVar("Key")


class Basis(StrEnum):
    """Which count is held against the quota; the three are never added or mixed."""

    SENT = "sent"
    VALID = "valid"
    ENTERED = "entered"

    @property
    def label(self) -> str:
        """As the officer reads it."""
        return {Basis.SENT: "Đã gửi Cổng", Basis.VALID: "Hợp lệ", Basis.ENTERED: "Đã nhập ở máy"}[self]

    @property
    def said(self) -> str:
        """Within a sentence."""
        return self.label[0].lower() + self.label[1:]


AGAINST_LABELS: Mapping[QuotaKind, str] = {
    QuotaKind.ASSIGNED: "Được giao",
    QuotaKind.REGISTERED: "Đăng ký",
}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was counted, records and people apart. `valid` and `returned` are parts of `sent`, it of `entered`."""

    entered: int = 0
    recognised: int = 0
    sent: int = 0
    valid: int = 0
    returned: int = 0
    benefit: int = 0
    """Đồng a year, of the records entered; below of those sent and of those valid."""
    benefit_sent: int = 0
    benefit_valid: int = 0
    votes: int = 0
    people_entered: int = 0
    """Distinct authors of the records entered; likewise below."""
    people_sent: int = 0
    people_valid: int = 0

    @property
    def waiting(self) -> int:
        """Sent and not judged yet."""
        return self.sent - self.valid - self.returned

    def count(self, basis: Basis) -> int:
        """Records by the chosen count."""
        return {Basis.SENT: self.sent, Basis.VALID: self.valid, Basis.ENTERED: self.entered}[basis]

    def worth(self, basis: Basis) -> int:
        """Đồng a year of the records of the chosen count."""
        sums = {
            Basis.SENT: self.benefit_sent,
            Basis.VALID: self.benefit_valid,
            Basis.ENTERED: self.benefit,
        }
        return sums[basis]

    def people(self, basis: Basis) -> int:
        """Distinct authors of the records of the chosen count."""
        counts = {
            Basis.SENT: self.people_sent,
            Basis.VALID: self.people_valid,
            Basis.ENTERED: self.people_entered,
        }
        return counts[basis]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One group (or the whole unit) against its quota. A unit of None gathers records without a known group."""

    unit: UnitId | None
    name: str
    tally: Tally
    basis: Basis
    members: int | None = None
    assigned: int | None = None
    registered: int | None = None
    against: QuotaKind = QuotaKind.ASSIGNED
    rank: int = 0
    people_rank: int = 0
    move: int | None = None
    """Places gained since a week before; negative when it fell; None when it had no place then."""

    @property
    def quota(self) -> int | None:
        """The quota of the chosen kind."""
        return self.assigned if self.against is QuotaKind.ASSIGNED else self.registered

    @property
    def count(self) -> int:
        """Records by the chosen count."""
        return self.tally.count(self.basis)

    @property
    def people(self) -> int:
        """People by the chosen count."""
        return self.tally.people(self.basis)

    @property
    def reached(self) -> float | None:
        """Đạt %."""
        return reached_percent(self.count, self.quota or 0)

    @property
    def exceeded(self) -> float | None:
        """Vượt % = đạt % − 100."""
        return exceeded_percent(self.count, self.quota or 0)

    @property
    def over(self) -> int | None:
        """Records above the quota, negative while some are missing; None without a quota."""
        return None if self.quota is None else self.count - self.quota

    @property
    def each(self) -> float | None:
        """Initiatives a person; None where nobody took part."""
        return self.count / self.people if self.people else None


@dataclass(frozen=True, kw_only=True)
class ClusterPlace:
    """The unit's place among the units of its cluster, as the portal computed it."""

    rank: int
    units: int
    delta: int
    """Places gained since the portal's table before."""
    as_of: datetime | None


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything about one unit and period at one moment."""

    programme: str
    period: Period
    as_of: datetime
    portal_as_of: datetime | None
    """When the portal was last heard; None before the first time."""
    unit: Unit | None
    whole: Standing
    groups: tuple[Standing, ...]
    versions: Mapping[QuotaKind, tuple[Quota, ...]]
    """The unit's own quota by kind with all its versions, the oldest first."""
    cluster: ClusterPlace | None = None
    quota_period: str = ""
    """The period whose quota is used; differs from the period's code when that one has none."""

    @property
    def split(self) -> int:
        """Sum of the groups' quotas of the chosen kind."""
        return sum(group.quota or 0 for group in self.groups)

    @property
    def unsplit(self) -> int | None:
        """What is left to share out; negative when more was shared out than given; None without a quota."""
        return None if self.whole.quota is None else self.whole.quota - self.split

    @property
    def below(self) -> tuple[Standing, ...]:
        """Groups that have a quota and have not reached it, the furthest from it first."""
        short = [one for one in self.groups if one.quota and one.count < one.quota]
        return tuple(sorted(short, key=lambda one: one.reached or 0.0))

    @property
    def rated(self) -> tuple[Standing, ...]:
        """Groups with a quota."""
        return tuple(one for one in self.groups if one.quota)


def ranks(scores: Mapping[Key, float]) -> Mapping[Key, int]:
    """Places by score, the highest first; equal scores share a place and the next is left out: 1-1-3."""
    ordered = sorted(scores.values(), reverse=True)
    first: dict[float, int] = {}
    for place, score in enumerate(ordered, start=1):
        first.setdefault(score, place)
    return {key: first[score] for key, score in scores.items()}


def ranked(groups: Sequence[Standing], before: Mapping[UnitId, int]) -> tuple[Standing, ...]:
    """The groups with their places by count and by people, and their movement; `before` holds earlier counts."""
    real = [group for group in groups if group.unit is not None]
    by_count = ranks({group.unit: float(group.count) for group in real})
    by_people = ranks({group.unit: float(group.people) for group in real})
    earlier = ranks({unit: float(count) for unit, count in before.items()}) if any(before.values()) else {}

    def placed(group: Standing) -> Standing:
        if group.unit is None:
            return group
        rank, was = by_count[group.unit], earlier.get(group.unit)
        move = None if was is None else was - rank
        return replace(group, rank=rank, people_rank=by_people[group.unit], move=move)

    return tuple(placed(group) for group in groups)


def effective(quotas: Iterable[Quota]) -> Mapping[tuple[UnitId, QuotaKind], Quota]:
    """The quota that counts by unit and kind: the unit's own split before the portal's."""
    found: dict[tuple[UnitId, QuotaKind], Quota] = {}
    for quota in quotas:
        key = (quota.unit, quota.kind)
        if key not in found or quota.source == TYPED:
            found[key] = quota
    return found


TYPED = "typed"
"""Source of a quota that the unit set itself: its split among its groups."""
