"""Work that waits: what a person must do before what the machine does; each line leads to where it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sangkien_desktop.services.overview import Waiting, Work
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card, Rule


@dataclass(frozen=True)
class _Line:
    icon: str
    tone: str
    words: str
    verb: str
    screen: str
    intent: Intent = Intent()


_LINES: Mapping[Work, _Line] = {
    Work.CONFLICTS: _Line(
        "arrows-diff",
        "conflict",
        "mâu thuẫn với bản trên Cổng",
        "Chọn bản giữ",
        "sync",
        Intent(topic="conflicts"),
    ),
    Work.RETURNED: _Line(
        "arrow-back-up",
        "bad",
        "bị Cổng trả lại, có lý do",
        "Sửa và gửi lại",
        "initiatives",
        Intent(state="returned"),
    ),
    Work.INCOMPLETE: _Line("alert-circle", "warn", "còn thiếu thông tin", "Bổ sung", "review"),
    Work.PAIRS: _Line("copy", "warn", "cặp nghi trùng", "So sánh", "review", Intent(topic="duplicates")),
    Work.GROUPS: _Line(
        "target-arrow", "warn", "tổ chưa đủ chỉ tiêu", "Xem và nhắc tổ", "quotas", Intent(state="below")
    ),
    Work.MACHINE: _Line("clock", "wait", "đủ điều kiện, đang chờ gửi", "", ""),
}


class WorkList(Card):
    """The card; arrow keys go from line to line, Enter follows one."""

    wanted = Signal(str, object)
    """Screen and intent."""

    def __init__(self) -> None:
        """Empty until `show_work`."""
        super().__init__("Việc đang chờ", "việc cần người làm xếp trước")
        self.body.setSpacing(0)
        self._buttons: list[Button] = []
        self._rows: list[QWidget] = []

    def show_work(self, work: Sequence[Waiting], note: str = "") -> None:
        """These lines, in their order; `note` says what the work would bring."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        while self.body.count():
            self.body.takeAt(0)
        self._rows, self._buttons = [], []
        for one in work:
            self._add(Rule())
            self._add(self._row(one))
        if not work:
            self._add(IconLabel("circle-check", "Không còn việc nào chờ.", "ok"))
        self.body.addStretch(1)
        if note:
            self._add(label(note, "caption", wraps=True, name="work-note"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is None or not self._buttons:
            super().keyPressEvent(event)
            return
        at = self._buttons.index(focus) if isinstance(focus, Button) and focus in self._buttons else -step
        self._buttons[max(0, min(len(self._buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)
        self._rows.append(widget)

    def _row(self, one: Waiting) -> QWidget:
        line = _LINES[one.work]
        row = QWidget()
        row.setFixedHeight(theme.current().metrics.grown(35))
        row.setObjectName(f"work-{one.work}")
        icon = IconLabel(line.icon, "", line.tone)
        icon.setFixedWidth(20)
        number = label(formatting.number(one.number), "title")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setMinimumWidth(theme.current().metrics.grown(34))
        words = label(line.words)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(icon)
        layout.addWidget(number)
        layout.addWidget(words, 1)
        if line.verb:
            button = Button(line.verb, icon="chevron-right", kind="link", name=f"do-{one.work}")
            button.setAccessibleName(f"{one.number} {line.words}: {line.verb}")
            button.clicked.connect(lambda: self.wanted.emit(line.screen, line.intent))
            self._buttons.append(button)
            layout.addWidget(button)
        else:
            layout.addWidget(label("Máy tự gửi", tone="text2"))
        return row
