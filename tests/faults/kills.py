"""Killing the worker again and again, and looking each time at what it left behind."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import openpyxl
from sqlalchemy import select

from sangkien_desktop.clock import SystemClock
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.paths import Home
from sangkien_desktop.progress import SILENT
from sangkien_desktop.services import grounds
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage import audit, backups, connections, initiatives
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.storage.tables import ImportJobRow
from sangkien_desktop.sync.access import PortalAccess
from sangkien_desktop.vault.vault import Vault
from tests.faults import worker
from tests.faults.worker import PASSPHRASES, Job
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import GROUP

ROWS = 120
BEGINS_WITHIN_S = 60.0
LIVES_S = {
    "entry": 0.4,
    "import": 0.6,
    "sync": 0.9,
    "sync without identities": 0.5,
    "backup": 0.8,
    "passphrase": 4.0,
}
"""The longest that a worker of each kind lives after it has begun; every moment up to it is as likely."""


@dataclass
class Tally:
    """What a series of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    doubled: int = 0
    at_portal: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not self.lost and not self.unsound and not self.doubled

    def add(self, other: "Tally") -> None:
        """Take in another series."""
        self.kills += other.kills
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.unsound += other.unsound
        self.doubled += other.doubled
        self.at_portal += other.at_portal


@dataclass
class Promised:
    """What the killed workers of one station have acknowledged."""

    versions: dict[str, tuple[int, str]] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    files: dict[str, int] = field(default_factory=dict)
    backups: set[str] = field(default_factory=set)
    changed_passphrase: bool = False
    doubled_by_import: int = 0
    acts: int = 0

    def take(self, act: tuple[object, ...]) -> None:
        """Remember one acknowledgement."""
        name, *rest = act
        self.acts += name not in ("begun", "ended")
        match name, rest:
            case "saved", [str(one), int(version), str(title)]:
                self.versions[one] = (version, title)
            case "ready", ids:
                self.ready.update(map(str, ids))
            case "added", ids:
                self.added.update(map(str, ids))
            case "imported", [str(sha), int(rows)]:
                self.files[sha] = rows
            case "again", [int(created)]:
                self.doubled_by_import += created
            case "backed up", [str(file), str(_)]:
                self.backups.add(file)
            case "passphrase", _:
                self.changed_passphrase = True


class Station:
    """One station that lives through many kills."""

    def __init__(self, folder: Path, portal: PortalServer | None) -> None:
        self.home = Home(folder)
        self.portal = portal
        self.clock = SystemClock()
        self.promised = Promised()
        vault, _ = Vault.create(self.home, passphrase=PASSPHRASES[0], use_keyring=False, label="canbo")
        self.key = vault.key.raw
        with Database.create(self.home, self.key, clock=self.clock) as database:
            with database.write() as session:
                grounds.declare(session, grounds.Ground("Thỏa ước lao động tập thể", self.clock.today(), ""))
            if portal is not None:
                access = PortalAccess(database, self.clock)
                access.sign_in_by_device(
                    portal.address,
                    lambda code: portal.approve(code.user_code, "canbo"),
                    SILENT,
                    wait=lambda _seconds, _progress: None,
                )
                access.sync(SILENT)

    def kill_once(
        self, activity: str, rng: random.Random, workbook: Path | None = None, *, waits: bool = False
    ) -> None:
        """Let a worker begin, kill it at a random moment, and hear what it had acknowledged by then.

        The moment is counted from its beginning, or with `waits` from its first acknowledgement.
        """
        here, there = multiprocessing.Pipe(duplex=False)
        job = Job(activity, self.home.folder, self.key, rng.getrandbits(32), workbook)
        starting = multiprocessing.get_context("forkserver")
        starting.set_forkserver_preload(["tests.faults.worker"])
        process = starting.Process(target=worker.run, args=(job, there))
        process.start()
        there.close()
        try:
            for _ in range(2 if waits else 1):
                assert here.poll(BEGINS_WITHIN_S), "the worker did not begin"
                self.promised.take(here.recv())
            time.sleep(rng.random() * LIVES_S[activity])
        finally:
            process.kill()
            process.join()
        assert process.exitcode == -signal.SIGKILL, f"the worker ended by itself: {process.exitcode}"
        for act in _rest(here):
            self.promised.take(act)
        here.close()

    def examine(self) -> Tally:
        """Open the station as its next start does, and hold everything acknowledged against it."""
        found = Tally(kills=1)
        with Database.open(self.home, self.key, clock=self.clock) as database:
            with connections.opened(self.home.database, self.key, read_only=True) as connection:
                connections.check(connection, thorough=True)
            with database.read() as session:
                if audit.first_broken(session) is not None:
                    found.unsound.append("audit chain")
                records = {record.id: record for record in initiatives.find(session)}
                found.lost += _missing(self.promised, records)
                found.unsound += _half_imported(self.promised, session)
        self._examine_files(found)
        found.doubled += self.promised.doubled_by_import
        return found

    def _examine_files(self, found: Tally) -> None:
        for name in self.promised.backups:
            path = self.home.backups / name
            if path.exists():
                backups.verify(path, self.key, self.home, self.clock)
            else:
                found.lost.append(f"backup {name}")
        changed = self.promised.changed_passphrase
        if changed and not any(worker.opens(self.home, text) for text in PASSPHRASES):
            found.unsound.append("no passphrase opens")

    def settle(self, found: Tally) -> None:
        """A last exchange in quiet; each record must then be at the portal once."""
        assert self.portal is not None
        with Database.open(self.home, self.key, clock=self.clock) as database:
            chosen = Settings(default_programme="1-trieu-sang-kien")
            desk = Desk(database, self.home, self.clock, lambda: chosen, lambda: "canbo")
            # A kill between writing and marking ready leaves drafts, which the officer finds again.
            InitiativeService(desk).mark_ready()
            outcome = PortalAccess(database, self.clock).sync(SILENT)
            with database.read() as session:
                here = {record.id: record for record in initiatives.find(session)}
        there = self.portal.documents()
        titles = Counter(document["title"] for document in there.values())
        found.at_portal = len(there)
        found.doubled += sum(count - 1 for count in titles.values())
        travelled = {one for one, record in here.items() if record.lifecycle is not Lifecycle.DRAFT}
        found.lost += [f"not at the portal: {one}" for one in travelled - there.keys()]
        found.lost += [f"only at the portal: {one}" for one in there.keys() - here.keys()]
        found.lost += [
            f"older at the portal: {one}"
            for one in travelled & there.keys()
            if there[one]["title"] != here[one].title
        ]
        if not outcome.all_at_portal:
            found.unsound.append("not all at the portal")


