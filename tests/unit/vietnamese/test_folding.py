"""Folding, cleaning and tone placement."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.vietnamese.folding import canonical_tone, clean, fold, words

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hường", "dang thi huong"),
        ("  ĐỒ   gá\thàn ", "do ga han"),
        ("Hà Nội, “75 nghìn”", "ha noi, “75 nghin”"),
        ("NGUYỄN", "nguyen"),
        ("Café – Müller", "cafe – muller"),
        ("部品ガ", "部品ガ"),
        ("STRASSE ß", "strasse ss"),
        ("", ""),
    ],
)
def test_fold_drops_accents_case_and_spare_space(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_does_not_care_how_letters_are_composed() -> None:
    text = "Nguyễn Đức Hường – tổ 5"
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == "nguyen duc huong – to 5"


def test_every_vietnamese_letter_folds_to_a_plain_one() -> None:
    assert fold(VIETNAMESE + VIETNAMESE.upper()).isascii()


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " abc-12"))
def test_both_ways_of_folding_agree(text: str) -> None:
    assert fold(text + " →").removesuffix("→").rstrip() == fold(text)


def test_words_are_folded_letters_and_digits() -> None:
    assert words("Đồ-gá (số 2), ổ_trục.") == ("do", "ga", "so", "2", "o", "truc")


def test_clean_composes_trims_and_collapses() -> None:
    assert clean(" Nguye\u0302\u0303n \u00a0 Văn\u200b\n A\ufeff ") == "Nguyễn Văn A"


def test_clean_keeps_single_line_breaks_when_asked() -> None:
    assert clean(" một \r\n\n hai\rba ", keep_lines=True) == "một\nhai\nba"


def test_clean_leaves_the_soft_hyphen_that_may_be_a_letter() -> None:
    assert clean("M\u00adêng") == "M\u00adêng"


@given(st.text(), st.booleans())
def test_clean_is_stable(text: str, keep_lines: bool) -> None:
    once = clean(text, keep_lines=keep_lines)
    assert clean(once, keep_lines=keep_lines) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Hòa Bình", "Hoà Bình"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("kỹ thuật", "kĩ thuật"),
        ("lý do", "lí do"),
        ("quý", "quí"),
        ("quý", "qúy"),
        ("hòan", "hoàn"),
        ("gìa", "già"),
        ("TÙY", "TUỲ"),
    ],
)
def test_two_spellings_of_one_word_have_one_canonical_form(one: str, other: str) -> None:
    assert canonical_tone(one) == canonical_tone(other)


@pytest.mark.parametrize(
    "text",
    ["của", "người", "nghiêng", "khuỷu", "giữa", "mía", "hoài", "thuế", "quyển", "Excel", "số 5", "giặt"],
)
def test_canonical_spelling_stays(text: str) -> None:
    assert canonical_tone(text) == text


@pytest.mark.parametrize(("one", "other"), [("tui", "tuy"), ("hai", "hay"), ("sao", "sau"), ("má", "mà")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert canonical_tone(one) != canonical_tone(other)


@given(st.text(alphabet=VIETNAMESE + "ghknpqt "))
def test_canonical_tone_is_stable(text: str) -> None:
    assert canonical_tone(canonical_tone(text)) == canonical_tone(text)
