"""Every route, every role, another unit's ids: nothing is told and nothing is done."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from sqlalchemy import text

from reference_portal.app import ROUTERS
from reference_portal.demo import GROUPS
from reference_portal.settings import Limits, PortalSettings
from tests.portal.world import PLANT, Officer, Served, batch, create, document, new_id, update, withdraw

TITLE = "Sáng kiến chỉ nhà máy Hồng Hà được thấy"


@dataclass(frozen=True)
class World:
    """A portal in which the plant has a batch, a record with a file half sent, and one stored."""

    portal: Served
    made: dict[str, Any]
    batch_id: str
    stored_id: str
    upload_url: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    url = f"sqlite:///{tmp_path_factory.mktemp('tenants') / 'portal.db'}"
    limits = Limits(requests_per_minute=0, device_interval_s=0)
    portal = Served(PortalSettings(database_url=url, demo=True, limits=limits))
    officer = portal.officer()
    made = create(document(title=TITLE))
    sent = batch(made)
    assert officer.post(sent).status_code == 200
    stored_id, open_id = new_id(), new_id()
    upload_url = declare(officer, stored_id, made["record_id"], b"xong").json()["upload_url"]
    assert patch(officer, upload_url, b"xong").status_code == 204
    upload_url = declare(officer, open_id, made["record_id"], b"dang gui").json()["upload_url"]
    yield World(portal, made, sent["batch_id"], stored_id, upload_url)
    portal.close()


def declare(officer: Officer, file_id: str, record_id: str, content: bytes) -> requests.Response:
    said = {
        "record_id": record_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "name": "anh.jpg",
        "media_type": "image/jpeg",
        "role": "before",
    }
    return officer.http.put(f"{officer.url}/attachments/{file_id}", json=said)


def patch(officer: Officer, url: str, content: bytes, offset: int = 0, **headers: str) -> requests.Response:
    sent = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
    return officer.http.patch(url, data=content, headers=sent | headers)


def state_of(portal: Served) -> tuple[int, ...]:
    tables = ("record", "op", "revision", "attachment", "chunk", "commitment", "batch")
    with portal.database.read() as session:
        return tuple(session.scalar(text(f"select count(*) from {name}")) or 0 for name in tables)


def foreign_calls(world: World, officer: Officer) -> dict[str, requests.Response]:
    """Every route of the contract, asked for the plant's things."""
    http, url, record_id = officer.http, officer.url, world.made["record_id"]
    mine = {"account_id": officer.account}
    plant = batch(create(), **mine)
    return {
        "sendBatch": officer.post(plant),
        "getBatch": officer.get(f"/batches/{world.batch_id}"),
        "getRecord": officer.get(f"/records/{record_id}"),
        "listAttachments": officer.get(f"/records/{record_id}/attachments"),
        "declareAttachment": declare(officer, new_id(), record_id, b"khac"),
        "getUploadOffset": http.head(world.upload_url),
        "sendPiece": patch(officer, world.upload_url, b"dang gui"),
        "dropUpload": http.delete(world.upload_url),
        "getAttachmentContent": officer.get(f"/attachments/{world.stored_id}/content"),
        "commit": http.post(f"{url}/commitments", json={"sha256": "0" * 64, "count": 1, "unit_id": PLANT}),
    }


def listings(world: World, officer: Officer) -> dict[str, requests.Response]:
    """Every route that lists what the caller may see."""
    return {
        "lookUpOps": officer.http.post(f"{officer.url}/ops/lookup", json={"op_ids": [world.made["op_id"]]}),
        "getChanges": officer.get("/changes"),
        "getSnapshot": officer.get("/snapshot/record"),
        "listRecords": officer.get("/records"),
        "listQuotas": officer.get("/quotas"),
        "getMe": officer.get("/me"),
    }


PUBLIC = {
    "getMeta",
    "beginDevice",
    "takeToken",
    "revokeToken",
    "verifyReceipt",
    "listRankings",
    "listCampaigns",
    "getCatalog",
    "getSchema",
    "getRules",
}


@pytest.mark.parametrize("account", ["khac", "duyet"])
def test_another_unit_can_neither_see_nor_touch(world: World, account: str) -> None:
    officer = world.portal.officer(account, "tram-9")
    before = state_of(world.portal)
    told = foreign_calls(world, officer)
    if account == "duyet":
        # The reviewer stands above the plant: may look, but not write.
        seen = {name for name, answer in told.items() if answer.ok}
        assert seen == {"getRecord", "listAttachments", "getAttachmentContent"}
    else:
        refused = {name: answer.status_code for name, answer in told.items()}
        assert set(refused.values()) <= {403, 404}, refused
    assert state_of(world.portal) == before
    if account == "khac":
        for name, answer in listings(world, officer).items():
            assert TITLE not in answer.text, name
            assert f"{PLANT}-to-01:" not in answer.text, name


def test_every_route_is_in_this_matrix_or_public(world: World) -> None:
    officer = world.portal.officer("khac")
    asked = set(foreign_calls(world, officer)) | set(listings(world, officer)) | PUBLIC
    routes = {route.operation_id for module in ROUTERS for route in module.router.routes}
    assert routes == asked


@pytest.mark.parametrize("token", ["", "Bearer x", "Basic eDp5"])
def test_nobody_gets_nothing(world: World, token: str) -> None:
    nobody = Officer(world.portal.url, "canbo")
    if token:
        nobody.http.headers["Authorization"] = token
    told = foreign_calls(world, nobody) | listings(world, nobody)
    assert {name: answer.status_code for name, answer in told.items() if answer.status_code != 401} == {}


def test_nobody_sends_under_another_name(world: World) -> None:
    officer = world.portal.officer("canbo2")
    before = state_of(world.portal)
    answer = officer.post(batch(create()))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden-unit")
    assert state_of(world.portal) == before


def test_a_carried_batch_is_filed_under_its_author(world: World) -> None:
    carrier = world.portal.officer("canbo2")
    made = batch(create())
    answer = carrier.post(made, **{"Sk-Relayed-By": "tram-2"})
    assert answer.status_code == 200
    author = world.portal.officer("canbo")
    assert author.post(made).content == answer.content
    record = author.get(f"/records/{made['items'][0]['record_id']}").json()
    assert record["updated_by"] == "canbo"


def test_officers_of_one_plant_share_its_records(world: World) -> None:
    colleague = world.portal.officer("canbo2")
    made = create()
    world.portal.officer("canbo").one(made)
    assert colleague.one(update(made, 1, annual_benefit=3))["outcome"] == "applied"
    assert colleague.one(withdraw(made, 2))["status"] == "withdrawn"


def test_a_group_of_another_plant_is_refused(world: World) -> None:
    officer = world.portal.officer("khac")
    outcome = officer.one(create(), unit_id="cd-song-cau")
    assert outcome["problem"]["errors"][0]["code"] == "E108"
    assert len(GROUPS) == 47
