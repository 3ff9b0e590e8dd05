"""A real portal for the whole session, emptied before each test, and desks that are signed in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.portal_server import PortalServer, a_portal
from tests.support.sync_desks import SyncDesk


@pytest.fixture(scope="session")
def running_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalServer]:
    """One server for all tests."""
    with a_portal(tmp_path_factory.mktemp("portal")) as server:
        yield server


@pytest.fixture
def portal(running_portal: PortalServer) -> PortalServer:
    """The portal without any record."""
    running_portal.empty()
    return running_portal


@pytest.fixture
def desks(portal: PortalServer, tmp_path: Path) -> Iterator[Callable[..., SyncDesk]]:
    """Makes desks; each is signed in as an officer of the plant unless told otherwise."""
    made: list[SyncDesk] = []

    def make(account: str | None = "canbo") -> SyncDesk:
        desk = SyncDesk(tmp_path / f"desk-{len(made)}", portal)
        made.append(desk)
        if account is not None:
            desk.sign_in(account)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desks: Callable[..., SyncDesk]) -> SyncDesk:
    """The one desk of most tests."""
    return desks()
