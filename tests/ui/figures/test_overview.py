"""Tổng quan: what the figures say in each state, and where the waiting work leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.overview import Overview, OverviewService
from sangkien_desktop.services.reporting import ReportService
from sangkien_desktop.ui.screens.overview import words
from sangkien_desktop.ui.screens.overview.screen import OverviewPage
from tests.support.plants import EVENING, a_plant

Open = Callable[..., Any]


def overview(desk: Desk) -> Overview:
    return OverviewService(desk, ReportService(desk)).read()


def test_reached_and_what_is_missing_stand_with_their_words(plant: Desk, look: object) -> None:
    sent, valid, people, left = words.figures(overview(plant), EVENING)
    assert (sent.caption, sent.value) == ("Đã gửi Cổng so với chỉ tiêu", "15,6 %")
    assert sent.base == "<b>50</b> / 321 sáng kiến · còn thiếu 271"
    assert "46</b> hợp lệ" in valid.base
    assert people.base.endswith("hạng 2/3, tăng 3")
    assert left.value == "3 ngày 2 giờ"
    assert "mỗi ngày để đủ" in left.base


def test_above_the_quota_it_says_by_how_much(desk: Desk, look: object) -> None:
    a_plant(desk, records=400)
    found = overview(desk)
    sent = words.figures(found, EVENING)[0]
    assert (sent.value, sent.base) == ("104,0 %", "<b>334</b> / 321 sáng kiến · vượt 4,0 %")
    assert words.figures(found, EVENING)[3].base == "gồm thứ Bảy và Chủ nhật"


def test_without_a_quota_there_is_a_number_and_what_to_do(desk: Desk, look: object) -> None:
    a_plant(desk, records=20, with_quotas=False)
    sent = words.figures(overview(desk), EVENING)[0]
    assert "%" not in sent.value
    assert sent.base == words.NO_QUOTA


def test_the_last_day_is_told_in_red_and_after_it_that_it_is_over(plant: Desk, look: object) -> None:
    found = overview(plant)
    closes = found.board.period.closes_at
    assert closes is not None
    last = words.figures(found, closes - timedelta(hours=5, minutes=10))[3]
    assert (last.value, last.tone) == ("5 giờ 10 phút", "bad")
    assert words.figures(found, closes + timedelta(minutes=1))[3].base == "Đã đóng 23:55 ngày 31/05/2026"


def test_old_figures_are_marked(plant: Desk, look: object) -> None:
    board = overview(plant).board
    assert words.as_of(board, EVENING)[1] == "text2"
    assert words.as_of(board, EVENING + timedelta(days=2))[1] == "warn"
    assert "theo máy này" in words.as_of(replace(board, portal_as_of=None), EVENING)[0]


def test_each_line_of_work_leads_to_where_it_is_done(
    plant: Desk, opened: Open, asked: list[Any], qtbot: Any
) -> None:
    page = opened(OverviewPage)
    button = page.findChild(QPushButton, "do-groups")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [(key, intent.state) for key, intent in asked] == [("quotas", "below")]


def test_arrows_go_from_line_to_line(plant: Desk, opened: Open, qtbot: Any) -> None:
    page = opened(OverviewPage)
    qtbot.keyClick(page.work, Qt.Key.Key_Down)
    first = page.work.focusWidget()
    qtbot.keyClick(page.work, Qt.Key.Key_Down)
    assert first is not None and page.work.focusWidget() is not first


def test_a_new_station_shows_how_to_begin(opened: Open) -> None:
    page = opened(OverviewPage)
    assert page._stack.currentIndex() == 1


def test_figures_follow_what_others_change(desk: Desk, opened: Open, wired: Any, qtbot: Any) -> None:
    page = opened(OverviewPage)
    a_plant(desk, records=20)
    wired.changes.publish(Changes(many_initiatives=True))
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 0)


def test_a_narrow_window_stacks_and_a_low_one_drops_the_groups(plant: Desk, opened: Open, qtbot: Any) -> None:
    page = opened(OverviewPage)
    page.resize(1186, 420)
    assert not page.groups_card.isVisibleTo(page)
    page.set_narrow(True)
    page.resize(800, 420)
    assert page.groups_card.isVisibleTo(page)
    assert (
        page.work.mapTo(page, page.work.rect().topLeft()).y()
        > page.curve_card.mapTo(page, page.curve_card.rect().topLeft()).y()
    )
