"""The sync screen over a whole open station."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from sangkien_desktop.app import OpenStation
from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.storage import conflicts
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.sync.screen import SyncPage
from tests.support.records import an_initiative
from tests.support.stations import an_open_station


@pytest.fixture
def station(tmp_path: Path, context: UiContext) -> Iterator[OpenStation]:
    with an_open_station(tmp_path, context.clock) as opened:
        context.services = opened
        yield opened
        assert context.jobs.close()


@pytest.fixture
def page(station: OpenStation, context: UiContext, qtbot: QtBot) -> Iterator[Callable[[], SyncPage]]:
    """Opens the page and waits until it has loaded."""

    def open_page() -> SyncPage:
        made = SyncPage(context)
        qtbot.addWidget(made)
        made.resize(1186, 692)
        made.show()
        qtbot.waitUntil(lambda: not context.jobs.is_busy)
        return made

    yield open_page


def ready(station: OpenStation, **values: Any) -> Initiative:
    """A complete record that waits to be sent."""
    saved = station.initiatives.save(an_initiative(**values), opened_on=0).record
    station.initiatives.mark_ready([saved.id])
    return station.initiatives.get(saved.id)


def clash(
    station: OpenStation, record: Initiative, theirs: dict[str, Json], *, rule: str = "fields", **base: Json
) -> None:
    """Both sides changed the fields named by `theirs`; `base` is what both last agreed on."""
    mine = travelling(record)
    there = {**mine, **theirs}
    with station.desk.database.write() as session:
        found = conflicts.new(
            record.id, ({**mine, **base}, mine, there), theirs_rev=2, fields=sorted(theirs), rule=rule
        )
        conflicts.open_many(session, [found])


def again(station: OpenStation, record: Initiative, **values: Any) -> Initiative:
    """The record with other values."""
    return station.initiatives.save(replace(record, **values), opened_on=record.version).record
