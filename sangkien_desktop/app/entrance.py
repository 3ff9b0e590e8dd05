"""From the start of the program to an open station, and the window around it."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from sangkien_desktop import app
from sangkien_desktop.app import window
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services import station
from sangkien_desktop.ui.dialogs import Dialogs

HOME_OPTION = "--home"


def run(arguments: Sequence[str]) -> int:
    """Open the station, ask for what is needed, show the window until it is closed."""
    window.application()
    home = _home(arguments)
    dialogs = Dialogs()
    try:
        opened = _opened(home, dialogs)
    except AppError as error:
        dialogs.tell(error.sentence, error.hint)
        return 3
    if opened is None:
        return 0
    try:
        return window.run(opened)
    finally:
        opened.close()


def _home(arguments: Sequence[str]) -> Home:
    chosen = [value for name, value in pairwise(arguments) if name == HOME_OPTION]
    return Home(Path(chosen[-1]).expanduser().absolute()) if chosen else Home.default()


def _opened(home: Home, dialogs: Dialogs) -> app.OpenStation | None:
    def ask() -> str | None:
        return dialogs.ask_text("Mở trạm", "Mật khẩu của trạm", hidden=True)

    if station.exists(home):
        return app.open_station(home, ask=ask)
    passphrase = dialogs.ask_text("Trạm mới", "Đặt mật khẩu cho trạm (ít nhất 8 ký tự)", hidden=True)
    if passphrase is None:
        return None
    opened, code = app.create_station(home, station.NewStation(passphrase=passphrase, use_keyring=False))
    dialogs.tell("Mã khôi phục, chỉ hiện một lần", code)
    return opened
