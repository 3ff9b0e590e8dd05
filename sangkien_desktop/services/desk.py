"""What every service works with: the open station and who sits at it."""

from collections.abc import Callable
from dataclasses import dataclass

from sangkien_desktop.clock import Clock
from sangkien_desktop.paths import Home
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage.database import Database


@dataclass(frozen=True)
class Desk:
    """Handed to every service by `app.py`; `settings` and `actor` are asked anew each time, so a change holds at once."""

    database: Database
    home: Home
    clock: Clock
    settings: Callable[[], Settings]
    actor: Callable[[], str]
