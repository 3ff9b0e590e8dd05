"""Faults come only when asked for, only where the portal was started so, and leave one effect."""

import pytest
import requests

from tests.portal.conftest import Start
from tests.portal.world import Officer, Served, batch, create


@pytest.fixture
def portal(start: Start) -> Served:
    return start(faults=True)


def ask(portal: Served, **rule: object) -> None:
    answer = requests.post(f"{portal.root}/faults", json=[rule], timeout=10)
    assert answer.status_code == 200, answer.text


def test_without_the_switch_there_are_no_faults(start: Start) -> None:
    assert requests.get(f"{start().root}/faults", timeout=10).status_code == 404


def test_a_dropped_request_did_nothing_and_a_dropped_answer_did_all(portal: Served, officer: Officer) -> None:
    for action, known in (("drop_request", 404), ("drop_answer", 200)):
        made = batch(create())
        ask(portal, action=action, path="/api/v1/batches", method="POST")
        with pytest.raises(requests.ConnectionError):
            officer.post(made)
        assert officer.get(f"/batches/{made['batch_id']}").status_code == known
        assert officer.post(made).json()["counts"]["applied"] == 1


@pytest.mark.parametrize("at", [0, 1, 200])
def test_a_truncated_answer_breaks_off(portal: Served, officer: Officer, at: int) -> None:
    made = batch(create())
    ask(portal, action="truncate", path="/api/v1/batches", at=at)
    with pytest.raises(requests.RequestException):
        officer.post(made)
    assert officer.post(made).json()["counts"]["applied"] == 1


@pytest.mark.parametrize("retry_after", ["7", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-5", "31536000"])
def test_a_status_comes_with_any_retry_after(portal: Served, officer: Officer, retry_after: str) -> None:
    ask(portal, action="status", status=503, retry_after=retry_after)
    answer = officer.get("/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, retry_after)
    assert answer.headers["Sk-Portal"] == "sangkien-portal"
    assert officer.get("/me").status_code == 200


def test_a_captive_portal_answers_200_and_is_not_ours(portal: Served, officer: Officer) -> None:
    ask(portal, action="html", times=2, skip=1)
    assert officer.get("/me").json()["account_id"] == "canbo"
    for _ in range(2):
        answer = officer.get("/me")
        assert answer.status_code == 200
        assert "Sk-Portal" not in answer.headers
    assert officer.get("/me").ok


def test_bodies_above_a_size_are_too_large_until_the_faults_are_cleared(
    portal: Served, officer: Officer
) -> None:
    ask(portal, action="too_large", at=1500, times=1000)
    assert officer.post(batch(*(create() for _ in range(20)))).status_code == 413
    assert officer.post(batch(create())).status_code == 200
    requests.delete(f"{portal.root}/faults", timeout=10)
    assert officer.post(batch(*(create() for _ in range(20)))).status_code == 200


def test_a_delay_delays(portal: Served, officer: Officer) -> None:
    ask(portal, action="delay", delay_s=0.3)
    assert officer.get("/me").elapsed.total_seconds() >= 0.3
