"""Why a record is not at the portal yet: one sentence, who acts next, and the way it has come so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.sync_status import NEEDS_A_PERSON, Badge, OperationState
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.outgoing import returned_reason
from sangkien_desktop.storage import conflicts, history, initiatives, lots, outbox, rankings
from sangkien_desktop.storage.history import Entry
from sangkien_desktop.storage.initiatives import Query, Row
from sangkien_desktop.storage.lots import Lot
from sangkien_desktop.storage.outbox import Kind, Trace


@dataclass(frozen=True)
class Step:
    """Something that happened to the record, for the timeline."""

    at: datetime
    icon: str
    text: str
    detail: str = ""
    note: str = ""
    """For whoever gives support: numbers, no personal data."""
    state: str = "mute"
    """ok, wait, warn, bad, conflict or mute."""


@dataclass(frozen=True)
class Explanation:
    """The answer, who acts and what comes next, and the steps so far, oldest first."""

    local_code: str
    badge: str
    sentence: str
    next_step: str
    needs_a_person: bool
    steps: tuple[Step, ...]
    title: str = ""
    portal_code: str = ""
    lot: Lot | None = None
    """The batch that carries or carried its newest sealed operation."""
    alike: int = 0
    """How many other records carry the same badge."""
    next_at: datetime | None = None
    """When the machine acts by itself, where that is known."""


SENTENCES: dict[Badge, tuple[str, str]] = {
    Badge.CONFLICT: ("Hai bên cùng sửa sáng kiến này.", "Chọn bản giữ trong Đồng bộ, thẻ Mâu thuẫn."),
    Badge.RETURNED: ("Cổng đã trả lại sáng kiến này.", "Sửa theo lý do rồi đánh dấu đủ; máy gửi lại."),
    Badge.REJECTED: ("Cổng không nhận nội dung đã gửi.", "Sửa chỗ Cổng báo rồi đánh dấu đủ; máy gửi lại."),
    Badge.DUPLICATE: ("Trên Cổng đã có sáng kiến giống thế này.", "So hai bản rồi quyết định giữ bản nào."),
    Badge.PARKED: (
        "Cổng lỗi nhiều lần với riêng sáng kiến này.",
        "Máy thử lại mỗi ngày; có thể gửi lại ngay.",
    ),
    Badge.INCOMPLETE: ("Sáng kiến còn chỗ chưa đủ.", "Bổ sung các ô được đánh dấu, rồi đánh dấu đủ."),
    Badge.HELD: ("Sáng kiến đang được giữ lại ở máy.", "Gỡ lý do giữ, rồi cho gửi."),
    Badge.UNKNOWN: (
        "Đã gửi nhưng chưa nghe được câu trả lời.",
        "Máy tự hỏi lại Cổng; không gửi thành hai lần.",
    ),
    Badge.SENDING: ("Đang trên đường tới Cổng.", "Không cần làm gì."),
    Badge.CARRIED: ("Đang được mang bằng USB.", "Đọc biên nhận mang về."),
    Badge.WAITING: ("Cổng hẹn trả lời sau.", "Máy tự gửi lại đúng giờ hẹn."),
    Badge.QUEUED_AGAIN: ("Bản sửa mới nhất đang chờ gửi.", "Máy gửi ở lần đồng bộ tới; bấm F9 để gửi ngay."),
    Badge.QUEUED: ("Đang chờ gửi.", "Máy gửi khi có mạng; bấm F9 để gửi ngay."),
    Badge.WITHDRAWN: ("Sáng kiến đã rút.", "Không cần làm gì."),
    Badge.VALID: ("Đã ở Cổng và hợp lệ.", "Không cần làm gì."),
    Badge.RECEIVED: ("Cổng đã nhận, chưa xét.", "Chờ Cổng xét."),
    Badge.DRAFT: ("Bản nháp chưa được đánh dấu đủ.", "Xem lại rồi đánh dấu đủ (Alt+D)."),
}
"""What each badge means and what follows."""

ENDS: dict[OperationState, tuple[str, str, str]] = {
    OperationState.APPLIED: ("cloud-up", "Cổng đã nhận", "ok"),
    OperationState.MERGED: ("git-merge", "Cổng đã nhận và gộp với bản sửa trên Cổng", "ok"),
    OperationState.REJECTED: ("circle-x", "Cổng từ chối", "bad"),
    OperationState.CONFLICT: ("arrows-diff", "Cổng có bản khác", "conflict"),
    OperationState.DUPLICATE: ("copy", "Cổng báo trùng với sáng kiến khác", "bad"),
    OperationState.CANCELLED: ("player-pause", "Đã lấy lại trước khi gửi", "mute"),
    OperationState.UNKNOWN: ("refresh", "Mất câu trả lời, chờ hỏi lại", "wait"),
    OperationState.WAITING: ("hourglass", "Cổng hẹn lại", "wait"),
    OperationState.PARKED: ("archive", "Gác lại sau nhiều lần Cổng lỗi", "warn"),
}
_SOURCES = {"import": "Nhập từ tệp", "paste": "Dán từ bảng", "portal": "Nhận từ Cổng"}
_KINDS = {
    Kind.CREATE: "gửi lần đầu",
    Kind.UPDATE: "gửi bản sửa",
    Kind.WITHDRAW: "rút khỏi Cổng",
    Kind.RESTORE: "gửi lại sau khi rút",
}


def explain(desk: Desk, initiative_id: InitiativeId) -> Explanation:
    """Everything that is known of the record's way, without asking the network. KeyError when there is none."""
    with desk.database.read() as session:
        rows = initiatives.page(session, initiatives.keys(session, Query(ids=frozenset({initiative_id}))))
        if not rows:
            raise KeyError(initiative_id)
        entries = history.entries(session, initiative_id)
        traces = outbox.traces(session, initiative_id)
        clashes = conflicts.history(session, initiative_id)
        lot = lots.of_record(session, initiative_id)
        due = lots.waits(session, [initiative_id]).get(initiative_id)
        labels = rankings.reason_labels(session)
        alike = initiatives.count(session, Query(badges=frozenset({rows[0].badge}))) - 1
    row = rows[0]
    steps = [_written(entry) for entry in reversed(entries)]
    for at, trace in enumerate(traces):
        steps += _sent(trace, lot if at == len(traces) - 1 else None)
    steps += [
        Step(clash.created_at, "arrows-diff", "Hai bên cùng sửa", state="conflict")
        for clash in clashes
        if clash.created_at
    ]
    steps += _judged(row, labels)
    sentence, following = SENTENCES[row.badge]
    return Explanation(
        local_code=row.record.local_code,
        badge=row.badge.value,
        sentence=_with_reason(row, sentence, traces, labels),
        next_step=following,
        needs_a_person=row.badge in NEEDS_A_PERSON or row.badge is Badge.HELD,
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        title=row.record.title,
        portal_code=row.portal_code or "",
        lot=lot,
        alike=alike,
        next_at=due,
    )


