"""A person at the right: facts, agreement, initiatives."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

from sangkien_desktop.domain.people import Person, WorkStatus
from sangkien_desktop.services.people import PersonPage
from sangkien_desktop.storage.initiatives import Row
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.badges import look_of
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import Chip, IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card, Panel, Rule
from sangkien_desktop.vietnamese.dates import PartialDate, Precision
from sangkien_desktop.vietnamese.identity import mask_citizen_id

_MOST_INITIATIVES = 60


class InitiativeLine(QPushButton):
    """One initiative: title above, code and badge below; Enter or a click opens it."""

    def __init__(self, row: Row) -> None:
        """`row` as lists show it."""
        super().__init__()
        self.initiative = row.record.id
        self.setObjectName("initiative-line")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{row.record.title}, {row.record.local_code}, {row.badge.value}")
        self.setToolTip(row.record.title)
        title = IconLabel("", row.record.title or "Chưa có tên", "text")
        icon, word, role = look_of(row.badge)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(label(row.record.local_code, "caption", tone="text2"))
        lacking = row.hold_reason.startswith("Chưa ghi nhận đồng ý")
        reason = " – thiếu đồng ý" if lacking else f" – {row.hold_reason}" if row.hold_reason else ""
        below.addWidget(IconLabel(icon, f"{word}{reason}", role, look="caption"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 6)
        column.setSpacing(0)
        column.addWidget(title)
        column.addLayout(below)
        column.addWidget(Rule())
        self.setMinimumHeight(column.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus, then behave as a button."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)


class PersonPane(Panel):
    """Read-only; every act is a signal."""

    edit_wanted = Signal()
    consent_wanted = Signal()
    withdrawal_wanted = Signal()
    slip_wanted = Signal()
    leaving_wanted = Signal()
    citizen_id_wanted = Signal()
    initiative_opened = Signal(str)
    all_opened = Signal()

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__("surface", "l")
        self._page: PersonPage | None = None
        self._citizen_id = ""
        self.name = label("", "title", name="person-name")
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit = Button(icon="pencil", kind="quiet", name="edit-person")
        self.edit.setToolTip("Sửa thông tin (F2)")
        self.edit.setAccessibleName("Sửa thông tin")
        self.leave = Button("", kind="small", name="leave")
        self.status = Chip("minus", "", "mute")
        self._facts = QGridLayout()
        self.card = Card(padding=10)
        self.card_title = IconLabel("alert-triangle", "", "warn")
        self.card_text = label("", wraps=True)
        self.agree = Button("Ghi nhận đồng ý", icon="check", key="Ctrl+E", kind="small", name="agree")
        self.slip = Button("In phiếu", icon="printer", kind="small", name="slip")
        self.withdraw = Button("Rút đồng ý", kind="small", name="withdraw-consent")
        self.written = label("", "label", tone="text2")
        self.totals = label("", "caption", tone="text2", wraps=True)
        self._list = QVBoxLayout()
        self.show_id = Button("Hiện số", kind="link", name="show-citizen-id")
        self._lay_out()
        self._connect()
        self.show_page(None)

    @property
    def person(self) -> Person | None:
        """Who is shown."""
        return self._page.person if self._page else None

    def show_page(self, page: PersonPage | None) -> None:
        """Another person; None shows nobody."""
        if page is None or self._page is None or page.person.id != self._page.person.id:
            self._citizen_id = ""
        self._page = page
        self._body.setVisible(page is not None)
        self.edit.setVisible(page is not None)
        self.name.setText(page.person.name if page else "Chọn một người")
        self.status.setVisible(page is not None and page.person.status is not WorkStatus.WORKING)
        if page is None:
            return
        person = page.person
        left = f"nghỉ từ {formatting.day(person.left_on)}" if person.left_on else "đã nghỉ"
        self.status.show_state("minus", left, "mute")
        self.leave.setText("Đã nghỉ việc" if person.status is WorkStatus.WORKING else "Làm trở lại")
        self._show_facts(page)
        self._show_consent(page)
        self._show_initiatives(page)

    def show_citizen_id(self, number: str) -> None:
        """The whole number, until somebody else is shown."""
        self._citizen_id = number
        if self._page is not None:
            self._show_facts(self._page)

    def _show_facts(self, page: PersonPage) -> None:
        person = page.person
        rows = [
            ("Mã nhân viên", person.employee_code or ""),
            ("Tổ công đoàn", page.group_name),
            ("Ngày sinh", _born(person.birth_date)),
            ("Giới tính", person.gender.value if person.gender else ""),
            ("Chức danh", person.position),
            ("Trình độ", person.education),
            ("Giữ chức vụ", "Có" if person.is_leader else "Không"),
            ("Điện thoại", person.phone or ""),
            ("Tên cũ", ", ".join(person.other_names)),
        ]
        self._empty_facts()
        shown = [(name, value) for name, value in rows if value]
        for at, (name, value) in enumerate(shown):
            self._facts.addWidget(label(name, tone="text2"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(value, wraps=True), at, 1, 1, 2)
        at = len(shown)
        has_id = bool(person.citizen_id)
        self.show_id.setVisible(has_id and not self._citizen_id)
        if has_id and person.citizen_id:
            masked = self._citizen_id or mask_citizen_id(person.citizen_id).replace("*", "•")
            self._facts.addWidget(label("Số định danh", tone="text2"), at, 0)
            self._facts.addWidget(label(masked, name="citizen-id"), at, 1)
            self._facts.addWidget(self.show_id, at, 2, Qt.AlignmentFlag.AlignRight)

    def _empty_facts(self) -> None:
        while item := self._facts.takeAt(0):
            widget = item.widget()
            if widget is self.show_id:
                widget.hide()
            elif widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_consent(self, page: PersonPage) -> None:
        person, consent = page.person, page.person.consent
        number = len(page.initiatives)
        self.agree.setVisible(not person.may_be_sent)
        self.slip.setVisible(not person.may_be_sent)
        self.withdraw.setVisible(person.may_be_sent)
        if person.may_be_sent and consent is not None:
            self.card.set_grounds("surface", "line")
            self.card_title.show_state(
                "circle-check", f"Đồng ý ngày {formatting.day(consent.given_on)}", "ok"
            )
            form = "giấy" if consent.form == "paper" else "điện tử"
            what = ", ".join(sorted(purpose.value.lower() for purpose in consent.purposes))
            self.card_text.setText(f"Bản {form} {consent.text_version}: {what}.")
            return
        gone = consent is not None and consent.withdrawn_on is not None
        told = (
            f"Đã rút đồng ý ngày {_day(consent.withdrawn_on)}" if consent and gone else "Chưa ghi nhận đồng ý"
        )
        if not page.needs_consent:
            self.card.set_grounds("surface", "line")
            self.card_title.show_state("info-circle", told, "text2")
            self.card_text.setText("Đơn vị đã khai căn cứ chung cho mọi tác giả; vẫn gửi được lên Cổng.")
            return
        self.card.set_grounds("warn_soft", "warn")
        self.card_title.show_state("alert-triangle", told, "warn")
        text = (
            f"{number} sáng kiến của người này chưa gửi được lên Cổng."
            if number
            else "Chưa có sáng kiến nào."
        )
        self.card_text.setText(text)

    def _show_initiatives(self, page: PersonPage) -> None:
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.written.setText(f"Sáng kiến ({len(page.initiatives)})")
        total = (
            f"Làm lợi {formatting.large_money(page.annual_benefit)} mỗi năm" if page.annual_benefit else ""
        )
        self.totals.setText(total)
        self.totals.setVisible(bool(total))
        for row in page.initiatives[:_MOST_INITIATIVES]:
            line = InitiativeLine(row)
            line.clicked.connect(self._on_line)
            self._list.addWidget(line)
        if len(page.initiatives) > _MOST_INITIATIVES:
            rest = Button(f"Mở tất cả {len(page.initiatives)} sáng kiến", kind="link", icon="chevron-right")
            rest.clicked.connect(self.all_opened)
            self._list.addWidget(rest)

    def _on_line(self) -> None:
        line = self.sender()
        if isinstance(line, InitiativeLine):
            self.initiative_opened.emit(line.initiative)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 4)
        head.addWidget(self.name)
        head.addWidget(self.status)
        head.addStretch(1)
        head.addWidget(self.edit)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnMinimumWidth(0, 102)
        self._facts.setColumnStretch(1, 1)
        self.card.body.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.agree, self.slip, self.withdraw):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.card.body.addWidget(self.card_title)
        self.card.body.addWidget(self.card_text)
        self.card.body.addLayout(buttons)
        self._lay_out_rest(head)

    def _lay_out_rest(self, head: QHBoxLayout) -> None:
        inner = Panel("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(8)
        column.addLayout(self._facts)
        column.addWidget(Rule())
        column.addWidget(label("Đồng ý dữ liệu cá nhân", "label", tone="text2"))
        column.addWidget(self.card)
        column.addWidget(Rule())
        column.addWidget(self.written)
        column.addWidget(self.totals)
        self._list.setSpacing(0)
        column.addLayout(self._list)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.leave)
        column.addLayout(last)
        column.addStretch(1)
        self._frame_in(head, inner)

    def _frame_in(self, head: QHBoxLayout, inner: Panel) -> None:
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

    def _connect(self) -> None:
        self.edit.clicked.connect(self.edit_wanted)
        self.agree.clicked.connect(self.consent_wanted)
        self.withdraw.clicked.connect(self.withdrawal_wanted)
        self.slip.clicked.connect(self.slip_wanted)
        self.leave.clicked.connect(self.leaving_wanted)
        self.show_id.clicked.connect(self.citizen_id_wanted)


def _born(day: PartialDate | None) -> str:
    if day is None:
        return ""
    note = {Precision.YEAR: " (chỉ có năm)", Precision.MONTH: " (chỉ có tháng)"}.get(day.precision, "")
    return f"{day.display()}{note}"


def _day(value: date | None) -> str:
    return formatting.day(value) if value else ""
