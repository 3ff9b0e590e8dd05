"""Near duplicates as the database keeps them: texts to compare, bands to look them up by, what people decided."""

import base64
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, aliased

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.storage import meta, moment
from sangkien_desktop.storage.record_rows import TABLE
from sangkien_desktop.storage.tables import DuplicateDecisionRow, InitiativeRow, ScreeningModelRow, UnitRow

MODEL = "bands"
COVERED = "screening_covered"
CHUNK = 500

Mark = tuple[str, int]
"""A place in the order of changes: the stored moment of a change, and the record's key."""
NOTHING_COVERED: Mark = ("", -1)

_PAIRS = DuplicateDecisionRow


@dataclass(frozen=True, slots=True)
class StoredText:
    """What screening may read of a record.

    Of an initiative under a technology secret the body is its effect alone: sentences of screening stand in
    lists that other people see.
    """

    key: int
    id: InitiativeId
    title: str
    body: str
    author: str
    group: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a list of pairs shows of a record, and how far it has come."""

    key: int
    local_code: str
    title: str
    group: str
    is_at_portal: bool
    is_valid: bool


class Decision(StrEnum):
    """What a person said of a pair."""

    OPEN = ""
    DISTINCT = "distinct"
    MERGED = "merged"


@dataclass(frozen=True, kw_only=True)
class StoredPair:
    """A pair as it was found, and the decision on it; `reasons` are (code, sentence)."""

    a: InitiativeId
    b: InitiativeId
    kind: str
    score: float
    reasons: tuple[tuple[str, str], ...] = ()
    decision: Decision = Decision.OPEN
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Model:
    """What the bands were made with, as bytes that only screening understands."""

    version: str
    index: bytes


# Texts


def texts(session: Session, keys: Collection[int] | None = None) -> tuple[StoredText, ...]:
    """The texts of all records that are not withdrawn, in the order of their keys; or of some of them."""
    if keys is None:
        return tuple(_texts(session, _text_columns()))
    found: list[StoredText] = []
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found += _texts(session, _text_columns().where(TABLE.c.key.in_(part)))
    return tuple(found)


def changed_since(session: Session, mark: Mark, limit: int | None = None) -> tuple[tuple[str, int], ...]:
    """Records changed after a mark, withdrawn ones too, each with its own mark, the oldest change first."""
    statement = "SELECT changed_at, key FROM initiative WHERE (changed_at, key) > (?, ?) ORDER BY changed_at, key LIMIT ?"
    rows = session.connection().exec_driver_sql(statement, (*mark, -1 if limit is None else limit))
    return tuple((at, key) for at, key in rows)


def count(session: Session) -> int:
    """How many records have texts to compare."""
    chosen = select(func.count()).select_from(TABLE).where(TABLE.c.lifecycle != Lifecycle.WITHDRAWN.value)
    return int(session.scalar(chosen) or 0)


def _text_columns() -> Select[Any]:
    name = select(UnitRow.name).where(UnitRow.id == TABLE.c.group_unit).limit(1).scalar_subquery()
    return (
        select(
            TABLE.c.key,
            TABLE.c.id,
            TABLE.c.title,
            TABLE.c.is_secret,
            TABLE.c.situation_before,
            TABLE.c.solution,
            TABLE.c.effect_summary,
            TABLE.c.main_author,
            name,
        )
        .where(TABLE.c.lifecycle != Lifecycle.WITHDRAWN.value)
        .order_by(TABLE.c.key)
    )


def _texts(session: Session, chosen: Select[Any]) -> Iterator[StoredText]:
    for key, record, title, is_secret, before, solution, effect, author, group in session.execute(chosen):
        body = effect if is_secret else "\n".join(part for part in (before, solution, effect) if part)
        yield StoredText(key, InitiativeId(record), title, body, author, group or "")


def heads(session: Session, ids: Collection[InitiativeId]) -> dict[InitiativeId, Head]:
    """What a list of pairs shows of records."""
    found: dict[InitiativeId, Head] = {}
    wanted = sorted(ids)
    name = select(UnitRow.name).where(UnitRow.id == TABLE.c.group_unit).limit(1).scalar_subquery()
    columns = (
        TABLE.c.id,
        TABLE.c.key,
        TABLE.c.local_code,
        TABLE.c.title,
        TABLE.c.portal_code,
        TABLE.c.portal_status,
    )
    for start in range(0, len(wanted), CHUNK):
        chosen = select(*columns, name).where(TABLE.c.id.in_(wanted[start : start + CHUNK]))
        for record, key, code, title, portal_code, status, group in session.execute(chosen):
            found[InitiativeId(record)] = Head(
                key, code, title, group or "", bool(portal_code), status == "valid"
            )
    return found


def standings(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, InitiativeId, str]]:
    """Key, id and the portal's word on each of these records."""
    for start in range(0, len(keys), CHUNK):
        part = list(keys[start : start + CHUNK])
        chosen = select(TABLE.c.key, TABLE.c.id, TABLE.c.portal_status).where(TABLE.c.key.in_(part))
        for key, record, status in session.execute(chosen):
            yield key, InitiativeId(record), status


