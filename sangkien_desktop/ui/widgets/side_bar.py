"""The side bar: ten screens as a painted list that arrow keys and screen readers understand."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.navigation import Screen
from sangkien_desktop.ui.widgets.panels import Panel

WIDTH = 180
RAIL_WIDTH = 48

_KEY = int(Qt.ItemDataRole.UserRole)
_ICON = _KEY + 1
_BADGE = _KEY + 2
_DIGIT = _KEY + 3
_GAP_HEIGHT = 13

Index = QModelIndex | QPersistentModelIndex


class SideBar(Panel):
    """Which screen is open; `chosen` when a person picks another. Numbers count only what a person must do."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[Sequence[Screen]]) -> None:
        """A line between groups; the last group stands at the foot."""
        super().__init__("side", "r")
        self.setObjectName("side-bar")
        self._brand = _Brand()
        self.list = _List()
        self._delegate = _EntryPainter(self.list)
        self.list.setItemDelegate(self._delegate)
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        self._fill(groups)
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._brand)
        column.addWidget(self.list, 1)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.set_rail(False)

    def set_station(self, name: str) -> None:
        """The unit's name under the program's."""
        self._brand.station = name
        self._brand.update()

    def set_badge(self, key: str, count: int) -> None:
        """How many things wait for a person on that screen; 0 shows nothing."""
        item = self._items.get(key)
        if item is not None:
            item.setData(count, _BADGE)
            spoken = f"{item.text()}, {count} việc cần người xem" if count else item.text()
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)

    def show_current(self, key: str) -> None:
        """Mark the open screen, without `chosen`."""
        item = self._items.get(key)
        if item is not None:
            self.list.selectionModel().blockSignals(True)
            self.list.setCurrentIndex(item.index())
            self.list.selectionModel().blockSignals(False)
            self.list.viewport().update()

    def set_rail(self, is_rail: bool) -> None:
        """Icons only, 48 wide, names as tool tips."""
        self.setFixedWidth(RAIL_WIDTH if is_rail else theme.current().metrics.grown(WIDTH))
        self._delegate.is_rail = self._brand.is_rail = is_rail
        for item in self._items.values():
            item.setToolTip(item.text() if is_rail else "")
        self.list.viewport().update()

    def show_digits(self, shown: bool) -> None:
        """While Alt is held each entry shows its digit."""
        self._delegate.digits_shown = shown
        self.list.viewport().update()

    def _fill(self, groups: Sequence[Sequence[Screen]]) -> None:
        digits = iter("1234567890")
        for at, group in enumerate(groups):
            if at:
                gap = QStandardItem()
                gap.setFlags(Qt.ItemFlag.NoItemFlags)
                gap.setData("" if at == len(groups) - 1 else "line", _ICON)
                self._model.appendRow(gap)
                self.list.spring = gap
            for screen in group:
                item = QStandardItem(screen.title)
                item.setData(screen.key, _KEY)
                item.setData(screen.icon, _ICON)
                item.setData(next(digits, ""), _DIGIT)
                item.setEditable(False)
                self._model.appendRow(item)
                self._items[screen.key] = item

    def _on_current(self, current: QModelIndex) -> None:
        key = current.data(_KEY)
        if key:
            self.chosen.emit(key)


class _List(QListView):
    """A list whose last gap takes all the room left, so that the last group stands at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.spring: QStandardItem | None = None
        self.setObjectName("screens")
        self.setAccessibleName("Màn hình")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        theme.current().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the spring again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        model = self.model()
        if self.spring is None or model is None:
            return
        entry = theme.current().metrics.entry
        used = sum(
            entry if model.index(row, 0).data(_KEY) else _GAP_HEIGHT
            for row in range(model.rowCount())
            if row != self.spring.row()
        )
        room = self.viewport().height() - used - 6
        self.spring.setSizeHint(QSize(0, max(_GAP_HEIGHT, room)))
        self.scheduleDelayedItemsLayout()


class _EntryPainter(QStyledItemDelegate):
    """Paints entries, lines between groups, badges and digits."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.is_rail = self.digits_shown = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """34 for an entry, 13 for a line, the rest for the last gap."""
        if not index.data(_KEY):
            wanted = index.data(Qt.ItemDataRole.SizeHintRole)
            return wanted if isinstance(wanted, QSize) else QSize(0, _GAP_HEIGHT)
        return QSize(0, theme.current().metrics.entry)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One entry."""
        area: QRect = option.rect
        if not index.data(_KEY):
            if index.data(_ICON) == "line":
                line = QRect(area.left() + 14, area.top() + 6, area.width() - 28, 1)
                painter.fillRect(line, theme.current().colour("line"))
            return
        is_current = index == self._view.currentIndex()
        ink = "accent_text" if is_current else "text"
        if is_current:
            self._paint_current(painter, area, has_focus=self._view.hasFocus())
        icon_ink = "accent" if is_current else "text2"
        left = area.left() + (area.width() - 18) // 2 if self.is_rail else area.left() + 14
        icons.draw(painter, index.data(_ICON), QRect(left, area.top(), 18, area.height()), icon_ink, 18)
        self._paint_badge(painter, area, index)
        if not self.is_rail:
            painter.setFont(theme.current().font("strong" if is_current else "body"))
            painter.setPen(theme.current().colour(ink))
            words = area.adjusted(42, 0, -8, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))

    def _paint_current(self, painter: QPainter, area: QRect, *, has_focus: bool) -> None:
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("raised"))
        plate = QRectF(area.left() + 6, area.top(), area.width() - 12, area.height())
        painter.drawRoundedRect(plate, 4, 4)
        painter.restore()
        painter.fillRect(area.left() + 6, area.top() + 8, 3, area.height() - 16, look.colour("accent"))
        if has_focus:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(look.colour("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), 4, 4)
            painter.restore()

    def _paint_badge(self, painter: QPainter, area: QRect, index: Index) -> None:
        look = theme.current()
        text = index.data(_DIGIT) if self.digits_shown else str(index.data(_BADGE) or "")
        if not text:
            return
        if self.is_rail and not self.digits_shown:
            painter.fillRect(area.right() - 15, area.top() + 7, 6, 6, look.colour("bad"))
            return
        ink, ground = ("text2", "mute_soft") if self.digits_shown else ("bad", "bad_soft")
        font = look.font("label")
        font.setPixelSize(look.metrics.size("key"))
        painter.setFont(font)
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 10)
        height = look.metrics.grown(18)
        box = QRect(area.right() - 13 - width, area.center().y() - height // 2 + 1, width, height)
        if self.is_rail:
            box.moveTopRight(area.topRight())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.restore()
        painter.setPen(look.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class _Brand(QWidget):
    """The program's mark, its name and the unit's."""

    def __init__(self) -> None:
        super().__init__()
        self.station = ""
        self.is_rail = False
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRect(10 if self.is_rail else 12, 10, 28, 28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(plate, 6, 6)
        icons.draw(painter, "bulb", plate, "on_accent", 18)
        if self.is_rail:
            return
        painter.setFont(look.font("strong"))
        painter.setPen(look.colour("text"))
        height = painter.fontMetrics().height() + 2
        words = QRect(49, 6, self.width() - 53, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "Sáng kiến")
        painter.setFont(look.font("key"))
        painter.setPen(look.colour("text2"))
        words.moveTop(words.bottom() - 2)
        name = painter.fontMetrics().elidedText(self.station, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.grown(54))
