"""LibreOffice as the other hand: what it saves is read the same, what the program writes it shows the same."""

import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sangkien_desktop.domain.programmes import MILLION
from sangkien_desktop.workbooks.annotate import Annotation, annotate
from sangkien_desktop.workbooks.importing import FileReading, read_file
from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.template import write_template
from tests.workbooks.corpus.measure import all_cases

SOFFICE = shutil.which("soffice")
SAMPLES = Path(__file__).parent / "samples"
CASES = {case.name: case for case in all_cases()}
EVERY_SHEET_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def converted(path: Path, to: str, folder: Path) -> Path:
    """The file saved in another format by LibreOffice; for csv the folder of one file per sheet."""
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to,
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"{path.stem}.{to.partition(':')[0]}"


def _said(found: FileReading) -> list[object]:
    return [
        (r.row, dict(r.values), r.authors, r.group_name, sorted((p.field, p.code) for p in r.problems))
        for sheet in found.sheets
        for r in sheet.rows
    ]


@pytest.mark.slow
@pytest.mark.parametrize("to", ["ods", "xls", "xlsx"])
@pytest.mark.parametrize(
    "name", ["title-signed", "two-lines-merged", "sections", "hidden-parts", "author-rows-merged", "vntime", "wrapped-headings-thousands"]
)  # fmt: skip
def test_what_libreoffice_saves_is_read_the_same(name: str, to: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}{CASES[name].suffix}"
    CASES[name].write(path)
    (tmp_path / "out").mkdir()
    saved = converted(path, to, tmp_path / "out")
    assert _said(read_file(saved, Knowledge(programme=MILLION))) == _said(
        read_file(path, Knowledge(programme=MILLION))
    )


def _shown(value: object) -> tuple[str, ...]:
    """The texts that may stand for a value; days of a format that follows the machine come in its own order."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}", f"{value:%m/%d/%Y}"
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() else str(value),)
    return ("" if value is None else str(value),)


def _plain(text: str) -> str:
    """Digits without the groups that a number format puts between them."""
    bare = text.replace(".", "").replace(",", "").replace("\xa0", "")
    return bare if bare.isdecimal() else text


def _differences(path: Path, folder: Path) -> list[str]:
    converted(path, EVERY_SHEET_UTF8, folder)
    found: list[str] = []
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        with (folder / f"{path.stem}-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for line in sheet.iter_rows():
            for cell in line:
                row = rows[cell.row - 1] if cell.row <= len(rows) else []
                there = row[cell.column - 1] if cell.column <= len(row) else ""
                if _plain(there) not in map(_plain, _shown(cell.value)):
                    found.append(f"{sheet.title}!{cell.coordinate}: {cell.value!r} shown as {there!r}")
    return found


@pytest.mark.slow
def test_blank_form_opens_with_every_cell(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.xlsx", MILLION, ["Tổ Dập 1", "Tổ Sơn"], unit_name="CĐCS Đèn xe Sao Mai")
    (tmp_path / "out").mkdir()
    assert _differences(tmp_path / "mau.xlsx", tmp_path / "out") == []


@pytest.mark.slow
def test_file_handed_back_opens_with_every_cell(tmp_path: Path) -> None:
    path = SAMPLES / "kho-van-thang-4.xlsx"
    found = read_file(path, Knowledge())
    said = [Annotation(s, {r.row: r.problems for r in s.rows if r.problems}, {r.row: f"key-{r.row}" for r in s.rows}) for s in found.sheets]  # fmt: skip
    annotate(path, found, said, tmp_path / "back.xlsx")
    (tmp_path / "out").mkdir()
    assert _differences(tmp_path / "back.xlsx", tmp_path / "out") == []
