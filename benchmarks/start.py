"""The first window of the program against a bare PySide6 window of the same version: seconds and memory.

`python -m benchmarks.start [--size N]`: N initiatives lie in the station that is opened (default 2,000).
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.store import invented
from sangkien_desktop.app import create_station
from sangkien_desktop.paths import Home
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.storage import initiatives

PASSPHRASE = "do toc do mo cua so"
RUNS = 5
BARE = """
import time; began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtCore import QTimer
app = QApplication([]); window = QMainWindow(); window.setCentralWidget(QTableView()); window.show()
QTimer.singleShot(0, app.quit); app.exec()
"""
OURS = """
import sys
from pathlib import Path
from sangkien_desktop import app
from sangkien_desktop.app import window
from sangkien_desktop.paths import Home
from PySide6.QtCore import QTimer
station = app.open_station(Home(Path(sys.argv[1])), passphrase=lambda: sys.argv[2])
qt = window.application(); shown = window.StationWindow(station); shown.window.show()
QTimer.singleShot(0, qt.quit); qt.exec(); shown.close(); station.close()
"""
MEMORY = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"


def seconds_and_memory(program: str, *arguments: str) -> tuple[float, float]:
    """Median seconds from process start to process end around the first paint, and peak MB."""
    import time

    took, memory = [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", program + MEMORY, *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=True,
        )
        took.append(time.perf_counter() - began)
        memory.append(int(done.stdout.split()[-1]) / 1024)
    return statistics.median(took), statistics.median(memory)


def main() -> None:
    """Print both figures and their ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=2000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        station, _ = create_station(home, NewStation(passphrase=PASSPHRASE, use_keyring=False))
        with station.desk.database.write() as session:
            initiatives.put_many(session, list(invented(size)), actor="bench", source="import")
        station.close()
        ours = seconds_and_memory(OURS, str(home.folder), PASSPHRASE)
    bare = seconds_and_memory(BARE)
    print(
        f"start to first window, {size} records, Argon2id and file check included: {ours[0]:.2f} s;"
        f" bare PySide6 window {bare[0]:.2f} s; {ours[0] / bare[0]:.1f} x"
    )
    print(f"peak memory: {ours[1]:.0f} MB; bare window {bare[1]:.0f} MB; {ours[1] / bare[1]:.1f} x")


if __name__ == "__main__":
    main()
