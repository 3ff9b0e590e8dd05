"""Problems of a record as plain JSON in its row, and back."""

from collections.abc import Sequence
from typing import Any

from sangkien_desktop.domain.rules import Fix, Problem, Severity
from sangkien_desktop.storage.meta import to_json


def problem_values(problems: Sequence[Problem]) -> tuple[str | None, int, int]:
    """JSON text (None without problems), number of errors, number of warnings."""
    if not problems:
        return None, 0, 0
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return to_json([_plain(problem) for problem in problems]), errors, len(problems) - errors


def to_problems(stored: Any) -> tuple[Problem, ...]:
    """The problems of a row's JSON."""
    return tuple(_problem(plain) for plain in stored or ())


def _plain(problem: Problem) -> dict[str, object]:
    plain: dict[str, object] = {
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }
    if problem.fix is not None:
        plain["fix"] = {"field": problem.fix.field, "value": problem.fix.value, "label": problem.fix.label}
    return plain


def _problem(plain: dict[str, Any]) -> Problem:
    fix = plain.get("fix")
    return Problem(
        field=plain["field"],
        code=plain["code"],
        severity=Severity(plain["severity"]),
        message=plain["message"],
        fix=Fix(field=fix["field"], value=fix["value"], label=fix["label"]) if fix else None,
    )
