"""Taking acts back and doing them again: many levels, by name, also after a restart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from sangkien_desktop.domain.ids import InitiativeId, UndoGroupId, new_id
from sangkien_desktop.domain.initiative import Initiative, Provenance
from sangkien_desktop.domain.sync_status import OPEN, OperationState
from sangkien_desktop.errors import AppError
from sangkien_desktop.storage import history, initiatives, moment
from sangkien_desktop.storage.bulk import insert_new
from sangkien_desktop.storage.problem_rows import to_problems
from sangkien_desktop.storage.tables import HistoryRow, InitiativeRow, OperationRow, UndoGroupRow

DONE, UNDONE, DROPPED = "done", "undone", "dropped"
UNDO, REDO = "undo", "redo"
CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that can be undone or done again, as the menu names it."""

    id: UndoGroupId
    name: str
    actor: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an undo or redo touched."""

    act: Act
    changed: frozenset[InitiativeId]
    """Still there, with other values: if they were on their way to the portal, they must be queued anew."""
    removed: frozenset[InitiativeId]


class UndoRefused(AppError):
    """The act cannot be taken back any more; nothing was changed."""


def begin(session: Session, name: str, *, actor: str) -> UndoGroupId:
    """Open a new act for the coming puts; whatever was undone before can no longer be done again.

    `name` is Vietnamese and stands after “Hoàn tác”.
    """
    session.execute(update(UndoGroupRow).where(UndoGroupRow.state == UNDONE).values(state=DROPPED))
    row = UndoGroupRow(id=new_id(), name=name, actor=actor, at=moment.now(session), state=DONE)
    session.add(row)
    session.flush()
    return UndoGroupId(row.id)


def undoable(session: Session, limit: int = 20) -> tuple[Act, ...]:
    """Acts that can be taken back, the newest first. Acts that changed nothing do not count."""
    entered = exists().where(HistoryRow.undo_group == UndoGroupRow.seq)
    chosen = select(UndoGroupRow).where(UndoGroupRow.state == DONE, entered)
    return tuple(_act(row) for row in session.scalars(chosen.order_by(UndoGroupRow.seq.desc()).limit(limit)))


def redoable(session: Session, limit: int = 20) -> tuple[Act, ...]:
    """Acts that were taken back, in the order in which they would be done again."""
    chosen = select(UndoGroupRow).where(UndoGroupRow.state == UNDONE).order_by(UndoGroupRow.seq)
    return tuple(_act(row) for row in session.scalars(chosen.limit(limit)))


def undo(session: Session, *, actor: str, act: UndoGroupId | None = None) -> Outcome:
    """Take the newest act back, or a certain one whose records nobody has touched since.

    Raises UndoRefused with a sentence when a record of it has already been sealed for the portal, or was
    changed again later.
    """
    group = _group(session, act or _first(undoable(session, 1), "hoàn tác"), DONE)
    entries = _entries(session, group.seq)
    _refuse_sealed(session, group)
    _refuse_touched(session, group)
    stamp = history.Stamp(actor=actor, source=UNDO, group=UndoGroupId(group.id))
    changed = _apply(
        session, reversed([entry for entry in entries if entry.act == history.EDIT]), "before", stamp
    )
    removed = _uncreate(session, [entry for entry in entries if entry.act == history.CREATE], stamp)
    group.state = UNDONE
    session.flush()
    return Outcome(act=_act(group), changed=changed - removed, removed=removed)


def redo(session: Session, *, actor: str) -> Outcome:
    """Do the act again that was taken back last. Raises UndoRefused when there is none or it no longer fits."""
    group = _group(session, _first(redoable(session, 1), "làm lại"), UNDONE)
    entries = _entries(session, group.seq)
    stamp = history.Stamp(actor=actor, source=REDO, group=UndoGroupId(group.id))
    created = _recreate(session, [entry for entry in entries if entry.act == history.CREATE], stamp)
    changed = _apply(session, [entry for entry in entries if entry.act == history.EDIT], "after", stamp)
    group.state = DONE
    session.flush()
    return Outcome(act=_act(group), changed=changed | created, removed=frozenset())


def _act(row: UndoGroupRow) -> Act:
    return Act(id=UndoGroupId(row.id), name=row.name, actor=row.actor, at=row.at)


def _first(acts: Sequence[Act], verb: str) -> UndoGroupId:
    if not acts:
        raise UndoRefused(f"Không còn việc nào để {verb}.", hint="", code="nothing-to-undo")
    return acts[0].id


def _group(session: Session, act: UndoGroupId, state: str) -> UndoGroupRow:
    row = session.scalars(select(UndoGroupRow).where(UndoGroupRow.id == act)).one()
    if row.state != state:
        raise UndoRefused(f"Việc “{row.name}” đã được hoàn tác rồi.", hint="", code="nothing-to-undo")
    return row


def _entries(session: Session, group: int) -> Sequence[HistoryRow]:
    """The entries of the act itself, without those that undid or repeated it, in their order."""
    chosen = select(HistoryRow).where(HistoryRow.undo_group == group, HistoryRow.source.notin_((UNDO, REDO)))
    return session.scalars(chosen.order_by(HistoryRow.seq)).all()


def _refuse_sealed(session: Session, group: UndoGroupRow) -> None:
    entry = aliased(HistoryRow)
    sealed = (
        select(OperationRow.op_key)
        .join(entry, entry.record_id == OperationRow.record_id)
        .where(
            entry.undo_group == group.seq,
            entry.source != UNDO,
            OperationRow.op_id.is_not(None),
            OperationRow.sealed_version >= entry.version,
        )
    )
    if session.scalar(sealed.limit(1)) is not None:
        raise UndoRefused(
            f"Không hoàn tác được “{group.name}”: nội dung đã được đóng gói gửi lên Cổng.",
            hint="Sửa lại bản ghi; bản sửa sẽ được gửi tiếp.",
            code="undo-sealed",
        )


def _refuse_touched(session: Session, group: UndoGroupRow) -> None:
    """Refuse when a record of the act has a later version that no undo has taken back."""
    entry, later, its = aliased(HistoryRow), aliased(HistoryRow), aliased(UndoGroupRow)
    touched = (
        select(later.seq)
        .join(entry, entry.record_id == later.record_id)
        .outerjoin(its, its.seq == later.undo_group)
        .where(
            entry.undo_group == group.seq,
            later.seq > entry.seq,
            later.source.notin_((UNDO, REDO)),
            later.undo_group.is_distinct_from(group.seq),
            func.ifnull(its.state, DONE) == DONE,
        )
    )
    if session.scalar(touched.limit(1)) is not None:
        raise UndoRefused(
            f"Không hoàn tác được “{group.name}”: có bản ghi đã được sửa sau đó.",
            hint="Hoàn tác các lần sửa sau trước, hoặc sửa lại bản ghi.",
            code="undo-touched",
        )


def _apply(
    session: Session, entries: Iterable[HistoryRow], side: str, stamp: history.Stamp
) -> frozenset[InitiativeId]:
    changed = set()
    for entry in entries:
        patch: Mapping[str, Any] = getattr(entry, side) or {}
        stored = initiatives.get(session, InitiativeId(entry.record_id))
        kept = initiatives.put(
            session,
            history.patched(stored, patch),
            actor=stamp.actor,
            source=stamp.source,
            undo_group=stamp.group,
        )
        changed.add(kept.id)
    return frozenset(changed)


def _uncreate(
    session: Session, entries: Sequence[HistoryRow], stamp: history.Stamp
) -> frozenset[InitiativeId]:
    """Take created records out; what redo needs is kept in the entry of their creation."""
    removed: set[InitiativeId] = set()
    for part in _parts(entries):
        by_id = {entry.record_id: entry for entry in part}
        chosen = select(InitiativeRow.key).where(InitiativeRow.id.in_(list(by_id)))
        rows = initiatives.page(session, session.scalars(chosen).all())
        problems = select(InitiativeRow.id, InitiativeRow.problems).where(InitiativeRow.id.in_(list(by_id)))
        kept = {row.id: row.problems for row in session.execute(problems)}
        for row in rows:
            by_id[row.record.id].after = _whole(row.record, kept[row.record.id])
        session.flush()
        _cancel_open(session, list(by_id))
        history.removed(session, [row.record for row in rows], stamp=stamp)
        for row in rows:
            initiatives.remove(session, row.record.id)
            removed.add(row.record.id)
    return frozenset(removed)


def _recreate(
    session: Session, entries: Sequence[HistoryRow], stamp: history.Stamp
) -> frozenset[InitiativeId]:
    created: set[InitiativeId] = set()
    for part in _parts(entries):
        records = [_again(session, entry) for entry in part]
        problems = {
            InitiativeId(entry.record_id): to_problems((entry.after or {}).get("problems"))  # type: ignore[union-attr]
            for entry in part
        }
        insert_new(session, records, stamp=stamp, problems=problems)
        created.update(record.id for record in records)
    return frozenset(created)


def _whole(record: Initiative, problems: object) -> dict[str, Any]:
    source = record.provenance
    return {
        "document": history.document(record),
        "problems": problems,
        "provenance": {
            "source": source.source,
            "actor": source.actor,
            "at": source.at.isoformat() if source.at else None,
            "file_name": source.file_name,
            "file_sha256": source.file_sha256,
            "sheet": source.sheet,
            "row": source.row,
        },
    }


def _again(session: Session, entry: HistoryRow) -> Initiative:
    whole: Any = entry.after
    at = whole["provenance"].pop("at")
    provenance = Provenance(**whole["provenance"], at=datetime.fromisoformat(at) if at else None)
    empty = Initiative(
        id=InitiativeId(entry.record_id), programme=whole["document"]["programme"], provenance=provenance
    )
    version = history.last_version(session, empty.id)
    return replace(history.patched(empty, whole["document"]), version=version)


def _cancel_open(session: Session, ids: Sequence[str]) -> None:
    session.execute(
        update(OperationRow)
        .where(OperationRow.record_id.in_(ids), OperationRow.state.in_([state.value for state in OPEN]))
        .values(state=OperationState.CANCELLED.value, settled_at=moment.now(session))
    )


def _parts(entries: Sequence[HistoryRow]) -> Iterable[list[HistoryRow]]:
    walking = iter(entries)
    while part := list(islice(walking, CHUNK)):
        yield part
