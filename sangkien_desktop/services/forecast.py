"""How many initiatives the portal will probably accept, why not the others, and how good the forecast has been."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.domain.sync_status import PortalStatus
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.duplicates import DuplicateService
from sangkien_desktop.storage import initiatives, meta, screening
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.sessions import Session

_JUDGED = (PortalStatus.VALID, PortalStatus.RETURNED)
DOUBTFUL = "forecast_doubtful"
"""Records that the last forecast before their sending did not expect to be accepted."""

RISKY = frozenset(
    {
        "asked-within-a-year",
        "benefit-is-like-others",
        "calculation-adds-up",
        "effect-is-not-a-copy",
        "effect-says-what-was-gained",
        "title-is-not-a-list-entry",
        "title-says-what-was-done",
    }
)
"""Warnings on which reviewers return initiatives: empty or copied texts, implausible benefits, late requests."""


@dataclass(frozen=True)
class Forecast:
    """What is expected of the records that the portal has not judged yet."""

    asked: int
    doubtful: Mapping[InitiativeId, tuple[str, ...]]
    """Records that will probably come back, with the reasons."""

    @property
    def accepted(self) -> int:
        """How many will probably be accepted."""
        return self.asked - len(self.doubtful)


@dataclass(frozen=True)
class HitRate:
    """The forecast against what the portal has said since."""

    judged: int
    right: int
    unforeseen: Mapping[str, int]
    """Reasons for return that no rule had foreseen, with their number: candidates for new rules."""

    @property
    def percent(self) -> float | None:
        """Share of right forecasts in per cent; None before the first verdict."""
        return 100 * self.right / self.judged if self.judged else None


class ForecastService:
    """Reads problems and duplicates; changes nothing but its own memory."""

    def __init__(self, desk: Desk, duplicates: DuplicateService) -> None:
        self._desk = desk
        self._database = desk.database
        self._duplicates = duplicates

    def forecast(self) -> Forecast:
        """Over all records that are not withdrawn and not judged by the portal; remembered for the hit rate."""
        twice = {
            member: f"Nghi trùng với {case.heads[case.left].local_code}."
            for case in self._duplicates.cases().to_decide
            for member in case.members[1:]
        }
        doubtful: dict[InitiativeId, tuple[str, ...]] = {}
        asked = 0
        with self._database.read() as session:
            for record, is_judged, problems in _records(session):
                if is_judged:
                    continue
                asked += 1
                reasons = [one.message for one in problems if _is_risk(one)]
                reasons += [twice[record]] if record in twice else []
                if reasons:
                    doubtful[record] = tuple(reasons)
        with self._database.write() as session:
            kept = [record for record in _doubted(session) if record not in doubtful]
            judged = [record for record, is_judged, _ in _records(session) if is_judged]
            meta.put(session, DOUBTFUL, meta.to_json(sorted({*doubtful, *set(kept).intersection(judged)})))
        return Forecast(asked, MappingProxyType(doubtful))

    def hit_rate(self) -> HitRate:
        """How often the forecast was right, over every record with a verdict."""
        with self._database.read() as session:
            doubted = _doubted(session)
            rows = [row for status in _JUDGED for row in _with_status(session, status)]
        right = 0
        unforeseen: Counter[str] = Counter()
        for row in rows:
            is_returned = row.portal_status == PortalStatus.RETURNED.value
            was_doubted = row.record.id in doubted
            right += was_doubted is is_returned
            if is_returned and not was_doubted:
                unforeseen[_reason(row.portal_reason)] += 1
        return HitRate(len(rows), right, MappingProxyType(dict(unforeseen.most_common())))


def _with_status(session: Session, status: PortalStatus) -> tuple[Row, ...]:
    return initiatives.page(
        session, initiatives.keys(session, Query(portal_status=status.value, sort="newest"))
    )


def _records(session: Session) -> list[tuple[InitiativeId, bool, tuple[Problem, ...]]]:
    found = []
    for stage in (Lifecycle.DRAFT, Lifecycle.READY):
        keys = initiatives.keys(session, Query(lifecycle=stage, sort="newest"))
        problems = initiatives.problems_at(session, keys)
        for key, record, status in screening.standings(session, keys):
            judged = status in _JUDGED
            found.append((record, judged, problems.get(key, ())))
    return found


def _is_risk(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR or problem.code in RISKY


def _doubted(session: Session) -> frozenset[str]:
    return frozenset(json.loads(meta.get(session, DOUBTFUL) or "[]"))


def _reason(plain: Mapping[str, object]) -> str:
    return str(plain.get("note") or plain.get("code") or "Không ghi lý do")
