"""Whole collections."""

import pytest

from benchmarks.duplicate_corpus import corpus
from sangkien_desktop.errors import AppError, Cancelled
from sangkien_desktop.screening import Index, Kind, Pair, ScreeningText, clusters, screen


def _found(texts: list[ScreeningText], copies: dict[str, tuple[str, str]]) -> tuple[float, float]:
    same = {frozenset((pair.a, pair.b)) for pair in screen(texts) if pair.kind is Kind.DUPLICATE}
    first = {text.ref: copies.get(text.ref, (text.ref, ""))[0] for text in texts}
    right = sum(len({first[ref] for ref in pair}) == 1 for pair in same)
    recall = sum(frozenset((copy, original)) in same for copy, (original, _) in copies.items()) / len(copies)
    return recall, right / len(same)


@pytest.mark.parametrize("size", [600, 4000])
def test_copies_are_found_and_nothing_else_is_called_a_copy(size: int) -> None:
    recall, precision = _found(*corpus(size))
    assert recall >= 0.97
    assert precision >= 0.99


def test_few_texts_make_no_trouble() -> None:
    text = ScreeningText("a", "Một sáng kiến", "")
    assert screen([]) == ()
    assert screen([text]) == ()
    assert screen([ScreeningText(str(at), "", "") for at in range(3)]) == ()


def test_a_crowd_of_similar_texts_reports_only_the_nearest() -> None:
    body = "Hàn giá thép ba ngăn có tấm che kéo và túi hút ẩm cho khuôn chờ."
    texts = [ScreeningText(str(at), f"Làm giá để khuôn tạm cạnh máy ép số {at}", body) for at in range(60)]
    pairs = screen(texts)
    assert {pair.kind for pair in pairs} == {Kind.SIMILAR}
    assert len(pairs) <= 60 * 3


def test_a_copied_series_is_one_cluster() -> None:
    pairs = [Pair(a, b, Kind.DUPLICATE, 1.0, ()) for a, b in (("1", "2"), ("2", "3"), ("7", "8"))]
    similar = Pair("3", "7", Kind.SIMILAR, 0.9, ())
    assert clusters([*pairs, similar]) == (frozenset("123"), frozenset("78"))


class _Stopped:
    def report(self, done: int, total: int, text: str = "") -> None:
        pass

    def check(self) -> None:
        raise Cancelled


def test_screening_stops_when_asked() -> None:
    with pytest.raises(Cancelled):
        screen(corpus(1500)[0], progress=_Stopped())


def test_keys_made_one_by_one_and_together_are_equal() -> None:
    texts, _ = corpus(300)
    index = Index.build(texts)
    assert index.signatures(texts)[:20] == [index.signature(text) for text in texts[:20]]


def test_a_copy_shares_a_key_with_its_original_after_the_model_was_stored() -> None:
    texts, copies = corpus(1200)
    index = Index.from_bytes(Index.build(texts).to_bytes())
    by_ref = {text.ref: set(index.signature(text)) for text in texts}
    met = sum(bool(by_ref[copy] & by_ref[original]) for copy, (original, _) in copies.items())
    assert met >= 0.98 * len(copies)


def test_keys_fit_a_database_integer() -> None:
    texts, _ = corpus(50)
    keys = [key for text in texts for key in Index.build(texts).signature(text)]
    assert min(keys) >= 0
    assert max(keys) < 2**48


@pytest.mark.parametrize("broken", [b"", b"SKI1", b"other bytes", b"SKI1" + bytes(30)])
def test_a_broken_model_is_refused(broken: bytes) -> None:
    with pytest.raises(AppError):
        Index.from_bytes(broken)


def test_model_is_outgrown_when_the_collection_doubles() -> None:
    index = Index(10_000, Index.build([]).frequency)
    assert not index.is_outgrown(15_000)
    assert index.is_outgrown(25_000)
