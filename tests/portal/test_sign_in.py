"""Device codes, rotation with its grace, revocation, passwords, and the browser's code with PKCE."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from reference_portal.demo import PASSWORD
from reference_portal.settings import Limits
from reference_portal.tables import AccountRow
from tests.portal.conftest import Start
from tests.portal.world import DEVICE_GRANT, Officer, Served


@pytest.fixture
def portal(start: Start) -> Served:
    return start()


def approve(portal: Served, user_code: str, account: str = "canbo") -> int:
    wanted = {"user_code": user_code, "account": account}
    return requests.post(f"{portal.root}/demo/approve", json=wanted, timeout=10).status_code


def poll(officer: Officer, pending: dict[str, str]) -> requests.Response:
    return officer.take(grant_type=DEVICE_GRANT, device_code=pending["device_code"])


def test_a_device_code_waits_is_approved_and_works_once(portal: Served) -> None:
    officer = Officer(portal.url, "canbo")
    pending = officer.begin()
    assert pending["verification_uri_complete"].endswith(pending["user_code"])
    assert poll(officer, pending).json()["error"] == "authorization_pending"
    assert approve(portal, pending["user_code"].lower().replace("-", " ")) == 200
    tokens = poll(officer, pending)
    assert tokens.json()["account_id"] == "canbo"
    assert poll(officer, pending).json()["error"] == "invalid_grant"


def test_polling_too_fast_slows_down_and_an_old_code_expires(start: Start) -> None:
    portal = start(limits=Limits(requests_per_minute=0, device_interval_s=5))
    officer = Officer(portal.url, "canbo")
    pending = officer.begin()
    assert poll(officer, pending).json()["error"] == "authorization_pending"
    assert poll(officer, pending).json()["error"] == "slow_down"
    portal.skew_s = 1000
    assert poll(officer, pending).json()["error"] == "expired_token"
    assert approve(portal, pending["user_code"]) == 404


def test_a_code_belongs_to_the_station_that_asked(portal: Served) -> None:
    pending = Officer(portal.url, "canbo", "tram-1").begin()
    approve(portal, pending["user_code"])
    assert poll(Officer(portal.url, "canbo", "tram-2"), pending).json()["error"] == "invalid_grant"


def test_a_lost_answer_to_a_renewal_locks_nobody_out(portal: Served) -> None:
    officer = portal.officer()
    old = officer.tokens["refresh_token"]
    first = officer.take(grant_type="refresh_token", refresh_token=old)
    again = officer.take(grant_type="refresh_token", refresh_token=old)
    assert first.status_code == again.status_code == 200
    officer.use(again.json())
    assert officer.get("/me").status_code == 200


def test_a_renewed_token_used_late_or_elsewhere_ends_the_sign_in(portal: Served) -> None:
    for station, skew_s in (("tram-1", 700), ("tram-2", 0)):
        officer = portal.officer(station="tram-1")
        old = officer.tokens["refresh_token"]
        fresh = officer.take(grant_type="refresh_token", refresh_token=old).json()
        portal.skew_s = skew_s
        thief = Officer(portal.url, "canbo", station)
        answer = thief.take(grant_type="refresh_token", refresh_token=old)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
        officer.use(fresh)
        assert officer.get("/me").json()["code"] == "token-invalid"
        portal.skew_s = 0


def test_an_access_token_expires_and_can_be_renewed(portal: Served) -> None:
    officer = portal.officer()
    portal.skew_s = 3601
    answer = officer.get("/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-expired")
    officer.use(
        officer.take(grant_type="refresh_token", refresh_token=officer.tokens["refresh_token"]).json()
    )
    assert officer.get("/me").status_code == 200


def test_signing_out_ends_everything_of_that_sign_in(portal: Served) -> None:
    officer = portal.officer()
    token = officer.tokens["refresh_token"]
    assert officer.http.post(f"{portal.url}/oauth/revoke", data={"token": token}).status_code == 200
    assert officer.http.post(f"{portal.url}/oauth/revoke", data={"token": "unknown"}).status_code == 200
    assert officer.get("/me").status_code == 401
    assert officer.take(grant_type="refresh_token", refresh_token=token).json()["error"] == "invalid_grant"


def test_passwords_work_only_where_they_are_switched_on(start: Start) -> None:
    form = {"grant_type": "password", "username": "canbo", "password": PASSWORD}
    refused = Officer(start().url, "canbo").take(**form)
    assert refused.json()["error"] == "unsupported_grant_type"
    officer = Officer(start(password_grant=True).url, "canbo")
    assert officer.take(**form).status_code == 200
    assert officer.take(**form | {"password": "sai"}).json()["error"] == "invalid_grant"
    assert officer.take(**form | {"username": "không có"}).json()["error"] == "invalid_grant"


def test_a_closed_account_is_told_so(portal: Served) -> None:
    officer = portal.officer()
    with portal.database.write() as session:
        session.get_one(AccountRow, "canbo").is_active = False
    answer = officer.get("/me")
    assert (answer.status_code, answer.json()["code"]) == (403, "account-disabled")


def proof_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def signed_in_browser(portal: Served, account: str = "canbo") -> requests.Session:
    browser = requests.Session()
    browser.trust_env = False
    form = {"account": account, "password": PASSWORD, "next": "/device"}
    answer = browser.post(f"{portal.root}/sign-in", data=form, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/device")
    return browser


def authorize(portal: Served, browser: requests.Session, **changes: str) -> requests.Response:
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": "sangkien-desktop",
        "redirect_uri": "http://127.0.0.1:9/cb",
        "state": "xyz",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    page = browser.get(f"{portal.url}/oauth/authorize", params=query | changes)
    if page.status_code != 200:
        return page
    form = proof_in(page.text) | {"decision": "approve"}
    return browser.post(f"{portal.root}/oauth/authorize", data=form, allow_redirects=False)


def test_a_browser_sign_in_gives_tokens_for_its_verifier_only(portal: Served) -> None:
    answer = authorize(portal, signed_in_browser(portal))
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["xyz"]
    officer = Officer(portal.url, "canbo")
    form = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": "http://127.0.0.1:9/cb",
    }
    assert officer.take(**form, code_verifier="other").json()["error"] == "invalid_grant"
    tokens = officer.take(**form, code_verifier="v" * 50)
    assert tokens.json()["account_id"] == "canbo"
    assert officer.take(**form, code_verifier="v" * 50).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://elsewhere.example/cb"},
        {"redirect_uri": "http://127.0.0.1@elsewhere.example/"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"response_type": "token"},
    ],
)
def test_a_sign_in_that_leads_elsewhere_or_has_no_proof_is_refused(
    portal: Served, changes: dict[str, str]
) -> None:
    assert authorize(portal, signed_in_browser(portal), **changes).status_code == 400


def test_the_device_page_asks_for_a_sign_in_and_for_its_own_form(portal: Served) -> None:
    officer = Officer(portal.url, "canbo")
    pending = officer.begin()
    stranger = requests.get(pending["verification_uri_complete"], timeout=10)
    assert "/sign-in?next=%2Fdevice" in stranger.url
    browser = signed_in_browser(portal, "canbo2")
    page = browser.get(pending["verification_uri_complete"])
    assert pending["user_code"] in page.text
    form = proof_in(page.text) | {"user_code": pending["user_code"], "decision": "approve"}
    forged = browser.post(f"{portal.root}/device", data=form | {"proof": "x"})
    assert forged.status_code == 403
    assert browser.post(f"{portal.root}/device", data=form).status_code == 200
    assert poll(officer, pending).json()["account_id"] == "canbo2"


def test_signing_in_leads_nowhere_else(portal: Served) -> None:
    for address in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        form = {"account": "canbo", "password": PASSWORD, "next": address}
        answer = requests.post(f"{portal.root}/sign-in", data=form, allow_redirects=False, timeout=10)
        assert answer.headers["Location"] == "/"
    wrong = requests.post(f"{portal.root}/sign-in", data={"account": "canbo", "password": "sai"}, timeout=10)
    assert wrong.status_code == 403
