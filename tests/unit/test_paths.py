"""Folders of a station, and files that are replaced whole."""

import os
import stat
from pathlib import Path

import pytest

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home, migrations, replace_file, resource


def test_resources_lie_beside_the_package() -> None:
    assert resource("icons", "bulb.svg").parts[-3:] == ("resources", "icons", "bulb.svg")
    assert migrations().parts[-3:] == ("sangkien_desktop", "storage", "migrations")


def test_the_variable_chooses_the_home(tmp_path: Path) -> None:
    assert Home.default({"SANGKIEN_HOME": str(tmp_path)}) == Home(tmp_path)


def test_without_the_variable_the_home_is_the_users_own_folder() -> None:
    assert Home.default({}).folder.is_absolute()
    assert Home.default({"SANGKIEN_HOME": ""}) == Home.default({})


def test_a_relative_home_means_the_folder_of_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.default({"SANGKIEN_HOME": "trạm"}).folder == tmp_path / "trạm"


def test_no_two_files_of_a_station_share_a_name(tmp_path: Path) -> None:
    home = Home(tmp_path)
    properties = [name for name, value in vars(Home).items() if isinstance(value, property)]
    places = [getattr(home, name) for name in properties]
    assert len(set(places)) == len(places) > 8
    assert all(place.parent == tmp_path for place in places)


def test_a_new_home_is_its_owners_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "nhà máy" / "trạm")
    home.create()
    home.create()
    assert home.backups.is_dir()
    if os.name != "nt":
        assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700


def test_a_home_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    with pytest.raises(AppError) as refusal:
        Home(tmp_path / "tệp").create()
    assert refusal.value.code == "home_refused"
    assert refusal.value.hint


def test_replacing_a_file_leaves_only_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "khóa.json"
    replace_file(file, b"old")
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_replacement_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    folder = tmp_path / "đích"
    folder.mkdir()
    (folder / "x").write_bytes(b"x")
    with pytest.raises(OSError):
        replace_file(folder, b"a file cannot take the place of a folder")
    assert list(tmp_path.iterdir()) == [folder]
