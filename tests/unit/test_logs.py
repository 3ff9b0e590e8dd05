"""The log: one format, and a second net under personal data."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sangkien_desktop import logs
from sangkien_desktop.errors import AppError

_log = logging.getLogger("sangkien_desktop.sync.push")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    logs.start(tmp_path / "logs")
    yield tmp_path / "logs"
    logs.stop()
    logging.getLogger().setLevel(level)


def written(folder: Path) -> str:
    return (folder / logs.FILE_NAME).read_text(encoding="utf-8")


def test_a_line_says_when_how_bad_where_and_what(folder: Path) -> None:
    _log.info("batch %s sent, %d operations", "0199a3b2-7c1d", 50)
    line = written(folder)
    assert line[10] == "T"
    assert line.endswith("Z INFO sync.push [MainThread] batch 0199a3b2-7c1d sent, 50 operations\n")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("person Phùng Thị Ngà refused", "person [text] refused"),
        ("person Phu\u0300ng Thi\u0323 Nga\u0300 refused", "person [text] refused"),
        ("title Cải tiến đồ gá", "title [text]"),
        ("phone 0912345678", "phone [number]"),
        ("phone +84 912 345 678", "phone [number]"),
        ("citizen 001085012345", "citizen [number]"),
        ("mail canbo@cong-doan.example", "mail [email]"),
        ("Authorization: Bearer abcDEF123-_.xyz", "Authorization: Bearer [secret]"),
        ("token=abcdefgh12345", "token=[secret]"),
        ("http://an:matkhau@10.0.0.1:8080", "http://[secret]@10.0.0.1:8080"),
        (r"C:\Users\Huong Vu\SangKien\x.toml", r"C:\Users\[user]\SangKien\x.toml"),
        ("/home/huong/x.toml", "/home/[user]/x.toml"),
        (
            "record 0199a3b2-0000-7000-8000-123456789012 kept",
            "record 0199a3b2-0000-7000-8000-123456789012 kept",
        ),
        ("closing at 2026-05-31 23:55, 1633 rows", "closing at 2026-05-31 23:55, 1633 rows"),
    ],
)
def test_what_looks_personal_or_secret_is_washed_out(said: str, kept: str) -> None:
    assert logs.washed(said) == kept


@pytest.mark.parametrize(
    "text", ["A " * 20_000 + "ê", "x" * 200_000, "1" * 50_000 + "a", "//a:" * 20_000, "a@" * 20_000]
)
def test_a_hostile_text_is_washed_in_time(text: str) -> None:
    started = time.perf_counter()
    logs.washed(text)
    assert time.perf_counter() - started < 2


def test_a_line_has_an_end(folder: Path) -> None:
    _log.info("%s", "x" * 100_000)
    assert len(written(folder)) < logs.LINE_CHARACTERS + 100


def test_an_exception_is_told_by_type_and_place_never_by_value(folder: Path) -> None:
    try:
        try:
            {}["Vũ Thị Mai"]
        except KeyError as error:
            raise AppError("Không thấy Vu Thi Mai.", code="not_found") from error
    except AppError:
        _log.exception("job failed")
    told = written(folder)
    assert "AppError(not_found)" in told
    assert "KeyError" in told
    assert "unit/test_logs.py:" in told
    assert "Thi" not in told


def test_the_message_of_a_programming_error_is_kept(folder: Path) -> None:
    try:
        None.title()  # type: ignore[attr-defined]
    except AttributeError:
        _log.exception("bug")
    assert "'NoneType' object has no attribute 'title'" in written(folder)


def test_an_error_of_the_system_is_told_by_its_number() -> None:
    assert logs.described(PermissionError(13, "denied", "/home/huong/x")) == "PermissionError(errno 13)"


def test_old_lines_rotate_out(folder: Path) -> None:
    for _ in range(logs.FILES_KEPT * 300):
        _log.info("%s", "x" * logs.LINE_CHARACTERS)
    kept = logs.files(folder)
    assert len(kept) == logs.FILES_KEPT
    assert kept[0].name == logs.FILE_NAME
    assert sum(file.stat().st_size for file in folder.iterdir()) <= logs.FILE_BYTES * logs.FILES_KEPT


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file stands in the way", encoding="ascii")
    logs.start(tmp_path / "logs")
    assert logs.files(tmp_path / "logs") == ()
    _log.info("nobody hears this")


def test_starting_twice_writes_every_line_once(folder: Path) -> None:
    logs.start(folder)
    _log.info("once")
    assert written(folder).count("once") == 1
