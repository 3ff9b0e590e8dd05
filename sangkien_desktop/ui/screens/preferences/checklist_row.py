"""A setting that names several fields of the record: a button with a menu of ticks."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.settings import Setting
from sangkien_desktop.ui.screens.preferences.rows import Row
from sangkien_desktop.ui.widgets.buttons import Button

CARRIED = ("programme", "group", "solution_type", "category", "first_applied_on", "recognition_level")
_NAMES = {"programme": "Chương trình"}


class ChecklistRow(Row):
    """Ticks say which fields the next record begins with."""

    changed = Signal(str, object)

    def __init__(self, setting: Setting) -> None:
        """The fields that make sense to carry over."""
        self.setting = setting
        self.button = Button("", icon="list-details", name=setting.key)
        self.menu = QMenu(self.button)
        self._ticks: dict[str, QAction] = {}
        for field in CARRIED:
            name = _NAMES.get(field) or FIELD[field].heading
            action = self.menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(self._on_tick)
            self._ticks[field] = action
        self.button.clicked.connect(self._open)
        super().__init__(setting.label, setting.consequence, self.button)
        self.button.setAccessibleDescription(setting.label)

    def show_value(self, value: object) -> None:
        """The fields that are carried over now."""
        chosen = value if isinstance(value, tuple) else ()
        for field, action in self._ticks.items():
            action.setChecked(field in chosen)
        self.button.setText(f"{len(chosen)} ô")

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _on_tick(self) -> None:
        chosen = tuple(field for field, action in self._ticks.items() if action.isChecked())
        self.changed.emit(self.setting.key, chosen)
