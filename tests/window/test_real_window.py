"""The program in a real window, driven by real keys: unlocked, typed into, closed; what was typed is there."""

import sys
import time
from pathlib import Path

import pytest

from tests.support.commands import PASSPHRASE, CommandLine
from tests.support.screens import an_x_screen, ask, keys, running, type_text, until, vietnamese_typing

pytestmark = [pytest.mark.window, pytest.mark.slow]
PROGRAM = [sys.executable, "-m", "sangkien_desktop"]
TITLE = "Sáng kiến"


def windows(env: dict[str, str]) -> list[str]:
    """Visible windows of the program, by their ids."""
    return ask(env, "xdotool", "search", "--onlyvisible", "--name", TITLE).splitlines()


def unlocked(env: dict[str, str]) -> None:
    """Type the passphrase into the lock and wait until the station's window has taken its place."""
    until(lambda: windows(env))
    (lock,) = windows(env)
    ask(env, "xdotool", "windowactivate", "--sync", lock)
    type_text(env, PASSPHRASE)
    keys(env, "Return")

    def others() -> list[str]:
        return [window for window in windows(env) if window != lock]

    until(others)
    until(lambda: ask(env, "xdotool", "getactivewindow") in others())


def titles(command: CommandLine) -> list[str]:
    """Titles of all records; asked once the window has let go of the station."""
    until(lambda: command("list", "--json").status == 0)
    return [record["title"] for record in command("list", "--json").json["records"]]


def write_one(env: dict[str, str], text: str, *, pause_s: float = 0) -> None:
    """A new initiative from the keyboard: Alt+2 opens the grid, Ctrl+N a row, then its title.

    An input method hears of a new focus over its bus a moment later; `pause_s` is the glance of a person.
    """
    keys(env, "alt+2", "ctrl+n")
    time.sleep(pause_s)
    type_text(env, text)
    keys(env, "Tab")


def closed(env: dict[str, str]) -> None:
    """Close the window as a person does and wait until it is gone."""
    keys(env, "alt+F4")
    until(lambda: not windows(env))


@pytest.fixture
def command(tmp_path: Path) -> CommandLine:
    station = CommandLine(tmp_path / "station")
    station("init", "--no-keyring")
    return station


def environment(screen: dict[str, str], command: CommandLine) -> dict[str, str]:
    """The screen's environment with the station's folder, and no passphrase anywhere in it."""
    return {**screen, "SANGKIEN_HOME": command.environment["SANGKIEN_HOME"]}


def test_what_is_typed_in_the_window_is_in_the_station(tmp_path: Path, command: CommandLine) -> None:
    with an_x_screen(tmp_path) as screen:
        env = environment(screen, command)
        with running(PROGRAM, env):
            unlocked(env)
            write_one(env, "Cai tien do ga kep than den khi bat vit")
            closed(env)
    assert titles(command) == ["Cai tien do ga kep than den khi bat vit"]


@pytest.mark.parametrize(
    ("method", "typed"), [("telex", "cari tieens ddoof gas "), ("vni", "ca3i tie61n d9o62 ga1 ")]
)
def test_vietnamese_reaches_the_grid_through_unikey(
    tmp_path: Path, command: CommandLine, method: str, typed: str
) -> None:
    with (
        an_x_screen(tmp_path) as screen,
        vietnamese_typing(environment(screen, command), tmp_path, method) as env,
        running(PROGRAM, env),
    ):
        unlocked(env)
        write_one(env, typed, pause_s=1.5)
        closed(env)
    assert titles(command) == ["cải tiến đồ gá"]
