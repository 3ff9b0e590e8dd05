"""Rewards: dated thresholds, conditions, papers, and no reward twice by one level in a year."""

from dataclasses import replace
from datetime import date

import pytest

from sangkien_desktop.domain.awards import (
    CONFEDERATION,
    GRASSROOTS,
    SHIPPED_THRESHOLDS,
    UPPER,
    Candidate,
    Condition,
    Merit,
    Score,
    Standing,
    averages,
    candidate,
    in_force,
    threshold_from_json,
    threshold_to_json,
)
from sangkien_desktop.domain.ids import InitiativeId, PersonId

TODAY = date(2026, 5, 28)


def a_merit(**values: object) -> Merit:
    whole = Merit(
        person=PersonId("nguoi-1"),
        name="Vũ Thúy Mẫu",
        code="000001",
        unit=None,
        initiative=InitiativeId("sk-1"),
        local_code="HH26-00001",
        title="Lắp thêm mắt đọc mã",
        benefit=88_000_000,
        one_year=88_000_000,
        three_years=88_000_000,
        is_social=False,
        votes=3,
        education="THPT",
        is_leader=False,
        recognition="Cơ sở – 97/QĐ-HĐSK, 14/03/2026",
        valid_on=date(2026, 5, 25),
        confirmed_by="Phòng Kế toán",
        has_calculation=False,
    )
    return replace(whole, **values)  # type: ignore[arg-type]


def found(merit: Merit) -> Candidate:
    made = candidate(merit, in_force(SHIPPED_THRESHOLDS, TODAY), TODAY)
    assert made is not None
    return made


def test_eighty_million_in_a_year_or_a_hundred_and_twenty_in_three_reach_the_highest() -> None:
    assert found(a_merit()).threshold.level == CONFEDERATION
    slow = found(a_merit(one_year=50_500_000, three_years=136_200_000))
    assert slow.threshold.level == CONFEDERATION
    assert slow.standing is Standing.READY
    assert found(a_merit(one_year=50_500_000, three_years=110_000_000)).threshold.level == UPPER


def test_who_holds_a_leading_post_is_held_against_the_next_reward() -> None:
    assert found(a_merit(is_leader=True)).threshold.title == "Bằng khen cấp tỉnh, ngành"


def test_who_is_not_in_the_member_list_is_not_taken_for_without_post() -> None:
    assert found(a_merit(is_leader=None)).threshold.level != CONFEDERATION


@pytest.mark.parametrize(
    ("missing", "condition"),
    [
        ({"recognition": ""}, Condition.RECOGNISED),
        ({"valid_on": None}, Condition.VALID),
        ({"confirmed_by": ""}, Condition.CALCULATION),
    ],
)
def test_a_missing_paper_is_named_and_can_be_mended(missing: dict[str, object], condition: Condition) -> None:
    one = found(a_merit(**missing))
    assert (one.standing, one.said) == (Standing.PAPERS, "Thiếu 1 giấy tờ")
    assert [check.condition for check in one.missing] == [condition]


def test_a_calculation_on_file_serves_as_well_as_a_name() -> None:
    assert found(a_merit(confirmed_by="", has_calculation=True)).standing is Standing.READY


def test_one_level_does_not_reward_the_same_person_twice_in_a_year() -> None:
    twice = a_merit(one_year=22_000_000, three_years=22_000_000, rewarded_on=((GRASSROOTS, 2026),))
    assert found(twice).standing is Standing.UNMET
    again = a_merit(one_year=22_000_000, three_years=22_000_000, rewarded_on=((GRASSROOTS, 2025),))
    assert found(again).standing is Standing.READY


def test_several_levels_may_reward_the_same_person() -> None:
    assert found(a_merit(rewarded_on=((GRASSROOTS, 2026),))).standing is Standing.READY


def test_below_every_threshold_is_no_candidate() -> None:
    low = a_merit(one_year=1_000_000, three_years=1_000_000)
    assert candidate(low, in_force(SHIPPED_THRESHOLDS, TODAY), TODAY) is None


def test_a_threshold_holds_from_its_day_on_and_not_before() -> None:
    newer = replace(SHIPPED_THRESHOLDS[0], one_year=90_000_000, valid_from=date(2026, 6, 1))
    known = (*SHIPPED_THRESHOLDS, newer)
    assert in_force(known, date(2026, 5, 31))[0].one_year == 80_000_000
    assert in_force(known, date(2026, 6, 1))[0].one_year == 90_000_000


def test_a_threshold_survives_being_kept() -> None:
    for one in SHIPPED_THRESHOLDS:
        assert threshold_from_json(threshold_to_json(one)) == one


def test_the_mean_is_over_the_judges_that_scored() -> None:
    first, second = InitiativeId("sk-1"), InitiativeId("sk-2")
    given = [
        Score(initiative=first, judge="A", points=(8, 9, 18)),
        Score(initiative=first, judge="B", points=(6, 7, 12)),
        Score(initiative=second, judge="A", points=(5, 5, 10)),
    ]
    assert averages(given) == {first: 30.0, second: 20.0}
