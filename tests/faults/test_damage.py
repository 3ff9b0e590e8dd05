"""A damaged database opens with all data or is refused, untouched, and a backup leads back."""

from pathlib import Path

import pytest

from tests.faults.damage import WRONG, try_many
from tests.faults.stations import a_closed_station


@pytest.mark.slow
def test_whatever_happened_to_the_file_nothing_is_lost_silently(tmp_path: Path) -> None:
    closed = a_closed_station(tmp_path / "tram")
    found = try_many(closed, tmp_path / "copy", trials=60, seed=20)
    assert not [case for case in found if case[1] == WRONG], found
    assert sum(count for (_, came), count in found.items() if came == "database-damaged") > 10
