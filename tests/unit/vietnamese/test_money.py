"""Amounts of money as group leaders write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.money import (
    MoneyProblem,
    MoneyReading,
    format_vnd,
    in_words,
    read_money,
    unit_of_header,
)

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80tr", 80 * MILLION),
        ("80 triệu", 80 * MILLION),
        ("80 TRIỆU ĐỒNG", 80 * MILLION),
        ("80 trđ", 80 * MILLION),
        ("80trđ/năm", 80 * MILLION),
        ("1,2 tỷ", 1200 * MILLION),
        ("1,2tỉ", 1200 * MILLION),
        ("0,01803 tỷ", 18_030_000),
        ("16 tỷ đồng/năm", 16_000 * MILLION),
        ("94.090.000đ", 94_090_000),
        ("94.090.000 ₫", 94_090_000),
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1.234.567,89", 1_234_568),
        ("80.000.000,00", 80 * MILLION),
        ("80,000,000 VNĐ", 80 * MILLION),
        ("VND 80,000,000", 80 * MILLION),
        ("80.000.000.-", 80 * MILLION),
        ("1 tỷ 200 triệu", 1200 * MILLION),
        ("80 triệu 500 nghìn đồng", 80_500_000),
        ("1tr2", 1_200_000),
        ("80tr5", 80_500_000),
        ("2 tỷ rưỡi", 2500 * MILLION),
        ("3 trăm triệu", 300 * MILLION),
        ("500k", 500_000),
        ("500 ngàn đồng", 500_000),
        ("80.000 nghìn đồng", 80 * MILLION),
        ("1.500 triệu", 1500 * MILLION),
        ("120 triệu đồng/12 tháng", 120 * MILLION),
        ("80 triệu năm 2022", 80 * MILLION),
        ("Tiết kiệm được 80.000.000 đồng trong năm 2022", 80 * MILLION),
        ("mỗi năm tiết kiệm 80 triệu đồng", 80 * MILLION),
        ("80 triệu đồng/năm (tám mươi triệu đồng)", 80 * MILLION),
        ("１２，０００，０００", 12 * MILLION),
        ("- Tiết kiệm 80 triệu", 80 * MILLION),
        ("0", 0),
        ("0 đồng", 0),
    ],
)
def test_amounts_are_read(text: str, value: int) -> None:
    reading = read_money(text)
    assert (reading.value, reading.problem, reading.approximate) == (value, None, False)


@pytest.mark.parametrize(
    "text", ["khoảng 80 triệu", "~80tr", "≈ 80 triệu", "gần 80 triệu/năm", "tầm 80tr", "> 80 triệu"]
)
def test_about_is_remembered(text: str) -> None:
    reading = read_money(text)
    assert (reading.value, reading.approximate, reading.problem) == (80 * MILLION, True, None)
    assert reading.understood.startswith("Khoảng 80.000.000 đồng")


@pytest.mark.parametrize(
    ("text", "problem", "proposal"),
    [
        ("80tr/tháng", MoneyProblem.PER_MONTH, 960 * MILLION),
        ("80 triệu đồng mỗi tháng", MoneyProblem.PER_MONTH, 960 * MILLION),
        ("hàng tháng tiết kiệm 2 triệu", MoneyProblem.PER_MONTH, 24 * MILLION),
        ("30 triệu/6 tháng", MoneyProblem.PER_OTHER, 60 * MILLION),
        ("10 triệu đồng/quý", MoneyProblem.PER_OTHER, 40 * MILLION),
        ("100.000đ/sản phẩm", MoneyProblem.PER_OTHER, None),
        ("2,5 triệu/người/tháng", MoneyProblem.PER_OTHER, None),
        ("2-3 triệu", MoneyProblem.RANGE, None),
        ("3 ~ 5tr", MoneyProblem.RANGE, None),
        ("từ 74 đến 76 triệu", MoneyProblem.RANGE, None),
        ("10.000.000 – 12.000.000đ", MoneyProblem.RANGE, None),
        ("dưới 80 triệu", MoneyProblem.RANGE, None),
        ("tám mươi triệu", MoneyProblem.WORDS, 80 * MILLION),
        ("một tỷ hai trăm triệu đồng", MoneyProblem.WORDS, 1200 * MILLION),
        ("năm mươi triệu đồng một năm", MoneyProblem.WORDS, 50 * MILLION),
        ("khoảng vài chục triệu", MoneyProblem.WORDS, None),
        ("-2500000", MoneyProblem.NEGATIVE, None),
        ("−5 triệu", MoneyProblem.NEGATIVE, None),
        ("- 5 triệu", MoneyProblem.NEGATIVE, 5 * MILLION),
        ("(5.000.000)", MoneyProblem.NEGATIVE, None),
        ("âm 5 triệu", MoneyProblem.NEGATIVE, None),
        ("rất lớn", MoneyProblem.NOT_MONEY, None),
        ("chưa tính được", MoneyProblem.NOT_MONEY, None),
        ("12/5/2022", MoneyProblem.NOT_MONEY, None),
        ("12 công nhân", MoneyProblem.NOT_MONEY, None),
        ("5 triệu sản phẩm", MoneyProblem.NOT_MONEY, 5 * MILLION),
        ("9" * 300, MoneyProblem.NOT_MONEY, None),
        ("không tính được", MoneyProblem.NOT_COMPUTABLE, None),
        ("Không tính được bằng tiền", MoneyProblem.NOT_COMPUTABLE, None),
        ("Không quy ra tiền", MoneyProblem.NOT_COMPUTABLE, None),
        ("1.000 USD", MoneyProblem.FOREIGN, None),
        ("$500", MoneyProblem.FOREIGN, None),
        ("5 triệu x 12 tháng = 60 triệu", MoneyProblem.SEVERAL, 60 * MILLION),
        ("giảm 1 máy, lợi 5 triệu", MoneyProblem.SEVERAL, 5 * MILLION),
        ("5 triệu đồng/tháng, giảm 2 người", MoneyProblem.SEVERAL, 60 * MILLION),
        ("100.000đ x 500 cái + 20.000đ", MoneyProblem.SEVERAL, None),
        ("1,500 triệu", MoneyProblem.SEPARATOR, 1_500_000),
        ("1,200.000", MoneyProblem.SEPARATOR, 1_200_000),
        ("1.234.56", MoneyProblem.SEPARATOR, None),
        ("80", MoneyProblem.UNIT, 80 * MILLION),
        ("22,4", MoneyProblem.FRACTION, 22_400_000),
        ("8E+07", MoneyProblem.SCIENTIFIC, 80 * MILLION),
    ],
)
def test_what_a_person_must_decide_is_not_guessed(
    text: str, problem: MoneyProblem, proposal: int | None
) -> None:
    reading = read_money(text)
    assert (reading.value, reading.problem, reading.proposal) == (None, problem, proposal)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "…", "/"])
def test_an_empty_cell_is_no_problem(text: str) -> None:
    assert read_money(text) == MoneyReading(None, "Không ghi")


@pytest.mark.parametrize(
    ("cell", "value"), [(22.4, 22_400_000), (5.45, 5_450_000), ("40,8", 40_800_000), ("119", 119 * MILLION)]
)
def test_bare_numbers_count_in_the_unit_of_their_column(cell: str | float, value: int) -> None:
    assert read_money(cell, unit=MILLION).value == value


def test_a_written_unit_wins_over_the_column() -> None:
    assert read_money("80 triệu", unit=MILLION).value == 80 * MILLION


def test_dong_in_a_column_of_millions_is_asked_about() -> None:
    reading = read_money(80_000_000, unit=MILLION)
    assert (reading.value, reading.problem, reading.proposal) == (None, MoneyProblem.UNIT, 80 * MILLION)


@pytest.mark.parametrize(
    ("cell", "value"), [(7_500_000, 7_500_000), (7_500_000.0, 7_500_000), (1234567.5, 1_234_568)]
)
def test_numbers_of_spreadsheets_are_dong(cell: float, value: int) -> None:
    assert read_money(cell).value == value


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), 1e300])
def test_numbers_that_are_no_amount_are_refused(cell: float) -> None:
    assert read_money(cell).problem is MoneyProblem.NOT_MONEY


@pytest.mark.parametrize(
    ("text", "per"),
    [("80 triệu/năm", "year"), ("80 triệu/tháng", "month"), ("80 triệu", None), ("80 triệu/ca", None)],
)
def test_the_period_of_the_text_is_told(text: str, per: str | None) -> None:
    assert read_money(text).per == per


def test_a_monthly_amount_shows_its_formula() -> None:
    said = read_money("2.000.000đ mỗi tháng").understood
    assert said == "2.000.000 đồng cho mỗi tháng; một năm là 24.000.000 đồng?"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Giá trị làm lợi (triệu đồng)", MILLION),
        ("Gia tri lam loi (tr.d)", MILLION),
        ("Làm lợi (trđ)", MILLION),
        ("ĐVT: nghìn đồng", 1000),
        ("Giá trị (1.000đ)", 1000),
        ("Tổng giá trị (tỷ đồng)", 10**9),
        ("Giá trị làm lợi (đồng/năm)", 1),
        ("Làm lợi (đ)", 1),
        ("Tỷ lệ (%)", None),
        ("Mã động cơ", None),
        ("Hiệu quả", None),
    ],
)
def test_headings_name_the_unit(header: str, unit: int | None) -> None:
    assert unit_of_header(header) == unit


def test_amounts_are_shown_in_digits_and_in_words() -> None:
    assert format_vnd(1_234_567) == "1.234.567"
    assert in_words(94_090_000) == "Chín mươi tư triệu không trăm chín mươi nghìn đồng"
    assert in_words(0) == "Không đồng"


@given(st.integers(1000, 10**15))
def test_written_amounts_read_back(value: int) -> None:
    for text in (format_vnd(value), f"{value:,}", f"{format_vnd(value)} đồng/năm", str(value)):
        assert read_money(text).value == value
    assert read_money(in_words(value)).proposal == value


@given(st.text(), st.sampled_from([1, 1000, MILLION]))
def test_any_text_gets_an_answer(text: str, unit: int) -> None:
    reading = read_money(text, unit=unit)
    assert reading.value is None or (reading.problem is None and 0 <= reading.value <= 10**15)
    assert reading.understood


@given(st.text(alphabet="0123456789.,-~ trtỷđn/ămkx=()E+"))
def test_any_mixture_of_digits_and_units_gets_an_answer(text: str) -> None:
    assert read_money(text).understood
