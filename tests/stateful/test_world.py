"""Any order of work, cuts, crashes, restores, clones and edits at the portal: nothing is lost, nothing doubled."""

import os
from pathlib import Path

import pytest

from tests.stateful.machine import MODEST, Series, explore
from tests.support.portal_server import PortalServer

LONG = Series(runs=200, steps=40, seed=7, seconds=1500)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_overwritten(portal: PortalServer, templates: list[Path]) -> None:
    chosen = LONG if os.environ.get("SANGKIEN_PROFILE") == "ci" else MODEST
    journal = explore(portal, templates, chosen)
    if journal.finding is not None:
        raise journal.finding
    assert journal.worlds
