"""The process that is killed: it works like an officer and acknowledges every act once it is committed.

Each message is a tuple whose first word names the act. The first, `("begun",)`, starts the killer's clock.
"""

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType

from sangkien_desktop.clock import SystemClock
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage import initiatives, meta, sync_marks
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.sync.access import PortalAccess
from sangkien_desktop.sync.sign_in import AccountCredentials
from sangkien_desktop.vault.vault import Vault
from tests.support.sync_desks import a_record
from tests.sync.byte_cuts import sealed_batch, without_op_ids

PASSPHRASES = ("mật khẩu thứ nhất", "mật khẩu thứ hai")
SENT = "sent_without_identity"


@dataclass(frozen=True)
class Job:
    """What one life of the worker is about."""

    activity: str
    folder: Path
    key: bytes
    seed: int
    workbook: Path | None = None


@dataclass(frozen=True)
class Work:
    """The open station and the way to say what is done."""

    services: Services
    access: PortalAccess
    job: Job
    rng: random.Random
    say: Callable[..., None]

    def title(self) -> str:
        """A title that no other record has."""
        return f"Đồ gá số {self.rng.getrandbits(48)} cho tổ lắp ráp"


def run(job: Job, answers: "Connection[tuple[object, ...], object]") -> None:
    """Open the station and work until killed, or until there is no more to do."""
    with _open(job) as (services, access):
        work = Work(services, access, job, random.Random(job.seed), lambda *act: answers.send(act))
        ACTIVITIES[job.activity](work)
    answers.send(("ended",))


@contextmanager
def _open(job: Job) -> Iterator[tuple[Services, PortalAccess]]:
    clock = SystemClock()
    with Database.open(Home(job.folder), job.key, clock=clock) as database:
        chosen = Settings(default_programme="1-trieu-sang-kien", unit_code="HH")
        desk = Desk(database, Home(job.folder), clock, lambda: chosen, lambda: "canbo")
        yield Services(desk), PortalAccess(database, clock)


def enter(work: Work) -> None:
    """Typing, correcting, marking ready."""
    work.say("begun")
    mine: list[Initiative] = []
    for number in itertools.count():
        saved = work.services.initiatives.save(a_record(title=work.title()), opened_on=0).record
        work.say("saved", saved.id, saved.version, saved.title)
        mine.append(saved)
        if number % 3 == 2:
            old = mine.pop(work.rng.randrange(len(mine)))
            values = {"title": work.title()}
            work.services.initiatives.set_values([old.id], values)
            work.say("saved", old.id, old.version + 1, values["title"])
            ready = work.services.initiatives.mark_ready([old.id]).ready
            work.say("ready", *ready)


def read_in(work: Work) -> None:
    """A workbook of a group, then the same workbook again, which must change nothing."""
    assert work.job.workbook is not None
    read = work.services.imports.read(work.job.workbook)
    plans = work.services.imports.plan_file(read)
    work.say("begun")
    done = work.services.imports.write(plans)
    work.say("imported", read.reading.workbook.sha256, len(done.created) + done.unchanged)
    ready = work.services.initiatives.mark_ready().ready
    work.say("ready", *ready)
    again = work.services.imports.write(work.services.imports.plan_file(read))
    work.say("again", len(again.created))
    enter(work)


def exchange(work: Work) -> None:
    """Writing, correcting and exchanging in turn."""
    work.say("begun")
    while True:
        fresh = [a_record(title=work.title()) for _ in range(work.rng.randrange(1, 8))]
        work.services.initiatives.add_many(fresh, name="nhập")
        work.say("added", *(record.id for record in fresh))
        work.services.initiatives.mark_ready([record.id for record in fresh])
        _correct_one(work)
        outcome = work.access.sync(SILENT)
        work.say("exchanged", outcome.all_at_portal)


def _correct_one(work: Work) -> None:
    with work.services.desk.database.read() as session:
        known = initiatives.find(session, Query(sort="newest", limit=20))
    record = work.rng.choice(known)
    title = work.title()
    work.services.initiatives.set_values([record.id], {"title": title})
    work.say("saved", record.id, record.version + 1, title)


def exchange_without_identity(work: Work) -> None:
    """The control: a client that keeps no identity makes operation and record anew at every sending."""
    database = work.services.desk.database
    account = work.access.account()
    assert account is not None
    with work.access._talking(_address(database)) as (plain, calls):
        credentials = AccountCredentials(database, plain, account, SystemClock())
        client = work.access._client(plain.link, _address(database), calls, credentials)
        work.say("begun")
        while True:
            body = _unsent(work) or _written(work)
            batch_id, anew = without_op_ids(body)
            client.push(batch_id, anew, SILENT)
            with database.write() as session:
                meta.put(session, SENT, "")
            work.say("exchanged", True)


def _unsent(work: Work) -> bytes:
    with work.services.desk.database.read() as session:
        return meta.get(session, SENT).encode()


def _written(work: Work) -> bytes:
    fresh = [a_record(title=work.title()) for _ in range(work.rng.randrange(1, 8))]
    work.services.initiatives.add_many(fresh, name="nhập")
    work.services.initiatives.mark_ready([record.id for record in fresh])
    _, body = sealed_batch(work.services.desk)
    with work.services.desk.database.write() as session:
        meta.put(session, SENT, body.decode())
    return body


def _address(database: Database) -> str:
    with database.read() as session:
        station = sync_marks.station(session)
    assert station is not None
    return station.portal_url or ""


def keep_safe(work: Work) -> None:
    """Writing and backing up in turn."""
    work.say("begun")
    while True:
        saved = work.services.initiatives.save(a_record(title=work.title()), opened_on=0).record
        work.say("saved", saved.id, saved.version, saved.title)
        made = work.services.backups.make(SILENT)
        work.say("backed up", made.path.name, saved.id)


def change_passphrase(work: Work) -> None:
    """Changing the passphrase there and back; whichever was said last opens, or the one on its way."""
    home = Home(work.job.folder)
    now = next(place for place in (0, 1) if opens(home, PASSPHRASES[place]))
    work.say("begun")
    while True:
        for way in work.services.keys.ways():
            # A kill between adding and removing leaves both passphrases, each with a slot.
            with suppress(AppError):
                work.services.keys.change_passphrase(way.id, PASSPHRASES[now], PASSPHRASES[1 - now])
                break
        now = 1 - now
        work.say("passphrase", now)


def opens(home: Home, passphrase: str) -> bool:
    try:
        Vault.unlock(home, passphrase).wipe()
    except AppError:
        return False
    return True


ACTIVITIES: Mapping[str, Callable[[Work], None]] = MappingProxyType(
    {
        "entry": enter,
        "import": read_in,
        "sync": exchange,
        "sync without identities": exchange_without_identity,
        "backup": keep_safe,
        "passphrase": change_passphrase,
    }
)
