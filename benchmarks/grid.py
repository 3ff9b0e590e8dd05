"""How long the main thread of the Sáng kiến screen is held while a person works in it.

    python -m benchmarks.grid [--size N] [--paste N]

Fills an encrypted station with N invented initiatives, opens the screen without a display and prints for each
act the time until its outcome is shown and the longest time for which the window did not answer.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtWidgets import QApplication

from sangkien_desktop.clock import FixedClock
from sangkien_desktop.domain.ids import InitiativeId, UnitId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.programmes import INNOVATION
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.paths import Home
from sangkien_desktop.services.bundle import Services
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.settings import Settings, Theme
from sangkien_desktop.storage import initiatives, units
from sangkien_desktop.storage.database import Database
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import ActionRegistry
from sangkien_desktop.ui.change_bus import ChangeBus
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.crash import CrashReporter
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.failures import FailurePresenter
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.messages import Messages
from sangkien_desktop.ui.navigation import Navigator
from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage
from sangkien_desktop.vietnamese.dates import PartialDate

NOW = datetime(2026, 5, 28, 14, 42, tzinfo=UTC)
WORDS = (
    *("cải tiến", "chế tạo", "lắp thêm", "bố trí lại", "thay", "đồ gá", "cảm biến", "băng tải", "đèn hậu"),
    *(
        "xi nhan",
        "chuyền",
        "khuôn",
        "máy ép",
        "nắp che",
        "khay",
        "giá đỡ",
        "bản mạch",
        "vít",
        "gioăng",
        "keo",
    ),
)
FAMILY, GIVEN = ("Vũ", "Lê", "Trần", "Đào", "Hồ"), ("Mẫu", "Thử", "Ví Dụ", "Giả", "Tạm")
LOT = 10_000
HOLD_LIMIT_MS = 50


def invented(place: int, groups: list[Unit]) -> Initiative:
    """One initiative without a problem."""
    said = " ".join(WORDS[(place * step) % len(WORDS)] for step in (1, 3, 7, 11, 13))
    name = f"{FAMILY[place % 5]} Thị {GIVEN[place // 5 % 5]}"
    return Initiative(
        id=InitiativeId(new_id()),
        programme=INNOVATION.code,
        local_code=f"HH26-{place + 1:07}",
        title=f"{said} số {place}".capitalize(),
        group=groups[place % len(groups)].id,
        authors=(Author(name=name, employee_code=f"{place % 50_000:06}", is_main=True),),
        solution_type="Giải pháp kỹ thuật",
        category=INNOVATION.labels("category")[0],
        first_applied_on=PartialDate(NOW.date() - timedelta(days=place % 300)),
        annual_benefit=place % 997 * 100_000,
        situation_before=f"Trước khi {said}, mỗi ca phải sửa lại nhiều sản phẩm.",
        solution=f"Đã {said} rồi hướng dẫn lại cho cả tổ.",
        effect_summary="Giảm sản phẩm phải sửa, đỡ mỏi tay.",
        recognition_level="Cơ sở",
        recognition_decision="53/QĐ-HĐSK",
        recognised_on=PartialDate(NOW.date()),
    )


def fill(database: Database, size: int) -> None:
    """So many initiatives in 47 groups."""
    groups = [Unit(id=UnitId(new_id()), name=f"Tổ {number}") for number in range(1, 48)]
    with database.write() as session:
        units.put_many(session, groups)
    for start in range(0, size, LOT):
        with database.write() as session:
            made = (invented(place, groups) for place in range(start, min(start + LOT, size)))
            initiatives.put_many(session, made, actor="canbo", source="import")


class Watch:
    """A heartbeat of the event loop: the longest gap is how long the window did not answer."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self.longest_ms = 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now

    def measured(self, name: str, act: Callable[[], Any], until: Callable[[], bool]) -> float:
        """Do `act`, wait until `until`, print; the longest gap."""
        loop = QEventLoop()
        check = QTimer(interval=2)
        check.timeout.connect(lambda: loop.quit() if until() else None)
        self.longest_ms, self._last = 0.0, time.perf_counter()
        begun = self._last
        self._timer.start()
        act()
        check.start()
        loop.exec()
        took = (time.perf_counter() - begun) * 1000
        self._beat()
        self._timer.stop()
        print(f"{name:<44} {took:9.0f} ms {self.longest_ms:9.1f} ms held")
        return self.longest_ms


