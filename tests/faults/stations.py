"""A small whole station on the disk, closed, with its keys and a backup: what faults are tried on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sangkien_desktop.clock import SystemClock
from sangkien_desktop.paths import Home
from sangkien_desktop.services import station
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.storage import backups, initiatives
from sangkien_desktop.storage.database import Database
from tests.support.records import an_initiative

WORDS = "con trâu đi trước"
CLOCK = SystemClock()


@dataclass(frozen=True)
class Closed:
    """A closed station and what it held."""

    home: Home
    key: bytes
    code: str
    backup: Path
    titles: Mapping[str, str]


class Drawer:
    """A keyring that holds what it is given."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def put(self, account: str, secret: str) -> None:
        self.held[account] = secret

    def get(self, account: str) -> str | None:
        return self.held.get(account)

    def delete(self, account: str) -> None:
        self.held.pop(account, None)


def a_closed_station(folder: Path, *, records: int = 40, drawer: Drawer | None = None) -> Closed:
    """Opened by a passphrase, or by the drawer when one is given."""
    home = Home(folder)
    wanted = NewStation(passphrase=None if drawer else WORDS, use_keyring=drawer is not None)
    created = station.create(home, wanted, clock=CLOCK, credentials=drawer)
    with created.database as database:
        key = database.key
        made = [an_initiative(title=f"Cải tiến đồ gá số {number}") for number in range(records)]
        with database.write() as session:
            initiatives.put_many(session, made, actor="canbo", source="typed")
        backup = backups.make(database, reason="asked", clock=CLOCK).path
        titles = titles_of(database)
    return Closed(home, key, created.recovery_code, backup, titles)


def titles_of(database: Database) -> dict[str, str]:
    """Every record's title, read by way of every page that holds one."""
    with database.read() as session:
        return {record.id: record.title for record in initiatives.find(session)}


def titles_on_disk(home: Home, key: bytes) -> dict[str, str]:
    """What the station holds when it is opened again."""
    with Database.open(home, key, clock=CLOCK) as database:
        return titles_of(database)
