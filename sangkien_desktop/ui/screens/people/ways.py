"""Ways from people to other screens: papers to print, initiatives to open."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sangkien_desktop.domain.people import Person
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.people.tools import MISSING


class Ways(QObject):
    """Each opens another screen; none knows what stands there."""

    def __init__(
        self,
        context: UiContext,
        current: Callable[[], Person | None],
        group: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`current` and `group` say what is chosen on the page."""
        super().__init__(parent)
        self._navigate = context.navigate
        self._current, self._group = current, group

    def print_papers(self) -> None:
        """Ctrl+P: the member list as a paper."""
        self._navigate("reports", Intent(topic="people", unit=str(self._group() or "")))

    def print_slips(self) -> None:
        """Slips to be signed by everybody who has not agreed."""
        self._navigate("reports", Intent(topic="consent-slip", state=MISSING))

    def print_slip(self) -> None:
        """The slip of the person shown."""
        person = self._current()
        if person is not None:
            self._navigate("reports", Intent(topic="consent-slip", person=person.id))

    def open_initiative(self, initiative: str) -> None:
        """One initiative of the person."""
        self._navigate("initiatives", Intent(initiative=initiative))

    def open_all(self) -> None:
        """All initiatives of the person, as a list."""
        person = self._current()
        if person is not None:
            self._navigate("initiatives", Intent(person=person.id))
