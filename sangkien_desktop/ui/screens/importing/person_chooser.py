"""Choosing another person for a written name."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.widgets.combo import ListPopup

_OFFERED = 400


class PersonChooser(QObject):
    """Offers everybody with the same given name; typing filters without accents."""

    chosen = Signal(object)
    """A Person."""

    def __init__(self, context: UiContext, anchor: QWidget) -> None:
        """Opens under `anchor`."""
        super().__init__(anchor)
        self._context, self._anchor = context, anchor
        self._people: Sequence[Person] = ()
        self._units: Mapping[UnitId, str] = {}
        self._popup = ListPopup(anchor)
        self._popup.picked.connect(self.on_picked)

    def offer(self, name: str, units: Mapping[UnitId, str]) -> None:
        """Look for people by the last word of a written name."""
        self._units = units
        words = name.split() or [""]
        look_up = self._context.services.people.lookup
        self._context.jobs.start(partial(look_up, words[-1], _OFFERED), done=self.on_found)

    def on_found(self, people: Sequence[Person]) -> None:
        """Open the list; say so when nobody has such a name."""
        self._people = people
        if not people:
            self._context.messages.warn("Danh sách đoàn viên không có ai tên như vậy.", topic="import")
            return
        self._popup.show_texts([self._told(one) for one in people], 0)
        self._popup.open_under(self._anchor)

    def on_picked(self, place: int) -> None:
        """One of them it is."""
        self.chosen.emit(self._people[place])

    def _told(self, person: Person) -> str:
        group = self._units.get(person.group, "") if person.group else ""
        return " · ".join(part for part in (person.name, person.employee_code or "chưa có mã", group) if part)
