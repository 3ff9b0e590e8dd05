"""The way to the portal, check by check, each with what to do about it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from sangkien_desktop.services.road import Check, Road
from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.screens.sync.words import VERDICT_LOOKS
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Rule

OFFLINE_HEAD = "Máy làm gì khi không có mạng"
OFFLINE_WORDS = (
    "Giữ nguyên từng gói đã đóng và hỏi lại Cổng trước khi gửi lần nữa, "
    "nên không có sáng kiến nào bị gửi hai lần."
)


class RoadCard(Card):
    """Six checks, one piece of advice, two buttons."""

    def __init__(self) -> None:
        """Empty until `show_road`."""
        super().__init__("Đường tới Cổng", padding=14)
        self.setObjectName("road")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(9)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._advice_head = label(OFFLINE_HEAD, "label")
        self._advice = label(OFFLINE_WORDS, tone="text2", wraps=True)
        self.sign_in = Button("Đăng nhập…", icon="login", kind="small", name="sign-in")
        self.check = Button("Kiểm tra đường truyền", icon="stethoscope", name="check-road")
        self.why = Button("Vì sao chưa tới?", icon="help-circle", key="Alt+V", name="why")
        self._lay_out()

    def show_road(self, road: Road, *, is_signed_in: bool) -> None:
        """Show these checks; the gravest advice stands beneath."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, check in enumerate(road.checks):
            self._add(at, check)
        advice = next((check for check in road.checks if check.advice), None)
        self._advice_head.setText(f"{advice.name}: việc cần làm" if advice else OFFLINE_HEAD)
        self._advice.setText(advice.advice if advice else OFFLINE_WORDS)
        self.sign_in.setVisible(not is_signed_in)

    def _add(self, at: int, check: Check) -> None:
        icon, tone = VERDICT_LOOKS[check.verdict]
        name, found = label(check.name, tone="text2"), label(check.found)
        found.setWordWrap(True)
        found.setToolTip(check.advice)
        found.setAccessibleName(f"{check.name}: {check.found}. {check.advice}")
        for widget in (name, found):
            widget.setMinimumHeight(theme.current().metrics.grown(32))
        top = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(_Mark(icon, tone), at, 0, top)
        self._grid.addWidget(name, at, 1, top)
        self._grid.addWidget(found, at, 2, top)

    def _lay_out(self) -> None:
        self._grid.setColumnMinimumWidth(1, theme.current().metrics.grown(108))
        self.body.addLayout(self._grid)
        self.body.addWidget(Rule())
        self.body.addWidget(self._advice_head)
        self.body.addWidget(self._advice)
        sign_in = QHBoxLayout()
        sign_in.addWidget(self.sign_in)
        sign_in.addStretch(1)
        self.body.addLayout(sign_in)
        self.body.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.check)
        self._buttons.addWidget(self.why)
        self._buttons.addStretch(1)
        self.body.addLayout(self._buttons)


class _Mark(QWidget):
    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(18, theme.current().metrics.grown(32))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._icon, QRect(0, 0, 16, self.height()), self._tone)
