"""Chỉ tiêu: the lowest first, the split typed in place, drill-down, versions and bases."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from sangkien_desktop.domain.programmes import Quota, QuotaKind
from sangkien_desktop.domain.standings import Basis
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.quotas import QuotaService
from sangkien_desktop.services.reporting import ReportService, Wishes
from sangkien_desktop.storage import quotas
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.quotas import words
from sangkien_desktop.ui.screens.quotas.screen import QuotasPage
from tests.support.plants import PROGRAMME

Open = Callable[..., Any]


def shares(page: QuotasPage) -> list[float]:
    return [one.reached or 0.0 for one in page._rows]


def test_the_lowest_stands_first_and_the_whole_unit_in_the_foot(plant: Desk, opened: Open) -> None:
    page = opened(QuotasPage)
    assert shares(page) == sorted(shares(page))
    assert len(page._rows) == 32


def test_enter_opens_the_initiatives_of_the_group(
    plant: Desk, opened: Open, asked: list[Any], qtbot: Any
) -> None:
    page = opened(QuotasPage)
    page.table.select_row(3)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked == [("initiatives", Intent(unit=page._rows[3].unit))]


def test_a_quota_typed_for_a_group_changes_what_is_left_to_share_out(
    plant: Desk, opened: Open, wired: Any, qtbot: Any
) -> None:
    page = opened(QuotasPage)
    page.toggle_split()
    before = page._answer.board
    column = [one.key for one in page.model.columns].index("assigned")
    group = page._rows[0]
    assert page.model.setData(page.model.index(0, column), str((group.assigned or 0) + 3))
    qtbot.waitUntil(lambda: page._answer.board.unsplit == (before.unsplit or 0) - 3, timeout=10_000)
    assert page._answer.board.whole.quota == before.whole.quota


def test_what_is_no_number_changes_nothing(plant: Desk, opened: Open, wired: Any) -> None:
    page = opened(QuotasPage)
    page.toggle_split()
    before = page._answer
    page.on_edited(0, "assigned", "nhiều")
    assert not wired.jobs.is_busy
    assert page._answer is before


def test_only_groups_that_are_short_when_asked_for(plant: Desk, opened: Open) -> None:
    page = opened(QuotasPage)
    page.open_with(Intent(state="below"))
    assert page._rows
    assert all((one.reached or 0) < 100 for one in page._rows)


def test_counting_the_valid_ones_changes_shares_and_head(plant: Desk, opened: Open, qtbot: Any) -> None:
    page = opened(QuotasPage)
    page._on_basis(Basis.VALID)
    qtbot.waitUntil(lambda: page._answer.board.whole.basis is Basis.VALID, timeout=10_000)
    titles = [column.title for column in page.model.columns]
    assert "Đạt % (theo hợp lệ)" in titles


def test_a_changed_quota_is_told_with_both_numbers(plant: Desk, look: object) -> None:
    service = QuotaService(plant, ReportService(plant))
    board = service.board(Wishes(period="gd-1"))
    assert board.unit is not None
    with plant.database.write() as session:
        kept = quotas.find(session, programme=PROGRAMME.code, unit=board.unit.id, period="gd-1")
        mine = next(one for one in kept if one.kind is QuotaKind.ASSIGNED)
        quotas.put(session, replace(mine, number=400))
    changed = service.board(Wishes(period="gd-1"))
    assert "từ <b>321</b> thành <b>400</b>" in words.strip(changed, None)
    assert [quota.number for quota in changed.versions[QuotaKind.ASSIGNED]] == [321, 400]


def test_both_bases_are_told(plant: Desk, look: object) -> None:
    service = QuotaService(plant, ReportService(plant))
    wishes = Wishes(period="gd-1")
    board = service.board(wishes)
    whole = service.other_base(wishes, board)
    assert whole is not None
    assert "cả chương trình (642)" in words.strip(board, whole)
    assert service.other_base(Wishes(period="whole"), whole) is None


def test_nothing_yet_says_what_to_do(opened: Open) -> None:
    page = opened(QuotasPage)
    assert page._stack.currentIndex() == 1


def test_a_quota_of_another_unit_is_not_ours(plant: Desk) -> None:
    stranger = Quota(
        unit="la",
        programme=PROGRAMME.code,
        period="gd-1",
        kind=QuotaKind.ASSIGNED,
        number=9_999,  # type: ignore[arg-type]
    )
    service = QuotaService(plant, ReportService(plant))
    before = service.board(Wishes(period="gd-1"))
    with plant.database.write() as session:
        quotas.put(session, stranger)
    assert service.board(Wishes(period="gd-1")).split == before.split
