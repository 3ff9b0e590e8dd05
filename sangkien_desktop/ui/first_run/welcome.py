"""Chào: a new station, or one that exists already as a backup."""

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.services.backups import Secret
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.widgets.buttons import Button, RadioButton
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card
from sangkien_desktop.ui.widgets.passphrase_field import PassphraseField

NEW, MOVE, RESTORE = range(3)
_WAYS = (
    ("Trạm mới", "Máy này chưa có dữ liệu sáng kiến. Làm năm bước, khoảng 5 phút."),
    ("Chuyển từ máy khác sang", "Ở máy cũ: Cài đặt, Sao lưu, ghi một bản ra USB. Rồi chọn bản đó ở đây."),
    ("Khôi phục từ bản sao lưu", "Máy này vừa cài lại, hoặc dữ liệu hỏng. Chọn bản sao lưu mới nhất."),
)


class WelcomeStep(Step):
    """Three ways; two of them need a file and what opens it."""

    name = "Chào"

    def __init__(self, dialogs: Dialogs) -> None:
        """The first way is chosen."""
        super().__init__(
            "Chuẩn bị máy này",
            "Sáng kiến của công nhân được nhập ở đây, kể cả khi không có mạng, rồi gửi lên Cổng. "
            "Mọi dữ liệu nằm trong tệp đã mã hóa trên máy này.",
        )
        self._dialogs = dialogs
        self.backup: Path | None = None
        self.ways = QButtonGroup(self)
        for at, (title, explanation) in enumerate(_WAYS):
            self.add(self._way(at, title, explanation))
        self.file = LineField(placeholder="Chưa chọn bản sao lưu", name="backup-file")
        self.file.setReadOnly(True)
        self.file.setAccessibleName("Bản sao lưu")
        self.choose_file = Button("Chọn bản sao lưu…", icon="folder-open", name="choose-backup")
        self.passphrase = PassphraseField(name="backup-passphrase")
        self.code = LineField(placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX", name="backup-code")
        self.passphrase_field = FormField("Mật khẩu của trạm trong bản sao", self.passphrase)
        self.code_field = FormField("hoặc mã khôi phục", self.code)
        self._from_backup = self._opening()
        self.add(self._from_backup)
        self.column.addStretch(1)
        self.ways.button(NEW).setChecked(True)
        self._from_backup.setVisible(False)
        self.ways.idToggled.connect(self._on_way)
        self.choose_file.clicked.connect(self.on_choose_file)
        for field in (self.passphrase, self.code):
            field.textChanged.connect(self.changed)

    @property
    def is_new(self) -> bool:
        """Whether a new station is wanted."""
        return self.ways.checkedId() == NEW

    @property
    def secret(self) -> Secret:
        """What opens the backup."""
        if self.code.text().strip():
            return Secret(code=self.code.text())
        return Secret(passphrase=self.passphrase.text())

    def missing(self) -> str:
        """A backup, and what opens it."""
        if self.is_new:
            return ""
        if self.backup is None:
            return "Chọn bản sao lưu trước."
        return "" if self.passphrase.text() or self.code.text().strip() else "Gõ mật khẩu hoặc mã khôi phục."

    def on_choose_file(self) -> None:
        """The system's file chooser."""
        chosen = self._dialogs.open_files("Chọn bản sao lưu", "Bản sao lưu (*.skbackup)", purpose="restore")
        if chosen:
            self.backup = chosen[0]
            self.file.show_value(str(chosen[0]))
            self.changed.emit()

    def _way(self, at: int, title: str, explanation: str) -> QWidget:
        card = Card(padding=14)
        radio = RadioButton(title, name=f"way-{at}")
        radio.setAccessibleDescription(explanation)
        self.ways.addButton(radio, at)
        card.body.setSpacing(2)
        card.body.addWidget(radio)
        line = QHBoxLayout()
        line.setContentsMargins(26, 0, 0, 0)
        line.addWidget(label(explanation, tone="text2", wraps=True))
        card.body.addLayout(line)
        return card

    def _opening(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.file, 1)
        line.addWidget(self.choose_file)
        column.addLayout(line)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.passphrase_field, 1)
        pair.addWidget(self.code_field, 1)
        column.addLayout(pair)
        return whole

    def _on_way(self, _at: int, _is_on: bool) -> None:
        self._from_backup.setVisible(not self.is_new)
        self.changed.emit()
