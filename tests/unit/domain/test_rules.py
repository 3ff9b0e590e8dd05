"""Every rule has a record that passes it and one that fails it."""

from datetime import date

import pytest

from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.people import Person, WorkStatus
from sangkien_desktop.domain.rules import RULES, RuleContext, Severity, problems
from sangkien_desktop.domain.rules.history import History, Spread
from sangkien_desktop.domain.rules.truth import even_shares
from tests.support.records import an_author, an_initiative, day, rule_context

LEFT = Person(id=PersonId("p1"), name="Vũ Thị Mẫu", status=WorkStatus.LEFT)
WORKS = Person(id=PersonId("p2"), name="Vũ Thị Mẫu")
ELSEWHERE = Person(id=PersonId("p3"), name="Vũ Thị Mẫu", group=UnitId("to-9"))
GONE = Person(id=PersonId("p4"), name="Vũ Thị Mẫu", status=WorkStatus.LEFT, left_on=date(2022, 1, 31))
CODED = Person(id=PersonId("p5"), name="Trần Văn Khác", employee_code="000321")
BUSY = Person(id=PersonId("p6"), name="Vũ Thị Mẫu")
USUAL = History(groups={UnitId("to-1"): Spread(40, 5_000_000, 30_000_000)}, people={BUSY.id: 25})
KNOWN = rule_context(
    people={one.id: one for one in (LEFT, WORKS, ELSEWHERE, GONE, CODED, BUSY)}, history=USUAL
)

# code → (values that pass, values that fail)
CASES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "applied-inside-the-window": (
        {"first_applied_on": day(2021, 9, 1)},
        {"first_applied_on": day(2021, 8, 31), "recognised_on": None},
    ),
    "not-applied-in-the-future": (
        {"first_applied_on": day(2022, 3, 8)},
        {"first_applied_on": day(2026, 11, 21)},
    ),
    "recognition-names-its-decision": (
        {"recognition_decision": "12/QĐ-HĐSK"},
        {"recognition_decision": ""},
    ),
    "recognition-names-its-day": ({"recognised_on": day(2022, 3, 8)}, {"recognised_on": None}),
    "recognised-after-application": (
        {"recognised_on": day(2022, 3, 8)},
        {"recognised_on": day(2022, 3, 7)},
    ),
    "not-recognised-in-the-future": (
        {"recognised_on": day(2022, 4, 1)},
        {"recognised_on": day(2026, 11, 21)},
    ),
    "asked-within-a-year": (
        {"recognised_on": day(2023, 3, 8)},
        {"recognised_on": day(2024, 3, 8)},
    ),
    "not-protected-as-intellectual-property": ({"is_ip_protected": False}, {"is_ip_protected": True}),
    "benefit-is-declared": ({"annual_benefit": 0}, {"annual_benefit": None}),
    "benefit-is-not-negative": ({"annual_benefit": 0}, {"annual_benefit": -1}),
    "huge-benefit-is-confirmed": (
        {"annual_benefit": 10_000_000_000},
        {"annual_benefit": 10_000_000_001},
    ),
    "not-computable-has-no-value": (
        {"is_monetary": False, "annual_benefit": None},
        {"is_monetary": False, "annual_benefit": 5_000_000},
    ),
    "large-benefit-names-who-confirmed": (
        {"annual_benefit": 100_000_000, "benefit_confirmed_by": "Phòng Kế toán"},
        {"annual_benefit": 100_000_000},
    ),
    "every-author-has-a-name": ({"authors": (an_author("An Bình"),)}, {"authors": (an_author(" "),)}),
    "shares-add-up": (
        {"authors": (an_author("A", 60, is_main=True), an_author("B", 40))},
        {"authors": (an_author("A", 70, is_main=True), an_author("B", 50))},
    ),
    "shares-are-positive": (
        {"authors": (an_author("A", 100, is_main=True),)},
        {"authors": (an_author("A", 100, is_main=True), an_author("B", 0))},
    ),
    "one-main-author": (
        {"authors": (an_author("A", 60, is_main=True), an_author("B", 40))},
        {"authors": (an_author("A", 60, is_main=True), an_author("B", 40, is_main=True))},
    ),
    "nobody-twice": (
        {
            "authors": (
                an_author("A", 60, employee_code="1", is_main=True),
                an_author("B", 40, employee_code="2"),
            )
        },
        {
            "authors": (
                an_author("A", 60, employee_code="1", is_main=True),
                an_author("A", 40, employee_code="1"),
            )
        },
    ),
    "authors-still-work-here": (
        {"authors": (an_author(person=WORKS.id),)},
        {"authors": (an_author(person=LEFT.id),)},
    ),
    "employee-codes-can-exist": (
        {"authors": (an_author(employee_code="HH-00321"),)},
        {"authors": (an_author(employee_code="0x4512"),)},
    ),
    "title-says-what-was-done": (
        {"title": "Cải tiến kỹ thuật ở máy hàn"},
        {"title": "Sáng kiến cải tiến kỹ thuật"},
    ),
    "title-is-not-a-list-entry": (
        {"title": "Quản lý, tổ chức lại kho khuôn"},
        {"title": "Giải pháp quản lý, tổ chức, điều hành"},
    ),
    "title-is-a-title": ({"title": "Bàn xoay 360 độ cho khâu dán tem"}, {"title": "12.000.000 đồng"}),
    "effect-says-what-was-gained": (
        {"effect_summary": "Giảm thời gian 20 phút mỗi ca"},
        {"effect_summary": "Nâng cao năng suất, chất lượng"},
    ),
    "effect-is-not-a-copy": (
        {"effect_summary": "Bớt một người đứng máy"},
        {"effect_summary": "Thêm chốt định vị ở đáy đồ gá", "solution": "Thêm chốt định vị ở đáy đồ gá"},
    ),
    "effect-is-not-an-amount": (
        {"effect_summary": "Bớt 12.000.000 đồng tiền keo"},
        {"effect_summary": "12.000.000 đồng"},
    ),
    "solution-is-not-the-situation": (
        {"situation_before": "Lấy khuôn chậm", "solution": "Đánh số từng ô kệ khuôn"},
        {"situation_before": "Lấy khuôn chậm", "solution": "Lấy khuôn  chậm"},
    ),
    "benefit-is-in-dong": ({"annual_benefit": 80_000_000}, {"annual_benefit": 80}),
    "benefit-is-like-others": ({"annual_benefit": 600_000_000}, {"annual_benefit": 600_000_001}),
    "calculation-adds-up": (
        {
            "annual_benefit": 7_050_000,
            "benefit_calculation": "Bớt sửa lỗi: 11 sản phẩm × 2.500 đồng × 300 ngày = 8.250.000 đồng\n"
            "Trừ đồ gá: 1 bộ × 1.200.000 đồng = 1.200.000 đồng",
        },
        {
            "annual_benefit": 8_250_000,
            "benefit_calculation": "Bớt sửa lỗi: 11 sản phẩm × 2.500 đồng × 300 ngày = 8.250.000 đồng\n"
            "Trừ đồ gá: 1 bộ × 1.200.000 đồng = 1.200.000 đồng",
        },
    ),
    "main-author-is-of-the-group": (
        {"authors": (an_author(person=WORKS.id, is_main=True),)},
        {"authors": (an_author(person=ELSEWHERE.id, is_main=True),)},
    ),
    "authors-worked-here-then": (
        {"authors": (an_author(person=GONE.id),), "first_applied_on": day(2022, 1, 31)},
        {"authors": (an_author(person=GONE.id),), "first_applied_on": day(2022, 2, 1)},
    ),
    "names-fit-their-codes": (
        {"authors": (an_author("TRẦN VĂN KHÁC", person=CODED.id, employee_code="000321"),)},
        {"authors": (an_author("Vũ Thị Mẫu", person=CODED.id, employee_code="000321"),)},
    ),
    "one-person-not-too-many": (
        {"authors": (an_author(person=WORKS.id),)},
        {"authors": (an_author(person=BUSY.id),)},
    ),
}


