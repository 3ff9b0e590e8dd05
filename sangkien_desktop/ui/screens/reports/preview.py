"""The paper itself, at page width on grey; only the pages in sight are painted."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from sangkien_desktop.documents.pages import Pages
from sangkien_desktop.ui import theme

AROUND, BETWEEN = 49, 15
WIDEST = 1100
SCREEN_DPI = 96


class Preview(QAbstractScrollArea):
    """Pages one below the other; PgUp and PgDn go from page to page."""

    moved = Signal(int, int, int)
    """Page in sight, counted from 1; number of pages; per cent of the paper's own size."""

    def __init__(self) -> None:
        """Nothing to see until `show_pages`."""
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName("Bản xem trước")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages: Pages | None = None
        self.verticalScrollBar().valueChanged.connect(self._tell)

    def show_pages(self, pages: Pages | None, *, keep_place: bool = False) -> None:
        """Show a paper, from its top or at the place of the one before."""
        self._pages = pages
        self._arrange()
        if not keep_place:
            self.verticalScrollBar().setValue(0)
        self._tell()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A page's worth."""
        return QSize(948, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width again."""
        super().resizeEvent(event)
        self._arrange()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page up or down."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.go(step)

    def go(self, step: int) -> None:
        """To the next or the previous page."""
        if self._pages is not None:
            at = max(0, min(len(self._pages) - 1, self._page_in_sight() + step))
            self.verticalScrollBar().setValue(round(at * (self._page_height() + BETWEEN)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grey ground, white pages with a hairline."""
        painter = QPainter(self.viewport())
        look = theme.current()
        painter.fillRect(self.viewport().rect(), look.colour("mute_soft"))
        if self._pages is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale, height = self._scale(), self._page_height()
        left = (self.viewport().width() - self._pages.width * scale) / 2
        for number in range(len(self._pages)):
            top = BETWEEN + number * (height + BETWEEN) - self.verticalScrollBar().value()
            if top + height < 0 or top > self.viewport().height():
                continue
            sheet = QRectF(
                round(left) + 0.5, round(top) + 0.5, round(self._pages.width * scale), round(height)
            )
            painter.fillRect(sheet, Qt.GlobalColor.white)
            painter.setPen(QPen(look.colour("line_strong"), 1))
            painter.drawRect(sheet)
            painter.save()
            painter.translate(sheet.topLeft())
            painter.scale(scale, scale)
            self._pages.paint(painter, number)
            painter.restore()

    def _scale(self) -> float:
        if self._pages is None:
            return 1.0
        room = min(self.viewport().width() - 2 * AROUND, WIDEST)
        # A portrait page at full width would show a third of itself.
        share = 1.0 if self._pages.width > self._pages.height else 0.84
        return max(0.3, room * share / self._pages.width)

    def _page_height(self) -> float:
        return self._pages.height * self._scale() if self._pages is not None else 0.0

    def _page_in_sight(self) -> int:
        height = self._page_height() + BETWEEN
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        return max(0, min(len(self._pages or ()) - 1, int(middle // height))) if self._pages else 0

    def _arrange(self) -> None:
        if self._pages is None:
            self.verticalScrollBar().setRange(0, 0)
            return
        whole = len(self._pages) * (self._page_height() + BETWEEN) + BETWEEN
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(whole - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    def _tell(self) -> None:
        if self._pages is not None:
            zoom = round(self._scale() * 72 / SCREEN_DPI * 100)
            self.moved.emit(self._page_in_sight() + 1, len(self._pages), zoom)
        self.viewport().update()
