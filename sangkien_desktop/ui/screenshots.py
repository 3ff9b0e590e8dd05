"""Pictures of widgets, painted without a screen: for the guide, the demonstration and the eye."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

MOST_BYTES = 200_000


@dataclass(frozen=True)
class Shot:
    """One picture: `size` in logical pixels, `scale` as of a screen set to 150 %."""

    name: str
    widget: QWidget
    size: QSize
    scale: float = 1.0


def paint(widget: QWidget, size: QSize, scale: float = 1.0) -> QImage:
    """The widget as it would stand on a screen of `scale`, `size` logical pixels large."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(size)
    widget.show()
    QCoreApplication.sendPostedEvents()  # layouts wait for these
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return image


def save(image: QImage, path: Path) -> None:
    """Write a PNG of at most 200 kB: with fewer colours when it would be larger. Raises OSError."""
    from PIL import Image  # heavy, and wanted only where pictures are taken

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    picture = Image.frombytes(
        "RGB",
        (plain.width(), plain.height()),
        bytes(plain.constBits()),
        "raw",
        "RGB",
        plain.bytesPerLine(),
    )
    picture.save(path, optimize=True)
    colours = 256
    while path.stat().st_size > MOST_BYTES and colours >= 32:
        picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
        colours //= 2


def take(shots: Iterable[Shot], folder: Path) -> tuple[Path, ...]:
    """Paint and write all; returns the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for shot in shots:
        path = folder / f"{shot.name}.png"
        save(paint(shot.widget, shot.size, shot.scale), path)
        written.append(path)
    return tuple(written)
