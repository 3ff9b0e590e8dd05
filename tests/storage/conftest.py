"""A real encrypted database in a folder of its own, and the time standing still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.paths import Home
from sangkien_desktop.storage.database import Database

KEY = bytes(range(32))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 2, 15, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "tram")


@pytest.fixture
def database(home: Home, clock: FixedClock) -> Iterator[Database]:
    opened = Database.create(home, KEY, clock=clock)
    yield opened
    opened.close()
