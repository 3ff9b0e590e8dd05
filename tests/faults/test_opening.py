"""A station that cannot be opened says why, each fault in its own words, and is never made anew."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services import backups as backup_service
from sangkien_desktop.services import station
from sangkien_desktop.services.backups import Secret
from sangkien_desktop.storage import backups, connections, copies, initiatives, restore
from sangkien_desktop.storage.database import Database
from sangkien_desktop.vault import credentials
from tests.faults.stations import CLOCK, WORDS, Closed, Drawer, a_closed_station, titles_of, titles_on_disk
from tests.support.records import an_initiative

Spoil = Callable[[Closed], None]


class NoDrawer(Drawer):
    """A PC without a keyring, or with one that is locked."""

    def get(self, account: str) -> str | None:
        raise credentials.unavailable()


@pytest.fixture
def closed(tmp_path: Path) -> Closed:
    return a_closed_station(tmp_path / "tram")


def refusal(home: Home, passphrase: str | None = WORDS, drawer: Drawer | None = None) -> AppError:
    with pytest.raises(AppError) as caught:
        station.unlock(home, clock=CLOCK, passphrase=passphrase, credentials=drawer)
    return caught.value


def is_text(closed: Closed) -> None:
    closed.home.database.write_text("Đây chỉ là một bức thư.\n" * 4000)


def is_empty(closed: Closed) -> None:
    closed.home.database.write_bytes(b"")


def has_a_flipped_byte(closed: Closed) -> None:
    content = bytearray(closed.home.database.read_bytes())
    content[4096 * 9 + 77] ^= 1
    closed.home.database.write_bytes(content)


def is_gone(closed: Closed) -> None:
    closed.home.database.unlink()


def is_of_a_newer_program(closed: Closed) -> None:
    with connections.opened(closed.home.database, closed.key) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def lost_its_keys(closed: Closed) -> None:
    closed.home.keyslots.unlink()


def has_damaged_keys(closed: Closed) -> None:
    closed.home.keyslots.write_bytes(closed.home.keyslots.read_bytes()[:-40])


FAULTS: dict[str, Spoil] = {
    "not-a-database": is_text,
    "database-damaged": has_a_flipped_byte,
    "no-database": is_gone,
    "newer-schema": is_of_a_newer_program,
    "no-keyslots": lost_its_keys,
    "keyslots-damaged": has_damaged_keys,
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_has_its_own_words_and_changes_no_byte(closed: Closed, code: str) -> None:
    FAULTS[code](closed)
    before = everything(closed.home)
    error = refusal(closed.home)
    assert (error.code, bool(error.hint)) == (code, True)
    assert everything(closed.home) == before


def test_an_emptied_file_is_not_taken_for_a_new_station(closed: Closed) -> None:
    is_empty(closed)
    assert refusal(closed.home).code == "not-a-database"
    assert closed.home.database.read_bytes() == b""


def test_a_wrong_passphrase_is_told_from_a_damaged_file(closed: Closed) -> None:
    assert refusal(closed.home, "sai mật khẩu rồi").code == "wrong-passphrase"
    assert titles_on_disk(closed.home, closed.key) == closed.titles


def test_a_lost_keyring_entry_and_no_keyring_are_two_faults_and_the_code_opens(tmp_path: Path) -> None:
    drawer = Drawer()
    closed = a_closed_station(tmp_path / "tram", drawer=drawer)
    assert refusal(closed.home, None, NoDrawer()).code == "keyring-unavailable"
    drawer.held.clear()
    assert refusal(closed.home, None, drawer).code == "keyring-entry-lost"
    with station.unlock_by_code(closed.home, closed.code, clock=CLOCK) as database:
        assert titles_of(database) == closed.titles


def test_all_refusals_differ(tmp_path: Path) -> None:
    said = {}
    for code, spoil in FAULTS.items():
        closed = a_closed_station(tmp_path / code, records=1)
        spoil(closed)
        said[code] = refusal(closed.home).sentence
    assert len(set(said.values())) == len(FAULTS)


def test_a_new_station_is_refused_wherever_something_is_left_of_an_old_one(closed: Closed) -> None:
    for spoil in (is_text, lost_its_keys):
        spoil(closed)
        before = everything(closed.home)
        with pytest.raises(AppError):
            station.create(closed.home, station.NewStation(passphrase=WORDS, use_keyring=False), clock=CLOCK)
        assert everything(closed.home) == before


def test_a_second_program_is_told_of_the_first(closed: Closed) -> None:
    with station.unlock(closed.home, clock=CLOCK, passphrase=WORDS):
        assert refusal(closed.home).code == "already-open"


# Folders that take nothing


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Where another user may look, unlike in pytest's own folders."""
    folder = Path(tempfile.mkdtemp(prefix="readonly-"))
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(folder)


