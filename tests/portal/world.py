"""A portal served on loopback, officers who speak to it over HTTP, and batches as a station would make them."""

import base64
import gzip
import hashlib
import json
import socket
import threading
import time
import uuid
from dataclasses import replace
from typing import Any

import requests
import rfc8785
import uvicorn

from reference_portal.app import create_app
from reference_portal.settings import PortalSettings

PLANT, OTHER = "cd-hong-ha", "cd-song-cau"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def new_id() -> str:
    """An id as a station makes them; the version does not matter to the portal."""
    return str(uuid.uuid4())


def data_hash(data: dict[str, Any]) -> str:
    """`data_hash` of a document."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def document(**changes: Any) -> dict[str, Any]:
    """A sound document; None takes a field out."""
    sound = {
        "title": f"Lắp khung che băng tải số {uuid.uuid4().hex[:8]}",
        "programme": "1-trieu-sang-kien",
        "is_secret": False,
        "solution_type": "Giải pháp kỹ thuật",
        "category": "Hoạt động Công đoàn, mô hình hay, cách làm mới",
        "situation_before": "Vít rơi xuống gầm băng tải.",
        "solution": "Lắp lưới nghiêng và khay nam châm.",
        "first_applied_on": "2022-05-01",
        "effect_summary": "Thu lại gần hết vít rơi.",
        "is_monetary": True,
        "annual_benefit": 10_400_000,
        "recognition_level": "Cơ sở",
        "recognition_decision": "47/QĐ-HĐSK",
        "recognised_on": "2022-06-01",
        "authors": [
            {"employee_code": "000321", "name": "Trần Văn Mẫu", "share": 60, "is_main": True},
            {"employee_code": "000322", "name": "Lê Thị Mẫu", "share": 40},
        ],
        "group": f"{PLANT}-to-01",
    }
    return {name: value for name, value in (sound | changes).items() if value is not None}


def create(data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A create operation."""
    data = document() if data is None else data
    op = {
        "op_id": new_id(),
        "op": "create",
        "record_id": new_id(),
        "kind": "initiative",
        "schema_version": 7,
        "base_rev": None,
        "data": data,
        "changed": None,
        "data_hash": data_hash(data),
    }
    return op | more


def update(made: dict[str, Any], base_rev: int | None, **changes: Any) -> dict[str, Any]:
    """An update of what `made` created or updated, with these fields changed."""
    data = {name: value for name, value in (made["data"] | changes).items() if value is not None}
    changed = {"op_id": new_id(), "op": "update", "base_rev": base_rev, "changed": sorted(changes)}
    return made | changed | {"data": data, "data_hash": data_hash(data)}


def withdraw(made: dict[str, Any], base_rev: int) -> dict[str, Any]:
    """A withdrawal of what `made` created."""
    op = {"op": "withdraw", "op_id": new_id(), "record_id": made["record_id"], "base_rev": base_rev}
    return op | {"reason": "nhập trùng"}


def batch(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A batch of canbo of the plant."""
    return {
        "batch_id": new_id(),
        "station": {"id": "tram-1", "epoch": 1, "name": "PC Hậu-1"},
        "account_id": "canbo",
        "unit_id": PLANT,
        "mode": "commit",
        "schema": "batch/1",
        "created_at": "2026-11-20T02:10:00Z",
        "items": list(items),
    } | changes


def body_of(made: dict[str, Any]) -> bytes:
    """The bytes of a batch."""
    return json.dumps(made, ensure_ascii=False).encode()


def content_digest(content: bytes) -> str:
    """A Content-Digest field."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


class Officer:
    """One account at one station."""

    def __init__(self, url: str, account: str, station: str = "tram-1") -> None:
        self.url = url
        self.account = account
        self.station = station
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Sk-Station-Id"] = station
        self.tokens: dict[str, Any] = {}

    def begin(self) -> dict[str, Any]:
        """Begin to sign in by device code."""
        answer = self.http.post(f"{self.url}/oauth/device_authorization", data={"client_id": "test"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def take(self, **form: str) -> requests.Response:
        """Ask for tokens."""
        return self.http.post(f"{self.url}/oauth/token", data=form)

    def sign_in(self) -> "Officer":
        """Sign in by device code, approved by name."""
        pending = self.begin()
        wanted = {"user_code": pending["user_code"], "account": self.account}
        root = self.url.removesuffix("/api/v1")
        assert self.http.post(f"{root}/demo/approve", json=wanted).status_code == 200
        answer = self.take(grant_type=DEVICE_GRANT, device_code=pending["device_code"])
        assert answer.status_code == 200, answer.text
        self.use(answer.json())
        return self

    def use(self, tokens: dict[str, Any]) -> None:
        """Go on with these tokens."""
        self.tokens = tokens
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    def post(self, made: dict[str, Any] | bytes, key: str = "", **headers: str) -> requests.Response:
        """Send a batch, compressed and with its digest."""
        plain = made if isinstance(made, bytes) else body_of(made)
        content = gzip.compress(plain, mtime=0)
        sent = {
            "Idempotency-Key": key or json.loads(plain)["batch_id"],
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
            "Content-Digest": content_digest(content),
        }
        return self.http.post(f"{self.url}/batches", data=content, headers=sent | headers)

    def send(self, *items: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
        """Send operations in one batch; their outcomes."""
        answer = self.post(batch(*items, **({"account_id": self.account} | changes)))
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    def one(self, item: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The outcome of one operation sent alone."""
        return self.send(item, **changes)[0]

    def get(self, path: str, **query: Any) -> requests.Response:
        """Look at something."""
        return self.http.get(f"{self.url}{path}", params=query)

    def pull(
        self, cursor: str = "", limit: int = 500, **query: Any
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """All changes since a cursor, and the last page."""
        changes: list[dict[str, Any]] = []
        while True:
            asked = {"limit": limit} | query | ({"cursor": cursor} if cursor else {})
            answer = self.get("/changes", **asked)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            changes += page["changes"]
            cursor = page["cursor"]
            if not page["has_more"]:
                return changes, page


class Served:
    """A portal in a thread of this process. `clock` moves its time."""

    def __init__(self, settings: PortalSettings) -> None:
        self.skew_s = 0.0
        self.settings = replace(settings, now=self.now)
        self.app = create_app(self.settings)
        self.database = self.app.state.portal.database
        # Given its protocol by name, asyncio switches Nagle's delay off on it.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        self.root = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.url = f"{self.root}/api/v1"
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_level="critical", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]})
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def now(self) -> float:
        """The portal's time."""
        return time.time() + self.skew_s

    def officer(self, account: str = "canbo", station: str = "tram-1") -> Officer:
        """Somebody who has signed in."""
        return Officer(self.url, account, station).sign_in()

    def review(self, seed: int = 1) -> dict[str, int]:
        """One round of the reviewer."""
        answer = requests.post(f"{self.root}/demo/review", json={"seed": seed}, timeout=60)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(10)
        self.database.engine.dispose()
