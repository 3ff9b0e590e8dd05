"""The commands of the people screen, each with its key."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from sangkien_desktop.ui.actions import Command

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.people.screen import PeoplePage


def commands_of(page: "PeoplePage") -> Sequence[Command]:
    """Every act."""
    nobody = partial(_needs_somebody, page)
    return (
        Command("people.new", "Thêm người", page.add_person, "Ctrl+N", "plus"),
        Command(
            "people.import",
            "Nhập danh sách đoàn viên",
            page.following.choose_list,
            "Ctrl+O",
            "table-import",
        ),
        Command(
            "people.print", "In danh sách hoặc phiếu đồng ý", page.ways.print_papers, "Ctrl+P", "printer"
        ),
        Command("people.find", "Tìm người", page.tools.search.setFocus, "Ctrl+F", "search"),
        Command("people.edit", "Sửa thông tin", page.edit_person, "F2", "pencil", disabled_reason=nobody),
        Command(
            "people.consent",
            "Ghi nhận đồng ý",
            page.ask_consent,
            "Ctrl+E",
            "check",
            disabled_reason=nobody,
        ),
        Command("people.missing", "Xem người chưa đồng ý", page.show_missing, icon="alert-triangle"),
        Command("people.next", "Ghi danh sách", page.differences.write_now, "Ctrl+Return"),
        Command("people.back", "Quay lại danh sách", page.go_back, "Esc"),
    )


def _needs_somebody(page: "PeoplePage") -> str:
    return "" if page.current() is not None else "Chọn một người trước."
