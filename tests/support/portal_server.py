"""The real reference portal, served by Uvicorn in a thread of the test."""

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import delete, insert, select, update

from reference_portal import accepting, demo, judging
from reference_portal.accepting import Acceptance, load_records, write_records
from reference_portal.app import create_app
from reference_portal.database import Database as PortalDatabase
from reference_portal.database import portal_row
from reference_portal.judging import Record, Verdict
from reference_portal.settings import Limits, PortalSettings
from reference_portal.tables import (
    Base,
    BatchRow,
    FeedRow,
    OpRow,
    PortalRow,
    RecordRow,
    RevisionRow,
    TokenRow,
)
from reference_portal.tokens import TokenDesk
from reference_portal.wire import ItemIn

PLANT = demo.PLANT
NO_HURRY = Limits(requests_per_minute=0, device_interval_s=0)


class PortalServer:
    """One running portal, and what a test may look at or do behind its back."""

    def __init__(self, address: str, app: Any) -> None:
        self.address = address
        self.app = app
        self.settings: PortalSettings = app.state.portal.settings
        self.database: PortalDatabase = app.state.portal.database
        self.defer_next = 0
        """How many of the next operations the portal puts off without judging them."""

    def approve(self, user_code: str, account: str) -> None:
        """Let somebody in."""
        with self.database.write() as session:
            assert TokenDesk(session, self.settings).decide_device(user_code, account)

    def empty(self) -> None:
        """Forget everything that stations sent; units, programmes, quotas and accounts stay."""
        with self.database.write() as session:
            for table in (RevisionRow, RecordRow, OpRow, BatchRow):
                session.query(table).delete()
            session.query(FeedRow).filter(FeedRow.stream.in_(("record", "status"))).delete()

    def backup(self) -> dict[str, list[dict[str, Any]]]:
        """Everything the portal knows."""
        with self.database.read() as session:
            return {
                table.name: [dict(row) for row in session.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }

    def restore(self, backup: dict[str, list[dict[str, Any]]]) -> None:
        """The portal goes back to a backup, and says so by a new epoch."""
        with self.database.write() as session:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != PortalRow.__tablename__:
                    session.execute(delete(table))
            for table in Base.metadata.sorted_tables:
                rows = backup[table.name]
                if table.name == PortalRow.__tablename__:
                    session.execute(update(table).values(rows[0] | {"epoch": str(uuid.uuid4())}))
                elif rows:
                    session.execute(insert(table), rows)

    def forget_tokens(self, station: str, *kinds: str) -> None:
        """A station's tokens of these kinds no longer work: they ran out or were revoked."""
        with self.database.write() as session:
            mine = (TokenRow.station_id == station) & TokenRow.kind.in_(kinds)
            session.query(TokenRow).filter(mine).delete()

    def documents(self) -> dict[str, dict[str, Any]]:
        """Record id → current document."""
        return {record_id: dict(record.document) for record_id, record in self.records().items()}

    def records(self) -> dict[str, Record]:
        """Record id → record."""
        with self.database.read() as session:
            return load_records(session, set(session.scalars(select(RecordRow.record_id))))

    def titles(self) -> list[str]:
        """Titles of all records, sorted."""
        return sorted(document["title"] for document in self.documents().values())

    def operations(self) -> dict[str, OpRow]:
        """Operation id → row."""
        with self.database.read() as session:
            return {row.op_id: row for row in session.scalars(select(OpRow))}

    def edit(self, record_id: str, **values: Any) -> None:
        """Someone at the portal changes a record's document."""
        self._move(record_id, lambda record: _edited(record, values))

    def decide(
        self, record_id: str, status: str, *, reason: str | None = None, note: str | None = None
    ) -> None:
        """The reviewer gives a verdict, or withdraws the record."""
        self._move(
            record_id,
            lambda record: replace(
                record,
                rev=record.rev + 1,
                status_rev=record.rev + 1,
                status=status,
                reason_code=reason,
                note=note,
            ),
        )

    def _move(self, record_id: str, change: Any) -> None:
        with self.database.write() as session:
            record = load_records(session, {record_id})[record_id]
            write_records(session, portal_row(session), [(record, change(record))], int(time.time()))


def _edited(record: Record, values: dict[str, Any]) -> Record:
    rev = record.rev + 1
    document = {**record.document, **values}
    return replace(record, rev=rev, doc_rev=rev, document=document, updated_by="duyet")


class _Deferring(Acceptance):
    """Puts off as many operations as it is told."""

    server: PortalServer

    def _verdict(self, item: ItemIn) -> Verdict:
        if self.server.defer_next > 0:
            self.server.defer_next -= 1
            return Verdict(outcome=judging.deferred(60, "Cổng đang chốt chỉ tiêu."))
        return super()._verdict(item)


@contextmanager
def a_portal(folder: Path, **settings: Any) -> Iterator[PortalServer]:
    """A demonstration portal on a free port of the loopback, empty of records."""
    chosen = {"limits": NO_HURRY, **settings}
    app = create_app(PortalSettings(database_url=f"sqlite:///{folder / 'portal.db'}", demo=True, **chosen))
    # A socket from create_server has protocol 0, and asyncio then leaves Nagle's delay on: 46 ms a request.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    portal = PortalServer(f"http://127.0.0.1:{listening.getsockname()[1]}", app)
    accepting.Acceptance = type("Deferring", (_Deferring,), {"server": portal})  # type: ignore[misc]
    try:
        yield portal
    finally:
        accepting.Acceptance = Acceptance  # type: ignore[misc]
        server.should_exit = True
        thread.join(10)
        listening.close()
        app.state.portal.database.engine.dispose()
