"""What the first steps do to this PC: make a station, or let one move in, and write down what was answered."""

from pathlib import Path

from sangkien_desktop import app as opening
from sangkien_desktop.app import OpenStation
from sangkien_desktop.clock import Clock
from sangkien_desktop.paths import Home
from sangkien_desktop.services import backups
from sangkien_desktop.services.backups import Secret
from sangkien_desktop.services.station import NewStation
from sangkien_desktop.ui.first_run.answers import Answers, FirstRunActs


class FirstSteps:
    """Holds the new station until the window takes it; its acts run off the main thread."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home = home
        self._clock = clock
        self._station: OpenStation | None = None

    def acts(self) -> FirstRunActs:
        """What the wizard may do."""
        return FirstRunActs(create=self._create, move_in=self._move_in, finish=self._finish)

    def take_station(self) -> OpenStation | None:
        """Hand the station over, where there is one."""
        taken, self._station = self._station, None
        return taken

    def _create(self, wanted: NewStation) -> str:
        self._station, code = opening.create_station(self._home, wanted, clock=self._clock)
        return code

    def _move_in(self, backup: Path, secret: Secret) -> None:
        backups.move_in(self._home, backup, secret, clock=self._clock, actor="")
        if secret.code is not None:
            self._station = opening.open_by_code(self._home, secret.code, clock=self._clock)
        else:
            phrase = secret.passphrase
            self._station = opening.open_station(self._home, passphrase=lambda: phrase, clock=self._clock)

    def _finish(self, answers: Answers) -> None:
        opened = self._station
        if opened is None:
            return
        opened.units.set_own(answers.unit, answers.short_name)
        if answers.unit_code:
            opened.change_setting("unit_code", answers.unit_code)
        if answers.programme:
            opened.change_setting("default_programme", answers.programme)
        opened.profile.note_recovery(answers.recovery_kept_at)
