"""What officers do with initiatives: write, look, mark ready, withdraw, take back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sangkien_desktop.domain import lifecycle
from sangkien_desktop.domain.changes import NOTHING, Changes
from sangkien_desktop.domain.document import Document, with_values
from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId, new_id
from sangkien_desktop.domain.initiative import Author, Initiative, Lifecycle, Provenance
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Problem, has_errors
from sangkien_desktop.domain.rules.truth import even_shares
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.services import grounds
from sangkien_desktop.services.record_lists import RecordLists
from sangkien_desktop.services.surroundings import RuleContexts, known_people
from sangkien_desktop.storage import imports, initiatives, local_codes, outbox
from sangkien_desktop.storage import undo as acts
from sangkien_desktop.storage.database import Session
from sangkien_desktop.storage.initiatives import Query, Row

MANY = 200
"""Above so many records, `Changes` says only that many changed."""


@dataclass(frozen=True)
class Saved:
    """A record as it now stands, and what is wrong with it."""

    record: Initiative
    problems: tuple[Problem, ...]
    changes: Changes


@dataclass(frozen=True)
class Readied:
    """What became of records that were to be marked ready."""

    ready: tuple[InitiativeId, ...]
    blocked: Mapping[InitiativeId, tuple[Problem, ...]]
    """Records with errors stay drafts."""
    held: Mapping[InitiativeId, str]
    """Ready, but without a ground to send an author's data: the reason."""
    changes: Changes


@dataclass(frozen=True)
class TakenBack:
    """An act that was undone or done again: its name for the strip, and what it touched."""

    name: str
    changes: Changes


def changes_of(ids: Collection[InitiativeId], *, sync: bool = True) -> Changes:
    """The changes of so many records."""
    if not ids:
        return NOTHING
    if len(ids) > MANY:
        return Changes(many_initiatives=True, sync=sync)
    return Changes(initiatives=frozenset(ids), sync=sync)


