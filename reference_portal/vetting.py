"""What is wrong with an operation as such, before its record is looked at."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reference_portal import documents, judging
from reference_portal.judging import Document
from reference_portal.problems import Fault
from reference_portal.settings import Limits
from reference_portal.tables import ProgrammeRow, UnitRow
from reference_portal.wire import ItemIn

ACCEPTED_SCHEMAS = (5, 6, 7)
OPS = frozenset({"create", "update", "withdraw", "restore"})


class Vetting:
    """Judges single items by the programmes, units and limits of one moment; `path` is the sending unit's."""

    def __init__(self, session: Session, limits: Limits, path: str, today: date) -> None:
        self._session = session
        self._limits = limits
        self._path = path
        self._today = today
        self._windows: Mapping[str, documents.Window] = {
            row.code: documents.Window(row.code, row.applied_from, row.applied_to, row.is_open)
            for row in session.scalars(select(ProgrammeRow))
        }
        self._units: dict[str, UnitRow | None] = {}

    def meaning_faults(self, data: Document) -> tuple[Fault, ...]:
        """What a well-shaped document says that its programme does not take."""
        window = self._windows.get(str(data.get("programme") or ""))
        return documents.meaning_faults(data, window, self._today) + self._group_faults(data)

    def refusal(self, item: ItemIn) -> dict[str, Any] | None:
        """What is wrong with the operation as such, before any record is looked at."""
        if item.op not in OPS or item.kind != "initiative":
            return judging.rejected("validation", (Fault("/op", "E010", "Cổng không biết thao tác này."),))
        if item.schema_version not in ACCEPTED_SCHEMAS:
            fault = Fault("/schema_version", "E009", "Cổng không nhận phiên bản dữ liệu này.")
            return judging.rejected("validation", (fault,))
        said = item.model_dump(exclude={"data"})
        if documents.holds_unstorable_text(said) or documents.holds_unstorable_text(item.data):
            fault = Fault("/data", "E011", "Có ký tự không lưu được.")
            return judging.rejected("validation", (fault,))
        if item.op in ("withdraw", "restore"):
            return None
        return self._document_refusal(item)

    def _document_refusal(self, item: ItemIn) -> dict[str, Any] | None:
        if item.data is None:
            return judging.rejected("validation", (Fault("/data", "E110", "Chưa có nội dung."),))
        if len(json.dumps(item.data, ensure_ascii=False).encode()) > self._limits.op_max_bytes:
            limit = {"max": self._limits.op_max_bytes}
            return judging.rejected("too-large", (Fault("/data", "E012", "Nội dung quá lớn.", limit),))
        if item.data_hash is None or documents.jcs_hash(item.data) != item.data_hash:
            fault = Fault("/data_hash", "E003", "Mã băm không khớp với nội dung.")
            return judging.rejected("validation", (fault,))
        faults = documents.shape_faults(item.data) + self._attachment_faults(item)
        if not faults:
            faults = self.meaning_faults(item.data)
        return judging.rejected("validation", faults) if faults else None

    def _attachment_faults(self, item: ItemIn) -> tuple[Fault, ...]:
        limits = self._limits
        if item.attachments and (item.data or {}).get("is_secret"):
            return (Fault("/attachments", "E002", "Sáng kiến bí mật không được gửi tệp."),)
        if len(item.attachments) > limits.attachments_per_record:
            most = {"max": limits.attachments_per_record}
            return (Fault("/attachments", "E013", "Quá nhiều tệp đính kèm.", most),)
        return tuple(
            Fault(f"/attachments/{index}/size", "E014", "Tệp quá lớn.", {"max": limits.attachment_max_bytes})
            for index, declared in enumerate(item.attachments)
            if declared.size > limits.attachment_max_bytes
        )

    def _group_faults(self, data: Document) -> tuple[Fault, ...]:
        group = data.get("group")
        if not group:
            return ()
        if group not in self._units:
            self._units[group] = self._session.get(UnitRow, group)
        unit = self._units[group]
        if unit is None or unit.path.startswith(self._path):
            return ()
        return (Fault("/data/group", "E108", "Tổ này không thuộc đơn vị gửi.", {"group": group}),)
