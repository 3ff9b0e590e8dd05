"""How far the exchange with the portal has come: the station's name there, cursors, success, and a log of calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import StationId, new_id
from sangkien_desktop.storage import moment
from sangkien_desktop.storage.tables import NetLogRow, ReceiptRow, StationRow, SyncStreamRow

CHANGES = "changes"
"""The one cursor over all streams."""
NET_LOG_LINES = 2000


@dataclass(frozen=True, kw_only=True)
class Station:
    """This station, and the portal it is registered with."""

    id: StationId
    epoch: int
    name: str
    machine_fp: str
    portal_id: str | None = None
    portal_epoch: str | None = None
    portal_url: str | None = None


def station(session: Session) -> Station | None:
    """The station of this database; None before it has been named."""
    row = session.scalars(select(StationRow)).one_or_none()
    if row is None:
        return None
    return Station(
        id=StationId(row.station_id),
        epoch=row.epoch_number,
        name=row.name,
        machine_fp=row.machine_fp,
        portal_id=row.portal_id,
        portal_epoch=row.portal_epoch,
        portal_url=row.portal_url,
    )


def ensure_station(session: Session, *, name: str = "", machine_fp: str = "") -> Station:
    """The station of this database, named now if it has no name yet."""
    known = station(session)
    if known is not None:
        return known
    fresh = {
        "station_id": new_id(),
        "epoch": new_id(),
        "epoch_number": 1,
        "name": name,
        "machine_fp": machine_fp,
    }
    session.execute(insert(StationRow).values(**fresh, sign_key_ref="", created_at=moment.now(session)))
    return ensure_station(session)


def put_fingerprint(session: Session, machine_fp: str) -> None:
    """Remember on which machine this profile lives."""
    session.execute(update(StationRow).values(machine_fp=machine_fp, changed_at=moment.now(session)))


def rename(session: Session, name: str) -> None:
    """Another name for this station."""
    session.execute(update(StationRow).values(name=name, changed_at=moment.now(session)))


def pin_portal(session: Session, *, portal_id: str, epoch: str, url: str) -> None:
    """Remember which portal this station is registered with."""
    values = {"portal_id": portal_id, "portal_epoch": epoch, "portal_url": url}
    session.execute(update(StationRow).values(**values, changed_at=moment.now(session)))


def new_epoch(session: Session, *, machine_fp: str) -> None:
    """This profile goes on as another station's twin: after a restore, or on another PC."""
    values = {"epoch": new_id(), "epoch_number": StationRow.epoch_number + 1, "machine_fp": machine_fp}
    session.execute(update(StationRow).values(**values, changed_at=moment.now(session)))


def cursor(session: Session, account: str) -> str:
    """Where the next page begins; empty for the start."""
    found = session.scalar(
        select(SyncStreamRow.cursor).where(
            SyncStreamRow.stream == CHANGES, SyncStreamRow.account_id == account
        )
    )
    return found or ""


def put_cursor(
    session: Session, account: str, value: str, *, digest: Mapping[str, Json] | None = None
) -> None:
    """Keep the cursor; in the transaction that applies its page."""
    values = {"cursor": value, "as_of": moment.now(session), "digest": dict(digest) if digest else None}
    _put(session, account, values)


def put_success(session: Session, account: str) -> None:
    """A whole cycle went through."""
    _put(session, account, {"last_ok_at": moment.now(session)})


def _put(session: Session, account: str, values: Mapping[str, object]) -> None:
    statement = sqlite.insert(SyncStreamRow).values(stream=CHANGES, account_id=account, **values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["stream", "account_id"], set_=dict(values))
    )


def last_success(session: Session, account: str | None = None) -> datetime | None:
    """When a whole cycle last went through, for one account or any."""
    query = select(func.max(SyncStreamRow.last_ok_at))
    if account is not None:
        query = query.where(SyncStreamRow.account_id == account)
    found: datetime | None = session.scalar(query)
    return found


def forget_cursors(session: Session) -> None:
    """The next pull begins anew; nothing else is lost by it."""
    session.execute(update(SyncStreamRow).values(cursor=None))


@dataclass(frozen=True, kw_only=True)
class Call:
    """One exchange with the network: what was asked and how it went; no bodies, no tokens, no queries."""

    at: datetime
    method: str
    path: str
    status: int | None = None
    took_ms: int | None = None
    size: int | None = None
    problem: str = ""
    trace_id: str | None = None


def log_calls(session: Session, calls: Sequence[Call]) -> None:
    """Append to the log and drop its oldest lines."""
    if not calls:
        return
    rows = [
        {
            "at": call.at,
            "method": call.method,
            "path": call.path,
            "status": call.status,
            "ms": call.took_ms,
            "bytes": call.size,
            "problem": call.problem,
            "trace_id": call.trace_id,
        }
        for call in calls
    ]
    session.execute(insert(NetLogRow), rows)
    newest = session.scalar(select(func.max(NetLogRow.seq))) or 0
    session.execute(delete(NetLogRow).where(NetLogRow.seq <= newest - NET_LOG_LINES))


def calls(session: Session, limit: int = 200) -> tuple[Call, ...]:
    """The newest calls first."""
    query = select(NetLogRow).order_by(NetLogRow.seq.desc()).limit(limit)
    return tuple(
        Call(
            at=row.at,
            method=row.method,
            path=row.path,
            status=row.status,
            took_ms=row.ms,
            size=row.bytes,
            problem=row.problem,
            trace_id=row.trace_id,
        )
        for row in session.scalars(query)
    )


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The portal's signed word that it has a batch."""

    batch_id: str
    jws: str
    verified: bool
    hop: str
    at: datetime | None


def put_receipt(session: Session, batch_id: str, jws: str, *, verified: bool, hop: str = "portal") -> None:
    """Keep a receipt; one that verifies is never replaced by one that does not."""
    values = {"jws": jws, "verified": verified, "hop": hop, "at": moment.now(session)}
    statement = sqlite.insert(ReceiptRow).values(batch_id=batch_id, **values)
    keep_better = ReceiptRow.verified.is_(False) if verified else ReceiptRow.verified.is_(None)
    session.execute(
        statement.on_conflict_do_update(index_elements=["batch_id"], set_=values, where=keep_better)
    )


def receipts(session: Session, limit: int = 500) -> tuple[Receipt, ...]:
    """Receipts, newest first."""
    query = select(ReceiptRow).order_by(ReceiptRow.at.desc()).limit(limit)
    return tuple(
        Receipt(
            batch_id=row.batch_id,
            jws=row.jws,
            verified=row.verified,
            hop=row.hop,
            at=row.at,
        )
        for row in session.scalars(query)
    )
