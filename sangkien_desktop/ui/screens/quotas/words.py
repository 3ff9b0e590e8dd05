"""Figures, strip and foot of the quota screen in words."""

from collections.abc import Sequence

from sangkien_desktop.domain.programmes import Quota, QuotaKind, exceeded_percent, reached_percent
from sangkien_desktop.domain.standings import AGAINST_LABELS, Board
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.widgets.figures import FigureText


def figures(board: Board) -> tuple[FigureText, ...]:
    """The six figures."""
    tally = board.whole.tally
    return (
        _quota(board),
        FigureText("Đã gửi Cổng", formatting.number(tally.sent), _reached(tally.sent, board), "accent"),
        FigureText("Hợp lệ", formatting.number(tally.valid), _reached(tally.valid, board), "ok"),
        _split(board),
        _cluster(board),
        _groups(board),
    )


def _quota(board: Board) -> FigureText:
    kind = board.whole.against
    caption = f"Chỉ tiêu {AGAINST_LABELS[kind].lower()}"
    if board.whole.quota is None:
        return FigureText(caption, "chưa có", "gõ chỉ tiêu hoặc kéo từ Cổng", "text2")
    said = []
    newest = board.versions.get(kind, ())
    if newest and newest[-1].as_of:
        verb = "giao" if kind is QuotaKind.ASSIGNED else "đăng ký"
        said.append(f"{verb} {formatting.short_day(newest[-1].as_of.date())}")
    other = board.whole.registered if kind is QuotaKind.ASSIGNED else board.whole.assigned
    if other is not None:
        word = "đăng ký" if kind is QuotaKind.ASSIGNED else "được giao"
        said.append(f"{word} {formatting.number(other)}")
    return FigureText(caption, formatting.number(board.whole.quota), " · ".join(said))


def _reached(count: int, board: Board) -> str:
    reached = reached_percent(count, board.whole.quota or 0)
    if reached is None:
        return "chưa có chỉ tiêu"
    said = f"đạt <b>{formatting.percent(reached)}</b>"
    exceeded = exceeded_percent(count, board.whole.quota or 0) or 0.0
    return f"{said} · vượt {formatting.percent(exceeded)}" if exceeded > 0 else said


def _split(board: Board) -> FigureText:
    quota, rest = board.whole.quota, board.unsplit
    if quota is None or rest is None:
        return FigureText("Đã phân bổ cho tổ", formatting.number(board.split), "đơn vị chưa có chỉ tiêu")
    value = f"{formatting.number(board.split)} / {formatting.number(quota)}"
    if rest == 0:
        return FigureText("Đã phân bổ cho tổ", value, "vừa đủ", "ok")
    base = (
        f"còn {formatting.number(rest)} chưa phân bổ" if rest > 0 else f"giao quá {formatting.number(-rest)}"
    )
    return FigureText("Đã phân bổ cho tổ", value, base, "warn")


def _cluster(board: Board) -> FigureText:
    place = board.cluster
    if place is None:
        return FigureText("Hạng trong cụm", "–", "Cổng chưa xếp hạng kỳ này", "text2")
    arrow = {1: f"▲ {place.delta} bậc", 0: "giữ hạng", -1: f"▼ {-place.delta} bậc"}[_sign(place.delta)]
    return FigureText("Hạng trong cụm", f"{place.rank} / {place.units}", f"{arrow} so với bảng trước")


def _groups(board: Board) -> FigureText:
    below = board.below
    missing = sum(-(one.over or 0) for one in below)
    value = f"{len(board.rated) - len(below)} / {len(board.rated)}"
    if not board.rated:
        return FigureText("Tổ đủ chỉ tiêu", "–", "chưa tổ nào có chỉ tiêu", "text2")
    base = f"{len(below)} tổ còn thiếu, thiếu {formatting.number(missing)}" if below else "mọi tổ đều đủ"
    return FigureText("Tổ đủ chỉ tiêu", value, base)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def strip(board: Board, whole: Board | None) -> str:
    """What needs saying once: a quota that was changed, another base, else how to read the bars."""
    changed = _changed(board.versions.get(board.whole.against, ()))
    if changed:
        return changed
    said = "Xếp tổ thấp nhất lên trên. Thanh đen là mốc 100 %."
    if whole is not None and whole.whole.quota:
        other = formatting.reached(whole.whole.count, whole.whole.quota)
        said += f" Tính trên cả chương trình ({formatting.number(whole.whole.quota)}): {other}."
    return said


def _changed(versions: Sequence[Quota]) -> str:
    if len(versions) < 2:
        return ""
    before, now = versions[-2], versions[-1]
    day = f" ngày {formatting.short_day(now.as_of.date())}" if now.as_of else ""
    who = "Cổng" if now.source == "portal" else "Đơn vị"
    return (
        f"{who} đổi chỉ tiêu từ <b>{formatting.number(before.number)}</b> thành "
        f"<b>{formatting.number(now.number)}</b>{day}. Bản trước vẫn được giữ."
    )


def foot(board: Board, *, is_splitting: bool) -> tuple[tuple[str, ...], str]:
    """Left and right of the table's foot."""
    left: tuple[str, ...] = ()
    if is_splitting and board.unsplit is not None:
        rest = board.unsplit
        word = f"còn <b>{rest}</b> chưa phân bổ" if rest >= 0 else f"giao quá <b>{-rest}</b>"
        left = (f"Đang phân bổ: {word}",)
    tally = board.whole.tally
    people = formatting.number(board.whole.people)
    members = f"/{formatting.number(board.whole.members)}" if board.whole.members else ""
    parts = [
        f"Chỉ tiêu <b>{formatting.number(board.split)}</b>",
        f"Đã gửi <b>{formatting.number(tally.sent)}</b>",
        f"Hợp lệ <b>{formatting.number(tally.valid)}</b>",
        f"Người tham gia <b>{people}</b>{members}",
        formatting.as_of(board.portal_as_of or board.as_of),
    ]
    if tally.votes:
        parts.insert(-1, f"Bình chọn <b>{formatting.number(tally.votes)}</b>")
    return left, ("&nbsp;" * 4).join(parts)
