"""A chooser whose list is filtered without accents and never completes inline."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.widgets.fields import SearchField
from sangkien_desktop.vietnamese.folding import fold

FILTER_FROM = 9
"""Lists this long get a filter field."""


@dataclass(frozen=True)
class Choice:
    """One entry: what is shown and what it stands for."""

    text: str
    value: object = None


class ComboBox(QComboBox):
    """Chooses one of a closed list. `chosen` carries the value a person picked."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        *,
        prefix: str = "",
        icon: str = "",
        quiet: bool = False,
        name: str = "",
    ) -> None:
        """`prefix` stands in grey before the choice; `quiet` has a hairline border."""
        super().__init__()
        self._prefix, self._icon = prefix, icon
        self._popup: ListPopup | None = None
        self.setObjectName(name)
        self.setAccessibleName(prefix)
        self.setProperty("quiet", quiet)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the value chosen so far stays chosen where it still exists."""
        before = self.currentData()
        self.blockSignals(True)
        self.clear()
        for choice in choices:
            self.addItem(choice.text, choice.value)
        self.blockSignals(False)
        self.choose(before)
        self.updateGeometry()

    def choose(self, value: object) -> None:
        """Show `value` as chosen, without `chosen`; an unknown value chooses nothing but in lists that start so."""
        for at in range(self.count()):
            if self.itemData(at) == value:
                self.setCurrentIndex(at)
                return

    @property
    def value(self) -> object:
        """What is chosen."""
        return self.currentData()

    def sizeHint(self) -> QSize:
        """As wide as the widest choice, within reason."""
        room = self.fontMetrics()
        widest = max((room.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=60)
        prefix = room.horizontalAdvance(self._prefix) + 6 if self._prefix else 0
        icon = icons.IN_BUTTON + 6 if self._icon else 0
        return QSize(min(widest + prefix + icon + 48, 320), theme.current().metrics.field)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the arrow."""
        return QSize(88, theme.current().metrics.field)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground by the style sheet; icon, prefix, choice and arrow by hand."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        look = theme.current()
        area = self.rect().adjusted(10, 0, -30, 0)
        if self._icon:
            icons.draw(painter, self._icon, QRect(10, 0, icons.IN_BUTTON, self.height()), "text2")
            area.setLeft(10 + icons.IN_BUTTON + 6)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._prefix:
            painter.setPen(look.colour("text2"))
            painter.drawText(area, flags, self._prefix)
            area.setLeft(area.left() + self.fontMetrics().horizontalAdvance(self._prefix) + 6)
        painter.setPen(look.colour("text" if self.isEnabled() else "text3"))
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, flags, text)
        arrow = QRect(self.width() - 10 - icons.IN_BUTTON, 0, icons.IN_BUTTON, self.height())
        icons.draw(painter, "chevron-down", arrow, "text2", 14)

    def showPopup(self) -> None:
        """Alt+↓ or a click: the list, with a filter when it is long."""
        if self._popup is None:
            self._popup = ListPopup(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.show_texts([self.itemText(at) for at in range(self.count())], self.currentIndex())
        self._popup.open_under(self)

    def hidePopup(self) -> None:
        """Close the list."""
        if self._popup is not None:
            self._popup.hide()

    def _on_picked(self, at: int) -> None:
        self.setCurrentIndex(at)
        self.activated.emit(at)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().metrics.field)


class ListPopup(QFrame):
    """The open list: a filter field over a list when there is much to choose from."""

    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """`picked` carries the place in the texts shown."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._texts: list[tuple[str, str]] = []
        self.field = SearchField("Gõ để lọc, không cần dấu", key="", icon="search", name="popup-filter")
        self.list = QListView()
        self.list.setObjectName("popup-list")
        self._model = QStandardItemModel(self.list)
        self._lay_out()
        self.field.textChanged.connect(self._show_matching)
        self.list.clicked.connect(self._pick)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)

    def show_texts(self, texts: Sequence[str], current: int) -> None:
        """Offer these, with the one at `current` marked."""
        self._texts = [(text, fold(text)) for text in texts]
        self.field.setVisible(len(texts) >= FILTER_FROM)
        self.field.clear()
        self._show_matching("")
        self._select_place(current)

    def open_under(self, anchor: QWidget) -> None:
        """Show below `anchor`, at least as wide, within the screen."""
        width = max(anchor.width(), min(self.list.sizeHintForColumn(0) + 40, 480))
        rows = min(len(self._texts), 12)
        field = self.field.height() + 8 if self.field.isVisibleTo(self) else 0
        self.resize(width, rows * theme.current().metrics.row + field + 4)
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 1))
        screen = anchor.screen().availableGeometry()
        if at.y() + self.height() > screen.bottom():
            at = anchor.mapToGlobal(QPoint(0, -self.height() - 1))
        at.setX(max(screen.left(), min(at.x(), screen.right() - width)))
        self.move(at)
        self.show()
        (self.field if self.field.isVisible() else self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc mean the list wherever the caret is."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._pick(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif watched is self.field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._select_row(self.list.currentIndex().row() + step)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised ground with a strong hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("line_strong"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), theme.current().colour("raised"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)

    def _show_matching(self, text: str) -> None:
        wanted = fold(text).split()
        self._model.clear()
        for place, (shown, folded) in enumerate(self._texts):
            if all(word in folded for word in wanted):
                item = QStandardItem(shown)
                item.setData(place, Qt.ItemDataRole.UserRole)
                item.setSizeHint(QSize(0, theme.current().metrics.row))
                self._model.appendRow(item)
        self._select_row(0)

    def _select_place(self, place: int) -> None:
        for row in range(self._model.rowCount()):
            if self._model.index(row, 0).data(Qt.ItemDataRole.UserRole) == place:
                self._select_row(row)

    def _select_row(self, row: int) -> None:
        last = self._model.rowCount() - 1
        self.list.setCurrentIndex(self._model.index(max(0, min(row, last)), 0))

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            place = index.data(Qt.ItemDataRole.UserRole)
            self.hide()
            self.picked.emit(place)
