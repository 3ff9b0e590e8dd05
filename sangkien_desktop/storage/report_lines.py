"""Initiatives, pairs, parcels and registers as flat lines for lists on paper: read in one go, never edited."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import text
from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId
from sangkien_desktop.storage.tallies import IN_PERIOD, SENDINGS, Counted, period_values

# Tuples, not dataclasses: a hundred thousand of them are made for one report.


class AuthorLine(NamedTuple):
    """One author of a line, in the order of the paper."""

    name: str
    code: str
    person: PersonId | None
    share: float | None
    """Per cent; None where the paper does not say."""
    is_main: bool


class Line(NamedTuple):
    """One initiative. Of one under a technology secret the contents are left out."""

    id: InitiativeId
    local_code: str
    title: str
    unit: UnitId | None
    category: str
    solution_type: str
    is_secret: bool
    benefit: int | None
    effect_groups_json: str | None
    recognition_level: str
    recognition_decision: str
    recognised_on: str | None
    portal_status: str
    reason_json: str | None
    portal_at_text: str | None
    awards_json: str | None
    confirmed_by: str
    before: str
    solution: str
    effect: str
    authors: tuple[AuthorLine, ...]

    @property
    def main(self) -> AuthorLine | None:
        """The author marked as main, else the first."""
        return next((one for one in self.authors if one.is_main), self.authors[0] if self.authors else None)

    @property
    def effect_groups(self) -> tuple[str, ...]:
        """Kinds of effect."""
        return _texts(self.effect_groups_json or "[]")

    @property
    def reason(self) -> Mapping[str, Any]:
        """What the portal said with its verdict: code, note, votes."""
        return cast(dict[str, Any], json.loads(self.reason_json)) if self.reason_json else {}

    @property
    def portal_at(self) -> datetime | None:
        """When the portal judged."""
        return datetime.fromisoformat(self.portal_at_text) if self.portal_at_text else None

    @property
    def awards(self) -> tuple[Mapping[str, Any], ...]:
        """Rewards, as stored."""
        return tuple(json.loads(self.awards_json)) if self.awards_json else ()


@lru_cache(maxsize=256)
def _texts(plain: str) -> tuple[str, ...]:
    return tuple(json.loads(plain))


_PLAIN = """
  i.key, i.id, i.local_code, i.title, i.group_unit, i.category, i.solution_type, i.is_secret,
  CASE WHEN i.is_monetary THEN i.annual_benefit END AS benefit, i.effect_groups, i.recognition_level,
  i.recognition_decision, i.recognised_on, i.portal_status, i.portal_reason, i.portal_at, i.awards,
  i.benefit_confirmed_by
"""
_CONTENT = """
  CASE WHEN i.is_secret THEN '' ELSE i.situation_before END AS situation_before,
  CASE WHEN i.is_secret THEN '' ELSE i.solution END AS solution, i.effect_summary
