"""What the unit has entered so far, as rules compare a record with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sangkien_desktop.domain.ids import PersonId, UnitId


@dataclass(frozen=True)
class Spread:
    """Benefits of some initiatives, đồng: their middle, and what nine of ten do not exceed."""

    number: int
    median: int
    high: int


def spread_of(values: Sequence[int]) -> Spread:
    """The spread of these benefits. Raises IndexError without any."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return Spread(len(ordered), ordered[last // 2], ordered[last * 9 // 10])


@dataclass(frozen=True, kw_only=True)
class History:
    """Benefits by group and by category, initiatives by person; what is not known is left out."""

    groups: Mapping[UnitId, Spread] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, Spread] = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[PersonId, int] = field(default_factory=lambda: MappingProxyType({}))

    def of_group(self, group: UnitId | None) -> Spread | None:
        """Benefits of a group."""
        return self.groups.get(group) if group else None

    def of_category(self, category: str) -> Spread | None:
        """Benefits of a category."""
        return self.categories.get(category)

    def of_person(self, person: PersonId | None) -> int:
        """How many initiatives the person has entered in the newest twelve months."""
        return self.people.get(person, 0) if person else 0


NO_HISTORY = History()
