"""A request and its answer, and whoever can carry them; no library is needed to speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from sangkien_desktop.progress import Progress


@dataclass(frozen=True)
class Request:
    """What is sent. `url` is absolute."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """What came back, inflated; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float = 0.0


class Exchange(Protocol):
    """Whoever can carry a request to the portal and bring the answer."""

    def exchange(self, request: Request, progress: Progress) -> Answer:
        """The whole answer, whatever its status. Raises PortalFailure when there is none, Cancelled when the
        person stopped it."""

    def close(self) -> None:
        """Give up idle connections."""
