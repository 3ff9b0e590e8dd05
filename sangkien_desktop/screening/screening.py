"""All near duplicates among many texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.screening import thresholds
from sangkien_desktop.screening.comparison import Prepared, compare_prepared
from sangkien_desktop.screening.features import extract
from sangkien_desktop.screening.index import Index
from sangkien_desktop.screening.model import Kind, Pair, ScreeningText

if TYPE_CHECKING:
    from sangkien_desktop.screening.features import Array

_COMPARED_AT_ONCE = 500
_DIMENSIONS = 4096


def screen(
    texts: Sequence[ScreeningText],
    *,
    min_score: float = thresholds.SIMILAR_SCORE,
    index: Index | None = None,
    progress: Progress = SILENT,
) -> tuple[Pair, ...]:
    """Every duplicate pair, and the nearest similar ones, best first.

    Duplicates are meant to be complete; similar pairs are cut at `SIMILAR_PER_TEXT` and `SIMILAR_AT_MOST`,
    because in a collection written from templates nearly everything is similar to something. `index` is
    counted afresh when it is not given.
    """
    if len(texts) < 2:
        return ()
    if len(texts) <= thresholds.SMALL_COLLECTION:
        first, second, agreement, can_be_same = _every_pair(texts)
    else:
        index = index or Index.build(texts, progress=progress)
        first, second, agreement, can_be_same = _banded(texts, index, progress)
    at_most = max(thresholds.READ_LEAST, int(len(texts) * thresholds.READ_SHARE))
    chosen = _worth_reading(first, second, agreement, can_be_same)[:at_most]
    return _judged(texts, chosen, min_score, progress)


def _every_pair(texts: Sequence[ScreeningText]) -> tuple["Array", "Array", "Array", "Array"]:
    """Cosine of hashed features for all pairs at once."""
    import numpy as np  # heavy; loaded by the first screening

    found = extract(texts)
    columns = (found.hashes >> np.uint32(20)).astype(np.int64)
    cells = np.bincount(found.owner * np.int64(_DIMENSIONS) + columns, minlength=len(texts) * _DIMENSIONS)
    table: Array = np.minimum(cells.reshape(len(texts), _DIMENSIONS), 1).astype(np.float32)
    table *= np.log((1 + len(texts)) / (1 + table.sum(axis=0))).astype(np.float32) + np.float32(1.0)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), np.float32(1e-9))
    likeness = table @ table.T
    first, second = np.nonzero(np.triu(likeness >= thresholds.LEAST_COSINE, 1))
    return first, second, likeness[first, second], _can_be_same(found.numbers, first, second)


def _banded(
    texts: Sequence[ScreeningText], index: Index, progress: Progress
) -> tuple["Array", "Array", "Array", "Array"]:
    """Pairs that share a band, with the share of equal hash values."""
    import numpy as np  # heavy; loaded by the first screening

    step = 10_000
    sketches, numbers = [], []
    for at in range(0, len(texts), step):
        progress.check()
        progress.report(at, len(texts), "Đang lập dấu vân của văn bản")
        found = extract(texts[at : at + step])
        sketches.append(index.sketch(found))
        numbers.append(found.numbers)
    sketch, figures = np.concatenate(sketches, axis=1), np.concatenate(numbers)
    met = []
    for keys in index.band_keys(sketch):
        progress.check()
        met.append(_met(keys, figures, len(texts)))
    pairs = np.sort(np.concatenate(met))
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    first, second = pairs // len(texts), pairs % len(texts)
    equal = np.zeros(len(pairs), dtype=np.int32)
    for row in sketch:
        equal += row[first] == row[second]
    agreement = equal / len(sketch)
    enough = agreement >= thresholds.LEAST_AGREEMENT
    first, second = first[enough], second[enough]
    return first, second, agreement[enough], _can_be_same(figures, first, second)


def _met(keys: "Array", figures: "Array", count: int) -> "Array":
    """Pairs of texts with one key, as `first * count + second`; in crowds only neighbours of equal figures."""
    import numpy as np  # heavy; loaded by the first screening

    order = np.lexsort((np.arange(count), figures, keys))
    ordered = keys[order]
    run = np.concatenate(([0], np.cumsum(ordered[1:] != ordered[:-1])))
    size = np.bincount(run)[run]
    met = []
    for step in range(1, thresholds.LARGEST_BUCKET):
        is_pair = (run[step:] == run[:-step]) & (
            (size[step:] <= thresholds.LARGEST_BUCKET) | (step <= thresholds.CROWD_NEIGHBOURS)
        )
        at = np.flatnonzero(is_pair)
        if not len(at) and step > thresholds.CROWD_NEIGHBOURS:
            break
        one, other = order[at], order[at + step]
        met.append(np.minimum(one, other) * count + np.maximum(one, other))
    return np.concatenate(met) if met else np.empty(0, dtype=np.int64)


def _can_be_same(figures: "Array", first: "Array", second: "Array") -> "Array":
    """False where both titles have figures that the other lacks."""
    mine, theirs = figures[first], figures[second]
    can_be: Array = ((mine & ~theirs) == 0) | ((theirs & ~mine) == 0)
    return can_be


def _worth_reading(
    first: "Array", second: "Array", agreement: "Array", can_be_same: "Array"
) -> list[tuple[int, int]]:
    """All that can be duplicates, and the nearest of the rest; most alike first."""
    import numpy as np  # heavy; loaded by the first screening

    chosen: list[tuple[int, int]] = []
    taken: Counter[int] = Counter()
    similar = 0
    for at in np.argsort(-agreement, kind="stable").tolist():
        one, other = int(first[at]), int(second[at])
        if not can_be_same[at]:
            crowded = max(taken[one], taken[other]) >= thresholds.SIMILAR_PER_TEXT
            if crowded or similar >= thresholds.SIMILAR_AT_MOST:
                continue
            similar += 1
            taken.update((one, other))
        chosen.append((one, other))
    return chosen


def _judged(
    texts: Sequence[ScreeningText], chosen: Sequence[tuple[int, int]], min_score: float, progress: Progress
) -> tuple[Pair, ...]:
    prepared: dict[int, Prepared] = {}
    pairs: list[Pair] = []
    for done, (one, other) in enumerate(chosen):
        if done % _COMPARED_AT_ONCE == 0:
            progress.check()
            progress.report(done, len(chosen), "Đang so từng cặp")
        for at in (one, other):
            if at not in prepared:
                prepared[at] = Prepared(texts[at])
        pair = compare_prepared(prepared[one], prepared[other], min_score=min_score)
        if pair:
            pairs.append(pair)
    pairs.sort(key=lambda pair: (pair.kind is not Kind.DUPLICATE, -pair.score))
    return tuple(_without_crowds(pairs))


def _without_crowds(pairs: Iterable[Pair]) -> Iterable[Pair]:
    taken: Counter[str] = Counter()
    similar = 0
    for pair in pairs:
        if pair.kind is Kind.SIMILAR:
            is_crowded = max(taken[pair.a], taken[pair.b]) >= thresholds.SIMILAR_PER_TEXT
            if is_crowded or similar >= thresholds.SIMILAR_AT_MOST:
                continue
            similar += 1
            taken.update((pair.a, pair.b))
        yield pair


def clusters(pairs: Iterable[Pair]) -> tuple[frozenset[str], ...]:
    """Groups of texts joined by duplicate pairs, largest first: one copied series is decided once."""
    leader: dict[str, str] = {}

    def lead(ref: str) -> str:
        while leader.setdefault(ref, ref) != ref:
            leader[ref] = leader[leader[ref]]
            ref = leader[ref]
        return ref

    for pair in pairs:
        if pair.kind is Kind.DUPLICATE:
            leader[lead(pair.a)] = lead(pair.b)
    groups: dict[str, set[str]] = defaultdict(set)
    for ref in leader:
        groups[lead(ref)].add(ref)
    return tuple(sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), min(group))))
