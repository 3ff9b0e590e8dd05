"""Cài đặt: how this machine is set; a change holds at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.errors import AppError
from sangkien_desktop.settings import BY_KEY, Settings
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.messages import MessageAction
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.preferences.account_section import AccountSection
from sangkien_desktop.ui.screens.preferences.backup_section import BackupSection
from sangkien_desktop.ui.screens.preferences.categories import CATEGORIES, CategoryList
from sangkien_desktop.ui.screens.preferences.key_section import KeySection
from sangkien_desktop.ui.screens.preferences.plain_sections import (
    DisplaySection,
    NetworkSection,
    PrivacySection,
    ProgrammeSection,
    StationSection,
    SupportSection,
)
from sangkien_desktop.ui.screens.preferences.rows import plain
from sangkien_desktop.ui.screens.preferences.section import Section
from sangkien_desktop.ui.widgets.fields import SearchField
from sangkien_desktop.ui.widgets.panels import Panel

SIDE, SIDE_NARROW, SIDE_WIDE = 228, 180, 260


class PreferencesPage(Page):
    """Categories at the left with a search over all; the chosen one at the right."""

    def __init__(self, context: UiContext) -> None:
        """Every category is made; what it tells from the database is read when it is shown."""
        super().__init__(context)
        self.search = SearchField("Tìm cài đặt", key="", icon="search", name="search-settings")
        self.list = CategoryList()
        self.sections: dict[str, Section] = {
            "station": StationSection(context),
            "accounts": AccountSection(context),
            "programme": ProgrammeSection(context),
            "display": DisplaySection(context),
            "network": NetworkSection(context),
            "keys": KeySection(context),
            "backup": BackupSection(context),
            "privacy": PrivacySection(context),
            "support": SupportSection(context),
        }
        self._stack = QStackedWidget()
        for key in CATEGORIES:
            self._stack.addWidget(_scrolled(self.sections[key]))
        self._lay_out()
        self._connect()
        self.open_category("station")

    def categories(self) -> Sequence[str]:
        """The categories in their order."""
        return tuple(CATEGORIES)

    def open_category(self, key: str) -> None:
        """Show a category."""
        self.list.show_key(key)
        self._stack.setCurrentIndex(list(CATEGORIES).index(key))
        self._show_section(self.sections[key])

    def open_with(self, intent: Intent) -> None:
        """The topic names a category; a query searches."""
        if intent.topic in self.sections:
            self.open_category(intent.topic)
        if intent.query:
            self.search.search_now(intent.query)

    def refresh(self, changes: Changes) -> None:
        """The category that is shown reads again what it tells."""
        self._show_section(self.current)

    @property
    def current(self) -> Section:
        """The category that is shown."""
        return self.sections[list(CATEGORIES)[self._stack.currentIndex()]]

    def panes(self) -> Sequence[QWidget]:
        """The categories, the category."""
        return (self.list, self._stack)

    def set_narrow(self, is_narrow: bool) -> None:
        """A slim list of categories."""
        self._side.setFixedWidth(SIDE_NARROW if is_narrow else SIDE)

    def set_wide(self, is_wide: bool) -> None:
        """A wider list of categories."""
        self._side.setFixedWidth(SIDE_WIDE if is_wide else SIDE)

    def commands(self) -> Sequence[Command]:
        """Each category, and the search."""
        opened = [
            Command(f"preferences.{key}", f"Cài đặt: {title}", self._opener(key), "", icon, "Cài đặt")
            for key, (title, icon) in CATEGORIES.items()
        ]
        return (
            Command("preferences.search", "Tìm cài đặt", self.search.setFocus, "Ctrl+F", "search"),
            *opened,
        )

    def on_setting(self, key: str, value: object) -> None:
        """A person chose another value: it holds at once and can be taken back."""
        before = getattr(self.context.settings, key)
        if not self._put(key, value):
            return
        after = getattr(self.context.settings, key)
        if after != before:
            undo = MessageAction("Hoàn tác", lambda: self._take_back(key, before), icon="arrow-back-up")
            self.context.messages.done(f"{BY_KEY[key].label}: {plain(after) or 'để trống'}.", undo)

    def on_searched(self, text: str) -> None:
        """Only categories that hold the words, and in them only those rows."""
        found = [
            key for key, section in self.sections.items() if section.show_matching(text) or not text.strip()
        ]
        self.list.show_only(found)
        if found and list(CATEGORIES)[self._stack.currentIndex()] not in found:
            self.open_category(found[0])

    def _take_back(self, key: str, value: object) -> None:
        if self._put(key, value):
            self.context.messages.done(f"Đã trả “{BY_KEY[key].label}” về như cũ.")

    def _put(self, key: str, value: object) -> bool:
        try:
            settings: Settings = self.context.services.change_setting(key, value)
        except AppError as error:
            self.context.failures.present(error, topic="setting")
            self.current.show_settings(self.context.settings)
            return False
        self.context.messages.withdraw("setting")
        self.context.settings = settings
        self.context.changes.publish(Changes(settings=True))
        return True

    def _show_section(self, section: Section) -> None:
        section.show_settings(self.context.settings)
        section.load()

    def _opener(self, key: str):  # type: ignore[no-untyped-def]
        return lambda: self.open_category(key)

    def _lay_out(self) -> None:
        self._side = Panel("surface", "r")
        self._side.setFixedWidth(SIDE)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(8)
        search = QHBoxLayout()
        search.setContentsMargins(12, 0, 12, 0)
        search.addWidget(self.search)
        column.addLayout(search)
        column.addWidget(self.list, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._stack, 1)
        self.set_parts(body)

    def _connect(self) -> None:
        self.search.searched.connect(self.on_searched)
        self.search.moved_down.connect(self.list.setFocus)
        self.list.opened.connect(self.open_category)
        for section in self.sections.values():
            section.setting_changed.connect(self.on_setting)


def _scrolled(section: Section) -> QScrollArea:
    ground = Panel("window")
    row = QHBoxLayout(ground)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(section, 1)
    row.addStretch(0)
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(ground)
    return scroll
