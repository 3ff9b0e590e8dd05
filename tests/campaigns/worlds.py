"""Long random campaigns over the world of stations: python -m tests.campaigns.worlds --runs 500 --steps 40"""

import argparse
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import machine
from tests.stateful.variants import VARIANTS
from tests.stateful.world import make_template
from tests.support.portal_server import a_portal


def main() -> None:
    """Run, and print one line of Markdown for docs/proofs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=200)
    asked.add_argument("--steps", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--shrink", action="store_true")
    asked.add_argument("--variant", choices=sorted(VARIANTS), help="a broken protocol, which must be caught")
    chosen = asked.parse_args()
    phases = (Phase.generate, Phase.shrink) if chosen.shrink else (Phase.generate,)
    how = settings(
        max_examples=chosen.runs,
        stateful_step_count=chosen.steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="worlds-") as folder, a_portal(Path(folder)) as portal:
        templates = [make_template(Path(folder) / name, portal, name) for name in ("canbo", "canbo2")]
        world = seed(chosen.seed)(machine(portal, templates))
        run_state_machine_as_test(world, settings=how)
    print(
        f"| {chosen.seed} | {chosen.runs} | {chosen.steps} | {time.monotonic() - began:.0f} s | 0 violations |"
    )


if __name__ == "__main__":
    main()
