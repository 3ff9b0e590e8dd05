"""What every answer carries, and what happens to bodies that are broken, too large or packed."""

import gzip
import hashlib
import json
import socket
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from reference_portal.database import portal_row
from reference_portal.settings import Limits
from reference_portal.tables import OpRow
from tests.portal.conftest import Start
from tests.portal.world import Officer, Served, batch, body_of, content_digest, create, document


@pytest.fixture
def portal(start: Start) -> Served:
    return start()


def raw(officer: Officer, content: bytes, **headers: str) -> object:
    sent = {"Content-Type": "application/json", "Idempotency-Key": "00000000-0000-0000-0000-000000000000"}
    return officer.http.post(f"{officer.url}/batches", data=content, headers=sent | headers)


@pytest.mark.parametrize("path", ["/meta", "/me", "/nowhere", "/batches", "/records/not-an-id"])
def test_every_answer_says_whose_it_is(officer: Officer, path: str) -> None:
    answer = officer.get(path)
    assert answer.headers["Sk-Portal"] == "sangkien-portal"
    assert len(answer.headers["Sk-Trace-Id"]) == 36
    kind = "application/json" if answer.ok else "application/problem+json"
    assert answer.headers["Content-Type"] == kind
    if not answer.ok:
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["retry"]["class"] == "never"
        assert problem["trace_id"] == answer.headers["Sk-Trace-Id"]


def test_answers_are_packed_when_asked_and_carry_the_digest_of_what_is_sent(officer: Officer) -> None:
    answer = officer.http.get(f"{officer.url}/catalogs/units", stream=True)
    content = answer.raw.read(decode_content=False)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Digest"] == content_digest(content)
    assert json.loads(gzip.decompress(content))["name"] == "units"
    plain = officer.http.get(f"{officer.url}/catalogs/units", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Content-Digest"] == content_digest(plain.content)


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"{", {}, 400, "malformed"),
        (b"\xff\xfe{}", {}, 400, "malformed"),
        (b"\xef\xbb\xbf{}", {}, 400, "malformed"),
        (b"[" * 200_000, {}, 400, "malformed"),
        (b"{}", {"Content-Encoding": "gzip"}, 400, "malformed"),
        (gzip.compress(b"{}")[:-4], {"Content-Encoding": "gzip"}, 400, "malformed"),
        (gzip.compress(b"{}") + b"x", {"Content-Encoding": "gzip"}, 400, "malformed"),
        (b"{}", {"Content-Encoding": "br"}, 415, "unsupported-media"),
        (b"{}", {"Content-Digest": content_digest(b"{ }")}, 400, "malformed"),
        (b"{}", {"Content-Digest": "sha-256=:!!:"}, 400, "malformed"),
        (b" " * (2 * 1024 * 1024 + 1), {}, 413, "too-large"),
        (gzip.compress(b" " * (41 * 1024 * 1024)), {"Content-Encoding": "gzip"}, 413, "too-large"),
    ],
    ids=(
        [
            "cut",
            "not-utf8",
            "bom",
            "deep",
            "not-gzip",
            "gzip-cut",
            "gzip-more",
            "brotli",
            "other-digest",
            "no-digest",
            "large",
            "bomb",
        ]
    ),
)
def test_broken_bodies_are_refused_by_name(
    officer: Officer, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    answer = raw(officer, content, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("written", "code"), [("NaN", "E003"), ("1e999", "E003"), ('"\\ud800"', "E011"), ('"\\u0000"', "E011")]
)
def test_values_that_cannot_be_kept_refuse_their_item_only(officer: Officer, written: str, code: str) -> None:
    made = batch(create(), create(document(scope="CHỖ NÀY")))
    body = body_of(made).replace('"CHỖ NÀY"'.encode(), written.encode())
    first, second = officer.post(body, key=made["batch_id"]).json()["items"]
    assert (first["outcome"], second["outcome"]) == ("applied", "rejected")
    assert second["problem"]["errors"][0]["code"] == code


def test_a_request_cut_anywhere_has_no_effect(portal: Served, officer: Officer) -> None:
    made = batch(create(), create())
    body = body_of(made)
    address = urlsplit(portal.root)
    head = (
        f"POST /api/v1/batches HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {officer.tokens['access_token']}\r\nIdempotency-Key: {made['batch_id']}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    whole = head + body
    for cut in range(0, len(whole), 97):
        with socket.create_connection((address.hostname, address.port)) as connection:
            connection.sendall(whole[:cut])
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OpRow)) == 0
    assert officer.post(made).json()["counts"]["applied"] == 2


def test_too_many_operations_are_too_large(officer: Officer) -> None:
    answer = officer.post(batch(*(create() for _ in range(201))))
    assert (answer.status_code, answer.json()["retry"]["class"]) == (413, "after_fix")


def test_an_etag_saves_the_second_answer(officer: Officer) -> None:
    first = officer.get("/campaigns")
    again = officer.http.get(f"{officer.url}/campaigns", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert officer.get("/meta").json()["campaigns_etag"] == first.headers["ETag"]


def test_an_old_client_is_told_to_update(officer: Officer) -> None:
    answer = officer.post(batch(create()), **{"User-Agent": "sangkien-desktop/0.0.0 (win10; x64)"})
    assert (answer.status_code, answer.json()["retry"]["class"]) == (426, "after_update")


def test_a_wrong_method_is_told_the_right_ones(officer: Officer) -> None:
    answer = officer.http.options(f"{officer.url}/uploads/{'x' * 32}")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "DELETE, HEAD, PATCH"


def test_too_many_requests_wait(start: Start) -> None:
    portal = start(limits=Limits(requests_per_minute=5, device_interval_s=0))
    officer = portal.officer()
    answers = [officer.get("/me") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61


def test_while_it_is_looked_after_the_portal_says_until_when(portal: Served, officer: Officer) -> None:
    with portal.database.write() as session:
        portal_row(session).maintenance_until = int(portal.now()) + 120
    answer = officer.post(batch(create()))
    assert (answer.status_code, answer.json()["code"]) == (503, "maintenance")
    assert 100 <= int(answer.headers["Retry-After"]) <= 120
    assert officer.get("/meta").json()["maintenance"]["until"]


def test_the_hash_of_the_body_is_of_the_unpacked_bytes(officer: Officer) -> None:
    made = batch(create())
    answer = officer.post(made).json()
    assert answer["batch_sha256"] == hashlib.sha256(body_of(made)).hexdigest()
    plain = raw(officer, body_of(made), **{"Idempotency-Key": made["batch_id"]})
    assert plain.json() == answer
