"""Segments for showing two texts side by side."""

from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.screening import word_difference

_TEXTS = st.text(alphabet="ab đềằ 5.,\n", max_size=40)


def test_changed_words_are_marked_on_both_sides() -> None:
    found = word_difference("Lắp cảm biến cho chuyền 5.", "Lap sensor cho chuyền 7")
    assert [segment.text for segment in found.a if not segment.is_equal] == ["cảm biến", "5"]
    assert [segment.text for segment in found.b if not segment.is_equal] == ["sensor", "7"]


@given(_TEXTS, _TEXTS)
def test_segments_joined_give_the_texts_back(a: str, b: str) -> None:
    found = word_difference(a, b)
    assert "".join(segment.text for segment in found.a) == a
    assert "".join(segment.text for segment in found.b) == b


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(segment.is_equal for segment in word_difference(text, text).a)
