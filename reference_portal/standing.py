"""Counts against quotas and places in rankings, published as changes when they move."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reference_portal.feed import Change
from reference_portal.tables import FeedRow, QuotaRow, RecordRow, RevisionRow, UnitRow

WHOLE = "whole"


@dataclass(frozen=True)
class Counted:
    """What counting needs of a record: where it belongs, its programme, first day applied, and verdict."""

    path: str
    programme: str
    applied_on: str
    is_valid: bool


def count(session: Session) -> list[Counted]:
    """Every record that counts: not withdrawn, not erased; filed under its group where it names one."""
    paths = {row.unit_id: row.path for row in session.scalars(select(UnitRow))}
    query = (
        select(
            RecordRow.path,
            RecordRow.group_id,
            RecordRow.programme,
            RecordRow.status,
            RevisionRow.document,
        )
        .join(
            RevisionRow,
            (RevisionRow.record_id == RecordRow.record_id) & (RevisionRow.rev == RecordRow.doc_rev),
        )
        .where(RecordRow.status != "withdrawn", RecordRow.erased.is_(False))
    )
    return [
        Counted(
            paths.get(group_id or "", path),
            programme,
            json.loads(text).get("first_applied_on") or "",
            status == "valid",
        )
        for path, group_id, programme, status, text in session.execute(query)
    ]


def quota_changes(session: Session, as_of: str) -> list[Change]:
    """Quotas whose figures moved since they were last published, with their new figures."""
    paths = {row.unit_id: row.path for row in session.scalars(select(UnitRow))}
    sums = _sums(count(session), set(paths.values()))
    published = _published(session, "quota")
    changes = []
    for row in session.scalars(select(QuotaRow)):
        sent, approved = _within(sums[paths[row.unit_id], row.programme], row)
        data = {
            "unit_id": row.unit_id,
            "programme": row.programme,
            "period": row.period,
            "kind": row.kind,
            "target": row.number,
            "stretch": row.stretch,
            "sent": sent + row.counted_before,
            "approved": approved + row.counted_before,
            "version": row.version,
        }
        changes += _moved(published, "quota", row.quota_id, paths[row.unit_id], data, as_of)
    return changes


def _sums(records: Iterable[Counted], paths: set[str]) -> dict[tuple[str, str], list[Counted]]:
    """Records by every unit above them and programme."""
    sums: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for record in records:
        parts = record.path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth]) + "/"
            if path in paths:
                sums[path, record.programme].append(record)
    return sums


def _within(records: list[Counted], row: QuotaRow) -> tuple[int, int]:
    first, last = row.first_day or "", row.last_day or "9999"
    inside = [r for r in records if first <= r.applied_on <= last] if row.first_day else records
    return len(inside), sum(record.is_valid for record in inside)


def _published(session: Session, stream: str) -> dict[str, tuple[int, dict[str, Any]]]:
    rows = session.scalars(select(FeedRow).where(FeedRow.stream == stream))
    return {row.entity_id: (row.rev, json.loads(row.body).get("data") or {}) for row in rows}


def _moved(
    published: dict[str, tuple[int, dict[str, Any]]],
    stream: str,
    entity_id: str,
    path: str,
    data: dict[str, Any],
    as_of: str,
) -> list[Change]:
    rev, before = published.get(entity_id, (0, {}))
    if {name: value for name, value in before.items() if name != "as_of"} == data:
        return []
    body = {"data": data | {"as_of": as_of}}
    return [Change(stream=stream, entity_id=entity_id, rev=rev + 1, path=path, body=body)]


def ranking_changes(session: Session, as_of: str) -> list[Change]:
    """Places of the units of each cluster and of the groups of each plant, by quota reached; equal means equal."""
    units = {row.unit_id: row for row in session.scalars(select(UnitRow))}
    quotas = _published(session, "quota")
    fields: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for _, data in quotas.values():
        if data["kind"] != "assigned":
            continue
        unit = units[data["unit_id"]]
        for scope in {unit.cluster, unit.parent_id} - {None}:
            fields[str(scope), data["programme"], data["period"]].append(data)
    published = _published(session, "ranking")
    changes = []
    for (scope, programme, period), entries in sorted(fields.items()):
        if len(entries) < 2:
            continue
        entity_id = f"{programme}:{period}:{scope}"
        before = {row["unit_id"]: row["rank"] for row in published.get(entity_id, (0, {}))[1].get("rows", [])}
        data = {
            "scope": scope,
            "programme": programme,
            "period": period,
            "rows": _ranked(entries, units, before),
        }
        if _same_places(published.get(entity_id, (0, {}))[1], data):
            continue
        changes += _moved(published, "ranking", entity_id, "", data, as_of)
    return changes


def _same_places(before: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether nothing but the movement since last time differs."""
    places = [[(r["unit_id"], r["score"]) for r in each.get("rows", [])] for each in (before, data)]
    return places[0] == places[1]


def _ranked(
    entries: list[dict[str, Any]], units: dict[str, UnitRow], before: dict[str, int]
) -> list[dict[str, Any]]:
    scored = [(round(100 * e["approved"] / e["target"], 1) if e["target"] else 0.0, e) for e in entries]
    scored.sort(key=lambda pair: (-pair[0], pair[1]["unit_id"]))
    rows: list[dict[str, Any]] = []
    for place, (score, entry) in enumerate(scored, start=1):
        rank = rows[-1]["rank"] if rows and rows[-1]["score"] == score else place
        unit_id = entry["unit_id"]
        rows.append(
            {
                "unit_id": unit_id,
                "name": units[unit_id].name,
                "rank": rank,
                "score": score,
                "approved": entry["approved"],
                "target": entry["target"],
                "delta": before.get(unit_id, rank) - rank,
            }
        )
    return rows
