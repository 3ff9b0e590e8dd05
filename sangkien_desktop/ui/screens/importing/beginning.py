"""Step one: files chosen, folders, a pasted table, the blank workbook."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState
from sangkien_desktop.workbooks.clipboard import pasted_table
from sangkien_desktop.workbooks.failures import WorkbookProblem
from sangkien_desktop.workbooks.opening import SUFFIXES

KINDS = f"Bảng tính ({' '.join('*' + suffix for suffix in SUFFIXES)})"


class Beginnings(QObject):
    """The ways to begin; `pane` shows them."""

    files_given = Signal(object)
    """A list of paths, files or folders."""
    table_pasted = Signal(object)
    """A Workbook."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        """Asks through the context's dialogs."""
        super().__init__(parent)
        self.context = context
        self._service = context.services.imports
        self.pane = self._start_pane()

    def choose_files(self) -> None:
        """Ctrl+O."""
        paths = self.context.dialogs.open_files("Chọn tệp của tổ trưởng", KINDS, purpose="import")
        if paths:
            self.files_given.emit(list(paths))

    def choose_folder(self) -> None:
        """Every workbook below a folder."""
        folder = self.context.dialogs.choose_folder("Chọn thư mục có các tệp", purpose="import")
        if folder is not None:
            self.files_given.emit([folder])

    def paste(self) -> None:
        """The table that was copied in Excel, LibreOffice or a mail."""
        data = QGuiApplication.clipboard().mimeData()
        if data.hasUrls():
            self.files_given.emit([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])
            return
        try:
            self.table_pasted.emit(pasted_table(data.html(), data.text()))
        except WorkbookProblem:
            self.context.messages.warn(
                "Chưa có bảng nào để dán. Bôi đen bảng trong Excel, bấm Ctrl+C rồi quay lại đây.",
                topic="import",
            )
            return

    def save_template(self) -> None:
        """The blank workbook for group leaders."""
        path = self.context.dialogs.save_file(
            "Lưu mẫu trống", "mau-sang-kien.xlsx", "Excel (*.xlsx)", purpose="template"
        )
        if path is not None:
            self.context.jobs.start(partial(self._write_template, path), done=self._on_template)

    def _write_template(self, path: Path) -> Path:
        self._service.write_template(path)
        return path

    def _on_template(self, path: Path) -> None:
        self.context.messages.done(f"Đã lưu mẫu trống {path.name}. Gửi tệp này cho các tổ trưởng.")

    def _start_pane(self) -> EmptyState:
        return EmptyState(
            "Tệp của tổ trưởng nào cũng nhập được",
            "Bảng có tiêu đề nhiều dòng, phông chữ cũ, tiền ghi bằng chữ: máy đọc, anh/chị chỉ quyết những chỗ cần người.",
            [
                Beginning(
                    "folder-open",
                    "Chọn tệp",
                    "Excel, LibreOffice, CSV; nhiều tệp một lúc, hoặc thả vào cửa sổ.",
                    "Chọn tệp",
                    "Ctrl+O",
                    self.choose_files,
                ),
                Beginning(
                    "folder-open",
                    "Chọn cả thư mục",
                    "Mọi bảng tính trong thư mục và thư mục con.",
                    "Chọn thư mục",
                    "",
                    self.choose_folder,
                ),
                Beginning(
                    "clipboard-list",
                    "Dán bảng đã sao chép",
                    "Bôi đen bảng trong Excel, Ctrl+C, rồi dán ở đây.",
                    "Dán",
                    "Ctrl+V",
                    self.paste,
                ),
                Beginning(
                    "file-type-xls",
                    "Mẫu trống cho tổ trưởng",
                    "Có sẵn danh sách tổ và danh mục; gửi về là nhập được ngay.",
                    "Lưu mẫu trống",
                    "",
                    self.save_template,
                ),
            ],
        )
