"""Khóa dữ liệu: a passphrase typed twice, then the recovery code on paper."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.answers import Answers
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.labels import IconLabel
from sangkien_desktop.ui.widgets.passphrase_field import PassphraseField, has_marks
from sangkien_desktop.ui.widgets.recovery_card import RecoveryCard
from sangkien_desktop.ui.widgets.strips import Strip

LEAST = 12


class KeyStep(Step):
    """The station is made here; the code it gives is shown this once."""

    name = "Khóa dữ liệu"
    create_wanted = Signal(str, bool)
    """The passphrase, and whether this PC's keyring may open the station too."""

    def __init__(self, dialogs: Dialogs) -> None:
        """Nothing is made before the button is pressed."""
        super().__init__(
            "Khóa dữ liệu bằng một mật khẩu",
            "Dữ liệu công nhân nằm trong tệp đã mã hóa trên máy này. "
            "Mật khẩu không gửi đi đâu; quên mật khẩu thì chỉ còn mã khôi phục.",
        )
        self._is_made = False
        self.first = PassphraseField(name="first-passphrase")
        self.second = PassphraseField(name="second-passphrase", has_eye=False)
        hint = f"Ít nhất {LEAST} ký tự. Ví dụ bốn từ rời nhau, gõ không dấu."
        self.first_field = FormField("Mật khẩu", self.first, required=True, hint=hint)
        self.second_field = FormField(
            "Gõ lại mật khẩu", self.second, required=True, hint="Gõ hai lần giống nhau."
        )
        self.keyboard = Strip(Gravity.INFORMATION, closable=False)
        self.by_device = CheckBox("Tự mở khi tôi đăng nhập vào máy này", name="by-device")
        self.device_note = IconLabel("info-circle", "", "text2")
        self.device_note.setVisible(False)
        self.make = Button("Tạo khóa và mã khôi phục", icon="key", kind="primary", name="create-station")
        self.recovery = RecoveryCard(dialogs)
        self._lay_out()
        self._connect()
        self._look()

    @property
    def is_made(self) -> bool:
        """Whether the station exists now."""
        return self._is_made

    def missing(self) -> str:
        """A station, and its code on paper."""
        if not self._is_made:
            return "Tạo khóa trước."
        return "" if self.recovery.is_confirmed else "Đánh dấu khi đã in và cất mã khôi phục."

    def keep(self, answers: Answers) -> None:
        """Where the paper lies."""
        answers.recovery_kept_at = self.recovery.kept_at.text().strip()

    def show_answers(self, answers: Answers) -> None:
        """The caret stands in the first field."""
        self.first.setFocus()

    def offer_device(self, is_offered: bool) -> None:
        """Whether this PC has a keyring that may hold a key."""
        self.by_device.setVisible(is_offered)
        self.device_note.setVisible(not is_offered)
        self.device_note.show_state(
            "info-circle", "Máy này không có kho khóa dùng được, nên mỗi lần mở phải gõ mật khẩu.", "text2"
        )

    def show_making(self) -> None:
        """The slow hash and the database take a moment."""
        self.make.setEnabled(False)
        self.make.setText("Đang tạo…")

    def show_made(self, code: str, *, place: str, day: date) -> None:
        """The station exists: its code is shown, the passphrase can no longer be changed here."""
        self._is_made = True
        for field in (self.first, self.second):
            field.clear()
            field.setPlaceholderText("Đã đặt; đổi được trong Cài đặt")
            field.setEnabled(False)
        self.first_field.show_hint("")
        self.second_field.show_hint("")
        self.by_device.setEnabled(False)
        self.make.setVisible(False)
        self.recovery.setVisible(True)
        self.keyboard.say("")
        self.recovery.show_code(code, place=place, day=day)
        self.recovery.print_button.setFocus()
        self.changed.emit()

    def show_refusal(self, sentence: str) -> None:
        """It was not made."""
        self.make.setText("Tạo khóa và mã khôi phục")
        self.make.setEnabled(True)
        self.first_field.show_problem(sentence)

    def _lay_out(self) -> None:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.first_field, 1)
        row.addWidget(self.second_field, 1)
        self.add(pair)
        self.add(self.keyboard)
        act = QWidget()
        column = QVBoxLayout(act)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.by_device)
        column.addWidget(self.device_note)
        line = QHBoxLayout()
        line.addWidget(self.make)
        line.addStretch(1)
        column.addLayout(line)
        self.add(act)
        self.add(self.recovery)
        self.recovery.setVisible(False)
        self.column.addStretch(1)

    def _connect(self) -> None:
        for field in (self.first, self.second):
            field.textChanged.connect(self._look)
        self.make.clicked.connect(self.on_create)
        self.second.returnPressed.connect(self.on_create)
        self.recovery.confirmed.connect(self.changed)

    def on_create(self) -> None:
        """Make the station, when both passphrases agree."""
        if self.make.isEnabled():
            self.create_wanted.emit(self.first.text(), self.by_device.isChecked())

    def _look(self) -> None:
        first, second = self.first.text(), self.second.text()
        agrees = bool(first) and first == second
        self.make.setEnabled(agrees and len(first) >= LEAST)
        self.second_field.show_problem(
            "" if not second or first.startswith(second) else "Hai lần gõ chưa giống nhau."
        )
        self.second_field.show_hint("Hai lần gõ giống nhau." if agrees else "Gõ hai lần giống nhau.")
        self.first_field.show_problem("")
        if not first:
            self.keyboard.say("Bộ gõ tiếng Việt nên tắt khi gõ mật khẩu.", Gravity.INFORMATION)
            return
        marks = "có dấu" if has_marks(first) else "không dấu"
        said = f"Chữ máy nhận được: <b>{len(first)} ký tự, {marks}</b>."
        if has_marks(first):
            said += " Máy khác có thể không gõ được chữ có dấu; nên tắt bộ gõ rồi gõ lại."
        self.keyboard.say(said, Gravity.WARNING if has_marks(first) else Gravity.INFORMATION)
