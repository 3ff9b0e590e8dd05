"""From the start of the program to an open station, from there to the locked screen and back."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from sangkien_desktop.app import window
from sangkien_desktop.app.program import Program
from sangkien_desktop.app.second_instance import OneWindow
from sangkien_desktop.paths import Home

HOME_OPTION = "--home"


def run(arguments: Sequence[str]) -> int:
    """Show what this station needs first, and stay until the last window is closed."""
    app = window.application()
    home = home_of(arguments)
    meeting = OneWindow(home)
    if meeting.call_the_first():
        return 0
    meeting.become_the_first()
    app.setQuitOnLastWindowClosed(False)
    program = Program(home, app)
    meeting.called.connect(program.come_forward)
    try:
        program.begin()
        return app.exec()
    finally:
        program.end()
        meeting.close()


def home_of(arguments: Sequence[str]) -> Home:
    """The station's folder that was named, else this user's own."""
    chosen = [value for name, value in pairwise(arguments) if name == HOME_OPTION]
    return Home(Path(chosen[-1]).expanduser().absolute()) if chosen else Home.default()
