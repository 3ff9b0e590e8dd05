"""What a person does in the table of problems, written by the service and told in the strip."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.services.calculations import Sheet
from sangkien_desktop.services.checks import CheckService, ProblemRow
from sangkien_desktop.services.initiatives import Saved
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.review.calculation import CalculationPane
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


class Calculating(QObject):
    """Keeps and prints the sheets of the calculation pane."""

    def __init__(self, context: UiContext, pane: CalculationPane) -> None:
        """Listens to the pane."""
        super().__init__(pane)
        self._context, self._pane = context, pane
        pane.kept.connect(self.on_kept)
        pane.printed.connect(self.on_printed)
        pane.refused.connect(self.on_refused)

    def open(self, initiative: InitiativeId) -> None:
        """Read the sheet of a record and show it."""
        self._context.jobs.start(
            partial(self._context.services.calculations.sheet, initiative), done=self._pane.show_sheet
        )

    def on_kept(self, sheet: Sheet, takes_value: bool, confirmed_by: str) -> None:
        """Keep it as one act."""
        work = partial(
            self._context.services.calculations.keep,
            sheet,
            takes_value=takes_value,
            confirmed_by=confirmed_by,
        )
        self._context.jobs.start(work, done=self.on_saved, failed=self._context.failures.present)

    def on_saved(self, saved: Saved) -> None:
        """Published first, so that the words stay ten seconds."""
        self._context.changes.publish(saved.changes)
        self._context.messages.done(f"Đã lưu bản tính của {saved.record.local_code}. Ctrl+Z để hoàn tác.")
        self.open(saved.record.id)

    def on_printed(self, sheet: Sheet) -> None:
        """A page of evidence."""
        name = f"ban-tinh-{sheet.record.local_code}.xlsx"
        path = self._context.dialogs.save_file("Bản tính", name, "Excel (*.xlsx)", purpose="calculation")
        if path is not None:
            work = partial(self._context.services.calculations.write, sheet, path)
            self._context.jobs.start(work, done=self.on_written, failed=self._context.failures.present)

    def on_written(self, _nothing: object) -> None:
        """Tell that it is there."""
        self._context.messages.done("Đã ghi bản tính ra tệp.")

    def on_refused(self, sentence: str) -> None:
        """A cell that cannot be read."""
        self._context.messages.warn(sentence, topic="calculation")
