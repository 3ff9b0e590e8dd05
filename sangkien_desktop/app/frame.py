"""What the frame around every screen says: numbers in the side bar, connection, deadline, who works here."""

from datetime import datetime
from typing import Final

from sangkien_desktop.app import OpenStation
from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.sync_status import NEEDS_A_PERSON, Badge
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.sync.failures import Failure
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.widgets.status_strip import StatusItem

IN_REVIEW: Final = frozenset({Badge.INCOMPLETE})
AT_SYNC: Final = NEEDS_A_PERSON - IN_REVIEW
LAST_DAY_S: Final = 86_400
_BLOCKED: Final = frozenset(
    {
        Failure.CAPTIVE,
        Failure.TLS,
        Failure.TLS_UNTRUSTED,
        Failure.TLS_NAME,
        Failure.PROXY,
        Failure.PROXY_AUTH,
        Failure.PROXY_PASSWORD,
    }
)


def count(status: SyncStatus, badges: frozenset[Badge]) -> int:
    """How many records carry any of these badges."""
    return sum(status.badges.get(badge.value, 0) for badge in badges)


def left_items(status: SyncStatus, *, is_running: bool, last_failure: str) -> list[StatusItem]:
    """Connection, what waits, what needs a person."""
    items = [_connection(status, is_running=is_running, last_failure=last_failure)]
    waiting = count(status, frozenset({Badge.QUEUED, Badge.QUEUED_AGAIN}))
    needed = count(status, NEEDS_A_PERSON)
    if waiting:
        items.append(StatusItem("clock", f"{formatting.number(waiting)} chờ gửi", "wait", "open.sync"))
    if needed:
        items.append(
            StatusItem("alert-circle", f"{formatting.number(needed)} cần người xem", "bad", "open.sync")
        )
    return items


def _connection(status: SyncStatus, *, is_running: bool, last_failure: str) -> StatusItem:
    if is_running:
        return StatusItem("refresh", "Đang gửi và nhận với Cổng", "wait", "open.sync")
    if status.account is not None and not status.is_signed_in:
        return StatusItem("login", "Cần đăng nhập lại", "warn", "open.sync")
    if last_failure in _BLOCKED:
        return StatusItem("network", "Mạng bị chặn", "warn", "open.sync")
    if status.last_success is not None and not last_failure:
        at = formatting.clock_time(status.last_success)
        return StatusItem("wifi", f"Đã nối Cổng lúc {at}", "ok", "open.sync")
    return StatusItem("wifi-off", "Ngoại tuyến – vẫn nhập bình thường", "mute", "open.sync")


def right_items(station: OpenStation, now: datetime) -> list[StatusItem]:
    """The deadline of the stage, and who works here."""
    items = []
    stage = station.programmes.default().stage_at(now)
    if stage is not None:
        is_last_day = (stage.closes_at - now).total_seconds() < LAST_DAY_S
        text = deadline(stage.closes_at, now)
        items.append(StatusItem("calendar", text, "bad" if is_last_day else "text2", is_needed=False))
    items.append(StatusItem("user", station.desk.actor() or "Chưa có tên", is_needed=False))
    return items


def deadline(closes_at: datetime, now: datetime) -> str:
    """Hạn 23:55 ngày 31/05 – còn 3 ngày 2 giờ; with the year when it is another one."""
    said = formatting.deadline(closes_at, now)
    local = closes_at.astimezone(VIETNAM)
    if local.year == now.astimezone(VIETNAM).year:
        return said
    return said.replace(f"{local:%d/%m}", f"{local:%d/%m/%Y}", 1)


def short(name: str) -> str:
    """A programme's name for the chooser in the header."""
    return name if len(name) <= 42 else name[:40].rstrip() + "…"