def _with_reason(row: Row, sentence: str, traces: tuple[Trace, ...], labels: Mapping[str, str]) -> str:
    if row.badge is Badge.HELD and row.hold_reason:
        return row.hold_reason
    if row.badge is Badge.RETURNED:
        reason = returned_reason(row, labels).rstrip(".")
        return f"{sentence[:-1]}: {reason}." if reason else sentence
    if row.badge in (Badge.REJECTED, Badge.DUPLICATE) and traces and traces[-1].reason:
        return f"{sentence[:-1]}: {traces[-1].reason}"
    if row.badge is Badge.WAITING and traces and traces[-1].next_at:
        return f"Cổng hẹn lại lúc {traces[-1].next_at.astimezone(VIETNAM):%H:%M %d/%m}."
    if row.badge is Badge.VALID and row.portal_code:
        return f"Đã ở Cổng, mã {row.portal_code}, hợp lệ."
    return sentence


def _written(entry: Entry) -> Step:
    if entry.act == history.CREATE:
        return Step(entry.at, "pencil", _SOURCES.get(entry.source, "Ghi lần đầu"), entry.actor)
    by = "Cổng" if entry.source == "portal" else entry.actor
    return Step(entry.at, "pencil", f"Sửa, bản {entry.version}", by)


def _sent(trace: Trace, lot: Lot | None) -> list[Step]:
    steps = [
        Step(trace.created_at, "check", "Đánh dấu đủ, chờ gửi", trace.actor, _KINDS[trace.kind], state="ok")
    ]
    if trace.sealed_at:
        steps.append(_packed(trace.sealed_at, lot))
    end = ENDS.get(trace.state)
    if end and (trace.settled_at or trace.changed_at):
        at = trace.settled_at or trace.changed_at or trace.created_at
        steps.append(Step(at, end[0], end[1], trace.reason, state=end[2]))
    return steps


def _packed(at: datetime, lot: Lot | None) -> Step:
    if lot is None:
        return Step(at, "archive", "Đóng gói", "từ lúc này nội dung gói không đổi", state="ok")
    others = f"cùng {lot.operations - 1} sáng kiến khác; " if lot.operations > 1 else ""
    detail = f"{others}từ lúc này nội dung gói không đổi"
    note = f"mã gói {lot.batch[:13]}, đã gửi {lot.attempts} lần"
    return Step(at, "archive", f"Đóng vào lô {lot.number}", detail, note, "ok")


def _judged(row: Row, labels: Mapping[str, str]) -> list[Step]:
    at = row.portal_reason.get("at")
    if row.portal_status not in ("valid", "returned") or not isinstance(at, str):
        return []
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return []
    if row.portal_status == "valid":
        return [Step(moment, "circle-check", "Cổng xét: hợp lệ", state="ok")]
    return [Step(moment, "arrow-back-up", "Cổng trả lại", returned_reason(row, labels), state="bad")]
