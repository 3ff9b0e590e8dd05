"""One window for one station: a second start brings the first window forward and ends."""

import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from sangkien_desktop.paths import Home

ANSWER_WITHIN_MS = 1000
_COME = b"come forward\n"


class OneWindow(QObject):
    """The meeting place of all starts over one station's folder."""

    called = Signal()
    """Another start wants this window to come forward."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"sangkien-{hashlib.sha256(str(home.folder).encode()).hexdigest()[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def call_the_first(self) -> bool:
        """Ask the window that is open already to come forward; False when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_WITHIN_MS):
            return False
        socket.write(_COME)
        socket.waitForBytesWritten(ANSWER_WITHIN_MS)
        socket.disconnectFromServer()
        return True

    def become_the_first(self) -> None:
        """From now on later starts are heard here; what a killed program left behind is cleared away."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)

    def close(self) -> None:
        """Later starts are on their own."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.called.emit()
