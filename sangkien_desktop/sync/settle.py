"""Outcomes → records: every outcome of a batch in one transaction, together with the closing of its operations."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.ids import InitiativeId, OperationId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import OperationState, PortalStatus
from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.storage import moment, parcels, sync_marks
from sangkien_desktop.storage.outbox import Kind
from sangkien_desktop.storage.parcels import Frozen, Settled
from sangkien_desktop.storage.replicas import Copy
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.sync.ledger import Ledger
from sangkien_desktop.sync.rebase import WITHDRAWN_HERE, WITHDRAWN_THERE, Theirs
from sangkien_desktop.sync.wire.batches import BatchAnswer, Fault, Outcome, Verdict, sent_document
from sangkien_desktop.sync.wire.documents import UnitCodes, known_there

DEFERRED_S = 300
LONGEST_DEFERRAL_S = 24 * 3600

STATE_OF = {
    Verdict.APPLIED: OperationState.APPLIED,
    Verdict.MERGED: OperationState.MERGED,
    Verdict.REJECTED: OperationState.REJECTED,
    Verdict.CONFLICT: OperationState.CONFLICT,
    Verdict.DEFERRED: OperationState.WAITING,
    Verdict.DUPLICATE_OF: OperationState.DUPLICATE,
}


@dataclass(frozen=True)
class SettledBatch:
    """What a batch came to: outcomes counted, and the records they touched."""

    counts: Counter[Verdict]
    records: frozenset[InitiativeId]


def settle_answer(
    session: Session, answer: BatchAnswer, units: UnitCodes, *, verified: bool = False
) -> SettledBatch:
    """Apply a batch's stored answer and mark it settled; applying it again changes nothing."""
    operations = parcels.operations_of(session, answer.batch_id)
    settled = settle_outcomes(session, operations, answer.outcomes, units)
    parcels.mark_settled(session, answer.batch_id)
    if answer.receipt:
        sync_marks.put_receipt(session, answer.batch_id, answer.receipt, verified=verified)
    return settled


def settle_outcomes(
    session: Session, operations: tuple[Frozen, ...], outcomes: tuple[Outcome, ...], units: UnitCodes
) -> SettledBatch:
    """Close each operation that has an outcome; one without stays as it is."""
    said: dict[OperationId, Outcome] = {outcome.op_id: outcome for outcome in outcomes}
    answered = [(operation, said[operation.op_id]) for operation in operations if operation.op_id in said]
    ledger = Ledger(session, [operation.record for operation, _ in answered])
    ledger.preload(_needed(ledger, answered))
    now = moment.now(session)
    closing: list[Settled] = []
    for operation, outcome in answered:
        if ledger.copy(operation.record) is not None:
            _apply(ledger, operation, outcome, units)
        wait_s = min(outcome.retry_after_s or DEFERRED_S, LONGEST_DEFERRAL_S)
        is_deferred = outcome.verdict is Verdict.DEFERRED
        closing.append(
            Settled(
                key=operation.key,
                state=STATE_OF[outcome.verdict],
                outcome=_kept(outcome),
                problem=_problem(outcome),
                next_at=now + timedelta(seconds=wait_s) if is_deferred else None,
            )
        )
    parcels.settle(session, closing)
    ledger.close()
    return SettledBatch(Counter(outcome.verdict for _, outcome in answered), ledger.changed)


def _needed(ledger: Ledger, answered: list[tuple[Frozen, Outcome]]) -> list[InitiativeId]:
    """Records whose own content the outcomes will touch; a plain success touches none."""
    plain = (Verdict.APPLIED, Verdict.REJECTED, Verdict.DUPLICATE_OF, Verdict.DEFERRED)
    needed = []
    for operation, outcome in answered:
        copy = ledger.copy(operation.record)
        if copy is not None and (outcome.verdict not in plain or copy.shadow_rev is not None):
            needed.append(operation.record)
    return needed


