"""The commands of the import screen, each with its key."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from sangkien_desktop.ui.actions import Command

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.importing.screen import ImportPage

CHOOSE, UNDERSTAND, REVIEW, WRITE = range(4)
"""The steps."""


def commands_of(page: "ImportPage") -> Sequence[Command]:
    """Every act of the four steps."""
    in_review = partial(_only_in_review, page)
    return (
        Command("import.choose", "Chọn tệp để nhập", page.beginnings.choose_files, "Ctrl+O", "folder-open"),
        Command("import.folder", "Chọn cả thư mục", page.beginnings.choose_folder, icon="folder-open"),
        Command("import.paste", "Dán bảng đã sao chép", page.beginnings.paste, "Ctrl+V", "clipboard-list"),
        Command(
            "import.template",
            "Lưu mẫu trống cho tổ trưởng",
            page.beginnings.save_template,
            icon="file-type-xls",
        ),
        Command("import.next", "Bước tiếp", page.go_on, "Ctrl+Return", "arrow-right"),
        Command("import.back", "Quay lại", page.go_back, "Esc", disabled_reason=partial(_not_at_first, page)),
        Command("import.problem", "Chỗ cần xem kế tiếp", partial(page.review.go_to_next, 1), "F8"),
        Command("import.problem-back", "Chỗ cần xem trước", partial(page.review.go_to_next, -1), "Shift+F8"),
        Command(
            "import.accept",
            "Nhận đề nghị",
            page.review.accept_current,
            "Ctrl+E",
            "corner-down-left",
            disabled_reason=in_review,
        ),
        Command(
            "import.mend",
            "Sửa tại chỗ",
            page.review.pane.edit,
            "F2",
            "pencil",
            disabled_reason=in_review,
        ),
        Command(
            "import.annotate",
            "Lưu tệp Excel có đánh dấu lỗi",
            page.save_annotated,
            icon="file-export",
            disabled_reason=in_review,
        ),
    )


def _only_in_review(page: "ImportPage") -> str:
    return "" if page.step == REVIEW else "Chỉ dùng ở bước xem lỗi."


def _not_at_first(page: "ImportPage") -> str:
    return "Đang ở bước đầu." if page.step == CHOOSE else ""
