"""Signing in to the portal by a code that is approved on a phone or another PC."""

from io import BytesIO

from PySide6.QtCore import QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.sync.wire.portal import DeviceCode
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.form_field import FormField
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Panel


class SignInView(QWidget):
    """First the portal's address, then its code as a picture and in letters, until somebody has approved it."""

    left = Signal()
    start_wanted = Signal(str)
    """The portal's address as typed."""

    def __init__(self) -> None:
        """Shows the address."""
        super().__init__()
        self._link = ""
        self._left_s = 0
        self.back = Button("Đồng bộ", icon="chevron-left", kind="link", name="sign-in-back")
        self.address = LineField(placeholder="https://cong.example.vn", name="portal-address")
        self.address_field = FormField(
            "Địa chỉ Cổng", self.address, required=True, hint="Công đoàn cấp trên cho biết địa chỉ này."
        )
        self.start = Button("Lấy mã đăng nhập", icon="login", key="Enter", kind="primary", name="get-code")
        self.qr = QrPicture()
        self.code = label("", "hero", name="user-code")
        self.where = label("", wraps=True)
        self.wait = label("", tone="text2")
        self.open_here = Button("Mở trên máy này", icon="world", name="open-here")
        self.copy = Button("Chép mã", icon="copy", name="copy-code")
        self.again = Button("Lấy mã khác", icon="refresh", kind="link", name="other-code")
        self._clock = QTimer(self, interval=1000)
        self._lay_out()
        self._connect()

    def begin(self, address: str) -> None:
        """Ask for the address, with the one known."""
        self._clock.stop()
        self.address.show_value(address)
        self._card.setVisible(False)
        self.start.setEnabled(True)
        self.address_field.show_problem("")
        self.address.setFocus()

    def show_code(self, code: DeviceCode) -> None:
        """Show what must be approved, and until when."""
        self._link = code.verification_uri_complete or code.verification_uri
        self._left_s = int(code.expires_in)
        self.qr.show_text(self._link)
        self.code.setText(code.user_code)
        self.where.setText(
            f"Chụp hình vuông bằng điện thoại, hoặc mở {code.verification_uri} trên máy khác rồi gõ mã trên. "
            "Đăng nhập bằng tài khoản Cổng của anh/chị và bấm Đồng ý."
        )
        self._card.setVisible(True)
        self._tick()
        self._clock.start()

    def show_problem(self, sentence: str) -> None:
        """What went wrong; another try is at hand."""
        self._clock.stop()
        self.wait.setText("")
        self._card.setVisible(False)
        self.start.setEnabled(True)
        self.address_field.show_problem(sentence)

    def _lay_out(self) -> None:
        self._card = self._code_card()
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label("Đăng nhập Cổng", "screen"))
        column.addWidget(
            label("Máy không giữ mật khẩu của anh/chị; việc đang chờ gửi vẫn còn nguyên.", tone="text2")
        )
        line = QHBoxLayout()
        line.setSpacing(10)
        self.address_field.setFixedWidth(420)
        line.addWidget(self.address_field, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addSpacing(theme.current().metrics.grown(20))
        beside.addWidget(self.start)
        beside.addStretch(1)
        line.addLayout(beside)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._card)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ground)

    def _code_card(self) -> Card:
        card = Card(padding=20)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(label("Duyệt trên điện thoại", "title"))
        words.addWidget(self.code)
        words.addWidget(self.where)
        words.addWidget(self.wait)
        buttons = QHBoxLayout()
        for button in (self.open_here, self.copy, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addLayout(buttons)
        words.addStretch(1)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.setVisible(False)
        card.setMaximumWidth(820)
        return card

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.start.clicked.connect(self.on_start)
        self.again.clicked.connect(self.on_start)
        self.address.returnPressed.connect(self.on_start)
        self.open_here.clicked.connect(self.on_open_here)
        self._clock.timeout.connect(self._tick)

    def on_start(self) -> None:
        """Ask the portal for a code."""
        if not self.address.text().strip():
            self.address_field.show_problem("Gõ địa chỉ Cổng, ví dụ https://cong.example.vn.")
            return
        self.address_field.show_problem("")
        self.start.setEnabled(False)
        self.start_wanted.emit(self.address.text())

    def on_open_here(self) -> None:
        """The approval page in this PC's browser."""
        QDesktopServices.openUrl(QUrl(self._link))

    def _tick(self) -> None:
        minutes, seconds = divmod(max(0, self._left_s), 60)
        self.wait.setText(f"Đang chờ duyệt · mã còn hiệu lực {minutes}:{seconds:02}")
        self._left_s -= 1


class QrPicture(QWidget):
    """A QR code, dark on white in every theme so that any phone reads it."""

    def __init__(self) -> None:
        """Empty until `show_text`."""
        super().__init__()
        self._image = QImage()
        self.setFixedSize(200, 200)

    def show_text(self, text: str) -> None:
        """Encode a text."""
        import segno  # wanted only when somebody signs in

        packed = BytesIO()
        segno.make(text, error="m").save(packed, kind="png", scale=1, border=4)
        self._image = QImage.fromData(packed.getvalue())
        self.setAccessibleName(f"Mã QR của địa chỉ {text}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every module as whole device pixels."""
        if not self._image.isNull():
            painter = QPainter(self)
            whole = max(1, self.width() // self._image.width()) * self._image.width()
            edge = (self.width() - whole) // 2
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            painter.drawImage(QRect(edge, edge, whole, whole), self._image)
