"""What may leave the station: by allow-list, read from the declaration of the fields.

An initiative under a technology secret sends its title, its effect summary and its awards, and nothing else.
Everything that writes outside the station (wire, bundle, shared export, print for others) takes its content
from here; there is no second way.
"""

from dataclasses import dataclass

from sangkien_desktop.domain.document import Json, to_document
from sangkien_desktop.domain.fields import Egress
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELDS

ORDINARY: frozenset[str] = frozenset(f.name for f in FIELDS if f.egress is not Egress.STATION)
SECRET: frozenset[str] = frozenset(f.name for f in FIELDS if f.egress is Egress.SECRET_TOO)


@dataclass(frozen=True)
class Leaving:
    """The part of a record that may leave; made only by `leaving`, so a filter cannot be forgotten."""

    values: dict[str, Json]


def allowed(*, is_secret: bool) -> frozenset[str]:
    """Names of the fields that may leave."""
    return SECRET if is_secret else ORDINARY


def leaving(record: Initiative) -> Leaving:
    """What may leave of a record, as plain values."""
    names = allowed(is_secret=record.is_secret)
    return Leaving({name: value for name, value in to_document(record).items() if name in names})
