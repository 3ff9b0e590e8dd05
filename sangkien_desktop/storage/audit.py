"""The audit chain: every link holds the code of the one before, so nothing can be changed or cut out unseen.

No personal data: ids, names of fields, and salted hashes of values. An actor is an id or a role.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

import rfc8785
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from sangkien_desktop.storage import meta, moment
from sangkien_desktop.storage.tables import AuditRow
from sangkien_desktop.storage.tables.base import instant_text

KEY = "audit_key"
START = "0" * 64
AT_START = 1_000
"""Links verified when the program starts; all of them are when a backup is made."""

Plain = None | bool | int | str | list[str]


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something worth answering for."""

    actor: str
    action: str
    entity: str = ""
    detail: Mapping[str, Plain] | None = None
    before_hash: str = ""
    after_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of the chain: what the portal countersigns."""

    number: int
    hash: str


def _key(session: Session) -> bytes:
    """The chain's own key: random, made once, kept in the encrypted database, so that it outlives a change of
    the data key and travels with every copy."""
    if KEY not in session.info:
        kept = meta.get(session, KEY)
        if not kept:
            kept = os.urandom(32).hex()
            meta.put(session, KEY, kept)
        session.info[KEY] = bytes.fromhex(kept)
    key: bytes = session.info[KEY]
    return key


def prepare(session: Session) -> None:
    """Make the chain's key, when the database is opened for the first time."""
    _key(session)


def salted_hash(session: Session, value: str) -> str:
    """A hash by which equal values can be recognised, but not guessed without the key."""
    return hmac.new(_key(session), b"value:" + value.encode(), hashlib.sha256).hexdigest()


def append(session: Session, deed: Deed) -> Head:
    """Add a link inside the transaction of the deed itself."""
    last = head(session)
    link = {
        "seq": last.number + 1,
        "at": instant_text(moment.now(session)),
        "actor": deed.actor,
        "action": deed.action,
        "entity": deed.entity,
        "detail": dict(deed.detail) if deed.detail else None,
        "before_hash": deed.before_hash,
        "after_hash": deed.after_hash,
        "prev_hash": last.hash,
    }
    code = _code(_key(session), link)
    session.execute(insert(AuditRow).values(**link, hash=code))
    return Head(number=last.number + 1, hash=code)


def head(session: Session) -> Head:
    """The newest link; number 0 for an empty chain."""
    row = session.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)).first()
    return Head(number=row.seq, hash=row.hash) if row else Head(number=0, hash=START)


def first_broken(session: Session, *, last: int | None = None, expected: Head | None = None) -> int | None:
    """The number of the first link that is wrong or missing; None when the chain holds.

    `last` limits the check to that many newest links. `expected` is a head that somebody else has countersigned:
    it must still be in the chain, so a cut tail is noticed.
    """
    newest = session.scalar(select(func.max(AuditRow.seq))) or 0
    start = 1 if last is None else max(1, newest - last + 1)
    previous = START
    if start > 1:
        previous = session.scalar(select(AuditRow.hash).where(AuditRow.seq == start - 1)) or ""
    number = start
    for row in session.scalars(select(AuditRow).where(AuditRow.seq >= start).order_by(AuditRow.seq)):
        link = {
            name: getattr(row, name)
            for name in (
                "seq",
                "at",
                "actor",
                "action",
                "entity",
                "detail",
                "before_hash",
                "after_hash",
                "prev_hash",
            )
        }
        code = _code(_key(session), link)
        if row.seq != number or row.prev_hash != previous or not hmac.compare_digest(code, row.hash):
            return number
        previous, number = row.hash, number + 1
    return _missing(session, expected)


def _missing(session: Session, expected: Head | None) -> int | None:
    if expected is None or expected.number == 0:
        return None
    found = session.scalar(select(AuditRow.hash).where(AuditRow.seq == expected.number))
    return None if found == expected.hash else expected.number


def _code(key: bytes, link: Mapping[str, object]) -> str:
    previous = str(link["prev_hash"]).encode()
    return hmac.new(key, previous + rfc8785.dumps(dict(link)), hashlib.sha256).hexdigest()  # type: ignore[arg-type]
