"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.vietnamese.numbers import read_spelled, spell


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1_001, "một nghìn không trăm linh một"),
        (1_000_005, "một triệu không trăm linh năm"),
        (24_005_015, "hai mươi tư triệu không trăm linh năm nghìn không trăm mười lăm"),
        (80_000_000, "tám mươi triệu"),
        (1_200_000_000, "một tỷ hai trăm triệu"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (16_000_000_000_000, "mười sáu nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_numbers_are_spelled_as_they_are_spoken(number: int, words: str) -> None:
    assert spell(number) == words


@given(st.integers(0, 10**15))
def test_spelled_numbers_read_back(number: int) -> None:
    assert read_spelled(fold(spell(number))) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("tram trieu", 100_000_000),
        ("ba chuc trieu", 30_000_000),
        ("hai ty ruoi", 2_500_000_000),
        ("mot tram le nam ngan", 105_000),
        ("rat lon", None),
        ("", None),
    ],
)
def test_everyday_wordings_are_read(words: str, number: int | None) -> None:
    assert read_spelled(words) == number
