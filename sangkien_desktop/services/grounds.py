"""Whether a record's authors may be sent: their own consent, or the ground the unit has declared for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.people import Person
from sangkien_desktop.storage import meta
from sangkien_desktop.storage.database import Session

NO_CONSENT = "Chưa ghi nhận đồng ý"
"""How every reason begins that the unit's ground would take away."""
TEXT, DATE, BY = "ground_text", "ground_date", "ground_by"


@dataclass(frozen=True)
class Ground:
    """The ground that the unit has declared for all its authors, with who declared it and when."""

    text: str
    declared_on: date
    declared_by: str


def ground(session: Session) -> Ground | None:
    """The declared ground; None when each author's own consent is needed."""
    text = meta.get(session, TEXT)
    if not text:
        return None
    return Ground(text, date.fromisoformat(meta.get(session, DATE)), meta.get(session, BY))


def declare(session: Session, declared: Ground | None) -> None:
    """Remember the unit's ground, or take it back."""
    values = (
        (declared.text, declared.declared_on.isoformat(), declared.declared_by) if declared else ("", "", "")
    )
    for name, value in zip((TEXT, DATE, BY), values, strict=True):
        meta.put(session, name, value)


def missing_ground(record: Initiative, people: Mapping[PersonId, Person], declared: Ground | None) -> str:
    """Why the record may not be sent yet, as the badge's reason; empty when it may.

    An initiative under a technology secret sends no author, so it needs no ground.
    """
    if declared is not None or record.is_secret:
        return ""
    without = [author.name for author in record.authors if not _may_be_sent(author.person, people)]
    if not without:
        return ""
    return f"{NO_CONSENT} của {', '.join(without[:3])}{' và người khác' if len(without) > 3 else ''}."


def _may_be_sent(person: PersonId | None, people: Mapping[PersonId, Person]) -> bool:
    known = people.get(person) if person else None
    return known is not None and known.may_be_sent


def reasons(
    records: Iterable[Initiative], people: Mapping[PersonId, Person], declared: Ground | None
) -> dict[str, list[Initiative]]:
    """Records that must be held, by reason; records that may go stand under the empty reason."""
    found: dict[str, list[Initiative]] = {}
    for record in records:
        found.setdefault(missing_ground(record, people, declared), []).append(record)
    return found
