"""Which controls a screen reader could not name."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def nameless(root: QWidget) -> list[str]:
    """Class and object name of every visible control below `root` without an accessible name."""
    QAccessible.setActive(True)
    found = []
    for widget in root.findChildren(QWidget):
        is_inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QAbstractItemView)
        if isinstance(widget, CONTROLS) and widget.isVisibleTo(root) and not is_inner:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found