READING = """
import os, sys
from pathlib import Path
from sangkien_desktop.clock import SystemClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage.database import Database
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Database.open(Home(Path(sys.argv[1])), bytes.fromhex(sys.stdin.read()), clock=SystemClock()).close()
except AppError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="rights of files on POSIX")
def test_a_folder_that_only_lets_read_is_named_as_such(open_folder: Path) -> None:
    closed = a_closed_station(open_folder / "tram", records=1)
    for path in (closed.home.folder, *closed.home.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = everything(closed.home)
    done = subprocess.run(
        [sys.executable, "-c", READING, str(closed.home.folder)],
        input=closed.key.hex(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == "read-only", done.stderr[-800:]
    assert everything(closed.home) == before


# Logs and backups


def test_the_log_of_a_newer_state_is_not_played_into_a_restored_one(closed: Closed) -> None:
    with Database.open(closed.home, closed.key, clock=CLOCK) as database:
        with database.write() as session:
            initiatives.put(session, an_initiative(title="Sau bản sao lưu"), actor="canbo", source="typed")
        log = Path(f"{closed.home.database}-wal").read_bytes()
    assert len(log) > 4096
    Path(f"{closed.home.database}-wal").write_bytes(log)
    restore.restore(closed.home, closed.backup, closed.key, clock=CLOCK, actor="canbo", key=closed.key)
    assert titles_on_disk(closed.home, closed.key) == closed.titles


def test_a_backup_that_fails_its_checks_rotates_nothing(
    closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    copying = copies.copy

    def on_a_bad_disk(source: Path, key: bytes, target: Path) -> None:
        copying(source, key, target)
        content = bytearray(target.read_bytes())
        content[4096 * 5 + 9] ^= 1
        target.write_bytes(content)

    def never(*_: object) -> None:
        raise AssertionError("rotated")

    monkeypatch.setattr(copies, "copy", on_a_bad_disk)
    monkeypatch.setattr(backups, "rotate", never)
    before = sorted(path.name for path in closed.home.backups.iterdir())
    with Database.open(closed.home, closed.key, clock=CLOCK) as database, pytest.raises(AppError):
        backups.make(database, reason="asked", clock=CLOCK)
    assert sorted(path.name for path in closed.home.backups.iterdir()) == before
    assert list(closed.home.temporary.iterdir()) == []


# The way out


@pytest.mark.parametrize("code", [code for code in FAULTS if code != "newer-schema"])
def test_from_every_fault_a_backup_and_the_passphrase_lead_back(closed: Closed, code: str) -> None:
    FAULTS[code](closed)
    done = backup_service.recover(
        closed.home, closed.backup, Secret(passphrase=WORDS), clock=CLOCK, actor="canbo"
    )
    assert done.facts.initiatives == len(closed.titles)
    with station.unlock(closed.home, clock=CLOCK, passphrase=WORDS) as database:
        assert titles_of(database) == closed.titles


def test_lost_keys_come_back_from_a_backup_without_touching_newer_records(closed: Closed) -> None:
    with Database.open(closed.home, closed.key, clock=CLOCK) as database, database.write() as session:
        initiatives.put(session, an_initiative(title="Sau bản sao lưu"), actor="canbo", source="typed")
    lost_its_keys(closed)
    backup_service.bring_back_keys(closed.home, closed.backup, Secret(passphrase=WORDS))
    with station.unlock(closed.home, clock=CLOCK, passphrase=WORDS) as database:
        assert "Sau bản sao lưu" in titles_of(database).values()


def test_keys_of_another_station_are_not_put_in_place(closed: Closed, tmp_path: Path) -> None:
    other = a_closed_station(tmp_path / "khac", records=1)
    lost_its_keys(closed)
    with pytest.raises(AppError) as caught:
        backup_service.bring_back_keys(closed.home, other.backup, Secret(passphrase=WORDS))
    assert caught.value.code == "keys-of-another"
    assert not closed.home.keyslots.exists()


def everything(home: Home) -> dict[str, bytes]:
    """Every file of the station but for its lock, and the empty log and index that a look leaves behind."""
    return {
        path.name: path.read_bytes()
        for path in sorted(home.folder.rglob("*"))
        if path.is_file() and path != home.lock and path.suffix != ".skdb-shm" and path.stat().st_size
    }
