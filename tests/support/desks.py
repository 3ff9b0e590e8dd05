"""An open station for tests of services: a real encrypted database in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.paths import Home
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage.database import Database

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
KEY = bytes(range(32))


@contextmanager
def an_open_desk(folder: Path, settings: Settings | None = None, *, at: datetime = NOON) -> Iterator[Desk]:
    """A new station that nobody has typed into yet."""
    clock = FixedClock(at)
    home = Home(folder / "home")
    chosen = settings or Settings(default_programme="1-trieu-sang-kien", unit_code="HH")
    with Database.create(home, KEY, clock=clock) as database:
        yield Desk(database=database, home=home, clock=clock, settings=lambda: chosen, actor=lambda: "canbo")
