"""From what a person typed to what is stored: cells, fields, undo, half-typed text, clashes."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.document import value_to_json
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.domain.rules import Problem
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.services.entry import CellEdit, Entered
from sangkien_desktop.services.initiatives import TakenBack
from sangkien_desktop.services.typed import text_of
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.screens.initiatives.half_typed import HalfTyping
from sangkien_desktop.ui.screens.initiatives.recording import HalfTypedKeeper, Recorder
from sangkien_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage


class Editing(QObject):
    """Hands what was typed to the services, in order, and shows what came of it."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Connects the page's grid and form."""
        super().__init__(page)
        self._page = page
        self._entry = page.services.entry
        self.recorder = Recorder(page.context.jobs, self)
        self.keeper = HalfTypedKeeper(page.services.local_drafts, self.recorder)
        self.is_publishing = False
        self._new: InitiativeId | None = None
        self.half = HalfTyping(page, self.keeper)
        page.model.edited.connect(self.on_cell_edited)
        page.grid.half_typed.connect(self.on_cell_typing)
        page.grid.typing_ended.connect(self.keeper.forget)
        self.keeper.kept.connect(self.say_saved)
        form = page.form
        form.typed.connect(self.on_field_typed)
        form.valued.connect(self.on_field_valued)
        form.both_typed.connect(self.on_decision_typed)
        form.half_typed.connect(self.on_field_typing)
        form.repair_wanted.connect(self.on_repair_wanted)

    # Cells and fields

    def on_cell_edited(self, row: int, key: str, text: str) -> None:
        """A cell was left with another text."""
        record = self._page.model.record(row)
        if record is None:
            return
        row_key = self._page.model.id_at(row)
        seen = text_of(record.record, key, self._page.lists)
        self._page.model.show_pending(row, key, text)
        self.keeper.forget()
        edit = CellEdit(record.record.id, key, text)
        done = partial(self._on_cell_kept, row_key, key)
        self.recorder.do(
            partial(self._entry.type_in, edit, seen), done, partial(self._on_cell_refused, row_key, edit)
        )

    def on_cell_typing(self, row: int, key: str, text: str) -> None:
        """A letter was typed in a cell."""
        record = self._page.model.record(row)
        if record is not None:
            self.half.note(record, key, text, in_form=False)

    def on_field_typed(self, name: str, text: str) -> None:
        """A field of the form was left with another text."""
        row = self._page.form.row
        if row is None:
            return
        self.keeper.forget()
        seen = text_of(row.record, name, self._page.lists)
        edit = CellEdit(row.record.id, name, text)
        self.recorder.do(
            partial(self._entry.type_in, edit, seen), self.on_entered, partial(self._on_refused, edit)
        )

    def on_field_valued(self, name: str, value: object) -> None:
        """Something was chosen in the form."""
        row = self._page.form.row
        if row is None:
            return
        seen = value_to_json(FIELD[name], getattr(row.record, name))
        work = partial(self._entry.set_value, row.record.id, name, value, seen)  # type: ignore[arg-type]
        self.recorder.do(work, self.on_entered, partial(self._on_value_refused, row.record.id))

    def on_decision_typed(self, number: str, day: str) -> None:
        """Number and day of the decision were left together: one act."""
        row = self._page.form.row
        if row is None:
            return
        self.keeper.forget()
        edits = [
            CellEdit(row.record.id, "recognition_decision", number),
            CellEdit(row.record.id, "recognised_on", day),
        ]
        work = partial(self._entry.type_many, edits, "sửa số quyết định, ngày")
        self.recorder.do(work, partial(self.on_written, row.record.id))

    def on_field_typing(self, name: str, text: str) -> None:
        """A letter was typed in the form."""
        row = self._page.form.row
        if row is not None:
            self.half.note(row, name, text, in_form=True)

    def on_repair_wanted(self, problem: Problem) -> None:
        """A repair was accepted."""
        row = self._page.form.row
        if row is not None and problem.fix is not None:
            service = self._page.services.initiatives
            work = partial(service.accept, row.record.id, problem, opened_on=row.record.version)
            self.recorder.do(work, partial(self._on_saved, row.record.id))

    def on_entered(self, entered: Entered) -> None:
        """One record was written."""
        self.say_saved()
        self._page.form.stale_strip.say("")
        self._page.show_entered(entered)
        self._page.alike.note(entered)
        self.publish(entered.changes)
        self._page.context.messages.note_next_act()

    # Undo

    def undo(self) -> None:
        """Take the newest act back."""
        self.commit_all()
        self.recorder.do(self._page.services.initiatives.undo, partial(self._on_taken_back, "Đã hoàn tác"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self.recorder.do(self._page.services.initiatives.redo, partial(self._on_taken_back, "Đã làm lại"))

    def _on_taken_back(self, verb: str, taken: TakenBack) -> None:
        self._page.context.messages.done(f"{verb}: {taken.name}.")
        self.publish(taken.changes)
        self._page.loader.load()

    # Records

    def act(self, work: Callable[[], Changes], said: str = "", *, undoable: bool = True) -> None:
        """Do something with many records, then show the list again and offer to take it back."""
        self.commit_all()

        def done(changes: Changes) -> None:
            self.say_saved()
            self.publish(changes)
            self._page.loader.load()
            if said and changes:
                messages = self._page.context.messages
                if undoable:
                    messages.done_with_undo(said, self.undo)
                else:
                    messages.done(said)

        self.recorder.do(work, done)

    def show_new(self, entered: Entered) -> None:
        """A row was added: go there, caret in the title."""
        self._new = entered.row.record.id
        self._page.rows.show_new(entered.row.record.id)
        self.say_saved()
        self.publish(entered.changes)

    def on_row_left(self) -> None:
        """A new row that was left without a word is taken back."""
        page, new = self._page, self._new
        if new is None or page.current is None or page.current.record.id == new:
            return
        if page.form.row is not None and page.form.row.record.id == new:
            self._new = None
            self.recorder.do(partial(self._entry.drop_if_blank, new), self._on_dropped)

    def drop_blank(self) -> None:
        """The empty new row gave its place to pasted ones."""
        new, self._new = self._new, None
        if new is not None:
            self.recorder.do(partial(self._entry.drop_if_blank, new), self._on_dropped)

    def commit_all(self) -> None:
        """Whatever stands in an open editor is written."""
        if self._page.grid.is_editing:
            self._page.grid.commit_editor()
        self._page.form.commit()

    def publish(self, changes: Changes) -> None:
        """Tell the other screens."""
        self.is_publishing = True
        self._page.context.changes.publish(changes)
        self.is_publishing = False

    def say_saved(self) -> None:
        """`Đã tự lưu 21:43:05`."""
        self._page.form.foot.say_saved(formatting.clock_time(self._page.context.clock.now(), seconds=True))

    # Outcomes

    def _on_cell_kept(self, row_key: int, key: str, entered: Entered) -> None:
        self.on_entered(entered)
        self._page.model.drop_pending(row_key, key)

    def _on_cell_refused(self, row_key: int, edit: CellEdit, error: Exception) -> None:
        self._page.model.drop_pending(row_key, edit.field)
        self._on_refused(edit, error)

    def _on_refused(self, edit: CellEdit, error: Exception) -> None:
        if not isinstance(error, StaleEdit):
            self._page.form.foot.say_failed()
            self._page.context.failures.present(error)
            return
        take, keep = Button("Lấy bản kia", kind="small"), Button("Ghi đè bằng bản đang gõ", kind="small")
        heading = FIELD[edit.field].heading
        self._page.form.stale_strip.say(
            f"Ô {heading} vừa đổi ở nơi khác trong lúc gõ. Chưa có gì bị ghi đè.", Gravity.WARNING, take, keep
        )
        take.clicked.connect(lambda: self._reload(edit.initiative))
        keep.clicked.connect(lambda: self._type_over(edit))

    def _on_value_refused(self, initiative: InitiativeId, error: Exception) -> None:
        if isinstance(error, StaleEdit):
            self._page.context.messages.warn(
                "Ô này vừa đổi ở nơi khác; máy đang hiện bản mới nhất, hãy chọn lại."
            )
            self._reload(initiative)
        else:
            self._page.context.failures.present(error)

    def _type_over(self, edit: CellEdit) -> None:
        self.recorder.do(partial(self._entry.type_in, edit), self.on_entered)

    def _reload(self, initiative: InitiativeId) -> None:
        self._page.form.stale_strip.say("")
        self._page.form.forget_typing()
        self.on_written(initiative, Changes())

    def _on_saved(self, initiative: InitiativeId, saved: object) -> None:
        self.on_written(initiative, getattr(saved, "changes", Changes()))

    def on_written(self, initiative: InitiativeId, changes: Changes) -> None:
        """A record was written by an act of its own."""
        row = self._entry.row(initiative)
        if row is not None:
            self.on_entered(Entered(row, changes))

    def _on_dropped(self, changes: Changes) -> None:
        if changes:
            self.publish(changes)
            self._page.loader.load()
