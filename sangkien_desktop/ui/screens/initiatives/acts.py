"""Everything that can be done on the screen, each with its name and key."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.errors import AppError
from sangkien_desktop.services.initiatives import Readied
from sangkien_desktop.ui import formatting, icons
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.initiatives.going import Going
from sangkien_desktop.ui.screens.initiatives.rectangles import Rectangles

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

MOST_AT_ONCE = 5000
"""How many records one act may touch from the grid; more are reached by filters and imports."""


class Acts(QObject):
    """Acts on the records of the page; cells are the business of `Rectangles`."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Connects the buttons of tool row and form."""
        super().__init__(page)
        self._page = page
        self._service = page.services.initiatives
        self.cells, self.going = Rectangles(page), Going(page)
        tools, head = page.tools, page.form.head
        tools.new.clicked.connect(self.add)
        tools.paste.clicked.connect(self.paste)
        tools.export.clicked.connect(self.export)
        tools.send.clicked.connect(self.send)
        tools.columns.clicked.connect(self.choose_columns)
        tools.form.clicked.connect(page.swap_panes)
        page.form.foot.ready.clicked.connect(self.mark_ready)
        page.form.last_left.connect(self.add)
        head.previous.clicked.connect(lambda: self.going.go(-1))
        head.next.clicked.connect(lambda: self.going.go(1))
        head.menu.clicked.connect(self.show_menu)
        head.chip.clicked.connect(self.going.go_to_first_problem)
        menus = page.grid.viewport(), page.grid.horizontalHeader()
        for widget in menus:
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        menus[0].customContextMenuRequested.connect(lambda at: self.show_menu(at, page.grid.viewport()))
        menus[1].customContextMenuRequested.connect(lambda at: self.choose_columns(at, menus[1]))

    def commands(self) -> Sequence[Command]:
        """For the command list and their keys."""
        return (
            Command("initiative.new", "Thêm sáng kiến", self.add, "Ctrl+N", "plus"),
            Command("initiative.ready", "Đủ, chờ gửi", self.mark_ready, "Alt+D", "check", disabled_reason=self._not_ready),
            Command("initiative.repair", "Nhận đề nghị của máy", self.accept_proposal, "Ctrl+E", "corner-down-left"),
            Command("initiative.why", "Vì sao chưa tới Cổng", self.explain, "Alt+V", "help-circle", disabled_reason=self._none),
            Command("initiative.problem.next", "Chỗ sai kế tiếp", partial(self.going.go_to_problem, 1), "F8", "alert-circle"),
            Command("initiative.problem.previous", "Chỗ sai trước", partial(self.going.go_to_problem, -1), "Shift+F8"),
            Command("initiative.next", "Sáng kiến kế tiếp", partial(self.going.go, 1), "Alt+PgDown", "chevron-down"),
            Command("initiative.previous", "Sáng kiến trước", partial(self.going.go, -1), "Alt+PgUp", "chevron-up"),
            Command("initiative.duplicate", "Nhân đôi sáng kiến", self.duplicate, "", "copy", disabled_reason=self._none),
            Command("initiative.withdraw", "Rút sáng kiến", self.withdraw, "", "trash", disabled_reason=self._none),
            Command("initiative.history", "Lịch sử của sáng kiến", self.show_history, "Alt+L", "history", disabled_reason=self._none),
            Command("initiative.print", "In phiếu của sáng kiến", self.print_sheet, "Ctrl+P", "printer"),
            Command("initiatives.filter", "Lọc danh sách", self._page.tools.search.setFocus, "Ctrl+F", "filter"),
            Command("initiatives.problems", "Chỉ hiện dòng có chỗ sai", self.going.show_problems, "", "alert-circle"),
            Command("initiatives.columns", "Chọn cột hiện ra", self.choose_columns, "", "columns"),
            Command("initiatives.replace", "Tìm và thay trong cột", self.cells.replace, "Ctrl+H", "search"),
            Command("initiatives.export", "Xuất những gì đang hiện", self.export, "F12", "file-export"),
            Command("initiatives.import", "Nhập tệp Excel", self.import_files, "Ctrl+O", "table-import"),
            Command("initiatives.save", "Lưu ngay", self.save_now, "Ctrl+S", "device-floppy"),
            Command("cells.copy", "Chép các ô đang chọn", self.cells.copy, "Ctrl+C", "copy"),
            Command("cells.paste", "Dán từ Excel", self.paste, "Ctrl+V", "clipboard-list"),
            Command("cells.down", "Điền xuống", self.cells.fill_down, "Ctrl+D"),
            Command("cells.right", "Điền sang phải", self.cells.fill_right, "Ctrl+R"),
            Command("cells.series", "Điền dãy tăng dần", self.cells.fill_series, ""),
            Command("cells.same", "Điền một giá trị vào mọi ô đang chọn", self.cells.fill_same, "Ctrl+Return"),
            Command("cells.today", "Điền ngày hôm nay", self.cells.today, "Ctrl+;"),
            Command("undo", "Hoàn tác", self._page.editing.undo, "Ctrl+Z", "arrow-back-up", hint=self._undo_name),
            Command("redo", "Làm lại", self._page.editing.redo, "Ctrl+Y", hint=self._redo_name),
        )  # fmt: skip

    # One record

    def add(self) -> None:
        """A new row on top, with what is carried over from the last one."""
        page = self._page
        page.editing.commit_all()
        like = page.current.record if page.current else None
        in_form = page.form.isAncestorOf(page.focusWidget())
        try:
            # Not handed to a job: letters typed right after Ctrl+N must find the new row already there, with
            # the focus in it, or an input method would compose them nowhere.
            entered = page.services.entry.add(like)
        except AppError as error:
            page.context.failures.present(error)
            return
        if page.is_narrow:
            page.show_pane(form=True)
        page.wants_form_focus = in_form or page.is_narrow
        page.editing.show_new(entered)

    def mark_ready(self) -> None:
        """The chosen records wait for the portal, as far as nothing is missing."""
        ids = self.chosen()
        self._page.editing.commit_all()
        if ids:
            self._page.editing.recorder.do(partial(self._service.mark_ready, ids), self._on_readied)

    def accept_proposal(self) -> None:
        """Accept the repair of the current cell or field."""
        row, key = self._page.current, self._page.grid.key
        problem = row.problems.get(key) if row and self._page.grid.hasFocus() else None
        if problem is not None and problem.fix is not None:
            self._page.editing.on_repair_wanted(problem)
        else:
            self._page.form.accept_proposal()

    def duplicate(self) -> None:
        """Copies of the chosen records, as new drafts."""
        ids = self.chosen()
        page = self._page

        def done(made: tuple[InitiativeId, ...]) -> None:
            page.rows.go_to_record(made[0], "title")
            page.context.messages.done_with_undo(
                f"Đã nhân đôi {formatting.number(len(made))} sáng kiến.", page.editing.undo
            )

        page.editing.recorder.do(partial(page.services.entry.duplicate, ids), done)

    def withdraw(self) -> None:
        """Withdraw the chosen records; one undo brings them back."""
        ids = self.chosen()
        said = f"Đã rút {formatting.number(len(ids))} sáng kiến."
        self._page.editing.act(partial(self._service.withdraw, ids), said)

    def restore(self) -> None:
        """Bring withdrawn records back as drafts."""
        ids = self.chosen()
        self._page.editing.act(partial(self._service.restore, ids), "Đã đưa sáng kiến trở lại.")

    def back_to_draft(self) -> None:
        """Take records that wait back into entry."""
        self._page.editing.act(partial(self._service.back_to_draft, self.chosen()), "Đã đưa về nháp.")

    def show_history(self) -> None:
        """Who changed what and when."""
        row = self._page.current
        if row is not None:
            self._page.history.show_record(row)

    def explain(self) -> None:
        """Why the record is not at the portal yet."""
        row = self._page.current
        if row is not None:
            self._page.context.navigate("sync", Intent(initiative=row.record.id, topic="why"))

    def print_sheet(self) -> None:
        """The paper sheet of the record, to be signed."""
        row = self._page.current
        if row is None:
            self.print_forms()
        else:
            self._page.sheet.open(row, self._page.lists)

    # Many records

    def paste(self) -> None:
        """What the clipboard holds, into the cells or as new rows."""
        self.cells.paste()

    def send(self) -> None:
        """Send what waits."""
        if not self._page.context.actions.run("sync.now"):
            self._page.context.navigate("sync", Intent(topic="send"))

    def export(self) -> None:
        """Write what the list shows to a spreadsheet."""
        self._page.exporting.start()

    def import_files(self) -> None:
        """Read files of the groups."""
        self._page.context.navigate("importing", Intent(topic="choose"))

    def print_forms(self) -> None:
        """Blank papers for group leaders."""
        self._page.context.navigate("reports", Intent(topic="blank-form"))

    def save_now(self) -> None:
        """Writes now and says so."""
        self._page.editing.commit_all()
        self._page.editing.keeper.keep_now()
        self._page.editing.say_saved()

    def chosen(self) -> list[InitiativeId]:
        """The records of the selected rows."""
        rows, _ = self._page.grid.rectangle()
        found = [self._page.model.record(row) for row in rows[:MOST_AT_ONCE]]
        return [row.record.id for row in found if row is not None]

    # Menus

    def choose_columns(self, at: QPoint | bool | None = None, over: QWidget | None = None) -> None:
        """Tick the columns that are shown; kept views stand beneath."""
        self._page.views.open_menu(at if isinstance(at, QPoint) else None, over)

    def show_menu(self, at: QPoint | bool | None = None, over: QWidget | None = None) -> None:
        """What can be done with the chosen records."""
        row = self._page.current
        if row is None:
            return
        menu = QMenu(self._page)
        lifecycle = row.record.lifecycle
        entries = [
            ("check", "Đủ, chờ gửi\tAlt+D", self.mark_ready, lifecycle is Lifecycle.DRAFT),
            ("pencil", "Đưa về nháp", self.back_to_draft, lifecycle is Lifecycle.READY),
            ("help-circle", "Vì sao chưa tới Cổng\tAlt+V", self.explain, True),
            ("history", "Lịch sử\tAlt+L", self.show_history, True),
            ("printer", "In phiếu\tCtrl+P", self.print_sheet, True),
            ("copy", "Nhân đôi", self.duplicate, True),
            ("trash", "Rút sáng kiến", self.withdraw, lifecycle is not Lifecycle.WITHDRAWN),
            ("arrow-back-up", "Đưa trở lại", self.restore, lifecycle is Lifecycle.WITHDRAWN),
        ]
        for icon, said, run, is_offered in entries:
            if is_offered:
                menu.addAction(icons.icon(icon), said, run)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        anchor = over or self._page.form.head.menu
        place = at if isinstance(at, QPoint) else QPoint(0, anchor.height())
        menu.popup(anchor.mapToGlobal(place))

    # Outcomes

    def _on_readied(self, readied: Readied) -> None:
        page = self._page
        page.editing.publish(readied.changes)
        page.editing.say_saved()
        page.loader.load()
        number = len(readied.ready)
        if readied.held:
            reason = next(iter(readied.held.values()))
            page.context.messages.inform(
                f"{formatting.number(number)} sáng kiến đã đủ, nhưng tạm giữ chưa gửi: {reason}",
                topic="ready",
            )
        elif number:
            page.context.messages.done_with_undo(
                f"{formatting.number(number)} sáng kiến chờ gửi.", page.editing.undo
            )
        if readied.blocked:
            page.context.messages.warn(
                f"{formatting.number(len(readied.blocked))} sáng kiến còn chỗ cần bổ sung; F8 đưa tới từng chỗ.",
                topic="blocked",
            )

    def _none(self) -> str:
        return "" if self._page.current is not None else "Chưa chọn sáng kiến nào"

    def _not_ready(self) -> str:
        row = self._page.current
        if row is None:
            return "Chưa chọn sáng kiến nào"
        return (
            "" if self._page.form.foot.ready.isEnabled() or len(self.chosen()) > 1 else "Còn chỗ cần bổ sung"
        )

    def _undo_name(self) -> str:
        return str(self._service.undo_name())

    def _redo_name(self) -> str:
        return str(self._service.redo_name())
