"""Broken and made-up workbooks through the reading path: python -m tests.campaigns.fuzz_workbooks --files 20000"""

import argparse
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from tests.workbooks.fuzzing.trials import Campaign, Tally, write_sources

LOT = 200
"""Files that one station takes."""


def main() -> None:
    """Run, and print lines of Markdown for docs/proofs; ends with status 1 when anything broke."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--keep", type=Path, help="where files that broke something stay")
    chosen = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        keep = chosen.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        sources = write_sources(Path(folder))
        lots = range(chosen.seed * 100_000, chosen.seed * 100_000 + -(-chosen.files // LOT))
        total = Tally()
        with ProcessPoolExecutor(chosen.workers) as pool:
            for done, tally in enumerate(pool.map(_lot, repeat(keep), repeat(sources), lots), start=1):
                total.add(tally)
                if tally.broken or done % 10 == 0:
                    print(
                        f"<!-- {sum(total.kinds.values())} files, {len(total.broken)} broke something -->",
                        *tally.broken,
                        sep="\n",
                        flush=True,
                    )
    _tell(total, chosen.seed, time.monotonic() - began)
    raise SystemExit(bool(total.broken))


def _lot(folder: Path, sources: list[Path], number: int) -> Tally:
    return Campaign(folder, sources, number).run(LOT)


def _tell(total: Tally, seed: int, took_s: float) -> None:
    files = sum(total.kinds.values())
    print(
        f"Seed {seed}, {files} files in {took_s:.0f} s; the slowest took {total.slowest_s:.1f} s; {total.whole} also in"
    )
    print(f"the whole child, {total.imported} imported into stations ({total.records} records).\n")
    print("| made | files |\n|---|---|")
    for name, count in sorted(total.kinds.items()):
        print(f"| {name} | {count} |")
    print("\n| end | files |\n|---|---|")
    for name in ("crash", "hang", "half import", "difference"):
        print(f"| {name} | {total.ends.pop(name, 0)} |")
    for name, count in total.ends.most_common():
        print(f"| {name} | {count} |")


if __name__ == "__main__":
    main()
