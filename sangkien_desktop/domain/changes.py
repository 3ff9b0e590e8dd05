"""What an act has touched, so that whoever is visible can refresh."""

from dataclasses import dataclass, fields

from sangkien_desktop.domain.ids import InitiativeId, PersonId


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Records touched by one service call; never names a widget."""

    initiatives: frozenset[InitiativeId] = frozenset()
    people: frozenset[PersonId] = frozenset()
    many_initiatives: bool = False
    """True when so many records changed that listing them is pointless: refresh everything."""
    units: bool = False
    quotas: bool = False
    sync: bool = False
    settings: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(**{f.name: getattr(self, f.name) | getattr(other, f.name) for f in fields(Changes)})

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return any(bool(getattr(self, f.name)) for f in fields(Changes))


NOTHING = Changes()
