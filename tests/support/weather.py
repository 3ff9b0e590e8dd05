"""The network between a desk and the portal, and everything that can happen on it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.sync.exchange import Answer, Exchange, Request
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.network import Link
from sangkien_desktop.sync.proxies import ProxyChoice

PAGE = Answer(200, {"content-type": "text/html"}, b"<html>Dang nhap Wi-Fi</html>")


@dataclass
class Weather:
    """What will happen to the next requests; shared by every link that a desk opens."""

    mishaps: list[Callable[["StormyLink", Request, Progress], Answer]] = field(default_factory=list)
    late: list[Request] = field(default_factory=list)
    """Copies of requests that are still somewhere on the way."""
    requests: list[Request] = field(default_factory=list)
    only: str = ""
    """Mishaps strike only requests whose address holds this."""
    before_next: Callable[[], None] | None = None

    def lose_next_request(self) -> None:
        """It never arrives."""
        self.mishaps.append(_lose_request)

    def lose_next_answer(self) -> None:
        """It arrives, the answer does not."""
        self.mishaps.append(_lose_answer)

    def double_next_request(self) -> None:
        """It arrives twice."""
        self.mishaps.append(_double)

    def delay_copy_of_next_request(self) -> None:
        """A copy arrives later, when `deliver_late` is called."""
        self.mishaps.append(_delay_copy)

    def answer_next(self, answer: Answer) -> None:
        """Something else answers in the portal's place; the portal never hears of it."""
        self.mishaps.append(lambda _link, _request, _progress: answer)

    def replace_next_answer(self, change: Callable[[Answer], Answer]) -> None:
        """The portal answers, but the answer is changed on the way."""
        self.mishaps.append(lambda link, request, progress: change(link.real.exchange(request, progress)))

    def fail_next(self, failure: Failure) -> None:
        """The exchange ends in this failure; nothing arrives."""

        def fail(_link: "StormyLink", _request: Request, _progress: Progress) -> Answer:
            raise PortalFailure(failure)

        self.mishaps.append(fail)

    def during_next_request(self, work: Callable[[], None]) -> None:
        """Something happens on the desk while the request is under way."""
        self.before_next = work

    def deliver_late(self) -> None:
        """Everything that was still on the way arrives."""
        link = Link()
        try:
            while self.late:
                link.exchange(self.late.pop(0), SILENT)
        finally:
            link.close()

    def link(self, _proxies: ProxyChoice) -> Exchange:
        """A link under this weather."""
        return StormyLink(self)


class StormyLink:
    """A real link, with mishaps."""

    def __init__(self, weather: Weather) -> None:
        self.weather = weather
        self.real = Link()

    def exchange(self, request: Request, progress: Progress) -> Answer:
        """See `Exchange`."""
        weather = self.weather
        weather.requests.append(request)
        if weather.only not in request.url:
            return self.real.exchange(request, progress)
        if weather.before_next is not None:
            work, weather.before_next = weather.before_next, None
            work()
        if weather.mishaps:
            return weather.mishaps.pop(0)(self, request, progress)
        return self.real.exchange(request, progress)

    def close(self) -> None:
        """See `Exchange`."""
        self.real.close()


def _lose_request(_link: StormyLink, _request: Request, _progress: Progress) -> Answer:
    raise PortalFailure(Failure.CUT)


def _lose_answer(link: StormyLink, request: Request, progress: Progress) -> Answer:
    link.real.exchange(request, progress)
    raise PortalFailure(Failure.CUT)


def _double(link: StormyLink, request: Request, progress: Progress) -> Answer:
    link.real.exchange(request, progress)
    return link.real.exchange(request, progress)


def _delay_copy(link: StormyLink, request: Request, progress: Progress) -> Answer:
    link.weather.late.append(request)
    return link.real.exchange(request, progress)
