"""The last step: the marked file for its sender, writing as one act, and what may follow."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UndoGroupId
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.import_memory import sender_of
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.services.import_writing import Imported
from sangkien_desktop.services.initiatives import TakenBack
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.messages import MessageAction
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.importing.intake import Entry

Decisions = Mapping[tuple[str, str | None], PersonId]


class Finishing(QObject):
    """Writes what was looked over."""

    written = Signal(object)
    """Imported, before anything is told."""
    not_written = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        """`context.services.imports` writes."""
        super().__init__(parent)
        self._context = context
        self._service = context.services.imports
        self._hashes: tuple[str, ...] = ()

    def write(self, plans: Sequence[SheetPlan], decisions: Decisions, entries: Sequence[Entry]) -> None:
        """Write everything as one act, off the main thread; it cannot be stopped half way."""
        self._hashes = tuple(dict.fromkeys(plan.file_sha256 for plan in plans))
        learnt = [
            (plan.reading.signature, entry.corrections[plan.reading.sheet], sender_of(entry.name))
            for entry in entries
            if entry.remember
            for plan in entry.plans
            if plan.reading.sheet in entry.corrections
        ]

        def work() -> Imported:
            done: Imported = self._service.write(plans)
            memory = self._service.memory
            for (name, group), person in decisions.items():
                memory.remember_name(name, group, person)
            for signature, correction, sender in learnt:
                memory.remember(signature, correction, sender=sender)
            return done

        self._context.jobs.start(work, done=self.on_written, failed=self.on_not_written)

    def on_written(self, done: Imported) -> None:
        """Publish, then tell, with the ways on."""
        self.written.emit(done)
        self._context.changes.publish(done.changes)
        undo = partial(self._undo, done.act)
        actions = [MessageAction("Hoàn tác", undo, key="Ctrl+Z", icon="arrow-back-up")]
        number = formatting.number
        if done.created:
            open_new = partial(self._open_new, done.created)
            actions.append(MessageAction(f"Mở {number(len(done.created))} sáng kiến mới", open_new))
        text = (
            f"Đã ghi: {number(len(done.created))} tạo mới + {number(len(done.updated))} cập nhật"
            f" + {number(done.unchanged)} không đổi + {number(done.rejected)} không nhận."
        )
        self._context.messages.done(text, *actions)

    def on_not_written(self, error: Exception) -> None:
        """Nothing was written; the review stands as it was."""
        self.not_written.emit()
        self._context.failures.present(error, topic="import")

    def annotate(self, entry: Entry, plans: Sequence[SheetPlan]) -> None:
        """A file with its problems marked, for its sender."""
        read = entry.found.read if entry.found else None
        if entry.path is None or read is None or not entry.plans:
            self._context.messages.warn("Bảng dán không có tệp gốc để đánh dấu.", topic="import")
            return
        target = self._context.dialogs.save_file(
            "Lưu tệp có đánh dấu lỗi",
            f"{entry.path.stem} (xem lai).xlsx",
            "Excel (*.xlsx *.xlsm)",
            purpose="annotate",
        )
        if target is None:
            return
        path, mine = entry.path, [p for p in plans if p.file_sha256 == entry.plans[0].file_sha256]

        def work(progress: Progress) -> Path:
            self._service.annotate(path, mine, target, read.reading, progress)
            return target

        self._context.jobs.start_long(work, title="Đang đánh dấu tệp", done=self.on_annotated)

    def on_annotated(self, target: Path) -> None:
        """The file can be sent back."""
        self._context.messages.done(f"Đã lưu {target.name}. Gửi lại cho tổ trưởng; sửa xong nhập lại tệp ấy.")

    def on_undone(self, taken: TakenBack) -> None:
        """The whole import is taken back."""
        self._context.changes.publish(taken.changes)
        self._context.messages.done(f"Đã hoàn tác: {taken.name}.")

    def _undo(self, act: UndoGroupId) -> None:
        undo = self._context.services.initiatives.undo
        self._context.jobs.start(partial(undo, act), done=self.on_undone)

    def _open_new(self, created: Sequence[InitiativeId]) -> None:
        """A single new record itself, else the list of what came from these files."""
        if len(created) == 1:
            self._context.navigate("initiatives", Intent(initiative=created[0]))
        else:
            self._context.navigate("initiatives", Intent(topic="import", files=self._hashes))
