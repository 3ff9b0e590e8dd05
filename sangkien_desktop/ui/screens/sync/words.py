"""What the sync screen says: the sentence, the numbers, what a batch came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sangkien_desktop.domain.sync_status import Badge, OperationState
from sangkien_desktop.services.road import Road, Verdict
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.storage.lots import Lot
from sangkien_desktop.storage.parcels import BatchState
from sangkien_desktop.ui.formatting import clock_time, number

CLOSING_SOON: Final = timedelta(minutes=60)

VERDICT_LOOKS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.GOOD: ("circle-check", "ok"),
    Verdict.UNKNOWN: ("circle-minus", "mute"),
    Verdict.LOOK: ("alert-triangle", "warn"),
    Verdict.BAD: ("circle-x", "bad"),
}
CHANNELS: Final[Mapping[str, str]] = {"http": "Mạng", "file": "USB", "hub": "Máy trung chuyển"}
FILE_STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "local": ("clock", "Chờ gửi", "wait"),
    "declared": ("clock", "Chờ gửi", "wait"),
    "uploading": ("upload", "Đang gửi", "wait"),
    "verifying": ("refresh", "Cổng đang kiểm tra", "wait"),
    "retry": ("hourglass", "Chờ gửi lại", "wait"),
    "corrupt": ("refresh", "Hỏng dọc đường, gửi lại từ đầu", "wait"),
    "missing_file": ("alert-circle", "Không còn tệp trên máy", "bad"),
}


@dataclass(frozen=True)
class Headline:
    """The answering sentence with its icon, and one line of what is missing."""

    icon: str
    tone: str
    title: str
    text: str


@dataclass(frozen=True)
class Stage:
    """One stop of the flow: its badge's icon, its name, its number and what the number means."""

    icon: str
    tone: str
    name: str
    count: int
    note: str
    figure_tone: str = ""


def headline(status: SyncStatus, road: Road, interval_minutes: int, *, is_automatic: bool) -> Headline:
    """Whether all is at the portal, by the one function that may say so; else what is missing."""
    if status.all_at_portal:
        at = f", lúc {clock_time(status.last_success)}" if status.last_success else ""
        title = f"Tất cả {number(status.facts.records)} sáng kiến đã ở Cổng{at}"
        return Headline("circle-check", "ok", title, "Không còn gì phải gửi, không còn gì phải sửa.")
    if status.facts.records == 0:
        return Headline("cloud-up", "mute", "Chưa có sáng kiến nào để gửi", "Nhập hoặc thêm sáng kiến trước.")
    missing = ", ".join(_missing(status)) or "Còn việc chưa xong"
    said = f"{missing}. {next_try(status, road, interval_minutes, is_automatic=is_automatic)}"
    return Headline("cloud-off", "warn", "Chưa phải tất cả đã ở Cổng", said)


def _missing(status: SyncStatus) -> list[str]:
    counts = _counts(status)
    named = (
        (_queued(counts) + counts[Badge.HELD], "sáng kiến chờ gửi"),
        (_sending(counts), "đang gửi"),
        (counts[Badge.RETURNED] + counts[Badge.REJECTED] + counts[Badge.DUPLICATE], "bị trả lại"),
        (counts[Badge.CONFLICT], "mâu thuẫn"),
        (counts[Badge.INCOMPLETE], "chờ bổ sung"),
        (counts[Badge.DRAFT], "nháp"),
        (counts[Badge.PARKED], "gác lại"),
        (status.facts.files_missing, "tệp đính kèm chưa lên hết"),
    )
    return [f"{number(count)} {name}" for count, name in named if count]


def next_try(status: SyncStatus, road: Road, interval_minutes: int, *, is_automatic: bool) -> str:
    """When the machine sends next by itself, or what keeps it from sending."""
    if not status.is_signed_in:
        return "Máy gửi sau khi anh/chị đăng nhập Cổng."
    if road.failure is not None and not road.is_offline:
        return f"{road.sentence}"
    if not is_automatic:
        return "Máy chỉ gửi khi anh/chị bấm Gửi ngay."
    if road.is_offline:
        return "Lần gửi kế tiếp: ngay khi có mạng."
    return f"Lần gửi kế tiếp: trong {interval_minutes} phút tới."


def stages(status: SyncStatus) -> tuple[Stage, ...]:
    """The flow from here to a verdict."""
    counts = _counts(status)
    asked_again = counts[Badge.UNKNOWN]
    held = counts[Badge.HELD]
    note = f"{number(asked_again)} đang hỏi lại Cổng" if asked_again else ""
    note = note or (f"{number(held)} tạm giữ" if held else "máy tự gửi")
    return (
        Stage("pencil", "mute", "Chờ bổ sung", counts[Badge.INCOMPLETE] + counts[Badge.DRAFT], "ở máy này"),
        Stage("clock", "wait", "Chờ gửi", _queued(counts) + held + asked_again, note),
        Stage("upload", "wait", "Đang gửi", counts[Badge.SENDING] + counts[Badge.CARRIED], ""),
        Stage("cloud-up", "wait", "Cổng đã nhận", counts[Badge.RECEIVED], "chờ duyệt"),
        Stage("circle-check", "ok", "Hợp lệ", counts[Badge.VALID], "ở Cổng", "ok"),
    )


def astray(status: SyncStatus) -> tuple[Stage, ...]:
    """What went another way and waits for a person."""
    counts = _counts(status)
    returned = counts[Badge.RETURNED] + counts[Badge.REJECTED] + counts[Badge.DUPLICATE]
    return (
        Stage("arrow-back-up", "bad", "Cổng trả lại", returned, ""),
        Stage("arrows-diff", "conflict", "Mâu thuẫn", counts[Badge.CONFLICT], ""),
        Stage("archive", "mute", "Gác lại", counts[Badge.PARKED], ""),
    )


def lot_result(lot: Lot) -> tuple[str, str, str]:
    """What came of a batch, as a badge cell takes it."""
    if lot.state is BatchState.SETTLED:
        return ("circle-check", "Xong – có biên nhận" if lot.has_receipt else "Xong", "ok")
    if lot.state is BatchState.CARRIED:
        return ("usb", "Đang mang bằng USB", "wait")
    if lot.state is BatchState.UNKNOWN:
        return ("refresh", "Mất câu trả lời, máy đang hỏi lại", "wait")
    if lot.state is BatchState.ANSWERED:
        return ("hourglass", "Đã có câu trả lời, đang ghi", "wait")
    if lot.problem:
        return ("clock", "Chưa đi được, máy tự gửi lại", "wait")
    return ("upload", "Đang gửi", "wait")


def accepted(lot: Lot) -> int:
    """How many the portal took."""
    return lot.count(OperationState.APPLIED, OperationState.MERGED)


def refused(lot: Lot) -> int:
    """How many it would not take."""
    return lot.count(OperationState.REJECTED, OperationState.DUPLICATE)


def closes_soon(closes_at: datetime | None, now: datetime) -> bool:
    """Whether the stage closes within the hour, so that only what sends may be in the way."""
    return closes_at is not None and timedelta(0) <= closes_at - now < CLOSING_SOON


def _counts(status: SyncStatus) -> dict[Badge, int]:
    return {badge: status.badges.get(badge.value, 0) for badge in Badge}


def _queued(counts: Mapping[Badge, int]) -> int:
    return counts[Badge.QUEUED] + counts[Badge.QUEUED_AGAIN] + counts[Badge.WAITING]


def _sending(counts: Mapping[Badge, int]) -> int:
    return counts[Badge.SENDING] + counts[Badge.UNKNOWN] + counts[Badge.CARRIED]
