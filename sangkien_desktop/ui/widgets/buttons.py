"""Buttons with icon, words and key; check boxes and radio buttons painted alike everywhere."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from sangkien_desktop.ui import icons, theme

Kind = Literal["primary", "secondary", "small", "chosen", "link", "quiet"]

_ARROWS = ("chevron-right", "chevron-left")


class Button(QPushButton):
    """A push button that shows its key; the words are a verb with its object.

    Kinds: `primary` (one per screen), `secondary`, `small` (26 high), `chosen` (the picked one of a few),
    `link` (coloured words only, with an arrow when `icon` is `chevron-right`), `quiet` (icon only).
    """

    def __init__(
        self, text: str = "", *, icon: str = "", key: str = "", kind: Kind = "secondary", name: str = ""
    ) -> None:
        """`key` is shown, not bound: bind it by the command of the same act."""
        super().__init__(text)
        self._icon, self._key, self._kind = icon, key, kind
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if key and text:
            self.setToolTip(f"{text} ({key})")
        self._on_theme()
        theme.current().changed.connect(self._on_theme)

    def set_kind(self, kind: Kind) -> None:
        """Another appearance."""
        self._kind = kind
        theme.set_state(self, kind=kind)
        self._on_theme()

    def set_icon_name(self, icon: str) -> None:
        """Another icon, by its file name without ending."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_key_shown(self, key: str) -> None:
        """Another key hint; empty in narrow windows."""
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Padding 13 (small 11), icon 16, gaps 7."""
        self.ensurePolished()
        height = theme.current().metrics.small if self._is_small else theme.current().metrics.field
        if self._kind == "quiet" and not self.text():
            return QSize(height, height)
        parts = self._parts()
        width = sum(part for _, part in parts) + self._gap * (len(parts) - 1)
        return QSize(width + 2 * self._padding, height)

    def minimumSizeHint(self) -> QSize:
        """As wide as the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground by the style sheet, then the content in the middle."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        parts = self._parts()
        used = sum(width for _, width in parts) + self._gap * (len(parts) - 1)
        left = (self.width() - used) // 2
        for part, width in parts:
            self._draw_part(painter, part, QRect(left, 0, width, self.height()))
            left += width + self._gap

    @property
    def _is_small(self) -> bool:
        return self._kind in ("small", "chosen", "link")

    @property
    def _gap(self) -> int:
        return 2 if self._icon in _ARROWS else 7

    @property
    def _padding(self) -> int:
        return {"link": 4, "quiet": 7, "small": 10, "chosen": 10}.get(self._kind, 13)

    def _parts(self) -> list[tuple[str, int]]:
        look = theme.current()
        parts: list[tuple[str, int]] = []
        trailing = self._icon == "chevron-right"
        if self._icon and not trailing:
            parts.append(("icon", icons.IN_BUTTON))
        if self.text():
            parts.append(("text", _advance(look.font(self._font_role), self.text())))
        if self._key:
            parts.append(("key", _advance(look.font("key"), self._key)))
        if trailing:
            parts.append(("icon", icons.IN_BUTTON))
        return parts

    @property
    def _font_role(self) -> theme.FontRole:
        return "strong" if self._kind in ("primary", "chosen") or self._is_strong_link else "body"

    @property
    def _is_strong_link(self) -> bool:
        return self._kind == "link" and self._icon in (*_ARROWS, "")

    def _ink(self, part: str) -> str:
        if not self.isEnabled():
            return "text3"
        if self._kind == "primary":
            return "on_accent"
        if self._kind in ("link", "chosen"):
            return "accent_text"
        if part == "key":
            return "text3"
        return "text2" if self._kind == "quiet" else "text"

    def _draw_part(self, painter: QPainter, part: str, area: QRect) -> None:
        look = theme.current()
        if part == "icon":
            icons.draw(painter, self._icon, area, self._ink(part))
            return
        painter.setFont(look.font("key" if part == "key" else self._font_role))
        painter.setPen(look.colour(self._ink(part)))
        text = self._key if part == "key" else self.text()
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _on_theme(self) -> None:
        self.setFont(theme.current().font(self._font_role))
        self.updateGeometry()


class CheckBox(QCheckBox):
    """A check box of 16 pixels, filled with the accent when ticked."""

    def __init__(self, text: str = "", *, checked: bool = False, name: str = "") -> None:
        """`text` stands at the right."""
        super().__init__(text)
        self.setChecked(checked)
        self.setObjectName(name)

    def sizeHint(self) -> QSize:
        """Box, 8 pixels, words."""
        room = self.fontMetrics()
        words = 9 + room.horizontalAdvance(self.text()) if self.text() else 0
        return QSize(18 + words, max(room.height() + 4, 22))

    def hitButton(self, at: QPoint) -> bool:
        """The words belong to the box."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box and words."""
        painter = QPainter(self)
        box = QRect(1, (self.height() - 16) // 2, 16, 16)
        draw_check(painter, box, self.checkState(), focused=self.hasFocus(), enabled=self.isEnabled())
        if self.text():
            painter.setPen(theme.current().colour("text" if self.isEnabled() else "text3"))
            painter.drawText(
                self.rect().adjusted(26, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self.text(),
            )


class RadioButton(QRadioButton):
    """A radio button of 16 pixels in the accent colour."""

    def __init__(self, text: str = "", *, checked: bool = False, name: str = "") -> None:
        """`text` stands at the right."""
        super().__init__(text)
        self.setChecked(checked)
        self.setObjectName(name)

    def sizeHint(self) -> QSize:
        """Ring, 8 pixels, words."""
        room = self.fontMetrics()
        words = 9 + room.horizontalAdvance(self.text()) if self.text() else 0
        return QSize(18 + words, max(room.height() + 4, 22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, dot and words."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(1.5, (self.height() - 15) / 2, 15, 15)
        if self.isChecked():
            painter.setPen(QPen(look.colour("accent"), 5))
            painter.setBrush(look.colour("on_accent"))
            painter.drawEllipse(ring.adjusted(2, 2, -2, -2))
        else:
            painter.setPen(QPen(look.colour("line_strong"), 1))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(ring)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.setPen(look.colour("text" if self.isEnabled() else "text3"))
        painter.drawText(
            self.rect().adjusted(26, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )


def draw_check(
    painter: QPainter, box: QRect, state: Qt.CheckState, *, focused: bool = False, enabled: bool = True
) -> None:
    """Paint a check box into the 16 × 16 `box`; also used by cells."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = state is not Qt.CheckState.Unchecked and enabled
    border = "focus" if focused else "accent" if filled else "line_strong"
    painter.setPen(QPen(look.colour(border), 2 if focused else 1))
    painter.setBrush(look.colour("accent" if filled else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if state is not Qt.CheckState.Unchecked:
        name = "check" if state is Qt.CheckState.Checked else "minus"
        icons.draw(painter, name, box, "on_accent" if enabled else "text3", 12)
    painter.restore()


def _advance(font: QFont, text: str) -> int:
    return QFontMetrics(font).horizontalAdvance(text) + 1
