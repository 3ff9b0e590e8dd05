"""What the figures say in words; pure, so that every state can be tested."""

from datetime import datetime, timedelta

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.programmes import exceeded_percent, reached_percent
from sangkien_desktop.domain.standings import Board
from sangkien_desktop.services.overview import Overview
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.widgets.figures import FigureText

STALE_AFTER = timedelta(days=1)
NO_QUOTA = "Chưa có chỉ tiêu – gõ chỉ tiêu hoặc kéo từ Cổng"
_WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


def figures(overview: Overview, now: datetime) -> tuple[FigureText, ...]:
    """The four figures, as one understands them across the room."""
    board = overview.board
    return (_sent(board), _valid(board), _people(board), _time_left(overview, now))


def _sent(board: Board) -> FigureText:
    number, quota = board.whole.tally.sent, board.whole.quota
    reached = reached_percent(number, quota or 0)
    if quota is None or reached is None:
        return FigureText("Đã gửi Cổng", formatting.number(number), NO_QUOTA, "accent")
    exceeded = exceeded_percent(number, quota) or 0.0
    base = f"<b>{formatting.number(number)}</b> / {formatting.number(quota)} sáng kiến"
    if exceeded > 0:
        base += f" · vượt {formatting.percent(exceeded)}"
    elif exceeded < 0:
        base += f" · còn thiếu {formatting.number(quota - number)}"
    return FigureText("Đã gửi Cổng so với chỉ tiêu", formatting.percent(reached), base, "accent")


def _valid(board: Board) -> FigureText:
    tally, quota = board.whole.tally, board.whole.quota
    reached = reached_percent(tally.valid, quota or 0)
    base = (
        f"<b>{formatting.number(tally.valid)}</b> hợp lệ · {formatting.number(tally.waiting)} chờ duyệt"
        f" · {formatting.number(tally.returned)} trả lại"
    )
    if reached is None:
        return FigureText("Hợp lệ", formatting.number(tally.valid), base, "ok")
    return FigureText("Hợp lệ so với chỉ tiêu", formatting.percent(reached), base, "ok")


def _people(board: Board) -> FigureText:
    whole, cluster = board.whole, board.cluster
    base = f"<b>{formatting.number(whole.people)}</b>"
    if whole.members:
        base += f" / {formatting.number(whole.members)} người"
        value = formatting.percent(100 * whole.people / whole.members)
    else:
        base += " người có sáng kiến"
        value = formatting.number(whole.people)
    if cluster is not None:
        base += f" · hạng {cluster.rank}/{cluster.units}{moved(cluster.delta)}"
    return FigureText("Người tham gia", value, base)


def moved(delta: int) -> str:
    """, tăng 3 or , giảm 1; nothing when the place is the same."""
    if not delta:
        return ""
    return f", tăng {delta}" if delta > 0 else f", giảm {-delta}"


def _time_left(overview: Overview, now: datetime) -> FigureText:
    closes_at = overview.board.period.closes_at
    if closes_at is None:
        return FigureText("Hạn nhập", "không hạn", "chương trình chưa ghi ngày đóng")
    local = closes_at.astimezone(VIETNAM)
    day = f"{local:%H:%M} ngày {local:%d/%m}"
    left = formatting.remaining(closes_at - now)
    if not left:
        return FigureText("Hạn nhập", "đã đóng", f"Đã đóng {local:%H:%M} ngày {local:%d/%m/%Y}", "text2")
    tone = "bad" if closes_at - now < timedelta(days=1) else "text"
    return FigureText(f"Còn đến hạn {day}", left, _days_left(overview, now, local), tone)


def _days_left(overview: Overview, now: datetime, closes: datetime) -> str:
    needed = overview.pace.needed_each_day
    if needed is not None:
        return f"cần <b>{formatting.decimal(needed)}</b> sáng kiến mỗi ngày để đủ"
    first = now.astimezone(VIETNAM).date()
    days = {(first + timedelta(days=at)).weekday() for at in range(min(7, (closes.date() - first).days + 1))}
    weekend = [name for weekday, name in _WEEKEND.items() if weekday in days]
    return f"gồm {' và '.join(weekend)}" if weekend else f"đến hết {formatting.day(closes.date())}"


def outlook(overview: Overview) -> str:
    """Where the count will be at closing, if it goes on like the last days; empty when they say too little."""
    forecast = overview.pace.forecast
    if forecast is None:
        return ""
    low, high = formatting.number(forecast.low), formatting.number(forecast.high)
    return (
        f"Theo nhịp 14 ngày: {low}–{high} khi đóng" if low != high else f"Theo nhịp 14 ngày: {low} khi đóng"
    )


def what_if(overview: Overview) -> str:
    """What would change the place; empty when nothing would."""
    asked = overview.what_if
    if asked is None or asked.rank == asked.rank_then:
        return ""
    return f"Nếu {formatting.number(asked.more)} chờ duyệt đều hợp lệ: hạng {asked.rank} → {asked.rank_then}"


def as_of(board: Board, now: datetime) -> tuple[str, str]:
    """The line of when and whence, and its tone: `warn` when the portal was heard more than a day ago."""
    if board.portal_as_of is None:
        return f"{formatting.as_of(board.as_of, with_weekday=True)} · theo máy này", "text2"
    tone = "warn" if now - board.portal_as_of > STALE_AFTER else "text2"
    return f"{formatting.as_of(board.portal_as_of, with_weekday=True)} · theo Cổng", tone
