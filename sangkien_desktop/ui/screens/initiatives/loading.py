"""Which rows the list shows: asked off the main thread, the newest question wins, rows stay until the answer."""

from array import array
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.entry import EntryService
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.typed import Lists
from sangkien_desktop.storage.queries import Counts, Query, Totals
from sangkien_desktop.ui.jobs import JobRunner

COUNT_AGAIN_MS = 700
SAY_FILTERING_MS = 150


@dataclass(frozen=True)
class Listing:
    """An answer: keys in order, and the numbers of the foot."""

    query: Query
    keys: "array[int]"
    totals: Totals
    counts: Counts
    lists: Lists


class RowsLoader(QObject):
    """Asks for keys and numbers; `loaded` brings them."""

    loaded = Signal(object)
    counted = Signal(object, object)
    """Totals and Counts after an edit that left the rows as they are."""
    slow = Signal()
    """The answer takes long enough to say so."""

    def __init__(
        self, service: InitiativeService, entry: EntryService, jobs: JobRunner, parent: QObject
    ) -> None:
        """One for the page."""
        super().__init__(parent)
        self._service, self._entry = service, entry
        self.query = Query()
        self._keys = jobs.latest(done=self.on_loaded)
        self._numbers = jobs.latest(done=self.on_counted)
        self._patience = QTimer(self, singleShot=True, interval=SAY_FILTERING_MS)
        self._patience.timeout.connect(self.slow)
        self._soon = QTimer(self, singleShot=True, interval=COUNT_AGAIN_MS)
        self._soon.timeout.connect(self._count)

    def load(self, query: Query | None = None) -> None:
        """Ask for the rows of a query, or of the same one again."""
        self.query = query or self.query
        self._patience.start()
        self._keys.start(partial(self._listing, self.query))

    def count_soon(self) -> None:
        """Numbers again, once the typing pauses."""
        self._soon.start()

    def sort(self, name: str, *, descending: bool) -> None:
        """Another order of the same rows."""
        self.load(replace(self.query, sort=name, descending=descending))

    def on_loaded(self, listing: Listing) -> None:
        """The newest answer."""
        self._patience.stop()
        self.loaded.emit(listing)

    def on_counted(self, numbers: tuple[Totals, Counts]) -> None:
        """The newest numbers."""
        self.counted.emit(*numbers)

    def _count(self) -> None:
        self._numbers.start(partial(self._numbers_of, self.query))

    def _listing(self, query: Query, progress: Progress) -> Listing:
        keys = self._service.keys(query)
        progress.check()
        return Listing(query, keys, self._service.totals(query), self._service.counts(), self._entry.lists())

    def _numbers_of(self, query: Query, progress: Progress) -> tuple[Totals, Counts]:
        return self._service.totals(query), self._service.counts()


def key_of(entry: EntryService, initiative: InitiativeId) -> int:
    """The row key of a record; -1 when it is gone."""
    row = entry.row(initiative)
    return row.row.key if row else -1
