"""Files arrive whole or not at all, in any pieces, and receipts are signed."""

import base64
import hashlib
import json

import pytest
import requests
from nacl.signing import VerifyKey

from reference_portal.settings import Limits
from reference_portal.uploads import Uploads
from tests.portal.conftest import Start
from tests.portal.test_tenants import declare, patch
from tests.portal.world import Officer, Served, batch, create, document, new_id, update

CONTENT = bytes(range(256)) * 40


def declared(content: bytes = CONTENT) -> tuple[dict[str, object], dict[str, object]]:
    said = {
        "attachment_id": new_id(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "name": "Ảnh trước cải tiến.jpg",
        "media_type": "image/jpeg",
        "role": "before",
    }
    return create(attachments=[said]), said


def begin(officer: Officer, made: dict[str, object], said: dict[str, object]) -> requests.Response:
    body = {name: value for name, value in said.items() if name != "attachment_id"}
    body["record_id"] = made["record_id"]
    return officer.http.put(f"{officer.url}/attachments/{said['attachment_id']}", json=body)


def completeness(officer: Officer, made: dict[str, object]) -> str:
    return str(officer.get(f"/records/{made['record_id']}/attachments").json()["completeness"])


def test_a_file_arrives_in_pieces_and_completes_its_record(officer: Officer) -> None:
    made, said = declared()
    outcome = officer.one(made)
    assert outcome["attachments_missing"] == [said["attachment_id"]]
    assert completeness(officer, made) == "incomplete"
    answer = begin(officer, made, said)
    assert (answer.status_code, answer.json()["state"]) == (201, "needs_upload")
    url = answer.json()["upload_url"]
    assert begin(officer, made, said).json()["upload_url"] == url
    for start in range(0, len(CONTENT), 3000):
        piece = CONTENT[start : start + 3000]
        checksum = f"sha256 {base64.b64encode(hashlib.sha256(piece).digest()).decode()}"
        sent = patch(officer, url, piece, start, **{"Upload-Checksum": checksum})
        assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, str(start + len(piece)))
    assert officer.http.head(url).headers["Upload-Offset"] == str(len(CONTENT))
    assert completeness(officer, made) == "complete"
    stored = officer.get(f"/attachments/{said['attachment_id']}/content")
    assert stored.content == CONTENT
    assert stored.headers["Content-Disposition"].startswith("attachment;")
    assert begin(officer, made, said).json()["state"] == "stored"
    statuses = [c["data"] for c in officer.pull(streams="status")[0] if c["id"] == made["record_id"]]
    assert statuses[-1]["completeness"] == "complete"


def test_a_piece_at_the_wrong_place_or_damaged_changes_nothing(officer: Officer) -> None:
    made, said = declared()
    officer.one(made)
    url = begin(officer, made, said).json()["upload_url"]
    patch(officer, url, CONTENT[:1000])
    again = patch(officer, url, CONTENT[:1000])
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "1000")
    wrong = f"sha256 {base64.b64encode(hashlib.sha256(b'x').digest()).decode()}"
    damaged = patch(officer, url, CONTENT[1000:2000], 1000, **{"Upload-Checksum": wrong})
    assert (damaged.status_code, damaged.json()["retry"]["class"]) == (460, "now")
    assert patch(officer, url, CONTENT, 1000).status_code == 413
    assert officer.http.head(url).headers["Upload-Offset"] == "1000"


def test_a_whole_that_is_not_what_was_declared_starts_again(officer: Officer) -> None:
    made, said = declared()
    officer.one(made)
    url = begin(officer, made, said).json()["upload_url"]
    answer = patch(officer, url, b"x" * len(CONTENT))
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (460, "0")
    manifest = officer.get(f"/records/{made['record_id']}/attachments").json()
    assert manifest["attachments"][0]["state"] == "corrupt"
    assert patch(officer, url, CONTENT).status_code == 204
    assert completeness(officer, made) == "complete"


def test_the_same_bytes_are_stored_at_once_for_the_same_unit_only(portal: Served, officer: Officer) -> None:
    made, said = declared()
    officer.one(made)
    patch(officer, begin(officer, made, said).json()["upload_url"], CONTENT)
    other = create()
    officer.one(other)
    twin = declare(officer, new_id(), other["record_id"], CONTENT)
    assert (twin.status_code, twin.json()["state"]) == (200, "stored")
    stranger = portal.officer("khac")
    foreign = create(document(group=None))
    stranger.one(foreign, unit_id="cd-song-cau")
    assert declare(stranger, new_id(), foreign["record_id"], CONTENT).status_code == 201


