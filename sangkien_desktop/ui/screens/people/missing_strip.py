"""What stands over or in place of the list: who has not agreed yet, and how to begin without a list."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from sangkien_desktop.services.people import Missing
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.ui.widgets.strips import Strip


class MissingStrip(Strip):
    """Authors without agreement and their initiatives that wait; closed, it stays away until the next start."""

    look_wanted = Signal()
    slips_wanted = Signal()

    def __init__(self) -> None:
        """Hidden."""
        super().__init__(Gravity.WARNING)
        self._is_closed = False
        self.closed.connect(self._on_closed)

    def show_missing(self, missing: Missing, *, is_hidden: bool) -> None:
        """Say how many; nothing while the list shows just them."""
        if not missing.people or self._is_closed or is_hidden:
            self.say("")
            return
        number = formatting.number(missing.people)
        held = f"; {formatting.number(missing.held)} sáng kiến của họ đang tạm giữ, chưa gửi lên Cổng"
        look = Button(f"Xem {number} người", kind="small", name="see-missing")
        look.clicked.connect(self.look_wanted)
        slips = Button("In phiếu đồng ý", icon="printer", kind="small", name="print-slips")
        slips.clicked.connect(self.slips_wanted)
        told = f"<b>{number} người</b> có sáng kiến chưa ghi nhận đồng ý{held if missing.held else ''}."
        self.say(told, Gravity.WARNING, look, slips)

    def _on_closed(self) -> None:
        self._is_closed = True
        self.say("")


def nobody_yet(import_list: Callable[[], None], add_person: Callable[[], None]) -> EmptyState:
    """The place of the list while nobody is known."""
    return EmptyState(
        "Chưa có danh sách đoàn viên",
        "Có danh sách thì máy nhận ra tác giả theo mã, tên; chưa có thì cứ nhập sáng kiến, người được tạo theo.",
        [
            Beginning(
                "table-import",
                "Nhập danh sách của nhân sự",
                "Tệp Excel có mã, họ tên, tổ; nhập lại lần sau máy chỉ ghi chỗ khác.",
                "Nhập danh sách",
                "Ctrl+O",
                import_list,
            ),
            Beginning("plus", "Thêm từng người", "Gõ tay một người.", "Thêm người", "Ctrl+N", add_person),
        ],
    )
