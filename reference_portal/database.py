"""read() and write(): SQLite or PostgreSQL, one writer at a time, positions in order of commit."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from reference_portal.tables import Base, PortalRow

Result = TypeVar("Result")
RETRYABLE_STATES = frozenset(
    {"40001", "40P01", "55P03"}
)  # serialization failure, deadlock, lock not available

SCHEMA_LOCK = 0x5A4E
"""Any number that no other program of the same database uses."""


class Busy(Exception):
    """The database would not let this writer in; asking again later is safe."""


def open_engine(url: str) -> Engine:
    """An engine whose transactions begin where we say; SQLite in WAL with full synchronisation."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=30, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, pool_size=20)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN comes too late to be IMMEDIATE.
        connection.isolation_level = None
        # LIKE guards what a unit may see, so A and a must differ there.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "case_sensitive_like=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Database:
    """The portal's data. Sessions live inside one `with` block."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # A page and its digest must be of one moment; SQLite gives that by itself.
        is_sqlite = engine.dialect.name == "sqlite"
        steady = engine if is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        self._reading = sessionmaker(steady, expire_on_commit=False, autoflush=False)
        # SQLite's writers wait by polling; within a process a lock is quicker and fair.
        self._turn: AbstractContextManager[object] = Lock() if is_sqlite else nullcontext()
        self._writing = sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)

    def prepare(self) -> None:
        """Make the tables and the portal's own row where they are missing. Safe to call from several processes."""
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Two processes that start at once would both find a table missing.
                connection.execute(select(func.pg_advisory_xact_lock(SCHEMA_LOCK)))
            Base.metadata.create_all(connection)
        with self._writing.begin() as session:
            row = {
                "id": 1,
                "epoch": str(uuid.uuid4()),
                "position": 0,
                "floor": 0,
                "code_counter": 100000,
                "secret": secrets.token_hex(32),
                "sign_key": secrets.token_hex(32),
            }
            insert_or_keep(session, PortalRow, [row])

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent look."""
        with self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A change that takes the portal's row first. All or nothing."""
        with self._turn, self._writing.begin() as session:
            lock_portal(session)
            yield session

    def attempt(self, work: Callable[[Session], Result]) -> Result:
        """Run a change whose keys make it safe to repeat; repeat it when the database gave way, else Busy."""
        cause: DBAPIError | None = None
        for _ in range(3):
            try:
                with self.write() as session:
                    return work(session)
            except DBAPIError as error:
                if not _may_repeat(error):
                    raise
                cause = error
        raise Busy from cause


def _may_repeat(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state in RETRYABLE_STATES or error.connection_invalidated or isinstance(error, IntegrityError):
        return True
    return isinstance(error, OperationalError)


def lock_portal(session: Session) -> PortalRow:
    """The portal's row, locked until this transaction ends."""
    return session.scalars(select(PortalRow).where(PortalRow.id == 1).with_for_update()).one()


def portal_row(session: Session) -> PortalRow:
    """The portal's row as this session sees it."""
    return session.scalars(select(PortalRow).where(PortalRow.id == 1)).one()


def _insert(session: Session, table: type[Base]) -> Any:
    dialect = session.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def insert_or_keep(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        session.execute(_insert(session, table).on_conflict_do_nothing(), rows)


def put(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows or replace those with the same key. Every row must name the same columns."""
    if not rows:
        return
    keys = [column.name for column in table.__table__.primary_key]
    statement = _insert(session, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)
