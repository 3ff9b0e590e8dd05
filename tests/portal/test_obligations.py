"""S1 to S9 of the contract, on both databases."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from reference_portal import vetting
from reference_portal.tables import BatchRow, OpRow, RecordRow, RevisionRow
from tests.portal.world import (
    PLANT,
    Officer,
    Served,
    batch,
    body_of,
    create,
    data_hash,
    document,
    new_id,
    update,
    withdraw,
)


def count(portal: Served, table: type) -> int:
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_s1_the_database_itself_refuses_a_second_op_and_a_second_record(
    portal: Served, officer: Officer
) -> None:
    officer.one(create())
    for table in (OpRow, RecordRow):
        with portal.database.read() as session:
            row = session.scalars(select(table)).one()
            values = {column.name: getattr(row, column.name) for column in table.__table__.columns}
        with pytest.raises(IntegrityError), portal.database.write() as session:
            session.execute(insert(table).values(values))


def test_s2_an_outcome_outlives_the_details_of_its_batch(portal: Served, officer: Officer) -> None:
    made = create()
    first = officer.one(made)
    with portal.database.write() as session:
        session.scalars(select(BatchRow)).one().answer = None
    again = officer.one(made)
    assert again == first | {"replay": True}


def test_s3_an_op_id_with_other_content_is_refused(portal: Served, officer: Officer) -> None:
    made = create()
    officer.one(made)
    other = document()
    outcome = officer.one(made | {"data": other, "data_hash": data_hash(other)})
    assert outcome["outcome"] == "rejected"
    assert outcome["problem"]["code"] == "op-id-reuse"
    assert count(portal, RecordRow) == 1


def test_s4_a_second_create_of_a_record_is_the_same_act_or_a_conflict(officer: Officer) -> None:
    made = create()
    officer.one(made)
    same = officer.one(made | {"op_id": new_id()})
    assert (same["outcome"], same["replay"], same["rev"]) == ("applied", True, 1)
    other = made["data"] | {"annual_benefit": 5}
    clash = officer.one(made | {"op_id": new_id(), "data": other, "data_hash": data_hash(other)})
    assert clash["outcome"] == "conflict"
    assert clash["conflict_fields"] == ["annual_benefit"]
    assert clash["current"]["data"] == made["data"]


def test_s5_a_bug_on_one_item_defers_that_item_only(
    portal: Served, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = vetting.Vetting.refusal

    def broken(self: vetting.Vetting, item: vetting.ItemIn) -> object:
        if "hỏng" in str(item.data):
            raise ZeroDivisionError
        return sound(self, item)

    monkeypatch.setattr(vetting.Vetting, "refusal", broken)
    poison = create(document(title="Máy hỏng khi xét mục này"))
    outcomes = officer.send(create(), poison, create())
    assert [outcome["outcome"] for outcome in outcomes] == ["applied", "deferred", "applied"]
    assert outcomes[1]["retry"]["after_s"] > 0
    monkeypatch.undo()
    assert officer.one(poison)["outcome"] == "applied"
    assert count(portal, RecordRow) == 3


def test_s5_what_the_database_refuses_is_deferred_and_the_rest_is_kept(
    portal: Served, officer: Officer
) -> None:
    taken = officer.one(create())
    code = taken["portal_code"]
    with portal.database.write() as session:
        prefix, _, number = code.rpartition("-")
        row = session.scalars(select(RecordRow)).one()
        row.portal_code = f"{prefix}-{int(number) + 2}"
    outcomes = officer.send(create(), create(), create())
    assert sorted(outcome["outcome"] for outcome in outcomes) == ["applied", "applied", "deferred"]
    assert count(portal, OpRow) == 3


def test_s6_every_item_has_one_outcome_even_when_sent_twice_in_a_batch(officer: Officer) -> None:
    made, bad = create(), create(document(title="ngắn"))
    outcomes = officer.send(made, bad, made, withdraw(made, 1))
    assert [outcome["op_id"] for outcome in outcomes][:3] == [made["op_id"], bad["op_id"], made["op_id"]]
    assert [outcome["outcome"] for outcome in outcomes] == ["applied", "rejected", "applied", "applied"]
    assert outcomes[2]["replay"] is True


@pytest.mark.parametrize("cut", [1, 100, -1])
def test_s7_a_broken_body_applies_nothing(portal: Served, officer: Officer, cut: int) -> None:
    made = batch(create(), create())
    answer = officer.post(body_of(made)[:cut], key=made["batch_id"])
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert count(portal, RecordRow) == count(portal, OpRow) == count(portal, BatchRow) == 0
    assert officer.get(f"/batches/{made['batch_id']}").status_code == 404


def test_s7_one_malformed_item_refuses_the_whole_request(portal: Served, officer: Officer) -> None:
    answer = officer.post(batch(create(), create(op_id="không phải mã")))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/body/items/1/op_id"
    assert count(portal, RecordRow) == 0


@pytest.mark.parametrize("senders", [8, 32])
def test_s8_equal_posts_at_once_leave_one_effect_and_equal_answers(
    portal: Served, officer: Officer, senders: int
) -> None:
    made = batch(*(create() for _ in range(20)))
    with ThreadPoolExecutor(senders) as pool:
        answers = list(pool.map(lambda _: officer.post(made), range(senders)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert count(portal, RecordRow) == count(portal, OpRow) == count(portal, RevisionRow) == 20
    assert count(portal, BatchRow) == 1


def test_s8_the_same_ops_in_different_batches_at_once_have_one_effect(
    portal: Served, officer: Officer
) -> None:
    items = [create() for _ in range(10)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: officer.send(*items), range(8)))
    assert sum(not outcome["replay"] for outcomes in answers for outcome in outcomes) == 10
    told = {tuple((o["outcome"], o["rev"], o["portal_code"]) for o in outcomes) for outcomes in answers}
    assert len(told) == 1
    assert count(portal, RecordRow) == 10


def test_s9_validate_stores_nothing_and_says_what_commit_then_says(portal: Served, officer: Officer) -> None:
    items = [create(), create(document(first_applied_on="2019-01-01"))]
    trial = officer.send(*items, mode="validate")
    assert [outcome["outcome"] for outcome in trial] == ["would_applied", "would_rejected"]
    assert count(portal, RecordRow) == count(portal, OpRow) == count(portal, BatchRow) == 0
    lookup = officer.http.post(f"{officer.url}/ops/lookup", json={"op_ids": [i["op_id"] for i in items]})
    assert lookup.json()["known"] == []
    real = officer.send(*items)
    assert [outcome["outcome"] for outcome in real] == ["applied", "rejected"]
    assert real[1]["problem"] == trial[1]["problem"]


def test_the_same_bytes_again_get_the_same_answer_and_other_bytes_none(officer: Officer) -> None:
    made = batch(create())
    first, again = officer.post(made), officer.post(made)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert officer.get(f"/batches/{made['batch_id']}").json() == json.loads(first.content)
    other = officer.post(made | {"created_at": "2026-11-21T00:00:00Z"})
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


def test_disjoint_edits_merge_and_overlapping_ones_do_not(officer: Officer) -> None:
    made = create()
    officer.one(made)
    first = officer.one(update(made, 1, annual_benefit=7))
    assert (first["outcome"], first["rev"]) == ("applied", 2)
    second = officer.one(update(made, 1, effect_summary="Nhanh hơn hẳn."))
    assert (second["outcome"], second["rev"]) == ("merged", 3)
    assert second["merged_fields"] == ["annual_benefit"]
    assert second["data"] == made["data"] | {"annual_benefit": 7, "effect_summary": "Nhanh hơn hẳn."}
    third = officer.one(update(made, 1, annual_benefit=9, scope="Toàn nhà máy"))
    assert (third["outcome"], third["conflict_fields"]) == ("conflict", ["annual_benefit"])
    assert third["current"]["data"] == second["data"]


def test_the_same_value_from_both_sides_is_no_conflict(officer: Officer) -> None:
    made = create()
    officer.one(made)
    officer.one(update(made, 1, annual_benefit=7))
    assert officer.one(update(made, 1, annual_benefit=7))["outcome"] == "applied"


def test_a_field_taken_out_is_taken_out(officer: Officer) -> None:
    made = create()
    officer.one(made)
    officer.one(update(made, 1, annual_benefit=None))
    assert "annual_benefit" not in officer.get(f"/records/{made['record_id']}").json()["data"]


def test_withdrawing_what_was_edited_and_editing_what_was_withdrawn_conflict(officer: Officer) -> None:
    made = create()
    officer.one(made)
    officer.one(update(made, 1, annual_benefit=7))
    assert officer.one(withdraw(made, 1))["outcome"] == "conflict"
    assert officer.one(withdraw(made, 2))["status"] == "withdrawn"
    late = officer.one(update(made, 2, annual_benefit=8))
    assert (late["outcome"], late["current"]["status"]) == ("conflict", "withdrawn")
    restored = officer.one(
        {"op": "restore", "op_id": new_id(), "record_id": made["record_id"], "base_rev": 3}
    )
    assert (restored["outcome"], restored["status"]) == ("applied", "received")


def test_an_update_of_nothing_is_refused_and_a_portal_that_went_back_merges(officer: Officer) -> None:
    made = create()
    assert officer.one(update(made, 1, annual_benefit=7))["problem"]["code"] == "record-unknown"
    officer.one(made)
    ahead = officer.one(update(made, 5, annual_benefit=7))
    assert (ahead["outcome"], ahead["rev"]) == ("applied", 6)


def test_a_record_of_another_unit_cannot_be_touched_or_seen(portal: Served, officer: Officer) -> None:
    made = create()
    officer.one(made)
    stranger = portal.officer("khac", "tram-9")
    for op in (made | {"op_id": new_id()}, update(made, 1, annual_benefit=1), withdraw(made, 1)):
        outcome = stranger.one(op | {"op_id": new_id()}, unit_id="cd-song-cau")
        assert outcome["outcome"] == "rejected"
        assert not outcome.get("current")
    assert officer.get(f"/records/{made['record_id']}").json()["rev"] == 1
    assert stranger.one(made, unit_id="cd-song-cau")["problem"]["code"] == "op-id-reuse"
    assert PLANT not in json.dumps(stranger.pull()[0][0])
