"""The frame: side bar, header, message strip, pages and status strip."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import NO_INTENT, Intent, Screen
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.widgets.command_list import CommandList
from sangkien_desktop.ui.widgets.header import Header
from sangkien_desktop.ui.widgets.shortcut_sheet import ShortcutSheet
from sangkien_desktop.ui.widgets.side_bar import SideBar
from sangkien_desktop.ui.widgets.status_strip import StatusStrip
from sangkien_desktop.ui.widgets.strips import MessageStrip, ProgressStrip

SMALLEST = (880, 430)
NARROW_BELOW = 1200
WIDE_FROM = 1600
LOW_BELOW = 480


class MainWindow(QMainWindow):
    """Opens pages when they are first wanted and keeps them; arranges itself by its own logical size."""

    def __init__(
        self,
        context: UiContext,
        groups: Sequence[Sequence[Screen]],
        memory: QSettings | None = None,
        *,
        commands: Sequence[Command] = (),
    ) -> None:
        """`groups` from `navigation.load_screens()`; `memory` keeps the geometry; `commands` hold on every screen."""
        super().__init__()
        self.context = context
        self._screens = {screen.key: screen for group in groups for screen in group}
        self._pages: dict[str, Page] = {}
        self._memory = memory
        self._narrow = self._wide = self._low = False
        self.side_bar = SideBar(groups)
        self.header = Header()
        self.strip = MessageStrip(context.messages)
        self.progress = ProgressStrip(context.jobs)
        self.status = StatusStrip()
        self._stack = QStackedWidget()
        self._lay_out()
        self.commands = CommandList(self, context.actions)
        self.shortcuts = ShortcutSheet(self, context.actions)
        context.dialogs.attach(self)
        context.actions.set_frame_commands(self, [*self._frame_commands(), *commands])
        self._connect()
        self.setWindowTitle("Sáng kiến")
        self.setMinimumSize(*SMALLEST)
        self._restore_geometry()

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    @property
    def current_key(self) -> str:
        """The key of the screen that is open."""
        return next((key for key, page in self._pages.items() if page is self.page), "")

    def open(self, key: str, intent: Intent = NO_INTENT) -> None:
        """Open a screen, making its page on the first time. An unknown key is our bug: KeyError."""
        screen = self._screens[key]
        before = self.page
        if key not in self._pages:
            page = screen.factory(self.context)
            page.heading_changed.connect(self._on_heading)
            page.hint_changed.connect(self._on_hint)
            self._pages[key] = page
            self._stack.addWidget(page)
        page = self._pages[key]
        if page is not before:
            self._leave(before)
            self._stack.setCurrentWidget(page)
            self.header.set_heading(screen.title, "")
            self.status.set_hint("")
            self._enter(page)
        self.side_bar.show_current(key)
        page.open_with(intent)

    def set_programmes_shown(self, shown: bool) -> None:
        """Hide the programme chooser while there is no programme."""
        self.header.programme.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cross the breakpoints of width and height."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on Alt+digit is read at the window, before any field."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+digit by virtual key: on the Vietnamese layout the digit keys give letters."""
        if isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt:
                self.side_bar.show_digits(event.type() == QEvent.Type.KeyPress)
            elif (
                event.type() == QEvent.Type.KeyPress and event.modifiers() == Qt.KeyboardModifier.AltModifier
            ):
                return self._open_by_digit(digit_of(event))
        elif event.type() == QEvent.Type.FocusOut:
            self.side_bar.show_digits(False)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pages may object; then the geometry is kept."""
        if not self.settle():
            event.ignore()
            return
        if self._memory is not None:
            self._memory.setValue("geometry", self.saveGeometry())
        super().closeEvent(event)

    def settle(self) -> bool:
        """Have every page put away what is half typed; False when one of them cannot be left now."""
        return all(page.may_close() for page in self._pages.values())

    def go_to_next_pane(self, step: int = 1) -> None:
        """F6: the side bar, then the panes of the page."""
        panes: list[QWidget] = [self.side_bar.list, *(self.page.panes() if self.page else ())]
        panes = [pane for pane in panes if pane.isVisibleTo(self)]
        focus = self.focusWidget()
        at = next(
            (number for number, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)),
            0 if step > 0 else 1,
        )
        target = panes[(at + step) % len(panes)]
        (target.focusProxy() or target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        for widget in (self.header, self.strip, self.progress):
            right.addWidget(widget)
        right.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.addWidget(self.side_bar)
        upper.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.addLayout(upper, 1)
        column.addWidget(self.status)
        for layout in (right, upper, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.side_bar.chosen.connect(self.open)
        self.header.commands_wanted.connect(self.commands.open)
        self.progress.said.connect(self._on_hint)
        self.status.command_wanted.connect(self.context.actions.run)
        self.context.navigate.requested.connect(self.open)
        self.context.changes.changed.connect(self._on_changes)

    def _frame_commands(self) -> list[Command]:
        commands = [
            Command("commands", "Danh sách lệnh", self.commands.open, "Ctrl+K", "search"),
            Command("shortcuts", "Bảng phím tắt", self.shortcuts.open, "F1", "keyboard"),
            Command("pane.next", "Sang khung kế tiếp", self.go_to_next_pane, "F6"),
            Command("pane.previous", "Về khung trước", lambda: self.go_to_next_pane(-1), "Shift+F6"),
        ]
        for at, screen in enumerate(self._screens.values()):
            key = f"Alt+{(at + 1) % 10}" if at < 10 else ""
            commands.append(
                Command(
                    f"open.{screen.key}",
                    f"Mở {screen.title}",
                    lambda key=screen.key: self.open(key),  # type: ignore[misc]
                    key,
                    screen.icon,
                    "Màn hình",
                )
            )
        return commands

    def _leave(self, page: Page | None) -> None:
        if page is not None and self._low:
            page.take_back_tool_row()
            page.take_back_foot()
            self.header.give_back()
            self.status.give_back()

    def _enter(self, page: Page) -> None:
        page.set_narrow(self._narrow)
        page.set_wide(self._wide)
        if self._low:
            self._lend(page)
        self.context.actions.set_page_commands(page, page.commands())

    def _lend(self, page: Page) -> None:
        tool_row, foot = page.lend_tool_row(), page.lend_foot()
        if tool_row is not None:
            self.header.borrow(tool_row)
        if foot is not None:
            self.status.borrow(foot)

    def _arrange(self) -> None:
        narrow, wide = self.width() < NARROW_BELOW, self.width() >= WIDE_FROM
        low = self.height() < LOW_BELOW
        self.side_bar.set_rail(narrow)
        self.header.set_narrow(narrow)
        self.status.set_narrow(narrow)
        page = self.page
        if page is not None and narrow != self._narrow:
            page.set_narrow(narrow)
        if page is not None and wide != self._wide:
            page.set_wide(wide)
        if page is not None and low and not self._low:
            self._lend(page)
        elif not low:
            self._leave(page)
        self._narrow, self._wide, self._low = narrow, wide, low

    def _open_by_digit(self, digit: int | None) -> bool:
        keys = list(self._screens)
        place = (digit - 1) % 10 if digit is not None else -1
        if not 0 <= place < len(keys):
            return False
        self.open(keys[place])
        self._focus_page()
        return True

    def _focus_page(self) -> None:
        """Hands go on where the eyes are: into the first pane of the page."""
        page = self.page
        if page is None or page.isAncestorOf(self.focusWidget()):
            return
        pane = next((pane for pane in page.panes() if pane.isVisibleTo(self)), page)
        (pane.focusProxy() or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_heading(self, title: str, context: str) -> None:
        if self.sender() in (None, self.page):
            self.header.set_heading(title, context)

    def _on_changes(self) -> None:
        self.context.messages.note_next_act()

    def _on_hint(self, text: str) -> None:
        self.status.set_hint(text)

    def _restore_geometry(self) -> None:
        kept = self._memory.value("geometry") if self._memory is not None else None
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            room = self.screen().availableGeometry()
            self.resize(min(1366, room.width()), min(768, room.height()))


def digit_of(event: QKeyEvent) -> int | None:
    """The digit key that was pressed, whatever letter the layout gives it."""
    for code in (event.nativeVirtualKey(), event.key()):
        if 0x30 <= code <= 0x39:
            return code - 0x30
    return None
