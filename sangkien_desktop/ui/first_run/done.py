"""Xong: three ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from sangkien_desktop.ui.first_run.answers import Answers, Ending
from sangkien_desktop.ui.first_run.step import Step
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Rule

_WAYS = (
    (
        "Nhập từ Excel",
        "Có tệp của tổ trưởng: máy đọc, chỉ ra chỗ sai, rồi mới ghi.",
        "Chọn tệp",
        "importing",
        "",
    ),
    (
        "Nhập từ giấy",
        "Có chồng phiếu giấy: gõ liền từng phiếu, không cần chuột.",
        "Gõ sáng kiến",
        "initiatives",
        "",
    ),
    (
        "Nối với Cổng",
        "Có tài khoản Cổng: lấy chỉ tiêu, danh mục và sáng kiến đã gửi.",
        "Đăng nhập",
        "sync",
        "sign-in",
    ),
)


class DoneStep(Step):
    """Each way ends the wizard."""

    name = "Xong"
    chosen = Signal(object)
    """An Ending."""

    def __init__(self) -> None:
        """Three rows."""
        super().__init__(
            "Máy đã sẵn sàng", "Bắt đầu bằng cách nào cũng được; mọi lựa chọn đổi được trong Cài đặt."
        )
        card = Card(padding=0)
        card.body.setSpacing(0)
        for at, (title, explanation, button, screen, topic) in enumerate(_WAYS):
            if at:
                card.body.addWidget(Rule())
            row = QHBoxLayout()
            row.setContentsMargins(18, 14, 18, 14)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(label(title, "strong"))
            words.addWidget(label(explanation, tone="text2", wraps=True))
            row.addLayout(words, 1)
            begin = Button(button, name=f"begin-{screen}")
            begin.setAccessibleDescription(explanation)
            begin.clicked.connect(lambda _=False, to=screen, about=topic: self._choose(to, about))
            row.addWidget(begin)
            card.body.addLayout(row)
        self.add(card)
        self.column.addStretch(1)

    def show_answers(self, answers: Answers) -> None:
        """Nothing is asked here."""

    def _choose(self, screen: str, topic: str) -> None:
        self.chosen.emit(Ending(screen, Intent(topic=topic)))
