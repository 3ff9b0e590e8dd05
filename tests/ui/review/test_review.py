"""Rà soát by keyboard: problems in bulk, a hundred pairs one after the other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.review.screen import ReviewPage
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative
from tests.ui.names import nameless

Settle = Callable[[], None]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


@pytest.fixture
def settle(context: UiContext, qtbot) -> Settle:  # type: ignore[no-untyped-def]
    def wait() -> None:
        qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20_000)

    return wait


@pytest.fixture
def open_page(station: Services, context: UiContext, shown, settle: Settle, qtbot):  # type: ignore[no-untyped-def]
    def open_it() -> ReviewPage:
        context.services = station
        page = ReviewPage(context)
        shown(page, 1186, 690)
        qtbot.waitUntil(lambda: page.has_loaded, timeout=20_000)
        settle()
        context.actions.set_page_commands(page, page.commands())
        return page

    return open_it


def add(station: Services, number: int, **values: object) -> None:
    records = [an_initiative(**{"note": str(at), **values}) for at in range(number)]
    station.initiatives.add_many(records, name="thêm", source="import")


def add_pairs(station: Services, number: int) -> None:
    """So many pairs of copies, each for another machine."""
    made = []
    for at in range(number):
        title = f"Chế tạo giá treo chi tiết cho máy ép số {101 + at}"
        made += [an_initiative(title=title, situation_before="Giá cũ treo ít chi tiết.") for _ in range(2)]
    station.initiatives.add_many(made, name="thêm", source="import")


def test_proposals_are_accepted_with_one_key_and_stay_in_place(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add(station, 3, annual_benefit=None, unread={"annual_benefit": "80tr/tháng"})
    add(station, 1, annual_benefit=None, unread={"annual_benefit": "2-3 triệu"})
    page = open_page()
    assert [one.is_ticked for one in page.problems.shown] == [False, True, True, True]
    page.problems.table.setFocus()
    QTest.keyClick(page.problems.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [one.is_mended for one in page.problems.shown] == [False, True, True, True]
    assert page.problems.accept_button.text() == "Nhận đề nghị"
    assert len(station.initiatives.keys(Query(errors_only=True))) == 1


def test_a_value_is_typed_in_place_and_enter_goes_down(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add(station, 2, annual_benefit=None, unread={"annual_benefit": "chưa rõ bao nhiêu"})
    page = open_page()
    table = page.problems.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.focusWidget() or table
    editor = page.focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, "35tr")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert page.problems.shown[0].is_mended
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    values = {
        row.record.annual_benefit for row in station.initiatives.page(station.initiatives.keys(Query()))
    }
    assert values == {35_000_000}


def test_undo_brings_the_mended_row_back(station, open_page, context, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add(station, 1, annual_benefit=None, unread={"annual_benefit": "80tr/tháng"})
    page = open_page()
    page.problems.accept()
    settle()
    context.changes.publish(station.initiatives.undo().changes)
    settle()
    assert [one.is_mended for one in page.problems.shown] == [False]


def test_a_hundred_pairs_are_decided_by_keyboard(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add_pairs(station, 100)
    page = open_page()
    page.open_with(Intent(topic="duplicates"))
    settle()
    part = page.duplicates
    waiting = len(station.duplicates.cases().to_decide)
    assert waiting == 100
    alt = Qt.KeyboardModifier.AltModifier
    for at in range(waiting):
        key = (Qt.Key.Key_T, Qt.Key.Key_P, Qt.Key.Key_K)[at % 3]
        QTest.keyClick(part.list, key, alt)
        settle()
    assert station.duplicates.cases().to_decide == ()
    records = [row.record for row in station.initiatives.page(station.initiatives.keys(Query()))]
    assert sum(one.lifecycle is Lifecycle.WITHDRAWN for one in records) == 67
    assert len(station.duplicates.decided()) == 100


def test_ctrl_z_takes_the_last_answer_back(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add_pairs(station, 3)
    page = open_page()
    page.show_duplicates()
    part = page.duplicates
    second = part.list.values()[1]
    part.list.choose(second)
    settle()
    QTest.keyClick(part.list, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    settle()
    assert len(station.duplicates.cases().to_decide) == 2
    part.list.setFocus()
    QTest.keyClick(part.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(station.duplicates.cases().to_decide) == 3
    assert part.list.value == second


def test_later_leaves_the_pair_and_goes_on(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add_pairs(station, 2)
    page = open_page()
    page.show_duplicates()
    first = page.duplicates.list.value
    QTest.keyClick(page.duplicates.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.duplicates.list.value != first
    assert len(station.duplicates.cases().to_decide) == 2


def test_a_clean_station_says_so(station, open_page) -> None:  # type: ignore[no-untyped-def]
    add(station, 1)
    page = open_page()
    assert page._right.currentWidget() is page.empty


def test_no_control_is_nameless(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add(station, 1, title="SK 1")
    add_pairs(station, 1)
    page = open_page()
    assert nameless(page) == []
    page.show_duplicates()
    settle()
    assert nameless(page) == []


def test_a_calculation_is_typed_and_declared(station, open_page, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    add(station, 1, annual_benefit=None, unread={"annual_benefit": "chưa tính"})
    page = open_page()
    page.show_calculation()
    settle()
    pane = page.calculation
    for key, text in (("name", "Bớt sửa lỗi"), ("quantity", "11"), ("price", "2.500"), ("period", "ngày")):
        pane.on_edited(0, key, text)
    assert "8.250.000" in pane.result.text()
    assert nameless(page) == []
    pane.keep.click()
    settle()
    (row,) = station.initiatives.page(station.initiatives.keys(Query()))
    assert row.record.annual_benefit == 8_250_000
    assert row.record.benefit_calculation == "Bớt sửa lỗi: 11 × 2.500 đồng × 300 ngày = 8.250.000 đồng"
