"""New initiatives, one or a hundred thousand, at the speed of the driver."""

# ruff: noqa: S608 - statements are put together from names of our own columns only

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, UnitId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.storage import file_rows, history, moment, search, units
from sangkien_desktop.storage.problem_rows import problem_values
from sangkien_desktop.storage.record_rows import author_values, stored_values
from sangkien_desktop.storage.tables.base import instant_text

MANY = 5_000
"""From this many rows on, making an index anew is cheaper than adding to it row by row."""

BULK_CACHE_KIB = 192 * 1024
"""For as long as many rows come in: pages pushed out of the cache are encrypted and read back again."""

_AUTHORS = (
    "INSERT INTO initiative_author (initiative, place, name, employee_code, person, share_hundredths, is_main)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@contextmanager
def _indexes_after(connection: Connection, number: int) -> Iterator[None]:
    """Take the sorting indexes away while many rows come in, and make them again, each in one pass.

    Part of the surrounding transaction, so nobody else ever sees the table without them.
    """
    present = connection.exec_driver_sql("SELECT count(*) FROM initiative").scalar() or 0
    indexes: list[tuple[str, str]] = []
    if number >= MANY and number * 2 >= present:
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'initiative' AND name LIKE 'ix%'"
        )
        indexes = [(name, sql) for name, sql in found]
    if not indexes:
        yield
        return
    cache = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
    try:
        for name, _ in indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        yield
        for _, sql in indexes:
            connection.exec_driver_sql(sql)
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {cache}")


def insert_new(
    session: Session,
    records: Sequence[Initiative],
    *,
    stamp: history.Stamp,
    problems: Mapping[InitiativeId, Sequence[Problem]],
) -> None:
    """Insert records that the database does not have yet: rows, authors, files, history, search entries.

    A record undone and done again goes on counting its versions.
    """
    if not records:
        return
    connection = session.connection()
    first = 1 + int(connection.exec_driver_sql("SELECT ifnull(max(key), 0) FROM initiative").scalar() or 0)
    rows, authors = _stored(session, records, first, problems)
    names = tuple(rows[0])
    pick = itemgetter(*names)
    with _indexes_after(connection, len(rows)):
        connection.exec_driver_sql(
            f"INSERT INTO initiative ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [pick(values) for values in rows],
        )
    if authors:
        connection.exec_driver_sql(_AUTHORS, authors)
    for record in records:
        if record.attachments:
            file_rows.put(session, record)
    last = first + len(records) - 1
    search.index_initiatives(session, first, last)
    history.created(session, first, last, stamp=stamp)


def _stored(
    session: Session,
    records: Sequence[Initiative],
    first: int,
    problems: Mapping[InitiativeId, Sequence[Problem]],
) -> tuple[list[dict[str, object]], list[tuple[object, ...]]]:
    """Rows of the initiatives' and of the authors' table, keys counted from `first`."""
    at = instant_text(moment.now(session))
    sort_keys: dict[UnitId | None, str] = {}
    rows: list[dict[str, object]] = []
    authors: list[tuple[object, ...]] = []
    for key, record in enumerate(records, start=first):
        if record.group not in sort_keys:
            sort_keys[record.group] = units.sort_key_of(session, record.group)
        values = stored_values(record, sort_keys[record.group])
        values["problems"], values["error_count"], values["warning_count"] = problem_values(
            problems.get(record.id, ())
        )
        values.update(key=key, version=record.version + 1, created_at=at, changed_at=at)
        rows.append(values)
        authors.extend(author_values(key, record.authors))
    return rows, authors
