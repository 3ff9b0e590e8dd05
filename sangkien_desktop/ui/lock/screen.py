"""Máy đang khóa: nothing of the station is open behind this screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card, Panel
from sangkien_desktop.ui.widgets.passphrase_field import PassphraseField
from sangkien_desktop.ui.widgets.strips import Strip

NOTICES: Final = {
    "marks": "Bộ gõ đang bật: mật khẩu vừa gõ có chữ mang dấu. Hãy tắt bộ gõ rồi gõ lại.",
    "caps": "Phím Caps Lock đang bật.",
}
FREE_TRIES = 3
LONGEST_WAIT_S = 60


@dataclass(frozen=True, kw_only=True)
class LockFacts:
    """What may be said without opening anything: numbers and times, no names of people's work."""

    place: str = ""
    """The union and the station."""
    officers: Sequence[str] = ()
    """Whose passphrases open it; empty names are left out."""
    opens_by_device: bool = False
    notes: Sequence[tuple[str, str, str]] = ()
    """Icon, sentence, colour role: what waits, the deadline, when all was saved."""
    is_start: bool = False
    """The program has just been started, and nothing was locked."""


def wait_s(wrong_tries: int) -> int:
    """Seconds to wait after so many wrong tries: none for the first three, then 2, 4, 8 … up to a minute."""
    over = wrong_tries - FREE_TRIES
    return 0 if over < 0 else min(2 ** (over + 1), LONGEST_WAIT_S)


class LockScreen(Panel):
    """A card in the middle of an empty window."""

    passphrase_given = Signal(str, str)
    """The passphrase and the officer chosen."""
    code_given = Signal(str)
    device_wanted = Signal()
    closed = Signal()

    def __init__(self, facts: LockFacts) -> None:
        """Ready to be typed into."""
        super().__init__("window")
        self._facts = facts
        self._wrong = 0
        self._wait_s = 0
        self._by_code = False
        self.setWindowTitle("Sáng kiến")
        self.officer = ComboBox([Choice(name, name) for name in facts.officers], name="officer")
        self.officer_field = FormField("Người dùng", self.officer)
        self.passphrase = PassphraseField(name="passphrase")
        self.passphrase_field = FormField("Mật khẩu", self.passphrase)
        self.code = LineField(placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX", name="recovery-code")
        self.code_field = FormField("Mã khôi phục", self.code, hint="Sáu nhóm năm ký tự trên tờ giấy đã in.")
        self.warning = Strip(Gravity.WARNING, closable=False)
        self.unlock = Button("Mở khóa", key="Enter", kind="primary", name="unlock")
        self.device = Button("Mở bằng máy này", icon="device-desktop", name="unlock-by-device")
        self.other = Button("Quên mật khẩu – dùng mã khôi phục", kind="link", name="use-code")
        self._clock = QTimer(self, interval=1000)
        self._lay_out()
        self._connect()
        self._show_way()

    def refuse(self, sentence: str, *, is_wrong: bool) -> None:
        """It did not open: say why; wrong secrets make the next try wait."""
        self.set_busy(False)
        field = self.code_field if self._by_code else self.passphrase_field
        field.show_problem(sentence)
        if is_wrong:
            self._wrong += 1
            self._wait_s = wait_s(self._wrong)
            self.passphrase.selectAll()
            if self._wait_s:
                self._clock.start()
                self._show_wait()
        (self.code if self._by_code else self.passphrase).setFocus()

    def tell(self, sentence: str) -> None:
        """Something worth knowing before it is opened."""
        self.warning.say(sentence, Gravity.INFORMATION)

    def set_busy(self, is_busy: bool) -> None:
        """While the slow hash is computed nothing can be pressed."""
        for widget in (self.unlock, self.device, self.other):
            widget.setEnabled(not is_busy)
        self.unlock.setText("Đang mở…" if is_busy else "Mở khóa")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc goes back from the code to the passphrase."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_unlock()
        elif event.key() == Qt.Key.Key_Escape and self._by_code:
            self.on_other()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the locked window ends the program."""
        super().closeEvent(event)
        self.closed.emit()

    def on_unlock(self) -> None:
        """Try with what was typed."""
        if not self.unlock.isEnabled():
            return
        field = self.code if self._by_code else self.passphrase
        if not field.text():
            field.setFocus()
            return
        self.set_busy(True)
        for one in (self.code_field, self.passphrase_field):
            one.show_problem("")
        if self._by_code:
            self.code_given.emit(self.code.text())
        else:
            self.passphrase_given.emit(self.passphrase.text(), str(self.officer.value or ""))

    def on_other(self) -> None:
        """From the passphrase to the code and back."""
        self._by_code = not self._by_code
        self._show_way()

    def on_keyboard(self, notice: str) -> None:
        """Something about the keyboard is worth a word."""
        self.warning.say(NOTICES.get(notice, ""), Gravity.WARNING)

    def _show_way(self) -> None:
        self.officer_field.setVisible(len(self._facts.officers) > 0 and not self._by_code)
        self.passphrase_field.setVisible(not self._by_code)
        self.code_field.setVisible(self._by_code)
        self.device.setVisible(self._facts.opens_by_device and not self._by_code)
        self.other.setText("Về mật khẩu" if self._by_code else "Quên mật khẩu – dùng mã khôi phục")
        (self.code if self._by_code else self.passphrase).setFocus()

    def _show_wait(self) -> None:
        is_waiting = self._wait_s > 0
        self.unlock.setEnabled(not is_waiting)
        self.unlock.setText(f"Thử lại sau {self._wait_s} giây" if is_waiting else "Mở khóa")
        if not is_waiting:
            self._clock.stop()

    def _on_tick(self) -> None:
        self._wait_s -= 1
        self._show_wait()

    def _lay_out(self) -> None:
        card = Card(padding=36)
        card.setFixedWidth(theme.current().metrics.grown(420))
        card.body.setSpacing(10)
        card.body.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        centre = Qt.AlignmentFlag.AlignHCenter
        card.body.addWidget(_Emblem(), 0, centre)
        card.body.addWidget(
            label("Mở trạm" if self._facts.is_start else "Máy đang khóa", "screen"), 0, centre
        )
        place = label(self._facts.place, tone="text2")
        place.setVisible(bool(self._facts.place))
        card.body.addWidget(place, 0, centre)
        for field in (self.officer_field, self.passphrase_field, self.code_field):
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            field.setMinimumHeight(theme.current().metrics.grown(20) + theme.current().metrics.field + 2)
            card.body.addWidget(field)
        card.body.addWidget(self.warning)
        for button in (self.unlock, self.device):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            card.body.addWidget(button)
        self.unlock.setMinimumHeight(theme.current().metrics.grown(36))
        card.body.addWidget(self.other, 0, centre)
        notes = QHBoxLayout()
        notes.setSpacing(32)
        notes.addStretch(1)
        for icon, text, tone in self._facts.notes:
            notes.addWidget(IconLabel(icon, text, tone))
        notes.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, centre)
        column.addSpacing(16)
        column.addLayout(notes)
        column.addStretch(1)

    def _connect(self) -> None:
        self.unlock.clicked.connect(self.on_unlock)
        self.device.clicked.connect(self.device_wanted)
        self.other.clicked.connect(self.on_other)
        self.passphrase.keyboard_noticed.connect(self.on_keyboard)
        self._clock.timeout.connect(self._on_tick)


class _Emblem(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(44, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("accent"))
        painter.drawRoundedRect(QRect(0, 0, 44, 44), 6, 6)
        icons.draw(painter, "lock", QRect(0, 0, 44, 44), "on_accent", 24)