def _apply(ledger: Ledger, operation: Frozen, outcome: Outcome, units: UnitCodes) -> None:
    if outcome.verdict is Verdict.DEFERRED:
        return
    record = operation.record
    _note_status(ledger, record, outcome)
    if outcome.verdict in (Verdict.APPLIED, Verdict.MERGED):
        _accept(ledger, operation, outcome, units)
    elif outcome.verdict is Verdict.CONFLICT:
        _clash(ledger, operation, outcome, units)
    ledger.settle_shadow(record)


def _note_status(ledger: Ledger, record: InitiativeId, outcome: Outcome) -> None:
    copy = _copy(ledger, record)
    changed = copy
    if outcome.portal_code:
        changed = replace(changed, portal_code=outcome.portal_code)
    rev = outcome.rev or 0
    is_news = outcome.status and (not copy.portal_status or rev > copy.status_rev)
    if is_news and outcome.verdict in (Verdict.APPLIED, Verdict.MERGED):
        changed = replace(changed, portal_status=outcome.status, reason={"rev": rev})
    if changed != copy:
        ledger.put_copy(changed)


def _accept(ledger: Ledger, operation: Frozen, outcome: Outcome, units: UnitCodes) -> None:
    record = operation.record
    copy = _copy(ledger, record)
    rev = outcome.rev or 0
    sent = sent_document(operation.payload, units)
    if sent is None:
        # A withdrawal or restoration moves the status only: the document's base stays what it was.
        if operation.kind is Kind.RESTORE:
            _queue_if_different(ledger, record, units)
        return
    if rev < copy.base_rev:
        return
    if outcome.document is not None and outcome.document != sent:
        ledger.rebase(record, Theirs(outcome.document, rev, op_id=operation.op_id), base=sent)
    else:
        ledger.put_copy(replace(copy, base_doc=sent, base_rev=rev))
    copy = _copy(ledger, record)
    if copy.portal_status == PortalStatus.WITHDRAWN and copy.lifecycle is Lifecycle.READY:
        ledger.follow_withdrawal(record, has_own_edits=copy.open_state is not None)


def _clash(ledger: Ledger, operation: Frozen, outcome: Outcome, units: UnitCodes) -> None:
    record = operation.record
    copy = _copy(ledger, record)
    rule = ""
    if operation.kind is Kind.WITHDRAW:
        rule = WITHDRAWN_HERE
    elif outcome.status == PortalStatus.WITHDRAWN:
        rule = WITHDRAWN_THERE
    document = outcome.document or {}
    rev = max(outcome.rev or 0, copy.base_rev)
    ledger.rebase(record, Theirs(document, rev, rule=rule, op_id=operation.op_id))
    if not _copy(ledger, record).has_conflict:
        _queue_if_different(ledger, record, units)


def _queue_if_different(ledger: Ledger, record: InitiativeId, units: UnitCodes) -> None:
    """What the portal does not have yet goes into a new operation."""
    if known_there(travelling(ledger.record(record)), units) != (_copy(ledger, record).base_doc or {}):
        ledger.queue(record)


def _copy(ledger: Ledger, record: InitiativeId) -> Copy:
    copy = ledger.copy(record)
    assert copy is not None
    return copy


def _kept(outcome: Outcome) -> dict[str, Json]:
    """The outcome without documents: those live in the copy and in the conflict."""
    kept: dict[str, Json] = {
        "outcome": outcome.verdict.value,
        "replay": outcome.replay,
        "rev": outcome.rev,
        "portal_code": outcome.portal_code or None,
        "status": outcome.status or None,
        "conflict_fields": list(outcome.clashes) or None,
        "other_record_id": outcome.other_record or None,
        "other_portal_code": outcome.other_code or None,
        "score": outcome.score,
        "warnings": _faults(outcome.warnings) or None,
    }
    return {name: value for name, value in kept.items() if value is not None}


def _problem(outcome: Outcome) -> dict[str, Json] | None:
    if outcome.verdict in (Verdict.APPLIED, Verdict.MERGED):
        return None
    return {"code": outcome.problem, "message": outcome.message, "errors": _faults(outcome.faults)}


def _faults(faults: tuple[Fault, ...]) -> list[Json]:
    return [{"field": fault.field, "code": fault.code, "message": fault.message} for fault in faults]
