"""Long random campaigns over the world of stations: python -m tests.campaigns.worlds --runs 500 --steps 40"""

import argparse
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.stateful.machine import Series, explore
from tests.stateful.variants import VARIANTS
from tests.stateful.world import make_template
from tests.support.portal_server import a_portal


def main() -> None:
    """Run, and print one line of Markdown for docs/proofs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=200)
    asked.add_argument("--steps", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seconds", type=float, default=3600, help="no world begins after so long")
    asked.add_argument(
        "--shrink", action="store_true", help="look for the shortest history; may take minutes"
    )
    asked.add_argument("--variant", choices=sorted(VARIANTS), help="a broken protocol, which must be caught")
    chosen = asked.parse_args()
    series = Series(chosen.runs, chosen.steps, chosen.seed, seconds=chosen.seconds, shrinks=chosen.shrink)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="worlds-") as folder, a_portal(Path(folder)) as portal:
        templates = [make_template(Path(folder) / name, portal, name) for name in ("canbo", "canbo2")]
        with VARIANTS[chosen.variant]() if chosen.variant else nullcontext():
            journal = explore(portal, templates, series)
    took_s = time.monotonic() - began
    if journal.finding is not None and not chosen.variant:
        raise journal.finding
    verdict = "0 violations"
    if journal.finding is not None:
        verdict = f"caught in world {journal.found_in}: {str(journal.finding)[:100]!r}"
    name = chosen.variant or "as specified"
    print(f"| {name} | {chosen.seed} | {journal.worlds} × {chosen.steps} | {took_s:.0f} s | {verdict} |")


if __name__ == "__main__":
    main()
