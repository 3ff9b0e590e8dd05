"""The command line keeps its promises: one JSON document, exit statuses, sentences on standard error."""

from pathlib import Path

import pytest

from sangkien_desktop.paths import resource
from tests.support.commands import CommandLine

MESSY = resource("sample", "kho-van-thang-4.xlsx")


@pytest.fixture
def command(tmp_path: Path) -> CommandLine:
    run = CommandLine(tmp_path)
    assert run("init", "--no-keyring", "--ground", "Căn cứ của phép thử").status == 0
    return run


def test_init_prints_the_recovery_code_once_and_never_over_a_station(tmp_path: Path) -> None:
    run = CommandLine(tmp_path)
    first = run("init", "--no-keyring", "--json")
    assert len(first.json["recovery_code"].replace("-", "")) >= 26
    again = run("init", "--no-keyring")
    assert (again.status, again.output) == (3, "")
    assert "đã có khóa" in again.people


def test_a_command_without_a_station_says_what_to_do(tmp_path: Path) -> None:
    said = CommandLine(tmp_path)("list", "--json")
    assert (said.status, said.output) == (3, "")
    assert "sangkien init" in said.people


def test_a_wrong_passphrase_opens_nothing(command: CommandLine) -> None:
    (command.folder / "passphrase").write_text("khong phai mat khau", encoding="utf-8")
    said = command("list", "--json")
    assert said.status == 3
    assert "Mật khẩu không đúng" in said.people


def test_a_dry_run_says_what_the_real_run_says_and_writes_nothing(command: CommandLine) -> None:
    dry = command("import", str(MESSY), "--dry-run", "--json")
    assert command("list", "--json").json["total"] == 0
    real = command("import", str(MESSY), "--json")
    assert dry.json == real.json
    assert (dry.status, real.status) == (1, 1)
    assert command("list", "--json").json["total"] == 33
    again = command("import", str(MESSY), "--json").json["files"][0]
    assert (again["created"], again["unchanged"]) == (0, 33)


def test_strict_refuses_rows_with_errors(command: CommandLine) -> None:
    entry = command("import", str(MESSY), "--strict", "--json").json["files"][0]
    assert (entry["created"], entry["rejected"]) == (29, 4)
    assert all(row["problems"] for row in entry["rows"] if row["outcome"] == "rejected")


def test_a_file_that_is_no_workbook_is_told_and_stores_nothing(command: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    said = command("import", str(broken), "--json")
    assert said.status == 3
    assert "error" in said.json["files"][0]
    assert command("list", "--json").json["total"] == 0


def test_wrong_usage_ends_with_two(command: CommandLine) -> None:
    assert command("list", "--status", "không có").status == 2
    assert command("ready").status == 2
    assert command("frobnicate").status == 2


def test_a_typed_record_keeps_what_cannot_be_read(command: CommandLine) -> None:
    said = command(
        "add", "title=Cải tiến đồ gá kẹp thân đèn", "annual_benefit=80tr/tháng", "author=Vũ Thị Mẫu", "--json"
    )
    assert said.json["unread"] == {"annual_benefit": "80tr/tháng"}
    problem = next(p for p in said.json["problems"] if p["field"] == "annual_benefit")
    assert problem["fix"] == "Đổi thành 960.000.000"
    mended = command("edit", said.json["local_code"], "annual_benefit=960.000.000", "--json").json
    assert (mended["annual_benefit"], mended["unread"]) == (960_000_000, {})
    found = command("list", "--query", "do ga kep", "--json").json
    assert [record["id"] for record in found["records"]] == [mended["id"]]


def test_check_names_every_problem_and_asks_for_attention(command: CommandLine) -> None:
    command("add", "title=SK 1")
    said = command("check", "--json")
    assert said.status == 1
    fields = {problem["field"] for problem in said.json["records"][0]["problems"]}
    assert {"title", "group", "authors", "effect_summary"} <= fields


def test_sync_without_a_sign_in_says_so(command: CommandLine) -> None:
    said = command("sync", "--json")
    assert (said.status, said.output) == (3, "")
    assert "đăng nhập" in said.people.lower()


def test_reports_papers_and_exports_are_files(command: CommandLine, tmp_path: Path) -> None:
    command("import", str(MESSY))
    code = command("list", "--limit", "1", "--json").json["records"][0]["local_code"]
    made = command("report", "progress", "--output", str(tmp_path / "r.xlsx"), "--json")
    assert (made.status, (tmp_path / "r.xlsx").read_bytes()[:2]) == (0, b"PK")
    paper = command("document", "application", "--which", code, "--output", str(tmp_path / "don.docx"))
    assert (paper.status, (tmp_path / "don.docx").read_bytes()[:2]) == (0, b"PK")
    exported = command("export", "--output", str(tmp_path / "e.csv"), "--json")
    assert exported.json["records"] == 33
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbf"), (
        "Excel needs the mark to read Vietnamese"
    )


def test_the_body_of_a_secret_never_stands_in_an_export(command: CommandLine, tmp_path: Path) -> None:
    command(
        "add",
        "title=Công thức keo dán kín thân đèn",
        "is_secret=có",
        "solution=CANARY-7f31",
        "note=CANARY-9a02",
    )
    command("export", "--output", str(tmp_path / "e.csv"))
    text = (tmp_path / "e.csv").read_text(encoding="utf-8")
    assert "Công thức keo dán" in text
    assert "CANARY" not in text
