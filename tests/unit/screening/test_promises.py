"""What holds for every text."""

import unicodedata
from dataclasses import replace
from itertools import combinations

import pytest

from benchmarks.duplicate_corpus import corpus
from sangkien_desktop.screening import Kind, ScreeningText, compare
from sangkien_desktop.screening.lexicon import KEEP_APART, SYNONYMS, groups
from sangkien_desktop.screening.tokens import read

TEXTS = corpus(150)[0]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_text_is_a_duplicate_of_itself_in_any_form(form: str) -> None:
    for text in TEXTS:
        other = replace(text, ref="other", title=unicodedata.normalize(form, text.title.upper()))
        pair = compare(text, other)
        assert pair is not None
        assert (pair.kind, pair.score) == (Kind.DUPLICATE, 1.0)


def test_judgement_does_not_depend_on_who_comes_first() -> None:
    for one, other in combinations(TEXTS[:40] + TEXTS[-12:], 2):
        there, back = compare(one, other), compare(other, one)
        assert (there and there.kind) == (back and back.kind)


def test_every_pair_gives_a_sentence() -> None:
    for one, other in combinations(TEXTS[:60], 2):
        pair = compare(one, other)
        assert pair is None or all(reason.sentence.endswith(".") for reason in pair.reasons)
        assert pair is None or pair.reasons
        assert pair is None or 0 <= pair.score <= 1


def test_members_of_a_synonym_group_are_read_alike() -> None:
    known = [group for group in groups(SYNONYMS) if group[0] in {"đồ gá", "cảm biến", "băng tải", "phế phẩm"}]
    assert len(known) == 4
    for group in known:
        assert len({tuple(token.key for token in read(member)) for member in group}) == 1


def test_synonyms_never_stand_in_a_family_kept_apart_under_another_name() -> None:
    for family in groups(KEEP_APART):
        assert len(family) == len(set(family))


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("T.gian", "thời gian"),
        ("20.000 cái", "20000 cái"),
        ("950 nghìn", "950k"),
        ("15p", "15 phút"),
        ("chuyền LR-08", "line LR08"),
        ("chu kỳ", "chu kì"),
        ("hoà khí", "hòa khí"),
        ("số 05", "số 5"),
        ("300°C", "300 độ C"),
    ],
)
def test_ways_of_writing_are_levelled(written: str, other: str) -> None:
    assert [token.key for token in read(written)] == [token.key for token in read(other)]


def test_odd_texts_are_compared_without_trouble() -> None:
    for title in ("", "日本語", "🙂🙂", "1", "/ / /", "x" * 5000, "a" * 60 + " \x01\n\t 5S"):
        assert compare(ScreeningText("a", title, title), ScreeningText("b", "Lắp vít", "Lắp vít")) is None
