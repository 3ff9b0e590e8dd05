"""The world as a Hypothesis state machine."""

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.stateful.stations import MISHAPS
from tests.stateful.world import FIELDS, World
from tests.support.portal_server import PortalServer

ONLY = st.sampled_from(["/batches", "/batches", "/batches", "/changes", "/api/"])
WEATHER = st.lists(st.sampled_from(sorted(MISHAPS)), max_size=3)
PICK = st.sampled_from([0, 0, 0, 1, 1, 2])
WAIT_S = st.sampled_from([40, 40, 90, 3600])
FIELD = st.sampled_from(FIELDS)
STATION = st.integers(0, 3)


class TimeIsUp(BaseException):
    """No further world is begun."""


@dataclass
class Journal:
    """What a series of worlds came to."""

    ends: float
    """When the last world may begin, on the monotonic clock."""
    worlds: int = 0
    finding: BaseException | None = None
    """The first thing that went wrong, …"""
    found_in: int = 0
    """… and the number of its world."""

    def begin(self) -> None:
        """A world begins."""
        if time.monotonic() > self.ends:
            raise TimeIsUp
        self.worlds += 1

    def note(self, finding: BaseException | None) -> None:
        """A world ends like this."""
        if self.finding is None and isinstance(finding, Exception):
            self.finding, self.found_in = finding, self.worlds


@dataclass(frozen=True)
class Series:
    """How many worlds, how long, from which seed."""

    runs: int
    steps: int
    seed: int
    seconds: float = 1e9
    shrinks: bool = False
    """Shrinking may take five minutes, so only a person asks for it."""


MODEST = Series(runs=16, steps=15, seed=7, seconds=120)
"""The suite's worlds: the protocol as it is passes them, every simplification fails in one of them."""


def explore(portal: PortalServer, templates: list[Path], series: Series) -> Journal:
    """Live through worlds until one goes wrong, all are lived through, or time is up."""
    journal = Journal(time.monotonic() + series.seconds)
    how = settings(
        max_examples=series.runs,
        stateful_step_count=series.steps,
        phases=(Phase.generate, Phase.shrink) if series.shrinks else (Phase.generate,),
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seed(series.seed)(machine(portal, templates, journal)), settings=how)
    except TimeIsUp:
        pass
    except Exception as error:  # whatever went wrong is the finding, with the steps that Hypothesis adds
        if journal.finding is None:
            raise
        for note in getattr(error, "__notes__", ()):
            journal.finding.add_note(note)
    return journal


def machine(portal: PortalServer, templates: list[Path], journal: Journal) -> type[RuleBasedStateMachine]:
    """The class for one portal; made inside a test, so that fixtures reach it."""

    class Stations(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            journal.begin()
            self._folder = Path(tempfile.mkdtemp(prefix="world-"))
            self.world = World(portal, templates, self._folder)

        def _station(self, number: int):  # type: ignore[no-untyped-def]
            return self.world.stations[number % len(self.world.stations)]

        @rule(station=STATION)
        def write(self, station: int) -> None:
            self.world.write(self._station(station))

        @rule(station=STATION, pick=PICK, field=FIELD)
        def edit(self, station: int, pick: int, field: str) -> None:
            self.world.edit(self._station(station), pick, field)

        @rule(station=STATION, mishaps=WEATHER, only=ONLY, wait_s=WAIT_S)
        def sync(self, station: int, mishaps: list[str], only: str, wait_s: int) -> None:
            self.world.sync(self._station(station), mishaps, only, wait_s=wait_s)

        @rule(station=STATION, wait_s=WAIT_S)
        def sync_in_fair_weather(self, station: int, wait_s: int) -> None:
            self.world.sync(self._station(station), [], "", wait_s=wait_s)

        @rule(station=STATION, pick=PICK, field=FIELD, is_late=st.booleans())
        def edited_there_while_unanswered(self, station: int, pick: int, field: str, is_late: bool) -> None:
            desk = self._station(station)
            self.world.work(desk, pick, field)
            self.world.sync(desk, ["late copy" if is_late else "lose answer", "lose answer"], "/batches")
            self.world.portal_edit_unanswered(desk, pick, field)

        @rule(station=STATION, pick=PICK, field=FIELD, edits_there=st.booleans())
        def edited_while_put_off(self, station: int, pick: int, field: str, edits_there: bool) -> None:
            desk = self._station(station)
            self.world.work(desk, pick, field)
            portal.defer_next = 1
            self.world.sync(desk, [], "")
            if edits_there:
                self.world.portal_edit_unanswered(desk, pick, field)
            self.world.edit(desk, pick, field)

        @rule(station=STATION, commits=st.integers(1, 12), after=st.booleans())
        def crash(self, station: int, commits: int, after: bool) -> None:
            self._station(station).sync_and_crash(commits, after=after)

        @rule(pick=PICK, field=FIELD)
        def portal_edit(self, pick: int, field: str) -> None:
            self.world.portal_edit(pick, field)

        @rule(pick=PICK, status=st.sampled_from(["valid", "returned", "withdrawn"]))
        def portal_decide(self, pick: int, status: str) -> None:
            self.world.portal_decide(pick, status)

        @rule(station=STATION, pick=PICK)
        def withdraw_or_take_back(self, station: int, pick: int) -> None:
            self.world.withdraw(self._station(station), pick)

        @rule(number=st.integers(1, 3))
        def portal_defers(self, number: int) -> None:
            portal.defer_next = number

        @rule(station=STATION, takes_mine=st.booleans())
        def decide(self, station: int, takes_mine: bool) -> None:
            self.world.decide(self._station(station), takes_mine=takes_mine)

        @rule(station=STATION)
        def deliver_late(self, station: int) -> None:
            self._station(station).weather.deliver_late()

        @rule(station=STATION, pick=PICK, field=FIELD, is_unsent=st.booleans())
        def backup(self, station: int, pick: int, field: str, is_unsent: bool) -> None:
            desk = self._station(station)
            if is_unsent:
                self.world.work(desk, pick, field)
            self.world.backup(desk)
            if is_unsent:
                self.world.sync(desk, [], "")

        @rule(pick=PICK, field=FIELD, is_edited=st.booleans())
        def restore(self, pick: int, field: str, is_edited: bool) -> None:
            desk = self.world.restore(pick)
            if desk is not None and is_edited:
                self.world.edit_unsent(desk, pick, field)

        @rule(station=STATION)
        def clone(self, station: int) -> None:
            self.world.clone(self._station(station))

        @invariant()
        def holds(self) -> None:
            self.world.check_always()

        def teardown(self) -> None:
            try:
                if sys.exc_info()[0] is None:
                    self.world.rest()
                    self.world.check_at_rest()
            finally:
                journal.note(sys.exc_info()[1])
                self.world.close()
                shutil.rmtree(self._folder, ignore_errors=True)

    return Stations
