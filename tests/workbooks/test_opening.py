"""Whatever a foreign file does, the program stays up, says what is wrong, and takes nothing of it."""

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sangkien_desktop.errors import Cancelled
from sangkien_desktop.workbooks import child
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.importing import read_file
from sangkien_desktop.workbooks.opening import child_command, files_in, open_workbook
from sangkien_desktop.workbooks.reader import Knowledge
from tests.workbooks.corpus.cases import PLAIN
from tests.workbooks.corpus.content import records
from tests.workbooks.corpus.files import Grid, write_text, write_xls, write_xlsx
from tests.workbooks.corpus.tables import Shape, table

SAMPLES = Path(__file__).parent / "samples"


def _code(path: Path) -> str:
    with pytest.raises(WorkbookProblem) as refused:
        open_workbook(path)
    assert refused.value.sentence
    assert refused.value.hint
    return refused.value.code


def _rezipped(
    source: Path, target: Path, change: dict[str, bytes], *, compress: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compress) as new:
        for entry in old.infolist():
            if entry.filename not in change:
                new.writestr(entry.filename, old.read(entry))
        for name, content in change.items():
            new.writestr(name, content)
    return target


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small sound workbook."""
    grid = Grid()
    table(grid, records(1, 8), Shape(PLAIN))
    write_xlsx(tmp_path / "plain.xlsx", [grid])
    return tmp_path / "plain.xlsx"


def test_missing_empty_and_foreign_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "paper.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    (tmp_path / "noise.xls").write_bytes(random.Random(1).randbytes(5000))
    assert _code(tmp_path / "nowhere.xlsx") == "not-found"
    assert _code(tmp_path) == "is-folder"
    assert _code(tmp_path / "empty.xlsx") == "empty"
    assert _code(tmp_path / "paper.xlsx") == "unknown-format"
    assert _code(tmp_path / "noise.xls") in ("unknown-format", "damaged")


def test_damaged_package_is_named(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.xlsx").write_bytes(plain.read_bytes()[: plain.stat().st_size // 2])
    assert _code(tmp_path / "cut.xlsx") == "damaged"
    half = _rezipped(plain, tmp_path / "half.xlsx", {"xl/workbook.xml": b"<workbook><sheets>"})
    assert _code(half) == "damaged"


def test_password_is_named(tmp_path: Path) -> None:
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1000)
    )
    (tmp_path / "locked.xlsx").write_bytes(head)
    assert _code(tmp_path / "locked.xlsx") == "password"


def test_entities_are_refused(plain: Path, tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><sst>&b;</sst>'
    assert _code(_rezipped(plain, tmp_path / "bomb.xlsx", {"xl/sharedStrings.xml": bomb})) == "suspicious"


def test_zip_bomb_and_climbing_names_are_refused(plain: Path, tmp_path: Path) -> None:
    bomb = _rezipped(plain, tmp_path / "bomb.xlsx", {"xl/media/a.bin": bytes(50 * 2**20)})
    assert _code(bomb) == "suspicious"
    climbing = _rezipped(plain, tmp_path / "climb.xlsx", {"../../evil.xml": b"<a/>"})
    assert _code(climbing) == "suspicious"
    many = _rezipped(plain, tmp_path / "many.xlsx", {f"xl/x{n}.xml": b"<a/>" for n in range(400)})
    assert _code(many) == "suspicious"


def test_far_stray_cell_costs_neither_memory_nor_the_rest_of_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "Tên sáng kiến", "Tác giả"
    book.active["A2"], book.active["B2"] = "Làm giá treo khuôn ép", "Lê Văn An"
    book.active["ZZ150000"] = "lạc"
    book.save(tmp_path / "stray.xlsx")
    sheet = open_workbook(tmp_path / "stray.xlsx").sheets[0]
    assert list(sheet.rows[1][:2]) == ["Làm giá treo khuôn ép", "Lê Văn An"]
    book.active["XFD1048576"] = "rất xa"
    book.save(tmp_path / "bomb.xlsx")
    try:
        assert open_workbook(tmp_path / "bomb.xlsx").sheets[0].rows[1][1] == "Lê Văn An"
    except WorkbookProblem as refused:
        assert refused.code == "too-large"


def test_merged_cells_beside_the_table_say_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên sáng kiến", "Tác giả"])
    book.active.append(["Làm giá treo khuôn ép", "Lê Văn An"])
    book.active.merge_cells("H1:K1")
    book.active.merge_cells("A40:C41")
    book.save(tmp_path / "beside.xlsx")
    assert open_workbook(tmp_path / "beside.xlsx").sheets[0].merges == ()
    assert read_file(tmp_path / "beside.xlsx", Knowledge()).row_count == 1


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "long.csv").open("w", encoding="utf-8") as file:
        file.writelines(f"{n};Tên sáng kiến {n};An\n" for n in range(200_002))
    assert _code(tmp_path / "long.csv") == "too-large"


def test_macros_are_never_run_and_said(plain: Path, tmp_path: Path) -> None:
    with_macro = _rezipped(plain, tmp_path / "macro.xlsm", {"xl/vbaProject.bin": b"not run"})
    assert any("macro" in warning for warning in open_workbook(with_macro).warnings)


def test_name_of_a_file_does_not_matter(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.xls").write_bytes(plain.read_bytes())
    (tmp_path / "wrong.csv").write_bytes(plain.read_bytes())
    assert open_workbook(tmp_path / "wrong.xls").sheets[0].rows == open_workbook(plain).sheets[0].rows
    assert open_workbook(tmp_path / "wrong.csv").sheets[0].rows == open_workbook(plain).sheets[0].rows


def test_values_keep_their_kind_and_place(tmp_path: Path) -> None:
    grid = Grid(rows=[[], [None, None, "chữ", 12, 1.5, date(2022, 5, 3), "0012"]])
    write_xlsx(tmp_path / "kinds.xlsx", [grid])
    write_xls(tmp_path / "kinds.xls", [grid])
    for name in ("kinds.xlsx", "kinds.xls"):
        rows = open_workbook(tmp_path / name).sheets[0].rows
        assert [value or None for value in rows[1]] == [None, None, "chữ", 12, 1.5, date(2022, 5, 3), "0012"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_text_in_any_encoding_and_separator_reads_alike(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    grid = Grid(
        rows=[
            ["Tên sáng kiến", "Giải pháp; biện pháp"],
            ["Sửa đường ống", "Một, hai\nba “bốn” | năm"],
            ["Ổn định", "x"],
        ]
    )
    write_text(tmp_path / "t.csv", grid, separator=separator, encoding=encoding)
    rows = [list(row) for row in open_workbook(tmp_path / "t.csv").sheets[0].rows]
    assert rows == grid.rows


def test_folder_gives_its_workbooks_without_lock_files(tmp_path: Path, plain: Path) -> None:
    (tmp_path / "~$plain.xlsx").write_bytes(b"lock")
    (tmp_path / "readme.md").write_text("no")
    assert files_in([tmp_path]) == [plain]


def test_cancelling_ends_the_child(plain: Path) -> None:
    class Stop:
        def report(self, done: int, total: int, text: str = "") -> None:
            pass

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_workbook(plain, Stop())


def test_built_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert child_command()[1:] == [child.FLAG]


def test_random_changes_of_files_never_escape(tmp_path: Path) -> None:
    """Bytes flipped and parts replaced: an answer or a sentence, every time."""
    chance = random.Random(7)
    sources = [path for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".xls", ".ods", ".csv")]
    for number in range(24):
        source = chance.choice(sources)
        content = bytearray(source.read_bytes())
        if chance.random() < 0.5 and zipfile.is_zipfile(source):
            content = bytearray(_with_broken_part(source, chance))
        else:
            for _ in range(chance.randint(1, 30)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / f"{number}{source.suffix}"
        path.write_bytes(content)
        try:
            open_workbook(path)
        except WorkbookProblem as refused:
            assert refused.code


def _with_broken_part(source: Path, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice(old.namelist())
        for entry in old.infolist():
            part = bytearray(old.read(entry))
            if entry.filename == victim and part:
                at = chance.randrange(len(part))
                part[at : at + chance.randint(0, 20)] = chance.choice([b"<", b'"', b"\xff", b"</x>", b""])
            new.writestr(entry.filename, bytes(part))
    return out.getvalue()
