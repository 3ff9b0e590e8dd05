"""Following the member list of HR: read, shown as a difference, written on agreement."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.progress import Progress
from sangkien_desktop.services.member_list import Difference, ListPlan
from sangkien_desktop.services.people import ListWritten
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.people.differences import Differences
from sangkien_desktop.workbooks.opening import SUFFIXES

KINDS = f"Bảng tính ({' '.join('*' + suffix for suffix in SUFFIXES)})"


class Following(QObject):
    """Reads lists into `differences` and writes what was agreed to."""

    planned = Signal()
    ended = Signal()
    """Written or given up."""

    def __init__(self, context: UiContext, differences: Differences, parent: QObject) -> None:
        """Nothing read yet."""
        super().__init__(parent)
        self._context = context
        self._service = context.services.people
        self._differences = differences
        self._plan: ListPlan | None = None
        differences.agreed.connect(self.on_agreed)
        differences.given_up.connect(self.give_up)

    def choose_list(self) -> None:
        """The workbook of HR."""
        paths = self._context.dialogs.open_files("Chọn danh sách đoàn viên", KINDS, purpose="people")
        if paths:
            self.read_list(paths[0])

    def read_list(self, path: Path) -> None:
        """Compare a list with the station's."""

        def work(progress: Progress) -> ListPlan:
            plan: ListPlan = self._service.plan_import(path, progress)
            return plan

        self._context.jobs.start_long(work, title=f"Đang đọc {path.name}", done=self.on_plan)

    def on_plan(self, plan: ListPlan) -> None:
        """Show the difference."""
        self._plan = plan
        self._differences.show_plan(plan)
        self.planned.emit()

    def on_agreed(self, kinds: frozenset[Difference]) -> None:
        """Write the kinds that are ticked."""
        if self._plan is not None:
            work = partial(self._service.write_import, self._plan, kinds)
            self._context.jobs.start(work, done=self.on_written)

    def on_written(self, done: ListWritten) -> None:
        """Publish, then tell."""
        self._plan = None
        self.ended.emit()
        self._context.changes.publish(done.changes)
        number = formatting.number(done.written)
        self._context.messages.done(f"Đã ghi {number} thay đổi vào danh sách đoàn viên.")

    def give_up(self) -> None:
        """Nothing is written."""
        self._plan = None
        self.ended.emit()
