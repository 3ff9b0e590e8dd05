"""Each condition of the chosen candidate: met or not, its source, and the button that mends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.domain.awards import PAPERS, Candidate, Check, Condition, Standing
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import Chip, IconLabel, label
from sangkien_desktop.ui.widgets.panels import Panel, Rule

LOOKS = {
    Standing.READY: ("circle-check", "ok"),
    Standing.PAPERS: ("alert-triangle", "warn"),
    Standing.UNMET: ("circle-x", "bad"),
}
MENDS = {
    Condition.RECOGNISED: ("Ghi quyết định", "certificate"),
    Condition.VALID: ("Vì sao chưa tới Cổng", "help-circle"),
    Condition.CALCULATION: ("Đính kèm bản tính", "paperclip"),
    Condition.POST: ("Mở đoàn viên", "user"),
}


class Pane(Panel):
    """Shows one candidate; `mend_wanted` carries the condition."""

    mend_wanted = Signal(object)
    description_wanted = Signal()

    def __init__(self) -> None:
        """Empty until `show_candidate`."""
        super().__init__("surface", "l")
        self.name = label("", "strong", name="candidate-name")
        self.chip = Chip()
        head = Panel("surface", "b")
        row = QHBoxLayout(head)
        row.setContentsMargins(15, 7, 8, 8)
        row.addWidget(self.name, 1)
        row.addWidget(self.chip)
        self._inside = Panel("surface")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(15, 8, 14, 12)
        self._column.setSpacing(7)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(area, 1)
        self.setAccessibleName("Điều kiện")

    def show_candidate(self, one: Candidate | None) -> None:
        """Another candidate; None empties the pane."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
            elif (row := item.layout()) is not None:
                _clear(row)
        self.chip.setVisible(one is not None)
        self.name.setText(one.merit.name if one else "")
        if one is None:
            return
        icon, state = LOOKS[one.standing]
        self.chip.show_state(icon, one.said, state)
        self._column.addWidget(label(one.merit.title, tone="text2", wraps=True))
        self._column.addWidget(Rule())
        since = f"{one.threshold.title} · ngưỡng có hiệu lực từ {one.threshold.valid_from:%d/%m/%Y}"
        self._column.addWidget(label(since, "label", tone="text2", wraps=True))
        for check in one.checks:
            self._column.addWidget(_check(check))
        self._add_buttons(one)
        self._column.addStretch(1)

    def _add_buttons(self, one: Candidate) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        mends = [
            MENDS[check.condition] + (check.condition,) for check in one.missing if check.condition in MENDS
        ]
        for words, icon, condition in mends[:1]:
            button = Button(words, icon=icon, kind="small", name="mend")
            button.clicked.connect(lambda _=False, wanted=condition: self.mend_wanted.emit(wanted))
            row.addWidget(button)
        make = Button("Tạo mẫu", icon="file-word", kind="small", name="make-description")
        make.clicked.connect(self.description_wanted)
        row.addWidget(make)
        row.addStretch(1)
        self._column.addLayout(row)


def _check(check: Check) -> QWidget:
    icon, tone = ("circle-check", "ok") if check.is_met else ("circle-x", "bad")
    if not check.is_met and check.condition in PAPERS:
        icon, tone = "alert-triangle", "warn"
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    sign = IconLabel(icon, "", tone)
    sign.setFixedWidth(theme.current().metrics.grown(18))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(check.said, wraps=True))
    words.addWidget(label(check.source, "caption", wraps=True))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    state = "đạt" if check.is_met else "chưa đạt"
    made.setAccessibleName(f"{check.said}: {state}. {check.source}")
    return made


def _clear(row: object) -> None:
    take = getattr(row, "takeAt", None)
    while take is not None and (item := take(0)) is not None:
        if item.widget() is not None:
            item.widget().deleteLater()
