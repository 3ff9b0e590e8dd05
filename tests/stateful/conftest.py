"""One portal for all random worlds, and the folders of stations that are signed in to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stateful.world import make_template
from tests.support.portal_server import PortalServer, a_portal


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalServer]:
    """One server for all runs; emptied by every world."""
    with a_portal(tmp_path_factory.mktemp("portal")) as server:
        yield server


@pytest.fixture(scope="session")
def templates(portal: PortalServer, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two stations of the same plant under two accounts."""
    folder = tmp_path_factory.mktemp("templates")
    return [make_template(folder / account, portal, account) for account in ("canbo", "canbo2")]
