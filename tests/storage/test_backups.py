"""A backup is proved before it counts; a restore loses nothing and brings nothing erased back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.ids import new_id
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import audit, backups, copies, erasures, initiatives, moment, restore
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.tables import StationRow
from tests.storage.conftest import KEY
from tests.support.records import an_initiative

OTHER_KEY = b"n" * 32


@pytest.fixture
def station(database: Database, home: Home) -> Database:
    home.keyslots.write_text('{"slots": "locked"}')
    with database.write() as session:
        session.add(
            StationRow(station_id=new_id(), epoch=new_id(), machine_fp="m", created_at=moment.now(session))
        )
        audit.append(session, audit.Deed(actor="a", action="start"))
    put(database, "Một")
    return database


def put(database: Database, title: str) -> str:
    with database.write() as session:
        return initiatives.put(session, an_initiative(title=title), actor="a", source="typed").id


def titles(home: Home, clock: FixedClock, key: bytes = KEY) -> list[str]:
    with Database.open(home, key, clock=clock) as database, database.read() as session:
        return sorted(record.title for record in initiatives.find(session))


def backup(database: Database, clock: FixedClock) -> Path:
    return backups.make(database, reason="asked", clock=clock).path


def test_a_backup_says_what_it_holds_and_passes_every_check(
    station: Database, home: Home, clock: FixedClock
) -> None:
    path = backup(station, clock)
    (found,) = backups.find(home)
    assert (found.path, found.facts.initiatives, found.facts.audit.number) == (path, 1, 1)
    assert backups.verify(path, KEY, home, clock) == found.facts
    assert backups.slots_of(path) == '{"slots": "locked"}'
    assert b"M\xe1\xbb\x99t" not in path.read_bytes()
    assert list(home.temporary.iterdir()) == []


def test_a_restore_brings_the_state_back_with_a_new_epoch(
    station: Database, home: Home, clock: FixedClock
) -> None:
    path = backup(station, clock)
    put(station, "Hai")
    station.close()
    done = restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY)
    assert titles(home, clock) == ["Một"]
    assert done.facts.epoch_number == 2
    assert done.kept_aside is not None
    with copies.session_on(done.kept_aside / "station.skdb", KEY, clock) as session:
        assert initiatives.count(session) == 2


def test_an_open_station_is_not_restored_over(station: Database, home: Home, clock: FixedClock) -> None:
    path = backup(station, clock)
    with pytest.raises(AppError) as caught:
        restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY)
    assert caught.value.code == "already-open"


def test_what_was_erased_does_not_come_back_with_a_backup(
    station: Database, home: Home, clock: FixedClock
) -> None:
    secret = put(station, "Xóa tôi đi")
    path = backup(station, clock)
    with station.write() as session:
        erasures.erase(session, erasures.INITIATIVE, secret, reason="request")
    station.close()
    assert restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY).erased_again == 1
    assert titles(home, clock) == ["Một"]
    with Database.open(home, KEY, clock=clock) as database, database.read() as session:
        assert erasures.is_erased(session, secret)


def test_a_strange_log_beside_the_database_is_not_played_into_it(
    station: Database, home: Home, clock: FixedClock
) -> None:
    path = backup(station, clock)
    station.close()
    home.database.with_name("station.skdb-wal").write_bytes(b"\x37\x7f\x06\x82" + b"x" * 9000)
    restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY)
    assert titles(home, clock) == ["Một"]


def test_a_damaged_database_is_replaced_and_kept(station: Database, home: Home, clock: FixedClock) -> None:
    path = backup(station, clock)
    station.close()
    home.database.write_bytes(b"\0" * 5000)
    done = restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY)
    assert titles(home, clock) == ["Một"]
    assert done.kept_aside is not None
    assert (done.kept_aside / "station.skdb").read_bytes() == b"\0" * 5000


def test_a_backup_under_an_older_key_is_taken_over_to_the_present_one(
    station: Database, home: Home, clock: FixedClock
) -> None:
    path = backup(station, clock)
    station.close()
    target = home.temporary / "rotated.skdb"
    copies.rotated(home.database, KEY, OTHER_KEY, target, clock)
    restore.swap_in(home, target)
    assert titles(home, clock, OTHER_KEY) == ["Một"]
    restore.restore(home, path, KEY, clock=clock, actor="a", key=OTHER_KEY)
    assert titles(home, clock, OTHER_KEY) == ["Một"]


def test_a_backup_restores_on_a_new_pc_with_its_own_slots(
    station: Database, tmp_path: Path, clock: FixedClock
) -> None:
    path = backup(station, clock)
    fresh = Home(tmp_path / "may-moi")
    restore.restore(fresh, path, KEY, clock=clock, actor="a")
    assert titles(fresh, clock) == ["Một"]
    assert fresh.keyslots.read_text() == '{"slots": "locked"}'


def test_a_bad_backup_is_refused_and_changes_nothing(
    station: Database, home: Home, clock: FixedClock
) -> None:
    path = backup(station, clock)
    station.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    before = home.database.read_bytes()
    with pytest.raises(AppError):
        restore.restore(home, path, KEY, clock=clock, actor="a", key=KEY)
    assert home.database.read_bytes() == before


def test_a_copy_that_fails_its_checks_rotates_nothing(
    station: Database, home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = backup(station, clock)
    clock.advance(timedelta(days=20))
    honest = copies.copy

    def torn(source: Path, key: bytes, target: Path) -> None:
        honest(source, key, target)
        content = bytearray(target.read_bytes())
        content[-100] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(copies, "copy", torn)
    with pytest.raises(AppError):
        backup(station, clock)
    assert [found.path for found in backups.find(home)] == [old]
    assert not list(home.backups.glob("*.part"))


def test_rotation_keeps_two_days_two_weeks_and_four_weeks(home: Home) -> None:
    home.create()
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for hours in range(0, 24 * 60, 6):
        at = (now - timedelta(hours=hours)).strftime("%Y%m%dT%H%M%S%fZ")
        (home.backups / f"station-{at}-interval.skbackup").touch()
    backups.rotate(home, now)
    left = sorted(path.name[8:16] for path in home.backups.iterdir())
    assert len([name for name in left if name >= "20261119"]) >= 6
    assert 8 + 12 <= len(left) <= 9 + 14 + 4
    assert left[0] >= "20261021"


def test_the_last_backup_never_expires(home: Home) -> None:
    home.create()
    only = home.backups / "station-20200101T000000000000Z-close.skbackup"
    only.touch()
    backups.rotate(home, datetime(2026, 11, 20, tzinfo=UTC))
    assert only.exists()


def test_the_station_has_one_identity(station: Database) -> None:
    with pytest.raises(Exception, match="one station"), station.write() as session:
        session.add(StationRow(station_id="x", epoch="e", machine_fp="m", created_at=moment.now(session)))
    with station.read() as session:
        assert len(session.scalars(select(StationRow)).all()) == 1
