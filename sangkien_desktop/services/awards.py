"""Rewards: who is eligible, what is missing, the list that is proposed, the council's points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sangkien_desktop.domain.awards import (
    LEVELS,
    Candidate,
    Score,
    Standing,
    Threshold,
    averages,
    in_force,
)
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId, UnitId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.errors import AppError
from sangkien_desktop.reports import candidates as found
from sangkien_desktop.reports import rewarded
from sangkien_desktop.reports.candidates import Choice
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.reporting import USUAL, ReportService, Wishes
from sangkien_desktop.storage import units
from sangkien_desktop.vietnamese.dates import read_date


@dataclass(frozen=True)
class AwardList:
    """The candidates of a programme with the ticks, of one moment."""

    programme: str
    candidates: tuple[Candidate, ...]
    choice: Choice
    unit_names: dict[UnitId, str]
    thresholds: tuple[Threshold, ...]
    incomplete: int
    """Rewarded initiatives that are not fully on the portal."""

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """Those on the list that is proposed."""
        return tuple(one for one in self.candidates if self.choice.has(one))

    def of_level(self, level: str) -> tuple[Candidate, ...]:
        """Those proposed to a level; an empty level means all."""
        return tuple(one for one in self.candidates if not level or one.threshold.level == level)

    def count(self, standing: Standing) -> int:
        """How many stand so."""
        return sum(one.standing is standing for one in self.candidates)


class AwardService:
    """What the reward screen asks and does."""

    def __init__(self, desk: Desk, reports: ReportService) -> None:
        self._desk, self._reports = desk, reports

    def levels(self) -> tuple[str, ...]:
        """The four levels, the lowest first."""
        return LEVELS

    def read(self, wishes: Wishes = USUAL) -> AwardList:
        """Everyone who reaches a threshold today."""
        with self._desk.database.read() as session:
            chosen = self._reports.chosen(session, wishes)
            day = self._desk.clock.today()
            return AwardList(
                programme=chosen.programme.code,
                candidates=found.candidates(session, chosen),
                choice=found.choice(session, chosen.programme.code),
                unit_names=dict(units.names(session)),
                thresholds=in_force(found.thresholds(session), day),
                incomplete=rewarded.incomplete(session, chosen),
            )

    def tick(self, programme: str, initiative: InitiativeId, *, is_chosen: bool) -> Changes:
        """Put a candidate on the list or take it out; the list remembers both."""
        with self._desk.database.write() as session:
            kept = found.choice(session, programme)
            one = frozenset({str(initiative)})
            added = kept.added | one if is_chosen else kept.added - one
            taken_out = kept.taken_out - one if is_chosen else kept.taken_out | one
            found.put_choice(session, programme, Choice(added, taken_out))
        return Changes(settings=True)

    def set_threshold(self, threshold: Threshold) -> Changes:
        """A new version of a reward's threshold, from its day on; earlier ones stay for earlier days."""
        with self._desk.database.write() as session:
            found.put_threshold(session, threshold)
        return Changes(settings=True)

    def score(self, programme: str, score: Score) -> Changes:
        """A judge's points for an initiative."""
        with self._desk.database.write() as session:
            found.put_score(session, programme, score)
        return Changes(settings=True)

    def means(self, programme: str) -> dict[InitiativeId, float]:
        """Mean points of every initiative that a judge has scored."""
        with self._desk.database.read() as session:
            return dict(averages(found.scores(session, programme)))

    def record_decision(self, ids: Sequence[InitiativeId], written: str, level: str = "Cơ sở") -> Changes:
        """Give all of them one decision: its number, then its day as people write it. Raises AppError."""
        number, _, day = written.strip().rpartition(" ")
        reading = read_date(day)
        if not number or reading.value is None:
            raise AppError(
                "Máy chưa đọc được số và ngày của quyết định.",
                hint="Gõ số, một dấu cách, rồi ngày: 97/QĐ-HĐSK 14/03/2026.",
                code="bad_decision",
            )
        decided = reading.value

        def with_decision(record: Initiative) -> Initiative:
            return replace(
                record,
                recognition_level=record.recognition_level or level,
                recognition_decision=number.strip(),
                recognised_on=decided,
            )

        return InitiativeService(self._desk).edit(ids, with_decision, name=f"ghi quyết định {number}")

    def write_list(self, path: Path, wishes: Wishes = USUAL) -> None:
        """R12 as a file; the letter takes its names and numbers from the same list."""
        self._reports.write("proposals", path, wishes)
