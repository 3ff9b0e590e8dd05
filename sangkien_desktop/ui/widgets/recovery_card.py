"""The recovery code: shown once, printed on one page, and a word about where the paper lies."""

from datetime import date
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from sangkien_desktop.errors import AppError
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Panel

GROUPS = 6
WARNING = (
    "In ra và cất nơi khóa được. Ai có mã này mở được dữ liệu; "
    "mất cả mật khẩu và mã thì không ai mở được, kể cả người hỗ trợ."
)


class RecoveryCard(Card):
    """Six boxes for the six groups of the code, printing, and the place where the paper is kept."""

    confirmed = Signal()
    """Whether the paper is printed and put away was answered, or its place was changed."""

    def __init__(self, dialogs: Dialogs) -> None:
        """Empty until `show_code`."""
        super().__init__("Mã khôi phục", padding=16)
        self._dialogs = dialogs
        self._code = ""
        self._place, self._day = "", date.min
        self.print_button = Button(
            "In một trang", icon="printer", key="Ctrl+P", kind="small", name="print-code"
        )
        self.save_button = Button("Lưu PDF…", icon="file-type-pdf", kind="small", name="save-code")
        self._boxes = [label("", "screen") for _ in range(GROUPS)]
        self.is_put_away = CheckBox("Đã in mã khôi phục và cất tại", name="put-away")
        self.kept_at = LineField(placeholder="Tủ hồ sơ công đoàn, ngăn 2", name="kept-at")
        self.kept_at.setAccessibleName("Nơi cất tờ giấy in mã khôi phục")
        self._lay_out()
        self.print_button.clicked.connect(self.print_page)
        self.save_button.clicked.connect(self.save_page)
        self.is_put_away.toggled.connect(lambda _on: self.confirmed.emit())
        self.kept_at.textChanged.connect(lambda _text: self.confirmed.emit())

    def show_code(self, code: str, *, place: str, day: date) -> None:
        """Show a fresh code; `place` is the station as the paper names it."""
        self._code, self._place, self._day = code, place, day
        for box, group in zip(self._boxes, code.split("-"), strict=True):
            box.setText(group)
            box.setAccessibleName(" ".join(group))
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)

    @property
    def has_code(self) -> bool:
        """Whether a code is shown."""
        return bool(self._code)

    @property
    def is_confirmed(self) -> bool:
        """Whether a person said that the paper is put away."""
        return self.has_code and self.is_put_away.isChecked()

    def print_page(self) -> None:
        """By the system's dialog; without a printer the page is offered as a file."""
        if not self._code:
            return
        if not QPrinterInfo.availablePrinterNames():
            self.save_page()
            return
        printer = _printer()
        if self._dialogs.choose_printer(printer):
            self._paper().print_(printer)

    def save_page(self) -> None:
        """As a PDF, for a stick: on this very disk it would help nobody."""
        if not self._code:
            return
        chosen = self._dialogs.save_file(
            "Lưu mã khôi phục ra USB", "ma-khoi-phuc.pdf", "PDF (*.pdf)", purpose="recovery"
        )
        if chosen is None:
            return
        write_pdf(self._paper(), chosen)
        if not chosen.exists():
            raise AppError("Chưa ghi được tệp PDF.", hint="Chọn nơi khác rồi lưu lại.", code="pdf-refused")

    def _paper(self) -> QTextDocument:
        return recovery_paper(self._code, self._place, self._day)

    def _lay_out(self) -> None:
        self.head.addWidget(self.save_button)
        self.head.addWidget(self.print_button)
        row = QHBoxLayout()
        row.setSpacing(12)
        for box in self._boxes:
            row.addWidget(_framed(box), 1)
        self.body.addLayout(row)
        self.body.addWidget(label(WARNING, tone="text2", wraps=True))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.is_put_away)
        self.kept_at.setFixedWidth(theme.current().metrics.grown(240))
        line.addWidget(self.kept_at)
        line.addStretch(1)
        self.body.addLayout(line)
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)


def _framed(box: QLabel) -> Panel:
    panel = Panel("window", "tblr")
    column = QVBoxLayout(panel)
    column.setContentsMargins(4, 8, 4, 8)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    column.addWidget(box)
    return panel


def recovery_paper(code: str, place: str, day: date) -> QTextDocument:
    """One page: what it opens, the code in large letters, where to keep it."""
    groups = "&nbsp;&nbsp; ".join(escape(group) for group in code.split("-"))
    paper = QTextDocument()
    paper.setDefaultFont(QFont("Times New Roman", 13))
    paper.setHtml(
        f"<h2 align='center'>MÃ KHÔI PHỤC</h2><p align='center'>{escape(place) or 'Trạm sáng kiến'}</p>"
        f"<p>&nbsp;</p><p align='center' style='font-size:20pt;font-weight:600;font-family:monospace'>{groups}</p>"
        f"<p>&nbsp;</p><p>{escape(WARNING)}</p>"
        "<p>Cách dùng: ở màn hình khóa, bấm “Quên mật khẩu – dùng mã khôi phục”, gõ sáu nhóm chữ trên. "
        "Chữ hoa hay thường, có dấu nối hay không, đều được.</p>"
        f"<p>Ngày in: {formatting.day(day)}</p>"
    )
    return paper


def write_pdf(paper: QTextDocument, path: Path) -> None:
    """The paper as a PDF of A4."""
    printer = _printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    paper.print_(printer)


def _printer() -> QPrinter:
    printer = QPrinter()
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(25, 25, 20, 20), QPageLayout.Unit.Millimeter)
    return printer
