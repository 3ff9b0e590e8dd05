"""`sangkien-portal` as a process of its own: serving, approving, reviewing, killed at any moment."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner

from reference_portal import cli
from reference_portal.demo import GROUPS
from tests.portal.conftest import BOTH
from tests.portal.world import DEVICE_GRANT, Officer, batch, create

COMMAND = [sys.executable, "-c", "from reference_portal.cli import main; main()"]


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*COMMAND, "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process, (process.stdout.readline() if process.stdout else "").strip()
    finally:
        process.terminate()
        process.communicate(timeout=15)


def said(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(cli.app, list(arguments))
    assert result.exit_code == status, result.output
    return result.output


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            requests.get(f"{url}/api/v1/meta", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.02)


def test_the_address_is_one_line_and_approve_and_review_reach_the_running_portal() -> None:
    with serving("--demo") as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
        wait_for(address)
        station = Officer(f"{address}/api/v1", "canbo")
        pending = station.begin()
        said("approve", pending["user_code"], "--account", "canbo", "--portal", address)
        said("approve", "XXXX-XXXX", "--account", "canbo", "--portal", address, status=3)
        station.use(station.take(grant_type=DEVICE_GRANT, device_code=pending["device_code"]).json())
        assert station.one(create())["outcome"] == "applied"
        assert '"valid"' in said("review", "--seed", "1", "--portal", address)
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=15)
        assert (rest, errors) == ("", "")


def test_the_demonstration_can_review_by_itself(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    with serving("--demo", "--database", url, "--with", "review=3") as (_, address):
        wait_for(address)
        station = Officer(f"{address}/api/v1", "canbo").sign_in()
        station.send(*(create() for _ in range(5)))
        statuses = {change["data"]["status"] for change in station.pull(streams="status")[0]}
    assert statuses <= {"valid", "returned"}
    assert "canbo2" in said("accounts", "--database", url)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOTH)
def test_killed_at_any_moment_a_batch_has_one_effect(kind: str, new_database: Callable[[str], str]) -> None:
    url = new_database(kind)
    sent: list[dict[str, object]] = []
    tokens: dict[str, object] = {}
    for round_ in range(6):
        with serving("--demo", "--database", url) as (process, address):
            wait_for(address)
            station = Officer(f"{address}/api/v1", "canbo")
            station.use(tokens) if tokens else station.sign_in()
            tokens = station.tokens
            for made in sent:
                assert station.post(made).json()["counts"]["applied"] == 10
            sent.append(batch(*(create() for _ in range(10))))
            killer = subprocess.Popen(["/bin/sh", "-c", f"sleep {0.004 * round_}; kill -9 {process.pid}"])
            with pytest.raises(requests.ConnectionError):
                for _ in range(1000):
                    station.post(sent[-1])
            killer.wait(timeout=10)
    with serving("--demo", "--database", url) as (_, address):
        wait_for(address)
        station = Officer(f"{address}/api/v1", "canbo")
        station.use(tokens)
        for made in sent:
            assert station.post(made).json()["counts"]["applied"] == 10
        changes, page = station.pull(streams="record")
    assert len(changes) == page["digest"]["record"]["count"] == 60
    assert len({change["portal_code"] for change in changes}) == 60


def test_a_pilot_begins_with_units_and_accounts_of_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    secret = tmp_path / "mat-khau.txt"
    secret.write_text("một câu đủ dài", encoding="utf-8")
    said("add-unit", "cd-a", "CĐCS A", "--database", url)
    said("add-unit", "to-1", "Tổ 1", "--kind", "Tổ công đoàn", "--parent", "cd-a", "--database", url)
    said("add-unit", "to-2", "Tổ 2", "--parent", "khong-co", "--database", url, status=3)
    said("add-account", "nga", "Nga", "--unit", "cd-a", "--password-file", str(secret), "--database", url)
    assert "nga\tNga\tcd-a\tofficer" in said("accounts", "--database", url)
    with serving("--database", url, "--with", "password") as (_, address):
        wait_for(address)
        station = Officer(f"{address}/api/v1", "nga")
        form = {"grant_type": "password", "username": "nga", "password": "một câu đủ dài"}
        station.use(station.take(**form).json())
        outcome = station.one(create(), unit_id="cd-a")
        assert outcome["outcome"] == "applied"
        items = station.get("/catalogs/units").json()["items"]
        assert [item["code"] for item in items] == ["cd-a", "to-1"]
        assert requests.post(f"{address}/demo/review", json={"seed": 1}, timeout=5).status_code == 404
    said("close-account", "nga", "--database", url)
    assert "đã khóa" in said("accounts", "--database", url)
    said("tidy", "--database", url)
    said("after-restore", "--database", url)
    said("erase", "khong-co", "--database", url, status=3)


def test_an_unknown_choice_is_wrong_usage() -> None:
    said("serve", "--with", "sorcery", status=2)


def test_the_plant_has_the_groups_of_the_sample() -> None:
    assert len(set(GROUPS)) == 47
