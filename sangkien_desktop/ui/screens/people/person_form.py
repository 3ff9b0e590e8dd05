"""The form of a person in the place of the pane: kept when a field is left, never by a button."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from sangkien_desktop.domain.catalogues import SHARED
from sangkien_desktop.domain.people import Gender, Person
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel, Rule
from sangkien_desktop.vietnamese.dates import read_date
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.identity import mask_citizen_id, read_citizen_id, read_phone

_TEXTS = (
    ("name", "Họ và tên", True),
    ("employee_code", "Mã nhân viên", False),
    ("birth_date", "Ngày sinh", False),
    ("position", "Chức danh", False),
    ("phone", "Điện thoại", False),
    ("citizen_id", "Số định danh", False),
)


class PersonForm(Panel):
    """Shows one person; `changed` carries the person with every field that could be read."""

    changed = Signal(object)
    done = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__("surface", "l")
        self._person: Person | None = None
        self.title = label("", "title")
        self.close_form = Button("Xong", key="Esc", kind="small", name="form-done")
        self.fields = {
            name: FormField(text, LineField(name=f"person-{name}"), required=needed, name=f"field-{name}")
            for name, text, needed in _TEXTS
        }
        self.group = ComboBox(name="person-group")
        self.gender = ComboBox(
            [Choice("Không ghi", None), *(Choice(g.value, g) for g in Gender)], name="person-gender"
        )
        education = [Choice("Không ghi", ""), *(Choice(one, one) for one in SHARED["education"])]
        self.education = ComboBox(education, name="person-education")
        self.is_leader = CheckBox("Giữ chức vụ lãnh đạo, quản lý", name="person-leader")
        self.is_member = CheckBox("Là đoàn viên", name="person-member")
        self._lay_out()
        self._connect()

    def show_person(self, person: Person, groups: Sequence[Unit]) -> None:
        """Begin with this person; an empty name is somebody new."""
        self._person = person
        self.title.setText(person.name or "Người mới")
        values = {
            "name": person.name,
            "employee_code": person.employee_code or "",
            "birth_date": person.birth_date.display() if person.birth_date else "",
            "position": person.position,
            "phone": person.phone or "",
            "citizen_id": mask_citizen_id(person.citizen_id) if person.citizen_id else "",
        }
        for name, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, LineField):
                editor.show_value(values[name])
            field.show_problem("")
        self.group.set_choices([Choice("Chưa có tổ", None), *(Choice(u.name, u.id) for u in groups)])
        self.group.choose(person.group)
        self.gender.choose(person.gender)
        self.education.choose(person.education)
        for box, is_on in ((self.is_leader, person.is_leader), (self.is_member, person.is_member)):
            blocker = QSignalBlocker(box)
            box.setChecked(is_on)
            blocker.unblock()
        self.fields["name" if not person.name else "position"].editor.setFocus()

    def show_kept(self, person: Person) -> None:
        """The person was kept; the form goes on from there."""
        self._person = person
        self.title.setText(person.name)
        for field in self.fields.values():
            field.show_problem("")

    def show_problem(self, name: str, sentence: str) -> None:
        """What is wrong with a field."""
        self.fields[name].show_problem(sentence)

    def _on_text(self, name: str, text: str) -> None:
        if self._person is None:
            return
        text = clean(text)
        self.fields[name].show_problem("")
        after = self._read(self._person, name, text)
        if after is not None:
            self._keep(after)

    def _read(self, person: Person, name: str, text: str) -> Person | None:
        """The person with a text read into a field; None when it cannot be read, which the field then says."""
        if name == "phone":
            return self._with_phone(person, text)
        if name == "citizen_id":
            return self._with_citizen_id(person, text)
        if name == "birth_date":
            day = read_date(text)
            if day.problem is not None:
                self.show_problem(name, f"Không đọc được ngày “{text}”. Ghi như 27/04/1991 hoặc 1991.")
                return None
            return replace(person, birth_date=day.value)
        if name == "employee_code":
            return replace(person, employee_code=text or None)
        return replace(person, **{name: text})  # type: ignore[arg-type]

    def _with_phone(self, person: Person, text: str) -> Person | None:
        phone = read_phone(text) if text else None
        if phone is not None and phone.value is None:
            self.show_problem("phone", "Số điện thoại không đúng dạng; cần 10 chữ số.")
            return None
        return replace(person, phone=phone.value if phone else None)

    def _with_citizen_id(self, person: Person, text: str) -> Person | None:
        if "*" in text:
            return person
        number = read_citizen_id(text) if text else None
        if number is not None and number.value is None:
            self.show_problem("citizen_id", "Số định danh phải đủ 12 chữ số.")
            return None
        return replace(person, citizen_id=number.value if number else None)

    def _on_choice(self, name: str, value: object) -> None:
        if self._person is not None:
            self._keep(replace(self._person, **{name: value}))  # type: ignore[arg-type]

    def _keep(self, person: Person) -> None:
        if person == self._person:
            return
        self._person = person
        if not person.name:
            self.show_problem("name", "Ghi họ và tên trước; máy lưu khi đã có tên.")
            return
        self.changed.emit(person)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 4)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.close_form)
        inner = Panel("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 8, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.fields["name"])
        column.addLayout(_pair(self.fields["employee_code"], self.fields["birth_date"]))
        column.addWidget(FormField("Tổ công đoàn", self.group))
        column.addLayout(_pair(FormField("Giới tính", self.gender), FormField("Trình độ", self.education)))
        column.addWidget(self.fields["position"])
        column.addLayout(_pair(self.fields["phone"], self.fields["citizen_id"]))
        column.addWidget(self.is_leader)
        column.addWidget(self.is_member)
        column.addStretch(1)
        body = QScrollArea()
        body.setFrameShape(QFrame.Shape.NoFrame)
        body.setWidgetResizable(True)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Rule())
        whole.addWidget(body, 1)

    def _connect(self) -> None:
        for name, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, LineField):
                editor.committed.connect(partial(self._on_text, name))
        for name, box in (("group", self.group), ("gender", self.gender), ("education", self.education)):
            box.chosen.connect(partial(self._on_choice, name))
        self.is_leader.toggled.connect(partial(self._on_choice, "is_leader"))
        self.is_member.toggled.connect(partial(self._on_choice, "is_member"))
        self.close_form.clicked.connect(self.done)


def _pair(left: FormField, right: FormField) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return row