def codes(record_values: dict[str, object], context: RuleContext = KNOWN) -> set[str]:
    """Codes of the problems of a record with these values."""
    return {problem.code for problem in problems(an_initiative(**record_values), context)}


def test_every_rule_has_a_passing_and_a_failing_case() -> None:
    assert {rule.code for rule in RULES} == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_rule_passes_and_fails(code: str) -> None:
    passing, failing = CASES[code]
    assert code not in codes(passing)
    assert code in codes(failing)


def test_every_rule_says_its_demand_and_its_source() -> None:
    assert all(rule.demand and rule.source and rule.field for rule in RULES)


def test_a_whole_record_has_no_problem() -> None:
    assert problems(an_initiative(), rule_context()) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": ""}, "missing"),
        ({"title": "SK 1"}, "too-short"),
        ({"title": "x" * 251}, "too-long"),
        ({"category": "Chưa phân loại"}, "not-in-list"),
        ({"authors": ()}, "missing"),
        ({"first_applied_on": None, "unread": {"first_applied_on": "31/02/2022"}}, "date-unread"),
        ({"annual_benefit": None, "unread": {"annual_benefit": "80tr/tháng"}}, "money-per-month"),
    ],
)
def test_the_declaration_is_held(values: dict[str, object], code: str) -> None:
    assert code in codes(values)


def test_money_per_month_offers_the_year() -> None:
    record = an_initiative(annual_benefit=None, unread={"annual_benefit": "80tr/tháng"})
    (problem,) = problems(record, rule_context())
    assert problem.fix is not None
    assert (problem.fix.value, problem.fix.label) == (960_000_000, "Đổi thành 960.000.000")


def test_a_secret_needs_only_what_it_sends() -> None:
    record = an_initiative(
        is_secret=True,
        situation_before="",
        solution="",
        category="",
        recognition_level="",
        recognised_on=None,
        annual_benefit=None,
        first_applied_on=None,
    )
    assert problems(record, rule_context()) == ()


def test_the_unit_may_change_what_blocks() -> None:
    late = {"recognised_on": day(2024, 3, 8)}
    strict = rule_context(severities={"asked-within-a-year": Severity.ERROR})
    off = rule_context(severities={"asked-within-a-year": None})
    assert [p.severity for p in problems(an_initiative(**late), strict)] == [Severity.ERROR]
    assert problems(an_initiative(**late), off) == ()


@pytest.mark.parametrize("count", range(1, 14))
def test_even_shares_add_up(count: int) -> None:
    shares = even_shares(count)
    assert sum(shares) == 100
    assert shares[0] == max(shares)


def test_month_precision_touches_the_window_with_any_day() -> None:
    from sangkien_desktop.vietnamese.dates import PartialDate, Precision

    september = PartialDate(date(2023, 9, 1), Precision.MONTH)
    assert "applied-inside-the-window" not in codes({"first_applied_on": september, "recognised_on": None})
