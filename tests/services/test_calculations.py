"""A calculation sheet yields one year's value and stays with the initiative, with who confirmed it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from sangkien_desktop.domain.calculation import Calculation, Item, Period
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.bundle import Services
from tests.support.desks import an_open_desk
from tests.support.records import an_initiative

ITEMS = (
    Item(
        name="Bớt sửa lỗi vít lệch",
        quantity=Decimal(11),
        unit="sản phẩm",
        unit_price=2_500,
        period=Period.WORKDAY,
        times=300,
    ),
    Item(name="Đồ gá mới", quantity=Decimal(1), unit="bộ", unit_price=1_200_000, is_cost=True),
)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Services]:
    with an_open_desk(tmp_path) as desk:
        yield Services(desk)


def test_a_kept_sheet_declares_its_value_and_reads_back(station: Services) -> None:
    record = station.initiatives.save(an_initiative(), opened_on=0).record
    sheet = replace(station.calculations.sheet(record.id), calculation=Calculation(ITEMS))
    saved = station.calculations.keep(sheet, takes_value=True, confirmed_by="Phòng Kế toán")
    assert saved.record.annual_benefit == 7_050_000
    assert saved.record.benefit_confirmed_by == "Phòng Kế toán"
    assert saved.problems == ()
    assert station.calculations.sheet(record.id).calculation.one_year == 7_050_000
    station.initiatives.undo()
    assert station.initiatives.get(record.id).annual_benefit == record.annual_benefit


def test_a_sheet_beside_another_value_is_a_warning_with_a_repair(station: Services) -> None:
    record = station.initiatives.save(an_initiative(), opened_on=0).record
    sheet = replace(station.calculations.sheet(record.id), calculation=Calculation(ITEMS))
    (problem,) = station.calculations.keep(sheet, takes_value=False).problems
    assert problem.code == "calculation-adds-up"
    assert problem.fix is not None
    assert problem.fix.value == 7_050_000


def test_what_was_written_in_words_is_shown_before_it_is_replaced(station: Services) -> None:
    record = station.initiatives.save(
        an_initiative(benefit_calculation="Mỗi ca bớt 11 sản phẩm sửa"), opened_on=0
    )
    assert station.calculations.sheet(record.record.id).free_text == "Mỗi ca bớt 11 sản phẩm sửa"


def test_the_page_of_evidence_adds_up(station: Services, tmp_path: Path) -> None:
    record = station.initiatives.save(an_initiative(), opened_on=0).record
    sheet = replace(station.calculations.sheet(record.id), calculation=Calculation(ITEMS))
    station.calculations.write(sheet, tmp_path / "tinh.xlsx")
    page = openpyxl.load_workbook(tmp_path / "tinh.xlsx").active
    assert page is not None
    cells = [cell.value for row in page.iter_rows() for cell in row]
    assert 7_050_000 in cells
    assert -1_200_000 in cells


def test_a_secret_calculation_is_not_written(station: Services, tmp_path: Path) -> None:
    record = station.initiatives.save(an_initiative(is_secret=True), opened_on=0).record
    with pytest.raises(AppError):
        station.calculations.write(station.calculations.sheet(record.id), tmp_path / "tinh.xlsx")
    assert not (tmp_path / "tinh.xlsx").exists()