def context(desk: Desk) -> UiContext:
    """What the screen receives."""
    messages = Messages()
    crashes = CrashReporter(messages)
    jobs = JobRunner()
    failures = FailurePresenter(messages, crashes)
    jobs.unhandled.connect(failures.present)
    return UiContext(
        services=Services(desk),
        jobs=jobs,
        changes=ChangeBus(),
        messages=messages,
        failures=failures,
        navigate=Navigator(),
        dialogs=Dialogs(),
        actions=ActionRegistry(),
        clock=FixedClock(NOW),
        settings=Settings(),
    )


@contextmanager
def station(size: int) -> Iterator[Desk]:
    """A filled station in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="sangkien-grid-") as folder:
        clock = FixedClock(NOW)
        home = Home(Path(folder) / "home")
        settings = Settings(unit_code="HH")
        with Database.create(home, bytes(range(32)), clock=clock) as database:
            begun = time.perf_counter()
            fill(database, size)
            print(f"{size} initiatives stored in {time.perf_counter() - begun:.1f} s")
            yield Desk(
                database=database, home=home, clock=clock, settings=lambda: settings, actor=lambda: "canbo"
            )


def print_scrolling(page: InitiativesPage) -> None:
    """How long a page takes to be read and painted after a jump of the scroll bar."""
    view, bar = page.grid.viewport(), page.grid.verticalScrollBar()
    begun = time.perf_counter()
    for part in range(50):
        bar.setValue(bar.maximum() * part // 50)
        view.repaint()
    print(f"{'a page after a jump, repainted':<44} {(time.perf_counter() - begun) * 20:9.1f} ms")


def acts(page: InitiativesPage) -> list[tuple[str, Callable[[], Any]]]:
    """What a person does in the grid, in order."""
    grid, model = page.grid, page.model
    return [
        ("go to the last row", lambda: grid.go_to(model.rowCount() - 1, "title")),
        ("type into one cell", lambda: model.edited.emit(grid.row, "title", "Cải tiến vừa gõ vào đây")),
        ("type into ten cells at once", lambda: [model.edited.emit(row, "annual_benefit", "80tr") for row in range(10)]),
        ("filter: do ga cam bien", lambda: page.tools.search.search_now("do ga cam bien")),
        ("filter taken off", page.tools.clear),
        ("sort by benefit", lambda: model.sort(model.places["annual_benefit"], Qt.SortOrder.DescendingOrder)),
        ("sort by author", lambda: model.sort(model.places["authors"], Qt.SortOrder.AscendingOrder)),
        ("sort by code again", lambda: model.sort(-1, Qt.SortOrder.AscendingOrder)),
        ("add a record", page.acts.add),
    ]  # fmt: skip


def run(desk: Desk, paste: int) -> float:
    """Every act once; the longest gap of all."""
    made = context(desk)
    watch = Watch()
    page = InitiativesPage(made)
    page.resize(1186, 690)
    page.show()

    def idle() -> bool:
        return page.rows.has_loaded and not made.jobs.is_busy and not page.editing.recorder.is_busy

    gaps = [watch.measured("open and first rows", lambda: None, idle)]
    print_scrolling(page)
    gaps += [watch.measured(name, act, idle) for name, act in acts(page)]
    rows = "".join(
        f"Dán dòng thứ {number} từ bảng tính\tLê Thị Mẫu\t{number}.000.000\r\n"
        for number in range(1, paste + 1)
    )
    data = QMimeData()
    data.setText(rows)
    QApplication.clipboard().setMimeData(data)
    gaps.append(watch.measured(f"read {paste} rows of the clipboard", page.acts.paste, idle))
    gaps.append(watch.measured(f"paste {paste} rows", page.acts.cells.accept_preview, idle))
    gaps.append(watch.measured("take the paste back", page.editing.undo, idle))
    page.close()
    made.jobs.close(20_000)
    return max(gaps)


def main() -> None:
    """Print the table; exit 1 when the window was held longer than it may be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--paste", type=int, default=5_000)
    asked = parser.parse_args()
    app = QApplication([])
    theme.install(app, Theme.LIGHT)
    with station(asked.size) as desk:
        longest = run(desk, asked.paste)
    print(f"longest hold of the main thread: {longest:.0f} ms (wanted: at most {HOLD_LIMIT_MS})")
    raise SystemExit(longest > HOLD_LIMIT_MS)


if __name__ == "__main__":
    main()
