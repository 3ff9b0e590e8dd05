"""A backup made by command is restored by command, also over a station that does not open any more."""

from pathlib import Path

import pytest

from tests.support.commands import CommandLine

TITLE = "Cải tiến đồ gá kẹp thân đèn khi bắt vít"


@pytest.fixture
def command(tmp_path: Path) -> CommandLine:
    run = CommandLine(tmp_path)
    assert run("init", "--no-keyring").status == 0
    assert run("add", f"title={TITLE}").status in (0, 1)
    return run


def test_backup_verify_and_restore(command: CommandLine, tmp_path: Path) -> None:
    made = command("backup", "--json").json
    assert made["facts"]["initiatives"] == 1
    stick = command("backup", "--to", str(tmp_path / "usb"), "--json").json
    assert Path(stick["file"]).parent == tmp_path / "usb"
    checked = command("verify", "--json")
    assert (checked.status, [one["error"] for one in checked.json["backups"]][:1]) == (0, [None])
    (tmp_path / "home" / "station.skdb").write_bytes(b"khong con gi" * 999)
    assert command("list", "--json").status == 3
    done = command("restore", stick["file"], "--json").json
    assert done["facts"]["initiatives"] == 1
    assert Path(done["kept_aside"]).is_dir()
    assert command("list", "--json").json["total"] == 1


def test_a_bad_backup_is_named_and_restores_nothing(command: CommandLine, tmp_path: Path) -> None:
    made = Path(command("backup", "--json").json["file"])
    made.write_bytes(made.read_bytes()[:-5000])
    checked = command("verify", str(made), "--json")
    assert checked.status == 1
    assert checked.json["backups"][0]["error"]["code"] == "not-a-backup"
    assert command("restore", str(made)).status == 3
    assert command("list", "--json").json["total"] == 1


def test_lost_keys_come_back_from_a_backup(command: CommandLine, tmp_path: Path) -> None:
    made = command("backup", "--json").json["file"]
    (tmp_path / "home" / "keyslots.json").unlink()
    assert "keyslots.json" in command("list").people
    assert command("restore", made, "--only-keys").status == 0
    assert command("list", "--json").json["total"] == 1


def test_a_command_that_wrote_leaves_a_backup_behind_once_in_a_while(
    command: CommandLine, tmp_path: Path
) -> None:
    kept = list((tmp_path / "home" / "backups").glob("*-close.skbackup"))
    assert len(kept) == 1
    command("add", f"title={TITLE} lần hai")
    assert list((tmp_path / "home" / "backups").glob("*-close.skbackup")) == kept