class InitiativeService(RecordLists):
    """Entry, lists, and the way of a record until it waits for the portal."""

    # Writing

    def blank(self, like: Initiative | None = None) -> Initiative:
        """A new record that is not stored yet, with what the settings carry over from the last one."""
        settings = self._desk.settings()
        record = Initiative(
            id=InitiativeId(new_id()),
            programme=settings.default_programme,
            provenance=Provenance(source="typed", actor=self._desk.actor(), at=self._desk.clock.now()),
        )
        if like is None:
            return record
        carried = {name: getattr(like, name) for name in settings.carry_over_fields if hasattr(like, name)}
        return replace(record, **carried)

    def save(self, draft: Initiative, *, opened_on: int, name: str = "") -> Saved:
        """Keep a record. Raises StaleEdit when the stored version is not the one it was opened on."""
        draft = replace(draft, version=opened_on)
        with self._database.write() as session:
            group = self._act(session, name or self._name_of(draft))
            record, problems = self._put(session, draft, group)
        return Saved(record, problems, changes_of([record.id]))

    def set_values(self, ids: Sequence[InitiativeId], values: Document, *, name: str = "") -> Changes:
        """Give fields of many records the same plain values, as one act that one undo takes back."""
        label = ", ".join(FIELD[field].heading for field in values if field in FIELD)
        return self.edit(ids, lambda record: with_values(record, values), name=name or f"sửa {label}")

    def edit(
        self, ids: Sequence[InitiativeId], change: Callable[[Initiative], Initiative], *, name: str
    ) -> Changes:
        """Change many records, as one act; records that the change leaves alone stay as they are."""
        touched: list[InitiativeId] = []
        with self._database.write() as session:
            group = self._act(session, f"{name} của {len(ids)} sáng kiến" if len(ids) > 1 else name)
            for initiative_id in ids:
                before = initiatives.get(session, initiative_id)
                after = change(before)
                if after != before:
                    self._put(session, after, group)
                    touched.append(initiative_id)
        return changes_of(touched)

    def add_many(self, records: Sequence[Initiative], *, name: str, source: str = "paste") -> Changes:
        """Keep new records as one act."""
        with self._database.write() as session:
            group = self._act(session, name)
            self._insert(session, records, group, source)
        return changes_of([record.id for record in records])

    def accept(self, initiative_id: InitiativeId, problem: Problem, *, opened_on: int) -> Saved:
        """Accept the repair that a problem offers."""
        if problem.fix is None:
            raise ValueError("a problem without a repair cannot be accepted")
        with self._database.read() as session:
            record = initiatives.get(session, initiative_id, expected=opened_on)
        return self.save(repaired(record, problem), opened_on=opened_on, name=problem.fix.label)

    def mark_ready(self, ids: Sequence[InitiativeId] | None = None) -> Readied:
        """Let complete records wait for the portal; None means every draft without errors."""
        with self._database.write() as session:
            records = self._drafts(session, ids)
            contexts = RuleContexts(session, self._desk, records)
            found = {record.id: contexts.problems(record) for record in records}
            blocked = {key: problems for key, problems in found.items() if has_errors(problems)}
            good = [record for record in records if record.id not in blocked]
            group = self._act(session, f"đánh dấu đủ, chờ gửi {len(good)} sáng kiến") if good else None
            for record in good:
                ready = lifecycle.moved(record, Lifecycle.READY)
                initiatives.put(
                    session,
                    ready,
                    actor=self._desk.actor(),
                    source="typed",
                    undo_group=group,
                    problems=found[record.id],
                )
            initiatives.set_problems(session, blocked)
            held = self._hold_without_ground(session, good)
            outbox.add_many(session, [record.id for record in good], actor=self._desk.actor())
        ids_ready = tuple(record.id for record in good)
        return Readied(ids_ready, blocked, held, changes_of(list(found)))

    def back_to_draft(self, ids: Sequence[InitiativeId]) -> Changes:
        """Take records that wait for the portal back into entry."""
        return self.edit(ids, lambda record: lifecycle.moved(record, Lifecycle.DRAFT), name="đưa về nháp")

    def withdraw(self, ids: Sequence[InitiativeId], *, name: str = "rút") -> Changes:
        """Withdraw records: here at once, at the portal with the next sync."""
        return self.edit(ids, lambda record: lifecycle.moved(record, Lifecycle.WITHDRAWN), name=name)

    def restore(self, ids: Sequence[InitiativeId]) -> Changes:
        """Bring withdrawn records back as drafts."""
        return self.edit(ids, lambda record: lifecycle.moved(record, Lifecycle.DRAFT), name="khôi phục")

    def hold(self, ids: Sequence[InitiativeId], reason: str) -> Changes:
        """Keep records from being sent until they are released."""
        with self._database.write() as session:
            outbox.hold(session, ids, reason)
        return changes_of(ids)

    def release(self, ids: Sequence[InitiativeId]) -> Changes:
        """Let held records go, but for those that lack a ground."""
        with self._database.write() as session:
            outbox.release(session, ids)
            self._hold_without_ground(session, [initiatives.get(session, one) for one in ids])
        return changes_of(ids)

    # Taking back

    def undo_name(self) -> str:
        """What undo would take back, as the menu says it; empty when nothing."""
        with self._database.read() as session:
            return next((act.name for act in acts.undoable(session, 1)), "")

    def redo_name(self) -> str:
        """What redo would do again; empty when nothing."""
        with self._database.read() as session:
            return next((act.name for act in acts.redoable(session, 1)), "")

    def undo(self, act: UndoGroupId | None = None) -> TakenBack:
        """Take the newest act back, or a certain one. Raises UndoRefused with the reason."""
        with self._database.write() as session:
            return self._taken_back(session, acts.undo(session, actor=self._desk.actor(), act=act))

    def redo(self) -> TakenBack:
        """Do the act again that was taken back last. Raises UndoRefused with the reason."""
        with self._database.write() as session:
            return self._taken_back(session, acts.redo(session, actor=self._desk.actor()))

    def _taken_back(self, session: Session, done: acts.Outcome) -> TakenBack:
        self._refresh(session, sorted(done.changed))
        imports.follow(session, done.act.id, is_undone=bool(done.removed))
        return TakenBack(done.act.name, changes_of(done.changed | done.removed))

    # Parts

    def _refresh(self, session: Session, ids: Sequence[InitiativeId]) -> None:
        """Ask the rules again and put the outbox right after records changed behind the form's back."""
        records = initiatives.find(session, Query(ids=frozenset(ids))) if ids else ()
        contexts = RuleContexts(session, self._desk, records)
        initiatives.set_problems(session, {record.id: contexts.problems(record) for record in records})
        outbox.add_many(session, [record.id for record in records], actor=self._desk.actor())

    def _put(
        self, session: Session, draft: Initiative, group: UndoGroupId
    ) -> tuple[Initiative, tuple[Problem, ...]]:
        """One record with its code, its problems and its place in the outbox; a ready one with errors is held."""
        if not draft.local_code:
            draft = replace(draft, local_code=self._codes(session, 1)[0])
        found = RuleContexts(session, self._desk, [draft]).problems(draft)
        record = initiatives.put(
            session, draft, actor=self._desk.actor(), source="typed", undo_group=group, problems=found
        )
        if record.lifecycle is not Lifecycle.DRAFT:
            self._hold_without_ground(session, [record])
        outbox.add(session, record.id, actor=self._desk.actor())
        return record, found

    def _insert(
        self, session: Session, records: Sequence[Initiative], group: UndoGroupId, source: str
    ) -> None:
        """New records at the speed of the driver, with their codes and problems."""
        codes = self._codes(session, sum(not record.local_code for record in records))
        given = iter(codes)
        whole = [r if r.local_code else replace(r, local_code=next(given)) for r in records]
        contexts = RuleContexts(session, self._desk, whole)
        found = {record.id: contexts.problems(record) for record in whole}
        initiatives.put_many(
            session, whole, actor=self._desk.actor(), source=source, undo_group=group, problems=found
        )

    def _codes(self, session: Session, number: int) -> Sequence[str]:
        settings = self._desk.settings()
        if not number:
            return ()
        return local_codes.reserve(
            session, settings.local_code_pattern, number, unit=settings.unit_code or "SK"
        )

    def _drafts(self, session: Session, ids: Sequence[InitiativeId] | None) -> tuple[Initiative, ...]:
        if ids is None:
            return initiatives.find(
                session, Query(lifecycle=Lifecycle.DRAFT, sort="newest", descending=False)
            )
        found = [initiatives.get(session, one) for one in ids]
        return tuple(record for record in found if record.lifecycle is Lifecycle.DRAFT)

    def _hold_without_ground(
        self, session: Session, records: Sequence[Initiative]
    ) -> dict[InitiativeId, str]:
        declared = grounds.ground(session)
        if declared is not None or not records:
            return {}
        held: dict[InitiativeId, str] = {}
        for reason, of_reason in grounds.reasons(records, known_people(session, records), declared).items():
            if reason:
                outbox.hold(session, [record.id for record in of_reason], reason)
                held.update({record.id: reason for record in of_reason})
        return held

    def _act(self, session: Session, name: str) -> UndoGroupId:
        return acts.begin(session, name, actor=self._desk.actor())

    @staticmethod
    def _name_of(draft: Initiative) -> str:
        return "thêm một sáng kiến" if draft.version == 0 else f"sửa {draft.local_code or 'một sáng kiến'}"


def repaired(record: Initiative, problem: Problem) -> Initiative:
    """The record with a problem's repair accepted."""
    fix = problem.fix
    if fix is None:
        return record
    if fix.field == "authors" and fix.value == "even":
        return replace(record, authors=shared_evenly(record.authors))
    return with_values(record, {fix.field: fix.value})  # type: ignore[dict-item]


def shared_evenly(authors: Sequence[Author]) -> tuple[Author, ...]:
    """The authors with equal shares; what is left over goes to the first."""
    return tuple(
        replace(author, share=share) for author, share in zip(authors, even_shares(len(authors)), strict=True)
    )


__all__ = [
    "InitiativeService",
    "Query",
    "Readied",
    "Row",
    "Saved",
    "StaleEdit",
    "TakenBack",
    "repaired",
    "shared_evenly",
]
