"""Reports onto devices: PDF and pictures. Makes painting possible where no window runs."""

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from sangkien_desktop.documents import pages
from sangkien_desktop.documents.pages import ReportPages
from sangkien_desktop.documents.paper import Paper, face
from sangkien_desktop.domain.report_table import ReportTable
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import resource

_OWN: list[QGuiApplication] = []
PICTURE_DPI = 150


def ensure_painting() -> None:
    """Make painting possible on the command line, and on machines without any font."""
    if QGuiApplication.instance() is None:
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        # The kind that a window needs: a process has one, and a window may follow.
        _OWN.append(QApplication(["sangkien"]))
    if not QFontInfo(face(12)).family():
        for name in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
            QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        face.cache_clear()


def report_pages(table: ReportTable) -> ReportPages:
    """The report laid out on A4."""
    ensure_painting()
    return ReportPages(Paper(table))


def write_pdf(table: ReportTable, path: Path) -> int:
    """Write the report as PDF; how many pages. Raises AppError when the file cannot be written."""
    return pages.write_pdf([report_pages(table)], path, table.title)


def write_picture(table: ReportTable, path: Path) -> None:
    """The first page as PNG. Raises AppError."""
    made = report_pages(table)
    save(pages.picture(made, 0, round(made.width / 72 * PICTURE_DPI)), path)


def save(image: QImage, path: Path) -> None:
    """Write a picture; the suffix says as what. Raises AppError."""
    if not image.save(str(path)):
        raise AppError(
            "Máy chưa ghi được tệp ảnh.",
            hint="Kiểm tra ổ đĩa còn chỗ và thư mục cho phép ghi, hoặc chọn nơi khác.",
            code="picture_not_written",
        )
