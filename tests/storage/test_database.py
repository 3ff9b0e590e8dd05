"""The file is encrypted, set up, owned by one process, and never replaced by an empty one."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import connections, failures, initiatives, meta, places
from sangkien_desktop.storage.database import Database
from tests.storage.conftest import KEY
from tests.support.records import an_initiative

OTHER_KEY = bytes(32)


def refused(home: Home, clock: FixedClock, key: bytes = KEY) -> str:
    with pytest.raises(AppError) as caught:
        Database.open(home, key, clock=clock)
    return caught.value.code


def test_both_kinds_of_session_are_set_up_for_safety(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
              "cell_size_check": 1, "mmap_size": 0, "temp_store": 2, "cache_size": -65536, "locking_mode": "normal"}  # fmt: skip
    for opened in (database.read, database.write):
        with opened() as session:
            ask = session.connection().exec_driver_sql
            assert {name: ask(f"PRAGMA {name}").scalar() for name in wanted} == wanted


def test_the_driver_is_new_enough() -> None:
    connections.assert_driver()
    assert connections.sqlite_version() >= (3, 51, 3)


def test_nothing_readable_lies_on_the_disk(database: Database, home: Home) -> None:
    with database.write() as session:
        initiatives.put(session, an_initiative(title="CANARY-7f3a"), actor="canbo", source="typed")
    content = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert b"CANARY" not in content and "CANARY".encode("utf-16-le") not in content
    assert b"SQLite format" not in content
    if os.name != "nt":
        assert home.database.stat().st_mode & 0o077 == 0


def test_a_station_opens_again_with_its_records(database: Database, home: Home, clock: FixedClock) -> None:
    with database.write() as session:
        kept = initiatives.put(session, an_initiative(), actor="canbo", source="typed")
    database.close()
    assert not home.database.with_name("station.skdb-wal").exists()
    with Database.open(home, KEY, clock=clock) as again, again.read() as session:
        assert initiatives.get(session, kept.id) == kept


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(AppError), database.read() as session:
        session.execute(text("DELETE FROM meta"))


def test_a_failed_block_changes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        meta.put(session, "x", "1")
        raise ZeroDivisionError
    with database.read() as session:
        assert meta.get(session, "x") == ""


def test_writing_inside_writing_is_refused_instead_of_waiting_for_ever(database: Database) -> None:
    with database.write(), pytest.raises(RuntimeError), database.write():
        pass


def test_readers_see_the_old_state_while_a_writer_works(database: Database) -> None:
    with database.write() as writing:
        meta.put(writing, "x", "new")
        with database.read() as reading:
            assert meta.get(reading, "x") == ""


def test_writers_of_many_threads_take_turns(database: Database) -> None:
    def add() -> None:
        for _ in range(20):
            with database.write() as session:
                meta.put(session, "n", str(int(meta.get(session, "n", "0")) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert meta.get(session, "n") == "80"


def test_a_second_process_is_told_so(database: Database, home: Home, clock: FixedClock) -> None:
    assert refused(home, clock) == "already-open"
    script = (
        "import sys; from pathlib import Path; from sangkien_desktop.storage.station_lock import StationLock;"
        "from sangkien_desktop.errors import AppError\n"
        "try: StationLock(Path(sys.argv[1]))\n"
        "except AppError as error: print(error.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home.lock)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "already-open"


def test_a_lock_file_left_by_a_dead_process_stops_nobody(
    database: Database, home: Home, clock: FixedClock
) -> None:
    database.close()
    home.lock.write_text("999999")
    Database.open(home, KEY, clock=clock).close()


def test_a_new_station_never_replaces_an_old_one(database: Database, home: Home, clock: FixedClock) -> None:
    database.close()
    before = home.database.read_bytes()
    with pytest.raises(AppError) as caught:
        Database.create(home, OTHER_KEY, clock=clock)
    assert caught.value.code == "database-exists"
    assert home.database.read_bytes() == before


def test_a_missing_database_is_not_made_anew(home: Home, clock: FixedClock) -> None:
    home.create()
    assert refused(home, clock) == "no-database"
    assert not home.database.exists()


def test_a_wrong_key_or_a_strange_file_is_no_new_database(
    database: Database, home: Home, clock: FixedClock, capfd: pytest.CaptureFixture[str]
) -> None:
    database.close()
    before = home.database.read_bytes()
    assert refused(home, clock, OTHER_KEY) == "not-a-database"
    assert home.database.read_bytes() == before
    home.database.write_bytes(b"just a text" * 1000)
    assert refused(home, clock) == "not-a-database"
    home.database.write_bytes(b"")
    assert refused(home, clock) == "not-a-database"
    assert capfd.readouterr().err == ""


def test_damage_is_found_at_opening_and_the_file_stays_as_it_is(
    database: Database, home: Home, clock: FixedClock
) -> None:
    with database.write() as session:
        initiatives.put_many(session, [an_initiative() for _ in range(200)], actor="canbo", source="import")
    database.close()
    content = bytearray(home.database.read_bytes())
    content[len(content) // 2] ^= 1
    home.database.write_bytes(content)
    assert refused(home, clock) == "database-damaged"
    assert home.database.read_bytes() == content


def test_after_a_disk_error_nothing_more_is_written(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database._stopped = failures.damaged()
    with pytest.raises(AppError), database.write():
        pass
    with database.read() as session:
        assert meta.get(session, "x") == ""


def test_parameters_never_reach_an_error_text(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Exception, match="UNIQUE") as caught, database.write() as session:
        for _ in range(2):
            initiatives.put(
                session, an_initiative(title="BÍ MẬT", local_code="A-1"), actor="canbo", source="typed"
            )
    assert "BÍ MẬT" not in str(caught.value)
    assert "BÍ MẬT" not in caplog.text


def test_network_shares_are_refused() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//may/chung /mnt/chung cifs rw 0 0\n/dev/sdb1 /mnt/chung/usb ext4 rw 0 0\n"
    )
    for folder, code in (
        ("/mnt/chung/tram", "network-folder"),
        ("/home/canbo", ""),
        ("/mnt/chung/usb/tram", ""),
    ):
        found = ""
        try:
            places.refuse_unsafe(Path(folder), mounts=mounts, environment={})
        except AppError as error:
            found = error.code
        assert found == code


@pytest.mark.parametrize(
    "folder", ["OneDrive/tram", "OneDrive - Công ty/tram", "Dropbox/a/b", "Google Drive/x"]
)
def test_folders_copied_to_a_cloud_are_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(AppError) as caught:
        places.refuse_unsafe(tmp_path / folder, mounts="", environment={})
    assert caught.value.code == "cloud-folder"


def test_a_renamed_cloud_folder_is_known_by_its_variable(tmp_path: Path) -> None:
    with pytest.raises(AppError):
        places.refuse_unsafe(
            tmp_path / "Mây/tram", mounts="", environment={"OneDrive": str(tmp_path / "Mây")}
        )
