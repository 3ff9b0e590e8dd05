"""Dates in every form people write."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.dates import (
    DateProblem,
    DateReading,
    DayOrder,
    PartialDate,
    Precision,
    column_order,
    long_form,
    read_date,
)

DAY = PartialDate(date(2022, 5, 3))
MONTH = PartialDate(date(2022, 5, 1), Precision.MONTH)
YEAR = PartialDate(date(2022, 1, 1), Precision.YEAR)
ANY_DAY = st.dates(date(1920, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        *("03/05/2022", "3/5/2022", "3-5-22", "03.05.22", "3.5.2022", "03 / 05 / 2022", "3/5/2022."),
        *(
            "03052022",
            "030522",
            "20220503",
            "2022-05-03",
            "2022/5/3",
            "2022-05-03 00:00:00",
            "2022-05-03T00:00:00Z",
        ),
        *(
            "ngày 3 tháng 5 năm 2022",
            "Ngày 03 tháng 05 năm 2022",
            "3 tháng 5, 2022",
            "mùng 3 tháng 5 năm 2022",
        ),
        *(
            "ngày 03/05/2022",
            "từ 03/05/2022 đến nay",
            "Thứ ba, 03/05/2022",
            "08:00 03/05/2022",
            "10h 03/05/2022",
        ),
        *("3 May 2022", "03-May-22", "May 3, 2022", "2022年5月3日", "44684", "44684.5"),
        *(44684, 44684.0, 44684.75, 3052022, 20220503, datetime(2022, 5, 3, 7, 30), date(2022, 5, 3)),
    ],
)
def test_days_are_read(cell: str | float | date) -> None:
    assert read_date(cell).value == DAY
    assert read_date(cell).problem is None


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "tháng 5/2022",
            "Tháng 5 năm 2022",
            "T5/2022",
            "T05-2022",
            "th 5/2022",
            "5/2022",
            "05-2022",
            "05.2022",
        ),
        *(
            "052022",
            "2022-05",
            "2022/05",
            "cuối tháng 5/2022",
            "tháng năm năm 2022",
            "May-22",
            "May 2022",
            "2022年5月",
        ),
    ],
)
def test_months_are_read_with_their_precision(cell: str) -> None:
    assert read_date(cell).value == MONTH


@pytest.mark.parametrize("cell", ["2022", "năm 2022", "đầu năm 2022", 2022, 2022.0])
def test_years_are_read_with_their_precision(cell: str | float) -> None:
    assert read_date(cell).value == YEAR


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        *(
            (cell, DateProblem.IMPOSSIBLE)
            for cell in ("31/02/2022", "30/2/22", "32/3/2023", "tháng 13/2021", "0/5/2022")
        ),
        *((cell, DateProblem.IMPOSSIBLE) for cell in ("03/05/0222", "29/02/2021", "31/4/2022", "3/5/2222")),
        *((cell, DateProblem.QUARTER) for cell in ("Quý II/2022", "quý 2 năm 2022", "Q3/2022")),
        *((cell, DateProblem.NO_YEAR) for cell in ("12/5", "ngày 3/5", "3 tháng 5")),
        *((cell, DateProblem.RANGE) for cell in ("01/03/2022 - 31/12/2022", "1/3/2022, 2/4/2022")),
        *(
            (cell, DateProblem.NOT_A_DATE)
            for cell in ("chưa rõ", "tháng 9-12/2021", "QĐ 12/2022", "80 triệu", "1.0045E+05", 5, -1, 1e300)
        ),
    ],
)
def test_what_is_no_date_is_refused(cell: str | float, problem: DateProblem) -> None:
    reading = read_date(cell)
    assert (reading.value, reading.problem) == (None, problem)


@pytest.mark.parametrize("cell", ["", "  ", "-", "…", "/ /"])
def test_an_empty_cell_is_no_problem(cell: str) -> None:
    assert read_date(cell) == DateReading(None, "Không ghi")


def test_a_day_that_only_fits_the_other_order_is_proposed() -> None:
    assert read_date("05/25/2022").proposal == PartialDate(date(2022, 5, 25))


def test_the_start_of_a_period_is_proposed() -> None:
    assert read_date("01/03/2022 - 31/12/2022").proposal == PartialDate(date(2022, 3, 1))


def test_month_first_is_read_when_the_column_is_so() -> None:
    assert read_date("05/03/2022", order=DayOrder.MDY).value == DAY
    assert read_date("2022-05-03", order=DayOrder.MDY).value == DAY
    assert read_date("ngày 3 tháng 5 năm 2022", order=DayOrder.MDY).value == DAY


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/05/2022", "13/05/2022"], DayOrder.DMY),
        (["03/05/2022", "05/13/2022", "chưa rõ"], DayOrder.MDY),
        (["03/05/2022", "04/06/2022"], None),
        (["13/05/2022", "05/13/2022"], None),
        (["31/02/2022", "2022-05-13"], DayOrder.DMY),
        ([], None),
    ],
)
def test_the_column_tells_the_order_of_day_and_month(texts: list[str], order: DayOrder | None) -> None:
    assert column_order(texts) == order


def test_days_of_the_1904_system_are_1462_later() -> None:
    assert read_date(44684 - 1462, epoch_1904=True).value == DAY


def test_two_digit_years_turn_at_fifty() -> None:
    assert read_date("1/1/50").value == PartialDate(date(2050, 1, 1))
    assert read_date("1/1/51").value == PartialDate(date(1951, 1, 1))


@pytest.mark.parametrize(
    ("value", "iso", "shown", "long", "last"),
    [
        (DAY, "2022-05-03", "03/05/2022", "ngày 03 tháng 5 năm 2022", date(2022, 5, 3)),
        (MONTH, "2022-05", "05/2022", "tháng 5 năm 2022", date(2022, 5, 31)),
        (YEAR, "2022", "2022", "năm 2022", date(2022, 12, 31)),
        (
            PartialDate(date(2024, 2, 12)),
            "2024-02-12",
            "12/02/2024",
            "ngày 12 tháng 02 năm 2024",
            date(2024, 2, 12),
        ),
    ],
)
def test_partial_dates_are_shown_and_stored(
    value: PartialDate, iso: str, shown: str, long: str, last: date
) -> None:
    assert (value.iso(), value.display(), long_form(value)) == (iso, shown, long)
    assert (value.first_day, value.last_day) == (value.value, last)
    assert PartialDate.from_iso(iso) == value


@pytest.mark.parametrize("text", ["", "05/2022", "2022-13", "2022-02-31", "22"])
def test_other_texts_are_no_stored_dates(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.from_iso(text)


def test_dates_sort_by_day() -> None:
    assert sorted([DAY, YEAR, MONTH]) == [YEAR, MONTH, DAY]


@given(ANY_DAY)
def test_every_day_reads_back_from_every_form(day: date) -> None:
    value = PartialDate(day)
    for text in (
        value.iso(),
        value.display(),
        long_form(value),
        f"{day:%d.%m.%Y}",
        f"{day:%d%m%Y}",
        f"{day:%Y%m%d}",
    ):
        assert read_date(text).value == value


@given(ANY_DAY)
def test_every_serial_reads_back(day: date) -> None:
    assert read_date((day - date(1899, 12, 30)).days).value == PartialDate(day)


@given(st.text() | st.text(alphabet="0123456789/.- thangnmqT") | st.floats() | st.integers())
def test_any_cell_gets_an_answer(cell: str | float) -> None:
    reading = read_date(cell)
    assert reading.understood
    assert reading.value is None or reading.problem is None