# Bands


def model(session: Session) -> Model | None:
    """What the bands were made with; None before the first screening. Reads a few hundred kilobytes."""
    row = session.get(ScreeningModelRow, MODEL)
    if row is None:
        return None
    parameters = cast(dict[str, Any], row.parameters or {})
    return Model(row.version, base64.b64decode(parameters.get("index", "")))


def put_model(session: Session, kept: Model, documents: int) -> None:
    """Keep the model; no record has bands of it yet."""
    clear_bands(session)
    row = session.get(ScreeningModelRow, MODEL)
    if row is None:
        row = ScreeningModelRow(name=MODEL)
        session.add(row)
    row.version, row.documents, row.made_at = kept.version, documents, moment.now(session)
    row.parameters = {"index": base64.b64encode(kept.index).decode()}
    meta.forget(session, COVERED)
    session.flush()


def stamp(session: Session) -> tuple[str, datetime] | None:
    """Version of the kept model and when it was made, without reading the model itself."""
    chosen = select(ScreeningModelRow.version, ScreeningModelRow.made_at).where(
        ScreeningModelRow.name == MODEL
    )
    row = session.execute(chosen).first()
    return (row.version, row.made_at) if row else None


def covered(session: Session) -> Mark:
    """Up to where records have their bands: the change of the last one, and its key."""
    at, _, key = meta.get(session, COVERED).partition(" ")
    return (at, int(key)) if key else NOTHING_COVERED


def cover(session: Session, reached: Mark) -> None:
    """Records changed up to here have their bands."""
    meta.put(session, COVERED, f"{reached[0]} {reached[1]}")


def clear_bands(session: Session) -> None:
    """Before all bands are made anew with another model."""
    session.connection().exec_driver_sql("DELETE FROM screening_band")


def put_bands(session: Session, keys: Sequence[int], bands: Sequence[Sequence[int]]) -> None:
    """The bands of some records, in place of those they had."""
    connection = session.connection()
    if keys:
        connection.exec_driver_sql(
            "DELETE FROM screening_band WHERE initiative = ?", [(key,) for key in keys]
        )
    rows = [(band, key) for key, of_key in zip(keys, bands, strict=True) for band in set(of_key)]
    if rows:
        connection.exec_driver_sql("INSERT INTO screening_band (band, initiative) VALUES (?, ?)", rows)


def drop_bands(session: Session, keys: Sequence[int]) -> None:
    """Records that have nothing to compare any more."""
    put_bands(session, keys, [()] * len(keys))


def sharing(session: Session, bands: Collection[int], per_band: int, limit: int) -> tuple[int, ...]:
    """Keys of records that share most of these bands, the best first."""
    wanted = tuple(set(bands))
    if not wanted:
        return ()
    # One statement for all bands: they are looked up while somebody types.
    each = "SELECT initiative FROM (SELECT initiative FROM screening_band WHERE band = ? LIMIT ?)"
    statement = " UNION ALL ".join([each] * len(wanted))
    values = tuple(value for band in wanted for value in (band, per_band))
    rows = session.connection().exec_driver_sql(statement, values)
    met = Counter(key for (key,) in rows)
    return tuple(key for key, _ in met.most_common(limit))


# Pairs and decisions


