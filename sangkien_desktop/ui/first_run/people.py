"""Danh sách đoàn viên: a file now, or people as initiatives name them."""

from pathlib import Path

from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.first_run.answers import Answers
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card

KINDS = "Bảng tính (*.xlsx *.xls *.xlsb *.ods *.csv)"


class PeopleStep(Step):
    """Never needed: the next step is open at once."""

    name = "Danh sách đoàn viên"

    def __init__(self, dialogs: Dialogs) -> None:
        """One button."""
        super().__init__(
            "Có danh sách đoàn viên chưa?",
            "Có danh sách thì gõ hai chữ là ra tên, mã nhân viên và tổ. Chưa có thì để sau: "
            "nhập sáng kiến trước, người được tạo theo.",
        )
        self._dialogs = dialogs
        self._file: Path | None = None
        self.choose = Button("Chọn tệp danh sách…", icon="folder-open", name="choose-people")
        self.chosen = IconLabel("file-type-xls", "", "ok")
        self.chosen.setVisible(False)
        card = Card("Tệp từ phòng nhân sự", padding=16)
        card.body.addWidget(
            label(
                "Máy tự tìm cột họ tên, mã nhân viên, tổ; xem lại trước khi ghi. Tệp không bị sửa.",
                tone="text2",
                wraps=True,
            )
        )
        card.body.addWidget(self.choose)
        card.body.addWidget(self.chosen)
        self.add(card)
        self.column.addStretch(1)
        self.choose.clicked.connect(self.on_choose)

    def show_answers(self, answers: Answers) -> None:
        """The file chosen before."""
        self.choose.setFocus()

    def keep(self, answers: Answers) -> None:
        """Read by the people screen once the window is open."""
        answers.people_file = self._file

    def on_choose(self) -> None:
        """The system's file chooser."""
        found = self._dialogs.open_files("Chọn danh sách đoàn viên", KINDS, purpose="people")
        if found:
            self._file = found[0]
            self.chosen.show_state("file-type-xls", f"{found[0].name} – mở ra xem ở bước cuối", "ok")
            self.chosen.setVisible(True)
            self.changed.emit()
