"""What counts as a Vietnamese syllable."""

import pytest

from sangkien_desktop.vietnamese.syllables import is_syllable

RIGHT = "nghiêng Nguyễn quyển khuỷu giặt gì giếng oái thuở ý yếu ngoằn khoẻ khỏe hòa hoà quý đường xoong NGƯỜI ủy uỷ"
WRONG = "NguyÔn Tieáng café für ngê ka ci họcc học1 haì giaù bă bâ bêch đ cat thaï"


@pytest.mark.parametrize("word", RIGHT.split())
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", WRONG.split())
def test_other_letters_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)
