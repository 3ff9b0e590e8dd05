"""The columns of the member list."""

from collections.abc import Callable, Mapping
from typing import Any

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.people import Consent, WorkStatus
from sangkien_desktop.storage.people_lists import ListedPerson
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.models.paged_model import Column

CODE, NAME, GROUP, POSITION, WRITTEN, CONSENT = range(6)
SORTS = {"employee_code": "employee_code", "name": "name", "group": "group", "written": "initiatives"}


def consent_look(consent: Consent | None, *, may_be_sent: bool) -> tuple[str, str, str]:
    """Icon, words and role of an agreement."""
    if may_be_sent and consent is not None:
        return "circle-check", formatting.day(consent.given_on), "ok"
    if consent is not None and consent.withdrawn_on is not None:
        return "circle-x", "đã rút", "bad"
    return "alert-triangle", "chưa có", "warn"


def columns(unit_names: Callable[[], Mapping[UnitId, str]]) -> list[Column[Any]]:
    """Code, name, group, position, number of initiatives, agreement; leavers are grey."""

    def group(one: ListedPerson) -> str:
        return unit_names().get(one.person.group, "") if one.person.group else ""

    def tone(one: ListedPerson) -> str:
        return "" if one.person.status is WorkStatus.WORKING else "text3"

    def agreed(one: ListedPerson) -> tuple[str, str, str]:
        if one.person.status is not WorkStatus.WORKING:
            left = one.person.left_on
            return "minus", f"nghỉ {formatting.day(left)}" if left else "đã nghỉ", "mute"
        return consent_look(one.person.consent, may_be_sent=one.person.may_be_sent)

    return [
        Column("employee_code", "Mã NV", lambda one: one.person.employee_code or "", 84, cell_tone=tone),
        Column("name", "Họ và tên", lambda one: one.person.name, 0, kind="name", cell_tone=tone),
        Column("group", "Tổ công đoàn", group, 172, cell_tone=tone),
        Column("position", "Chức danh", lambda one: one.person.position, 150, cell_tone=tone, is_sortable=False),
        Column("written", "Số SK", lambda one: str(one.initiatives), 60, kind="number", cell_tone=tone),
        Column("consent", "Đồng ý dữ liệu", lambda one: agreed(one)[1], 132, kind="badge", badge=agreed, is_sortable=False),
    ]  # fmt: skip
