"""The labelled set: what must not get worse."""

from collections import Counter

from benchmarks.duplicates import GOLDEN, judge, read_labelled, recall_and_precision


def test_recall_and_precision_on_the_labelled_set() -> None:
    judged = judge(read_labelled(GOLDEN))
    recall, precision = recall_and_precision(judged)
    assert recall >= 0.98
    assert precision >= 0.99
    missed = Counter(entry.label.kind for entry in judged if entry.label.is_same and not entry.is_called_same)
    assert max(missed.values(), default=0) <= 3


def test_the_set_is_large_and_holds_hard_cases() -> None:
    kinds = Counter((pair.is_same, pair.kind) for pair in read_labelled(GOLDEN))
    assert kinds.total() >= 1000
    assert {kind for is_same, kind in kinds if not is_same} >= {
        "other_line",
        "other_number",
        "other_product",
        "same_template",
        "same_theme",
    }
