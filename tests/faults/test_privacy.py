"""A person's data can be handed over whole and taken out whole, from every table, file and later restore."""

import base64
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.privacy import PrivacyService, working_day_after
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage import audit, backups, connections, people, personal, restore
from sangkien_desktop.storage.database import Database
from sangkien_desktop.vietnamese.folding import fold
from tests.faults.kills import write_workbook
from tests.support.desks import KEY, an_open_desk
from tests.support.portal_server import a_portal
from tests.support.records import an_author, an_initiative
from tests.support.sync_desks import a_record, a_sync_desk

WHO = PersonId("p-quach")
PERSON = Person(
    id=WHO, name="Quách Thị Xuyến", employee_code="QX9071", phone="0987000111", citizen_id="001199070123"
)
CANARIES = ("Quách Thị Xuyến", "quach thi xuyen", "xuyen", "QX9071", "0987000111", "001199070123")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        made = Services(desk)
        made.people.save(PERSON)
        hers = an_author(PERSON.name, is_main=True, employee_code="QX9071", person=WHO)
        record = made.initiatives.save(an_initiative(authors=(hers,)), opened_on=0).record
        made.initiatives.set_values([record.id], {"title": "Giá đỡ khuôn cải tiến lần hai"})
        made.people.record_consent([WHO], date(2026, 11, 2))
        yield made


LEAST_TELLING = 8
"""Fewer characters of base64 occur by chance."""


def plain_copy(database: Database, folder: Path) -> bytes:
    """Everything in the database without its encryption."""
    target = folder / "plain.db"
    database.checkpoint()
    with connections.opened(database.home.database, KEY) as connection:
        connection.execute("ATTACH ? AS plain KEY ''", (str(target),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH plain")
    content = target.read_bytes()
    target.unlink()
    return content


def found_in(content: bytes) -> list[str]:
    """Canaries in the bytes: as they are, as JSON escapes them, folded by case."""
    forms = {word: (word.encode(), json.dumps(word)[1:-1].encode()) for word in CANARIES}
    return [word for word, said in forms.items() if any(form in content for form in said)]


def test_an_extract_holds_all_of_a_person_and_is_written_down(services: Services, tmp_path: Path) -> None:
    content = json.loads(services.privacy.extract(WHO, tmp_path / "trich.json").read_text(encoding="utf-8"))
    assert content["person"]["citizen_id"] == "001199070123"
    assert content["person"]["consent"]["given_on"] == "2026-11-02"
    assert [one["title"] for one in content["initiatives"]] == ["Giá đỡ khuôn cải tiến lần hai"]
    assert len(content["history"]) == 2
    with services.desk.database.read() as session:
        assert audit.head(session).number >= 1


def test_an_erased_person_is_in_no_table_and_the_work_stays(services: Services, tmp_path: Path) -> None:
    assert found_in(plain_copy(services.desk.database, tmp_path)) != []
    done = services.privacy.erase(WHO, SILENT)
    assert found_in(plain_copy(services.desk.database, tmp_path)) == []
    record = services.initiatives.get(done.initiatives[0])
    assert (record.authors[0].name, record.annual_benefit) == (personal.NOBODY, 22_400_000)
    assert services.people.lookup("Xuyến") == ()
    assert (done.gone_from_backups_on - services.desk.clock.today()).days == 30


def test_another_person_of_the_same_name_is_left_alone(services: Services) -> None:
    other = Person(id=PersonId("p-khac"), name=PERSON.name, employee_code="B-2")
    services.people.save(other)
    hers = an_author(other.name, is_main=True, employee_code="B-2", person=other.id)
    record = services.initiatives.save(
        an_initiative(title="Việc khác hẳn", authors=(hers,)), opened_on=0
    ).record
    services.privacy.erase(WHO, SILENT)
    assert services.initiatives.get(record.id).authors[0].name == other.name
    assert services.people.get(other.id).name == other.name


def test_an_older_backup_brings_nobody_back(services: Services, tmp_path: Path) -> None:
    desk = services.desk
    older = backups.make(desk.database, reason="asked", clock=desk.clock).path
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(minutes=5))
    services.privacy.erase(WHO, SILENT)
    desk.database.close()
    done = restore.restore(desk.home, older, KEY, clock=desk.clock, actor="canbo", key=KEY)
    assert done.erased_again == 1
    with Database.open(desk.home, KEY, clock=desk.clock) as database:
        assert found_in(plain_copy(database, tmp_path)) == []
        with database.read() as session:
            assert people.find(session, ids=[WHO]) == ()


def test_what_was_sent_is_emptied_and_the_portal_hears_of_it(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal, a_sync_desk(tmp_path / "desk", portal) as desk:
        with desk.database.write() as session:
            people.put(session, PERSON, actor="canbo")
        hers = an_author(PERSON.name, is_main=True, employee_code="QX9071", person=WHO)
        desk.write(a_record(authors=(hers,)))
        desk.sync()
        around = Desk(desk.database, desk.home, desk.clock, Settings, lambda: "canbo")
        PrivacyService(around).erase(WHO, SILENT)
        desk.sync()
        (there,) = portal.documents().values()
        assert "Xuyến" not in json.dumps(there, ensure_ascii=False)
        assert found_in(plain_copy(desk.database, tmp_path)) == []


def test_requests_are_due_on_working_days(services: Services) -> None:
    # 20/11/2026 is a Friday, the 24th a public holiday.
    assert working_day_after(date(2026, 11, 20), 2) == date(2026, 11, 25)
    made = services.privacy.receive(WHO, "erase")
    assert made.answer_by.date() == date(2026, 11, 25)
    assert made.finish_by > made.answer_by
    services.privacy.close(made.id)
    assert services.privacy.requests(only_open=True) == ()
    with pytest.raises(KeyError):
        services.privacy.receive(WHO, "sell")


def test_no_file_of_a_working_day_names_anybody(services: Services, tmp_path: Path) -> None:
    """Database, log, backups, temporary files, settings: in UTF-8, UTF-16 and base64."""
    desk = services.desk
    services.people.lookup("Xuyến")
    write_workbook(tmp_path / "to.xlsx", random.Random(1))
    plans = services.imports.plan_file(services.imports.read(tmp_path / "to.xlsx"))
    services.imports.write(plans)
    services.backups.make(SILENT)
    with pytest.raises(AppError):
        services.people.save(Person(id=PersonId("x"), name="Ai đó", employee_code="QX9071"))
    assert forms_found(desk.home.folder, (*CANARIES[:1], *CANARIES[3:], "Vũ Thị Mẫu", KEY.hex())) == []
    services.privacy.erase(WHO, SILENT)
    desk.database.close()
    assert forms_found(desk.home.folder, (*CANARIES[:1], *CANARIES[3:], "Vũ Thị Mẫu", KEY.hex())) == []


def forms_found(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Files under the folder in which a word occurs in any form."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    found = []
    for path in files:
        content = path.read_bytes()
        for word in (*words, *map(fold, words)):
            if any(form in content for form in _forms(word)):
                found.append((path.name, word))
    return found


def _forms(word: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = word.encode(encoding)
        yield plain
        # Base64 depends on where in a group of three the word begins; its two outer characters are left out.
        for shift in range(3):
            form = base64.b64encode(b"\0" * shift + plain)[4:-4]
            if len(form) >= LEAST_TELLING:
                yield form
