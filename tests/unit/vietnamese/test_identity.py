"""Phones, citizen numbers and employee codes. All numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.identity import (
    CitizenIdProblem,
    CodeProblem,
    PhoneProblem,
    citizen_id_facts,
    code_length,
    mask_citizen_id,
    read_citizen_id,
    read_employee_code,
    read_phone,
)


@pytest.mark.parametrize(
    ("cell", "phone", "repaired"),
    [
        ("0900012345", "0900012345", False),
        ("0900 012 345", "0900012345", False),
        ("0900.012.345", "0900012345", False),
        ("(+84) 900 012 345", "0900012345", False),
        ("+84900012345", "0900012345", False),
        ("84900012345", "0900012345", False),
        ("+84 0900012345", "0900012345", False),
        ("'0900012345", "0900012345", False),
        ("900012345", "0900012345", True),
        (900012345, "0900012345", True),
        (900012345.0, "0900012345", True),
        ("01681234567", "0381234567", True),
        ("1201234567", "0701234567", True),
        ("+841991234567", "0591234567", True),
        ("024 3812 3456", "02438123456", False),
    ],
)
def test_phones_are_read(cell: str | float, phone: str, repaired: bool) -> None:
    reading = read_phone(cell)
    assert (reading.value, reading.repaired, reading.problem) == (phone, repaired, None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("9.00012E+08", PhoneProblem.SCIENTIFIC),
        ("12345", PhoneProblem.NOT_A_PHONE),
        ("0100012345", PhoneProblem.NOT_A_PHONE),
        ("không có", PhoneProblem.NOT_A_PHONE),
        ("0900012345 / 0900012346", PhoneProblem.NOT_A_PHONE),
    ],
)
def test_other_texts_are_no_phones(cell: str, problem: PhoneProblem) -> None:
    assert read_phone(cell).problem is problem


@pytest.mark.parametrize("cell", ["", "-", " "])
def test_an_empty_phone_is_no_problem(cell: str) -> None:
    reading = read_phone(cell)
    assert (reading.value, reading.problem) == (None, None)


@pytest.mark.parametrize(
    ("cell", "citizen_id", "repaired"),
    [
        ("001085000089", "001085000089", False),
        ("001 085 000 089", "001085000089", False),
        (1085000089, "001085000089", True),
        ("79085000089", "079085000089", True),
    ],
)
def test_citizen_numbers_are_read(cell: str | int, citizen_id: str, repaired: bool) -> None:
    reading = read_citizen_id(cell)
    assert (reading.value, reading.repaired, reading.problem) == (citizen_id, repaired, None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1.08501E+09", CitizenIdProblem.SCIENTIFIC),
        ("012345678", CitizenIdProblem.OLD_CARD),
        ("12345", CitizenIdProblem.WRONG_LENGTH),
        ("0010850000891", CitizenIdProblem.WRONG_LENGTH),
        ("B1234567", CitizenIdProblem.NOT_A_NUMBER),
    ],
)
def test_other_texts_are_no_citizen_numbers(cell: str, problem: CitizenIdProblem) -> None:
    assert read_citizen_id(cell).problem is problem


def test_an_unknown_province_is_a_doubt_and_no_refusal() -> None:
    reading = read_citizen_id("999085000089")
    assert (reading.value, reading.problem) == ("999085000089", CitizenIdProblem.UNKNOWN_PROVINCE)


def test_a_citizen_number_states_sex_and_birth_year() -> None:
    assert citizen_id_facts("001085000089") == ("male", 1985)
    assert citizen_id_facts("001185000089") == ("female", 1985)
    assert citizen_id_facts("001204000089") == ("male", 2004)
    assert citizen_id_facts("001304000089") == ("female", 2004)


def test_a_masked_number_shows_five_digits() -> None:
    assert mask_citizen_id("001085000089") == "001*******89"
    assert mask_citizen_id("12345") == "*****"


@pytest.mark.parametrize(
    ("cell", "length", "code", "repaired"),
    [
        ("000321", 6, "000321", False),
        (321, 6, "000321", True),
        (321.0, 6, "000321", True),
        ("321", 6, "000321", True),
        (321, None, "321", False),
        ("12077", None, "12077", False),
        ("MT118", 6, "MT118", False),
        ("PB-009", None, "PB-009", False),
        (" A 12 ", None, "A 12", False),
    ],
)
def test_codes_get_their_zeros_only_when_the_length_is_known(
    cell: str | float, length: int | None, code: str, repaired: bool
) -> None:
    reading = read_employee_code(cell, length=length)
    assert (reading.value, reading.repaired, reading.problem) == (code, repaired, None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1.0045E+05", CodeProblem.SCIENTIFIC),
        ("1,0045E+05", CodeProblem.SCIENTIFIC),
        ("0x4512", CodeProblem.IMPOSSIBLE),
        ("999999", CodeProblem.IMPOSSIBLE),
        ("000000", CodeProblem.IMPOSSIBLE),
        ("KHÔNG CÓ", CodeProblem.IMPOSSIBLE),
        ("chưa có", CodeProblem.IMPOSSIBLE),
        ("Nguyễn Văn A", CodeProblem.IMPOSSIBLE),
        (-5, CodeProblem.IMPOSSIBLE),
        (12.5, CodeProblem.IMPOSSIBLE),
        ("#N/A", CodeProblem.IMPOSSIBLE),
        ("1234567", CodeProblem.TOO_LONG),
    ],
)
def test_impossible_codes_are_named(cell: str | float, problem: CodeProblem) -> None:
    reading = read_employee_code(cell, length=6)
    assert (reading.value, reading.problem) == (None, problem)


@pytest.mark.parametrize(
    ("codes", "length"),
    [
        (["000321", "012077", 5], 6),
        (["321", 12077], None),
        ([321, 5], None),
        (["0321", "00321"], None),
        (["0321", "123456"], None),
        (["MT01", "000321"], 6),
        ([], None),
    ],
)
def test_the_column_tells_the_length_of_its_codes(codes: list[str | int | float], length: int | None) -> None:
    assert code_length(codes) == length


@given(st.text() | st.integers() | st.floats())
def test_any_cell_gets_an_answer(cell: str | float) -> None:
    for reading in (read_phone(cell), read_employee_code(cell, length=6)):
        assert reading.value is None or reading.problem is None
    assert len(read_citizen_id(cell).value or "twelve signs") == 12
