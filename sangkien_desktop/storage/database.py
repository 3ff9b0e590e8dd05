"""The open database of a station: many readers, one writer, one process."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection as CoreConnection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from sangkien_desktop.clock import Clock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home, sync_folder
from sangkien_desktop.storage import audit, connections, failures, meta, migrate, moment, places
from sangkien_desktop.storage.station_lock import StationLock

_log = logging.getLogger(__name__)

__all__ = ["BeforeUpgrade", "Database", "Session"]

READERS = 4
ALWAYS_CHECKED_BELOW_BYTES = 64 * 1024 * 1024
"""A file up to this size is checked at every start: a fraction of a second even on an old disk."""
CHECK_EVERY = timedelta(hours=24)

BeforeUpgrade = Callable[[Home, bytes], object]
"""Makes a verified copy of the database before its schema is changed."""


class Database:
    """Opens sessions, and nothing else does. `read()` for looking, `write()` for changing."""

    def __init__(self, home: Home, key: bytes, *, clock: Clock, lock: StationLock) -> None:
        """Use `open` or `create`."""
        self._home = home
        self._clock = clock
        self._key = bytearray(key)
        self._lock = lock
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._stopped: AppError | None = None
        self._is_closed = False
        self._writes = 0
        self._readers = self._engine(READERS, begin="BEGIN")
        self._writer = self._engine(1, begin="BEGIN IMMEDIATE")

    @classmethod
    def create(cls, home: Home, key: bytes, *, clock: Clock) -> Self:
        """A new, empty database; raises AppError rather than touch anything that is already there."""
        connections.assert_driver()
        places.refuse_unsafe(home.folder)
        home.create()
        lock = StationLock(home.lock)
        try:
            if any(_beside(home.database, end).exists() for end in ("", "-wal")):
                raise failures.already_there()
            part = home.database.with_suffix(".part")
            _remove(part)
            connections.create_file(part, key)
            _make_schema(part, key)
            part.rename(home.database)
            sync_folder(home.folder)
            return cls._opened(home, key, clock=clock, lock=lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls, home: Home, key: bytes, *, clock: Clock, before_upgrade: BeforeUpgrade | None = None
    ) -> Self:
        """The database of an existing station, checked and brought to this program's schema.

        Raises AppError: `no-database`, `already-open`, `not-a-database`, `database-damaged`, `newer-schema`.
        Nothing is written to a file that fails a check.
        """
        connections.assert_driver()
        if not home.database.exists():
            raise failures.missing()
        lock = StationLock(home.lock)
        try:
            was_checked = _inspect(home.database, key, clock.now())
            database = cls._opened(home, key, clock=clock, lock=lock, before_upgrade=before_upgrade)
            if was_checked:
                with database.write() as session:
                    meta.put(session, meta.LAST_INTEGRITY, clock.now().isoformat())
            return database
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(
        cls,
        home: Home,
        key: bytes,
        *,
        clock: Clock,
        lock: StationLock,
        before_upgrade: BeforeUpgrade | None = None,
    ) -> Self:
        database = cls(home, key, clock=clock, lock=lock)
        try:
            with database.read() as session:
                is_behind = migrate.needs_upgrade(session.connection())
            if is_behind:
                if before_upgrade is not None:
                    before_upgrade(home, key)
                with database.write() as session:
                    migrate.upgrade(session.connection())
            with database.write() as session:
                meta.put(session, meta.CLOSED_CLEANLY, "no")
                audit.prepare(session)
        except BaseException:
            database._dispose()
            raise
        return database

    @property
    def home(self) -> Home:
        """The station's folder."""
        return self._home

    @property
    def key(self) -> bytes:
        """The data key, for copies of the database; never kept by the caller."""
        return bytes(self._key)

    @property
    def stopped(self) -> AppError | None:
        """Why nothing is written any more, if a disk error or damage was met."""
        return self._stopped

    @property
    def writes(self) -> int:
        """Transactions committed since opening; an unchanged count means nothing new to back up."""
        return self._writes

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot change it."""
        with self._translated(), self._session(self._readers) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that holds the writer lock and commits at the end of the block, or changes nothing.

        No network, no dialog and no waiting inside. Raises AppError when the disk refuses.
        """
        if self._writer_thread == threading.get_ident():
            raise RuntimeError("write() inside write(): hand the session on instead")
        with self._writing:
            if self._stopped is not None:
                raise self._stopped
            self._writer_thread = threading.get_ident()
            try:
                with self._translated(), self._session(self._writer) as session:
                    session.connection()
                    yield session
                    session.commit()
                self._writes += 1
            finally:
                self._writer_thread = None

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, when idle and before closing."""
        with self._writing, self._translated():
            self._checkpoint()

    def close(self) -> None:
        """Remember that all was well, empty the log, forget the key, let the next process in."""
        if self._is_closed:
            return
        if self._stopped is None:
            # A full or failing disk must not keep the program from ending; the next start checks the file.
            with suppress(AppError):
                with self.write() as session:
                    meta.put(session, meta.CLOSED_CLEANLY, "yes")
                self.checkpoint()
        self._dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        """The open database."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes."""
        self.close()

    def _dispose(self) -> None:
        self._is_closed = True
        self._readers.dispose()
        self._writer.dispose()
        self._key[:] = bytes(len(self._key))

    def _checkpoint(self) -> None:
        connection = self._writer.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()

    def _session(self, engine: Engine) -> Session:
        return Session(
            engine,
            expire_on_commit=False,
            info={moment.CLOCK: self._clock},
        )

    def _engine(self, size: int, *, begin: str) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=self._connect if begin == "BEGIN IMMEDIATE" else self._connect_reader,
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0 if size == 1 else size,
            hide_parameters=True,
            json_serializer=meta.to_json,
        )

        @event.listens_for(engine, "begin")
        def on_begin(connection: CoreConnection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    def _connect(self) -> connections.Connection:
        if self._is_closed:
            raise RuntimeError("the database is closed")
        return connections.connect(self._home.database, bytes(self._key))

    def _connect_reader(self) -> connections.Connection:
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, dbapi2.Error) as error:
            translated = failures.as_app_error(error)
            if translated is None:
                raise
            if translated.code in failures.STOPS_WRITING and self._stopped is None:
                self._stopped = translated
                _log.error("database stopped: %s", translated.code)
            raise translated from error


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        _beside(path, end).unlink(missing_ok=True)


def _make_schema(path: Path, key: bytes) -> None:
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connections.connect(path, key), hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            migrate.upgrade(connection)
            connection.commit()
    finally:
        engine.dispose()


def _inspect(path: Path, key: bytes, now: datetime) -> bool:
    """Whether the check that was due was made and passed; reads only. Raises DatabaseDamaged."""
    with connections.opened(path, key, read_only=True) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
            raise failures.not_a_database()
        known = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        checked = known.get(meta.LAST_INTEGRITY)
        age = now - datetime.fromisoformat(checked) if checked else None
        is_due = age is None or not timedelta(0) <= age < CHECK_EVERY
        was_clean = known.get(meta.CLOSED_CLEANLY) == "yes"
        if not (is_due or not was_clean or path.stat().st_size < ALWAYS_CHECKED_BELOW_BYTES):
            return False
        connections.check(connection, thorough=False)
        return True
