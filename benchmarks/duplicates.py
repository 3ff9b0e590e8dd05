"""Recall and precision of duplicate screening on labelled pairs, and its speed on large collections.

    python -m benchmarks.duplicates [FILE] [--size N] [--million] [--no-speed]

FILE is JSON Lines: `{"ref", "title", "body", "author", "group"}` for texts and `{"a", "b", "kind", "same"}` for
pairs; without it the labelled set of the tests is used.
"""

import argparse
import json
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.duplicate_corpus import corpus
from sangkien_desktop.screening import Index, Kind, Pair, ScreeningText, compare, screen, thresholds

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "duplicates" / "pairs.jsonl"
_SIZES = (2_000, 20_000, 100_000)
_CHECKS = 300


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two texts and whether a person would call them one initiative."""

    a: ScreeningText
    b: ScreeningText
    kind: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair with what screening says."""

    label: LabelledPair
    pair: Pair | None

    @property
    def is_called_same(self) -> bool:
        """Screening calls it a duplicate."""
        return self.pair is not None and self.pair.kind is Kind.DUPLICATE


def read_labelled(path: Path) -> list[LabelledPair]:
    """The pairs of a labelled file."""
    texts: dict[str, ScreeningText] = {}
    pairs: list[LabelledPair] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "ref" in entry:
            texts[entry["ref"]] = ScreeningText(**entry)
        else:
            pairs.append(LabelledPair(texts[entry["a"]], texts[entry["b"]], entry["kind"], entry["same"]))
    return pairs


def judge(pairs: Sequence[LabelledPair]) -> list[Judged]:
    """What screening says about every pair."""
    return [Judged(label, compare(label.a, label.b)) for label in pairs]


def recall_and_precision(judged: Sequence[Judged], *, score: float = 0.0) -> tuple[float, float]:
    """Of the pairs called the same with at least `score`."""
    called = [entry for entry in judged if entry.is_called_same and entry.pair and entry.pair.score >= score]
    right = sum(entry.label.is_same for entry in called)
    return right / max(1, sum(entry.label.is_same for entry in judged)), right / max(1, len(called))


def _print_quality(path: Path) -> None:
    judged = judge(read_labelled(path))
    right, total = Counter[tuple[bool, str]](), Counter[tuple[bool, str]]()
    for entry in judged:
        key = (not entry.label.is_same, entry.label.kind)
        total[key] += 1
        right[key] += entry.is_called_same == entry.label.is_same
    print(f"{path.name}: {len(judged)} pairs")
    for key in sorted(total):
        kind = "apart" if key[0] else "same "
        print(f"  {kind} {key[1]:24} {right[key]:4}/{total[key]:4}  {right[key] / total[key]:.3f}")
    print("  score from   recall  precision")
    for score in (0.0, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.98):
        recall, precision = recall_and_precision(judged, score=score)
        print(f"  {score:10.2f}   {recall:6.3f}  {precision:9.3f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _print_speed(size: int) -> None:
    texts, copies = corpus(size)
    pairs: list[Pair] = []
    seconds = _seconds(lambda: pairs.extend(screen(texts)))
    tenth = _seconds(lambda: screen(texts[: size // 10]))
    same = {(pair.a, pair.b) for pair in pairs if pair.kind is Kind.DUPLICATE}
    same |= {(b, a) for a, b in same}
    recall = sum((original, copy) in same for copy, (original, _) in copies.items()) / len(copies)
    first = {ref: copies[ref][0] if ref in copies else ref for text in texts for ref in (text.ref,)}
    precision = sum(first[a] == first[b] for a, b in same) / max(1, len(same))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"screen {size:9,}  {seconds:7.2f} s  (1/10: {tenth:6.2f} s, ratio {seconds / tenth:4.1f})"
        f"  recall {recall:.3f}  precision {precision:.3f}  peak {peak} MB"
    )
    _print_entry_check(texts, copies)


def _print_entry_check(texts: Sequence[ScreeningText], copies: dict[str, tuple[str, str]]) -> None:
    """One text against the rest: keys, candidates from a table of keys, comparison. The table is a dict here."""
    index = Index.build(texts)
    stored: dict[int, list[int]] = {}
    for at, keys in enumerate(index.signatures(texts)):
        for key in keys:
            stored.setdefault(key, []).append(at)
    wanted = list(copies.items())[:: max(1, len(copies) // _CHECKS)]
    times, hits = [], 0
    for copy, (original, _) in wanted:
        started = time.perf_counter()
        met = Counter(
            at for key in index.signature(texts[int(copy)]) for at in stored[key][: thresholds.ENTRY_PER_BAND]
        )
        found = [
            compare(texts[int(copy)], texts[at])
            for at, _ in met.most_common(thresholds.ENTRY_COMPARED)
            if texts[at].ref != copy
        ]
        times.append((time.perf_counter() - started) * 1000)
        hits += any(pair and pair.b == original and pair.kind is Kind.DUPLICATE for pair in found)
    times.sort()
    print(
        f"  one text against {len(texts):,}: p50 {statistics.median(times):.1f} ms  "
        f"p95 {times[int(len(times) * 0.95)]:.1f} ms  recall {hits / len(wanted):.3f}"
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=GOLDEN)
    parser.add_argument("--size", type=int, help="only this many texts")
    parser.add_argument("--million", action="store_true", help="also one million texts")
    parser.add_argument("--no-speed", action="store_true", help="only the labelled file")
    wanted = parser.parse_args()
    _print_quality(wanted.file)
    if wanted.no_speed:
        return
    sizes = (wanted.size,) if wanted.size else _SIZES + ((1_000_000,) if wanted.million else ())
    for size in sizes:
        _print_speed(size)


if __name__ == "__main__":
    main()