def test_an_upload_can_be_dropped_and_expires(portal: Served, officer: Officer) -> None:
    made, said = declared()
    officer.one(made)
    url = begin(officer, made, said).json()["upload_url"]
    patch(officer, url, CONTENT[:10])
    assert officer.http.delete(url).status_code == 204
    assert officer.http.head(url).status_code == 404
    url = begin(officer, made, said).json()["upload_url"]
    patch(officer, url, CONTENT[:10])
    portal.skew_s = 8 * 86400
    officer = portal.officer()
    assert officer.http.head(url).status_code == 410
    assert begin(officer, made, said).json()["upload_url"] != url


def test_files_that_never_come_are_let_go_with_a_message(portal: Served, officer: Officer) -> None:
    made, _ = declared()
    officer.one(made)
    portal.skew_s = 31 * 86400
    with portal.database.write() as session:
        assert Uploads(session, portal.settings).purge() == 1
    officer = portal.officer()
    messages = [change for change in officer.pull(streams="message")[0] if change["op"] == "upsert"]
    assert messages[0]["data"]["record_id"] == made["record_id"]
    assert completeness(officer, made) == "stale"


def test_a_secret_record_takes_no_files(officer: Officer) -> None:
    secret = document(
        **dict.fromkeys(document(), None),
    ) | {"title": "Giải pháp bí mật số một", "effect_summary": "Nhanh hơn.", "is_secret": True}
    secret["programme"] = "1-trieu-sang-kien"
    made = create(secret)
    assert officer.one(made)["outcome"] == "applied"
    assert declare(officer, new_id(), made["record_id"], b"x").status_code == 422
    _, said = declared()
    refused = officer.one(create(secret | {"title": "Giải pháp bí mật số hai"}, attachments=[said]))
    assert refused["problem"]["errors"][0]["code"] == "E002"


def test_a_receipt_verifies_offline_and_at_the_portal(portal: Served, officer: Officer) -> None:
    made = batch(create(), create(document(title="ngắn")))
    answer = officer.post(made).json()
    key = officer.get("/meta").json()["keys"][0]
    head, payload, signature = answer["receipt"].split(".")

    def plain(text: str) -> bytes:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    VerifyKey(plain(key["x"])).verify(f"{head}.{payload}".encode(), plain(signature))
    said = json.loads(plain(payload))
    assert said["batch_sha256"] == answer["batch_sha256"]
    assert [entry[:2] for entry in said["items"]] == [[i["op_id"], i["outcome"]] for i in answer["items"]]
    verify = f"{portal.url}/receipts/verify"
    assert requests.post(verify, json={"receipt": answer["receipt"]}, timeout=10).json()["payload"] == said
    forged = f"{head}.{payload}.{signature[:-4]}AAAA"
    assert requests.post(verify, json={"receipt": forged}, timeout=10).json() == {
        "valid": False,
        "payload": None,
    }
    second = officer.post(batch(create())).json()["receipt"]
    chained = json.loads(plain(second.split(".")[1]))["prev"]
    assert chained == hashlib.sha256(answer["receipt"].encode()).hexdigest()


def test_a_commitment_keeps_its_first_time(portal: Served, officer: Officer) -> None:
    wanted = {"sha256": "ab" * 32, "count": 412, "unit_id": "cd-hong-ha"}
    first = officer.http.post(f"{portal.url}/commitments", json=wanted)
    portal.skew_s = 600
    again = officer.http.post(f"{portal.url}/commitments", json=wanted)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_sending_under_load_of_a_small_cap_halves_until_one(start: Start) -> None:
    portal = start(limits=Limits(requests_per_minute=0, device_interval_s=0, batch_max_bytes=1500))
    officer = portal.officer()
    items = [create() for _ in range(20)]
    assert officer.post(batch(*items)).status_code == 413
    assert officer.post(batch(items[0])).status_code == 200


@pytest.mark.parametrize("changes", [{"size": 26 * 1024 * 1024}, {"name": "../x"}, {"sha256": "x"}])
def test_a_declaration_out_of_bounds_is_refused(officer: Officer, changes: dict[str, object]) -> None:
    made = create()
    officer.one(made)
    said = {"record_id": made["record_id"], "sha256": "0" * 64, "size": 5, "name": "a", "media_type": "b"}
    answer = officer.http.put(
        f"{officer.url}/attachments/{new_id()}", json=said | {"role": "before"} | changes
    )
    assert answer.status_code in (400, 413)


def test_files_declared_by_an_update_are_awaited_too(officer: Officer) -> None:
    made = create()
    officer.one(made)
    _, said = declared()
    outcome = officer.one(update(made, 1, annual_benefit=5) | {"attachments": [said]})
    assert outcome["attachments_missing"] == [said["attachment_id"]]
    assert completeness(officer, made) == "incomplete"
