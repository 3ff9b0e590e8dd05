"""The calculation of a benefit is kept as text that reads back to the same sheet."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.domain.calculation import (
    TIMES_A_YEAR,
    Calculation,
    Item,
    Period,
    read_calculation,
    write_calculation,
    wrong_products,
)

WRITTEN = """Bớt sửa lỗi vít lệch: 11 sản phẩm × 2.500 đồng × 300 ngày = 8.250.000 đồng
Trừ đồ gá mới: 1 bộ × 1.200.000 đồng = 1.200.000 đồng"""


def test_costs_are_deducted() -> None:
    sheet = read_calculation(WRITTEN)
    assert sheet is not None
    assert sheet.one_year == 7_050_000
    assert [item.is_cost for item in sheet.items] == [False, True]


def test_the_sheet_is_written_as_it_was_read() -> None:
    sheet = read_calculation(WRITTEN)
    assert sheet is not None
    assert write_calculation(sheet) == WRITTEN


def test_free_text_is_no_sheet() -> None:
    assert read_calculation("Mỗi ca bớt được nhiều thời gian sửa hàng") is None
    assert read_calculation(WRITTEN + "\nphòng kế toán đã xem") is None
    assert read_calculation("") is None


def test_a_wrong_product_in_free_text_is_found() -> None:
    assert wrong_products("10 kg x 2.000đ x 12 tháng = 24.000") == (
        ("10 kg x 2.000đ x 12 tháng = 24.000", 240_000),
    )
    assert wrong_products("10 kg x 2.000đ x 12 tháng = 240.000 đồng") == ()


ITEMS = st.builds(
    Item,
    name=st.sampled_from(["Bớt sửa lỗi", "Tiết kiệm keo", "Giảm điện máy nén"]),
    quantity=st.decimals(min_value=Decimal("0.5"), max_value=5_000, places=1),
    unit=st.sampled_from(["", "sản phẩm", "kg", "kWh"]),
    unit_price=st.integers(min_value=1, max_value=50_000_000),
    period=st.sampled_from([Period.MONTH, Period.WORKDAY, Period.QUARTER]),
    times=st.sampled_from(list(TIMES_A_YEAR.values())),
    is_cost=st.booleans(),
)


@given(st.lists(ITEMS, min_size=1, max_size=6))
def test_every_sheet_reads_back_to_the_same_value(items: list[Item]) -> None:
    sheet = Calculation(tuple(items))
    again = read_calculation(write_calculation(sheet))
    assert again is not None
    assert again.one_year == sheet.one_year
    assert [item.is_cost for item in again.items] == [item.is_cost for item in items]
