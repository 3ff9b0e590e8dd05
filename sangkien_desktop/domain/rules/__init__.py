"""Everything that can be wrong with a record."""

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.rules import quality, truth
from sangkien_desktop.domain.rules.completeness import declared_problems
from sangkien_desktop.domain.rules.demands import Demand, DemandKind, demanded_problems
from sangkien_desktop.domain.rules.engine import Fix, Found, Problem, Rule, RuleContext, Severity, ask

__all__ = [
    "RULES",
    "Demand",
    "DemandKind",
    "Fix",
    "Found",
    "Problem",
    "Rule",
    "RuleContext",
    "Severity",
    "has_errors",
    "problems",
]

RULES: tuple[Rule, ...] = (*truth.BOOK.rules, *quality.BOOK.rules)


def problems(record: Initiative, context: RuleContext) -> tuple[Problem, ...]:
    """Every problem of a record: the one answer for form, grid, import preview, check and sending."""
    return (
        *declared_problems(record, context),
        *demanded_problems(record, context),
        *ask(RULES, record, context),
    )


def has_errors(found: tuple[Problem, ...]) -> bool:
    """Whether anything among the problems stops the record from being sent."""
    return any(problem.severity is Severity.ERROR for problem in found)
