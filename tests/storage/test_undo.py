"""Acts are taken back and done again, whole, by name, and never behind the portal's back."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.initiative import Initiative, Provenance
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import initiatives, moment, undo
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.storage.tables import OperationRow
from tests.storage.conftest import KEY
from tests.support.records import an_initiative

ERROR = Problem(field="title", code="too-short", severity=Severity.ERROR, message="Tên quá ngắn.")


def act(database: Database, name: str, *records: Initiative) -> list[Initiative]:
    with database.write() as session:
        group = undo.begin(session, name, actor="canbo")
        return [
            initiatives.put(session, record, actor="canbo", source="typed", undo_group=group)
            for record in records
        ]


def take_back(database: Database) -> undo.Outcome:
    with database.write() as session:
        return undo.undo(session, actor="canbo")


def do_again(database: Database) -> undo.Outcome:
    with database.write() as session:
        return undo.redo(session, actor="canbo")


def contents(database: Database) -> dict[str, Initiative]:
    with database.read() as session:
        return {record.id: replace(record, version=0) for record in initiatives.find(session)}


def titles(database: Database) -> list[str]:
    with database.read() as session:
        return [record.title for record in initiatives.find(session, Query(sort="newest", descending=False))]


def test_levels_are_undone_and_redone_in_order_by_name(database: Database) -> None:
    (first,) = act(database, "thêm sáng kiến", an_initiative(title="Một"))
    (second,) = act(database, "sửa tên", replace(first, title="Hai"))
    act(database, "sửa tên lần nữa", replace(second, title="Ba"))
    with database.read() as session:
        assert [one.name for one in undo.undoable(session)] == [
            "sửa tên lần nữa",
            "sửa tên",
            "thêm sáng kiến",
        ]
    seen = [titles(database)]
    for step in (take_back, take_back, take_back, do_again, do_again, do_again, take_back):
        step(database)
        seen.append(titles(database))
    assert seen == [["Ba"], ["Hai"], ["Một"], [], ["Một"], ["Hai"], ["Ba"], ["Hai"]]


def test_undo_survives_closing_the_program(database: Database, home: Home, clock: FixedClock) -> None:
    (first,) = act(database, "thêm", an_initiative(title="Một"))
    act(database, "sửa tên", replace(first, title="Hai"))
    database.close()
    with Database.open(home, KEY, clock=clock) as again:
        assert take_back(again).act.name == "sửa tên"
        assert titles(again) == ["Một"]


def test_undo_of_an_import_restores_the_exact_state_before(database: Database) -> None:
    act(database, "thêm", an_initiative(title="Có từ trước"))
    before = contents(database)
    with database.write() as session:
        group = undo.begin(session, "nhập tệp to-5.xlsx", actor="canbo")
        rows = [an_initiative(provenance=Provenance(source="import", row=number)) for number in range(1200)]
        initiatives.put_many(
            session, rows, actor="canbo", source="import", undo_group=group, problems={rows[0].id: [ERROR]}
        )
    imported = contents(database)
    outcome = take_back(database)
    assert (len(outcome.removed), outcome.changed) == (1200, frozenset())
    assert contents(database) == before
    with database.read() as session:
        counted = session.execute(
            text("SELECT count(*) FROM initiative_head WHERE initiative_head MATCH 'kep'")
        )
        assert counted.scalar() == 0
    do_again(database)
    assert contents(database) == imported
    with database.read() as session:
        assert initiatives.problems_of(session, rows[0].id) == (ERROR,)


def test_a_new_act_ends_what_could_be_done_again(database: Database) -> None:
    (first,) = act(database, "thêm", an_initiative(title="Một"))
    act(database, "sửa tên", replace(first, title="Hai"))
    take_back(database)
    with database.read() as session:
        now = initiatives.get(session, first.id)
    act(database, "sửa khác", replace(now, title="Khác"))
    with pytest.raises(undo.UndoRefused):
        do_again(database)


def queue(database: Database, record: Initiative) -> int:
    with database.write() as session:
        row = OperationRow(record_id=record.id, kind="create", state="queued", created_at=moment.now(session))
        session.add(row)
        session.flush()
        return row.op_key


def seal(database: Database, key: int) -> None:
    with database.write() as session:
        row = session.get_one(OperationRow, key)
        row.op_id, row.payload, row.payload_hash, row.state = "op", b"{}", "h", "sealed"


def test_what_is_sealed_for_the_portal_is_not_taken_back(database: Database) -> None:
    (first,) = act(database, "thêm", an_initiative(title="Một"))
    seal(database, queue(database, first))
    with pytest.raises(undo.UndoRefused, match="Cổng"):
        take_back(database)
    act(database, "sửa tên", replace(first, title="Hai"))
    take_back(database)
    assert titles(database) == ["Một"]


def test_undo_of_a_creation_cancels_what_was_queued(database: Database) -> None:
    (first,) = act(database, "thêm", an_initiative())
    key = queue(database, first)
    take_back(database)
    with database.read() as session:
        assert session.get_one(OperationRow, key).state == "cancelled"


def test_what_was_changed_again_later_is_not_taken_back(database: Database) -> None:
    (first,) = act(database, "thêm", an_initiative(title="Một"))
    with database.write() as session:
        initiatives.put(session, replace(first, title="Cổng sửa"), actor="", source="portal")
    with pytest.raises(undo.UndoRefused, match="sửa sau đó"):
        take_back(database)
    assert titles(database) == ["Cổng sửa"]


def test_with_nothing_left_undo_says_so(database: Database) -> None:
    with pytest.raises(undo.UndoRefused, match="Không còn"):
        take_back(database)
