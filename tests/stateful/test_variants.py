"""The world has teeth: it catches each simplification that the protocol warns of."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.stateful.machine import MODEST, explore
from tests.stateful.stations import Violation
from tests.stateful.variants import (
    GUARDED,
    VARIANTS,
    deferred_is_editable_unguarded,
    no_shadow,
    op_id_at_queue_time,
)
from tests.stateful.world import World
from tests.support.portal_server import PortalServer


@contextmanager
def a_world(portal: PortalServer, templates: list[Path]) -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="world-") as folder:
        world = World(portal, templates[:1], Path(folder))
        try:
            yield world
        finally:
            world.close()


def restored_after_sending(world: World) -> None:
    """Queued, backed up, sent; the backup comes back, the record is edited and sent again."""
    (station,) = world.stations
    world.write(station)
    world.backup(station)
    world.sync(station, [], "")
    world.restore(0)
    world.edit(station, 0, "title")
    world.sync(station, [], "")
    world.rest()
    world.check_at_rest()


def edited_while_deferred(world: World) -> None:
    """The answer to a deferral is lost behind the portal's back, then the record is edited and sent again."""
    (station,) = world.stations
    world.write(station)
    world.sync(station, ["late copy"], "/batches")
    world.edit(station, 0, "title")
    world.portal.defer_next = 1
    world.sync(station, ["late copy"], "/batches")
    station.weather.deliver_late()
    world.edit(station, 0, "title")
    station.clock.advance(timedelta(hours=1))
    world.sync(station, [], "")
    world.rest()
    world.check_at_rest()


def edited_there_while_unanswered(world: World) -> None:
    """The answer is lost, the portal's side edits, the next exchange pulls before it settles."""
    (station,) = world.stations
    world.write(station)
    world.sync(station, ["lose answer"], "/batches")
    world.portal_edit(0, "solution")
    world.sync(station, [], "")
    world.rest()
    world.check_at_rest()


STORIES = {
    "op_id at queue time": (op_id_at_queue_time, restored_after_sending),
    "deferred is editable, triggers dropped": (deferred_is_editable_unguarded, edited_while_deferred),
    "no shadow": (no_shadow, edited_there_while_unanswered),
}


def test_every_variant_that_the_database_allows_has_a_story() -> None:
    assert STORIES.keys() | GUARDED == VARIANTS.keys()


@pytest.mark.parametrize("name", STORIES)
def test_the_protocol_as_it_is_passes_the_story(
    name: str, portal: PortalServer, templates: list[Path]
) -> None:
    with a_world(portal, templates) as world:
        STORIES[name][1](world)


@pytest.mark.parametrize("name", STORIES)
def test_the_simplification_is_caught(name: str, portal: PortalServer, templates: list[Path]) -> None:
    variant, story = STORIES[name]
    with variant(), a_world(portal, templates) as world, pytest.raises(Violation):
        story(world)


@pytest.mark.slow
@pytest.mark.parametrize("name", VARIANTS)
def test_random_worlds_catch_the_simplification(
    name: str, portal: PortalServer, templates: list[Path]
) -> None:
    with VARIANTS[name]():
        journal = explore(portal, templates, MODEST)
    if name in GUARDED:
        assert isinstance(journal.finding, IntegrityError)
        assert "a sealed operation never opens again" in str(journal.finding)
    else:
        assert isinstance(journal.finding, Violation)
