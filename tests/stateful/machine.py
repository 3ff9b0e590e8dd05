"""The world as a Hypothesis state machine."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.stateful.stations import MISHAPS
from tests.stateful.world import FIELDS, World
from tests.support.portal_server import PortalServer

ONLY = st.sampled_from(["/batches", "/batches", "/batches", "/changes", "/api/"])
WEATHER = st.lists(st.sampled_from(sorted(MISHAPS)), max_size=3)
PICK = st.integers(0, 7)
FIELD = st.sampled_from(FIELDS)
STATION = st.integers(0, 3)


def machine(portal: PortalServer, templates: list[Path]) -> type[RuleBasedStateMachine]:
    """The class for one portal; made inside a test, so that fixtures reach it."""

    class Stations(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
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

        @rule(station=STATION, mishaps=WEATHER, only=ONLY)
        def sync(self, station: int, mishaps: list[str], only: str) -> None:
            self.world.sync(self._station(station), mishaps, only)

        @rule(station=STATION)
        def sync_in_fair_weather(self, station: int) -> None:
            self.world.sync(self._station(station), [], "")

        @rule(station=STATION, commits=st.integers(1, 12), after=st.booleans())
        def crash(self, station: int, commits: int, after: bool) -> None:
            self._station(station).sync_and_crash(commits, after=after)

        @rule(pick=PICK, field=FIELD)
        def portal_edit(self, pick: int, field: str) -> None:
            self.world.portal_edit(pick, field)

        @rule(pick=PICK, status=st.sampled_from(["valid", "returned"]))
        def portal_decide(self, pick: int, status: str) -> None:
            self.world.portal_decide(pick, status)

        @rule(station=STATION, pick=PICK)
        def withdraw_or_take_back(self, station: int, pick: int) -> None:
            self.world.withdraw(self._station(station), pick)

        @rule(pick=PICK)
        def portal_withdraws(self, pick: int) -> None:
            self.world.portal_decide(pick, "withdrawn")

        @rule(number=st.integers(1, 3))
        def portal_defers(self, number: int) -> None:
            portal.defer_next = number

        @rule(station=STATION, takes_mine=st.booleans())
        def decide(self, station: int, takes_mine: bool) -> None:
            self.world.decide(self._station(station), takes_mine=takes_mine)

        @rule(station=STATION)
        def deliver_late(self, station: int) -> None:
            self._station(station).weather.deliver_late()

        @rule(station=STATION)
        def backup(self, station: int) -> None:
            self.world.backup(self._station(station))

        @rule(pick=PICK)
        def restore(self, pick: int) -> None:
            self.world.restore(pick)

        @rule(station=STATION)
        def clone(self, station: int) -> None:
            self.world.clone(self._station(station))

        @invariant()
        def holds(self) -> None:
            self.world.check_always()

        def teardown(self) -> None:
            try:
                self.world.rest()
                self.world.check_at_rest()
            finally:
                self.world.close()
                shutil.rmtree(self._folder, ignore_errors=True)

    return Stations
