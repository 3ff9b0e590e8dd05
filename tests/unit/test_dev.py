"""The entry for people who develop: what it refuses, what it says, what it keeps away from tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def an_ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


def test_what_could_decide_a_tests_outcome_is_taken_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    washed = (
        "HTTPS_PROXY",
        "no_proxy",
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "QT_STYLE_OVERRIDE",
        "SANGKIEN_HOME",
    )
    for name in washed:
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("LANG", "C.UTF-8")
    given = dev.environment_for_tests()
    assert not set(washed) & set(given)
    assert given["QT_QPA_PLATFORM"] == "offscreen"
    assert given["LANG"] == "C.UTF-8"


@pytest.mark.usefixtures("an_ordinary_user")
def test_a_missing_library_ends_in_one_line_to_run() -> None:
    with pytest.raises(dev.Stop) as stop:
        dev.install_debian_packages(["libegl1"], required=True)
    assert str(stop.value) == (
        "As root run: apt-get update && apt-get install --yes --no-install-recommends libegl1"
    )
    assert stop.value.status == dev.COULD_NOT


@pytest.mark.usefixtures("an_ordinary_user")
def test_a_missing_part_of_a_test_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    dev.install_debian_packages(["squid"], required=False)
    assert "apt-get install --yes --no-install-recommends squid" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries of Qt")
def test_a_library_that_does_not_load_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"})
    assert dev.missing_qt_packages() == ["libnowhere9"]


def test_an_environment_of_another_lock_or_place_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dev.txt").write_text("a==1", encoding="ascii")
    monkeypatch.setattr(dev, "REQUIREMENTS", tmp_path)
    first = dev.Environment(tmp_path / "one", "dev", project=True)
    (tmp_path / "one").mkdir()
    first.accept()
    before = (tmp_path / "one" / "ready").read_text(encoding="ascii")

    (tmp_path / "dev.txt").write_text("a==2", encoding="ascii")
    first.accept()
    assert (tmp_path / "one" / "ready").read_text(encoding="ascii") != before


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 2), (["nonsense"], 2), (["--help"], 0), (["setup", "x"], 2), (["migration"], 2)],
)
def test_wrong_usage_is_told(arguments: list[str], status: int) -> None:
    command = [sys.executable, str(dev.ROOT / "dev.py"), *arguments]
    answer = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=30
    )
    assert answer.returncode == status
    assert answer.stdout if status == 0 else answer.stderr
