"""Entering agreements, of one person or of a paper list; nothing is ticked beforehand, silence is no consent."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from sangkien_desktop.domain.people import Purpose
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.fields import LineField, set_problem
from sangkien_desktop.ui.widgets.labels import label, set_tone
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.vietnamese.dates import Precision, read_date


class ConsentBar(Panel):
    """Who, on which day, for what; hidden until asked for."""

    agreed = Signal(object, object)
    """The day, and the frozenset of purposes."""
    given_up = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__("accent_soft", "b")
        self._today = date.min
        self.who = label("", "strong", name="consent-who", wraps=True)
        self.day = LineField(placeholder="Ngày ký", name="consent-day", trailing_icon="calendar")
        self.day.setAccessibleName("Ngày ký")
        self.day.setFixedWidth(132)
        self.purposes = {one: CheckBox(one.value, name=f"purpose-{one.name.lower()}") for one in Purpose}
        self.told = label("", "caption", tone="text2")
        self.enter = Button("Ghi nhận", icon="check", kind="small", name="consent-enter")
        self.give_up = Button("Thôi", key="Esc", kind="small", name="consent-give-up")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.day)
        for box in self.purposes.values():
            row.addWidget(box)
            box.toggled.connect(self._show_ready)
        row.addStretch(1)
        row.addWidget(self.enter)
        row.addWidget(self.give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(self.who)
        column.addLayout(row)
        column.addWidget(self.told)
        self.day.textChanged.connect(self._show_ready)
        self.enter.clicked.connect(self._on_enter)
        self.give_up.clicked.connect(self.given_up)
        self.hide()

    def ask(self, who: str, today: date) -> None:
        """Ask for the agreement of somebody."""
        self._today = today
        self.who.setText(f"Ghi nhận đồng ý của {who}, theo phiếu hoặc danh sách đã ký")
        self.day.show_value(formatting.day(today))
        for box in self.purposes.values():
            box.setChecked(False)
        self._show_ready()
        self.show()
        self.day.setFocus()
        self.day.selectAll()

    def _signed_on(self) -> date | None:
        read = read_date(self.day.text())
        if read.value is None or read.problem is not None or read.value.precision is not Precision.DAY:
            return None
        return read.value.value if read.value.value <= self._today else None

    def _chosen(self) -> frozenset[Purpose]:
        return frozenset(purpose for purpose, box in self.purposes.items() if box.isChecked())

    def _show_ready(self, *_changed: object) -> None:
        signed, chosen = self._signed_on(), self._chosen()
        set_problem(self.day, "" if signed else "error")
        if signed is None:
            text = "Ghi ngày ký như 12/01/2026, không sau hôm nay."
        elif not chosen:
            text = "Đánh dấu đúng những mục đích người ấy đã ký."
        elif Purpose.PORTAL not in chosen:
            text = "Chưa đồng ý nhập lên Cổng: sáng kiến của họ vẫn tạm giữ."
        else:
            text = "Sáng kiến chỉ chờ đồng ý sẽ được gửi tiếp."
        self.told.setText(text)
        set_tone(self.told, "text2" if signed and chosen else "warn")
        self.enter.setEnabled(signed is not None and bool(chosen))

    def _on_enter(self) -> None:
        signed = self._signed_on()
        if signed is not None and self._chosen():
            self.agreed.emit(signed, self._chosen())
