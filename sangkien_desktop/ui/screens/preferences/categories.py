"""The categories of the settings, and the list that shows them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sangkien_desktop.ui import icons, theme

CATEGORIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "station": ("Trạm và đơn vị", "device-desktop"),
        "accounts": ("Tài khoản và quyền", "user"),
        "programme": ("Chương trình, danh mục", "list-details"),
        "display": ("Cách gõ và hiển thị", "adjustments"),
        "network": ("Mạng và Cổng", "world"),
        "keys": ("Khóa và mật khẩu", "key"),
        "backup": ("Sao lưu", "database"),
        "privacy": ("Bảo vệ dữ liệu", "shield-half"),
        "support": ("Hỗ trợ", "stethoscope"),
    }
)
_KEY = int(Qt.ItemDataRole.UserRole)


class CategoryList(QListView):
    """Arrow keys open at once."""

    opened = Signal(str)

    def __init__(self) -> None:
        """All categories."""
        super().__init__()
        self.setObjectName("categories")
        self.setAccessibleName("Nhóm cài đặt")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._rows = QStandardItemModel(self)
        for key, (title, _icon) in CATEGORIES.items():
            item = QStandardItem(title)
            item.setData(key, _KEY)
            item.setToolTip(title)
            self._rows.appendRow(item)
        self.setModel(self._rows)
        self.setItemDelegate(_Entry(self))
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_key(self, key: str) -> None:
        """Mark a category without opening it."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._rows.index(list(CATEGORIES).index(key), 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def show_only(self, keys: Collection[str]) -> None:
        """Hide the categories in which nothing was found."""
        for row, key in enumerate(CATEGORIES):
            self.setRowHidden(row, key not in keys)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(str(current.data(_KEY)))


class _Entry(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.current().metrics.entry)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = theme.current()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("sel"))
        icon = CATEGORIES[str(index.data(_KEY))][1]
        icons.draw(painter, icon, QRect(area.left() + 12, area.top(), 18, area.height()), "text2")
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text"))
        words = area.adjusted(39, 0, -8, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
