"""The accuracy table of the corpus of ugly workbooks: `python -m benchmarks.corpus [--json]`."""

import argparse
import json
import sys

from tests.workbooks.corpus.measure import Score, all_cases, measure


def main() -> int:
    """Print one line per workbook and the sums; 1 when anything was read otherwise than it was made."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    as_json = arguments.parse_args().json
    scores = [measure(case) for case in all_cases()]
    if as_json:
        print(json.dumps([vars(score) for score in scores], ensure_ascii=False, indent=1))
    else:
        _print_table(scores)
    return 0 if all(score.is_perfect for score in scores) else 1


def _print_table(scores: list[Score]) -> None:
    print(f"{'workbook':32}{'columns':>10}{'rows':>10}{'values':>12}{'flags':>10}")
    for score in scores:
        parts = (score.columns, score.rows, score.values, score.flags)
        texts = [f"{right}/{total}" if total else "–" for right, total in parts]
        print(f"{score.name:32}{texts[0]:>10}{texts[1]:>10}{texts[2]:>12}{texts[3]:>10}")
        for line in score.wrong[:5]:
            print(f"    {line[:120]}")
    perfect = sum(score.is_perfect for score in scores)
    print(f"{perfect} of {len(scores)} workbooks read without one difference")
    for name in ("columns", "rows", "values", "flags"):
        right = sum(getattr(score, name)[0] for score in scores)
        total = sum(getattr(score, name)[1] for score in scores)
        print(f"{name:8} {right}/{total} = {right / max(total, 1):.2%}")


if __name__ == "__main__":
    sys.exit(main())
