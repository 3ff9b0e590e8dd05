"""F1: every key that holds here, read from the commands themselves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import ActionRegistry
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label

GENERAL = (
    ("Sửa ô, con trỏ ở cuối", "F2"),
    ("Xuống dòng dưới · sang phải", "Enter · Tab"),
    ("Trả lại như cũ, đóng", "Esc"),
    ("Hoàn tác · làm lại", "Ctrl+Z · Ctrl+Y"),
    ("Chép ô trên · ô trái", "Ctrl+D · Ctrl+R"),
    ("Xuống dòng trong ô", "Alt+Enter"),
    ("Mở danh sách chọn", "Alt+mũi tên xuống"),
    ("Ngày hôm nay", "Ctrl+;"),
    ("Chọn cả dòng · cả cột", "Shift+Space · Ctrl+Space"),
    ("Tới mép bảng", "Ctrl+mũi tên · Ctrl+Home · Ctrl+End"),
)
"""Keys of tables and fields, which are no commands."""


class ShortcutSheet(QDialog):
    """Two columns: what, and its key."""

    def __init__(self, window: QWidget, actions: ActionRegistry) -> None:
        """Filled anew each time it is opened."""
        super().__init__(window)
        self.setWindowTitle("Bảng phím tắt")
        self._actions = actions
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        close = Button("Đóng", key="Esc", kind="secondary", name="close-sheet")
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(self._area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def open(self) -> None:
        """Show what holds now."""
        body = QWidget()
        grid = QGridLayout(body)
        grid.setColumnStretch(0, 1)
        rows = [(one.title, one.key) for one in self._actions.commands() if one.key]
        self._add_rows(grid, "Lệnh ở đây", rows)
        self._add_rows(grid, "Trong bảng và ô nhập", list(GENERAL))
        self._area.setWidget(body)
        self.resize(theme.current().metrics.grown(520), theme.current().metrics.grown(480))
        super().open()

    def _add_rows(self, grid: QGridLayout, title: str, rows: list[tuple[str, str]]) -> None:
        grid.addWidget(label(title, "title"), grid.rowCount(), 0)
        for what, key in rows:
            at = grid.rowCount()
            grid.addWidget(label(what), at, 0)
            grid.addWidget(label(key, tone="text2"), at, 1)
