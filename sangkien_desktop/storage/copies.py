"""Copies of the database as files: made by SQLite, inspected, given another key. Never by copying bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection as CoreConnection
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from sangkien_desktop.clock import Clock
from sangkien_desktop.storage import audit, connections, failures, meta, migrate, moment
from sangkien_desktop.storage.tables import InitiativeRow, OperationRow, PersonRow, StationRow


@dataclass(frozen=True, kw_only=True)
class Facts:
    """By what a copy is compared with its original, and shown to a person before a restore."""

    revision: str
    station: str
    epoch_number: int
    initiatives: int
    people: int
    operations: int
    audit: audit.Head


@contextmanager
def session_on(path: Path, key: bytes, clock: Clock, *, read_only: bool = True) -> Iterator[Session]:
    """A session on a database file that is not the station's own; commits when it may write."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connections.connect(path, key, read_only=read_only),
        poolclass=StaticPool,
        hide_parameters=True,
        json_serializer=meta.to_json,
    )

    @event.listens_for(engine, "begin")
    def on_begin(connection: CoreConnection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    try:
        with Session(engine, expire_on_commit=False, info={moment.CLOCK: clock}) as session:
            yield session
            if not read_only:
                session.commit()
    finally:
        engine.dispose()


def facts(session: Session) -> Facts:
    """The facts of an open database."""
    station = session.scalars(select(StationRow)).first()
    return Facts(
        revision=migrate.revision_of(session.connection()) or "",
        station=station.station_id if station else "",
        epoch_number=station.epoch_number if station else 0,
        initiatives=session.scalar(select(func.count()).select_from(InitiativeRow)) or 0,
        people=session.scalar(select(func.count()).select_from(PersonRow)) or 0,
        operations=session.scalar(select(func.count()).select_from(OperationRow)) or 0,
        audit=audit.head(session),
    )


def copy(source: Path, key: bytes, target: Path) -> None:
    """A compact copy with the same key, synced to the disk; `target` must not exist."""
    with connections.opened(source, key) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    sync_file(target)


def verified(path: Path, key: bytes, clock: Clock) -> Facts:
    """The facts of a copy after every check it must pass. Raises DatabaseDamaged."""
    with connections.opened(path, key, read_only=True) as connection:
        connections.check(connection, thorough=True)
    with session_on(path, key, clock) as session:
        if audit.first_broken(session) is not None:
            raise failures.damaged()
        return facts(session)


def with_new_key(path: Path, key: bytes, new_key: bytes) -> None:
    """Encrypt a copy anew; never done to the station's own file."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(f"x'{key.hex()}'")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.reset_key(f"x'{new_key.hex()}'")
    finally:
        connection.close()
    sync_file(path)


def rotated(source: Path, key: bytes, new_key: bytes, target: Path, clock: Clock) -> None:
    """A verified copy of a closed database under a new key, ready to take its place."""
    target.unlink(missing_ok=True)
    copy(source, key, target)
    before = verified(target, key, clock)
    with_new_key(target, key, new_key)
    with connections.opened(target, new_key, read_only=True) as connection:
        connections.check(connection, thorough=True)
    with session_on(target, new_key, clock) as session:
        if facts(session) != before:
            raise failures.damaged()


def sync_file(path: Path) -> None:
    """Make the file's content survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
