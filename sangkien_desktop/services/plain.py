"""Records, plans and problems as the JSON that the command line prints."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sangkien_desktop.domain.document import share_to_json
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative import Author, Award, Initiative
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import Quota
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.storage.initiatives import Row
from sangkien_desktop.storage.rankings import Ranking
from sangkien_desktop.vietnamese.dates import PartialDate, Precision
from sangkien_desktop.workbooks import drafts
from sangkien_desktop.workbooks.results import RowProblem


def day(value: PartialDate | None) -> str | dict[str, str] | None:
    """A day as ISO text; less precise dates with their precision."""
    if value is None or value.precision is Precision.DAY:
        return value.iso() if value else None
    return {"precision": value.precision.value, "value": value.iso()}


def author(one: Author) -> dict[str, Any]:
    """An author; the share is None where the paper does not say."""
    return {"name": one.name or None, "employee_code": one.employee_code, "share": share_to_json(one.share)}


def _award(one: Award) -> dict[str, Any]:
    return {
        "level": one.level,
        "form": one.form,
        "decision": one.decision,
        "date": day(one.date),
        "amount": one.amount,
    }


_PLAIN: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DATE: day,
    Kind.AUTHORS: lambda authors: [author(one) for one in authors] or None,
    Kind.AWARDS: lambda awards: [_award(one) for one in awards] or None,
    Kind.FILES: lambda files: (
        [{"name": one.name, "sha256": one.sha256, "size": one.size, "role": one.role} for one in files]
        or None
    ),
    Kind.CHOICES: lambda labels: list(labels) or None,
    Kind.FLAG: bool,
    Kind.MONEY: lambda amount: amount,
}


def value(kind: Kind, found: Any) -> Any:
    """A field's value; None when there is none."""
    convert = _PLAIN.get(kind)
    return convert(found) if convert else found or None


def record(one: Initiative, unit_names: Mapping[UnitId, str]) -> dict[str, Any]:
    """Every field of a record; the group by its name."""
    plain = {declared.name: value(declared.kind, getattr(one, declared.name)) for declared in FIELDS}
    plain["group"] = unit_names.get(one.group) if one.group else None
    source = one.provenance
    return {
        "id": one.id,
        "local_code": one.local_code,
        "programme": one.programme,
        "stage": one.stage,
        **plain,
        "note": one.note,
        "unread": dict(one.unread),
        "lifecycle": one.lifecycle.value,
        "version": one.version,
        "provenance": {
            "source": source.source,
            "actor": source.actor,
            "file": source.file_name,
            "sheet": source.sheet,
            "row": source.row,
        },
    }


def row(one: Row, unit_names: Mapping[UnitId, str]) -> dict[str, Any]:
    """A record with what stands beside it in a list."""
    return record(one.record, unit_names) | {
        "portal_code": one.portal_code,
        "portal_status": one.portal_status or None,
        "portal_reason": dict(one.portal_reason) or None,
        "sync": one.badge.value,
        "errors": one.errors,
        "warnings": one.warnings,
    }


def problem(one: Problem | RowProblem) -> dict[str, Any]:
    """A problem with its field, code, severity and sentence."""
    plain: dict[str, Any] = {
        "field": one.field,
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
    }
    if isinstance(one, RowProblem):
        plain |= {"column": one.column, "value": one.raw}
    return plain | ({"fix": one.fix.label} if one.fix else {})


def person(one: Person, unit_names: Mapping[UnitId, str]) -> dict[str, Any]:
    """A worker without the citizen number."""
    return {
        "id": one.id,
        "employee_code": one.employee_code,
        "name": one.name,
        "birth_date": day(one.birth_date),
        "gender": one.gender.value if one.gender else None,
        "group": unit_names.get(one.group) if one.group else None,
        "position": one.position,
        "education": one.education,
        "is_leader": one.is_leader,
        "is_member": one.is_member,
        "phone": one.phone,
        "status": one.status.value,
        "may_be_sent": one.may_be_sent,
    }


def quota(one: Quota, unit_names: Mapping[UnitId, str]) -> dict[str, Any]:
    """A quota with its unit's name."""
    return {
        "unit": one.unit,
        "unit_name": unit_names.get(one.unit),
        "programme": one.programme,
        "period": one.period,
        "kind": one.kind.value,
        "number": one.number,
        "version": one.version,
        "as_of": one.as_of.isoformat() if one.as_of else None,
        "source": one.source,
    }


def ranking(one: Ranking) -> dict[str, Any]:
    """A table of ranks as the portal gave it."""
    return asdict(one) | {"as_of": one.as_of.isoformat() if one.as_of else None}


def sheet(plan: SheetPlan) -> dict[str, Any]:
    """One sheet of an import, as understood and as it would be written."""
    asks_author = bool({"author", "authors", "employee_code"} & set(plan.reading.columns.values()))
    rows = [
        drafts.row_as_json(one.reading, one.problems, asks_author=asks_author)
        | {"outcome": one.outcome.value}
        for one in plan.rows
    ]
    head = drafts.sheet_as_json(plan.reading)
    return head | {"programme": plan.programme, "rows": rows, "lacking": list(plan.lacking), **plan.counts}
