"""One operation against one record: which outcome, which new state. Pure; the database is not seen here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reference_portal.problems import Fault, problem_document

Document = Mapping[str, Any]
DocumentAt = Callable[[int], Document | None]
"""The document as it stood at a rev; None when that is not known."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as the portal holds it. `rev` counts every change; `doc_rev` and `status_rev` are the last of each."""

    record_id: str
    unit_id: str
    path: str
    rev: int
    doc_rev: int
    status_rev: int
    status: str
    portal_code: str
    created_hash: str
    document: Document
    updated_by: str
    updated_at: str
    received_at: str
    reason_code: str | None = None
    note: str | None = None
    votes: int = 0
    completeness: str = "complete"
    erased: bool = False


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One submitted operation whose document, where it has one, is in order."""

    op_id: str
    op: str
    record_id: str
    base_rev: int | None
    data: Document | None
    changed: tuple[str, ...] | None
    data_hash: str | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The outcome to answer, and the record's new state where there is one."""

    outcome: dict[str, Any]
    record: Record | None = None


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """By whom and when."""

    by: str
    at: str


def rejected(kind: str, faults: tuple[Fault, ...] = (), detail: str = "") -> dict[str, Any]:
    """The outcome of an operation that these bytes can never carry through."""
    return {"outcome": "rejected", "problem": problem_document(kind, detail, errors=faults)}


def deferred(after_s: int, detail: str) -> dict[str, Any]:
    """The outcome of an operation that was not judged."""
    return {
        "outcome": "deferred",
        "problem": problem_document("server-error", detail, after_s),
        "retry": {"after_s": after_s},
    }


def judge_change(operation: Operation, record: Record, document_at: DocumentAt, stamp: Stamp) -> Verdict:
    """Outcome of update, withdraw or restore on a record that exists."""
    if operation.op == "update":
        return _update(operation, record, document_at, stamp)
    if operation.op == "withdraw":
        return _withdraw(operation, record, document_at, stamp)
    if record.status != "withdrawn":
        return Verdict(outcome=_applied(record))
    return Verdict(**_moved(record, "received", stamp))


def judge_second_create(operation: Operation, record: Record) -> Verdict:
    """A create of a record that exists: the same content is the same act, other content a conflict."""
    if operation.data_hash == record.created_hash:
        outcome = _applied(record) | {"replay": True}
        brought = differing(operation.data or {}, record.document)
        if brought:
            # The rev is that of a later document, which the station must learn together with it.
            outcome |= {"data": dict(record.document), "merged_fields": brought}
        return Verdict(outcome=outcome)
    fields = differing(operation.data or {}, record.document)
    return Verdict(outcome=conflict(record, fields))


def _update(operation: Operation, record: Record, document_at: DocumentAt, stamp: Stamp) -> Verdict:
    data = operation.data or {}
    changed = operation.changed
    if changed is None:
        changed = tuple(differing(data, record.document))
    if record.status == "withdrawn":
        return Verdict(outcome=conflict(record, sorted(changed)))
    clashing = _clashes(operation, data, changed, record, document_at)
    if clashing:
        return Verdict(outcome=conflict(record, clashing))
    document = merged(record.document, data, changed)
    if document != record.document:
        rev = max(record.rev, operation.base_rev or 0) + 1
        record = replace(
            record, rev=rev, doc_rev=rev, document=document, updated_by=stamp.by, updated_at=stamp.at
        )
        if record.status == "returned":
            record = replace(record, status="received", status_rev=rev, reason_code=None, note=None)
    brought = differing(data, document)
    if operation.base_rev is not None and not brought:
        return Verdict(outcome=_applied(record), record=record)
    outcome = _applied(record) | {"outcome": "merged", "data": dict(document), "merged_fields": brought}
    return Verdict(outcome=outcome, record=record)


def _clashes(
    operation: Operation, data: Document, changed: tuple[str, ...], record: Record, document_at: DocumentAt
) -> list[str]:
    """Fields that both sides changed since the base, to different values."""
    if operation.base_rev is not None and operation.base_rev >= record.doc_rev:
        return []
    base = document_at(operation.base_rev) if operation.base_rev is not None else None
    theirs = (
        set(differing(base, record.document)) if base is not None else set(record.document) | set(changed)
    )
    differs = (name for name in changed if data.get(name) != record.document.get(name))
    return sorted(theirs.intersection(differs))


def _withdraw(operation: Operation, record: Record, document_at: DocumentAt, stamp: Stamp) -> Verdict:
    if record.status == "withdrawn":
        return Verdict(outcome=_applied(record))
    if operation.base_rev is None or operation.base_rev < record.doc_rev:
        base = document_at(operation.base_rev) if operation.base_rev is not None else None
        since = differing(base or {}, record.document)
        if since:
            return Verdict(outcome=conflict(record, since))
    return Verdict(**_moved(replace(record, note=operation.reason), "withdrawn", stamp))


def _moved(record: Record, status: str, stamp: Stamp) -> dict[str, Any]:
    rev = record.rev + 1
    moved = replace(
        record,
        rev=rev,
        status_rev=rev,
        status=status,
        reason_code=None,
        updated_by=stamp.by,
        updated_at=stamp.at,
    )
    return {"outcome": _applied(moved), "record": moved}


def _applied(record: Record) -> dict[str, Any]:
    return {
        "outcome": "applied",
        "rev": record.rev,
        "portal_code": record.portal_code,
        "status": record.status,
    }


def conflict(record: Record, fields: list[str]) -> dict[str, Any]:
    """The outcome that carries the portal's version for a person to decide on."""
    current = {
        "rev": record.rev,
        "data": dict(record.document),
        "status": record.status,
        "updated_by": record.updated_by,
        "updated_at": record.updated_at,
    }
    return {"outcome": "conflict", "current": current, "conflict_fields": fields}


def differing(one: Document, other: Document) -> list[str]:
    """Names whose values differ; a missing field and null are the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def merged(current: Document, data: Document, changed: tuple[str, ...]) -> dict[str, Any]:
    """The portal's document with the client's changed fields put in."""
    result = dict(current)
    for name in changed:
        if data.get(name) is None:
            result.pop(name, None)
        else:
            result[name] = data[name]
    return result
