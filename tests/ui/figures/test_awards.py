"""Khen thưởng: ticks, conditions, levels, and the way to what is missing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from sangkien_desktop.domain.awards import CONFEDERATION, Condition, Standing
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.awards.screen import AwardsPage

Open = Callable[..., Any]


@pytest.fixture
def page(plant: Desk, opened: Open) -> Any:
    return opened(AwardsPage)


def row_of(page: AwardsPage, standing: Standing) -> int:
    return next(at for at, one in enumerate(page._rows) if one.standing is standing)


def test_what_is_ready_is_ticked_by_itself_and_space_takes_it_out(page: Any, qtbot: Any) -> None:
    at = row_of(page, Standing.READY)
    one = page._rows[at]
    assert page._list.choice.has(one)
    number = len(page._list.chosen)
    page.table.select_row(at)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page._list.chosen) == number - 1, timeout=10_000)
    assert page.propose.text() == f"Lập danh sách đề nghị ({number - 1})"


def test_who_lacks_a_paper_is_not_ticked_by_itself(page: Any) -> None:
    assert not page._list.choice.has(page._rows[row_of(page, Standing.PAPERS)])


def test_tabs_show_one_level_with_its_count(page: Any) -> None:
    page._on_level(CONFEDERATION)
    assert page._rows
    assert {one.threshold.level for one in page._rows} == {CONFEDERATION}


def test_the_missing_paper_leads_to_where_it_is_mended(page: Any, asked: list[Any]) -> None:
    at = row_of(page, Standing.PAPERS)
    page.table.select_row(at)
    page.mend(Condition.CALCULATION)
    page.describe()
    one = page._rows[at].merit
    assert asked == [
        ("initiatives", Intent(initiative=one.initiative)),
        ("reports", Intent(topic="description", query=one.local_code)),
    ]


def test_a_new_threshold_holds_from_today(page: Any, wired: Any, qtbot: Any) -> None:
    wired.dialogs.ask_text = lambda *_args, **_more: "95.000.000"
    page.table.select_row(0)
    title = page._rows[0].threshold.title
    page.ask_threshold()
    qtbot.waitUntil(
        lambda: any(one.title == title and one.one_year == 95_000_000 for one in page._list.thresholds),
        timeout=10_000,
    )


def test_nobody_yet_says_so(opened: Open) -> None:
    assert opened(AwardsPage)._stack.currentIndex() == 1
