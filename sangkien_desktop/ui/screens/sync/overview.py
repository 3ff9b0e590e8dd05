"""The first view: the sentence, the flow, the lists, the way to the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sangkien_desktop.services.clashes import ClashView
from sangkien_desktop.services.outgoing import ASTRAY, UNDER_WAY
from sangkien_desktop.services.road import Road
from sangkien_desktop.services.syncing import SyncStatus
from sangkien_desktop.settings import Settings
from sangkien_desktop.storage.lots import FileOnItsWay, Lot
from sangkien_desktop.ui import icons, theme
from sangkien_desktop.ui.screens.sync.flow import FlowCard
from sangkien_desktop.ui.screens.sync.lists import ListCard
from sangkien_desktop.ui.screens.sync.road import RoadCard
from sangkien_desktop.ui.screens.sync.words import Headline, astray, closes_soon, headline, stages
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Panel

ROAD_WIDTH, ROAD_WIDTH_WIDE = 396, 540


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Everything the overview shows, read together."""

    status: SyncStatus
    road: Road
    lots: Sequence[Lot]
    waiting: Sequence[int]
    returned: Sequence[int]
    clashes: Sequence[ClashView]
    files: Sequence[FileOnItsWay]
    closes_at: datetime | None
    first_waiting: str


def look(services: Any) -> Seen:
    """Read it all, in a job."""
    outgoing = services.outgoing
    waiting = outgoing.keys(UNDER_WAY)
    first = outgoing.lines(waiting[:1]) if waiting else []
    stage = services.programmes.default().stage_at(services.desk.clock.now())
    return Seen(
        status=services.sync.status(),
        road=services.sync.road(),
        lots=outgoing.lots(),
        waiting=waiting,
        returned=outgoing.keys(ASTRAY),
        clashes=services.clashes.all(),
        files=outgoing.files(),
        closes_at=stage.closes_at if stage else None,
        first_waiting=str(first[0].id) if first and first[0] else "",
    )


class Overview(Panel):
    """Laid out as the window's width allows; shows what it is given."""

    def __init__(self, fetch_lines: Any) -> None:
        """`fetch_lines(keys)` answers lines for row keys."""
        super().__init__("window")
        self.mark = _Mark()
        self.title = label("", "screen", name="headline")
        self.text = label("", tone="text2", wraps=True, name="headline-text")
        self.send = Button("Gửi ngay", icon="send", key="F9", kind="primary", name="send-now")
        self.flow = FlowCard()
        self.lists = ListCard(fetch_lines)
        self.road = RoadCard()
        self._headline: Headline | None = None
        self._lay_out()

    def show_seen(self, seen: Seen, settings: Settings, now: datetime) -> None:
        """Show everything as it was read."""
        said = headline(
            seen.status,
            seen.road,
            settings.sync_interval_minutes,
            is_automatic=settings.sync_automatically,
        )
        self._headline = said
        self._say(said)
        self.send.setText("Gửi ngay" if seen.status.is_signed_in else "Đăng nhập Cổng")
        self.send.set_icon_name("send" if seen.status.is_signed_in else "login")
        self.flow.show_stages(stages(seen.status), astray(seen.status))
        self.lists.show_lots(seen.lots)
        self.lists.show_keys("waiting", seen.waiting)
        self.lists.show_keys("returned", seen.returned)
        self.lists.show_clashes(seen.clashes)
        self.lists.show_files(seen.files)
        self.road.show_road(seen.road, is_signed_in=seen.status.is_signed_in)
        self.road.check.setVisible(not closes_soon(seen.closes_at, now))

    def show_exchange(self, text: str) -> None:
        """While an exchange runs it says how far it is; an empty text gives the place back."""
        self.send.setEnabled(not text)
        if text:
            self._say(Headline("refresh", "wait", "Đang gửi và nhận với Cổng", text))
        elif self._headline is not None:
            self._say(self._headline)

    def panes(self) -> Sequence[QWidget]:
        """The tabs, the list, the way to the portal."""
        return (self.lists, self.road) if self.road.isVisibleTo(self) else (self.lists,)

    def set_narrow(self, is_narrow: bool) -> None:
        """The way to the portal leaves; its button to sign in stands in the headline then."""
        self.road.setVisible(not is_narrow)
        self.flow.set_narrow(is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """The way to the portal has more room."""
        self.road.setFixedWidth(theme.current().metrics.grown(ROAD_WIDTH_WIDE if is_wide else ROAD_WIDTH))

    def set_low(self, is_low: bool) -> None:
        """The notes under the figures leave."""
        self.flow.set_low(is_low)

    def _say(self, said: Headline) -> None:
        self.mark.show_mark(said.icon, said.tone)
        self.title.setText(said.title)
        self.text.setText(said.text)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.text)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.mark)
        head.addLayout(words, 1)
        head.addWidget(self.send)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.lists, 1)
        lower.addWidget(self.road)
        self.set_wide(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.flow)
        column.addLayout(lower, 1)


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "cloud-up", "mute"
        self.setFixedSize(30, 44)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), self._icon, QRect(0, 0, 30, self.height()), self._tone, 28)
