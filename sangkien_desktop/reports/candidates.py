"""Merits of main authors, and what was chosen of them: behind the reward screen and its reports."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.awards import (
    SHIPPED_THRESHOLDS,
    SOCIAL,
    Candidate,
    Merit,
    Score,
    Standing,
    Threshold,
    candidate,
    in_force,
    threshold_from_json,
    threshold_to_json,
)
from sangkien_desktop.domain.ids import InitiativeId, PersonId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen
from sangkien_desktop.storage import meta, people
from sangkien_desktop.storage.report_lines import Line, Which

THRESHOLDS, CHOICE, SCORES = "awards.thresholds", "awards.choice:", "awards.scores:"


@dataclass(frozen=True)
class Choice:
    """What a person ticked and took out; whatever is ready is ticked by itself."""

    added: frozenset[str] = frozenset()
    taken_out: frozenset[str] = frozenset()

    def has(self, one: Candidate) -> bool:
        """Whether the candidate is on the list; one that does not meet the conditions never is."""
        if one.standing is Standing.UNMET or one.merit.initiative in self.taken_out:
            return False
        return one.standing is Standing.READY or one.merit.initiative in self.added


def candidates(
    session: Session, chosen: Chosen, known: tuple[Merit, ...] | None = None
) -> tuple[Candidate, ...]:
    """Everyone who reaches a threshold, the greatest benefit first; `known` merits are not read again."""
    day = chosen.as_of.astimezone(VIETNAM).date()
    asked = in_force(thresholds(session), day)
    found = (candidate(merit, asked, day) for merit in (merits(session, chosen) if known is None else known))
    return tuple(
        sorted(
            (one for one in found if one is not None),
            key=lambda one: (-one.threshold.one_year, -one.merit.one_year, one.merit.local_code),
        )
    )


def merits(session: Session, chosen: Chosen, found: tuple[Line, ...] | None = None) -> tuple[Merit, ...]:
    """One for each main author, with sums over what was recognised in one and in three years to the day.

    `found` lines, all of the programme and period, are not read again.
    """
    day = chosen.as_of.astimezone(VIETNAM).date()
    if found is None:
        found = lists.lines(session, chosen, Which(with_benefit=True))
    known = {person.id: person for person in people.find(session)}
    calculations = _with_calculation(session)
    by_author: dict[str, list[Line]] = defaultdict(list)
    for line in found:
        if line.main is not None and line.benefit:
            by_author[line.main.person or line.main.code or f"{line.unit}:{line.main.name}"].append(line)
    return tuple(_merit(theirs, known, calculations, day) for theirs in by_author.values())


def _merit(
    theirs: list[Line], known: Mapping[PersonId, Person], calculations: frozenset[str], day: date
) -> Merit:
    best = max(theirs, key=lambda line: line.benefit or 0)
    author = best.main
    if author is None:
        raise ValueError("a line with a main author was asked for")
    person = known.get(author.person) if author.person else None
    return Merit(
        person=author.person,
        name=author.name,
        code=author.code,
        unit=best.unit,
        initiative=best.id,
        local_code=best.local_code,
        title=best.title,
        benefit=best.benefit or 0,
        one_year=_since(theirs, day, 1),
        three_years=_since(theirs, day, 3),
        is_social=any(SOCIAL in line.effect_groups for line in theirs),
        votes=sum(int(line.reason.get("votes") or 0) for line in theirs),
        education=person.education if person else "",
        is_leader=person.is_leader if person else None,
        recognition=lists.recognition(best) if best.recognition_decision else "",
        valid_on=best.portal_at.astimezone(VIETNAM).date()
        if best.portal_status == "valid" and best.portal_at
        else None,
        confirmed_by=best.confirmed_by,
        has_calculation=best.id in calculations,
        rewarded_on=tuple(_rewards(theirs)),
    )


def _since(theirs: Iterable[Line], day: date, years: int) -> int:
    """The author's part of what was recognised in so many years; what is not recognised yet counts as of now."""
    first = day.replace(year=day.year - years, day=min(day.day, 28))
    total = 0.0
    for line in theirs:
        recognised = lists.partial(line.recognised_on)
        if recognised is None or first < recognised.last_day <= day or recognised.first_day > day:
            total += (line.benefit or 0) * _part(line)
    return round(total)


def _part(line: Line) -> float:
    """The main author's share; equal parts where the paper does not say."""
    share = line.main.share if line.main else None
    return share / 100 if share is not None else 1 / max(1, len(line.authors))


def _rewards(theirs: Iterable[Line]) -> Iterable[tuple[str, int]]:
    for line in theirs:
        for award in line.awards:
            when = _award_day(award)
            if when and award.get("level"):
                yield str(award["level"]), int(when[:4])


def _award_day(award: Mapping[str, Any]) -> str:
    """The stored day of a reward: ISO text, or a mapping with its precision."""
    value = award.get("date")
    return str(value.get("value") or "") if isinstance(value, Mapping) else str(value or "")


def _with_calculation(session: Session) -> frozenset[str]:
    return frozenset(
        session.scalars(text("SELECT DISTINCT record_id FROM attachment WHERE role = 'calculation'"))
    )


# What the unit decided; small, so it lies with the things the program remembers.


def thresholds(session: Session) -> tuple[Threshold, ...]:
    """Every version ever set, the shipped ones while none was."""
    plain = json.loads(meta.get(session, THRESHOLDS, "[]"))
    return tuple(threshold_from_json(one) for one in plain) or SHIPPED_THRESHOLDS


def put_threshold(session: Session, threshold: Threshold) -> None:
    """Keep a version; one of the same reward and day is replaced, others stay."""
    kept = [
        one
        for one in thresholds(session)
        if (one.key, one.valid_from) != (threshold.key, threshold.valid_from)
    ]
    plain = [threshold_to_json(one) for one in (*kept, threshold)]
    meta.put(session, THRESHOLDS, json.dumps(plain, ensure_ascii=False))


def choice(session: Session, programme: str) -> Choice:
    """What was ticked and taken out in a programme."""
    plain = json.loads(meta.get(session, CHOICE + programme, "{}"))
    return Choice(frozenset(plain.get("added", ())), frozenset(plain.get("taken_out", ())))


def put_choice(session: Session, programme: str, kept: Choice) -> None:
    """Remember the ticks."""
    plain = {"added": sorted(kept.added), "taken_out": sorted(kept.taken_out)}
    meta.put(session, CHOICE + programme, json.dumps(plain))


def scores(session: Session, programme: str) -> tuple[Score, ...]:
    """Every judge's points."""
    plain = json.loads(meta.get(session, SCORES + programme, "[]"))
    return tuple(
        Score(initiative=InitiativeId(initiative), judge=judge, points=(points[0], points[1], points[2]))
        for initiative, judge, points in plain
    )


def put_score(session: Session, programme: str, score: Score) -> None:
    """Keep a judge's points; the same judge's earlier points for the initiative are replaced."""
    others = [
        one
        for one in scores(session, programme)
        if (one.initiative, one.judge) != (score.initiative, score.judge)
    ]
    plain = [[one.initiative, one.judge, list(one.points)] for one in (*others, score)]
    meta.put(session, SCORES + programme, json.dumps(plain, ensure_ascii=False))
