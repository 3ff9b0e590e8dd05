"""Every ugly workbook of the corpus is read exactly as it was made."""

import pytest

from tests.workbooks.corpus.measure import all_cases, measure
from tests.workbooks.corpus.tables import Case

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case_is_read_as_it_was_made(case: Case) -> None:
    assert measure(case).wrong == []


def test_corpus_is_as_large_as_promised() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
