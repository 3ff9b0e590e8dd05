"""Programmes and their lists, as forms and commands need them."""

from sangkien_desktop.domain.programmes import Programme
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.storage import programmes


class ProgrammeService:
    """Programmes known to the station."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Programme, ...]:
        """Every programme, the portal's first."""
        with self._desk.database.read() as session:
            return programmes.find(session)

    def get(self, code: str) -> Programme:
        """The programme of that code; KeyError when it is not known."""
        with self._desk.database.read() as session:
            return programmes.get(session, code)

    def default(self) -> Programme:
        """The programme that new initiatives belong to."""
        known = {programme.code: programme for programme in self.all()}
        return known.get(self._desk.settings().default_programme) or next(iter(known.values()))

    def labels(self, programme: str, catalogue: str) -> tuple[str, ...]:
        """A list of a programme."""
        return self.get(programme).labels(catalogue)
