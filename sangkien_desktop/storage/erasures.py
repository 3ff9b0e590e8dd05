"""What was erased stays erased: remembered by a hash of its id, and taken out again after any restore or import."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, PersonId
from sangkien_desktop.storage import initiatives, moment, people, personal
from sangkien_desktop.storage.tables import ErasureRow, HistoryRow, InitiativeRow, PersonRow

INITIATIVE, PERSON = "initiative", "person"


def id_hash(record_id: str) -> str:
    """By which an erased record is known again; the id is random, so the hash gives nothing away."""
    return hashlib.blake2b(record_id.encode(), person=b"erasure", digest_size=16).hexdigest()


def erase(session: Session, kind: str, record_id: str, *, reason: str, actor: str = "") -> None:
    """Take a record or a person out wherever they occur, and remember that they must not come back.

    A person leaves the initiatives behind without the name. Raises AppError `erasure-waits`.
    """
    values = {"id_hash": id_hash(record_id), "kind": kind, "reason": reason, "at": moment.now(session)}
    session.execute(insert(ErasureRow).values(**values).on_conflict_do_nothing())
    _take_out(session, kind, record_id, actor)


def is_erased(session: Session, record_id: str) -> bool:
    """Whether this record was erased here: late pages, bundles and files must leave it out."""
    return session.get(ErasureRow, id_hash(record_id)) is not None


def find(session: Session) -> tuple[ErasureRow, ...]:
    """Every erasure, for carrying over into a restored database; rows stay inside storage."""
    return tuple(session.scalars(select(ErasureRow)))


def reapply(session: Session, known: Iterable[ErasureRow] = ()) -> int:
    """Take in erasures from another copy and take out whatever of them is here; how many records went."""
    for row in known:
        values = {"id_hash": row.id_hash, "kind": row.kind, "reason": row.reason, "at": row.at}
        session.execute(insert(ErasureRow).values(**values).on_conflict_do_nothing())
    hashes = set(session.scalars(select(ErasureRow.id_hash)))
    gone = 0
    for kind, column in ((INITIATIVE, InitiativeRow.id), (PERSON, PersonRow.id)):
        for record_id in session.scalars(select(column)).all() if hashes else ():
            if id_hash(record_id) in hashes:
                _take_out(session, kind, record_id, must_be_whole=False)
                gone += 1
    return gone


def _take_out(
    session: Session, kind: str, record_id: str, actor: str = "", *, must_be_whole: bool = True
) -> None:
    if kind == INITIATIVE:
        session.execute(delete(HistoryRow).where(HistoryRow.record_id == record_id))
        initiatives.remove(session, InitiativeId(record_id))
        return
    for person in people.find(session, ids=[PersonId(record_id)]):
        personal.take_out(session, person, actor=actor, must_be_whole=must_be_whole)
        personal.forget_person(session, person.id)