"""
_NO_CONTENT = "'' AS situation_before, '' AS solution, '' AS effect_summary"


@dataclass(frozen=True, kw_only=True)
class Which:
    """Narrows a list. Empty parts do not filter."""

    unit: UnitId | None = None
    portal_status: str = ""
    with_content: bool = False
    with_benefit: bool = False
    with_awards: bool = False


ALL = Which()
MANY = 5_000


def lines(session: Session, counted: Counted, which: Which = ALL) -> tuple[Line, ...]:
    """Initiatives of a programme and period that are not withdrawn, by group and code."""
    conditions, values = _conditions(which)
    body = f"""
    FROM initiative i LEFT JOIN sent ON sent.record_id = i.id
    WHERE i.programme = :programme AND i.lifecycle <> 'withdrawn' AND i.erased_at IS NULL
      AND i.created_at <= :as_of AND {IN_PERIOD[counted.period.kind]} {conditions}
    """
    values |= period_values(counted)
    content = _CONTENT if which.with_content else _NO_CONTENT
    sql = f"{SENDINGS} SELECT {_PLAIN}, {content} {body} ORDER BY i.group_sort, i.code_sort"
    cursor = session.connection().execute(text(sql), values).cursor
    rows = cast(Sequence[tuple[Any, ...]], cursor.fetchall())
    authors = _authors(session, [row[0] for row in rows])
    return tuple(Line._make((*row[1:], authors.get(row[0], ()))) for row in rows)


def _conditions(which: Which) -> tuple[str, dict[str, Any]]:
    found, values = [], dict[str, Any]()
    if which.unit is not None:
        found.append("AND i.group_unit = :unit")
        values["unit"] = which.unit
    if which.portal_status:
        found.append("AND i.portal_status = :status")
        values["status"] = which.portal_status
    if which.with_benefit:
        found.append("AND i.is_monetary AND i.annual_benefit > 0")
    if which.with_awards:
        found.append("AND i.awards IS NOT NULL AND i.awards <> '[]'")
    return " ".join(found), values


def _authors(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[AuthorLine, ...]]:
    """Of many records all authors are read: their table is narrow, and asking for each key costs more."""
    some = "" if len(keys) > MANY else "WHERE a.initiative IN (SELECT value FROM json_each(:keys))"
    values = {"keys": json.dumps(keys)} if some else {}
    sql = f"""
    SELECT a.initiative, a.name, coalesce(a.employee_code, ''), a.person, a.share_hundredths / 100.0, a.is_main
    FROM initiative_author a {some} ORDER BY a.initiative, a.place
    """  # noqa: S608 - own text
    found: dict[int, tuple[AuthorLine, ...]] = {}
    # The driver's own cursor: SQLAlchemy's rows would double the time.
    for key, *rest in cast(Iterable[tuple[Any, ...]], session.connection().execute(text(sql), values).cursor):
        found[key] = (*found.get(key, ()), AuthorLine._make(rest))
    return found


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """Two initiatives that look alike, and what was said of them."""

    codes: tuple[str, str]
    titles: tuple[str, str]
    score: float
    decision: str
    by: str
    at: datetime | None
    note: str = ""
    """Why, in the words of the person who decided."""


def pairs(session: Session) -> tuple[PairLine, ...]:
    """Suspected duplicates and every decision, undecided ones first, the most alike first.

    What is only alike and waits for nobody is left out.
    """
    sql = """
    SELECT a.local_code AS a_code, b.local_code AS b_code, a.title AS a_title, b.title AS b_title,
      d.score, d.decision, d.decided_by, d.decided_at, json_extract(d.reasons, '$.note') AS note
    FROM dup_candidate d JOIN initiative a ON a.id = d.record_id LEFT JOIN initiative b ON b.id = d.other_ref
    WHERE d.decision <> '' OR d.kind <> 'similar'
    ORDER BY d.decision <> '', d.score DESC
    """
    return tuple(
        PairLine(
            codes=(row["a_code"], row["b_code"] or ""),
            titles=(row["a_title"], row["b_title"] or "trên Cổng"),
            score=row["score"],
            decision=row["decision"],
            by=row["decided_by"],
            at=datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
            note=row["note"] or "",
        )
        for row in session.execute(text(sql)).mappings()
    )


@dataclass(frozen=True, kw_only=True)
class ParcelLine:
    """One batch: when it went, how many operations, and what became of them."""

    at: datetime
    channel: str
    state: str
    sent: int
    applied: int
    refused: int
    problem: str


def parcels(session: Session) -> tuple[ParcelLine, ...]:
    """Every batch, the newest first."""
    sql = """
    SELECT b.created_at, b.first_sent_at, b.channel, b.state, b.n_ops, b.last_problem,
      total(o.state IN ('applied', 'merged')) AS applied,
      total(o.state IN ('rejected', 'conflict', 'duplicate')) AS refused
    FROM batch b LEFT JOIN op o ON o.batch_id = b.batch_id GROUP BY b.batch_id ORDER BY b.created_at DESC
    """
    return tuple(
        ParcelLine(
            at=datetime.fromisoformat(row["first_sent_at"] or row["created_at"]),
            channel=row["channel"],
            state=row["state"],
            sent=row["n_ops"],
            applied=int(row["applied"]),
            refused=int(row["refused"]),
            problem=str(json.loads(row["last_problem"] or "{}").get("sentence", "")),
        )
        for row in session.execute(text(sql)).mappings()
    )


@dataclass(frozen=True, kw_only=True)
class DeedLine:
    """Something worth answering for, from the audit log."""

    at: datetime
    actor: str
    action: str
    entity: str
    detail: str


def deeds(session: Session, actions: Sequence[str]) -> tuple[DeedLine, ...]:
    """Deeds of these kinds, the newest first."""
    rows = session.execute(
        text(
            "SELECT at, actor, action, entity, detail FROM audit_log"
            " WHERE action IN (SELECT value FROM json_each(:actions)) ORDER BY seq DESC"
        ),
        {"actions": json.dumps(list(actions))},
    ).mappings()
    return tuple(
        DeedLine(
            at=datetime.fromisoformat(row["at"]),
            actor=row["actor"],
            action=row["action"],
            entity=row["entity"],
            detail=", ".join(f"{key}: {value}" for key, value in json.loads(row["detail"] or "{}").items()),
        )
        for row in rows
    )


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """What a person asked about their own data, and by when it must be answered."""

    person: str
    kind: str
    received: datetime
    answer_by: datetime | None
    finish_by: datetime | None
    state: str


def requests(session: Session) -> tuple[RequestLine, ...]:
    """Requests of people, the newest first."""
    sql = """
    SELECT coalesce(p.name, '') AS name, r.kind, r.received_at, r.answer_by, r.finish_by, r.state
    FROM subject_request r LEFT JOIN person p ON p.id = r.person ORDER BY r.received_at DESC
    """

    def moment(value: str | None) -> datetime | None:
        return datetime.fromisoformat(value) if value else None

    return tuple(
        RequestLine(
            person=row["name"],
            kind=row["kind"],
            received=datetime.fromisoformat(row["received_at"]),
            answer_by=moment(row["answer_by"]),
            finish_by=moment(row["finish_by"]),
            state=row["state"],
        )
        for row in session.execute(text(sql)).mappings()
    )


@dataclass(frozen=True, kw_only=True)
class ConsentLine:
    """The newest agreement of a person; without one `given_on` is None."""

    name: str
    code: str
    unit: UnitId | None
    given_on: date | None
    withdrawn_on: date | None
    purposes: tuple[str, ...]
    text_version: str
    form: str


def consents(session: Session) -> tuple[ConsentLine, ...]:
    """The register of agreements, by name."""
    sql = """
    SELECT p.name, p.employee_code, p.group_unit, c.given_on, c.withdrawn_on, c.purposes, c.text_version, c.form
    FROM person p LEFT JOIN consent c
      ON c.key = (SELECT max(key) FROM consent WHERE person = p.id)
    WHERE p.erased_at IS NULL ORDER BY p.name_sort
    """

    def day(value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None

    return tuple(
        ConsentLine(
            name=row["name"],
            code=row["employee_code"] or "",
            unit=row["group_unit"],
            given_on=day(row["given_on"]),
            withdrawn_on=day(row["withdrawn_on"]),
            purposes=tuple(json.loads(row["purposes"] or "[]")),
            text_version=row["text_version"] or "",
            form=row["form"] or "",
        )
        for row in session.execute(text(sql)).mappings()
    )
