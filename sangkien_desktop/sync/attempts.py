"""How the cycles since the last success failed; remembered in the database, so that a restart forgets no wait."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sangkien_desktop.storage import meta, moment
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.schedule import Gate, Past

_NAME = "sync.attempts"
_GATE = "sync.gate"
_COMPARED = "sync.compared_at"
REMEMBERED = 12
COMPARE_EVERY = timedelta(hours=1)
_KNOWN = frozenset(str(failure) for failure in Failure)


@dataclass(frozen=True)
class Attempts:
    """Failures since the last success, and when the newest was."""

    past: Past
    last_at: datetime | None = None


def read(session: Session) -> Attempts:
    """What is remembered."""
    stored = json.loads(meta.get(session, _NAME, "{}"))
    known = [Failure(code) for code in stored.get("failures", ()) if code in _KNOWN]
    at = stored.get("at")
    past = Past(failures=tuple(known), retry_after_s=stored.get("retry_after_s"))
    return Attempts(past, datetime.fromisoformat(at) if at else None)


def note(session: Session, failure: PortalFailure) -> None:
    """One more cycle failed."""
    earlier = read(session).past.failures
    stored = {
        "failures": [str(one) for one in (*earlier, failure.failure)][-REMEMBERED:],
        "retry_after_s": failure.retry_after_s,
        "at": moment.now(session).isoformat(),
    }
    meta.put(session, _NAME, json.dumps(stored))
    shut = gate(session).shut(moment.now(session), failure.retry_after_s).shut_until
    if shut is not None:
        meta.put(session, _GATE, shut.isoformat())


def gate(session: Session) -> Gate:
    """Whether the portal has asked for quiet, and until when; kept whatever else is forgotten."""
    until = meta.get(session, _GATE)
    return Gate(datetime.fromisoformat(until) if until else None)


def forget(session: Session) -> None:
    """A cycle went through, the network came back, or a person wants to try now."""
    meta.forget(session, _NAME)


def may_compare(session: Session) -> bool:
    """Whether a whole comparison is due; if so, notes that it is made now. A difference that a comparison cannot
    mend must not cost one every cycle."""
    now = moment.now(session)
    last = meta.get(session, _COMPARED)
    if last and abs(now - datetime.fromisoformat(last)) < COMPARE_EVERY:
        return False
    meta.put(session, _COMPARED, now.isoformat())
    return True
