"""One row of a settings card: a name, one line of what follows from it, the control at the right."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.settings import Choice as SettingChoice
from sangkien_desktop.settings import Kind, Setting
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card, Rule


class Row(QWidget):
    """54 high; grows when the line below the name wraps."""

    def __init__(self, name: str, consequence: str, *controls: QWidget) -> None:
        """Controls stand at the right, in order; the first is named after the row."""
        super().__init__()
        self.name = label(name)
        self.consequence = label(consequence, "caption", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.consequence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(16)
        row.addLayout(words, 1)
        for control in controls:
            row.addWidget(control)
        self.setMinimumHeight(theme.current().metrics.grown(54))

    def say(self, consequence: str, tone: str = "") -> None:
        """Another line below the name."""
        self.consequence.setText(consequence)
        theme.set_state(self.consequence, tone=tone)


class RowCard(Card):
    """Rows with hairlines between."""

    def __init__(self, title: str = "", note: str = "") -> None:
        """Add rows from top to bottom."""
        super().__init__(title, note, padding=0)
        self.head.setContentsMargins(16, 10, 14, 6)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._has_rows = False

    def add(self, widget: QWidget) -> None:
        """One more row."""
        if self._has_rows:
            self.body.addWidget(_Inset())
        self._has_rows = True
        self.body.addWidget(widget)


class _Inset(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(Rule())


class SettingRow(Row):
    """A declared setting with the control of its kind; what a person chose is told at once."""

    changed = Signal(str, object)
    """The setting's key and the new value, not yet checked."""

    def __init__(
        self, setting: Setting, choices: list[Choice] | None, choose_folder: Callable[[], str]
    ) -> None:
        """`choices` where the list is not in the declaration, such as known programmes."""
        self.setting = setting
        self._controls: list[QWidget] = []
        self._put: Callable[[object], None] = lambda _value: None
        self._choose_folder = choose_folder
        self._choices = choices or [Choice(one.label, one) for one in setting.choices]
        self._make()
        super().__init__(setting.label, setting.consequence, *self._controls)

    def show_value(self, value: object) -> None:
        """The value that holds, which is no edit of a person."""
        self._put(value)

    def _make(self) -> None:
        kind = self.setting.kind
        if self._choices:
            self._make_choice()
        elif kind is Kind.SWITCH:
            self._make_switch()
        elif kind is Kind.NUMBER:
            self._make_number()
        else:
            self._make_text()
        self._controls[0].setAccessibleName(self.setting.label)
        self._controls[0].setAccessibleDescription(self.setting.consequence)
        self._controls[0].setObjectName(self.setting.key)

    def _tell(self, value: object) -> None:
        self.changed.emit(self.setting.key, value)

    def _make_switch(self) -> None:
        box = CheckBox()
        box.clicked.connect(lambda is_on: self._tell(bool(is_on)))
        self._controls = [box]
        self._put = lambda value: box.setChecked(bool(value))

    def _make_choice(self) -> None:
        combo = ComboBox(self._choices)
        combo.setFixedWidth(theme.current().metrics.grown(240))
        combo.chosen.connect(self._tell)
        self._controls = [combo]
        self._put = combo.choose

    def _make_number(self) -> None:
        field = LineField()
        field.setFixedWidth(theme.current().metrics.grown(170))
        field.committed.connect(lambda text: self._tell(_whole(text)))
        self._controls = [field, label(self.setting.limits.unit if self.setting.limits else "", tone="text2")]
        self._put = lambda value: field.show_value(f"{int(str(value)):,}".replace(",", "."))

    def _make_text(self) -> None:
        is_list = self.setting.kind is Kind.LIST
        field = LineField()
        field.setFixedWidth(theme.current().metrics.grown(260))
        field.committed.connect(lambda text: self._tell(_listed(text) if is_list else text))
        self._controls = [field]
        if self.setting.kind is Kind.FOLDER:
            change = Button("Đổi…", name=f"{self.setting.key}-change")
            change.setAccessibleName(f"Đổi {self.setting.label}")
            change.clicked.connect(self._on_change)
            self._controls.append(change)
        self._put = lambda value: field.show_value(
            "; ".join(value) if isinstance(value, tuple) else str(value)
        )

    def _on_change(self) -> None:
        chosen = self._choose_folder()
        if chosen:
            self._tell(chosen)


def _whole(text: str) -> object:
    digits = text.replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() else text


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(",", ";").split(";") if part.strip())


def plain(value: object) -> str:
    """A value for the strip: what a person would call it."""
    if isinstance(value, SettingChoice):
        return value.label
    if isinstance(value, bool):
        return "bật" if value else "tắt"
    return "; ".join(value) if isinstance(value, tuple) else str(value)
