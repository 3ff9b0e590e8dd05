"""The record: an initiative as the station keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from sangkien_desktop.domain.ids import AttachmentId, InitiativeId, PersonId, UnitId
from sangkien_desktop.vietnamese.dates import PartialDate


class Lifecycle(StrEnum):
    """What the officer says of the record; what the portal says is kept beside it."""

    DRAFT = "draft"
    READY = "ready"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Author:
    """One author as written on the paper, linked to a person where known."""

    name: str
    employee_code: str | None = None
    share: Decimal | None = None
    """Per cent with two decimals; None where the paper does not say (a single author then has 100)."""
    is_main: bool = False
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """A reward by one of the four union levels."""

    level: str | None
    form: str
    decision: str | None = None
    date: PartialDate | None = None
    amount: int | None = None
    """Đồng."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file belonging to the record, named by the hash of its bytes."""

    id: AttachmentId
    sha256: str
    size: int
    name: str
    media_type: str
    role: str
    """before, after, calculation, decision, other."""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a record came from: typed by someone, or a row of a file."""

    source: str = "typed"
    """typed, import, paste, bundle or portal."""
    actor: str = ""
    at: datetime | None = None
    file_name: str | None = None
    file_sha256: str | None = None
    sheet: str | None = None
    row: int | None = None
    """The sheet's own row number."""


NOTHING_UNREAD: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """An initiative as the station keeps it. Field names are those of FIELDS."""

    id: InitiativeId
    programme: str
    local_code: str = ""
    stage: str | None = None
    title: str = ""
    is_secret: bool = False
    group: UnitId | None = None
    authors: tuple[Author, ...] = ()
    solution_type: str = ""
    category: str = ""
    first_applied_on: PartialDate | None = None
    is_monetary: bool = True
    annual_benefit: int | None = None
    benefit_calculation: str = ""
    benefit_confirmed_by: str = ""
    benefit_confirmed_on: PartialDate | None = None
    situation_before: str = ""
    solution: str = ""
    novelty: str = ""
    scope: str = ""
    conditions: str = ""
    effect_summary: str = ""
    effect_groups: tuple[str, ...] = ()
    recognition_level: str = ""
    recognition_decision: str = ""
    recognised_on: PartialDate | None = None
    is_ip_protected: bool = False
    awards: tuple[Award, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    note: str = ""
    unread: Mapping[str, str] = field(default_factory=lambda: NOTHING_UNREAD)
    """Field name → text as written that could not be read as a value of the field's kind; never dropped."""
    provenance: Provenance = field(default_factory=Provenance)
    lifecycle: Lifecycle = Lifecycle.DRAFT
    version: int = 0
    """Counts the saves on this station; 0 is not saved yet."""

    @property
    def main_author(self) -> Author | None:
        """The author marked as main, else the first."""
        return next((a for a in self.authors if a.is_main), self.authors[0] if self.authors else None)
