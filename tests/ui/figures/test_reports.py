"""Báo cáo & hồ sơ: the preview follows, files and print are made of what is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sangkien_desktop.services.desk import Desk
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.reports.parameters import read_moment
from sangkien_desktop.ui.screens.reports.screen import ReportsPage

Open = Callable[..., Any]


@pytest.fixture
def page(plant: Desk, opened: Open, qtbot: Any) -> ReportsPage:
    made = opened(ReportsPage)
    qtbot.waitUntil(lambda: made._made is not None, timeout=20_000)
    return made  # type: ignore[no-any-return]


def wait_for(page: ReportsPage, name: str, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page._made is not None and page._made.name == name, timeout=20_000)


def test_the_weekly_report_is_there_at_once(page: ReportsPage) -> None:
    assert page._made is not None and page._made.name == "progress"
    assert len(page._made.pages) == 2


@pytest.mark.parametrize("name", ["ranking", "valuable", "letter", "certificate", "consents"])
def test_any_paper_can_be_looked_at(name: str, page: ReportsPage, qtbot: Any) -> None:
    page.open_with(Intent(topic=name))
    wait_for(page, name, qtbot)
    assert page._made is not None and len(page._made.pages) >= 1


def test_the_preview_waits_until_the_typing_is_over(page: ReportsPage, qtbot: Any) -> None:
    before = page._made
    page.parameters.changed.emit()
    page.parameters.changed.emit()
    assert page._timer.isActive()
    qtbot.waitUntil(lambda: page._made is not before, timeout=20_000)


def test_a_file_is_written_where_it_was_asked_for(
    page: ReportsPage, wired: Any, qtbot: Any, tmp_path: Path
) -> None:
    wired.dialogs.save_file = lambda *_args, **_more: tmp_path / "bao-cao"
    page.write_file(".xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "bao-cao.xlsx").exists() and not wired.jobs.is_busy, timeout=20_000)


def test_a_paper_is_written_as_word(page: ReportsPage, wired: Any, qtbot: Any, tmp_path: Path) -> None:
    page.open_with(Intent(topic="description", query="HH26-00012"))
    wait_for(page, "description", qtbot)
    wired.dialogs.save_file = lambda *_args, **_more: tmp_path / "mo-ta.docx"
    page.write_usual()
    qtbot.waitUntil(lambda: (tmp_path / "mo-ta.docx").exists() and not wired.jobs.is_busy, timeout=20_000)


def test_pages_are_turned_and_counted(page: ReportsPage, qtbot: Any) -> None:
    seen: list[tuple[int, int]] = []
    page.preview.moved.connect(lambda at, of, _zoom: seen.append((at, of)))
    page.preview.go(1)
    assert seen[-1] == (2, 2)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("21:42 28/05/2026", "2026-05-28T21:42"),
        ("28/5/2026", "2026-05-28T23:59"),
        ("9g05 1.6.2026", "2026-06-01T09:05"),
    ],
)
def test_a_moment_is_read_as_people_write_it(written: str, read: str) -> None:
    found = read_moment(written)
    assert found is not None and found.isoformat().startswith(read)


@pytest.mark.parametrize("written", ["", "hôm qua", "31/02/2026", "25:00 28/05/2026"])
def test_what_is_no_moment_is_none(written: str) -> None:
    assert read_moment(written) is None
