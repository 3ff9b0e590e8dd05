"""What the rules may know about records: their programmes, their authors, the unit's own decisions."""

import json
from collections.abc import Iterable, Mapping

from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import INNOVATION, Programme
from sangkien_desktop.domain.rules import Problem, RuleContext, Severity, problems
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import meta, people, programmes, rule_data
from sangkien_desktop.storage.database import Session

SEVERITIES = "rule_severities"
"""Name under which the unit's own decisions on rules are remembered."""


def severities(session: Session) -> Mapping[str, Severity | None]:
    """The unit's own decision per rule code; None switches a rule off."""
    plain = json.loads(meta.get(session, SEVERITIES) or "{}")
    return {code: Severity(value) if value else None for code, value in plain.items()}


def known_people(session: Session, records: Iterable[Initiative]) -> Mapping[PersonId, Person]:
    """The authors of these records, as far as they are known people."""
    wanted = sorted({author.person for record in records for author in record.authors if author.person})
    return {person.id: person for person in people.find(session, ids=wanted)} if wanted else {}


class RuleContexts:
    """Rule contexts by programme, for one piece of work in one session."""

    def __init__(self, session: Session, desk: Desk, records: Iterable[Initiative]) -> None:
        self._today = desk.clock.today()
        self._people = known_people(session, records)
        self._severities = severities(session)
        self._history = rule_data.history(session)
        self._demands = rule_data.demands(session)
        self._programmes = {programme.code: programme for programme in programmes.find(session)}

    def programme(self, code: str) -> Programme:
        """The programme; the shipped default when the code is not known."""
        return self._programmes.get(code, INNOVATION)

    def of(self, record: Initiative) -> RuleContext:
        """What the rules may know about the record."""
        return RuleContext(
            programme=self.programme(record.programme),
            today=self._today,
            people=self._people,
            severities=self._severities,
            history=self._history,
            demands=self._demands,
        )

    def problems(self, record: Initiative) -> tuple[Problem, ...]:
        """Everything wrong with the record."""
        return problems(record, self.of(record))
