"""What people ask about their own data: kept with the days by which it must be answered and done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import PersonId, new_id
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import SubjectRequestRow


@dataclass(frozen=True, kw_only=True)
class SubjectRequest:
    """One request; the person may be gone by the time it is done."""

    id: str
    person: PersonId | None
    kind: str
    """access, correct, withdraw, restrict, object or erase."""
    received_at: datetime
    answer_by: datetime
    finish_by: datetime
    state: str = "open"


def add(
    session: Session, person: PersonId, kind: str, *, answer_by: datetime, finish_by: datetime
) -> SubjectRequest:
    """Write a request down."""
    row = SubjectRequestRow(
        id=new_id(),
        person=person,
        kind=kind,
        received_at=moment.now(session),
        answer_by=answer_by,
        finish_by=finish_by,
        state="open",
    )
    session.add(row)
    session.flush()
    return _request(row)


def find(session: Session, *, only_open: bool = False) -> tuple[SubjectRequest, ...]:
    """Requests, the one that is due first in front."""
    chosen = select(SubjectRequestRow).order_by(SubjectRequestRow.finish_by, SubjectRequestRow.id)
    if only_open:
        chosen = chosen.where(SubjectRequestRow.state == "open")
    return tuple(_request(row) for row in session.scalars(chosen))


def close(session: Session, request: str, state: str) -> None:
    """Done or refused. KeyError when there is no such request."""
    row = session.get(SubjectRequestRow, request)
    if row is None:
        raise KeyError(request)
    row.state = state
    row.closed_at = moment.now(session)


def _request(row: SubjectRequestRow) -> SubjectRequest:
    return SubjectRequest(
        id=row.id,
        person=PersonId(row.person) if row.person else None,
        kind=row.kind,
        received_at=row.received_at,
        answer_by=row.answer_by or row.received_at,
        finish_by=row.finish_by or row.received_at,
        state=row.state,
    )
