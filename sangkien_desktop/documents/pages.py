"""Pages that can be looked at, printed and put into one PDF, whatever made them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPicture,
    QTextDocument,
)

from sangkien_desktop.documents.paper import A4, UNIT, Painting, Paper
from sangkien_desktop.errors import AppError

DOTS_PER_INCH = 600
FINE = 8
"""Text documents are laid out this many times larger than points, so that hinting moves no letter."""


class Pages(Protocol):
    """Pages of one size; a painter's unit is a point."""

    width: float
    height: float

    def __len__(self) -> int:
        """How many pages."""

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint the page of that number, counted from 0, with its upper left corner at the origin."""


class ReportPages:
    """A report's table on paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._pages = tuple(paper.pages())
        self.width, self.height = paper.width, paper.height

    def __len__(self) -> int:
        return len(self._pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """One page."""
        painter.save()
        painter.scale(1 / UNIT, 1 / UNIT)
        Painting(painter, self._paper).page(self._pages[number])
        painter.restore()


class TextPages:
    """A text document on A4 portrait, with the number of the page at the top of all but the first."""

    MARGINS = (71.0, 57.0, 43.0, 57.0)
    """Left, top, right, bottom in points: 25, 20, 15, 20 mm."""

    def __init__(self, html: str, families: Iterable[str]) -> None:
        self.width, self.height = A4
        left, top, right, bottom = self.MARGINS
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setDefaultStyleSheet("td { padding: 2px; }")
        font = self._document.defaultFont()
        font.setFamilies(list(families))
        font.setPixelSize(13 * FINE)
        self._document.setDefaultFont(font)
        self._document.setHtml(html)
        self._room = QRectF(left, top, self.width - left - right, self.height - top - bottom)
        self._document.setPageSize(self._room.size() * FINE)
        # A document belongs to the thread that made it; what it paints does not.
        self._pictures = tuple(self._recorded(number) for number in range(self._document.pageCount()))
        del self._document

    def __len__(self) -> int:
        return len(self._pictures)

    def _recorded(self, number: int) -> QPicture:
        made = QPicture()
        painter = QPainter(made)
        self._paint(painter, number)
        painter.end()
        return made

    def paint(self, painter: QPainter, number: int) -> None:
        """One page."""
        painter.drawPicture(0, 0, self._pictures[number])

    def _paint(self, painter: QPainter, number: int) -> None:
        painter.save()
        if number:
            font = self._document.defaultFont()
            font.setPixelSize(13)
            painter.setFont(font)
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(
                QRectF(0, 28, self.width, 18), int(Qt.AlignmentFlag.AlignHCenter), str(number + 1)
            )
        painter.translate(self._room.topLeft())
        painter.scale(1 / FINE, 1 / FINE)
        view = QRectF(
            0, number * self._room.height() * FINE, self._room.width() * FINE, self._room.height() * FINE
        )
        painter.translate(0, -view.top())
        painter.setClipRect(view)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
        context.palette = palette
        context.clip = view
        self._document.documentLayout().draw(painter, context)
        painter.restore()


def write_pdf(parts: Iterable[Pages], path: Path, title: str) -> int:
    """Write all parts into one PDF; how many pages. Raises AppError when the file cannot be written."""
    try:
        path.open("wb").close()
    except OSError as error:
        raise _not_written() from error
    device = QPdfWriter(str(path))
    device.setTitle(title)
    device.setResolution(DOTS_PER_INCH)
    return paint_on(device, parts)


def _not_written() -> AppError:
    return AppError(
        "Máy chưa ghi được giấy này.",
        hint="Nếu tệp đang mở, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
        code="paper_not_written",
    )


def paint_on(device: QPagedPaintDevice, parts: Iterable[Pages]) -> int:
    """Paint every page of all parts on a PDF or printer; how many. Raises AppError."""
    painter, number = QPainter(), 0
    for pages in parts:
        is_portrait = pages.width < pages.height
        orientation = QPageLayout.Orientation.Portrait if is_portrait else QPageLayout.Orientation.Landscape
        device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF()))
        for at in range(len(pages)):
            if number:
                device.newPage()
            elif not painter.begin(device):
                raise _not_written()
            painter.resetTransform()
            scale = painter.viewport().width() / pages.width
            painter.scale(scale, scale)
            pages.paint(painter, at)
            number += 1
    if painter.isActive():
        painter.end()
    return number


def picture(pages: Pages, number: int, width: int) -> QImage:
    """One page as a picture `width` pixels wide, on white."""
    image = QImage(QSize(width, round(width * pages.height / pages.width)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(width / pages.width, width / pages.width)
    pages.paint(painter, number)
    painter.end()
    return image
