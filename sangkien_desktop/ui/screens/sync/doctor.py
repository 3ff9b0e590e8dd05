"""Kiểm tra đường truyền: each step to the portal, how it went, and what to tell the IT department."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.sync.doctor import Check, Verdict
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card, FootRow, Panel, Rule

_LOOKS = {
    Verdict.OK: ("circle-check", "ok"),
    Verdict.WARNING: ("alert-triangle", "warn"),
    Verdict.BAD: ("circle-x", "bad"),
    Verdict.SKIPPED: ("circle-minus", "mute"),
}


class DoctorView(QWidget):
    """Examines when shown; sends nothing of the station's data."""

    left = Signal()

    def __init__(self, context: UiContext) -> None:
        """Empty until `examine`."""
        super().__init__()
        self._context = context
        self._checks: Sequence[Check] = ()
        self.back = Button("Đồng bộ", icon="chevron-left", kind="link", name="doctor-back")
        self.title = label("Kiểm tra đường truyền", "screen")
        self.sentence = label("", tone="text2", wraps=True)
        self.again = Button("Kiểm tra lại", icon="refresh", kind="primary", name="doctor-again")
        self.copy = Button("Chép cho bộ phận IT", icon="copy", name="doctor-copy")
        self._card = Card(padding=14)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.again.clicked.connect(self.examine)
        self.copy.clicked.connect(self.on_copy)

    def examine(self) -> None:
        """Look at every step; takes some seconds."""
        self.sentence.setText("Đang xem từng bước, vài giây. Máy không gửi dữ liệu nào của trạm.")
        self.again.setEnabled(False)
        self._context.jobs.start_long(
            self._context.services.sync.examine,
            title="Đang kiểm tra đường truyền",
            done=self.on_examined,
            failed=self.on_failed,
        )

    def on_examined(self, checks: Sequence[Check]) -> None:
        """Show each step; the first that failed is the answer."""
        self._checks = checks
        self.again.setEnabled(True)
        wrong = next((one for one in checks if one.verdict in (Verdict.BAD, Verdict.WARNING)), None)
        self.sentence.setText(
            f"Vướng ở bước “{wrong.label}”: {wrong.said}" if wrong else "Đường tới Cổng thông suốt."
        )
        _clear(self._card.body)
        for at, check in enumerate(checks):
            if at:
                self._card.body.addWidget(Rule())
            self._card.body.addLayout(_row(check))

    def on_failed(self, error: Exception) -> None:
        """There is no address to look at."""
        self.again.setEnabled(True)
        self.sentence.setText("Chưa có địa chỉ Cổng để kiểm tra. Đăng nhập Cổng trước.")
        self._context.failures.present(error, topic="doctor")

    def on_copy(self) -> None:
        """Without any personal data."""
        QGuiApplication.clipboard().setText(report(self._checks))
        self._context.messages.done("Đã chép kết quả kiểm tra cho bộ phận IT.")

    def _lay_out(self) -> None:
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(8)
        for widget in (self.back, self.title, self.sentence):
            column.addWidget(widget)
        column.setAlignment(self.back, Qt.AlignmentFlag.AlignLeft)
        self._card.setMaximumWidth(900)
        column.addWidget(self._card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(ground)
        foot = FootRow()
        foot.add(self.again, self.copy)
        foot.add_gap()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)


def report(checks: Sequence[Check]) -> str:
    """The checks as text for whoever looks after the network."""
    lines = []
    for one in checks:
        tell = f"\n    {one.tell_it}" if one.tell_it else ""
        lines.append(f"[{one.verdict.value}] {one.label}: {one.said}{tell}")
    return "\n".join(lines)


def _row(check: Check) -> QHBoxLayout:
    icon, tone = _LOOKS[check.verdict]
    row = QHBoxLayout()
    row.setSpacing(12)
    name = IconLabel(icon, check.label, tone)
    name.setFixedWidth(210)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(check.said, wraps=True))
    if check.tell_it:
        words.addWidget(label(f"Nói với bộ phận IT: {check.tell_it}", "caption", wraps=True))
    row.addLayout(words, 1)
    return row


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout() if item is not None else None
        if isinstance(inner, QHBoxLayout | QVBoxLayout):
            _clear(inner)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
