"""Keeping what is typed into the form of a person."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.errors import AppError
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.screens.people.person_form import PersonForm


class Editing(QObject):
    """Saves after every field that was left; a refusal stands at its field."""

    kept = Signal(object)
    """The person as kept, before the change is published."""

    def __init__(self, context: UiContext, form: PersonForm, parent: QObject) -> None:
        """Follows `form`."""
        super().__init__(parent)
        self._context = context
        self._service = context.services.people
        self._form = form
        form.changed.connect(self.on_changed)

    def begin(self, person: Person | None, groups: Sequence[Unit]) -> None:
        """Edit somebody; None is somebody new, kept as soon as there is a name."""
        self._form.show_person(person or self._service.blank(), groups)

    def on_changed(self, person: Person) -> None:
        """A field was left."""
        self._context.jobs.start(lambda: self._save(person), done=self.on_kept, failed=self.on_refused)

    def on_kept(self, kept: tuple[Person, Changes]) -> None:
        """Go on from the person as kept."""
        self._form.show_kept(kept[0])
        self.kept.emit(kept[0])
        self._context.changes.publish(kept[1])

    def on_refused(self, error: Exception) -> None:
        """Tell at the field where the field is to blame."""
        if isinstance(error, AppError) and error.code.startswith("person-"):
            name = "employee_code" if error.code == "person-code-twice" else "name"
            self._form.show_problem(name, f"{error.sentence} {error.hint}".strip())
        else:
            self._context.failures.present(error)

    def _save(self, person: Person) -> tuple[Person, Changes]:
        changes = self._service.save(person)
        return self._service.get(person.id), changes
