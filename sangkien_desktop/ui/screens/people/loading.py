"""What the list, its foot and its strip need, read in one go off the main thread."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.people import Missing
from sangkien_desktop.storage.people_lists import PeopleCounts, PeopleQuery


@dataclass(frozen=True)
class Loaded:
    """A list as asked for, with its sums."""

    query: PeopleQuery
    keys: "array[int]"
    counts: PeopleCounts
    everybody: int
    missing: Missing
    units: Mapping[UnitId, str]
    groups: tuple[Unit, ...]


def load(services: Services, query: PeopleQuery) -> Loaded:
    """Read it all."""
    people = services.people
    return Loaded(
        query=query,
        keys=people.keys(query),
        counts=people.counts(query),
        everybody=people.counts(PeopleQuery(status=None)).people,
        missing=people.missing(),
        units=people.group_names(),
        groups=services.units.groups(),
    )
