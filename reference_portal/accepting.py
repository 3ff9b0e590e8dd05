"""A batch from the wire to the tables: every operation gets one outcome, stored together with its effect."""

import hashlib
import json
import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from reference_portal import documents, judging
from reference_portal.judging import Document, Operation, Record, Stamp, Verdict
from reference_portal.problems import Fault, Problem
from reference_portal.records import document_at, load_records, write_records
from reference_portal.settings import DuplicatePolicy, PortalSettings
from reference_portal.signing import Signer, compact
from reference_portal.tables import AttachmentRow, BatchRow, OpRow, PortalRow, RecordRow
from reference_portal.vetting import Vetting
from reference_portal.wire import BatchIn, ItemIn

log = logging.getLogger(__name__)
LARGE_BENEFIT = 10_000_000_000


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Under whom a batch is filed: its author's account and unit, and who carried it."""

    account_id: str
    unit_id: str
    path: str
    relayed_by: str | None


@dataclass
class Effects:
    """What an item will write, so that items can be written together or one by one."""

    item: ItemIn
    print_: str
    outcome: dict[str, Any]
    record: Record | None = None
    before: Record | None = None
    is_known: bool = False
    attachments: list[dict[str, Any]] = field(default_factory=list)


def fingerprint(item: ItemIn) -> str:
    """Hash of everything an operation says; another content under the same op_id has another one."""
    said = item.model_dump(mode="json", exclude={"screening", "provenance"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Acceptance:
    """One batch being judged and stored inside one transaction that holds the portal's row."""

    def __init__(self, session: Session, portal: PortalRow, settings: PortalSettings, sender: Sender) -> None:
        self._session = session
        self._portal = portal
        self._settings = settings
        self._sender = sender
        self._now = settings.stamp()
        self._today = (datetime.fromtimestamp(settings.now(), UTC) + timedelta(hours=7)).date()
        self._records: dict[str, Record] = {}
        self._known: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self._twins: dict[str, tuple[str, str]] = {}
        self._earlier: dict[tuple[str, int], Document] = {}
        self._vetting = Vetting(session, settings.limits, sender.path, self._today)

    def run(self, batch: BatchIn) -> list[Effects]:
        """Judge all items in order; nothing is written yet."""
        self._load(batch.items)
        results = []
        for item in batch.items:
            effects = self._judge(item)
            results.append(effects)
            if effects.record is not None:
                self._remember(effects)
            if effects.outcome["outcome"] != "deferred" and not effects.is_known:
                said = self._sender.path, effects.print_, effects.outcome
                self._known[item.op_id] = said
        return results

    def store(self, batch_id: str, results: list[Effects]) -> None:
        """Write all effects at once; if the database refuses them, one by one, deferring those it refuses."""
        try:
            with self._session.begin_nested():
                self._write(batch_id, results)
                return
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            log.warning("batch written item by item: %s", type(error.orig).__name__)
        for effects in results:
            try:
                with self._session.begin_nested():
                    self._write(batch_id, [effects])
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
                effects.outcome = self._answer(
                    effects.item, judging.deferred(300, "Cổng chưa ghi được mục này.")
                )

    def _load(self, items: list[ItemIn]) -> None:
        mine = select(OpRow).where(OpRow.op_id.in_({item.op_id for item in items}))
        for row in self._session.scalars(mine):
            self._known[row.op_id] = row.path, row.fingerprint, json.loads(row.outcome)
        self._records = load_records(self._session, {item.record_id for item in items})
        columns = RecordRow.likeness, RecordRow.record_id, RecordRow.portal_code
        alive = (RecordRow.status != "withdrawn") & RecordRow.erased.is_(False)
        alike = RecordRow.likeness.in_(self._marks(items))
        for mark, record_id, portal_code in self._session.execute(select(*columns).where(alike, alive)):
            self._twins[mark] = record_id, portal_code

    def _marks(self, items: list[ItemIn]) -> set[str]:
        marks = set()
        for item in items:
            try:
                marks.add(documents.likeness(self._sender.unit_id, item.data or {}))
            except (AttributeError, TypeError, UnicodeEncodeError):
                # A document out of shape has no likeness; it is refused when its turn comes.
                continue
        return marks

    def _remember(self, effects: Effects) -> None:
        record = effects.record
        assert record is not None
        self._records[record.record_id] = record
        self._earlier[record.record_id, record.doc_rev] = record.document
        mark = documents.likeness(record.unit_id, record.document)
        self._twins[mark] = record.record_id, record.portal_code

    def _judge(self, item: ItemIn) -> Effects:
        mine = fingerprint(item)
        known = self._known.get(item.op_id)
        if known is not None:
            path, print_, outcome = known
            if print_ == mine and path.startswith(self._sender.path):
                return Effects(item, mine, outcome | {"replay": True}, is_known=True)
            reuse = self._answer(item, judging.rejected("op-id-reuse"))
            return Effects(item, mine, reuse, is_known=True)
        before = self._records.get(item.record_id)
        try:
            verdict = self._verdict(item)
        except DBAPIError:
            raise
        except Exception:  # a bug that one item meets must not stop the others (S5)
            log.exception("operation could not be judged: %s", item.op_id)
            later = self._answer(item, judging.deferred(300, "Cổng chưa xét được mục này."))
            return Effects(item, mine, later)
        outcome = self._answer(item, verdict.outcome)
        effects = Effects(item, mine, outcome, verdict.record, before)
        if outcome["outcome"] in ("applied", "merged"):
            self._declare(item, effects)
        return effects

    def _answer(self, item: ItemIn, outcome: dict[str, Any]) -> dict[str, Any]:
        return {"op_id": item.op_id, "record_id": item.record_id, "replay": False} | outcome

    def _verdict(self, item: ItemIn) -> Verdict:
        refused = self._vetting.refusal(item)
        if refused is not None:
            return Verdict(outcome=refused)
        operation = Operation(
            op_id=item.op_id,
            op=item.op,
            record_id=item.record_id,
            base_rev=item.base_rev,
            data={name: value for name, value in (item.data or {}).items() if value is not None},
            changed=None if item.changed is None else tuple(item.changed),
            data_hash=item.data_hash,
            reason=item.reason,
        )
        record = self._records.get(item.record_id)
        if record is None:
            return self._without_record(item, operation)
        if not record.path.startswith(self._sender.path):
            return Verdict(outcome=judging.rejected("forbidden-unit"))
        return self._with_record(item, operation, record)

    def _with_record(self, item: ItemIn, operation: Operation, record: Record) -> Verdict:
        if record.erased:
            gone = judging.rejected("record-unknown", detail="Sáng kiến này đã bị xóa dữ liệu.")
            return Verdict(outcome=gone)
        if item.op == "create":
            return judging.judge_second_create(operation, record)
        stamp = Stamp(by=self._sender.account_id, at=self._now)
        verdict = judging.judge_change(operation, record, self._history(item.record_id), stamp)
        return self._with_sound_document(item, verdict)

    def _without_record(self, item: ItemIn, operation: Operation) -> Verdict:
        if item.op == "create":
            return self._create(item, operation)
        return Verdict(outcome=judging.rejected("record-unknown"))

    def _with_sound_document(self, item: ItemIn, verdict: Verdict) -> Verdict:
        """A merge can join two sound documents into an unsound one, and `is_secret` can come from either side."""
        if verdict.record is None or item.op != "update":
            return verdict
        document = verdict.record.document
        faults = self._vetting.meaning_faults(document)
        if faults:
            return Verdict(outcome=judging.rejected("validation", faults))
        return Verdict(
            outcome=verdict.outcome | {"warnings": self._warnings(document)}, record=verdict.record
        )

    def _history(self, record_id: str) -> judging.DocumentAt:
        def at(rev: int) -> Document | None:
            fresh = [(r, doc) for (i, r), doc in self._earlier.items() if i == record_id and r <= rev]
            if fresh:
                return max(fresh, key=lambda pair: pair[0])[1]
            return document_at(self._session, record_id, rev)

        return at

    def _create(self, item: ItemIn, operation: Operation) -> Verdict:
        data = operation.data or {}
        twin = self._twins.get(documents.likeness(self._sender.unit_id, data))
        allowed = set(item.screening.override_of) if item.screening else set()
        refuses = self._settings.duplicates is DuplicatePolicy.REFUSE
        if twin is not None and refuses and allowed.isdisjoint(twin):
            outcome = judging.rejected("duplicate") | {"outcome": "duplicate_of", "score": 1.0}
            other = {"other_record_id": twin[0], "other_portal_code": twin[1]}
            return Verdict(outcome=outcome | other)
        self._portal.code_counter += 1
        record = Record(
            record_id=item.record_id,
            unit_id=self._sender.unit_id,
            path=self._sender.path,
            rev=1,
            doc_rev=1,
            status_rev=1,
            status="received",
            portal_code=f"SK-{self._today.year}-{self._portal.code_counter}",
            created_hash=item.data_hash or "",
            document=data,
            updated_by=self._sender.account_id,
            updated_at=self._now,
            received_at=self._now,
            completeness="incomplete" if item.attachments else "complete",
        )
        warnings = self._warnings(data)
        if twin is not None:
            params = {"record_id": twin[0], "portal_code": twin[1]}
            fault = Fault("/data/title", "W020", "Giống hệt một sáng kiến đã có của đơn vị.", params)
            warnings.append(fault.as_json())
        outcome = {"outcome": "applied", "rev": 1, "portal_code": record.portal_code, "status": "received"}
        return Verdict(outcome=outcome | {"warnings": warnings}, record=record)

    def _warnings(self, data: Document) -> list[dict[str, Any]]:
        benefit = data.get("annual_benefit") or 0
        if benefit <= LARGE_BENEFIT:
            return []
        params = {"above": LARGE_BENEFIT}
        text = "Giá trị làm lợi rất lớn, Cổng sẽ hỏi lại."
        return [Fault("/data/annual_benefit", "W012", text, params).as_json()]

    def _declare(self, item: ItemIn, effects: Effects) -> None:
        """Keep the manifest of the files that will follow."""
        ids = {declared.attachment_id for declared in item.attachments}
        present = select(AttachmentRow.attachment_id).where(AttachmentRow.attachment_id.in_(ids))
        known = set(self._session.scalars(present)) if ids else set()
        now = int(self._settings.now())
        for declared in item.attachments:
            if declared.attachment_id not in known:
                state = {"path": self._sender.path, "state": "missing", "received": 0, "declared_at": now}
                effects.attachments.append(declared.model_dump() | state | {"record_id": item.record_id})
        missing = [row["attachment_id"] for row in effects.attachments]
        if missing:
            effects.outcome["attachments_missing"] = missing
            if effects.record is not None:
                effects.record = replace(effects.record, completeness="incomplete")

    def _write(self, batch_id: str, results: list[Effects]) -> None:
        self._write_records([effects for effects in results if effects.record is not None])
        ops = [
            {
                "op_id": effects.item.op_id,
                "fingerprint": effects.print_,
                "record_id": effects.item.record_id,
                "path": self._sender.path,
                "account_id": self._sender.account_id,
                "batch_id": batch_id,
                "outcome": compact(effects.outcome),
            }
            for effects in results
            if not effects.is_known and effects.outcome["outcome"] != "deferred"
        ]
        if ops:
            self._session.execute(insert(OpRow), ops)
        files = [row for effects in results for row in effects.attachments]
        if files:
            self._session.execute(insert(AttachmentRow), files)

    def _write_records(self, results: list[Effects]) -> None:
        write_records(
            self._session,
            self._portal,
            [(effects.before, effects.record) for effects in results if effects.record is not None],
            int(self._settings.now()),
        )


def accept(
    session: Session, settings: PortalSettings, batch: BatchIn, body_sha256: str, sender: Sender
) -> dict[str, Any]:
    """Judge and store a batch; the answer that anyone who sends these bytes will ever get."""
    portal = session.get_one(PortalRow, 1)
    stored = find_answer(session, batch.batch_id, body_sha256, sender)
    if stored is not None:
        return stored
    acceptance = Acceptance(session, portal, settings, sender)
    if batch.mode == "validate":
        with session.begin_nested() as trial:
            answer = _answer(settings, batch, body_sha256, acceptance.run(batch))
            trial.rollback()
        return answer
    results = acceptance.run(batch)
    acceptance.store(batch.batch_id, results)
    answer = _answer(settings, batch, body_sha256, results)
    answer["receipt"] = _receipt(portal, sender, answer)
    portal.last_receipt = hashlib.sha256(answer["receipt"].encode()).hexdigest()
    text = compact(answer)
    session.add(
        BatchRow(
            batch_id=batch.batch_id,
            body_sha256=body_sha256,
            account_id=sender.account_id,
            unit_id=sender.unit_id,
            path=sender.path,
            relayed_by=sender.relayed_by,
            received_at=answer["received_at"],
            answer=text,
        )
    )
    return _read(text)


def find_answer(session: Session, batch_id: str, body_sha256: str, sender: Sender) -> dict[str, Any] | None:
    """The stored answer of this very batch; Problem when its id was used for something else."""
    row = session.get(BatchRow, batch_id)
    if row is None:
        return None
    if row.body_sha256 != body_sha256 or row.account_id != sender.account_id or row.answer is None:
        raise Problem("key-reused")
    return _read(row.answer)


def _read(text: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text)
    return answer


def _answer(
    settings: PortalSettings, batch: BatchIn, body_sha256: str, results: list[Effects]
) -> dict[str, Any]:
    counts = Counter({"applied": 0, "merged": 0, "rejected": 0, "conflict": 0, "deferred": 0})
    counts.update(effects.outcome["outcome"] for effects in results)
    prefix = "would_" if batch.mode == "validate" else ""
    now = settings.stamp()
    items = [effects.outcome | {"outcome": prefix + effects.outcome["outcome"]} for effects in results]
    return {
        "batch_id": batch.batch_id,
        "batch_sha256": body_sha256,
        "state": "done",
        "mode": batch.mode,
        "received_at": now,
        "server_time": now,
        "counts": dict(counts),
        "items": items,
    }


def _receipt(portal: PortalRow, sender: Sender, answer: dict[str, Any]) -> str:
    items = [
        [item["op_id"], item["outcome"], item.get("portal_code"), item.get("rev")] for item in answer["items"]
    ]
    payload = {
        "iss": "sangkien-portal",
        "batch_id": answer["batch_id"],
        "batch_sha256": answer["batch_sha256"],
        "account_id": sender.account_id,
        "received_at": answer["received_at"],
        "items": items,
        "prev": portal.last_receipt,
    }
    return Signer(portal.secret, portal.sign_key).jws(payload)
