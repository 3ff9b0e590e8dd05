"""A person's word on a conflict: what the record becomes, and what follows once it is saved."""

from collections.abc import Mapping

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.egress import allowed
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.travelling import REFERENCES, travelling, with_travelling
from sangkien_desktop.storage import conflicts, outbox
from sangkien_desktop.storage.conflicts import Conflict
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.ledger import Ledger


def decided(record: Initiative, conflict: Conflict, choices: Mapping[str, Json]) -> Initiative:
    """The record with the chosen values of the clashing fields (None empties one); a field without a choice keeps
    the station's value. Everything else stays as it is: what did not clash was merged when the conflict arose.

    Who chooses the station's side gets what stands here now: the record may have been edited since the conflict
    arose, and its value of then must not undo that.
    """
    document = travelling(record)
    known = allowed(is_secret=record.is_secret) | frozenset(REFERENCES)
    for name in conflict.fields:
        takes_mine = name in choices and choices[name] == conflict.mine.get(name)
        if name in choices and name in known and not takes_mine:
            document[name] = choices[name]
    return with_travelling(record, {name: value for name, value in document.items() if value is not None})


def close(
    session: Session, conflict: Conflict, resolution: Mapping[str, Json], *, by: str, actor: str = ""
) -> bool:
    """After the decided record was saved: close the conflict, take in what the portal has sent since, and queue
    what is still different. False when it had been closed before; then nothing happens."""
    if not conflicts.resolve(session, conflict.id, resolution, by=by):
        return False
    ledger = Ledger(session, [conflict.record])
    ledger.settle_shadow(conflict.record)
    ledger.close()
    outbox.add(session, conflict.record, actor=actor or by)
    return True
