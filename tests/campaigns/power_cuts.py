"""Power cut at any moment, with the controls NORMAL and OFF, which must fail: python -m tests.campaigns.power_cuts --cuts 5000"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.faults.power_cut import cut_many, record
from tests.faults.stations import a_closed_station

CONTROLS = ("NORMAL", "OFF")


def main() -> None:
    """Run, and print lines of Markdown for docs/proofs; ends with status 1 when anything was lost."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--cuts", type=int, default=5000)
    asked.add_argument("--control-cuts", type=int, default=300)
    asked.add_argument("--records", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    print("| synchronous | seed | cuts | acknowledged saves | writes | syncs | with loss | corrupt | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    is_broken = False
    with tempfile.TemporaryDirectory(prefix="power-") as folder:
        closed = a_closed_station(Path(folder) / "tram", records=3)
        for mode in ("FULL", *CONTROLS):
            began = time.monotonic()
            made = record(closed, Path(folder) / mode, records=chosen.records, synchronous=mode)
            how_many = chosen.control_cuts if mode in CONTROLS else chosen.cuts
            found = cut_many(closed, made, Path(folder) / "cut", cuts=how_many, seed=chosen.seed)
            print(
                f"| {mode} | {chosen.seed} | {found.cuts} | {found.acknowledged} | {found.writes} | {found.syncs} "
                f"| {found.with_loss} | {found.corrupt} | {time.monotonic() - began:.0f} |",
                flush=True,
            )
            failed = bool(found.with_loss + found.corrupt)
            is_broken |= failed != (mode in CONTROLS)
    raise SystemExit(is_broken)


if __name__ == "__main__":
    main()
