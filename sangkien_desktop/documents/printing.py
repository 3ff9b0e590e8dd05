"""Paper onto a device: PDF, printer, picture. The one module of the program's lower half that needs Qt's painting."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from sangkien_desktop.documents.paper import UNIT, PageOfPaper, Painting, Paper, face
from sangkien_desktop.domain.report_table import ReportTable
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import resource

_OWN: list[QGuiApplication] = []
DOTS_PER_INCH = 600
PICTURE_DPI = 150


def ensure_painting() -> None:
    """Make painting possible where no window runs: on the command line and in jobs before a window."""
    if QGuiApplication.instance() is None:
        if sys.platform == "linux":
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _OWN.append(QGuiApplication(["sangkien"]))
    if not QFontInfo(face(12)).family():
        for name in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
            QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        face.cache_clear()


def write_pdf(table: ReportTable, path: Path) -> int:
    """Write the report as PDF; how many pages. Raises AppError when the file cannot be written."""
    ensure_painting()
    device = QPdfWriter(str(path))
    device.setTitle(table.title)
    device.setResolution(DOTS_PER_INCH)
    return paint_on(device, Paper(table))


def paint_on(device: QPagedPaintDevice, paper: Paper) -> int:
    """Paint every page on a PDF or printer; how many. Raises AppError when the device does not take it."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    orientation = (
        QPageLayout.Orientation.Portrait if paper.table.is_portrait else QPageLayout.Orientation.Landscape
    )
    device.setPageLayout(QPageLayout(size, orientation, QMarginsF()))
    painter = QPainter()
    if not painter.begin(device):
        raise AppError(
            "Máy chưa ghi được giấy này.",
            hint="Nếu tệp đang mở, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
            code="paper_not_written",
        )
    scale = painter.viewport().width() / (paper.width * UNIT)
    painter.scale(scale, scale)
    painting, number = Painting(painter, paper), 0
    for page in paper.pages():
        if number:
            device.newPage()
        painting.page(page)
        number += 1
    painter.end()
    return number


def picture_of(paper: Paper, page: PageOfPaper, width: int) -> QImage:
    """One page as a picture `width` pixels wide, white ground."""
    height = round(width * paper.height / paper.width)
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scale = width / (paper.width * UNIT)
    painter.scale(scale, scale)
    Painting(painter, paper).page(page)
    painter.end()
    return image


def write_picture(table: ReportTable, path: Path) -> None:
    """The first page as PNG. Raises AppError."""
    ensure_painting()
    paper = Paper(table)
    points = QSizeF(paper.width, paper.height)
    save(picture_of(paper, next(paper.pages()), round(points.width() / 72 * PICTURE_DPI)), path)


def save(image: QImage, path: Path) -> None:
    """Write a picture as PNG. Raises AppError."""
    if not image.save(str(path)):
        raise AppError(
            "Máy chưa ghi được tệp ảnh.",
            hint="Kiểm tra ổ đĩa còn chỗ và thư mục cho phép ghi, hoặc chọn nơi khác.",
            code="picture_not_written",
        )
