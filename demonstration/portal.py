"""The demonstration portal, running as a process of its own on loopback."""

import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

READY_WITHIN_S = 60
ENDS_WITHIN_S = 10
COMMAND = (sys.executable, "-m", "reference_portal")


class DemonstrationPortal:
    """Starts with the block and ends with it; its data lie in one file."""

    def __init__(self, folder: Path) -> None:
        self._database = f"sqlite:///{folder / 'portal.db'}"
        self._log = (folder / "portal.log").open("wb")
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self.address = ""

    def __enter__(self) -> Self:
        """Start, and wait until it says its address. Raises RuntimeError when it does not."""
        serve = [*COMMAND, "serve", "--demo", "--port", "0", "--database", self._database]
        self._process = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=self._log, text=True)
        said: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, args=(said,), daemon=True)
        self._listener.start()
        try:
            self.address = said.get(timeout=READY_WITHIN_S).strip()
        except queue.Empty:
            self.address = ""
        if not self.address.startswith("http"):
            self.__exit__(None, None, None)
            raise RuntimeError("the demonstration portal did not start; see portal.log")
        return self

    def _listen(self, said: "queue.Queue[str]") -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said.put(line)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it by its own process id."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._listener is not None:
                self._listener.join()
            if self._process.stdout is not None:
                self._process.stdout.close()
        self._log.close()

    def approve(self, user_code: str, account: str) -> None:
        """What the officer does on her phone."""
        self._ask("approve", user_code, "--account", account, "--portal", self.address)

    def review(self, seed: int) -> None:
        """Let the reviewer judge what has arrived, the same way each time."""
        self._ask("review", "--seed", str(seed), "--portal", self.address)

    def _ask(self, *arguments: str) -> None:
        subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, timeout=180)
