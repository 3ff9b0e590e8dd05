"""A hint while typing: another initiative of the station says nearly the same."""

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.entry import Entered
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.messages import Gravity
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

WAIT_MS = 600
ENOUGH_LETTERS = 12
"""Shorter titles are like everything."""


class AlikeHint(QObject):
    """Asks after each edit of a draft; the newest question wins, other acts are never held up."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Speaks in the form's strip."""
        super().__init__(page)
        self._page = page
        self._record: Initiative | None = None
        self._latest = page.context.jobs.latest(done=self.on_found, failed=self.on_failed)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def note(self, entered: Entered) -> None:
        """A record was written."""
        record = entered.row.record
        if len(record.title) >= ENOUGH_LETTERS and not entered.row.row.portal_code:
            self._record = record
            self._timer.start()

    def forget(self) -> None:
        """Another record is shown."""
        self._timer.stop()
        self._latest.cancel()
        self._page.form.alike_strip.say("")

    def on_found(self, found: tuple[Initiative, int, str] | None) -> None:
        """Say which one, how near, and offer both side by side."""
        form = self._page.form
        if found is None:
            form.alike_strip.say("")
            return
        other, percent, record = found
        if form.row is None or form.row.record.id != record:
            return
        look = Button("Xem hai bản", kind="small", name="see-both")
        look.clicked.connect(
            lambda: self._page.context.navigate("review", Intent(initiative=record, topic="duplicates"))
        )
        author = other.main_author
        who = f" của {author.name}" if author and author.name else ""
        form.alike_strip.say(
            f"Giống {formatting.number(percent)} % với {other.local_code} “{escape(other.title)}”{escape(who)}.",
            Gravity.WARNING,
            look,
        )

    def on_failed(self, error: Exception) -> None:
        """A hint that does not come is no reason to disturb; what is wrong with the store is told by the writes."""
        self._page.form.alike_strip.say("")

    def _ask(self) -> None:
        if self._record is not None:
            self._latest.start(partial(self._find, self._record))

    def _find(self, record: Initiative, progress: Progress) -> tuple[Initiative, int, str] | None:
        services = self._page.services
        pair = next((one for one in services.screening.alike(record) if one.is_duplicate), None)
        if pair is None:
            return None
        other = pair.b if pair.a == record.id else pair.a
        return services.initiatives.get(other), round(pair.score * 100), record.id
