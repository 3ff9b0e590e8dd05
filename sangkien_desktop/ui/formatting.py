"""Numbers, money, dates and times as people read them."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sangkien_desktop.clock import VIETNAM

WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NOT_COMPUTABLE: Final = "không tính"
"""What stands for a benefit that cannot be told in money; never 0."""


def number(value: int) -> str:
    """1234567 → 1.234.567."""
    return f"{value:,}".replace(",", ".").replace("-", "−")


def decimal(value: float | Decimal, places: int = 1) -> str:
    """1234.56 → 1.234,6. Half a place is rounded up, as in school and in Excel."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact:,}".replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")


def money(value: int | None) -> str:
    """Đồng without the unit; a benefit that is not told in money is a word."""
    return NOT_COMPUTABLE if value is None else number(value)


def large_money(value: int) -> str:
    """41270000000 → 41,27 tỷ đồng; below a billion in millions, below a million exact."""
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu")):
        if abs(value) >= unit:
            text = decimal(value / unit, 2).rstrip("0").rstrip(",")
            return f"{text} {name} đồng"
    return f"{number(value)} đồng"


def percent(value: float | Decimal) -> str:
    """408.25 → 408,3 %. Never shown bare: say what it is a share of."""
    return f"{decimal(value)} %"


def reached(count: int, quota: int) -> str:
    """đạt 408,3 % · vượt 308,3 %; below the quota only the first; nothing without a quota."""
    if quota <= 0:
        return ""
    share = (Decimal(count) * 100 / quota).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"đạt {percent(share)}"
    return f"{said} · vượt {percent(share - 100)}" if share > 100 else said


def signed(value: int) -> str:
    """+4, −3, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


def day(value: date) -> str:
    """31/05/2026."""
    return f"{value:%d/%m/%Y}"


def short_day(value: date) -> str:
    """31/05."""
    return f"{value:%d/%m}"


def clock_time(value: datetime, *, seconds: bool = False) -> str:
    """21:42 in Vietnam; with seconds 21:43:05. `value` is aware."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def moment(value: datetime) -> str:
    """28/05 21:42."""
    return f"{value.astimezone(VIETNAM):%d/%m %H:%M}"


def full_moment(value: datetime) -> str:
    """28/05/2026 21:42."""
    return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def as_of(value: datetime, *, with_weekday: bool = False) -> str:
    """Tính đến 21:42, 28/05/2026; with the weekday: Tính đến 21:42, thứ Năm 28/05/2026."""
    local = value.astimezone(VIETNAM)
    weekday = f"{WEEKDAYS[local.weekday()]} " if with_weekday else ""
    return f"Tính đến {local:%H:%M}, {weekday}{local:%d/%m/%Y}"


def remaining(left: timedelta) -> str:
    """3 ngày 2 giờ; under a day hours and minutes, under an hour minutes; nothing once it has passed."""
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return ""
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        # From a hundred days on nobody counts hours, and the figure on the overview keeps its place.
        return f"{days} ngày {hours} giờ" if hours and days < 100 else f"{days} ngày"
    if hours:
        return f"{hours} giờ {minutes} phút" if minutes else f"{hours} giờ"
    return f"{minutes} phút"


def deadline(closes_at: datetime, now: datetime) -> str:
    """Hạn 23:55 ngày 31/05 – còn 3 ngày 2 giờ; afterwards Đã đóng 23:55 ngày 31/05."""
    local = closes_at.astimezone(VIETNAM)
    at = f"{local:%H:%M} ngày {local:%d/%m}"
    left = remaining(closes_at - now)
    return f"Hạn {at} – còn {left}" if left else f"Đã đóng {at}"


def ago(then: datetime, now: datetime) -> str:
    """vừa xong, 5 phút trước, 3 giờ trước, hôm qua 21:42, else the day and time."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "vừa xong"
    if minutes < 60:
        return f"{minutes} phút trước"
    days = (now.astimezone(VIETNAM).date() - then.astimezone(VIETNAM).date()).days
    if days == 0:
        return f"{minutes // 60} giờ trước"
    return f"hôm qua {clock_time(then)}" if days == 1 else full_moment(then)


def time_left(seconds: float) -> str:
    """còn khoảng 6 giây / 2 phút, for progress."""
    if seconds < 60:
        return f"còn khoảng {max(1, round(seconds))} giây"
    return f"còn khoảng {round(seconds / 60)} phút"


def file_size(size_bytes: int) -> str:
    """42 kB, 1,2 MB."""
    if size_bytes < 1000:
        return f"{size_bytes} byte"
    if size_bytes < 1_000_000:
        return f"{number(round(size_bytes / 1000))} kB"
    if size_bytes < 1_000_000_000:
        return f"{decimal(size_bytes / 1_000_000)} MB"
    return f"{decimal(size_bytes / 1_000_000_000)} GB"
