"""What stands in a cell: words, names, numbers, badges, ticks, bars."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.widgets.buttons import draw_check
from sangkien_desktop.ui.widgets.percent_bar import draw_bar
from sangkien_desktop.vietnamese.collation import shorten_name

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_END = Qt.TextElideMode.ElideRight
_CACHED_TEXTS = 4000


class Ink:
    """A colour with the fonts and cut texts prepared for one theme."""

    def __init__(self, look: theme.Theme, tone: str) -> None:
        """`tone` is a colour role."""
        self.tone = tone
        self.colour: QColor = look.colour(tone)
        self.body, self.strong = look.font("body"), look.font("strong")
        self.body_room, self.strong_room = QFontMetrics(self.body), QFontMetrics(self.strong)
        self.link: QColor = look.colour("accent_text")
        self._cut: dict[tuple[str, int], str] = {}

    def cut(self, text: str, width: int) -> str:
        """`text` cut at its end to fit; remembered."""
        return self._remembered(text, width, lambda: self.body_room.elidedText(text, _END, width))

    def shortened(self, name: str, width: int) -> str:
        """A name whose middle words become initials until it fits; the given name is never cut."""
        return self._remembered(
            name,
            -width,
            lambda: shorten_name(name, lambda said: self.body_room.horizontalAdvance(said) <= width),
        )

    def _remembered(self, text: str, width: int, make: Callable[[], str]) -> str:
        known = self._cut.get((text, width))
        if known is None:
            if len(self._cut) >= _CACHED_TEXTS:
                self._cut.clear()
            known = self._cut[text, width] = make()
        return known


Contents = Callable[[QPainter, QRect, Any, Ink], None]


def contents_of(kind: str) -> Contents:
    """The painter of a column kind. Raises KeyError for a kind that is none."""
    return _KINDS[kind]


def _text(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value:
        painter.setFont(ink.body)
        painter.setPen(ink.colour)
        first_line = str(value).partition("\n")[0]
        painter.drawText(area, _LEFT, ink.cut(first_line, area.width()))


def _strong(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value:
        painter.setFont(ink.strong)
        painter.setPen(ink.colour)
        painter.drawText(area, _LEFT, ink.strong_room.elidedText(str(value), _END, area.width()))


def _name(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value:
        painter.setFont(ink.body)
        painter.setPen(ink.colour)
        painter.drawText(area, _LEFT, ink.shortened(str(value), area.width()))


def _number(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value not in (None, ""):
        painter.setFont(ink.body)
        painter.setPen(ink.colour)
        painter.drawText(area, _RIGHT, ink.cut(str(value), area.width()))


def _strong_number(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value not in (None, ""):
        painter.setFont(ink.strong)
        painter.setPen(ink.colour)
        painter.drawText(area, _RIGHT, str(value))


def _badge(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if isinstance(value, tuple):
        icon, word, role = value
        colour = theme.current().colour(role)
        image = icons.pixmap(icon, icons.IN_CELL, role, painter.device().devicePixelRatio())
        top = area.top() + (area.height() - icons.IN_CELL) // 2
        painter.drawPixmap(QPointF(area.left(), top), image)
        painter.setFont(ink.body)
        painter.setPen(colour)
        words = area.adjusted(icons.IN_CELL + 6, 0, 0, 0)
        painter.drawText(words, _LEFT, ink.cut(word, words.width()))


def _link(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value:
        painter.setFont(ink.strong)
        painter.setPen(ink.link)
        painter.drawText(area, _LEFT, ink.strong_room.elidedText(str(value), _END, area.width()))


def _check(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    box = QRect(area.left(), area.top() + (area.height() - 16) // 2, 16, 16)
    state = Qt.CheckState.Checked if value == "1" else Qt.CheckState.Unchecked
    draw_check(painter, box, state, enabled=value != "-")


def _bar(painter: QPainter, area: QRect, value: Any, ink: Ink) -> None:
    if value not in (None, ""):
        bar = QRect(area.left(), area.top() + (area.height() - 14) // 2, min(area.width(), 116), 14)
        draw_bar(painter, bar, float(value))


_KINDS: dict[str, Contents] = {
    "text": _text,
    "strong": _strong,
    "name": _name,
    "number": _number,
    "strong_number": _strong_number,
    "badge": _badge,
    "link": _link,
    "check": _check,
    "bar": _bar,
}
