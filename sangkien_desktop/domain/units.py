"""The union tree, with validity dates: a tree of any depth, as data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.vietnamese.folding import fold

GROUP_KIND = "Tổ công đoàn"
GRASSROOTS_KIND = "CĐ cơ sở"
_GROUP_WORDS = ("to cong doan ", "to cd ", "cong doan to ", "to san xuat ", "to ")


def group_key(name: str) -> str:
    """Group names that mean the same group have the same key: `Tổ CĐ Mạ 2`, `tổ mạ 2`, `Mạ 2`."""
    key = " ".join(fold(name).replace("–", "-").replace(" - ", " ").split())
    return next((key[len(word) :] for word in _GROUP_WORDS if key.startswith(word)), key)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One unit during one span of time; a move or a rename opens a new span (`valid_from`)."""

    id: UnitId
    name: str
    kind: str = GROUP_KIND
    """A label of the catalogue `unit_kind`."""
    parent: UnitId | None = None
    portal_code: str | None = None
    short_name: str = ""
    cluster: str = ""
    """Cụm, khối thi đua: quarterly recognition is given per cluster."""
    sector: str = ""
    members: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: UnitId | None = None
    is_own: bool = False
    """The grassroots union that this station works for."""

    def is_valid_on(self, day: date) -> bool:
        """Whether the unit exists on a day; both ends belong to the span."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class UnitTree:
    """The units valid on one day, with their places in the tree."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units: Mapping[UnitId, Unit] = MappingProxyType({unit.id: unit for unit in units})
        children: dict[UnitId | None, list[Unit]] = {}
        for unit in self._units.values():
            children.setdefault(unit.parent, []).append(unit)
        self._children = children

    def __contains__(self, unit: object) -> bool:
        return unit in self._units

    def __getitem__(self, unit: UnitId) -> Unit:
        return self._units[unit]

    def get(self, unit: UnitId | None) -> Unit | None:
        """The unit, or None when the tree of that day does not have it."""
        return self._units.get(unit) if unit else None

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def children(self, unit: UnitId | None) -> tuple[Unit, ...]:
        """The units directly below."""
        return tuple(self._children.get(unit, ()))

    def path(self, unit: UnitId) -> tuple[Unit, ...]:
        """From the top down to the unit; stops where a parent is missing or repeats."""
        found: dict[UnitId, Unit] = {}
        current = self.get(unit)
        while current is not None and current.id not in found:
            found[current.id] = current
            current = self.get(current.parent)
        return tuple(reversed(found.values()))

    def below(self, unit: UnitId) -> frozenset[UnitId]:
        """The unit and everything under it."""
        found: set[UnitId] = set()
        waiting = [unit]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(child.id for child in self._children.get(current, ()))
        return frozenset(found)
