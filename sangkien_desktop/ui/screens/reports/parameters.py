"""The row of what may be chosen, and the buttons that write and print."""

import re
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.standings import Basis
from sangkien_desktop.reports.report import Parameter
from sangkien_desktop.services.reporting import Wishes
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import LineField, set_problem
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel

HEIGHT = 64
_MOMENT = re.compile(r"\s*(?:(\d{1,2})[:hg](\d{2})\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*")


def read_moment(written: str) -> datetime | None:
    """21:42 28/05/2026 or 28/05/2026 (its last minute), Vietnam time; None for anything else."""
    parts = _MOMENT.fullmatch(written)
    if parts is None:
        return None
    hour, minute, day, month, year = (int(part) if part else -1 for part in parts.groups())
    try:
        return datetime(
            year,
            month,
            day,
            hour if hour >= 0 else 23,
            minute if hour >= 0 else 59,
            tzinfo=VIETNAM,
        )
    except ValueError:
        return None


class Parameters(Panel):
    """Shows those of a report that may be chosen; tells when one has changed."""

    changed = Signal()
    file_wanted = Signal(str)
    """A suffix: .xlsx, .docx, .pdf, .png."""
    print_wanted = Signal()

    def __init__(self) -> None:
        """Without choices until `set_periods` and `set_groups`."""
        super().__init__("window", "b")
        self.period = ComboBox([], name="report-period")
        self.as_of = LineField(placeholder="bây giờ", name="report-as-of")
        self.basis = ComboBox([Choice(one.label, one) for one in Basis], name="report-basis")
        self.group = ComboBox([Choice("Mọi tổ", "")], name="report-group")
        self.which = LineField(placeholder="mã sáng kiến hoặc số QĐ", name="report-which")
        self._columns = {
            Parameter.PERIOD: self._column("Đợt", self.period, 204),
            Parameter.AS_OF: self._column("Tính đến", self.as_of, 140),
            Parameter.BASIS: self._column("Tính đạt theo", self.basis, 136),
            Parameter.GROUP: self._column("Tổ công đoàn", self.group, 180),
            Parameter.WHICH: self._column("Sáng kiến", self.which, 180),
        }
        self.buttons = {
            ".xlsx": Button("Excel", icon="file-type-xls", name="write-xlsx"),
            ".docx": Button("Word", icon="file-word", name="write-docx"),
            ".pdf": Button("PDF", icon="file-type-pdf", name="write-pdf"),
            ".png": Button("Ảnh", icon="photo", name="write-png"),
        }
        self.print = Button("In", icon="printer", key="Ctrl+P", kind="primary", name="print-report")
        self._lay_out()
        for box in (self.period, self.basis, self.group):
            box.chosen.connect(self.changed)
        self.as_of.committed.connect(self._on_moment)
        self.which.committed.connect(self.changed)
        for suffix, button in self.buttons.items():
            button.clicked.connect(lambda _=False, wanted=suffix: self.file_wanted.emit(wanted))
        self.print.clicked.connect(self.print_wanted)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def show_for(self, parameters: tuple[Parameter, ...], suffixes: tuple[str, ...]) -> None:
        """The parameters and kinds of file of one report."""
        for parameter, column in self._columns.items():
            column.setVisible(parameter in parameters)
        for suffix, button in self.buttons.items():
            button.setVisible(suffix in suffixes)

    def set_periods(self, choices: list[Choice]) -> None:
        """What can be counted over; the first is usual."""
        before = self.period.value
        self.period.set_choices(choices)
        known = [choice.value for choice in choices]
        if before in known:
            self.period.choose(before)
        elif choices:
            self.period.choose(choices[0].value)

    def set_groups(self, choices: list[Choice]) -> None:
        """The groups, after “all”."""
        self.group.set_choices([Choice("Mọi tổ", ""), *choices])

    def wishes(self) -> Wishes:
        """What is chosen now."""
        group = self.group.value
        return Wishes(
            period=str(self.period.value or ""),
            as_of=read_moment(self.as_of.text()),
            basis=Basis(str(self.basis.value or Basis.SENT)),
            group=UnitId(str(group)) if group else None,
        )

    def _on_moment(self, written: str) -> None:
        is_odd = bool(written.strip()) and read_moment(written) is None
        set_problem(self.as_of, "error" if is_odd else "")
        self.as_of.setToolTip("Gõ như 21:42 28/05/2026 hoặc 28/05/2026" if is_odd else "")
        if not is_odd:
            self.changed.emit()

    def _column(self, caption: str, editor: QWidget, width: int) -> QWidget:
        column = QWidget()
        words = label(caption, "caption")
        words.setBuddy(editor)
        editor.setAccessibleName(caption)
        editor.setMaximumWidth(theme.current().metrics.grown(width))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(words)
        layout.addWidget(editor)
        return column

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 9)
        row.setSpacing(8)
        for column in self._columns.values():
            row.addWidget(column)
        row.addStretch(1)
        for button in (*self.buttons.values(), self.print):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.grown(HEIGHT))
