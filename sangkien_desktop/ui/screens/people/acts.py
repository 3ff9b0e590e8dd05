"""What is done with the people chosen: agreements, leaving, looking at a citizen number."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.people import Person, Purpose, WorkStatus
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Question
from sangkien_desktop.ui.screens.people.consent_bar import ConsentBar


class PersonActs(QObject):
    """Each act is one call of the service, told when it is done."""

    citizen_id_shown = Signal(str)

    def __init__(self, context: UiContext, bar: ConsentBar, parent: QObject) -> None:
        """`bar` asks for the day and the purposes of an agreement."""
        super().__init__(parent)
        self._context = context
        self._service = context.services.people
        self._bar = bar
        self._asked: tuple[PersonId, ...] = ()
        self._told = ""
        bar.agreed.connect(self.on_agreed)

    def ask_consent(self, people: Sequence[Person]) -> None:
        """Of one person, or of everybody on a signed paper list."""
        self._asked = tuple(one.id for one in people)
        if people:
            who = people[0].name if len(people) == 1 else f"{formatting.number(len(people))} người đã chọn"
            self._bar.ask(who, self._context.clock.today())

    def on_agreed(self, signed_on: date, purposes: frozenset[Purpose]) -> None:
        """The day and the purposes were entered."""
        self._bar.hide()
        who = self._asked
        number = f"{formatting.number(len(who))} người" if len(who) > 1 else "một người"
        act = partial(self._service.record_consent, who, signed_on, purposes=purposes)
        self._do(act, f"Đã ghi nhận đồng ý của {number}, ký ngày {formatting.day(signed_on)}.")

    def withdraw(self, person: Person) -> None:
        """The person takes the agreement back; asked, since what was sent is not called back by this."""
        asked = Question(
            f"{person.name} rút đồng ý?",
            "Sáng kiến chưa gửi của người này sẽ tạm giữ. Bản đã ở Cổng phải rút riêng ở màn hình Đồng bộ.",
            yes="Ghi đã rút",
            no="Giữ như cũ",
        )
        if self._context.dialogs.confirm(asked):
            act = partial(self._service.withdraw_consent, person.id, self._context.clock.today())
            self._do(act, f"Đã ghi {person.name} rút đồng ý.")

    def leave_or_return(self, person: Person) -> None:
        """Leaves the plant today, or works here again."""
        if person.status is not WorkStatus.WORKING:
            self._do(partial(self._service.come_back, person.id), f"{person.name} làm trở lại.")
            return
        today = self._context.clock.today()
        told = f"Đã ghi {person.name} nghỉ việc từ {formatting.day(today)}. Sáng kiến vẫn giữ nguyên."
        self._do(partial(self._service.leave, person.id, today), told)

    def show_citizen_id(self, person: Person) -> None:
        """The whole number; the look goes to the audit chain."""
        look = partial(self._service.citizen_id, person.id)
        self._context.jobs.start(look, done=self.on_citizen_id)

    def on_citizen_id(self, number: str) -> None:
        """The number is there."""
        self.citizen_id_shown.emit(number)

    def on_done(self, changes: Changes) -> None:
        """Publish, then tell."""
        self._context.changes.publish(changes)
        self._context.messages.done(self._told)

    def _do(self, work: Callable[[], Changes], told: str) -> None:
        self._told = told
        self._context.jobs.start(work, done=self.on_done)
