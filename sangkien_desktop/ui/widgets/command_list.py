"""Ctrl+K: what can be done and found, by typing without accents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.actions import ActionRegistry, Command
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.vietnamese.folding import fold

WIDTH = 640
MOST_ROWS = 9
FILTER_DELAY_MS = 80


@dataclass(frozen=True)
class Hit:
    """One row: a command or something found. `matched` are places of letters that matched."""

    command: Command
    matched: frozenset[int] = frozenset()


Finder = Callable[[str], Sequence[Command]]
"""Finds initiatives, people and settings for a typed text; each hit is a Command with its group."""


def matched_places(title: str, words: Sequence[str]) -> frozenset[int] | None:
    """Which letters of `title` the folded `words` stand on; None when a word is missing.

    A word matches at the beginning of a word of the title.
    """
    folded = [fold(letter) or " " for letter in title]
    plain = "".join(part[0] for part in folded)
    places: set[int] = set()
    for word in words:
        at = _word_start(plain, word)
        if at < 0:
            return None
        places.update(range(at, at + len(word)))
    return frozenset(places)


def _word_start(plain: str, word: str) -> int:
    at = plain.find(word)
    while at > 0 and plain[at - 1].isalnum():
        at = plain.find(word, at + 1)
    return at


class CommandList(QFrame):
    """The popup. Focus returns to where it was; a command that cannot run stays visible with its reason."""

    closed = Signal()

    def __init__(self, window: QWidget, actions: ActionRegistry) -> None:
        """One for the window."""
        super().__init__(window)
        self._window = window
        self.setObjectName("command-list")
        self._actions = actions
        self._finder: Finder | None = None
        self._used: list[str] = []
        self._came_from: QWidget | None = None
        self.field = QLineEdit()
        self.field.setObjectName("command-text")
        self.field.setAccessibleName("Tìm hoặc ra lệnh")
        self.field.setFrame(False)
        self.rows = _Rows()
        self._timer = QTimer(self, singleShot=True, interval=FILTER_DELAY_MS)
        self._timer.timeout.connect(self.show_matching)
        self.field.textChanged.connect(self._timer.start)
        self.rows.picked.connect(self.run_current)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = _Head(self.field)
        column.addWidget(head)
        column.addWidget(self.rows)
        column.addWidget(_Foot())
        self.hide()

    def set_finder(self, finder: Finder) -> None:
        """Where initiatives, people and settings are found. Called on the main thread: must be quick."""
        self._finder = finder

    def open(self, text: str = "") -> None:
        """Show at the top middle of the window."""
        window = self._window
        self._came_from = window.focusWidget()
        self.field.setText(text)
        self.show_matching()
        width = min(WIDTH, window.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(QPoint((window.width() - width) // 2, theme.current().metrics.grown(70)))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_list(self) -> None:
        """Hide and give the focus back."""
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def show_matching(self) -> None:
        """Filter by what is typed; what was used last comes first while nothing is typed."""
        self._timer.stop()
        text = self.field.text()
        hits = self._matching_commands(fold(text).split()) if text[:1] not in ("#", "@") else []
        if self._finder is not None and text.strip():
            words = fold(text.lstrip("#@")).split()
            hits += [Hit(one, matched_places(one.title, words) or frozenset()) for one in self._finder(text)]
        self.rows.show_hits(hits[:MOST_ROWS], text)
        self.adjustSize()

    def run_current(self) -> None:
        """Run the marked row, unless it says why it cannot."""
        hit = self.rows.current
        if hit is None or hit.command.disabled_reason():
            return
        self._used = [hit.command.id, *(one for one in self._used if one != hit.command.id)][:MOST_ROWS]
        self.close_list()
        hit.command.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc; losing the focus closes."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_if_left)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self.show_matching()
            self.run_current()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.rows.move_by(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised ground with a strong hairline; nothing is dimmed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().colour("line_strong"))
        painter.setBrush(theme.current().colour("raised"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _matching_commands(self, words: Sequence[str]) -> list[Hit]:
        hits = []
        for command in self._actions.commands():
            places = matched_places(command.title, words)
            if places is not None:
                hits.append(Hit(command, places))
        if not words:
            hits.sort(
                key=lambda hit: self._used.index(hit.command.id) if hit.command.id in self._used else 99
            )
        return hits

    def _close_if_left(self) -> None:
        if self.isVisible() and not self.field.hasFocus():
            self.hide()
            self.closed.emit()


class _Head(QWidget):
    def __init__(self, field: QLineEdit) -> None:
        super().__init__()
        self.setFixedHeight(theme.current().metrics.grown(48))
        self._field = field
        field.setParent(self)
        field.setProperty("bare", True)

    def resizeEvent(self, event: object) -> None:
        self._field.setGeometry(38, 8, self.width() - 38 - 176, self.height() - 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        icons.draw(painter, "search", QRect(16, 0, 18, self.height()), "text2", 18)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text2"))
        area = self.rect().adjusted(0, 0, -16, 0)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "gõ không dấu cũng tìm thấy"
        )


class _Foot(Panel):
    def __init__(self) -> None:
        super().__init__("header", "t")
        self.setFixedHeight(theme.current().metrics.grown(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text2"))
        area = self.rect().adjusted(16, 0, -16, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, middle, "↑ ↓ chọn     Enter mở     Esc đóng")
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, "Bắt đầu bằng # mã sáng kiến · @ người")


class _Rows(QWidget):
    """The hits, grouped; painted because matched letters are coloured and bold."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._at = 0
        self._text = ""
        self.setMouseTracking(True)

    @property
    def current(self) -> Hit | None:
        """The marked row."""
        return self._hits[self._at] if self._hits else None

    def show_hits(self, hits: Sequence[Hit], text: str) -> None:
        order = {group: at for at, group in enumerate(dict.fromkeys(hit.command.group for hit in hits))}
        self._hits = sorted(hits, key=lambda hit: order[hit.command.group])
        self._at, self._text = 0, text
        self.setAccessibleDescription(self._spoken())
        self.setFixedHeight(self._layout()[-1][0].bottom() + 6 if self._hits else self._entry + 8)
        self.update()

    def move_by(self, step: int) -> None:
        if self._hits:
            self._at = max(0, min(self._at + step, len(self._hits) - 1))
            self.setAccessibleDescription(self._spoken())
            self.update()

    @property
    def _entry(self) -> int:
        return theme.current().metrics.entry

    def _spoken(self) -> str:
        return self.current.command.title if self.current else "Không thấy lệnh nào"

    def _layout(self) -> list[tuple[QRect, str]]:
        """Where each hit stands, and the name of the group that begins with it."""
        places = []
        top, group = 4, ""
        for hit in self._hits:
            name = "" if hit.command.group == group else hit.command.group
            if name:
                top += 26
            group = hit.command.group
            places.append((QRect(0, top, self.width(), self._entry), name))
            top += self._entry
        return places

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        for at, (area, _) in enumerate(self._layout()):
            if area.contains(event.position().toPoint()) and at != self._at:
                self._at = at
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        self.picked.emit()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        if not self._hits:
            painter.setPen(look.colour("text2"))
            nothing = f"Không thấy “{self._text}”. Thử ít chữ hơn, hoặc # mã, @ người."
            painter.drawText(self.rect().adjusted(16, 0, -16, 0), Qt.AlignmentFlag.AlignVCenter, nothing)
            return
        for at, (area, group) in enumerate(self._layout()):
            if group:
                painter.setFont(look.font("label"))
                painter.setPen(look.colour("text2"))
                painter.drawText(
                    area.adjusted(16, -27, 0, -self._entry), Qt.AlignmentFlag.AlignVCenter, group
                )
            if at == self._at:
                painter.fillRect(area, look.colour("sel"))
            self._paint_hit(painter, area, self._hits[at], is_current=at == self._at)

    def _paint_hit(self, painter: QPainter, area: QRect, hit: Hit, *, is_current: bool) -> None:
        look = theme.current()
        reason = hit.command.disabled_reason()
        ink = "accent_text" if is_current and not reason else "text2"
        if hit.command.icon:
            icons.draw(painter, hit.command.icon, QRect(16, area.top(), 18, area.height()), ink)
        left = 45
        left = self._paint_title(painter, QRect(left, area.top(), area.width() - 150, area.height()), hit)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text2"))
        rest = QRect(left + 12, area.top(), area.width() - left - 90, area.height())
        words = painter.fontMetrics().elidedText(
            reason or hit.command.hint(), Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(look.font("key"))
        keys = area.adjusted(0, 0, -16, 0)
        painter.drawText(keys, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hit.command.key)

    def _paint_title(self, painter: QPainter, area: QRect, hit: Hit) -> int:
        look = theme.current()
        plain, bold = look.font("body"), look.font("strong")
        left = area.left()
        for start, stop, matched in _runs(hit.command.title, hit.matched):
            font = bold if matched else plain
            painter.setFont(font)
            ink = "accent_text" if matched else "text3" if hit.command.disabled_reason() else "text"
            painter.setPen(look.colour(ink))
            part = hit.command.title[start:stop]
            painter.drawText(
                QRect(left, area.top(), area.width(), area.height()), Qt.AlignmentFlag.AlignVCenter, part
            )
            left += QFontMetrics(font).horizontalAdvance(part)
        return left


def _runs(title: str, matched: frozenset[int]) -> list[tuple[int, int, bool]]:
    runs: list[tuple[int, int, bool]] = []
    for at in range(len(title)):
        is_matched = at in matched
        if runs and runs[-1][2] == is_matched:
            runs[-1] = (runs[-1][0], at + 1, is_matched)
        else:
            runs.append((at, at + 1, is_matched))
    return runs
