"""Writing planned imports as one act that one undo takes back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId, new_id
from sangkien_desktop.domain.initiative import Initiative, Lifecycle
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.import_plan import Outcome, RowPlan, SheetPlan, without_twins
from sangkien_desktop.services.surroundings import RuleContexts
from sangkien_desktop.storage import backups, imports, initiatives, local_codes, outbox, people, undo, units
from sangkien_desktop.storage.database import Session
from sangkien_desktop.workbooks.results import RowProblem

MANY = 500
"""Above so many records, `Changes` says only that many changed."""


@dataclass(frozen=True)
class Imported:
    """What an import has written."""

    created: tuple[InitiativeId, ...]
    updated: tuple[InitiativeId, ...]
    unchanged: int
    rejected: int
    changes: Changes
    act: UndoGroupId
    """What one undo takes back."""


class ImportWriter:
    """Takes plans, writes records, and remembers what became of each row."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._database = desk.database

    def write(self, plans: Sequence[SheetPlan], *, name: str = "") -> Imported:
        """Write the plans as one act that one undo takes back. Raises StaleEdit when a record that a plan
        changes was saved in the meantime; nothing is written then."""
        self._back_up_first()
        plans = without_twins(plans)
        files = sorted({plan.reading.file_name for plan in plans})
        with self._database.write() as session:
            group = undo.begin(session, name or f"nhập {', '.join(files[:3])}", actor=self._desk.actor())
            for plan in plans:
                units.put_many(session, plan.units)
                people.put_many(session, plan.people)
            created = self._insert(
                session, [r for plan in plans for r in plan.rows if r.outcome is Outcome.CREATED], group
            )
            changed = self._update(
                session, [r for plan in plans for r in plan.rows if r.outcome is Outcome.UPDATED], group
            )
            for plan in plans:
                self._remember(session, plan, group)
        counts = Counter(row.outcome for plan in plans for row in plan.rows)
        touched = {*created, *changed}
        return Imported(
            created=created,
            updated=changed,
            unchanged=counts[Outcome.UNCHANGED],
            rejected=counts[Outcome.REJECTED],
            act=group,
            changes=Changes(
                initiatives=frozenset(touched) if len(touched) <= MANY else frozenset(),
                many_initiatives=len(touched) > MANY,
                units=any(plan.units for plan in plans),
                sync=bool(touched),
            ),
        )

    def _back_up_first(self) -> None:
        """An import touches much at once; what stands here now stays within reach."""
        with self._database.read() as session:
            is_due = backups.is_due(session)
        if is_due:
            backups.make(self._database, reason="import", clock=self._desk.clock)

    def _insert(
        self, session: Session, rows: Sequence[RowPlan], group: UndoGroupId
    ) -> tuple[InitiativeId, ...]:
        settings = self._desk.settings()
        codes = local_codes.reserve(
            session, settings.local_code_pattern, len(rows), unit=settings.unit_code or "SK"
        )
        records = [
            replace(row.record, local_code=code) for row, code in zip(rows, codes, strict=True) if row.record
        ]
        found = self._problems(session, records)
        initiatives.put_many(
            session, records, actor=self._desk.actor(), source="import", undo_group=group, problems=found
        )
        return tuple(record.id for record in records)

    def _update(
        self, session: Session, rows: Sequence[RowPlan], group: UndoGroupId
    ) -> tuple[InitiativeId, ...]:
        records = [row.record for row in rows if row.record]
        found = self._problems(session, records)
        for record in records:
            initiatives.put(
                session,
                record,
                actor=self._desk.actor(),
                source="import",
                undo_group=group,
                problems=found[record.id],
            )
        outbox.add_many(
            session, [r.id for r in records if r.lifecycle is not Lifecycle.DRAFT], actor=self._desk.actor()
        )
        return tuple(record.id for record in records)

    def _problems(
        self, session: Session, records: Sequence[Initiative]
    ) -> dict[InitiativeId, tuple[Problem, ...]]:
        contexts = RuleContexts(session, self._desk, records)
        return {record.id: contexts.problems(record) for record in records}

    def _remember(self, session: Session, plan: SheetPlan, group: UndoGroupId) -> None:
        job = imports.ImportJob(
            id=new_id(),
            file_name=plan.reading.file_name,
            file_sha256=plan.file_sha256,
            sheet=plan.reading.sheet or "",
            layout=plan.reading.signature,
            actor=self._desk.actor(),
            at=self._desk.clock.now(),
            counts=plan.counts,
        )
        rows = [
            imports.ImportedRow(
                row=row.reading.row,
                identity=row.identity,
                outcome=row.outcome,
                record=row.record.id if row.record else None,
                values=row.values,
                issues=[_issue(problem) for problem in row.problems],
            )
            for row in plan.rows
        ]
        imports.remember(session, job, rows, undo_group=group)


def _issue(problem: RowProblem) -> dict[str, str | None]:
    return {
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "column": problem.column,
    }
