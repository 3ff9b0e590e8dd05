"""The people screen over a real station."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from sangkien_desktop.domain.people import Person, Purpose, WorkStatus
from sangkien_desktop.paths import resource
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.people.screen import DIFFERENCES, EMPTY, LIST, NOTHING, PeoplePage
from tests.support.desks import an_open_desk
from tests.ui.names import nameless

MEMBERS = resource("sample", "danh-sach-doan-vien.xlsx")
Settled = Callable[[], None]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


@pytest.fixture
def make(context: UiContext, services: Services, shown, qtbot):  # type: ignore[no-untyped-def]
    """Make the page and wait for it."""

    def made(*, with_members: bool = True) -> tuple[PeoplePage, Settled]:
        if with_members:
            services.people.write_import(services.people.plan_import(MEMBERS))
        context.services = services
        page = PeoplePage(context)
        shown(page, 1186, 692)

        def settled() -> None:
            qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20_000)

        settled()
        return page, settled

    return made


def person(services: Services, code: str) -> Person:
    found = services.people.with_code(code)
    assert found is not None
    return found


def test_an_empty_station_says_how_to_begin(make) -> None:  # type: ignore[no-untyped-def]
    page, _ = make(with_members=False)
    assert page._stack.currentIndex() == EMPTY
    assert nameless(page) == []


def test_people_stand_in_the_order_of_given_names(make) -> None:  # type: ignore[no-untyped-def]
    page, _ = make()
    assert page.model.rowCount() == 1050
    assert page.model.record(0).person.name.endswith(" An")
    assert nameless(page) == []


def test_search_finds_names_without_accents_codes_and_last_digits_of_a_phone(make) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    for typed in ("tran van cuong", "000321", "057603"):
        page.tools.search.search_now(typed)
        settled()
        codes = [page.model.record(row).person.employee_code for row in range(page.model.rowCount())]
        assert "000321" in codes, typed
    page.tools.search.search_now("lắp rap 9 zz")
    settled()
    assert page._stack.currentIndex() == NOTHING


def test_an_agreement_is_never_ticked_beforehand(make, services: Services) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    page.open_with(Intent(person=person(services, "000321").id))
    settled()
    page.ask_consent()
    assert not any(box.isChecked() for box in page.consent.purposes.values())
    assert not page.consent.enter.isEnabled()
    page.consent.day.setText("12/01/2026")
    page.consent.purposes[Purpose.PORTAL].click()
    page.consent.enter.click()
    settled()
    kept = person(services, "000321").consent
    assert kept is not None
    assert (kept.given_on, kept.purposes) == (date(2026, 1, 12), frozenset({Purpose.PORTAL}))


def test_a_signed_list_of_many_is_entered_at_once(make, services: Services) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    page.table.selectAll()
    page.ask_consent()
    page.consent.purposes[Purpose.PORTAL].click()
    page.consent.enter.click()
    settled()
    assert all(row.person.may_be_sent for row in services.people.page(services.people.keys(page._query)))


def test_a_citizen_number_is_masked_until_asked_for_and_the_look_is_kept(make, services: Services) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    services.people.save(replace(person(services, "000321"), citizen_id="001077004589"))
    page.open_with(Intent(person=person(services, "000321").id))
    settled()
    assert "001077004589" not in texts(page)
    page.pane.show_id.click()
    settled()
    assert "001077004589" in texts(page)


def texts(page: PeoplePage) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in page.pane.findChildren(QLabel) if one.isVisibleTo(page))


def test_a_new_person_is_kept_when_the_name_is_left(make, services: Services, qtbot) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    page.add_person()
    editor = page.form.fields["name"].editor
    qtbot.keyClicks(editor, "Le Van Moi")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    code = page.form.fields["employee_code"].editor
    qtbot.keyClicks(code, "000321")
    qtbot.keyClick(code, Qt.Key.Key_Return)
    settled()
    assert "đang là của" in page.form.fields["employee_code"].problem.text()
    found = services.people.lookup("Le Van Moi", 1)
    assert [one.employee_code for one in found] == [None]


def test_a_later_list_is_shown_as_a_difference_and_written_on_agreement(
    make, services: Services, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    page, settled = make()
    book = openpyxl.load_workbook(MEMBERS)
    sheet = book.worksheets[0]
    moved, renamed, gone = (str(sheet.cell(row, 1).value) for row in (5, 6, 10))
    sheet.cell(5, 5).value = "Tổ CĐ Mạ 2"
    sheet.cell(6, 2).value = f"{sheet.cell(6, 2).value} Anh"
    sheet.delete_rows(10)
    sheet.append(["019999", "Đặng Thị Mới", "01/02/2000", "Nữ", "Tổ CĐ Mạ 2", "Công nhân"])
    path = tmp_path / "thang-6.xlsx"
    book.save(path)
    page.open_with(Intent(files=(str(path),)))
    settled()
    assert page._stack.currentIndex() == DIFFERENCES
    assert page.model.rowCount() == 1050
    assert [box.text() for box in page.differences.boxes.values() if box.isVisibleTo(page)] == [
        "Người mới (1)",
        "Chuyển tổ (1)",
        "Đổi tên (1)",
        "Không còn trong danh sách (1)",
    ]
    assert nameless(page) == []
    page.differences.write_now()
    settled()
    assert page._stack.currentIndex() == LIST
    assert services.units.names()[person(services, moved).group or ""] == "Tổ CĐ Mạ 2"  # type: ignore[index]
    assert person(services, renamed).name.endswith(" Anh")
    assert person(services, renamed).other_names
    assert person(services, gone).status is WorkStatus.LEFT
    assert services.people.plan_import(path).counts["unchanged"] == 1050


def test_a_narrow_window_keeps_name_and_agreement(make) -> None:  # type: ignore[no-untyped-def]
    page, _ = make()
    page.set_narrow(True)
    page.resize(863, 436)
    assert page.pane.width() >= 280
    assert page.table.width() >= 400
