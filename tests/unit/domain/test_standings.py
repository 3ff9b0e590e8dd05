"""Đạt, vượt and ranks: the published cases, ties, movement, and which quota counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.programmes import Quota, QuotaKind, exceeded_percent, reached_percent
from sangkien_desktop.domain.standings import TYPED, Basis, Standing, Tally, effective, ranked, ranks


@pytest.mark.parametrize(
    ("count", "quota", "reached", "exceeded"),
    [
        pytest.param(696_948, 300_000, 232.3, 132.3, id="the nation, stage 1"),
        pytest.param(1_633, 400, 408.3, 308.3, id="Stanley: the paper's “vượt 408” is đạt"),
        pytest.param(56_106, 51_950, 108.0, 8.0, id="Hà Nội"),
        pytest.param(8_871, 2_500, 354.8, 254.8, id="Lâm Đồng, stage quota"),
        pytest.param(8_871, 6_265, 141.6, 41.6, id="Lâm Đồng, both stages"),
        pytest.param(17_531, 6_329, 277.0, 177.0, id="Lâm Đồng, after the quota was revised"),
        pytest.param(3_078, 2_597, 118.5, 18.5, id="Thừa Thiên Huế, stage quota"),
        pytest.param(4_077, 7_606, 53.6, -46.4, id="Thừa Thiên Huế, another base"),
    ],
)
def test_published_percentages_come_out(count: int, quota: int, reached: float, exceeded: float) -> None:
    # 408.25 is printed as 408,3: half a place goes up, as in the papers.
    assert reached_percent(count, quota) == pytest.approx(reached, abs=0.0501)
    assert exceeded_percent(count, quota) == pytest.approx(exceeded, abs=0.0501)


def test_without_a_quota_there_is_no_percentage() -> None:
    assert reached_percent(12, 0) is None
    assert exceeded_percent(12, 0) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_exceeded_is_always_reached_less_a_hundred(count: int, quota: int) -> None:
    reached, exceeded = reached_percent(count, quota), exceeded_percent(count, quota)
    assert reached is not None and exceeded is not None
    assert exceeded == pytest.approx(reached - 100)
    assert (reached >= 100) == (count >= quota)


def test_equal_scores_share_a_place_and_the_next_is_left_out() -> None:
    assert ranks({"a": 9, "b": 9, "c": 7, "d": 2}) == {"a": 1, "b": 1, "c": 3, "d": 4}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5).map(float), min_size=1))
def test_a_place_is_one_more_than_those_who_are_better(scores: dict[str, float]) -> None:
    places = ranks(scores)
    for key, score in scores.items():
        assert places[key] == 1 + sum(other > score for other in scores.values())


def a_standing(name: str, sent: int, people: int = 1, **values: object) -> Standing:
    made = Standing(
        unit=UnitId(name),
        name=name,
        tally=Tally(entered=sent, sent=sent, people_sent=people),
        basis=Basis.SENT,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def test_movement_is_places_gained_since_a_week_before() -> None:
    groups = [a_standing("to-1", 9), a_standing("to-2", 7), a_standing("to-3", 5)]
    before = {UnitId("to-1"): 2, UnitId("to-2"): 6, UnitId("to-3"): 4}
    assert [one.move for one in ranked(groups, before)] == [2, -1, -1]


def test_nobody_moves_while_nothing_was_sent_a_week_before() -> None:
    groups = [a_standing("to-1", 9), a_standing("to-2", 7)]
    assert [one.move for one in ranked(groups, {UnitId("to-1"): 0, UnitId("to-2"): 0})] == [None, None]


def test_records_without_a_group_have_no_place() -> None:
    lost = a_standing("", 99, unit=None)
    placed = ranked([lost, a_standing("to-1", 1)], {})
    assert [one.rank for one in placed] == [0, 1]


def test_people_and_initiatives_have_places_of_their_own() -> None:
    placed = ranked([a_standing("to-1", 9, people=1), a_standing("to-2", 3, people=3)], {})
    assert [(one.rank, one.people_rank) for one in placed] == [(1, 2), (2, 1)]


def test_the_units_own_split_counts_before_the_portals() -> None:
    asked = Quota(unit=UnitId("to-1"), programme="p", period="gd-1", kind=QuotaKind.ASSIGNED, number=10)
    typed = replace(asked, number=12, source=TYPED)
    for quotas in ([asked, typed], [typed, asked]):
        assert effective(quotas)[UnitId("to-1"), QuotaKind.ASSIGNED].number == 12
