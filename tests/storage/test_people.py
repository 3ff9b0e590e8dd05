"""People are found as they are typed; units, quotas, programmes and drafts come back as they were kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sangkien_desktop.domain.ids import PersonId, UnitId, new_id
from sangkien_desktop.domain.people import Consent, Gender, Person, Purpose, WorkStatus
from sangkien_desktop.domain.programmes import INNOVATION, MILLION, Quota, QuotaKind
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.storage import catalogues, drafts, people, programmes, quotas, saved_views, units
from sangkien_desktop.storage.database import Database
from sangkien_desktop.vietnamese.dates import PartialDate


def a_person(name: str, **values: object) -> Person:
    return Person(id=PersonId(new_id()), name=name, **values)  # type: ignore[arg-type]


WHOLE = a_person(
    "Đặng Thị Hường",
    employee_code="000321",
    birth_date=PartialDate.from_iso("1988"),
    gender=Gender.FEMALE,
    group=UnitId("to-1"),
    position="Công nhân",
    phone="0912345678",
    citizen_id="001188000001",
    is_leader=True,
    status=WorkStatus.LEFT,
    left_on=date(2026, 1, 2),
    other_names=("Hường Đặng",),
)


@pytest.fixture
def staffed(database: Database) -> Database:
    with database.write() as session:
        people.put_many(
            session, [WHOLE, a_person("Lê Văn Hướng"), a_person("Trần Văn An", employee_code="A-7")]
        )
    return database


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dang huong", ["Đặng Thị Hường"]),
        ("huong", ["Lê Văn Hướng", "Đặng Thị Hường"]),
        ("000321", ["Đặng Thị Hường"]),
        ("0912", ["Đặng Thị Hường"]),
        ("a-7", ["Trần Văn An"]),
        ("zzz", []),
        ("  ", []),
    ],
)
def test_a_person_is_found_by_code_name_or_phone(staffed: Database, typed: str, found: list[str]) -> None:
    with staffed.read() as session:
        assert sorted(one.name for one in people.lookup(session, typed)) == sorted(found)


def test_a_person_comes_back_as_kept_and_versions_rise_with_changes(staffed: Database) -> None:
    with staffed.write() as session:
        stored = people.get(session, WHOLE.id)
        assert stored == replace(WHOLE, version=1)
        assert people.put(session, stored) == stored
        assert people.put(session, replace(stored, name="Đặng Thị Hương")).version == 2
        assert people.lookup(session, "dang thi huong")[0].name == "Đặng Thị Hương"


def test_agreements_are_added_and_the_newest_counts(staffed: Database) -> None:
    given = Consent(given_on=date(2026, 1, 1), purposes=frozenset({Purpose.PORTAL}), text_version="1")
    with staffed.write() as session:
        people.put(session, replace(people.get(session, WHOLE.id), consent=given))
        assert people.get(session, WHOLE.id).may_be_sent
        people.record_consent(session, WHOLE.id, replace(given, withdrawn_on=date(2026, 2, 2)), actor="canbo")
        assert not people.get(session, WHOLE.id).may_be_sent


def test_a_move_in_the_tree_opens_a_new_span(database: Database) -> None:
    old = Unit(id=UnitId("t"), name="Tổ 5", parent=UnitId("a"), valid_from=date(2022, 1, 1))
    with database.write() as session:
        units.put_many(
            session, [old, replace(old, name="Tổ 5A", parent=UnitId("b"), valid_from=date(2025, 7, 1))]
        )
        assert units.get(session, old.id, on=date(2024, 1, 1)).name == "Tổ 5"
        assert units.get(session, old.id, on=date(2024, 1, 1)).valid_to == date(2025, 6, 30)
        assert units.tree(session, date(2025, 7, 1))[old.id].parent == "b"
        assert units.names(session) == {"t": "Tổ 5A"}


def test_quotas_keep_their_versions(database: Database) -> None:
    quota = Quota(
        unit=UnitId("u"), programme=MILLION.code, period="gd-1", kind=QuotaKind.ASSIGNED, number=100
    )
    with database.write() as session:
        quotas.put_many(session, [quota, replace(quota, number=120), replace(quota, number=120)])
        assert [(one.number, one.version) for one in quotas.versions(session, quota)] == [(100, 1), (120, 2)]
        assert [one.number for one in quotas.find(session, programme=MILLION.code)] == [120]


def test_a_portal_programme_replaces_the_shipped_one(database: Database) -> None:
    changed = replace(MILLION, name="Tên mới", needs_recognition=False)
    with database.write() as session:
        assert programmes.find(session) == (MILLION, INNOVATION)
        programmes.put(session, changed)
        assert programmes.get(session, MILLION.code) == changed
        catalogues.put(session, "gender", ["Nam", "Nữ", "Khác"])
        assert catalogues.get(session, "gender") == ("Nam", "Nữ", "Khác")


def test_a_half_typed_form_is_there_until_it_is_cleared(database: Database) -> None:
    with database.write() as session:
        drafts.put(session, "new", {"title": "Đang g"})
        drafts.put(session, "new", {"title": "Đang gõ"}, opened_version=3)
        kept = drafts.get(session, "new")
        assert kept is not None
        assert (kept.content, kept.opened_version) == ({"title": "Đang gõ"}, 3)
        assert kept.at == datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
        drafts.clear(session, "new")
        assert drafts.find(session) == ()


def test_a_saved_view_of_the_same_name_is_replaced(database: Database) -> None:
    with database.write() as session:
        for sort in ("title", "badge"):
            saved_views.put(session, "list", saved_views.SavedView(name="Của tôi", content={"sort": sort}))
        assert [view.content for view in saved_views.find(session, "list")] == [{"sort": "badge"}]