def _rest(answers: "Connection[object, tuple[object, ...]]") -> Iterator[tuple[object, ...]]:
    while True:
        try:
            yield answers.recv()
        except EOFError:
            return


def _missing(promised: Promised, records: dict[str, Initiative]) -> list[str]:
    lost = [f"added {one}" for one in promised.added - records.keys()]
    lost += [
        f"ready {one}"
        for one in promised.ready
        if one not in records or records[one].lifecycle is Lifecycle.DRAFT
    ]
    for one, (version, title) in promised.versions.items():
        record = records.get(one)
        if record is None or record.version < version:
            lost.append(f"version {version} of {one}")
        elif record.version == version and record.title != title:
            lost.append(f"title of {one}")
    return lost


def _half_imported(promised: Promised, session: Session) -> list[str]:
    """Every file is in whole or not at all, and in when that was acknowledged."""
    stored: Counter[str] = Counter()
    for record in initiatives.find(session):
        if record.provenance.source == "import":
            stored[record.provenance.file_sha256] += 1
    wrong = [f"file with {count} of {ROWS} rows" for count in stored.values() if count != ROWS]
    wrong += [f"file {sha[:8]} is not in" for sha in promised.files if sha not in stored]
    rows = set(session.scalars(select(ImportJobRow.file_sha256)))
    return wrong + [f"file {sha[:8]} without its record" for sha in stored.keys() - rows]


def write_workbook(path: Path, rng: random.Random) -> None:
    """A group's list of initiatives without any problem."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STT", "Tên sáng kiến", "Họ tên tác giả", "Mã NV", "Tổ", "Ngày áp dụng", "Làm lợi/năm"])
    for row in range(1, ROWS + 1):
        title = f"Cải tiến giá kẹp số {rng.getrandbits(48)} khi lắp đèn"
        sheet.append([row, title, "Vũ Thị Mẫu", "000321", str(GROUP), "08/03/2022", 22_400_000])
    book.save(path)


def series(folder: Path, activity: str, kills: int, seed: int, portal: PortalServer | None = None) -> Tally:
    """So many kills of one activity over one station; the portal, if any, must be empty."""
    rng = random.Random(f"{activity}:{seed}")
    folder.mkdir(parents=True)
    station = Station(folder / "home", portal)
    total = Tally()
    workbook: Path | None = None
    for number in range(kills):
        # Every second life reads the file of the one before again.
        if activity == "import" and number % 2 == 0:
            workbook = folder / f"to-{number}.xlsx"
            write_workbook(workbook, rng)
        station.kill_once(activity, rng, workbook, waits=number % 2 == 1)
        found = station.examine()
        total.add(found)
        total.doubled = found.doubled
    if portal is not None:
        station.settle(total)
    total.acknowledged = station.promised.acts
    return total
