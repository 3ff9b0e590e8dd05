"""What a document may hold, and what the portal says when it holds something else."""

import json

import pytest

from reference_portal import rules
from reference_portal.documents import FIELDS, SECRET_FIELDS
from reference_portal.settings import DuplicatePolicy
from tests.portal.conftest import Start
from tests.portal.world import Officer, create, document

SECRET = {
    "title": "Giải pháp thuộc bí mật công nghệ",
    "effect_summary": "Giảm hẳn lỗi.",
    "is_secret": True,
    "programme": "1-trieu-sang-kien",
    "awards": [{"level": "Công đoàn cơ sở", "form": "Giấy khen"}],
    "local_code": "HH-2026-00001",
    "group": "cd-hong-ha-to-01",
}
TWO = [{"name": "Trần Văn Mẫu", "share": 60}, {"name": "Lê Thị Mẫu", "share": 30}]
BOTH_MAIN = [{"name": "A B", "share": 50, "is_main": True}, {"name": "C D", "share": 50, "is_main": True}]


@pytest.fixture
def officer(start: Start) -> Officer:
    return start().officer()


def codes(outcome: dict[str, object]) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in outcome["problem"]["errors"]]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"phone": "0900000000"}, "/data/phone", "E001"),
        ({"note": "không gửi"}, "/data/note", "E001"),
        ({"authors": [{"name": "A B", "citizen_id": "001"}]}, "/data/authors/0/citizen_id", "E001"),
        ({"title": 5}, "/data/title", "E004"),
        ({"annual_benefit": True}, "/data/annual_benefit", "E004"),
        ({"annual_benefit": 1.5}, "/data/annual_benefit", "E004"),
        ({"annual_benefit": -1}, "/data/annual_benefit", "E007"),
        ({"annual_benefit": 10**15 + 1}, "/data/annual_benefit", "E007"),
        ({"effect_groups": "5S"}, "/data/effect_groups", "E004"),
        ({"title": "x" * 251}, "/data/title", "E005"),
        ({"title": "ngắn"}, "/data/title", "E110"),
        ({"effect_summary": "  "}, "/data/effect_summary", "E111"),
        ({"solution": None}, "/data/solution", "E111"),
        ({"authors": None}, "/data/authors", "E111"),
        ({"authors": TWO}, "/data/authors", "E106"),
        ({"authors": BOTH_MAIN}, "/data/authors", "E107"),
        ({"first_applied_on": "2022-02-30"}, "/data/first_applied_on", "E008"),
        ({"first_applied_on": "31/05/2022"}, "/data/first_applied_on", "E008"),
        ({"first_applied_on": "2021-08-31"}, "/data/first_applied_on", "E101"),
        ({"first_applied_on": "2021-08"}, "/data/first_applied_on", "E101"),
        ({"first_applied_on": "2024"}, "/data/first_applied_on", "E101"),
        ({"is_ip_protected": True}, "/data/is_ip_protected", "E105"),
        ({"programme": "khong-co"}, "/data/programme", "E109"),
        (
            {"recognition_level": None, "recognition_decision": None, "recognised_on": None},
            "/data/recognition_level",
            "E104",
        ),
        ({"group": "cd-song-cau"}, "/data/group", "E108"),
    ],
)
def test_a_fault_is_named_at_its_place(
    officer: Officer, changes: dict[str, object], pointer: str, code: str
) -> None:
    outcome = officer.one(create(document(**changes)))
    assert outcome["outcome"] == "rejected"
    assert (pointer, code) in codes(outcome)
    assert outcome["problem"]["retry"]["class"] == "after_fix"
    assert code in {rule["code"] for rule in rules.pack(7)["rules"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"first_applied_on": "2021-09"},
        {"first_applied_on": "2023"},
        {"first_applied_on": "2023-09-01"},
        {"authors": [{"name": "Một Mình"}]},
        {"authors": [{"name": "A B", "share": 33.33}, {"name": "C D", "share": 66.67}]},
        {"is_monetary": False, "annual_benefit": None},
        {"category": "Lĩnh vực mà Cổng chưa biết"},
        {"group": "tổ chưa có mã"},
        {"awards": [{"level": "Công đoàn cơ sở", "form": "Tiền thưởng", "amount": 500_000, "date": "2022"}]},
    ],
)
def test_sound_documents_are_taken(officer: Officer, changes: dict[str, object]) -> None:
    assert officer.one(create(document(**changes)))["outcome"] == "applied"


def test_a_secret_shows_its_title_effect_and_awards_only(officer: Officer) -> None:
    assert officer.one(create(SECRET))["outcome"] == "applied"
    for name in sorted(set(FIELDS) - SECRET_FIELDS):
        value = document().get(name, "lộ")
        if name in ("is_ip_protected", "is_monetary"):
            value = False
        elif name in ("effect_groups",):
            value = ["lộ"]
        elif name.endswith("_on"):
            value = "2022-05-01"
        outcome = officer.one(create(SECRET | {name: value}))
        assert codes(outcome) == [(f"/data/{name}", "E002")], name


def test_a_data_hash_that_does_not_fit_is_refused(officer: Officer) -> None:
    outcome = officer.one(create() | {"data_hash": "sha256:" + "0" * 64})
    assert codes(outcome) == [("/data_hash", "E003")]


def test_too_old_a_schema_and_an_unknown_op_are_refused_as_items(officer: Officer) -> None:
    assert codes(officer.one(create(schema_version=4))) == [("/schema_version", "E009")]
    assert codes(officer.one(create(op="explode"))) == [("/op", "E010")]
    assert officer.one(create(schema_version=5))["outcome"] == "applied"


def test_an_operation_larger_than_allowed_is_refused_alone(officer: Officer) -> None:
    large = document(effect_groups=["x" * 250] * 50, solution="y" * 5000) | {"conditions": "z" * 140_000}
    small, big = officer.send(create(), create(large))
    assert (small["outcome"], big["problem"]["code"]) == ("applied", "too-large")


def test_a_likeness_warns_or_is_refused_as_the_portal_was_started(start: Start) -> None:
    data = document(title="Khay chống xước cho viền mạ")
    again = data | {"title": "KHAY CHỐNG XƯỚC CHO VIỀN MẠ."}
    warned = start().officer().send(create(data), create(again))[1]
    assert warned["outcome"] == "applied"
    assert warned["warnings"][0]["code"] == "W020"
    officer = start(duplicates=DuplicatePolicy.REFUSE).officer()
    first, refused = officer.send(create(data), create(again))
    assert refused["outcome"] == "duplicate_of"
    assert refused["other_portal_code"] == first["portal_code"]
    allowed = {"dup_checked": True, "override_of": [first["portal_code"]], "reason": "khác dây chuyền"}
    assert officer.one(create(again, screening=allowed))["outcome"] == "applied"


def test_the_schema_tells_the_fields_that_are_taken(officer: Officer) -> None:
    schema = officer.get("/schemas/initiative/7").json()
    assert set(schema["properties"]) == set(FIELDS)
    assert officer.get("/schemas/initiative/4").status_code == 404
    answer = officer.get("/rules/7")
    signed = answer.headers["Sk-Signature"].split(".")[1]
    assert signed
    assert json.loads(answer.content)["version"] == 7
