"""The acts of deciding clashes: keep a choice, answer a withdrawal, type another value, decide all alike."""

from PySide6.QtCore import QObject

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import ConflictId
from sangkien_desktop.services.clashes import ClashView
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Question
from sangkien_desktop.ui.screens.sync.conflicts import ConflictView


class Deciding(QObject):
    """Between the view and the service; a decision is an ordinary save and can be undone until it is sealed."""

    def __init__(self, context: UiContext, view: ConflictView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        view.save_wanted.connect(self.on_save_choice)
        view.withdrawal_decided.connect(self.on_withdrawal_decided)
        view.typing_wanted.connect(self.on_typing)
        view.all_wanted.connect(self.on_all)

    def on_save_choice(self, view: ClashView, values: dict[str, object]) -> None:
        """Keep a decision."""
        services = self._context.services
        self._context.jobs.start(lambda: services.sync.resolve(view.id, values), done=self.on_decided)

    def on_withdrawal_decided(self, view: ClashView, answer: str) -> None:
        """Keep an answer about a withdrawal."""
        services = self._context.services
        self._context.jobs.start(
            lambda: services.sync.settle_withdrawal(view.id, keep_mine=answer == "keep_mine"),
            done=self.on_decided,
        )

    def on_typing(self, view: ClashView, field: str, text: str) -> None:
        """Neither side: type what is right."""
        clash = next(one for one in view.clashes if one.field == field)
        given = self._context.dialogs.ask_text("Giá trị khác", clash.label, value=text)
        if given is not None:
            value, said = self._context.services.clashes.read(view, field, given)
            self._view.put_typed(field, value, said)

    def on_all(self, take_portal: bool) -> None:
        """One decision for every clash of the list."""
        views = [view for view in self._view.views if not view.is_about_withdrawal]
        ids: list[ConflictId] = [view.id for view in views]
        question = Question(
            title=f"Lấy bản trên Cổng cho cả {len(ids)} mâu thuẫn?",
            explanation="Bản ở máy này vẫn nằm trong lịch sử của từng sáng kiến.",
            yes="Lấy của Cổng",
            no="Chọn từng cái",
        )
        if ids and self._context.dialogs.confirm(question):
            services = self._context.services
            self._context.jobs.start(
                lambda: services.sync.resolve_all(ids, take_portal=take_portal), done=self.on_decided
            )

    def on_decided(self, changes: Changes) -> None:
        """A decision is kept; it can be undone until it is sent."""
        self._context.changes.publish(changes)
        self._context.messages.done("Đã lưu bản đã chọn. Máy gửi lại ở lần đồng bộ tới.")
