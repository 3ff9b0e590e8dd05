"""Problems are gathered by kind, mended many at once, and the same wherever a record is asked about."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.rules import Demand, DemandKind, Severity, problems
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.checks import SECRET, ProblemRow
from sangkien_desktop.services.surroundings import RuleContexts
from sangkien_desktop.storage import rule_data
from tests.support.desks import an_open_desk
from tests.support.records import an_author, an_initiative


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


def saved(station: Services, **values: object) -> Initiative:
    return station.initiatives.save(an_initiative(**values), opened_on=0).record


def per_month(station: Services, text: str = "80tr/tháng") -> Initiative:
    return saved(station, annual_benefit=None, unread={"annual_benefit": text})


def rows_of(station: Services, key: str) -> tuple[ProblemRow, ...]:
    checked = station.checks.review()
    kind = next(one.kind for one in (*checked.errors, *checked.warnings) if one.kind.key == key)
    return station.checks.rows(kind)


def test_kinds_count_records_and_leave_withdrawn_ones_out(station: Services) -> None:
    for _ in range(3):
        per_month(station)
    gone = per_month(station)
    station.initiatives.withdraw([gone.id])
    saved(station, title="SK 1")
    checked = station.checks.review()
    assert [(one.kind.key, one.number) for one in checked.errors] == [("benefit", 3), ("title", 1)]
    assert checked.incomplete == 4


def test_accepting_proposals_is_one_act_and_one_undo(station: Services) -> None:
    records = [per_month(station) for _ in range(3)]
    rows = rows_of(station, "benefit")
    assert {row.proposal for row in rows} == {"960.000.000"}
    station.checks.accept(rows)
    assert {station.initiatives.get(one.id).annual_benefit for one in records} == {960_000_000}
    assert station.checks.overview().mended_today == 3
    station.initiatives.undo()
    assert {station.initiatives.get(one.id).annual_benefit for one in records} == {None}


def test_a_typed_value_mends_the_record(station: Services) -> None:
    record = per_month(station, "vài chục triệu")
    (row,) = rows_of(station, "benefit")
    assert (row.raw, row.proposal) == ("vài chục triệu", "")
    station.checks.type_in(row, "35 triệu")
    assert station.initiatives.get(record.id).annual_benefit == 35_000_000
    assert station.initiatives.problems(station.initiatives.get(record.id)) == ()


def test_a_row_that_changed_meanwhile_is_not_overwritten(station: Services) -> None:
    record = per_month(station)
    (row,) = rows_of(station, "benefit")
    station.initiatives.set_values([record.id], {"annual_benefit": 5_000_000})
    with pytest.raises(StaleEdit):
        station.checks.type_in(row, "35 triệu")


def test_not_computable_in_money_clears_what_stood_there(station: Services) -> None:
    record = per_month(station)
    station.checks.not_in_money(rows_of(station, "benefit"))
    kept = station.initiatives.get(record.id)
    assert (kept.is_monetary, kept.annual_benefit, dict(kept.unread)) == (False, None, {})


def test_the_sheet_for_group_leaders_has_one_page_per_group(station: Services, tmp_path: Path) -> None:
    group = station.units.named("Tổ CĐ [Mạ] 1", make=True)
    per_month(station, "2-3 triệu")
    saved(station, group=group, annual_benefit=None, unread={"annual_benefit": "chưa rõ"})
    rows = rows_of(station, "benefit")
    path = tmp_path / "hoi.xlsx"
    kind = next(one.kind for one in station.checks.overview().errors)
    assert station.checks.ask_groups(kind, rows, path) == 2
    book = openpyxl.load_workbook(path)
    text = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "2-3 triệu" in text
    assert "Tổ trả lời" in text


def test_a_severity_of_the_unit_holds_everywhere(station: Services) -> None:
    record = saved(station, title="Sáng kiến cải tiến kỹ thuật")
    station.checks.set_severity("title-says-what-was-done", Severity.ERROR)
    assert station.initiatives.mark_ready([record.id]).blocked
    station.checks.set_severity("title-says-what-was-done", None)
    assert station.initiatives.problems(record) == ()
    station.checks.set_severity("title-says-what-was-done", Severity.WARNING)
    settings = {one.code: one for one in station.checks.rule_settings()}
    assert settings["title-says-what-was-done"].chosen is Severity.WARNING
    assert all(one.demand and one.source for one in settings.values())


def test_a_demand_of_the_programme_is_asked_while_it_holds(station: Services) -> None:
    record = saved(station)
    demand = Demand(
        code="calculation-attached",
        programme=record.programme,
        field="attachments",
        kind=DemandKind.PAPER,
        value="calculation",
        only_from=10_000_000,
        message="Từ 10 triệu đồng cần kèm bản tính.",
    )
    with station.desk.database.write() as session:
        rule_data.put_own_demands(session, (demand,))
    assert [one.message for one in station.initiatives.problems(record)] == [
        "Từ 10 triệu đồng cần kèm bản tính."
    ]
    past = replace(demand, valid_to=station.desk.clock.today().replace(year=2020))
    with station.desk.database.write() as session:
        rule_data.put_own_demands(session, (past,))
    assert station.initiatives.problems(record) == ()


def test_an_outlier_shows_once_there_is_history(station: Services) -> None:
    group = station.units.named("Tổ CĐ Mạ 1", make=True)
    for number in range(15):
        saved(station, group=group, annual_benefit=4_000_000 + number)
    huge = saved(station, group=group, annual_benefit=95_000_000)
    assert station.initiatives.problems(huge) == ()
    checked = station.checks.review()
    assert [(one.kind.key, one.number) for one in checked.warnings] == [("benefit-is-like-others", 1)]


ODD = (
    an_initiative(title="SK 1"),
    an_initiative(effect_summary="tốt"),
    an_initiative(authors=(an_author(employee_code="0x4512", is_main=True),)),
    an_initiative(annual_benefit=80),
    an_initiative(title="Sáng kiến cải tiến kỹ thuật", solution="như cũ", situation_before="như cũ"),
    an_initiative(annual_benefit=None, unread={"annual_benefit": "2-3 triệu"}),
    an_initiative(annual_benefit=5_000_000, benefit_calculation="10 × 2.000 = 30.000"),
)


@pytest.mark.parametrize("record", ODD)
def test_form_grid_check_and_sending_report_the_same_problems(station: Services, record: Initiative) -> None:
    form = station.initiatives.save(record, opened_on=0)
    row = station.entry.row(record.id)
    assert row is not None
    station.checks.review()
    with station.desk.database.read() as session:
        rules = problems(form.record, RuleContexts(session, station.desk, [form.record]).of(form.record))
    checked = next(found for one, found in station.initiatives.all_problems() if one.id == record.id)
    blocked = station.initiatives.mark_ready([record.id]).blocked.get(record.id)
    assert form.problems == rules == checked
    assert {problem.field for problem in form.problems} == set(row.problems)
    assert blocked in (None, rules)
    assert (blocked is None) is all(one.severity is Severity.WARNING for one in rules)


def test_the_body_of_a_secret_stands_in_no_row_and_no_sheet(station: Services, tmp_path: Path) -> None:
    canary = "chim-hoàng-yến-88"
    saved(station, is_secret=True, annual_benefit=None, unread={"annual_benefit": canary}, solution=canary)
    checked = station.checks.review()
    for one in checked.errors:
        rows = station.checks.rows(one.kind)
        assert all(canary not in (row.raw + row.understood + row.proposal) for row in rows)
        assert any(row.raw == SECRET for row in rows)
        path = tmp_path / "hoi.xlsx"
        station.checks.ask_groups(one.kind, rows, path)
        cells = [
            cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
        ]
        assert all(canary not in str(value) for value in cells)


SAMPLES = Path(__file__).parents[2] / "resources" / "sample"


def test_import_and_what_is_stored_report_the_same_impossible_codes(station: Services) -> None:
    plans = station.imports.plan_file(station.imports.read(SAMPLES / "to-cong-doan-47-to.xlsx"))
    told = {
        row.record.id
        for plan in plans
        for row in plan.rows
        if row.record
        and any(one.field == "employee_code" and one.severity is Severity.ERROR for one in row.problems)
    }
    station.imports.write(plans)
    station.checks.review()
    stored = {
        record.id
        for record, found in station.initiatives.all_problems()
        if any(one.code == "employee-codes-can-exist" for one in found)
    }
    assert stored == told
    assert len(told) == 4


def test_rules_of_quality_are_quiet_about_rows_without_an_error(station: Services) -> None:
    plans = station.imports.plan_file(station.imports.read(SAMPLES / "to-cong-doan-47-to.xlsx"))
    station.imports.write(plans)
    checked = station.checks.review()
    assert {(one.kind.key, one.number) for one in checked.warnings} == {
        ("large-benefit-names-who-confirmed", 29),
        ("title-is-a-title", 1),
    }
    assert checked.incomplete == 66
