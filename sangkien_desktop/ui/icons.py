"""Tabler outline icons, tinted and cached by name, size, colour and device ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sangkien_desktop.paths import resource
from sangkien_desktop.ui import theme

IN_CELL = 15
IN_BUTTON = 16
IN_SIDE_BAR = 18
IN_EMPTY_STATE = 24


def pixmap(name: str, size: int, role: str, ratio: float) -> QPixmap:
    """The icon `name` of `size` logical pixels in the colour of `role`, made for a screen of `ratio`."""
    return _painted(name, size, theme.current().tokens.colour(role), round(ratio * 1000))


def draw(painter: QPainter, name: str, rect: QRect, role: str, size: int = IN_BUTTON) -> None:
    """Paint the icon `name` into the middle of `rect`."""
    device = painter.device()
    image = pixmap(name, size, role, device.devicePixelRatio())
    left = rect.x() + (rect.width() - size) / 2
    top = rect.y() + (rect.height() - size) / 2
    painter.drawPixmap(QPointF(round(left), round(top)), image)


def icon(name: str, role: str = "text2", size: int = IN_BUTTON) -> QIcon:
    """A QIcon for stock widgets and menus, with pixmaps for the usual scalings."""
    made = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
        made.addPixmap(pixmap(name, size, role, ratio))
    return made


@lru_cache(maxsize=512)
def _painted(name: str, size: int, colour: str, ratio_permille: int) -> QPixmap:
    ratio = ratio_permille / 1000
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, size >= IN_SIDE_BAR).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _renderer(name: str, colour: str, thin: bool) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    tinted = source.replace("currentColor", QColor(colour).name())
    if thin:
        tinted = tinted.replace('stroke-width="2"', 'stroke-width="1.75"')
    renderer = QSvgRenderer(QByteArray(tinted.encode()))
    if not renderer.isValid():
        raise ValueError(f"{name}.svg is no picture")
    return renderer
