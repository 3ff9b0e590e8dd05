"""Demands of a programme come as data, hold for their time, and are never guessed."""

from dataclasses import replace
from datetime import date

import pytest

from sangkien_desktop.domain.ids import AttachmentId
from sangkien_desktop.domain.initiative import Attachment
from sangkien_desktop.domain.rules import Demand, DemandKind, Severity, problems
from sangkien_desktop.domain.rules.demands import read_demands, write_demands
from tests.support.records import an_initiative, rule_context

CALCULATION = Attachment(
    id=AttachmentId("a1"),
    sha256="0" * 64,
    size=1,
    name="tinh.pdf",
    media_type="application/pdf",
    role="calculation",
)


def demand(kind: DemandKind, field: str, value: int | str = "") -> Demand:
    return Demand(code="asked", programme="1-trieu-sang-kien", field=field, kind=kind, value=value)


# demand, values that meet it, values that do not
CASES = (
    (demand(DemandKind.FILLED, "novelty"), {"novelty": "Lần đầu ở công ty"}, {"novelty": ""}),
    (
        demand(DemandKind.AT_LEAST, "effect_summary", 30),
        {"effect_summary": "x" * 30},
        {"effect_summary": "x" * 29},
    ),
    (demand(DemandKind.AT_MOST, "annual_benefit", 9), {"annual_benefit": 9}, {"annual_benefit": 10}),
    (
        demand(DemandKind.WITHOUT, "title", "Covid"),
        {"title": "Bàn xoay dán tem"},
        {"title": "Bàn xoay mùa COVID"},
    ),
    (
        demand(DemandKind.PAPER, "attachments", "calculation"),
        {"attachments": (CALCULATION,)},
        {"attachments": ()},
    ),
)


@pytest.mark.parametrize(("asked", "meets", "fails"), CASES)
def test_every_kind_passes_and_fails(
    asked: Demand, meets: dict[str, object], fails: dict[str, object]
) -> None:
    context = rule_context(demands=(asked,))
    assert "asked" not in {problem.code for problem in problems(an_initiative(**meets), context)}
    (found,) = [one for one in problems(an_initiative(**fails), context) if one.code == "asked"]
    assert found.message
    assert found.severity is Severity.ERROR


def test_a_demand_holds_only_for_its_days_its_programme_and_its_values() -> None:
    asked = CASES[0][0]
    others = (
        replace(asked, valid_from=date(2026, 11, 21)),
        replace(asked, valid_to=date(2026, 11, 19)),
        replace(asked, programme="khac"),
        replace(asked, only_from=22_400_001),
    )
    assert problems(an_initiative(), rule_context(demands=others)) == ()
    on_the_day = replace(
        asked, valid_from=date(2026, 11, 20), valid_to=date(2026, 11, 20), only_from=22_400_000
    )
    assert len(problems(an_initiative(), rule_context(demands=(on_the_day,)))) == 1


def test_the_unit_decides_on_demands_too() -> None:
    context = rule_context(demands=(CASES[0][0],), severities={"asked": None})
    assert problems(an_initiative(), context) == ()


def test_a_secret_is_not_asked_for_what_it_does_not_send() -> None:
    context = rule_context(demands=(CASES[0][0],))
    assert "asked" not in {one.code for one in problems(an_initiative(is_secret=True), context)}


def test_demands_read_back_and_what_is_not_understood_is_left_out() -> None:
    kept = tuple(one for one, _, _ in CASES)
    assert read_demands(write_demands(kept)) == kept
    odd = (
        {"code": "x", "field": "no_such_field", "kind": "filled"},
        {"code": "x", "field": "title", "kind": "magic"},
    )
    assert read_demands(({}, *odd, *write_demands(kept[:1]))) == kept[:1]
