"""Following lists, agreements and the data of people, without a window."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sangkien_desktop.domain.ids import new_id
from sangkien_desktop.domain.initiative import Author
from sangkien_desktop.domain.people import Person, Purpose
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import resource
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.member_list import Difference
from sangkien_desktop.storage import people as stored_people
from sangkien_desktop.storage.people_lists import ConsentFilter, PeopleQuery
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative

MEMBERS = resource("sample", "danh-sach-doan-vien.xlsx")
MANY = 50_000


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


def a_person(services: Services, **values: object) -> Person:
    made = Person(id=new_id(), **{"name": "Lý Thị Loan", **values})  # type: ignore[arg-type]
    services.people.save(made)
    return services.people.get(made.id)


def written_by(services: Services, person: Person) -> str:
    author = Author(name=person.name, person=person.id, is_main=True)
    record = services.initiatives.save(an_initiative(authors=(author,)), opened_on=0).record
    services.initiatives.mark_ready([record.id])
    return record.id


def badge(services: Services, initiative: str) -> Badge:
    row = services.initiatives.row(initiative)  # type: ignore[arg-type]
    assert row is not None
    return row.badge


def test_the_same_list_again_changes_nobody(services: Services) -> None:
    first = services.people.write_import(services.people.plan_import(MEMBERS))
    again = services.people.plan_import(MEMBERS)
    assert first.written == 1050
    assert again.counts[Difference.UNCHANGED.value] == 1050
    assert services.people.write_import(again).written == 0


def test_half_a_list_does_not_make_the_other_half_leave(services: Services, tmp_path: Path) -> None:
    services.people.write_import(services.people.plan_import(MEMBERS))
    part = tmp_path / "mot-to.csv"
    part.write_text("Mã NV,Họ và tên,Tổ\n000321,Trần Văn Cường,Tổ CĐ Ép nhựa 1\n", encoding="utf-8")
    plan = services.people.plan_import(part)
    assert plan.counts[Difference.LEFT.value] == 1049
    assert Difference.LEFT not in plan.usually_agreed


def test_an_agreement_lets_held_initiatives_go_and_its_withdrawal_holds_them(services: Services) -> None:
    person = a_person(services)
    initiative = written_by(services, person)
    assert badge(services, initiative) is Badge.HELD
    assert (services.people.missing().people, services.people.missing().held) == (1, 1)
    services.people.record_consent([person.id], date(2026, 1, 12))
    assert badge(services, initiative) is Badge.QUEUED
    services.people.withdraw_consent(person.id, date(2026, 2, 1))
    assert badge(services, initiative) is Badge.HELD


def test_an_agreement_without_the_portal_lets_nothing_go(services: Services) -> None:
    person = a_person(services)
    initiative = written_by(services, person)
    services.people.record_consent([person.id], date(2026, 1, 12), purposes=frozenset({Purpose.REWARD}))
    assert badge(services, initiative) is Badge.HELD
    assert len(services.people.keys(PeopleQuery(consent=ConsentFilter.MISSING))) == 1


def test_a_code_belongs_to_one_person(services: Services) -> None:
    a_person(services, employee_code="000001")
    with pytest.raises(AppError, match="Lý Thị Loan"):
        a_person(services, name="Người Khác", employee_code="000001")


def test_the_page_of_a_person_sums_up(services: Services) -> None:
    person = a_person(services)
    written_by(services, person)
    page = services.people.person_page(person.id)
    assert len(page.initiatives) == 1
    assert page.needs_consent


def test_lookup_finds_the_right_ones_among_fifty_thousand(services: Services) -> None:
    family, middle, given = (
        ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"),
        ("Thị", "Văn", "Đức", "Ngọc"),
        ("An", "Đào", "Hường", "Tú"),
    )
    crowd = [
        Person(
            id=new_id(),  # type: ignore[arg-type]
            name=f"{family[n % 5]} {middle[n % 4]} {given[n % 3]} {given[n % 4]}{'abcdefgh'[n % 8]}",
            employee_code=f"{n:06}",
        )
        for n in range(MANY)
    ]
    with services.desk.database.write() as session:
        stored_people.put_many(session, crowd)
    assert services.people.lookup("000123", 12)[0].employee_code == "000123"
    found = services.people.lookup("nguyen thi huong", 12)
    assert len(found) == 12
    assert all(person.name.startswith("Nguyễn Thị") for person in found)
