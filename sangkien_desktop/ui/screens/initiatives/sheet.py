"""The paper sheet of a record: seen as it will be printed, for signature."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPixmap, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.services.typed import Lists, share_text, text_of
from sangkien_desktop.ui.screens.initiatives.overlays import Overlay
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.vietnamese.money import in_words

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

_LONG = ("situation_before", "solution", "effect_summary", "benefit_calculation", "scope", "conditions")
_DOTS_PER_INCH = 96
_PAPER_WIDTH = 794
"""A4 at 96 dots per inch."""


class PaperSheet(Overlay):
    """Black on white, Times New Roman, A4; no colour of the screen on it."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Opened for one record at a time."""
        super().__init__(
            "", "Xem trước đúng như tờ giấy in ra, để tác giả và tổ trưởng ký.", "", name="paper-sheet"
        )
        self._page = page
        self._html = ""
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidget(self._paper)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(scroll, 1)
        pdf = Button("Lưu PDF", icon="file-type-pdf", name="sheet-pdf")
        paper = Button("In", icon="printer", kind="primary", name="sheet-print")
        self.foot.add(pdf, paper)
        pdf.clicked.connect(self.save_pdf)
        paper.clicked.connect(self.print_paper)
        self.closed.connect(page.close_over)

    def open(self, row: GridRow, lists: Lists) -> None:
        """Over the grid."""
        self.title.setText(f"Phiếu sáng kiến {row.record.local_code}")
        self._code = row.record.local_code
        self._html = html_of(row.record, lists)
        self._paper.setPixmap(QPixmap.fromImage(painted(self._html, self.devicePixelRatioF())))
        self._page.show_over(self)

    def save_pdf(self) -> None:
        """The sheet as a file."""
        path = self._page.context.dialogs.save_file(
            "Lưu phiếu", f"phieu-{self._code}.pdf", "PDF (*.pdf)", purpose="sheet"
        )
        if path is not None:
            writer = QPdfWriter(str(path))
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            writer.setPageMargins(QMarginsF(20, 15, 15, 15), QPageLayout.Unit.Millimeter)
            _document(self._html).print_(writer)

    def print_paper(self) -> None:
        """The system's own dialog, then the printer."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._page.context.dialogs.choose_printer(printer):
            _document(self._html).print_(printer)


def html_of(record: Initiative, lists: Lists) -> str:
    """The sheet's content in the order of the paper form."""
    authors = "".join(
        f"<tr><td>{place}</td><td>{escape(one.name)}</td><td>{escape(one.employee_code or '')}</td>"
        f"<td align='right'>{share_text(one.share) or '100'}</td><td></td></tr>"
        for place, one in enumerate(record.authors, 1)
    )
    short = "".join(
        _line(FIELD[name].label, text_of(record, name, lists))
        for name in ("group", "category", "solution_type", "first_applied_on")
    )
    benefit = text_of(record, "annual_benefit", lists)
    words = f" đồng ({in_words(record.annual_benefit)})" if record.annual_benefit else ""
    long = "".join(
        f"<p><b>{place}. {FIELD[name].label}</b><br>{_lines(text_of(record, name, lists))}</p>"
        for place, name in enumerate(_LONG, 1)
        if name in _LONG[:3] or getattr(record, name)
    )
    decision = " ngày ".join(
        part for part in (record.recognition_decision, text_of(record, "recognised_on", lists)) if part
    )
    return (
        f"<p align='center'><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập – Tự do – Hạnh phúc</b></p>"
        f"<h2 align='center'>PHIẾU SÁNG KIẾN</h2><p align='center'>Mã: {escape(record.local_code)}</p>"
        f"<p><b>Tên sáng kiến:</b> {escape(record.title)}</p>{short}"
        f"<table border='1' cellspacing='0' cellpadding='4' width='100%'><tr><th width='6%'>STT</th>"
        f"<th>Họ và tên tác giả</th><th width='16%'>Mã NV</th><th width='14%'>Tỷ lệ (%)</th><th width='20%'>Ký tên</th>"
        f"</tr>{authors}</table><br>{long}"
        + _line(FIELD["annual_benefit"].label, benefit + words)
        + _line("Công nhận", ", ".join(part for part in (record.recognition_level, decision) if part))
        + "<br><table width='100%'><tr><td align='center'><b>Tác giả</b><br>(ký, ghi rõ họ tên)</td>"
        "<td align='center'><b>Tổ trưởng công đoàn</b><br>(ký, ghi rõ họ tên)</td></tr></table>"
    )


def painted(html: str, ratio: float) -> QImage:
    """The sheet as a picture of its paper."""
    document = _document(html)
    margin = 60
    document.setTextWidth(_PAPER_WIDTH - 2 * margin)
    height = max(1123, int(document.size().height()) + 2 * margin)
    size = QSizeF(_PAPER_WIDTH, height) * ratio
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(margin, margin)
    document.drawContents(painter, QRectF(0, 0, _PAPER_WIDTH, height))
    painter.end()
    return image


def _document(html: str) -> QTextDocument:
    document = QTextDocument()
    font = QFont("Times New Roman")
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(12)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet("* { color: black; }")
    document.setHtml(f"<div style='color:black'>{html}</div>")
    return document


def _line(heading: str, text: str) -> str:
    return f"<p><b>{escape(heading)}:</b> {_lines(text)}</p>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>") or "…………"
