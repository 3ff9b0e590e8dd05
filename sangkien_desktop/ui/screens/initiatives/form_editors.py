"""One editor per declared field: what it shows of a record, and the text or value a person leaves in it."""

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.domain.document import Json, value_to_json
from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.typed import Lists, text_of
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.vietnamese.money import in_words, read_money

KEPT_HERE = "chỉ giữ ở máy này"
NO_CHOICE = "Chưa chọn"
_NUMBER_AND_DAY = re.compile(r"^(.*?)(?:\s*·\s*|[\s,;]+(?:ngày\s+)?)(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})$")


class Editor(QObject):
    """A field in the form. `typed` carries text to be read by the field's kind, `valued` a plain value."""

    typed = Signal(str, str)
    """Field name and text."""
    valued = Signal(str, object)
    """Field name and plain value."""

    def __init__(self, declared: Field, widget: QWidget, *, label: str = "", required: bool = False) -> None:
        """Wraps `widget` with label, hint and problem."""
        super().__init__(widget)
        self.name = declared.name
        self.declared = declared
        self.widget = widget
        self._label = label or declared.label
        self.field = FormField(self._label, widget, required=required, name=f"field-{declared.name}")
        widget.setObjectName(declared.name)
        widget.setToolTip(declared.hint)
        self.problem: Problem | None = None

    @property
    def names(self) -> Sequence[str]:
        """The declared fields that this editor holds."""
        return (self.name,)

    def show_record(self, row: GridRow, lists: Lists) -> None:
        """Show what is stored and what is wrong with it."""
        self.show_text(row.record, lists)
        self.show_problem(row)
        here = row.record.is_secret and not self.declared.leaves_when_secret
        self.field.show_hint(f"Bí mật: {KEPT_HERE}" if here else self.hint(row.record))

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Put the stored text in."""
        raise NotImplementedError

    def hint(self, record: Initiative) -> str:
        """What stands beneath when nothing is wrong."""
        return ""

    def text(self) -> str:
        """What stands in the editor now; empty for editors without text."""
        return ""

    def show_problem(self, row: GridRow) -> None:
        """Put the gravest problem beneath, with its repair beside."""
        self.problem = next((row.problems[name] for name in self.names if name in row.problems), None)
        if self.problem is None:
            self.field.show_problem("")
            self.field.show_proposal("")
            return
        severity = "error" if self.problem.severity is Severity.ERROR else "warning"
        self.field.show_problem(self.problem.message, severity)
        self.field.show_proposal(self.problem.fix.label if self.problem.fix else "")

    def set_read_only(self, is_read_only: bool) -> None:
        """A withdrawn record is shown, not edited."""
        self.widget.setEnabled(not is_read_only)


class LineEditor(Editor):
    """A text, a date or money in one line."""

    def __init__(self, declared: Field, *, label: str = "", required: bool = False, icon: str = "") -> None:
        """`icon` is a picture at the right."""
        self.line = LineField(trailing_icon=icon)
        super().__init__(declared, self.line, label=label, required=required)
        self.line.committed.connect(lambda text: self.typed.emit(self.name, text))
        if declared.kind is Kind.MONEY:
            self.line.textEdited.connect(self._read_back)

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Leave the text alone while it is being typed."""
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.show_value(text_of(record, self.name, lists))

    def hint(self, record: Initiative) -> str:
        """Money is read back in words."""
        if self.declared.kind is Kind.MONEY and record.annual_benefit:
            return in_words(record.annual_benefit)
        return ""

    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def _read_back(self, text: str) -> None:
        reading = read_money(text)
        said = reading.understood if text.strip() else ""
        words = f" · {in_words(reading.value)}" if reading.value else ""
        self.field.show_hint(said + words)


