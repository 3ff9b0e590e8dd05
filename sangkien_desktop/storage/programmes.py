"""Programmes as the portal or the program itself gives them."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from sangkien_desktop.domain.programmes import SHIPPED, Campaign, Programme, Stage
from sangkien_desktop.storage.tables import ProgrammeRow


def find(session: Session) -> tuple[Programme, ...]:
    """Every programme: those kept here, then the shipped ones that were not replaced."""
    kept = [_programme(row) for row in session.scalars(select(ProgrammeRow).order_by(ProgrammeRow.place))]
    codes = {programme.code for programme in kept}
    return (*kept, *(programme for programme in SHIPPED if programme.code not in codes))


def get(session: Session, code: str) -> Programme:
    """The programme; raises KeyError."""
    found = next((programme for programme in find(session) if programme.code == code), None)
    if found is None:
        raise KeyError(code)
    return found


def put(session: Session, programme: Programme, *, rev: int = 0, as_of: datetime | None = None) -> None:
    """Keep the programme; a shipped one of the same code is replaced."""
    row = session.get(ProgrammeRow, programme.code)
    if row is None:
        row = ProgrammeRow(code=programme.code)
        session.add(row)
    row.name, row.data, row.rev, row.as_of = programme.name, to_json(programme), rev, as_of
    session.flush()


def to_json(programme: Programme) -> dict[str, Any]:
    """The programme as plain values; days as ISO text, moments with their offset."""
    return {
        "applied_from": _iso(programme.applied_from),
        "applied_to": _iso(programme.applied_to),
        "stages": [
            {
                "code": stage.code,
                "name": stage.name,
                "opens_at": stage.opens_at.isoformat(),
                "closes_at": stage.closes_at.isoformat(),
            }
            for stage in programme.stages
        ],
        "campaigns": [
            {"name": one.name, "first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat()}
            for one in programme.campaigns
        ],
        "catalogues": {name: list(labels) for name, labels in programme.catalogues.items()},
        "needs_recognition": programme.needs_recognition,
        "confirm_benefit_from": programme.confirm_benefit_from,
        "ask_above": programme.ask_above,
    }


def from_json(code: str, name: str, plain: Mapping[str, Any]) -> Programme:
    """The programme of plain values as `to_json` makes them; raises ValueError for other shapes of dates."""
    return Programme(
        code=code,
        name=name,
        applied_from=_day(plain.get("applied_from")),
        applied_to=_day(plain.get("applied_to")),
        stages=tuple(
            Stage(
                code=stage["code"],
                name=stage["name"],
                opens_at=datetime.fromisoformat(stage["opens_at"]),
                closes_at=datetime.fromisoformat(stage["closes_at"]),
            )
            for stage in plain.get("stages", ())
        ),
        campaigns=tuple(
            Campaign(
                name=one["name"],
                first_day=date.fromisoformat(one["first_day"]),
                last_day=date.fromisoformat(one["last_day"]),
            )
            for one in plain.get("campaigns", ())
        ),
        catalogues=MappingProxyType(
            {name: tuple(labels) for name, labels in plain.get("catalogues", {}).items()}
        ),
        needs_recognition=plain.get("needs_recognition", True),
        confirm_benefit_from=plain.get("confirm_benefit_from", Programme.confirm_benefit_from),
        ask_above=plain.get("ask_above", Programme.ask_above),
    )


def _programme(row: ProgrammeRow) -> Programme:
    return from_json(row.code, row.name, cast(dict[str, Any], row.data))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
