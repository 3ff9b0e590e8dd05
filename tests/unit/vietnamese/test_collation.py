"""Order of words and of people."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.collation import given_name, name_sort_key, shorten_name, sort_key

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SYLLABLE = st.tuples(st.text(alphabet=LETTERS, min_size=1, max_size=4), st.sampled_from(TONES)).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
PHRASE = st.lists(SYLLABLE, min_size=1, max_size=4).map(" ".join)


def shuffled(right: list[str]) -> list[str]:
    return random.Random(7).sample(right, len(right))


@pytest.mark.parametrize(
    "right",
    [
        ["An", "Anh", "Ánh", "Ân", "Ba", "Bả", "Bá", "Bạ", "Bình", "Dũng", "Đạt"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["o", "oa", "ô", "ôi", "ơ", "ơi", "pa"],
        ["tổ 2", "tổ 10", "tổ 10a", "tổ an"],
        ["hoa binh", "hoa lan", "hoà an", "hoá an"],
        ["an binh", "ang", "ăn"],
    ],
)
def test_words_stand_in_dictionary_order(right: list[str]) -> None:
    assert sorted(shuffled(right), key=sort_key) == right


def test_people_stand_by_given_name_then_middle_then_family() -> None:
    right = ["Lê An", "Phạm Văn An", "Trần Văn An", "Lê Thị Ánh", "Lê Văn Hà", "Bùi Thị Hạ", "Đỗ Đức Đức"]
    expected = ["Lê An", "Phạm Văn An", "Trần Văn An", "Lê Thị Ánh", "Đỗ Đức Đức", "Lê Văn Hà", "Bùi Thị Hạ"]
    assert sorted(shuffled(right), key=name_sort_key) == expected


@given(PHRASE, PHRASE)
def test_keys_do_not_depend_on_case_or_composition(one: str, other: str) -> None:
    assert sort_key(one.upper()) == sort_key(unicodedata.normalize("NFD", one)) == sort_key(one)
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(PHRASE, st.sampled_from(range(5)), st.sampled_from(range(5)))
def test_tones_only_break_ties(stem: str, one: int, other: int) -> None:
    lower, higher = sorted((one, other))
    first = sort_key(unicodedata.normalize("NFC", f"{stem} a{TONES[lower]}"))
    second = sort_key(unicodedata.normalize("NFC", f"{stem} a{TONES[higher]}"))
    assert first <= second < sort_key(f"{stem} ă") < sort_key(f"{stem} b")


@given(PHRASE, PHRASE)
def test_a_phrase_stands_before_its_continuation(start: str, rest: str) -> None:
    assert sort_key(start) < sort_key(f"{start} {rest}")


@given(PHRASE, PHRASE, PHRASE)
def test_bytes_of_keys_sort_like_keys(one: str, other: str, third: str) -> None:
    phrases = [one, other, third]
    assert sorted(phrases, key=sort_key) == sorted(phrases, key=lambda text: sort_key(text).encode("utf-8"))


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert sort_key(text) == sort_key(text)
    assert name_sort_key(text) == name_sort_key(f" {text} ")


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_numbers_sort_by_value(one: int, other: int) -> None:
    assert (sort_key(f"Tổ {one}") < sort_key(f"Tổ {other}")) == (one < other)


@pytest.mark.parametrize(
    ("name", "given_part"), [("Nguyễn Thị Kim Ngân", "Ngân"), ("Sato", "Sato"), (" ", "")]
)
def test_given_name_is_the_last_word(name: str, given_part: str) -> None:
    assert given_name(name) == given_part


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (99, "Nguyễn Thị Kim Ngân"),
        (18, "Nguyễn T. Kim Ngân"),
        (17, "Nguyễn T. K. Ngân"),
        (14, "N. T. K. Ngân"),
        (3, "Ngân"),
    ],
)
def test_names_are_shortened_from_the_middle(room: int, shown: str) -> None:
    assert shorten_name("Nguyễn Thị Kim Ngân", lambda text: len(text) <= room) == shown
