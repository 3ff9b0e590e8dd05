"""What a person does in the table of problems, written by the service and told in the strip."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.checks import CheckService, ProblemRow
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.review.problems import ProblemPane


class Mending(QObject):
    """One for the page; every act is one step of undo."""

    def __init__(self, context: UiContext, pane: ProblemPane) -> None:
        """Listens to the pane."""
        super().__init__(pane)
        self._context, self._pane = context, pane
        pane.accepted.connect(self.on_accepted)
        pane.typed.connect(self.on_typed)
        pane.not_in_money.connect(self.on_not_in_money)
        pane.asked.connect(self.on_asked)

    def on_accepted(self, rows: Sequence[ProblemRow]) -> None:
        """Proposals of several rows, one act."""
        self._mend(partial(self._checks.accept, rows), f"Đã nhận {len(rows)} đề nghị")

    def on_typed(self, row: ProblemRow, text: str) -> None:
        """A new value typed in place."""
        self._mend(partial(self._checks.type_in, row, text), f"Đã ghi “{text}” cho {row.record.local_code}")

    def on_not_in_money(self, rows: Sequence[ProblemRow]) -> None:
        """Benefits that cannot be told in money."""
        said = f"Đã ghi không tính được bằng tiền cho {len(rows)} sáng kiến"
        self._mend(partial(self._checks.not_in_money, rows), said)

    def on_asked(self, rows: Sequence[ProblemRow]) -> None:
        """A workbook with the questions to the group leaders."""
        kind = self._pane.kind
        if kind is None or not rows:
            return
        path = self._context.dialogs.save_file(
            "Phiếu hỏi lại tổ", "hoi-lai-to.xlsx", "Excel (*.xlsx)", purpose="ask-groups"
        )
        if path is not None:
            self._context.jobs.start(
                partial(self._checks.ask_groups, kind, rows, path),
                done=self.on_sheet_written,
                failed=self._context.failures.present,
            )

    def on_sheet_written(self, groups: int) -> None:
        """Tell what was written."""
        self._context.messages.done(
            f"Đã ghi phiếu hỏi cho {groups} tổ. Có câu trả lời thì gõ ngay vào bảng này."
        )

    def on_mended(self, answer: tuple[Changes, str]) -> None:
        """Published first, so that the words stay ten seconds."""
        changes, said = answer
        self._context.changes.publish(changes)
        self._context.messages.done(f"{said}. Ctrl+Z để hoàn tác.")

    @property
    def _checks(self) -> CheckService:
        service: CheckService = self._context.services.checks
        return service

    def _mend(self, work: Callable[[], Changes], said: str) -> None:
        self._context.jobs.start(
            lambda: (work(), said), done=self.on_mended, failed=self._context.failures.present
        )
