"""Where the parts meet: a station is opened, its services are made, the window is built around them."""

import getpass
import logging
from collections.abc import Callable
from pathlib import Path

from sangkien_desktop import logs, settings
from sangkien_desktop.clock import Clock, SystemClock
from sangkien_desktop.paths import Home
from sangkien_desktop.services import keys, station
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import backups
from sangkien_desktop.storage.database import Database

_log = logging.getLogger(__name__)


class OpenStation(Services):
    """The services of an open station; closing it closes the database."""

    def __init__(self, database: Database, home: Home, clock: Clock) -> None:
        self._settings = settings.load(home.settings)
        self._home = home
        self._database = database
        self._operator = _operator(home)
        self.on_restore_wanted: Callable[[Path], None] | None = None
        """Set by whoever can close this station and open it again."""
        super().__init__(Desk(database, home, clock, lambda: self._settings, lambda: self._operator))

    def change_setting(self, key: str, value: object) -> settings.Settings:
        """Keep one setting; it holds at once. Raises AppError when it does not fit."""
        self._settings = self._settings.changed(key, value)
        settings.save(self._home.settings, self._settings)
        return self._settings

    def sit_down(self, operator: str) -> None:
        """Another person now works at this station."""
        self._operator = operator

    @property
    def can_restore(self) -> bool:
        """Whether somebody holds this station who can put a backup in its place."""
        return self.on_restore_wanted is not None

    def restore(self, backup: Path) -> None:
        """Ask for a backup to be put in this station's place; the station is closed by it."""
        if self.on_restore_wanted is not None:
            self.on_restore_wanted(backup)

    def close(self) -> None:
        """Close the database; the log says so."""
        self._database.close()
        _log.info("station closed")


def _operator(home: Home) -> str:
    """Who works here until somebody says otherwise: the officer of the first passphrase, else the login name."""
    named = [way.label for way in keys.ways_of(home) if way.label]
    if named:
        return named[0]
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def open_station(
    home: Home,
    *,
    passphrase: Callable[[], str | None] = lambda: None,
    ask: station.Ask = lambda: None,
    clock: Clock | None = None,
) -> OpenStation:
    """Unlock and open the station in a folder. Raises AppError, see `services.station.unlock`."""
    clock = clock or SystemClock()
    database = station.unlock(
        home, clock=clock, passphrase=passphrase(), ask=ask, before_upgrade=backups.before_upgrade(clock)
    )
    return _opened(database, home, clock)


def open_by_code(home: Home, code: str, *, clock: Clock | None = None) -> OpenStation:
    """Open by the printed recovery code. Raises AppError, see `services.station.unlock_by_code`."""
    clock = clock or SystemClock()
    return _opened(station.unlock_by_code(home, code, clock=clock), home, clock)


def create_station(
    home: Home, wanted: station.NewStation, *, clock: Clock | None = None
) -> tuple[OpenStation, str]:
    """A new station, open, and its recovery code."""
    clock = clock or SystemClock()
    created = station.create(home, wanted, clock=clock)
    return _opened(created.database, home, clock), created.recovery_code


def _opened(database: Database, home: Home, clock: Clock) -> OpenStation:
    logs.start(home.logs)
    _log.info("station opened")
    return OpenStation(database, home, clock)