class TextEditor(Editor):
    """A text that grows."""

    def __init__(self, declared: Field, *, label: str = "", required: bool = False, lines: int = 2) -> None:
        """Shows at least `lines` lines."""
        self.area = GrowingText(least_lines=lines)
        super().__init__(declared, self.area, label=label, required=required)
        self.area.committed.connect(lambda text: self.typed.emit(self.name, text))

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Leave the text alone while it is being typed."""
        if not (self.area.hasFocus() and self.area.document().isModified()):
            self.area.show_value(text_of(record, self.name, lists))
            self.area.document().setModified(False)

    def text(self) -> str:
        """What stands in the area."""
        return self.area.toPlainText()


class ChoiceEditor(Editor):
    """One of a list of the record's programme."""

    def __init__(self, declared: Field, *, label: str = "", required: bool = False) -> None:
        """The list comes with the record."""
        self.box = ComboBox()
        super().__init__(declared, self.box, label=label, required=required)
        self.box.chosen.connect(lambda value: self.valued.emit(self.name, value))

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """The list, and a text that is in no list as it was written."""
        value = text_of(record, self.name, lists)
        labels = lists.labels(record, self.declared.catalogue)
        other = [Choice(value, value)] if value and value not in labels else []
        empty = [Choice(NO_CHOICE, None)]
        self.box.set_choices([*empty, *other, *(Choice(label, label) for label in labels)])
        self.box.choose(value or None)
        self.box.setToolTip(value)


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, declared: Field) -> None:
        """The words stand beside the box."""
        self.box = CheckBox(declared.label)
        super().__init__(declared, self.box)
        self.field.label.hide()
        self.box.clicked.connect(lambda checked: self.valued.emit(self.name, checked))

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Tick or not."""
        self.box.setChecked(bool(getattr(record, self.name)))


class ChoicesEditor(Editor):
    """Several of a list, as ticks."""

    def __init__(self, declared: Field, *, required: bool = False) -> None:
        """The ticks come with the record's programme."""
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(2)
        self._boxes: dict[str, CheckBox] = {}
        super().__init__(declared, holder, required=required)

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Tick what is chosen."""
        labels = lists.labels(record, self.declared.catalogue)
        if tuple(self._boxes) != labels:
            for box in self._boxes.values():
                self._column.removeWidget(box)
                box.deleteLater()
            self._boxes = {
                label: CheckBox(label, name=f"{self.name}-{place}") for place, label in enumerate(labels)
            }
            for box in self._boxes.values():
                self._column.addWidget(box)
                box.clicked.connect(self._tell)
        chosen = getattr(record, self.name)
        for label, box in self._boxes.items():
            box.setChecked(label in chosen)

    def _tell(self) -> None:
        chosen: list[Json] = [label for label, box in self._boxes.items() if box.isChecked()]
        self.valued.emit(self.name, chosen or None)


class AwardsEditor(Editor):
    """Rewards by the four union levels: those given, and a line for one more."""

    def __init__(self, declared: Field) -> None:
        """The lists come with the record's programme."""
        holder = QWidget()
        self._given = QVBoxLayout()
        self._level = ComboBox(name="award-level")
        self._form = ComboBox(name="award-form")
        self._decision = LineField(placeholder="Số quyết định", name="award-decision")
        add = Button("Thêm", kind="small", name="award-add")
        for widget, said in (
            (self._form, "Hình thức khen"),
            (self._level, "Cấp khen"),
            (self._decision, "Số quyết định khen"),
        ):
            widget.setAccessibleName(said)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._form, 1)
        line.addWidget(self._decision, 1)
        line.addWidget(add)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(self._given)
        column.addWidget(self._level)
        column.addLayout(line)
        self._awards: list[dict[str, Json]] = []
        super().__init__(declared, holder)
        add.clicked.connect(self._add)

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Every reward with a way to take it off."""
        for box, catalogue in ((self._level, "award_level"), (self._form, "award_form")):
            box.set_choices([Choice(label, label) for label in lists.labels(record, catalogue)])
        plain = value_to_json(self.declared, record.awards)
        self._awards = (
            [dict(one) for one in plain if isinstance(one, dict)] if isinstance(plain, list) else []
        )
        while self._given.count():
            item = self._given.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for place, award in enumerate(self._awards):
            said = " – ".join(str(award[name]) for name in ("form", "level", "decision") if award.get(name))
            off = Button(said, icon="x", kind="link", name=f"award-{place}")
            off.setToolTip("Bấm để gỡ khen thưởng này")
            off.clicked.connect(partial(self._remove, place))
            self._given.addWidget(off)

    def _add(self) -> None:
        award: dict[str, Json] = {"form": str(self._form.value or ""), "level": str(self._level.value or "")}
        if self._decision.text().strip():
            award["decision"] = self._decision.text().strip()
        self._decision.clear()
        self.valued.emit(self.name, [*self._awards, award])

    def _remove(self, place: int) -> None:
        kept = [award for at, award in enumerate(self._awards) if at != place]
        self.valued.emit(self.name, kept or None)


class DecisionEditor(LineEditor):
    """Number and day of a decision in one line, as papers write them: `53/QĐ-HĐSK · 06/05/2026`."""

    both_typed = Signal(str, str)
    """Number and day as written."""

    def __init__(self, declared: Field, *, label: str, required: bool) -> None:
        """`declared` is the number's field."""
        super().__init__(declared, label=label, required=required)
        self.line.committed.disconnect()
        self.line.committed.connect(lambda text: self.both_typed.emit(*number_and_day(text)))

    @property
    def names(self) -> Sequence[str]:
        """Two fields in one line."""
        return ("recognition_decision", "recognised_on")

    def show_text(self, record: Initiative, lists: Lists) -> None:
        """Both with a dot between."""
        if not (self.line.hasFocus() and self.line.isModified()):
            parts = [text_of(record, name, lists) for name in self.names]
            self.line.show_value(" · ".join(part for part in parts if part))


