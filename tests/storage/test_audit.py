"""The chain breaks at exactly the link that was touched."""

import pytest
from sqlalchemy import text

from sangkien_desktop.storage import audit
from sangkien_desktop.storage.audit import Deed
from sangkien_desktop.storage.database import Database


@pytest.fixture
def chain(database: Database) -> Database:
    with database.write() as session:
        for number in range(8):
            audit.append(
                session, Deed(actor="a1", action="edit", entity=f"id-{number}", detail={"fields": ["title"]})
            )
    return database


def broken(database: Database, **values: object) -> int | None:
    with database.read() as session:
        return audit.first_broken(session, **values)  # type: ignore[arg-type]


def tamper(database: Database, statement: str) -> None:
    with database.write() as session:
        for trigger in ("audit_log_fixed", "audit_log_kept"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        session.execute(text(statement))


def test_an_untouched_chain_holds(chain: Database) -> None:
    assert broken(chain) is None
    assert broken(chain, last=3) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET action = 'none' WHERE seq = 5",
        "UPDATE audit_log SET detail = NULL WHERE seq = 5",
        "UPDATE audit_log SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5",
        "DELETE FROM audit_log WHERE seq = 5",
        "UPDATE audit_log SET hash = prev_hash WHERE seq = 5",
    ],
)
def test_a_changed_or_missing_link_is_found(chain: Database, statement: str) -> None:
    tamper(chain, statement)
    assert broken(chain) == 5
    assert broken(chain, last=6) == 5


def test_a_cut_tail_is_found_by_a_countersigned_head(chain: Database) -> None:
    with chain.read() as session:
        signed = audit.head(session)
    tamper(chain, "DELETE FROM audit_log WHERE seq = 8")
    assert broken(chain) is None
    assert broken(chain, expected=signed) == 8


def test_the_database_itself_refuses_changes(chain: Database) -> None:
    for statement in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"):
        with pytest.raises(Exception, match="audit log"), chain.write() as session:
            session.execute(text(statement))


def test_a_salted_hash_tells_equal_values_apart_from_others_only(chain: Database) -> None:
    with chain.read() as session:
        assert (
            audit.salted_hash(session, "a")
            == audit.salted_hash(session, "a")
            != audit.salted_hash(session, "b")
        )
