"""Every screen as a picture, painted off screen once it has loaded."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QWidget

from sangkien_desktop.app import OpenStation
from sangkien_desktop.app.window import StationWindow, application
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.ui import screenshots as painting
from sangkien_desktop.ui.navigation import Intent

USUAL_SIZE = QSize(1366, 768)
LOOK_EVERY_MS, QUIET_LOOKS = 40, 5


def screenshots(station: OpenStation, folder: Path, size: QSize = USUAL_SIZE) -> tuple[Path, ...]:
    """Every screen, and the inner views that have something to show; the files in the order of the side bar."""
    application()
    shown = StationWindow(station)
    written: list[Path] = []
    try:
        for name, go in _places(station, shown):
            go()
            settled(shown, shown.window)
            written += painting.take([painting.Shot(name, shown.window, size)], folder)
    finally:
        shown.close()
        shown.window.close()
    return tuple(written)


def _places(station: OpenStation, shown: StationWindow) -> list[tuple[str, Callable[[], None]]]:
    places: list[tuple[str, Callable[[], None]]] = []
    for key in shown.keys:
        places.append((key, lambda key=key: shown.window.open(key)))  # type: ignore[misc]
        if key != "sync":
            continue
        if station.sync.conflicts():
            places.append(("sync-conflicts", lambda: shown.window.open("sync", Intent(topic="conflicts"))))
        if record := _explained(station):
            why = Intent(initiative=record)
            places.append(("sync-why", lambda why=why: shown.window.open("sync", why)))  # type: ignore[misc]
    return places


def _explained(station: OpenStation) -> str:
    """A record whose way is worth a picture."""
    for badge in (Badge.UNKNOWN, Badge.QUEUED_AGAIN, Badge.RETURNED, Badge.VALID):
        keys = station.initiatives.keys(Query(badges=frozenset({badge}), limit=1))
        if len(keys):
            return str(station.initiatives.page(keys)[0].record.id)
    return ""


def settled(shown: StationWindow, widget: QWidget) -> QWidget:
    """The widget once every job has come back, so that the picture shows what a person would see."""
    painting.paint(widget, USUAL_SIZE)
    loop = QEventLoop()
    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = 0 if shown.context.jobs.is_busy else quiet + 1
        if quiet == QUIET_LOOKS:
            loop.quit()

    timer = QTimer(interval=LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    return widget
