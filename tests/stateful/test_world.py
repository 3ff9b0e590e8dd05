"""Any order of work, cuts, crashes, restores, clones and edits at the portal: nothing is lost, nothing doubled."""

import os
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import machine
from tests.support.portal_server import PortalServer

COMMON = {
    "deadline": None,
    "print_blob": True,
    "suppress_health_check": list(HealthCheck),
    "database": None,
}
FAST = settings(max_examples=12, stateful_step_count=15, **COMMON)
LONG = settings(max_examples=200, stateful_step_count=40, **COMMON)


def test_nothing_is_lost_doubled_or_overwritten(portal: PortalServer, templates: list[Path]) -> None:
    chosen = LONG if os.environ.get("SANGKIEN_PROFILE") == "ci" else FAST
    run_state_machine_as_test(machine(portal, templates), settings=chosen)
