"""SIGKILL at random moments of entry, import, sync, backup, new passphrase: python -m tests.campaigns.kills --kills 40"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.faults.kills import LIVES_S, Tally, series
from tests.support.portal_server import PortalServer, a_portal

STATION_LASTS = 20
"""Kills after which a new station begins."""
CONTROL = "sync without identities"


def main() -> None:
    """Run, and print lines of Markdown for docs/proofs; ends with status 1 when a promise was broken."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=80, help="of each activity")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=sorted(LIVES_S), action="append")
    chosen = asked.parse_args()
    print("| activity | seed | kills | acknowledged acts | lost | unsound | doubled | at the portal | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    broken = False
    with tempfile.TemporaryDirectory(prefix="kills-") as folder, a_portal(Path(folder)) as portal:
        for activity in chosen.only or LIVES_S:
            began = time.monotonic()
            tally = _many(Path(folder), activity, chosen.kills, chosen.seed, portal)
            print(
                f"| {activity} | {chosen.seed} | {tally.kills} | {tally.acknowledged} | {len(tally.lost)} "
                f"| {len(tally.unsound)} | {tally.doubled} | {tally.at_portal} | {time.monotonic() - began:.0f} |",
                flush=True,
            )
            for sentence in [*tally.lost, *tally.unsound][:10] if activity != CONTROL else ():
                print(f"  - {sentence}")
            broken |= bool(tally.doubled == 0) if activity == CONTROL else not tally.is_clean
    raise SystemExit(broken)


def _many(folder: Path, activity: str, kills: int, seed: int, portal: PortalServer) -> Tally:
    total = Tally()
    for number, first in enumerate(range(0, kills, STATION_LASTS)):
        portal.empty()
        name = f"{activity.replace(' ', '-')}-{number}"
        there = portal if activity.startswith("sync") else None
        how_many = min(STATION_LASTS, kills - first)
        total.add(series(folder / name, activity, how_many, seed * 1000 + number, there))
    return total


if __name__ == "__main__":
    main()
