"""The pages in a real browser: a station is let in, a reviewer judges, the board shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, sync_playwright

from reference_portal.demo import PASSWORD
from tests.portal.conftest import Start
from tests.portal.test_sign_in import proof_in
from tests.portal.world import DEVICE_GRANT, Officer, Served, create, document, update

CHROMIUM = Path("/usr/bin/chromium")
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")


@pytest.fixture
def portal(start: Start) -> Served:
    return start()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1100, "height": 760})
    opened = context.new_page()
    opened.set_default_timeout(8000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


def sign_in(page: Page, portal: Served, account: str, address: str) -> None:
    page.goto(f"{portal.root}{address}")
    page.get_by_label("Tên tài khoản").fill(account)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@needs_browser
def test_an_officer_lets_a_station_in(portal: Served, page: Page) -> None:
    station = Officer(portal.url, "canbo")
    pending = station.begin()
    sign_in(page, portal, "canbo", f"/device?user_code={pending['user_code']}")
    assert page.get_by_label("Mã trên máy trạm").input_value() == pending["user_code"]
    page.get_by_role("button", name="Cho đăng nhập").click()
    page.get_by_role("heading", name="Đã cho máy trạm đăng nhập").wait_for()
    answer = station.take(grant_type=DEVICE_GRANT, device_code=pending["device_code"])
    assert answer.json()["account_id"] == "canbo"


@needs_browser
def test_a_browser_sign_in_returns_to_the_loopback_address(portal: Served, page: Page) -> None:
    page.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="ok", content_type="text/plain"))
    query = (
        "response_type=code&client_id=sangkien-desktop&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb"
        f"&state=abc&code_challenge={'c' * 43}&code_challenge_method=S256"
    )
    sign_in(page, portal, "canbo", f"/oauth/authorize?{query}")
    page.get_by_role("button", name="Cho đăng nhập").click()
    page.wait_for_url("http://127.0.0.1:9/cb?*")
    assert "state=abc" in page.url
    assert "code=" in page.url


@needs_browser
def test_a_reviewer_edits_returns_and_accepts(portal: Served, page: Page, officer: Officer) -> None:
    first, second = create(document(title="Khay chống xước <b>viền</b> mạ")), create()
    officer.send(first, second)
    sign_in(page, portal, "duyet", "/review")
    page.get_by_role("heading", name="2 sáng kiến chờ xét").wait_for()
    page.get_by_role("link", name="Khay chống xước <b>viền</b> mạ").click()
    page.get_by_text("Sửa câu chữ").click()
    page.get_by_label("Tóm tắt hiệu quả").fill("Hết xước khi chuyển giữa các công đoạn.")
    page.get_by_role("button", name="Ghi bản sửa").click()
    page.get_by_text("Hết xước khi chuyển").first.wait_for()
    page.get_by_label("Lý do trả lại").select_option(label="Thiếu nội dung")
    page.get_by_label("Lời nhắn cho đơn vị").fill("Thêm ảnh trước và sau.")
    page.get_by_role("button", name="Trả lại").click()
    page.get_by_role("heading", name="1 sáng kiến chờ xét").wait_for()
    page.get_by_role("link", name=second["data"]["title"]).click()
    page.get_by_role("button", name="Công nhận hợp lệ").click()
    page.get_by_role("heading", name="0 sáng kiến chờ xét").wait_for()
    record = officer.get(f"/records/{first['record_id']}").json()
    assert (record["status"], record["reason_code"], record["note"]) == (
        "returned",
        "R02",
        "Thêm ảnh trước và sau.",
    )
    assert record["data"]["effect_summary"] == "Hết xước khi chuyển giữa các công đoạn."
    mine = officer.one(update(first, 1, effect_summary="Ý khác."))
    assert (mine["outcome"], mine["conflict_fields"]) == ("conflict", ["effect_summary"])
    page.goto(portal.root)
    row = page.get_by_role("row", name="Đèn xe Hồng Hà")
    assert "400" in (row.first.text_content() or "")


@needs_browser
@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_is_wider_than_its_window(portal: Served, page: Page, officer: Officer, width: int) -> None:
    made = create()
    officer.one(made)
    page.set_viewport_size({"width": width, "height": 700})
    sign_in(page, portal, "duyet", "/review")
    for address in ("/", "/review", f"/review/{made['record_id']}", "/device"):
        page.goto(f"{portal.root}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def browser_of(portal: Served, account: str) -> requests.Session:
    http = requests.Session()
    http.trust_env = False
    form = {"account": account, "password": PASSWORD, "next": "/review"}
    http.post(f"{portal.root}/sign-in", data=form)
    return http


def test_only_a_reviewer_sees_the_desk_and_only_their_own_form_judges(
    portal: Served, officer: Officer
) -> None:
    made = create()
    officer.one(made)
    desk = f"{portal.root}/review/{made['record_id']}"
    assert "/sign-in" in requests.get(desk, timeout=10).url
    assert browser_of(portal, "canbo").get(desk).status_code == 403
    http = browser_of(portal, "duyet")
    form = proof_in(http.get(desk).text)
    forged = http.post(f"{desk}/accept", data=form | {"proof": "x"})
    assert (forged.status_code, officer.get(f"/records/{made['record_id']}").json()["status"]) == (
        403,
        "received",
    )
    old = http.post(f"{desk}/accept", data=form | {"rev": "0"})
    assert old.status_code == 409
    bad = http.post(f"{desk}/edit", data=form | {"title": "ngắn", "effect_summary": "x"})
    assert bad.status_code == 422
    assert http.post(f"{desk}/return", data=form | {"reason": "R00"}).status_code == 400
    assert http.post(f"{desk}/accept", data=form, allow_redirects=False).status_code == 303
    assert officer.get(f"/records/{made['record_id']}").json()["status"] == "valid"


def test_pages_run_no_script_and_are_framed_by_nobody(portal: Served) -> None:
    for address in ("/", "/sign-in"):
        answer = requests.get(f"{portal.root}{address}", timeout=10)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "<script" not in answer.text
