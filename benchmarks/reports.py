"""Every report and the dashboard on a large station: each under three seconds."""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sangkien_desktop.reports import REPORTS
from sangkien_desktop.services.overview import OverviewService
from sangkien_desktop.services.quotas import QuotaService
from sangkien_desktop.services.reporting import ReportService, Wishes
from sangkien_desktop.settings import Settings
from tests.support.desks import an_open_desk
from tests.support.plants import EVENING, PROGRAMME, a_plant

LIMIT_S = 3.0
RUNS = 3
WHOLE = Wishes(period="whole")


def median_s(work: Callable[[], object]) -> float:
    """The median of a few runs, in seconds of this process: other work on the machine does not count."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def measure(records: int) -> dict[str, float]:
    """Seconds by name, on a station of so many records."""
    settings = Settings(default_programme=PROGRAMME.code, unit_code="HH")
    with (
        tempfile.TemporaryDirectory() as folder,
        an_open_desk(Path(folder), settings, at=EVENING) as desk,
    ):
        a_plant(desk, records=records)
        reports = ReportService(desk)
        overview, quotas = OverviewService(desk, reports), QuotaService(desk, reports)
        found = {"overview": median_s(overview.read), "quotas": median_s(lambda: quotas.board(WHOLE))}
        for report in REPORTS:
            found[report.name] = median_s(lambda name=report.name: reports.make(name, WHOLE))
    return found


def main() -> None:
    """Print the figures at the size asked for and at a tenth of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    small, large = measure(chosen.size // 10), measure(chosen.size)
    if chosen.json:
        print(json.dumps({"size": chosen.size, "limit_s": LIMIT_S, "at_tenth_s": small, "seconds": large}))
    else:
        for name, seconds in large.items():
            print(f"{name:<14} {seconds:6.2f} s   at a tenth {small[name]:6.2f} s   limit {LIMIT_S:.0f} s")
    sys.exit(max(large.values()) > LIMIT_S)


if __name__ == "__main__":
    main()
