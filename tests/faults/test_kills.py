"""A process killed at any moment loses nothing that it had acknowledged, and doubles nothing at the portal."""

import os
from pathlib import Path

import pytest

from tests.faults.kills import series
from tests.support.portal_server import a_portal

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")]
SEED = 20


@pytest.mark.parametrize(
    ("activity", "kills"), [("entry", 3), ("import", 2), ("backup", 2), ("passphrase", 2)]
)
def test_a_killed_station_keeps_what_it_acknowledged(tmp_path: Path, activity: str, kills: int) -> None:
    found = series(tmp_path / "station", activity, kills, SEED)
    assert found.is_clean, found
    assert found.acknowledged > 0


def test_an_exchange_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal:
        found = series(tmp_path / "station", "sync", 4, SEED, portal)
    assert found.is_clean, found
    assert found.at_portal > 0


def test_a_client_that_keeps_no_identities_doubles_records(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal:
        found = series(tmp_path / "station", "sync without identities", 8, SEED, portal)
    assert found.doubled > 0
