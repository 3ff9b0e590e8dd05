"""Tables of ranks and the words for reasons, as the portal publishes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from sangkien_desktop.storage import meta
from sangkien_desktop.storage.tables import RankingRow

_REASONS = "portal.return_reasons"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One unit's place; equal scores share a rank. `delta` is the movement since the table before."""

    unit_code: str
    name: str
    rank: int
    score: float
    approved: int
    target: int
    delta: int


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The places within one scope (a cluster, or a plant's groups) and period."""

    id: str
    scope: str
    programme: str
    period: str
    as_of: datetime | None
    places: tuple[Place, ...]


def find(session: Session, *, programme: str | None = None) -> tuple[Ranking, ...]:
    """Every table of ranks, by id."""
    rows = session.scalars(select(RankingRow).order_by(RankingRow.id))
    found = (_ranking(row.id, cast(dict[str, Any], row.data), row.as_of) for row in rows)
    return tuple(one for one in found if programme is None or one.programme == programme)


def put(session: Session, ranking: str, data: Mapping[str, Any], *, rev: int, as_of: datetime | None) -> None:
    """Keep the portal's table; an older one than the one kept is ignored."""
    values = {"rev": rev, "data": dict(data), "as_of": as_of}
    statement = insert(RankingRow).values(id=ranking, **values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=values, where=RankingRow.rev <= rev)
    )


def put_reasons(session: Session, labels: Mapping[str, str]) -> None:
    """Keep the words for reasons of a return."""
    meta.put(session, _REASONS, json.dumps(dict(labels), ensure_ascii=False))


def reason_labels(session: Session) -> Mapping[str, str]:
    """Reason code → words; empty before the portal has been seen."""
    return cast(dict[str, str], json.loads(meta.get(session, _REASONS, "{}")))


def _ranking(ranking: str, data: Mapping[str, Any], as_of: datetime | None) -> Ranking:
    return Ranking(
        id=ranking,
        scope=str(data.get("scope") or ""),
        programme=str(data.get("programme") or ""),
        period=str(data.get("period") or ""),
        as_of=as_of,
        places=tuple(_place(row) for row in data.get("rows") or () if isinstance(row, dict)),
    )


def _place(row: Mapping[str, Any]) -> Place:
    return Place(
        unit_code=str(row.get("unit_id") or ""),
        name=str(row.get("name") or ""),
        rank=int(row.get("rank") or 0),
        score=float(row.get("score") or 0),
        approved=int(row.get("approved") or 0),
        target=int(row.get("target") or 0),
        delta=int(row.get("delta") or 0),
    )
