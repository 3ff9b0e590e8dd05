"""Qt must keep its references to None: PySide6 6.12.0 loses them on Python 3.11 and aborts after some thousand calls."""

import os
import subprocess
import sys

PROBE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setText("x")
before = sys.getrefcount(None)
for number in range(50_000):
    label.setText("y")
    label.parent()
    label.property("nothing")
print(before - sys.getrefcount(None))
"""


def test_fifty_thousand_calls_lose_no_reference_to_none() -> None:
    command, off_screen = [sys.executable, "-c", PROBE], {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(command, env=off_screen, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    assert abs(int(answer.stdout)) < 100
