"""Looking at initiatives: lists, counts, problems, history."""

from array import array
from collections.abc import Sequence

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.surroundings import RuleContexts
from sangkien_desktop.storage import history, initiatives
from sangkien_desktop.storage.initiatives import Query, Row


class RecordLists:
    """Everything that can be asked of the records without changing them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def keys(self, query: Query) -> "array[int]":
        """Row keys of a list in its order."""
        with self._database.read() as session:
            return initiatives.keys(session, query)

    def page(self, row_keys: "array[int] | Sequence[int]") -> tuple[Row, ...]:
        """The rows of some keys."""
        with self._database.read() as session:
            return initiatives.page(session, row_keys)

    def totals(self, query: Query) -> initiatives.Totals:
        """Number and sum of benefit of a list."""
        with self._database.read() as session:
            return initiatives.totals(session, query)

    def counts(self) -> initiatives.Counts:
        """Numbers over the whole station."""
        with self._database.read() as session:
            return initiatives.counts(session)

    def get(self, initiative_id: InitiativeId) -> Initiative:
        """One record; KeyError when there is none."""
        with self._database.read() as session:
            return initiatives.get(session, initiative_id)

    def row(self, initiative_id: InitiativeId) -> Row | None:
        """One record with its badge; None when there is none."""
        query = Query(ids=frozenset({initiative_id}))
        with self._database.read() as session:
            found = initiatives.page(session, initiatives.keys(session, query))
        return found[0] if found else None

    def named(self, name: str) -> InitiativeId | None:
        """The record with this id, code of ours or code of the portal; None when there is none."""
        with self._database.read() as session:
            return initiatives.named(session, name)

    def all_problems(self) -> tuple[tuple[Initiative, tuple[Problem, ...]], ...]:
        """Every record that is not withdrawn and has a problem, with its problems, asked anew."""
        with self._database.read() as session:
            records = initiatives.find(session, Query(sort="local_code", descending=False))
            contexts = RuleContexts(session, self._desk, records)
            asked = ((r, contexts.problems(r)) for r in records if r.lifecycle is not Lifecycle.WITHDRAWN)
            return tuple((record, found) for record, found in asked if found)

    def problems(self, record: Initiative) -> tuple[Problem, ...]:
        """Everything wrong with a record, stored or not."""
        with self._database.read() as session:
            return RuleContexts(session, self._desk, [record]).problems(record)

    def history(self, initiative_id: InitiativeId) -> tuple[history.Entry, ...]:
        """Who changed what and when, newest first."""
        with self._database.read() as session:
            return history.entries(session, initiative_id)
