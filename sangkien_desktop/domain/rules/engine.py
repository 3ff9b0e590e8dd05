"""What a rule is, and asking all of them about one record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import Programme
from sangkien_desktop.domain.rules.history import NO_HISTORY, History

if TYPE_CHECKING:
    from sangkien_desktop.domain.rules.demands import Demand


class Severity(StrEnum):
    """Errors stop a record from being sent, never from being kept; warnings ask a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A repair that one key accepts: the field's new plain value and what the button says."""

    field: str
    value: object
    label: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong with one field of one record, told to the author."""

    field: str
    code: str
    severity: Severity
    message: str
    fix: Fix | None = None


@dataclass(frozen=True, kw_only=True)
class RuleContext:
    """What rules may know beside the record itself."""

    programme: Programme
    today: date
    people: Mapping[PersonId, Person] = field(default_factory=lambda: MappingProxyType({}))
    severities: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    """The unit's own decision per code; None switches a rule off."""
    history: History = NO_HISTORY
    demands: "tuple[Demand, ...]" = ()
    """What the programmes demand beside the rules of the program itself."""


@dataclass(frozen=True)
class Found:
    """What a rule answers: a sentence, and the repair where one is possible."""

    message: str
    fix: Fix | None = None


Check = Callable[[Initiative, RuleContext], "str | Found | None"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One demand on a record."""

    code: str
    field: str
    severity: Severity
    source: str
    """The law, plan or paper that the demand comes from."""
    check: Check
    secret_too: bool

    @property
    def demand(self) -> str:
        """The rule in words, for people who set what blocks sending."""
        return (self.check.__doc__ or self.code).strip()


@dataclass
class RuleBook:
    """Rules in the order in which people read a paper sheet."""

    rules: list[Rule] = field(default_factory=list)

    def rule(
        self, field_name: str, *, source: str, severity: Severity = Severity.ERROR, secret_too: bool = False
    ) -> Callable[[Check], Check]:
        """Registers a function as a rule; its code is its name with hyphens.

        `secret_too` rules are asked also of initiatives under a technology secret, of which only title,
        effect and awards are sent.
        """

        def register(check: Check) -> Check:
            code = getattr(check, "__name__", "").replace("_", "-")
            self.rules.append(
                Rule(
                    code=code,
                    field=field_name,
                    severity=severity,
                    source=source,
                    check=check,
                    secret_too=secret_too,
                )
            )
            return check

        return register


def ask(rules: Iterable[Rule], record: Initiative, context: RuleContext) -> Iterator[Problem]:
    """Every problem that the rules find in a record, in the rules' order."""
    for rule in rules:
        if record.is_secret and not rule.secret_too:
            continue
        severity = context.severities.get(rule.code, rule.severity)
        if severity is None:
            continue
        answer = rule.check(record, context)
        if answer is not None:
            found = Found(answer) if isinstance(answer, str) else answer
            yield Problem(
                field=rule.field, code=rule.code, severity=severity, message=found.message, fix=found.fix
            )
