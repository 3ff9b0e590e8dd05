"""A station with a real Secret Service: open, locked, and none; nothing is ever made anew or kept in the open."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ("dbus-run-session", "gnome-keyring-daemon", "gdbus"))),
        reason="needs gnome-keyring, dbus-daemon, libglib2.0-bin",
    ),
]
ROOT = Path(__file__).resolve().parents[2]
STATION = """
import sys
from pathlib import Path
from sangkien_desktop.clock import SystemClock
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services import station
home, clock = Home(Path(sys.argv[1])), SystemClock()
try:
    if sys.argv[2] == "create":
        station.create(home, station.NewStation(use_keyring=True), clock=clock).database.close()
    else:
        station.unlock(home, clock=clock).close()
    print("opened")
except AppError as error:
    print(error.code)
"""
UNLOCKED = 'printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;'
LOCK = (
    "gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets"
    " --method org.freedesktop.Secret.Service.Lock"
    " '[objectpath \"/org/freedesktop/secrets/collection/login\"]' >/dev/null;"
)


def said(folder: Path, script: str, *, bus: bool = True) -> list[str]:
    """What station commands answer inside a session of their own."""
    (folder / "run").mkdir(mode=0o700, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "LANG": "C.UTF-8",
        "STATION": STATION,
    }
    command = ["sh", "-c", script.replace("station ", f'{sys.executable} -c "$STATION" {folder / "tram"} ')]
    before = ["dbus-run-session", "--"] if bus else []
    done = subprocess.run(
        [*before, *command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr[-1500:]
    return done.stdout.split()


def test_an_open_keyring_opens_the_station_and_a_locked_one_says_so(tmp_path: Path) -> None:
    answers = said(tmp_path, f"{UNLOCKED} station create; station open; {LOCK} station open")
    assert answers == ["opened", "opened", "keyring-unavailable"]


def test_a_keyring_that_forgot_is_told_from_none_at_all(tmp_path: Path) -> None:
    assert said(tmp_path, f"{UNLOCKED} station create") == ["opened"]
    before = (tmp_path / "tram" / "station.skdb").read_bytes()
    shutil.rmtree(tmp_path / ".local", ignore_errors=True)
    assert said(tmp_path, f"{UNLOCKED} station open") == ["keyring-entry-lost"]
    assert said(tmp_path, "station open", bus=False) == ["keyring-unavailable"]
    assert (tmp_path / "tram" / "station.skdb").read_bytes() == before


def test_without_a_keyring_no_station_is_made_without_a_passphrase(tmp_path: Path) -> None:
    assert said(tmp_path, "station create", bus=False) == ["keyring-unavailable"]
    assert not (tmp_path / "tram" / "keyslots.json").exists()
