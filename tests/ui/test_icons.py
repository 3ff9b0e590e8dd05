"""Every picture the look names is there and takes its colour."""

import pytest
from PySide6.QtGui import QColor

from sangkien_desktop.paths import resource
from sangkien_desktop.ui import icons

NAMED = [
    "layout-dashboard",
    "bulb",
    "table-import",
    "users",
    "list-check",
    "cloud-up",
    "target-arrow",
    "report",
    "award",
    "settings",
    "plus",
    "filter",
    "search",
    "columns",
    "clipboard-list",
    "file-export",
    "file-type-xls",
    "file-word",
    "file-type-pdf",
    "printer",
    "send",
    "usb",
    "refresh",
    "corner-down-left",
    "history",
    "paperclip",
    "stethoscope",
    "help-circle",
    "lock",
    "dots",
    "arrows-diff",
    "arrow-back-up",
    "circle-x",
    "copy",
    "archive",
    "alert-circle",
    "player-pause",
    "upload",
    "hourglass",
    "clock-edit",
    "clock",
    "trash",
    "circle-check",
    "pencil",
    "certificate",
    "ban",
    "git-merge",
    "shield-lock",
    "wifi",
    "wifi-off",
    "login",
    "network",
]


@pytest.mark.parametrize("name", NAMED)
def test_icon_is_there_and_is_painted(look, name: str) -> None:
    image = icons.pixmap(name, 16, "text", 1.0).toImage()
    assert any(image.pixelColor(x, y).alpha() > 0 for x in range(16) for y in range(16))


def test_icon_takes_the_colour_of_its_role(look) -> None:
    image = icons.pixmap("player-pause", 24, "bad", 2.0).toImage()
    colours = {
        image.pixelColor(x, y).rgb()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert QColor(look.tokens.bad).rgb() in colours


def test_icon_is_made_for_the_screens_ratio(look) -> None:
    image = icons.pixmap("bulb", 18, "text", 1.5)
    assert (image.width(), image.devicePixelRatio()) == (27, 1.5)


def test_every_file_can_be_tinted() -> None:
    for path in resource("icons").glob("*.svg"):
        assert "currentColor" in path.read_text(encoding="utf-8"), path.name
    assert resource("icons", "LICENSE").is_file()
