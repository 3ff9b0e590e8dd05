"""Two panes with a border that can be dragged; a double click puts it back."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from sangkien_desktop.ui import theme


class Panes(QSplitter):
    """Lies from left to right; one side keeps its width, the other takes the rest."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        fixed: int,
        fixed_is_right: bool = True,
        memory: QSettings | None = None,
        name: str = "panes",
    ) -> None:
        """`fixed` is the width of the side that keeps its width, at the middle text size."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self._fixed, self._fixed_is_right, self._memory = fixed, fixed_is_right, memory
        self._is_set = False
        self.addWidget(left)
        self.addWidget(right)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(0, 1 if fixed_is_right else 0)
        self.setStretchFactor(1, 0 if fixed_is_right else 1)
        self.splitterMoved.connect(self._remember)

    def set_fixed(self, fixed: int) -> None:
        """Another width of the fixed side, at a breakpoint."""
        if fixed != self._fixed:
            self._fixed = fixed
            self.reset()

    def reset(self) -> None:
        """Back to the designed width."""
        self._give_fixed(theme.current().metrics.grown(self._fixed))

    def createHandle(self) -> QSplitterHandle:
        """A hairline that can be grabbed."""
        return _Border(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first size decides the widths."""
        super().resizeEvent(event)
        if not self._is_set and self.width() > 100:
            self._is_set = True
            kept = self._memory.value(f"panes/{self.objectName()}") if self._memory is not None else None
            if kept is not None:
                self._give_fixed(int(str(kept)))
            else:
                self.reset()

    def _give_fixed(self, width: int) -> None:
        rest = max(1, self.width() - width - 1)
        self.setSizes([rest, width] if self._fixed_is_right else [width, rest])

    def _remember(self) -> None:
        if self._memory is not None:
            width = self.sizes()[1 if self._fixed_is_right else 0]
            self._memory.setValue(f"panes/{self.objectName()}", width)


class _Border(QSplitterHandle):
    def __init__(self, panes: Panes) -> None:
        super().__init__(Qt.Orientation.Horizontal, panes)
        self._panes = panes

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("line"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._panes.reset()
