"""Databases with flipped, lost, moved and cut bytes, opened and recovered: python -m tests.campaigns.damage --trials 2000"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.faults.damage import WRONG, try_many
from tests.faults.stations import a_closed_station


def main() -> None:
    """Run, and print lines of Markdown for docs/proofs; ends with status 1 when anything was lost."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--trials", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="damage-") as folder:
        closed = a_closed_station(Path(folder) / "tram")
        found = try_many(closed, Path(folder) / "copy", chosen.trials, chosen.seed)
    print(f"Seed {chosen.seed}, {chosen.trials} trials, {time.monotonic() - began:.0f} s.\n")
    outcomes = sorted({came for _, came in found})
    print(f"| damage | {' | '.join(outcomes)} |\n|---|{'---|' * len(outcomes)}")
    for kind in sorted({kind for kind, _ in found}):
        print(f"| {kind} | {' | '.join(str(found[kind, came]) for came in outcomes)} |")
    raise SystemExit(any(came == WRONG for _, came in found))


if __name__ == "__main__":
    main()