def put_found(session: Session, found: Iterable[StoredPair]) -> None:
    """What a screening of the whole database found, in place of what the last one found.

    Decisions stay, also on pairs that are not found any more.
    """
    session.execute(delete(_PAIRS).where(_PAIRS.decision == Decision.OPEN.value))
    now = moment.now(session)
    rows = [
        {
            "record_id": min(pair.a, pair.b),
            "other_ref": max(pair.a, pair.b),
            "kind": pair.kind,
            "score": pair.score,
            "reasons": {"found": [list(reason) for reason in pair.reasons]},
            "decision": Decision.OPEN.value,
            "decided_by": "",
            "found_at": now,
        }
        for pair in found
    ]
    for start in range(0, len(rows), CHUNK):
        statement = insert(_PAIRS).values(rows[start : start + CHUNK])
        session.execute(statement.on_conflict_do_nothing(index_elements=["record_id", "other_ref"]))


def decide(session: Session, pair: StoredPair) -> None:
    """Remember the decision on a pair; `Decision.OPEN` forgets it."""
    first, second = min(pair.a, pair.b), max(pair.a, pair.b)
    row = session.get(_PAIRS, (first, second))
    if row is None:
        row = _PAIRS(record_id=first, other_ref=second, found_at=moment.now(session))
        row.kind, row.score = pair.kind, pair.score
        session.add(row)
    row.decision = pair.decision.value
    row.decided_by = pair.decided_by
    row.decided_at = moment.now(session) if pair.decision else None
    reasons = pair.reasons or _reasons(row)
    row.reasons = {"found": [list(reason) for reason in reasons], "note": pair.note}
    session.flush()


def reopen(session: Session, first: InitiativeId, second: InitiativeId) -> None:
    """Forget the decision on a pair; the pair itself stays."""
    row = session.get(_PAIRS, (min(first, second), max(first, second)))
    if row is not None:
        row.decision, row.decided_by, row.decided_at = Decision.OPEN.value, "", None
        session.flush()


def open_pairs(session: Session) -> tuple[StoredPair, ...]:
    """Found pairs that wait for a decision: both sides are there and not withdrawn.

    A merge counts as long as it holds: when its undo brings the withdrawn side back, the pair is open again.
    """
    first, second = aliased(InitiativeRow), aliased(InitiativeRow)
    withdrawn = Lifecycle.WITHDRAWN.value
    chosen = (
        select(_PAIRS)
        .join(first, first.id == _PAIRS.record_id)
        .join(second, second.id == _PAIRS.other_ref)
        .where(_PAIRS.decision != Decision.DISTINCT.value)
        .where(first.lifecycle != withdrawn, second.lifecycle != withdrawn)
        .order_by(_PAIRS.kind, _PAIRS.score.desc(), _PAIRS.record_id)
    )
    return tuple(_pair(row) for row in session.scalars(chosen))


def distinct(session: Session) -> frozenset[tuple[str, str]]:
    """Pairs that a person called different, the smaller id first."""
    chosen = select(_PAIRS.record_id, _PAIRS.other_ref).where(_PAIRS.decision == Decision.DISTINCT.value)
    return frozenset((row.record_id, row.other_ref) for row in session.execute(chosen))


def distinct_from(session: Session, record: InitiativeId) -> frozenset[str]:
    """What a person called different from this record."""
    chosen = select(_PAIRS.record_id, _PAIRS.other_ref).where(
        _PAIRS.decision == Decision.DISTINCT.value,
        (_PAIRS.record_id == record) | (_PAIRS.other_ref == record),
    )
    found = session.execute(chosen).all()
    return frozenset(row.other_ref if row.record_id == record else row.record_id for row in found)


def decided(session: Session) -> tuple[StoredPair, ...]:
    """Every decision, the newest first: the list of suspected duplicates prints it."""
    chosen = select(_PAIRS).where(_PAIRS.decision != Decision.OPEN.value)
    return tuple(_pair(row) for row in session.scalars(chosen.order_by(_PAIRS.decided_at.desc())))


def _reasons(row: DuplicateDecisionRow) -> tuple[tuple[str, str], ...]:
    stored = cast(dict[str, Any], row.reasons or {})
    return tuple((code, sentence) for code, sentence in stored.get("found", ()))


def _pair(row: DuplicateDecisionRow) -> StoredPair:
    return StoredPair(
        a=InitiativeId(row.record_id),
        b=InitiativeId(row.other_ref),
        kind=row.kind,
        score=row.score,
        reasons=_reasons(row),
        decision=Decision(row.decision),
        note=cast(dict[str, Any], row.reasons or {}).get("note", ""),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
