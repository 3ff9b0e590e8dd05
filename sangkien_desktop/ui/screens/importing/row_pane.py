"""The row at the right: the field to mend, the proposal, and everything that was read of the row."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.services.import_mending import AUTHOR_FIELDS
from sangkien_desktop.services.typed import author_text
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.importing.findings import Finding
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.fields import GrowingText, set_problem
from sangkien_desktop.ui.widgets.labels import Chip, label, rich_label, set_tone
from sangkien_desktop.ui.widgets.panels import Panel, Rule
from sangkien_desktop.vietnamese.dates import PartialDate

_SAID = (
    "title",
    "situation_before",
    "solution",
    "effect_summary",
    "first_applied_on",
    "annual_benefit",
    "category",
    "solution_type",
)


class RowPane(Panel):
    """Follows the problem table."""

    mended = Signal(str)
    accepted = Signal()
    person_wanted = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__("surface", "l")
        self.title = label("", "title", name="row-title")
        self.chip = Chip("alert-circle", "", "warn")
        self.editor = GrowingText(least_lines=1, name="mend")
        self.caption = label("", "caption", tone="text2")
        self.caption.setBuddy(self.editor)
        self.explanation = label("", "caption", wraps=True, name="why")
        self.accept = Button("", icon="corner-down-left", key="Ctrl+E", kind="small", name="accept")
        self.find_person = Button("Tìm người khác", kind="small", name="find-person")
        self.apply_all = CheckBox("", name="apply-all")
        self._facts = QGridLayout()
        self._lay_out()
        self.editor.committed.connect(self.mended)
        self.accept.clicked.connect(self.accepted)
        self.find_person.clicked.connect(self.person_wanted)

    def show_finding(
        self, finding: Finding | None, text: str, same_elsewhere: int, units: Mapping[UnitId, str]
    ) -> None:
        """The row of a problem; None when there is nothing to mend."""
        self._body.setVisible(finding is not None)
        self.chip.setVisible(finding is not None)
        if finding is None:
            self.title.setText("Không có chỗ nào phải xem")
            return
        problem = finding.problem
        self.title.setText(f"Dòng {finding.row.reading.row} trong tệp")
        errors = sum(one.severity.value == "error" for one in finding.row.problems)
        rest = len(finding.row.problems) - errors
        words = " · ".join(
            part for part in (f"{errors} lỗi" * bool(errors), f"{rest} hỏi lại" * bool(rest)) if part
        )
        self.chip.show_state("alert-circle", words, "bad" if errors else "warn")
        self.caption.setText(finding.field)
        self.editor.setAccessibleName(finding.field)
        self.editor.show_value(text)
        set_problem(self.editor, problem.severity.value)
        self.explanation.setText(problem.message)
        set_tone(self.explanation, "bad" if finding.is_error else "warn")
        self.accept.setVisible(finding.is_question)
        self.accept.setText(_act_of(finding))
        self.find_person.setVisible(problem.field in AUTHOR_FIELDS)
        self.apply_all.setVisible(same_elsewhere > 0 and finding.is_question)
        self.apply_all.setText(f"Áp dụng cho {same_elsewhere} dòng khác cùng như vậy")
        self._show_facts(finding.row.candidate, finding, units)

    def edit(self) -> None:
        """F2: the caret into the field."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()

    def _show_facts(self, record: Initiative, finding: Finding, units: Mapping[UnitId, str]) -> None:
        while item := self._facts.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, (name, value) in enumerate(_facts(record, units)):
            caption = label(name, tone="text2")
            self._facts.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
            html = escape(value) if name != FIELD["title"].label else f"<b>{escape(value)}</b>"
            self._facts.addWidget(rich_label(html, wraps=True), at, 1)
        self._facts.setRowStretch(self._facts.rowCount(), 1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 12, 8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.chip)
        inner = Panel("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 4, 14, 14)
        column.setSpacing(6)
        column.addWidget(self.caption)
        column.addWidget(self.editor)
        column.addWidget(self.explanation)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.accept)
        buttons.addWidget(self.find_person)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.apply_all)
        column.addWidget(Rule())
        column.addWidget(label("Máy đọc được từ dòng này", "label", tone="text2"))
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnMinimumWidth(0, 108)
        self._facts.setColumnStretch(1, 1)
        column.addLayout(self._facts)
        column.addStretch(1)
        self._body = QScrollArea()
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.setWidgetResizable(True)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Rule())
        whole.addWidget(self._body, 1)
        whole.addStretch(0)


def _act_of(finding: Finding) -> str:
    if finding.problem.fix is None or finding.problem.fix.value is False:
        return finding.proposal
    is_person = finding.problem.field in AUTHOR_FIELDS
    return f"Chọn {finding.proposal}" if is_person else finding.proposal


def _facts(record: Initiative, units: Mapping[UnitId, str]) -> Sequence[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name in _SAID:
        value = record.unread.get(name) or getattr(record, name)
        if isinstance(value, PartialDate):
            value = value.display()
        if name == "annual_benefit" and isinstance(value, int):
            value = f"{formatting.number(value)} đồng"
        elif name == "annual_benefit" and not record.is_monetary:
            value = "không tính bằng tiền"
        if value:
            rows.append((FIELD[name].heading if name != "title" else FIELD[name].label, str(value)))
    authors = "; ".join(author_text(one, alone=len(record.authors) == 1) for one in record.authors)
    group = units.get(record.group, "") if record.group else record.unread.get("group", "")
    rows[1:1] = [(name, text) for name, text in (("Tác giả", authors), ("Tổ", group)) if text]
    return rows
