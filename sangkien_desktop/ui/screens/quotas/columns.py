"""The columns of the group table, and by what each is sorted."""

from collections.abc import Callable, Mapping
from typing import Any

from sangkien_desktop.domain.programmes import QuotaKind
from sangkien_desktop.domain.standings import Basis, Standing
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.models.paged_model import Column
from sangkien_desktop.vietnamese.collation import sort_key

SORTS: Mapping[str, Callable[[Standing], Any]] = {
    "name": lambda one: sort_key(one.name),
    "members": lambda one: one.members or 0,
    "registered": lambda one: one.registered or 0,
    "assigned": lambda one: one.assigned or 0,
    "sent": lambda one: one.tally.sent,
    "valid": lambda one: one.tally.valid,
    # Groups without a quota stand behind those with one, the smallest count first.
    "bar": lambda one: (one.reached is None, one.reached or 0.0, one.count),
    "reached": lambda one: (one.reached is None, one.reached or 0.0, one.count),
    "over": lambda one: -(10**9) if one.over is None else one.over,
    "people": lambda one: one.people,
    "rank": lambda one: one.rank or 10**9,
    "move": lambda one: one.move or 0,
}

_SHORT = {Basis.SENT: "đã gửi", Basis.VALID: "hợp lệ", Basis.ENTERED: "đã nhập"}


def all_columns(basis: Basis = Basis.SENT, edited: QuotaKind | None = None) -> tuple[Column[Standing], ...]:
    """The columns; `edited` is the quota that is being shared out, if any."""
    return (
        Column("name", "Tổ công đoàn", lambda one: one.name, 0, kind="text"),
        Column("members", "Đoàn viên", lambda one: _number(one.members), 96, kind="number"),
        Column(
            "registered",
            "Đăng ký",
            lambda one: _number(one.registered),
            84,
            kind="number",
            tone="text2",
            is_editable=edited is QuotaKind.REGISTERED,
            edit_text=lambda one: str(one.registered or ""),
        ),
        Column(
            "assigned",
            "Được giao",
            lambda one: _number(one.assigned),
            88,
            kind="number",
            is_editable=edited is QuotaKind.ASSIGNED,
            edit_text=lambda one: str(one.assigned or ""),
        ),
        *_results(basis),
    )


def _results(basis: Basis) -> tuple[Column[Standing], ...]:
    return (
        Column("sent", "Đã gửi", lambda one: _number(one.tally.sent), 76, kind="strong_number"),
        Column("valid", "Hợp lệ", lambda one: _number(one.tally.valid), 76, kind="number"),
        Column(
            "bar",
            f"Đạt % (theo {_SHORT[basis]})",
            lambda one: "" if one.reached is None else str(one.reached / 100),
            156,
            kind="bar",
            tool_tip=_base,
        ),
        Column(
            "reached",
            "",
            lambda one: "" if one.reached is None else formatting.percent(one.reached),
            74,
            kind="strong_number",
            cell_tone=lambda one: "bad" if one.reached is not None and one.reached < 100 else "",
            tool_tip=_base,
        ),
        Column(
            "over",
            "Vượt/thiếu",
            lambda one: "" if one.over is None else formatting.signed(one.over),
            92,
            kind="number",
            cell_tone=lambda one: "" if not one.over else "bad" if one.over < 0 else "ok",
        ),
        Column("people", "Người tham gia", _people, 118, kind="number"),
        Column("rank", "Hạng", lambda one: str(one.rank or ""), 64, kind="number", tool_tip=_ranking),
        Column("move", "± tuần", _move, 68, tone="text2", tool_tip=_ranking),
    )


def _number(value: int | None) -> str:
    return "" if value is None else formatting.number(value)


def _people(one: Standing) -> str:
    count = formatting.number(one.people)
    return f"{count}/{formatting.number(one.members)}" if one.members else count


def _move(one: Standing) -> str:
    if one.move is None:
        return ""
    if one.move == 0:
        return "– 0"
    return f"▲ {one.move}" if one.move > 0 else f"▼ {-one.move}"


def _base(one: Standing) -> str:
    return formatting.reached(one.count, one.quota or 0) or "Tổ chưa có chỉ tiêu"


def _ranking(one: Standing) -> str:
    return (
        f"Xếp theo số sáng kiến ({one.basis.label.lower()}); bằng số thì đồng hạng, hạng sau bỏ trống: 1-1-3. "
        f"Theo số người tham gia: hạng {one.people_rank or '–'}. ± so với 7 ngày trước."
    )
