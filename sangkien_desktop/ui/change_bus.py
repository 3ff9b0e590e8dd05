"""Tells whoever listens what a service has changed."""

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.domain.changes import Changes


class ChangeBus(QObject):
    """One for the program; services return `Changes`, whoever called them publishes."""

    changed = Signal(object)

    def publish(self, changes: Changes) -> None:
        """Tell every visible screen, on the main thread."""
        if changes:
            self.changed.emit(changes)
