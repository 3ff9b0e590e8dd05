"""Đơn vị: whose station this is, who works here, for which programme, on which ground it sends."""

from PySide6.QtWidgets import QGridLayout, QWidget

from sangkien_desktop.domain.programmes import DEFAULT_PROGRAMME, SHIPPED
from sangkien_desktop.ui.first_run.answers import Answers
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.vietnamese.folding import words

LONGEST_CODE = 4
_LITTLE = frozenset(
    {"cong", "doan", "co", "so", "cdcs", "cty", "ty", "tnhh", "cp", "nha", "may", "mot", "thanh", "vien"}
)


class UnitStep(Step):
    """Only the union's name must be there."""

    name = "Đơn vị"

    def __init__(self) -> None:
        """Fields in the order of a letterhead."""
        super().__init__(
            "Máy này của công đoàn nào?",
            "Tên này đứng trên báo cáo và hồ sơ. Tổ công đoàn được thêm khi nhập tệp hoặc khi nối với Cổng.",
        )
        self.unit = LineField(placeholder="CĐCS Công ty TNHH Đèn xe Hồng Hà", name="unit")
        self.short = LineField(placeholder="CĐCS Đèn xe Hồng Hà", name="unit-short")
        self.code = LineField(placeholder="HH", name="unit-code")
        self.officer = LineField(placeholder="Vũ Thị Mai Hương", name="officer")
        self.programme = ComboBox([Choice(one.name, one.code) for one in SHIPPED], name="programme")
        self.programme.choose(DEFAULT_PROGRAMME)
        self.ground = GrowingText(name="ground")
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(FormField("Tên công đoàn cơ sở", self.unit, required=True), 0, 0, 1, 4)
        grid.addWidget(FormField("Tên ngắn", self.short, hint="Trên màn hình."), 1, 0, 1, 2)
        hint = "Đứng đầu mã sáng kiến, như HH26-00001."
        grid.addWidget(FormField("Chữ viết tắt", self.code, hint=hint), 1, 2, 1, 2)
        grid.addWidget(FormField("Người làm việc ở máy này", self.officer), 2, 0, 1, 2)
        grid.addWidget(FormField("Chương trình đang làm", self.programme), 2, 2, 1, 2)
        grid.addWidget(
            FormField(
                "Căn cứ chung để gửi tên tác giả lên Cổng",
                self.ground,
                hint="Ví dụ điều khoản của thỏa ước lao động tập thể. Để trống: máy hỏi đồng ý của từng tác giả.",
            ),
            3,
            0,
            1,
            4,
        )
        self.add(fields)
        self.column.addStretch(1)
        self.unit.textChanged.connect(self.changed)
        self.unit.editingFinished.connect(self._propose)

    def missing(self) -> str:
        """The union's name."""
        return "" if self.unit.text().strip() else "Gõ tên công đoàn cơ sở trước."

    def show_answers(self, answers: Answers) -> None:
        """What was answered before."""
        self.unit.setFocus()

    def keep(self, answers: Answers) -> None:
        """Everything that was typed."""
        self._propose()
        answers.unit = self.unit.text().strip()
        answers.short_name = self.short.text().strip()
        answers.unit_code = self.code.text().strip().upper()
        answers.officer = self.officer.text().strip()
        answers.programme = str(self.programme.value or "")
        answers.ground = self.ground.toPlainText().strip()

    def _propose(self) -> None:
        if self.unit.text().strip() and not self.code.text().strip():
            self.code.show_value(abbreviation(self.unit.text()))


def abbreviation(name: str) -> str:
    """The first letters of the words that tell one union from another: Đèn xe Hồng Hà → DXHH."""
    telling = [word for word in words(name) if word not in _LITTLE]
    return "".join(word[0] for word in telling)[-LONGEST_CODE:].upper()
