"""Operations and batches as bytes, and the portal's outcomes read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from sangkien_desktop.domain.document import Document, Json
from sangkien_desktop.domain.ids import BatchId, InitiativeId, OperationId
from sangkien_desktop.domain.initiative import Attachment, Provenance
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.wire.documents import (
    SCHEMA_VERSION,
    UnitCodes,
    canonical,
    from_portal,
    hash_of,
    to_portal,
)


class Act(StrEnum):
    """What an operation does."""

    CREATE = "create"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """Everything one operation says, before it is bytes."""

    op_id: OperationId
    act: Act
    record_id: InitiativeId
    base_rev: int | None
    document: Document | None = None
    """Travelling document; None for withdraw and restore."""
    local_code: str = ""
    changed: tuple[str, ...] | None = None
    files: tuple[Attachment, ...] = ()
    provenance: Provenance | None = None
    override_of: tuple[str, ...] = ()
    reason: str = ""


def operation_bytes(sealing: Sealing, units: UnitCodes) -> bytes:
    """The operation in canonical form: the bytes that never change after sealing."""
    item: dict[str, Any] = {
        "op_id": sealing.op_id,
        "op": str(sealing.act),
        "record_id": sealing.record_id,
        "kind": "initiative",
        "schema_version": SCHEMA_VERSION,
        "base_rev": sealing.base_rev,
    }
    if sealing.document is not None:
        data = to_portal(sealing.document, units)
        if sealing.local_code:
            data["local_code"] = sealing.local_code
        item |= {"data": data, "data_hash": hash_of(canonical(data))}
        item["changed"] = None if sealing.changed is None else sorted(sealing.changed)
        item["attachments"] = [_manifest(file) for file in sealing.files]
        item["screening"] = {"dup_checked": True, "override_of": list(sealing.override_of)}
    if sealing.provenance is not None:
        item["provenance"] = _provenance(sealing.provenance)
    if sealing.reason:
        item["reason"] = sealing.reason
    return canonical(item)


def _manifest(file: Attachment) -> dict[str, Json]:
    return {
        "attachment_id": file.id,
        "sha256": file.sha256,
        "size": file.size,
        "name": file.name,
        "media_type": file.media_type,
        "role": file.role,
    }


def _provenance(provenance: Provenance) -> dict[str, Json]:
    said: dict[str, Json] = {"source": provenance.source}
    if provenance.file_sha256:
        said |= {"file_sha256": provenance.file_sha256, "row": provenance.row}
    return said


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who sends a batch, and which."""

    batch_id: BatchId
    station_id: str
    station_epoch: int
    station_name: str
    account_id: str
    unit_code: str
    created_at: str
    """RFC 3339, UTC."""


def batch_bytes(envelope: Envelope, operations: Sequence[bytes]) -> bytes:
    """The body of a batch in canonical form, the operations' frozen bytes spliced in as they are."""
    shell = canonical(
        {
            "batch_id": envelope.batch_id,
            "station": {
                "id": envelope.station_id,
                "epoch": envelope.station_epoch,
                "name": envelope.station_name,
            },
            "account_id": envelope.account_id,
            "unit_id": envelope.unit_code,
            "mode": "commit",
            "schema": "batch/1",
            "created_at": envelope.created_at,
            "items": [],
        }
    )
    head, gap, tail = shell.partition(b'"items":[]')
    assert gap
    return b"".join([head, b'"items":[', b",".join(operations), b"]", tail])


def sent_document(payload: bytes, units: UnitCodes) -> dict[str, Json] | None:
    """The travelling document inside an operation's frozen bytes; None for withdraw and restore."""
    data = json.loads(payload).get("data")
    return None if data is None else from_portal(data, units)


class Verdict(StrEnum):
    """The closed set of outcomes."""

    APPLIED = "applied"
    MERGED = "merged"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    DEFERRED = "deferred"
    DUPLICATE_OF = "duplicate_of"


@dataclass(frozen=True)
class Fault:
    """One thing the portal finds wrong. `field` is the record's field name, or empty."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the portal said of one operation."""

    op_id: OperationId
    verdict: Verdict
    replay: bool = False
    rev: int | None = None
    portal_code: str = ""
    status: str = ""
    document: Document | None = None
    """Travelling document that the portal now holds: merged with ours, or standing against it."""
    clashes: tuple[str, ...] = ()
    updated_by: str = ""
    updated_at: str = ""
    problem: str = ""
    message: str = ""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    retry_after_s: float | None = None
    other_record: str = ""
    other_code: str = ""
    score: float | None = None
    missing_files: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BatchAnswer:
    """The outcomes of a batch; `receipt` is a signed text or empty. `done` is False for “taken, ask again”."""

    batch_id: BatchId
    outcomes: tuple[Outcome, ...]
    receipt: str = ""
    done: bool = True


