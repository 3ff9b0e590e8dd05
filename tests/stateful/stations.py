"""A desk that can be killed at any commit, put back to a backup, and copied; and the weather it works in."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sangkien_desktop.progress import Progress
from sangkien_desktop.storage.database import Database
from sangkien_desktop.sync.access import PortalAccess
from sangkien_desktop.sync.engine import Outcome
from sangkien_desktop.sync.exchange import Answer, Exchange, Request
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.proxies import ProxyChoice
from tests.support.portal_server import PortalServer
from tests.support.sync_desks import KEY, SyncDesk
from tests.support.weather import PAGE, Weather

REQUESTS_PER_EXCHANGE = 60


class Violation(AssertionError):
    """Something that must always hold does not."""


class Crash(BaseException):
    """The process ends here."""


class StationInWorld(SyncDesk):
    """A desk that can be killed at any commit, put back to a backup, and copied."""

    def __init__(self, folder: Path, portal: PortalServer) -> None:
        super().__init__(folder, portal, new=False)
        self.folder = folder
        self.live: set[str] = set()
        self.access = PortalAccess(self.database, self.clock, open_link=self._link)

    def _link(self, proxies: ProxyChoice) -> Exchange:
        return BoundedLink(self.weather.link(proxies), self.weather)

    def try_sync(self) -> Outcome | PortalFailure:
        """See `SyncDesk`; an exchange that asks without end is broken."""
        self.weather.requests.clear()
        return super().try_sync()

    def sync_and_crash(self, commits: int, *, after: bool) -> None:
        """Exchange until the n-th commit, which is the last that happens (`after`) or the first that does not."""
        counter = itertools.count(1)
        writing = self.database.write
        is_dead = False

        @contextmanager
        def write() -> Iterator[Any]:
            nonlocal is_dead
            number = next(counter)
            if is_dead or (number >= commits and not after):
                is_dead = True
                raise Crash
            with writing() as session:
                yield session
            if number >= commits:
                is_dead = True
                raise Crash

        self.database.write = write  # type: ignore[method-assign]
        with suppress(Crash):
            self.try_sync()
        self.reopen()

    def reopen(self) -> None:
        """The process is gone without a word; a new one opens the file."""
        self.leave()
        self.enter()

    def leave(self) -> None:
        """Let go of the file as a killed process does."""
        self.database._dispose()
        self.database._lock.release()

    def enter(self) -> None:
        """A new process."""
        self.database = Database.open(self.home, KEY, clock=self.clock)
        self.access._database = self.database

    def backup(self, to: Path) -> None:
        """A copy of the whole folder as it is now."""
        self.database.checkpoint()
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)

    def restore(self, backup: Path) -> None:
        """Yesterday's folder takes the place of today's."""
        self.leave()
        shutil.rmtree(self.folder)
        shutil.copytree(backup, self.folder)
        self.enter()

    def rows(self, table: Any) -> list[Any]:
        """All rows of a table."""
        with self.database.read() as session:
            return list(session.scalars(select(table)))


class BoundedLink:
    """A link that ends an exchange which never ends of itself."""

    def __init__(self, link: Exchange, weather: Weather) -> None:
        self._link = link
        self._weather = weather

    def exchange(self, request: Request, progress: Progress) -> Answer:
        """See `Exchange`."""
        if len(self._weather.requests) >= REQUESTS_PER_EXCHANGE:
            raise Violation("too many requests")
        return self._link.exchange(request, progress)

    def close(self) -> None:
        """See `Exchange`."""
        self._link.close()


def _truncated(answer: Answer) -> Answer:
    return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])


PROBLEM = {"content-type": "application/problem+json", "sk-portal": "sangkien-portal"}
MISHAPS: dict[str, Callable[[Any], None]] = {
    "none": lambda weather: weather.mishaps.append(
        lambda link, request, progress: link.real.exchange(request, progress)
    ),
    "lose request": lambda weather: weather.lose_next_request(),
    "lose answer": lambda weather: weather.lose_next_answer(),
    "double": lambda weather: weather.double_next_request(),
    "late copy": lambda weather: weather.delay_copy_of_next_request(),
    "page": lambda weather: weather.answer_next(PAGE),
    "page after": lambda weather: weather.replace_next_answer(lambda _answer: PAGE),
    "truncated": lambda weather: weather.replace_next_answer(_truncated),
    "500": lambda weather: weather.answer_next(Answer(500, PROBLEM, b'{"code":"server-error"}')),
    "500 after": lambda weather: weather.replace_next_answer(
        lambda _answer: Answer(502, {"content-type": "text/html"}, b"<h1>Bad Gateway</h1>")
    ),
    "413": lambda weather: weather.answer_next(Answer(413, PROBLEM, b'{"code":"too-large"}')),
    "429": lambda weather: weather.answer_next(
        Answer(429, PROBLEM | {"retry-after": "7"}, b'{"code":"rate-limited"}')
    ),
    "401": lambda weather: weather.answer_next(Answer(401, PROBLEM, b'{"code":"token-expired"}')),
    "tls": lambda weather: weather.fail_next(Failure.TLS_UNTRUSTED),
}
