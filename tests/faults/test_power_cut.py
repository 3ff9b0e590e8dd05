"""After a power cut at any moment everything acknowledged is there; a database that syncs less fails this."""

import shutil
from pathlib import Path

import pytest

from tests.faults.power_cut import Cuts, cut_many, record
from tests.faults.stations import a_closed_station

pytestmark = [
    pytest.mark.slow,
    pytest.mark.strace,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]


def cuts(folder: Path, synchronous: str, how_many: int) -> Cuts:
    closed = a_closed_station(folder / "tram", records=3)
    made = record(closed, folder / "typed", records=20, synchronous=synchronous)
    return cut_many(closed, made, folder / "cut", cuts=how_many, seed=20)


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    found = cuts(tmp_path, "FULL", 150)
    assert (found.cuts, found.with_loss, found.corrupt) == (150, 0, 0)


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_syncing_less_is_found_out(tmp_path: Path, synchronous: str) -> None:
    found = cuts(tmp_path, synchronous, 60)
    assert found.with_loss + found.corrupt > 0