def number_and_day(text: str) -> tuple[str, str]:
    """A decision's number and its day, as far as they were written.

    >>> number_and_day("53/QĐ-HĐSK ngày 06/05/2026")
    ('53/QĐ-HĐSK', '06/05/2026')
    """
    number, dot, day = text.rpartition("·")
    if dot:
        return number.strip(), day.strip()
    found = _NUMBER_AND_DAY.match(text.strip())
    return (found[1].strip(), found[2]) if found else (text.strip(), "")


def editor_of(declared: Field, *, required: bool, label: str = "") -> Editor:
    """The usual editor of a field's kind."""
    if declared.kind is Kind.LONG_TEXT:
        return TextEditor(declared, required=required, label=label)
    if declared.kind is Kind.CHOICE:
        return ChoiceEditor(declared, required=required, label=label)
    if declared.kind is Kind.CHOICES:
        return ChoicesEditor(declared, required=required)
    if declared.kind is Kind.FLAG:
        return FlagEditor(declared)
    if declared.kind is Kind.AWARDS:
        return AwardsEditor(declared)
    icon = "calendar" if declared.kind is Kind.DATE else ""
    return LineEditor(declared, required=required, label=label, icon=icon)


def make_editors(further: Sequence[str]) -> Sequence[Editor]:
    """The editors of the form in the order of the paper; `further` fields come last."""

    def of(name: str, label: str = "") -> Editor:
        return editor_of(FIELD[name], required=FIELD[name].required, label=label)

    return (
        TextEditor(FIELD["title"], required=True, lines=2),
        of("category"),
        of("first_applied_on", "Ngày áp dụng lần đầu"),
        LineEditor(FIELD["annual_benefit"], required=True),
        of("situation_before"),
        TextEditor(FIELD["solution"], label="Nội dung giải pháp", required=True, lines=2),
        TextEditor(FIELD["effect_summary"], required=True, lines=1),
        ChoiceEditor(FIELD["recognition_level"], required=True),
        DecisionEditor(FIELD["recognition_decision"], label="Số quyết định, ngày", required=True),
        of("solution_type"),
        of("effect_groups"),
        of("is_secret"),
        *(of(name) for name in further),
    )
