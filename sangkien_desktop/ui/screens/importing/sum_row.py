"""Rows = new + updated + unchanged + refused: the answer of the third step, said first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.screens.importing.findings import Sums
from sangkien_desktop.ui.widgets.buttons import CheckBox
from sangkien_desktop.ui.widgets.labels import IconLabel, label, rich_label, set_tone
from sangkien_desktop.ui.widgets.panels import Panel

_PARTS = (
    ("file-type-xls", "dòng trong tệp", "text"),
    ("plus", "tạo mới", "ok"),
    ("pencil", "cập nhật", "wait"),
    ("check", "không đổi", "text"),
    ("ban", "không nhận", "text"),
)


class SumRow(Panel):
    """Five figures with their signs, and what errors mean."""

    strict_changed = Signal(bool)

    def __init__(self) -> None:
        """68 high and a line."""
        super().__init__("window", "b")
        self.figures = [
            label("0", "figure", tone=tone, name=f"sum-{at}") for at, (_, _, tone) in enumerate(_PARTS)
        ]
        self.captions = [IconLabel(icon, text, "text2") for icon, text, _ in _PARTS]
        self.sentence = rich_label("", wraps=True, tone="text2")
        self.sentence.setFixedWidth(330)
        self.strict = CheckBox("Không nhận dòng còn lỗi", name="strict")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 8)
        row.setSpacing(0)
        for at, sign in enumerate(("", "=", "+", "+", "+")):
            if sign:
                row.addSpacing(10)
                row.addWidget(_sign(sign))
                row.addSpacing(12)
            row.addLayout(self._part(at))
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.strict)
        row.addLayout(words)
        self.strict.toggled.connect(self.strict_changed)

    def say(self, sums: Sums, wrong_rows: int, questions: int) -> None:
        """The figures, and the sentence beside them."""
        values = (sums.rows, sums.created, sums.updated, sums.unchanged, sums.rejected)
        for figure, value in zip(self.figures, values, strict=True):
            figure.setText(formatting.number(value))
        set_tone(self.figures[4], "bad" if sums.rejected else "text")
        self.setAccessibleName(
            f"{sums.created} tạo mới + {sums.updated} cập nhật + {sums.unchanged} không đổi"
            f" + {sums.rejected} không nhận = {sums.rows}"
        )
        if wrong_rows and not self.strict.isChecked():
            text = (
                f'<span style="font-weight:600">{formatting.number(wrong_rows)} dòng còn lỗi</span> được giữ làm'
                " nháp, chưa gửi Cổng cho đến khi sửa xong."
            )
        elif wrong_rows:
            text = f"{formatting.number(wrong_rows)} dòng còn lỗi không được nhận; sửa tệp rồi nhập lại."
        elif questions:
            text = f"{formatting.number(questions)} chỗ máy hỏi lại; không trả lời vẫn ghi được."
        else:
            text = f"{formatting.number(sums.rows)} dòng đều đọc được."
        self.sentence.setText(text)
        self.strict.setVisible(bool(wrong_rows) or self.strict.isChecked())

    def set_narrow(self, is_narrow: bool) -> None:
        """Less room for the sentence."""
        self.sentence.setFixedWidth(220 if is_narrow else 330)

    def _part(self, at: int) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.figures[at])
        column.addWidget(self.captions[at])
        return column


def _sign(text: str) -> QWidget:
    made = label(text, "screen", tone="text2")
    made.setContentsMargins(0, 0, 0, 24)
    return made
