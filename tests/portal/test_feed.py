"""Changes in order of commit, cursors, snapshots, digests, tombstones."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text

from reference_portal import feed, reviewing
from reference_portal.database import portal_row
from reference_portal.feed import mark
from tests.portal.world import Officer, Served, create, document, update, withdraw


def test_a_page_at_a_time_gives_each_thing_once_in_its_last_state(officer: Officer) -> None:
    made = [create() for _ in range(12)]
    officer.send(*made)
    officer.one(update(made[3], 1, annual_benefit=1))
    changes, last = officer.pull(limit=5, streams="record,status")
    records = [change for change in changes if change["stream"] == "record"]
    assert {change["id"] for change in records} == {op["record_id"] for op in made}
    assert len(records) == 12
    assert records[-1]["id"] == made[3]["record_id"]
    assert records[-1]["data"]["annual_benefit"] == 1
    assert officer.pull(last["cursor"], streams="record,status")[0] == []


def test_the_digest_is_of_all_that_is_visible(officer: Officer) -> None:
    officer.send(*(create() for _ in range(3)))
    changes, last = officer.pull()
    for stream, told in last["digest"].items():
        mine = [change for change in changes if change["stream"] == stream]
        mixed = 0
        for change in mine:
            mixed ^= mark(change["id"], change["rev"])
        assert told == {"count": len(mine), "xor64": f"{mixed:016x}"}
    said = hashlib.sha256(b"a:1").digest()[:8]
    assert mark("a", 1) == int.from_bytes(said, "big")


def test_no_position_is_shown_while_an_earlier_writer_is_open(portal: Served, officer: Officer) -> None:
    """P2: whoever pulls beside many writers and goes on from every cursor misses nothing."""
    made = [create() for _ in range(60)]
    done = Event()

    def follow() -> set[str]:
        seen: set[str] = set()
        cursor = ""
        while True:
            is_last = done.is_set()
            changes, page = officer.pull(cursor, limit=7, streams="record")
            seen |= {change["id"] for change in changes}
            cursor = page["cursor"]
            if is_last:
                return seen

    with ThreadPoolExecutor(9) as pool:
        following = pool.submit(follow)
        writers = [portal.officer(station=f"tram-{n}") for n in range(4)]
        sent = [pool.submit(writers[n % 4].one, op) for n, op in enumerate(made)]
        assert {future.result()["outcome"] for future in sent} == {"applied"}
        done.set()
        assert following.result() == {op["record_id"] for op in made}


def test_a_cursor_of_another_account_or_other_streams_or_rubbish_has_expired(
    portal: Served, officer: Officer
) -> None:
    cursor = officer.pull(streams="record")[1]["cursor"]
    stranger = portal.officer("khac")
    asked = [
        stranger.get("/changes", cursor=cursor, streams="record"),
        officer.get("/changes", cursor=cursor, streams="status"),
        officer.get("/changes", cursor="rubbish", streams="record"),
        officer.get("/changes", cursor=cursor[:-3] + "AAA", streams="record"),
    ]
    assert {answer.status_code for answer in asked} == {410}
    assert {answer.json()["code"] for answer in asked} == {"cursor-expired"}


def test_a_new_epoch_and_thrown_away_tombstones_expire_old_cursors(portal: Served, officer: Officer) -> None:
    made = create()
    first = officer.pull(streams="record")[1]["cursor"]
    officer.one(made)
    with portal.database.write() as session:
        assert reviewing.erase(session, made["record_id"], "erasure_request", portal.settings)
    change = officer.pull(first, streams="record")[0][0]
    assert (change["op"], change["reason"], change["data"]) == ("delete", "erasure_request", None)
    assert officer.get(f"/records/{made['record_id']}").status_code == 404
    portal.skew_s = 401 * 86400
    officer = portal.officer()
    with portal.database.write() as session:
        assert reviewing.tidy(session, portal.settings) == 2
    assert officer.get("/changes", cursor=first, streams="record").status_code == 410
    fresh = officer.pull(streams="record")[1]["cursor"]
    before = officer.get("/meta").json()["epoch"]
    with portal.database.write() as session:
        reviewing.new_epoch(portal_row(session))
    assert officer.get("/meta").json()["epoch"] != before
    assert officer.get("/changes", cursor=fresh, streams="record").status_code == 410


def test_an_erased_record_keeps_no_word_of_itself(portal: Served, officer: Officer) -> None:
    made = create(document(solution="Chữ không được còn lại"))
    officer.one(made)
    officer.one(update(made, 1, scope="Cả nhà máy"))
    assert officer.one(update(made, 1, scope="Một chuyền"))["outcome"] == "conflict"
    with portal.database.write() as session:
        reviewing.erase(session, made["record_id"], "erasure_request", portal.settings)
    with portal.database.read() as session:
        tables = ("record", "revision", "feed", "op", "batch")
        kept = [str(row) for name in tables for row in session.execute(text(f"select * from {name}"))]
    assert not [row for row in kept if "Chữ không được" in row]
    assert officer.one(update(made, 1, annual_benefit=1))["problem"]["code"] == "record-unknown"
    assert officer.one(made)["replay"] is True
    changes, page = officer.pull(streams="record,status")
    assert all(change["op"] == "delete" for change in changes)
    assert page["digest"]["record"]["count"] == 0


def test_a_unit_whose_code_differs_by_case_or_a_wildcard_sees_nothing(
    portal: Served, officer: Officer
) -> None:
    officer.one(create())
    with portal.database.read() as session:
        for path in ("TLD/", "tld/LD-01/", "tld/%", "tld/ld_01/", "tld/ld-0"):
            rows = feed.page(session, path, ["record"], 0, 10)
            assert len(rows) == (path == "tld/ld-0"), path


def test_a_snapshot_pages_by_id_and_leads_on_to_the_changes(officer: Officer) -> None:
    made = [create() for _ in range(7)]
    officer.send(*made)
    seen, after, as_of = [], "", ""
    while True:
        page = officer.get("/snapshot/record", after=after, as_of=as_of, limit=3).json()
        seen += [item["id"] for item in page["items"]]
        after, as_of = page["after"], page["as_of"]
        if not page["has_more"]:
            break
        if len(seen) == 3:
            officer.one(update(made[0], 1, annual_benefit=4))
    assert seen == sorted(op["record_id"] for op in made)
    since = officer.pull(page["cursor"], streams="record")[0]
    assert [change["id"] for change in since] == [made[0]["record_id"]]
    assert officer.get("/snapshot/nothing").status_code == 404


def test_the_reviewer_gives_the_same_verdicts_for_the_same_seed(portal: Served, officer: Officer) -> None:
    made = [create(document(title=f"Sáng kiến thứ {n} của tổ")) for n in range(80)]
    officer.send(*made)
    cursor = officer.pull()[1]["cursor"]
    done = portal.review(seed=5)
    assert done["valid"] + done["returned"] == 80
    assert done["returned"] >= 1
    assert done["edited"] >= 1
    assert done["voted"] >= 1
    changes = officer.pull(cursor)[0]
    statuses = [change["data"] for change in changes if change["stream"] == "status"]
    returned = [data for data in statuses if data["status"] == "returned"]
    assert len(returned) == done["returned"]
    assert all(data["reason_code"] and data["note"]["vi"] for data in returned)
    plant = [c["data"] for c in changes if c["id"] == "1-trieu-sang-kien:whole:cd-hong-ha:assigned"]
    assert (plant[0]["sent"], plant[0]["approved"], plant[0]["target"]) == (80, done["valid"], 400)
    assert any(change["stream"] == "ranking" for change in changes)
    assert portal.review(seed=5) == {"valid": 0, "returned": 0, "edited": 0, "voted": 0}


def test_a_returned_record_that_is_mended_waits_again(portal: Served, officer: Officer) -> None:
    made = [create(document(title=f"Sáng kiến thứ {n} của tổ")) for n in range(80)]
    officer.send(*made)
    portal.review(seed=5)
    statuses = {c["id"]: c for c in officer.pull(streams="status")[0]}
    back = next(op for op in made if statuses[op["record_id"]]["data"]["status"] == "returned")
    record = officer.get(f"/records/{back['record_id']}").json()
    outcome = officer.one(update(back, record["rev"], situation_before="Ghi rõ hơn."))
    assert (outcome["outcome"], outcome["status"]) in [("applied", "received"), ("merged", "received")]
    assert officer.one(withdraw(back, outcome["rev"]))["status"] == "withdrawn"


@pytest.mark.parametrize("stream", ["record", "status", "message", "quota", "ranking", "catalog"])
def test_every_stream_has_a_snapshot(officer: Officer, stream: str) -> None:
    page = officer.get(f"/snapshot/{stream}").json()
    assert page["stream"] == stream
    assert page["has_more"] is False
