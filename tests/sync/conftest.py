"""A real portal for the whole session, emptied before each test, and desks that are signed in to it."""

import shutil
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


@pytest.fixture(scope="session")
def furnished(running_portal: PortalServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of desks that are signed in and have pulled units, lists and quotas."""
    folder = tmp_path_factory.mktemp("furnished")
    made = {}
    for account in ("canbo", "canbo2"):
        desk = SyncDesk(folder / account, running_portal)
        desk.sign_in(account)
        desk.sync()
        desk.close()
        made[account] = folder / account
    return made


@pytest.fixture
def desks(
    portal: PortalServer, furnished: dict[str, Path], tmp_path: Path
) -> Iterator[Callable[..., SyncDesk]]:
    """Makes desks, signed in as an officer of the plant unless told otherwise; the first of an account comes
    furnished, every other one is empty."""
    made: list[SyncDesk] = []
    used: set[str] = set()

    def make(account: str = "canbo", *, empty: bool = False) -> SyncDesk:
        folder = tmp_path / f"desk-{len(made)}"
        is_furnished = account in furnished and account not in used and not empty
        used.add(account)
        if is_furnished:
            shutil.copytree(furnished[account], folder)
        desk = SyncDesk(folder, portal, new=not is_furnished)
        made.append(desk)
        if not is_furnished:
            desk.sign_in(account)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desks: Callable[..., SyncDesk]) -> SyncDesk:
    """The one desk of most tests."""
    return desks()
