"""A relay between client and portal that cuts the connection after so many bytes of either direction."""

import socket
import threading
from types import TracebackType
from typing import Self

PIECE = 65536


class CuttingRelay:
    """Listens on a free port of the loopback; `cut` applies to every connection made while it is set."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._is_open = True
        self.cut_request: int | None = None
        """Bytes of the request that still pass."""
        self.cut_answer: int | None = None
        self.seen_request = bytearray()
        self.seen_answer = bytearray()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Where clients go."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def forget(self) -> None:
        """Begin to record anew."""
        self.seen_request.clear()
        self.seen_answer.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        self._listening.close()

    def _accept(self) -> None:
        while self._is_open:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self._target)
        except OSError:
            client.close()
            return
        there = threading.Thread(
            target=self._pump, args=(client, server, self.cut_request, self.seen_request)
        )
        there.start()
        self._pump(server, client, self.cut_answer, self.seen_answer)
        there.join(5)
        client.close()
        server.close()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket, left: int | None, seen: bytearray) -> None:
        try:
            while piece := source.recv(PIECE):
                seen += piece
                if left is not None:
                    piece = piece[:left]
                    left -= len(piece)
                target.sendall(piece)
                if left == 0:
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
