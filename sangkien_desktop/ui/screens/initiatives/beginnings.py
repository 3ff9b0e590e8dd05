"""The page with nothing in it, and the pixel that swaps its panes in a narrow window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage


class PaneSwap(QWidget):
    """Takes the focus of F6 in a narrow window and shows the other pane."""

    def __init__(self, page: "InitiativesPage") -> None:
        """A pixel in the corner of the page."""
        super().__init__(page)
        self._page = page
        self.setFixedSize(1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Swap."""
        self._page.swap_panes()


def empty_state(run: Callable[[str], Callable[[], None]]) -> EmptyState:
    """What belongs here, and four ways to begin; `run` answers an act by its name."""
    return EmptyState(
        "Chưa có sáng kiến nào trên máy này",
        "Chọn cách đưa vào. Không cần mạng; mọi thứ tự lưu và gửi lên Cổng sau.",
        (
            Beginning(
                "table-import",
                "Nhập tệp Excel của các tổ",
                "Nhận .xlsx, .xls, .ods, .csv; cả phông cũ .VnTime, VNI. Xem trước rồi mới ghi.",
                "Chọn tệp…",
                "Ctrl+O",
                run("import_files"),
            ),
            Beginning(
                "clipboard-list",
                "Dán từ Excel đang mở",
                "Bôi đen vùng trong Excel, chép, rồi dán vào đây.",
                "Dán",
                "Ctrl+V",
                run("paste"),
            ),
            Beginning(
                "pencil",
                "Gõ sáng kiến đầu tiên",
                "Từ phiếu giấy. Tác giả chọn từ danh sách đoàn viên, hoặc gõ thẳng.",
                "Thêm",
                "Ctrl+N",
                run("add"),
            ),
            Beginning(
                "file-word",
                "In phiếu trắng cho tổ trưởng",
                "Mẫu Excel và mẫu giấy đúng cột mà máy đọc được.",
                "In mẫu",
                "Ctrl+P",
                run("print_forms"),
            ),
        ),
    )
