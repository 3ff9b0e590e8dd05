"""The way to the portal, check by check, from what is known without asking the network."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import accounts, meta, sync_marks
from sangkien_desktop.storage.accounts import Account, AuthState
from sangkien_desktop.sync import attempts
from sangkien_desktop.sync.engine import CLOCK_OFF_S
from sangkien_desktop.sync.failures import SAID, Failure

CLOCK_OFFSET = "clock_offset_s"
"""Name under which the portal's time less the PC's is remembered."""
LITTLE_ROOM = 500_000_000
BACKUP_OLD_AFTER_DAYS = 3

NO_NETWORK = frozenset({Failure.OFFLINE, Failure.NAME_UNKNOWN, Failure.CUT, Failure.STALLED})
BLOCKED = frozenset(
    {
        Failure.CAPTIVE,
        Failure.TLS,
        Failure.TLS_CLOCK,
        Failure.TLS_NAME,
        Failure.TLS_UNTRUSTED,
        Failure.PROXY,
        Failure.PROXY_AUTH,
        Failure.PROXY_PASSWORD,
    }
)


class Verdict(StrEnum):
    """How a check came out."""

    GOOD = "good"
    UNKNOWN = "unknown"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One check: what it is about, how it came out, what was found, and what to do about it."""

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


@dataclass(frozen=True)
class Road:
    """The checks in the order of the way, and the failure that stands in it."""

    checks: tuple[Check, ...]
    failure: Failure | None
    failed_at: datetime | None
    tries: int
    """Cycles that failed one after another."""

    @property
    def is_offline(self) -> bool:
        """Whether there was no network at the last try."""
        return self.failure in NO_NETWORK

    @property
    def sentence(self) -> str:
        """What stands in the way; empty when nothing does."""
        return SAID[self.failure].sentence if self.failure else ""


def road(desk: Desk) -> Road:
    """Everything known about the way to the portal."""
    with desk.database.read() as session:
        account = accounts.current(session)
        succeeded = sync_marks.last_success(session)
        past = attempts.read(session)
        offset = meta.get(session, CLOCK_OFFSET)
        backed_up = meta.get(session, meta.LAST_BACKUP)
    failure = past.past.failures[-1] if past.past.failures else None
    checks = (
        _network(failure, succeeded),
        _portal(failure, succeeded),
        _sign_in(account),
        _clock(float(offset) if offset else None),
        _room(desk),
        _backup(datetime.fromisoformat(backed_up) if backed_up else None, desk.clock.now()),
    )
    return Road(checks, failure, past.last_at, len(past.past.failures))


def _network(failure: Failure | None, succeeded: datetime | None) -> Check:
    if failure in NO_NETWORK and failure is not None:
        return Check("Mạng", Verdict.BAD, SAID[failure].sentence.rstrip("."), SAID[failure].hint)
    if failure in BLOCKED and failure is not None:
        return Check("Mạng", Verdict.LOOK, SAID[failure].sentence.rstrip("."), SAID[failure].hint)
    if succeeded is None and failure is None:
        return Check("Mạng", Verdict.UNKNOWN, "Chưa nối tới Cổng lần nào")
    return Check("Mạng", Verdict.GOOD, "Thông")


def _portal(failure: Failure | None, succeeded: datetime | None) -> Check:
    last = f"Lần nối được cuối: {_said(succeeded)}" if succeeded else "Chưa nối được lần nào"
    if failure is None:
        return Check("Cổng", Verdict.GOOD if succeeded else Verdict.UNKNOWN, last)
    if failure in NO_NETWORK | BLOCKED | {Failure.AUTH_REQUIRED}:
        return Check("Cổng", Verdict.UNKNOWN, last)
    return Check("Cổng", Verdict.LOOK, SAID[failure].sentence.rstrip("."), SAID[failure].hint)


def _sign_in(account: Account | None) -> Check:
    if account is None:
        return Check(
            "Đăng nhập", Verdict.LOOK, "Chưa đăng nhập Cổng", "Bấm Đăng nhập để nối máy này với Cổng."
        )
    if account.state is AuthState.SIGNED_IN:
        return Check("Đăng nhập", Verdict.GOOD, account.name)
    if account.state is AuthState.DISABLED:
        return Check(
            "Đăng nhập", Verdict.BAD, f"{account.name}: tài khoản bị khóa", "Hỏi công đoàn cấp trên."
        )
    said = SAID[Failure.AUTH_REQUIRED]
    return Check("Đăng nhập", Verdict.LOOK, f"{account.name}: cần đăng nhập lại", said.hint)


def _clock(offset_s: float | None) -> Check:
    if offset_s is None:
        return Check("Đồng hồ máy", Verdict.UNKNOWN, "Chưa so được với Cổng")
    off = abs(offset_s)
    said = (
        f"{off:.0f} giây" if off < 120 else f"{off / 60:.0f} phút" if off < 7200 else f"{off / 3600:.0f} giờ"
    )
    if off > CLOCK_OFF_S:
        direction = "chậm" if offset_s > 0 else "nhanh"
        return Check(
            "Đồng hồ máy", Verdict.LOOK, f"{direction.capitalize()} {said}", "Chỉnh lại giờ của máy."
        )
    return Check("Đồng hồ máy", Verdict.GOOD, f"Lệch {said}")


def _room(desk: Desk) -> Check:
    free = shutil.disk_usage(desk.home.folder).free
    said = f"{free / 1e9:.0f} GB" if free >= 10**9 else f"{free / 1e6:.0f} MB"
    if free < LITTLE_ROOM:
        return Check("Chỗ trống ổ đĩa", Verdict.BAD, said, "Dọn bớt tệp để máy còn ghi được.")
    return Check("Chỗ trống ổ đĩa", Verdict.GOOD, said)


def _backup(made: datetime | None, now: datetime) -> Check:
    if made is None:
        return Check("Sao lưu", Verdict.LOOK, "Chưa có bản sao nào", "Bấm Sao lưu ngay ở Cài đặt, Sao lưu.")
    verdict = Verdict.LOOK if (now - made).days >= BACKUP_OLD_AFTER_DAYS else Verdict.GOOD
    return Check("Sao lưu", verdict, f"{_said(made)}, đã thử mở")


def _said(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m %H:%M}"
