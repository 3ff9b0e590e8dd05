"""Long random campaigns over the world of stations: python -m tests.campaigns.worlds --runs 500 --steps 40"""

import argparse
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.stateful.machine import machine
from tests.stateful.variants import VARIANTS
from tests.stateful.world import Violation, make_template
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
        world = machine(portal, templates)
        runs = counted(world)
        verdict = "0 violations"
        with VARIANTS[chosen.variant]() if chosen.variant else nullcontext():
            try:
                run_state_machine_as_test(seed(chosen.seed)(world), settings=how)
            except Violation as violation:
                if not chosen.variant:
                    raise
                verdict = f"caught in run {runs[0]}: {str(violation)[:60]}"
    took_s = time.monotonic() - began
    name = chosen.variant or "as specified"
    print(f"| {name} | {chosen.seed} | {runs[0]} × {chosen.steps} | {took_s:.0f} s | {verdict} |")


def counted(world: type[RuleBasedStateMachine]) -> list[int]:
    """A one-element list in which the worlds begun are counted."""
    runs = [0]
    begin = world.__init__

    def counting(self: RuleBasedStateMachine) -> None:
        runs[0] += 1
        begin(self)

    world.__init__ = counting  # type: ignore[method-assign]
    return runs


if __name__ == "__main__":
    main()
