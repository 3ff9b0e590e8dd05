"""The encrypted store against plain SQLite: import, save, search, first page, sort.

`python -m benchmarks.store [--size N]`; prints one line per figure: ours, the limit's, the ratio.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from sangkien_desktop.clock import SystemClock
from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.people import Person
from sangkien_desktop.paths import Home
from sangkien_desktop.storage import initiatives, people
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.vietnamese.dates import PartialDate

KEY = bytes(range(32))
_TITLE = [
    "cải",
    "tiến",
    "đồ",
    "gá",
    "kẹp",
    "thân",
    "đèn",
    "khi",
    "bắt",
    "vít",
    "giảm",
    "tiêu",
    "hao",
    "dầu",
    "máy",
    "ép",
    "cho",
    "chuyền",
    "lắp",
    "ráp",
    "khuôn",
    "hàn",
    "tổ",
    "kiểm",
    "tra",
]
_FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"]
_MIDDLE = ["Thị", "Văn", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Kim"]
_GIVEN = [
    "Hường",
    "Hương",
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Giang",
    "Hà",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quân",
    "Sơn",
    "Tâm",
    "Uyên",
    "Việt",
    "Yến",
]
_TEXT = "Trước đây công nhân phải cúi lấy từng chi tiết nên mất thời gian và hay nhầm; nay đặt máng nghiêng. "


def invented(size: int, seed: int = 7) -> Iterator[Initiative]:
    """Invented initiatives with about 20 filled fields."""
    chance = random.Random(seed)
    names = [
        f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}" for _ in range(2_000)
    ]
    for number in range(size):
        yield Initiative(
            id=InitiativeId(new_id()),
            programme="1-trieu-sang-kien",
            local_code=f"HH26-{number:07}",
            title=" ".join(chance.choices(_TITLE, k=9)).capitalize() + f" {number % 97}",
            group=UnitId(f"to-{number % 47}"),
            authors=(Author(name=chance.choice(names), employee_code=f"{number % 5000:06}", is_main=True),),
            solution_type="Giải pháp kỹ thuật",
            category="Giải pháp quản lý, tổ chức, điều hành",
            first_applied_on=PartialDate(date(2022, 1, 1) + timedelta(days=number % 600)),
            annual_benefit=chance.randrange(1, 500) * 100_000,
            situation_before=_TEXT,
            solution=_TEXT,
            effect_summary="Mỗi ca bớt sửa mười một sản phẩm.",
            recognition_level="Cơ sở",
            recognition_decision="12/QĐ",
        )


def raw_insert(records: list[Initiative], path: Path) -> float:
    """Seconds for a plain executemany of the same cells: the limit."""
    cells = [
        (
            r.id, r.programme, r.local_code, r.title, r.group, r.authors[0].name, r.authors[0].employee_code,
            r.solution_type, r.category, r.first_applied_on.iso() if r.first_applied_on else None, r.annual_benefit,
            r.situation_before, r.solution, r.effect_summary, r.recognition_level, r.recognition_decision,
            0, 1, "draft", "import",
        )
        for r in records
    ]  # fmt: skip
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(20))})")
    started = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * 20)})", cells)
    connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


def timed(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for number in range(times):
        started = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), sorted(taken)[int(times * 0.95)]


def say(what: str, figures: tuple[float, float], reach: str) -> None:
    """One line."""
    print(f"{what:<46} median {figures[0]:8.2f} ms   p95 {figures[1]:8.2f} ms   reach: {reach}", flush=True)


TYPED = ("d", "do", "dang", "dang hu", "cai tien", "kep than den", "huong", "HH26-00", "máy ép d", "000321")


def searching(database: Database) -> None:
    """Search while typing: whole records, and keys alone."""

    def type_one(number: int) -> None:
        with database.read() as session:
            initiatives.find(session, Query(text=TYPED[number % len(TYPED)], sort="newest", limit=50))

    def keys_only(number: int) -> None:
        with database.read() as session:
            initiatives.keys(session, Query(text=TYPED[number % len(TYPED)], sort="newest", limit=50))

    say("search while typing, newest 50, whole records", timed(type_one, 100), "p95 10 ms / 20 ms at 1M")
    say("search while typing, keys of the newest 50", timed(keys_only, 100), "")


def listing(database: Database) -> None:
    """First page, sort and counts."""

    def first(_: int) -> None:
        with database.read() as session:
            initiatives.page(session, initiatives.keys(session, Query(limit=128)))

    def count(_: int) -> None:
        with database.read() as session:
            initiatives.counts(session)

    say("first page of 128 whole records", timed(first, 15), "100 ms")
    for sort in ("local_code", "title", "authors", "group", "annual_benefit", "badge"):

        def whole(_: int, sort: str = sort) -> None:
            with database.read() as session:
                initiatives.keys(session, Query(sort=sort))

        say(f"all keys sorted by {sort}", timed(whole, 5), "300 ms at 1M")
    say("counts by badge", timed(count, 5), "")


def writing(database: Database) -> None:
    """Single saves with history, search entry and commit."""
    with database.read() as session:
        opened = list(initiatives.find(session, Query(sort="newest", limit=200)))

    def save(number: int) -> None:
        with database.write() as session:
            record = replace(opened[number], title=f"{opened[number].title} sửa")
            initiatives.put(session, record, actor="a", source="typed")

    say("save of one record", timed(save, 200), "p95 10 ms")


def looking_up(database: Database) -> None:
    """People by what is typed, among 50,000."""
    chance = random.Random(3)
    crowd = [
        Person(
            id=PersonId(new_id()),
            name=f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}",
            employee_code=f"{number:06}",
        )
        for number in range(50_000)
    ]
    started = time.perf_counter()
    with database.write() as session:
        people.put_many(session, crowd)
    print(f"50,000 people kept in {time.perf_counter() - started:.2f} s")
    typed = ["n", "ng", "nguyen", "nguyen thi", "huong", "0003", "000321", "dang thi huong"]

    def look(number: int) -> None:
        with database.read() as session:
            people.lookup(session, typed[number % len(typed)])

    say("person looked up among 50,000", timed(look, 80), "10 ms")


def importing(database: Database, size: int, folder: Path) -> None:
    """Bulk storing against plain `executemany` of the same cells."""
    ours = limit = 0.0
    for start in range(0, size, 100_000):
        records = list(invented(min(100_000, size - start), seed=start))
        records = [replace(r, local_code=f"HH26-{start + n:07}") for n, r in enumerate(records)]
        limit += raw_insert(records, folder / f"raw-{start}.db")
        began = time.perf_counter()
        with database.write() as session:
            initiatives.put_many(session, records, actor="a", source="import")
        ours += time.perf_counter() - began
    print(f"import of {size:,}: {ours:.2f} s, plain executemany {limit:.2f} s, ratio {ours / limit:.2f}")
    print(f"file {database.home.database.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Build a database of the given size and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Database.create(Home(folder / "tram"), KEY, clock=SystemClock()) as database:
            importing(database, size, folder)
            searching(database)
            listing(database)
            writing(database)
            looking_up(database)


if __name__ == "__main__":
    main()
