"""The migrations add up to the schema, and the schema holds what the protocol demands."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlcipher3 import dbapi2

from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.sync_status import (
    FROZEN,
    OPEN,
    TERMINAL,
    Badge,
    OperationState,
    PortalStatus,
    SyncFacts,
    badge,
)
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import initiatives, migrate, moment, schema
from sangkien_desktop.storage.badges import BADGE_SQL
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.record_rows import OWN_TABLE, column
from sangkien_desktop.storage.tables import BatchRow, ConflictRow, InitiativeRow, OperationRow
from tests.support.records import an_initiative

OUTCOMES = sorted(TERMINAL - {OperationState.CANCELLED})


def test_migrations_make_exactly_the_schema_of_the_classes(database: Database) -> None:
    plain = dbapi2.connect(":memory:")
    for statement in schema.statements():
        plain.execute(statement)
    question = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    expected = set(plain.execute(question).fetchall())
    plain.close()
    with database.read() as session:
        made = {tuple(row) for row in session.connection().exec_driver_sql(question)}
        made = {row for row in made if not str(row[1]).startswith("alembic_")}
        assert made == expected
        assert not migrate.needs_upgrade(session.connection())


def test_migrations_import_nothing_of_the_program() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    assert texts and not any("sangkien_desktop" in text for text in texts)


def test_every_field_has_its_column_or_its_table() -> None:
    assert all(column(declared.name) is not None for declared in FIELDS if declared.kind not in OWN_TABLE)


FACTS = st.builds(
    SyncFacts,
    lifecycle=st.sampled_from(Lifecycle),
    has_errors=st.booleans(),
    open_state=st.sampled_from([None, *sorted(OPEN)]),
    frozen_state=st.sampled_from([None, *sorted(FROZEN)]),
    last_outcome=st.sampled_from([None, *OUTCOMES]),
    has_conflict=st.booleans(),
    is_held=st.booleans(),
    portal_status=st.sampled_from([*PortalStatus, "một chữ lạ"]),
    was_applied=st.booleans(),
)


@pytest.fixture(scope="module")
def calculator() -> dbapi2.Connection:
    return dbapi2.connect(":memory:")


@settings(max_examples=1500, deadline=None)
@given(facts=FACTS)
def test_the_badge_in_sql_is_the_badge_of_the_domain(calculator: dbapi2.Connection, facts: SyncFacts) -> None:
    names = "lifecycle error_count open_state frozen_state last_outcome has_conflict is_held portal_status was_applied"
    values = (
        facts.lifecycle.value, int(facts.has_errors), facts.open_state, facts.frozen_state, facts.last_outcome,
        int(facts.has_conflict), int(facts.is_held), str(facts.portal_status), int(facts.was_applied),
    )  # fmt: skip
    columns = ", ".join(f"? AS {name}" for name in names.split())
    found = calculator.execute(f"SELECT {BADGE_SQL} FROM (SELECT {columns})", values).fetchone()[0]
    assert Badge(found) is badge(facts)


def put_one(database: Database) -> str:
    with database.write() as session:
        return initiatives.put(session, an_initiative(), actor="canbo", source="typed").id


def an_operation(database: Database, record_id: str, state: str, **values: object) -> int:
    sealed = (
        {}
        if state in {"queued", "held"}
        else {"op_id": f"op-{record_id}-{state}", "payload": b"{}", "payload_hash": "h"}
    )
    with database.write() as session:
        row = OperationRow(
            record_id=record_id,
            kind="create",
            state=state,
            created_at=moment.now(session),
            **{**sealed, **values},
        )
        session.add(row)
        session.flush()
        return row.op_key


def badge_of(database: Database, record_id: str) -> str:
    with database.read() as session:
        return session.scalars(select(InitiativeRow.badge).where(InitiativeRow.id == record_id)).one()


def move(database: Database, key: int, **values: object) -> None:
    with database.write() as session:
        row = session.get_one(OperationRow, key)
        for name, value in values.items():
            setattr(row, name, value)


def test_the_badge_follows_the_operations_of_a_record(database: Database) -> None:
    record = put_one(database)
    seen = [badge_of(database, record)]
    key = an_operation(database, record, "queued")
    seen.append(badge_of(database, record))
    move(database, key, op_id="op-1", payload=b"{}", payload_hash="h", state="sealed")
    seen.append(badge_of(database, record))
    for state in ("unknown", "applied"):
        move(database, key, state=state)
        seen.append(badge_of(database, record))
    an_operation(database, record, "queued")
    seen.append(badge_of(database, record))
    assert seen == [
        Badge.DRAFT, Badge.QUEUED, Badge.SENDING, Badge.UNKNOWN, Badge.RECEIVED, Badge.QUEUED_AGAIN
    ]  # fmt: skip


def test_an_open_conflict_shows_until_it_is_resolved(database: Database) -> None:
    record = put_one(database)
    with database.write() as session:
        session.add(
            ConflictRow(
                conflict_id="k",
                record_id=record,
                mine={},
                theirs={},
                fields=["title"],
                created_at=moment.now(session),
            )
        )
    assert badge_of(database, record) == Badge.CONFLICT
    with database.write() as session:
        session.get_one(ConflictRow, "k").state = "resolved"
    assert badge_of(database, record) == Badge.DRAFT


def test_a_sealed_operation_never_changes_its_bytes_or_identity(database: Database) -> None:
    key = an_operation(database, put_one(database), "sealed")
    for values in (
        {"payload": b"[]"},
        {"op_id": "other"},
        {"changed": ["title"]},
        {"payload": None},
        {"account_id": "x"},
    ):
        with pytest.raises(DatabaseError, match="sealed operation never changes"):
            move(database, key, **values)
    for state in ("queued", "held", "cancelled"):
        with pytest.raises(DatabaseError, match="never opens again"):
            move(database, key, state=state)


def test_answered_bytes_may_be_emptied_for_retention(database: Database) -> None:
    key = an_operation(database, put_one(database), "applied")
    move(database, key, payload=None)


def test_the_version_that_was_sealed_is_remembered(database: Database) -> None:
    key = an_operation(database, put_one(database), "queued")
    move(database, key, op_id="op-1", payload=b"{}", payload_hash="h", state="sealed")
    with database.read() as session:
        assert session.get_one(OperationRow, key).sealed_version == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [*itertools.product(sorted(FROZEN), ["sealed"]), *itertools.product(sorted(OPEN), ["queued"])],
)
def test_a_record_has_one_open_and_one_frozen_operation(database: Database, first: str, second: str) -> None:
    record = put_one(database)
    an_operation(database, record, first)
    with pytest.raises(IntegrityError):
        an_operation(database, record, second, op_id="second" if second == "sealed" else None)


def test_a_frozen_operation_has_bytes(database: Database) -> None:
    with pytest.raises(IntegrityError):
        an_operation(database, put_one(database), "sealed", payload=None)


def test_the_body_of_a_batch_never_changes(database: Database) -> None:
    with database.write() as session:
        session.add(
            BatchRow(
                batch_id="b",
                body=b"1",
                body_hash="h",
                state="sending",
                n_ops=1,
                created_at=moment.now(session),
            )
        )
    with pytest.raises(DatabaseError, match="never changes"), database.write() as session:
        session.get_one(BatchRow, "b").body = b"2"


def test_a_newer_schema_is_refused_and_left_alone(database: Database, home: Home) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with database.read() as session, pytest.raises(Exception, match="phiên bản mới hơn") as caught:
        migrate.needs_upgrade(session.connection())
    assert getattr(caught.value, "code", "") == "newer-schema"
