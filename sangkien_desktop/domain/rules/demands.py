"""Rules that a programme brings as data: dated, from the portal's rule pack or from the unit's own table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules.engine import Problem, RuleContext, Severity
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.vietnamese.money import format_vnd


class DemandKind(StrEnum):
    """What a demand can ask; `value` of the demand is read accordingly."""

    FILLED = "filled"
    """The field says something."""
    AT_LEAST = "at_least"
    """Money: at least so many đồng; text: at least so many characters."""
    AT_MOST = "at_most"
    WITHOUT = "without"
    """Text: without this word."""
    PAPER = "paper"
    """A file of this role is attached."""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One demand of a programme on one field, valid from a day to a day (both included)."""

    code: str
    programme: str
    field: str
    kind: DemandKind
    value: int | str = ""
    severity: Severity = Severity.ERROR
    message: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    only_from: int = 0
    """Asked only when the declared benefit is at least so many đồng."""

    def holds_on(self, day: date) -> bool:
        """Whether the demand is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def read_demands(plain: Iterable[Mapping[str, Any]]) -> tuple[Demand, ...]:
    """Demands from plain JSON; an entry that this version does not understand is left out, never guessed."""
    found = []
    for entry in plain:
        try:
            demand = Demand(
                code=str(entry["code"]),
                programme=str(entry.get("programme", "")),
                field=str(entry["field"]),
                kind=DemandKind(entry["kind"]),
                value=entry.get("value", ""),
                severity=Severity(entry.get("severity", "error")),
                message=str(entry.get("message", "")),
                source=str(entry.get("source", "")),
                valid_from=_day(entry.get("from")),
                valid_to=_day(entry.get("to")),
                only_from=int(entry.get("only_from", 0)),
            )
        except (KeyError, ValueError, TypeError):
            continue
        if demand.field in FIELD:
            found.append(demand)
    return tuple(found)


def write_demands(demands: Iterable[Demand]) -> list[dict[str, Any]]:
    """Demands as the plain JSON that `read_demands` reads back."""
    return [
        {
            "code": one.code,
            "programme": one.programme,
            "field": one.field,
            "kind": one.kind.value,
            "value": one.value,
            "severity": one.severity.value,
            "message": one.message,
            "source": one.source,
            "from": one.valid_from.isoformat() if one.valid_from else None,
            "to": one.valid_to.isoformat() if one.valid_to else None,
            "only_from": one.only_from,
        }
        for one in demands
    ]


def demanded_problems(record: Initiative, context: RuleContext) -> Iterator[Problem]:
    """What the programme's own demands find; a secret initiative is asked only about what it sends."""
    for demand in context.demands:
        if demand.programme not in ("", record.programme) or not demand.holds_on(context.today):
            continue
        if record.is_secret and not FIELD[demand.field].leaves_when_secret:
            continue
        severity = context.severities.get(demand.code, demand.severity)
        if (
            severity is None
            or (record.annual_benefit or 0) < demand.only_from
            or demand.field in record.unread
        ):
            continue
        if not _is_met(demand, record):
            yield Problem(
                field=demand.field,
                code=demand.code,
                severity=severity,
                message=demand.message or _sentence(demand),
            )


def _is_met(demand: Demand, record: Initiative) -> bool:
    value = getattr(record, demand.field)
    if demand.kind is DemandKind.PAPER:
        return any(file.role == demand.value for file in record.attachments)
    if demand.kind is DemandKind.FILLED:
        return value not in (None, "", ())
    if value in (None, "", ()):
        return True
    if demand.kind is DemandKind.WITHOUT:
        return fold(str(demand.value)) not in fold(str(value))
    size, bound = value if isinstance(value, int) else len(value), int(demand.value)
    return bool(size >= bound if demand.kind is DemandKind.AT_LEAST else size <= bound)


def _sentence(demand: Demand) -> str:
    label = FIELD[demand.field].label
    if demand.kind is DemandKind.PAPER:
        return "Chương trình yêu cầu kèm giấy tờ cho sáng kiến này."
    if demand.kind is DemandKind.FILLED:
        return f"Chương trình yêu cầu ghi {label[0].lower()}{label[1:]}."
    if demand.kind is DemandKind.WITHOUT:
        return f"{label} không được chứa “{demand.value}”."
    word = "ít nhất" if demand.kind is DemandKind.AT_LEAST else "nhiều nhất"
    return f"{label}: chương trình yêu cầu {word} {format_vnd(int(demand.value))}."


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
