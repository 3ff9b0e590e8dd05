"""One category of the settings: a title, one sentence, cards of rows at most 860 wide."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sangkien_desktop.settings import SETTINGS, Group, Kind, Setting, Settings
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.preferences.checklist_row import ChecklistRow
from sangkien_desktop.ui.screens.preferences.rows import Row, RowCard, SettingRow
from sangkien_desktop.ui.widgets.combo import Choice
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.vietnamese.folding import fold

WIDEST = 860
Asked = SettingRow | ChecklistRow


class Section(QWidget):
    """Base of the categories; `setting_changed` carries what a person chose."""

    setting_changed = Signal(str, object)

    def __init__(self, context: UiContext, title: str, explanation: str) -> None:
        """Categories add cards."""
        super().__init__()
        self.context = context
        self._rows: list[Row] = []
        self._settings: list[Asked] = []
        self._cards: list[tuple[QWidget, list[Row]]] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 14, 20, 20)
        self.column.setSpacing(11)
        self.column.addWidget(label(title, "title"))
        if explanation:
            self.column.addWidget(label(explanation, tone="text2", wraps=True))
        self.setMaximumWidth(WIDEST)

    def add_card(self, card: QWidget, rows: Sequence[Row] = ()) -> None:
        """A card, with the rows that a search may find in it."""
        self._rows.extend(rows)
        self._cards.append((card, list(rows)))
        self.column.addWidget(card)

    def add_settings(
        self, group: Group, *, choices: dict[str, list[Choice]] | None = None, first: Sequence[Row] = ()
    ) -> RowCard:
        """A card with the declared settings of a group, after own rows."""
        card = RowCard()
        rows: list[Row] = list(first)
        for setting in SETTINGS:
            if setting.group is group:
                rows.append(self._asked(setting, choices or {}))
        for row in rows:
            card.add(row)
        self.add_card(card, rows)
        return card

    def end(self) -> None:
        """No more cards."""
        self.column.addStretch(1)

    def show_settings(self, settings: Settings) -> None:
        """The values that hold."""
        for row in self._settings:
            row.show_value(getattr(settings, row.setting.key))

    def load(self) -> None:
        """Shown, or something changed: read what the cards tell."""

    def show_matching(self, text: str) -> int:
        """Show only rows that hold the words; how many there are. Without words everything is shown."""
        wanted = fold(text).split()
        found = 0
        for card, rows in self._cards:
            shown = 0
            for row in rows:
                words = fold(f"{row.name.text()} {row.consequence.text()}")
                is_shown = all(word in words for word in wanted)
                row.setVisible(is_shown)
                shown += is_shown
            card.setVisible(shown > 0 or not wanted)
            found += shown
        return found

    def _asked(self, setting: Setting, choices: dict[str, list[Choice]]) -> Asked:
        if setting.kind is Kind.LIST:
            row: Asked = ChecklistRow(setting)
        else:
            row = SettingRow(setting, choices.get(setting.key), self._folder_chooser(setting))
        row.changed.connect(self.setting_changed)
        self._settings.append(row)
        return row

    def _folder_chooser(self, setting: Setting) -> Callable[[], str]:
        def choose() -> str:
            found = self.context.dialogs.choose_folder(setting.label, purpose=setting.key)
            return str(found) if found else ""

        return choose
