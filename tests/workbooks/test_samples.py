"""Every workbook of the plant is read exactly as its sheet of answers says."""

import json
from pathlib import Path
from typing import Any

import pytest

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.domain.rules import Severity
from sangkien_desktop.paths import resource
from sangkien_desktop.workbooks.drafts import draft_of, judge, row_as_json, sheet_as_json
from sangkien_desktop.workbooks.importing import read_file
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.results import RowReading, SheetReading
from tests.workbooks.corpus.measure import CONTEXT

SAMPLES = Path(__file__).parent / "samples"
ANSWERS = sorted(SAMPLES.glob("*.expected.json"))


def _file(name: str) -> Path:
    return SAMPLES / name if (SAMPLES / name).exists() else resource("sample", name)


@pytest.fixture(scope="module", params=ANSWERS, ids=lambda path: path.name.split(".")[0])
def sample(request: pytest.FixtureRequest) -> tuple[dict[str, Any], SheetReading]:
    """The answers, and the one sheet that was read."""
    expected = json.loads(request.param.read_text(encoding="utf-8"))
    found = read_file(_file(expected["file"]), Knowledge(programme=MILLION))
    assert len(found.sheets) == 1
    return expected, found.sheets[0]


def _judged(row: RowReading, reading: SheetReading) -> dict[str, Any]:
    record = draft_of(row, Initiative(id="draft", programme=MILLION.code), lambda name: None)
    return row_as_json(row, judge(row, reading, record, CONTEXT))


def test_head_is_understood(sample: tuple[dict[str, Any], SheetReading]) -> None:
    expected, reading = sample
    head = sheet_as_json(reading)
    ambiguous = expected.get("ambiguous", {})
    assert {k: v for k, v in head["columns"].items() if k not in ambiguous} == expected["columns"]
    for column, readings in ambiguous.items():
        assert head["columns"].get(column) in readings
    for key in ("sheet", "header_row", "encoding_repair", "row_count"):
        assert head[key] == expected[key], key
    assert set(head["unmapped"]) - ambiguous.keys() == set(expected["unmapped"])
    assert [row.row for row in reading.rows] == [row["row"] for row in expected["rows"]]
    for key, value in expected.get("context", {}).items():
        assert head["context"][key] == value


def test_every_value_is_right(sample: tuple[dict[str, Any], SheetReading]) -> None:
    expected, reading = sample
    skipped = {field for fields in expected.get("ambiguous", {}).values() for field in fields}
    wrong = []
    for row, answer in zip(reading.rows, expected["rows"], strict=True):
        values, also = _judged(row, reading)["values"], answer.get("also_ok", {})
        for name in (values.keys() | answer["values"].keys()) - skipped:
            got, want = values.get(name), answer["values"].get(name)
            allowed = got in also.get(name, [])
            if name == "authors" and got and got[0]["employee_code"] in also.get("employee_code", []):
                allowed = True
            if got != want and not allowed:
                wrong.append((row.row, name, got, want))
    assert not wrong


def test_exactly_the_wrong_fields_are_flagged(sample: tuple[dict[str, Any], SheetReading]) -> None:
    expected, reading = sample
    wrong = []
    for row, answer in zip(reading.rows, expected["rows"], strict=True):
        problems = _judged(row, reading)["problems"]
        errors = {p["field"] for p in problems if p["severity"] == Severity.ERROR}
        if errors != set(answer["must_flag"]):
            wrong.append((row.row, errors, answer["must_flag"]))
    assert not wrong


def test_hidden_rows_are_counted_and_known(sample: tuple[dict[str, Any], SheetReading]) -> None:
    expected, reading = sample
    assert [row.hidden for row in reading.rows] == [bool(answer.get("hidden")) for answer in expected["rows"]]


def test_pictures_come_to_their_rows() -> None:
    found = read_file(SAMPLES / "kaizen-co-anh.xlsx", Knowledge())
    assert [len(row.pictures) for row in found.sheets[0].rows] == [2] * 14
