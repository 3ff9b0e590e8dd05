"""Export: chosen columns in three formats, no formula, and data of persons only when asked for."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from sangkien_desktop.errors import AppError
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.exporting import ExportService, ExportWishes
from sangkien_desktop.storage import initiatives, people
from sangkien_desktop.storage.initiatives import Query
from tests.support.plants import Plant, a_plant

PHONE = "0987654321"


@pytest.fixture
def plant(own_desk: Desk) -> Plant:
    made = a_plant(own_desk, records=12)
    author = made.records[0].authors[0].person
    assert author is not None
    with own_desk.database.write() as session:
        people.put(session, replace(people.get(session, author), phone=PHONE))
        first = initiatives.get(session, made.records[0].id)
        initiatives.put(
            session, replace(first, title='=HYPERLINK("http://x")'), actor="canbo", source="typed"
        )
    return made


def test_chosen_columns_come_in_their_order(own_desk: Desk, plant: Plant, tmp_path: Path) -> None:
    wishes = ExportWishes(columns=("title", "local_code", "annual_benefit"))
    assert ExportService(own_desk).write(tmp_path / "a.csv", wishes) == 12
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Tên sáng kiến", "Mã"]
    assert rows[1][2].isdigit()
    assert len(rows) == 13


def test_a_title_that_looks_like_a_formula_stays_a_text(own_desk: Desk, plant: Plant, tmp_path: Path) -> None:
    service = ExportService(own_desk)
    service.write(tmp_path / "a.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=HYPER")] == ["s"]
    service.write(tmp_path / "a.csv")
    assert "\"'=HYPERLINK(" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_data_of_persons_leave_only_when_asked_for(
    own_desk: Desk, plant: Plant, tmp_path: Path, suffix: str
) -> None:
    def said(path: Path) -> str:
        if suffix == ".xlsx":
            sheet = openpyxl.load_workbook(path).active
            return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        return path.read_text(encoding="utf-8-sig")

    service = ExportService(own_desk)
    service.write(tmp_path / f"a{suffix}")
    assert PHONE not in said(tmp_path / f"a{suffix}")
    service.write(tmp_path / f"b{suffix}", ExportWishes(with_people=True))
    assert PHONE in said(tmp_path / f"b{suffix}")
    with own_desk.database.read() as session:
        details = session.scalars(
            text("SELECT detail FROM audit_log WHERE entity = 'initiatives' ORDER BY seq")
        ).all()
    assert [json.loads(one)["personal_data"] for one in details] == [False, True]


def test_every_line_is_one_record_of_the_query(own_desk: Desk, plant: Plant, tmp_path: Path) -> None:
    query = Query(sort="local_code", descending=False, group=plant.records[3].group)
    ExportService(own_desk).write(tmp_path / "a.jsonl", ExportWishes(query=query))
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = [one.local_code for one in plant.records if one.group == plant.records[3].group]
    assert [line["local_code"] for line in lines] == expected
    assert all(isinstance(line["authors"], list) for line in lines)


def test_an_unknown_column_or_format_is_told_with_what_there_is(own_desk: Desk, tmp_path: Path) -> None:
    service = ExportService(own_desk)
    with pytest.raises(AppError, match="colour"):
        service.write(tmp_path / "a.csv", ExportWishes(columns=("colour",)))
    with pytest.raises(AppError, match="kiểu tệp"):
        service.write(tmp_path / "a.txt")
