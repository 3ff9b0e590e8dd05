"""A small part of the campaign of broken workbooks, and the cells that once took minutes."""

import time
from pathlib import Path

import pytest

from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.legacy_fonts import Encoding, repair
from sangkien_desktop.vietnamese.money import read_money
from sangkien_desktop.workbooks.authors import named_in, read_share
from sangkien_desktop.workbooks.column_contents import contents_of
from tests.workbooks.fuzzing.trials import Campaign, write_sources

LONG = 32_000
"""Letters that Excel allows in a cell, nearly."""
ENDLESS = (
    "A" * LONG,
    "1" * LONG,
    " " * LONG + "x",
    "1." * (LONG // 2),
    "(" * LONG,
    "aù" * (LONG // 2),
    "\n " * LONG,
)


def test_broken_and_made_up_workbooks_never_shake_the_program(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    tally = Campaign(tmp_path / "kept", write_sources(tmp_path), 20_240_101).run(60)
    assert tally.broken == []
    assert sum(tally.kinds.values()) >= 60
    assert tally.ends["read"] > 10


@pytest.mark.parametrize("text", ENDLESS, ids=[repr(text[:3]) for text in ENDLESS])
def test_endless_cell_is_read_at_once(text: str) -> None:
    began = time.process_time()
    clean(text, keep_lines=True)
    read_money(text)
    read_date(text)
    named_in(text)
    read_share(text)
    contents_of([text])
    for encoding in Encoding:
        repair(text, encoding)
    assert time.process_time() - began < 2


def test_absurd_numbers_are_no_shares() -> None:
    assert [read_share(value) for value in (1e300, -1e300, "9" * 40, "1" * LONG)] == [None] * 4
