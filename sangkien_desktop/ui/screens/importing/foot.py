"""The foot of the import screen: what would be written, back, next."""

from collections.abc import Sequence

from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.importing.commands import CHOOSE, REVIEW, UNDERSTAND, WRITE
from sangkien_desktop.ui.screens.importing.findings import Sums, findings_of, sums_of
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import FootRow

_NAMED = 3


class Foot(FootRow):
    """One row for all steps; hidden in the first."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self._is_narrow = False
        self._step = CHOOSE
        self.told = rich_label("", tone="text2")
        self.told.setSizePolicy(
            self.told.sizePolicy().Policy.Ignored, self.told.sizePolicy().verticalPolicy()
        )
        self.annotate = Button("Lưu tệp Excel có đánh dấu lỗi", icon="file-export", name="annotate")
        self.hint = label("để gửi lại tổ trưởng", tone="text2")
        self.back = Button("Chọn tệp khác", name="back")
        self.next = Button("Tiếp", icon="arrow-right", key="Ctrl+Enter", kind="primary", name="next")
        self.add(self.told, self.annotate, self.hint)
        self.add_gap()
        self.add(self.back, self.next)
        self.row.setStretch(0, 100)

    def set_narrow(self, is_narrow: bool) -> None:
        """Less beside the buttons."""
        self._is_narrow = is_narrow
        self.set_step(self._step)

    def set_step(self, step: int) -> None:
        """Show what belongs to a step."""
        self._step = step
        self.setVisible(step != CHOOSE)
        self.told.setVisible(step == UNDERSTAND)
        self.annotate.setVisible(step in (REVIEW, WRITE))
        self.hint.setVisible(step in (REVIEW, WRITE) and not self._is_narrow)
        self.annotate.setEnabled(step != WRITE)
        self.back.setText("Chọn tệp khác" if step == UNDERSTAND else "Quay lại")
        self.back.setEnabled(step != WRITE)
        self.back.updateGeometry()

    def tell_understanding(self, plans: Sequence[SheetPlan], waits: str) -> None:
        """Rows taken and left out; `waits` is `asked` for another file's question, `reading`, or empty."""
        sums, number = sums_of(plans), formatting.number
        left = sum(len(plan.reading.left_out) for plan in plans)
        lacking = list(dict.fromkeys(name for plan in plans for name in plan.lacking))
        parts = [f"<b>{number(sums.rows)} dòng</b> thành sáng kiến", f"{number(left)} dòng bỏ qua"]
        if lacking and not self._is_narrow:
            parts.append(f"chưa có cột: {', '.join(lacking[:_NAMED])}{'…' if len(lacking) > _NAMED else ''}")
        self.told.setText(" · ".join(parts) if plans else "Chưa đọc được dòng nào")
        self.told.setToolTip(f"Tệp không có cột: {', '.join(lacking)}. Bổ sung sau." if lacking else "")
        problems = len(findings_of(plans))
        text = f"Tiếp: xem {number(problems)} chỗ cần xem" if problems else "Tiếp: xem lại rồi ghi"
        text = {"asked": "Tiếp: tệp kế tiếp có câu hỏi", "reading": "Đang đọc…"}.get(waits, text)
        self._say("arrow-right", text, is_ready=bool(plans) and waits != "reading")

    def tell_review(self, sums: Sums, *, is_writing: bool) -> None:
        """How many rows would be written."""
        number = formatting.number(sums.written)
        text = f"Ghi {number} dòng vào máy" if sums.written else "Không có gì mới để ghi"
        if is_writing:
            text = f"Đang ghi {number} dòng…"
        self._say("device-floppy", text, is_ready=bool(sums.written) and not is_writing)

    def _say(self, icon: str, text: str, *, is_ready: bool) -> None:
        self.next.set_icon_name(icon)
        self.next.setText(text)
        self.next.setEnabled(is_ready)
        self.next.updateGeometry()