def read_batch_answer(body: bytes, batch_id: BatchId, units: UnitCodes) -> BatchAnswer:
    """The stored answer of a batch. Raises PortalFailure when it is no answer to this very batch."""
    answer = json_object(body)
    if answer.get("batch_id") != batch_id:
        raise PortalFailure(Failure.BAD_ANSWER)
    if answer.get("state", "done") != "done":
        return BatchAnswer(batch_id, (), done=False)
    return BatchAnswer(batch_id, _outcomes(answer.get("items"), units), str(answer.get("receipt") or ""))


@dataclass(frozen=True)
class Looked:
    """What the portal knows of operations asked for."""

    known: tuple[Outcome, ...]
    unknown: frozenset[OperationId]


def read_lookup(body: bytes, units: UnitCodes) -> Looked:
    """The answer to a question about operations."""
    answer = json_object(body)
    unknown = answer.get("unknown")
    if not isinstance(unknown, list):
        raise PortalFailure(Failure.BAD_ANSWER)
    return Looked(
        _outcomes(answer.get("known"), units), frozenset(OperationId(str(op_id)) for op_id in unknown)
    )


def lookup_bytes(op_ids: Sequence[OperationId]) -> bytes:
    """The question about operations."""
    return canonical({"op_ids": list(op_ids)})


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises PortalFailure for anything else, NaN included."""
    try:
        value = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise PortalFailure(Failure.BAD_ANSWER) from error
    if not isinstance(value, dict):
        raise PortalFailure(Failure.BAD_ANSWER)
    return cast(dict[str, Any], value)


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _outcomes(items: Any, units: UnitCodes) -> tuple[Outcome, ...]:
    if not isinstance(items, list):
        raise PortalFailure(Failure.BAD_ANSWER)
    read = (read_outcome(item, units) for item in items if isinstance(item, dict))
    return tuple(outcome for outcome in read if outcome is not None)


def read_outcome(item: Mapping[str, Any], units: UnitCodes) -> Outcome | None:
    """One outcome; None when its word is not of the closed set, so that it closes nothing."""
    try:
        verdict = Verdict(str(item.get("outcome")))
    except ValueError:
        return None
    current = _object(item.get("current"))
    problem = _object(item.get("problem"))
    retry = _object(item.get("retry")) or _object(problem.get("retry"))
    data = current.get("data") if current else item.get("data")
    return Outcome(
        op_id=OperationId(str(item.get("op_id"))),
        verdict=verdict,
        replay=bool(item.get("replay")),
        rev=_number(current.get("rev") if current else item.get("rev")),
        portal_code=str(item.get("portal_code") or ""),
        status=str((current or item).get("status") or ""),
        document=from_portal(data, units) if isinstance(data, dict) else None,
        clashes=tuple(str(name) for name in item.get("conflict_fields") or ()),
        updated_by=str(current.get("updated_by") or ""),
        updated_at=str(current.get("updated_at") or ""),
        problem=str(problem.get("code") or str(problem.get("type") or "").rpartition("/")[2]),
        message=str(problem.get("detail") or problem.get("title") or ""),
        faults=_faults(problem.get("errors")),
        warnings=_faults(item.get("warnings")),
        retry_after_s=_seconds(retry.get("after_s")),
        other_record=str(item.get("other_record_id") or ""),
        other_code=str(item.get("other_portal_code") or ""),
        score=_seconds(item.get("score")),
        missing_files=tuple(str(one) for one in item.get("attachments_missing") or ()),
        raw=item,
    )


def _faults(errors: Any) -> tuple[Fault, ...]:
    return tuple(_fault(error) for error in errors or () if isinstance(error, dict))


def _fault(error: Mapping[str, Any]) -> Fault:
    pointer = str(error.get("pointer") or "")
    parts = pointer.removeprefix("/").split("/")
    field_name = parts[1] if len(parts) > 1 and parts[0] == "data" else ""
    message = error.get("message")
    text = message.get("vi") if isinstance(message, dict) else message
    return Fault(field_name, str(error.get("code") or ""), str(text or ""))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _seconds(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
