"""The union tree as officers meet it: names to choose from, and new groups."""

from collections.abc import Mapping

from sangkien_desktop.domain.ids import UnitId, new_id
from sangkien_desktop.domain.units import GRASSROOTS_KIND, GROUP_KIND, Unit, UnitTree, group_key
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import units


class UnitService:
    """Groups and the units above them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def names(self) -> Mapping[UnitId, str]:
        """The newest name of every unit."""
        with self._database.read() as session:
            return units.names(session)

    def tree(self) -> UnitTree:
        """The tree as it is today."""
        with self._database.read() as session:
            return units.tree(session, self._desk.clock.today())

    def own(self) -> Unit | None:
        """The grassroots union that the station works for."""
        with self._database.read() as session:
            return units.own(session, self._desk.clock.today())

    def groups(self) -> tuple[Unit, ...]:
        """The groups that initiatives come from, in the order of their names."""
        own = self.own()
        return tuple(
            unit
            for unit in self.tree()
            if not unit.is_own and (unit.kind == GROUP_KIND or (own is not None and unit.parent == own.id))
        )

    def named(self, name: str, *, make: bool = False) -> UnitId | None:
        """The group of that name, however it is written; with `make`, a new one when there is none."""
        wanted = group_key(name)
        found = next((unit.id for unit in self.groups() if group_key(unit.name) == wanted), None)
        if found or not make:
            return found
        own = self.own()
        unit = Unit(id=UnitId(new_id()), name=name, parent=own.id if own else None)
        with self._database.write() as session:
            units.put(session, unit)
        return unit.id

    def set_own(self, name: str, short_name: str = "") -> Unit:
        """Name the grassroots union of this station; groups without a parent come under it."""
        own = self.own()
        unit = Unit(
            id=own.id if own else UnitId(new_id()),
            name=name,
            kind=GRASSROOTS_KIND,
            short_name=short_name,
            is_own=True,
            portal_code=own.portal_code if own else None,
            parent=own.parent if own else None,
        )
        with self._database.write() as session:
            units.put(session, unit)
        return unit
