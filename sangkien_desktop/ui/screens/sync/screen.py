"""Đồng bộ: is all at the portal, and if not, what is missing and who acts."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.ids import InitiativeId
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.services.explaining import Explanation
from sangkien_desktop.services.outgoing import ASTRAY, UNDER_WAY
from sangkien_desktop.services.syncing import EXCHANGE_TITLE
from sangkien_desktop.storage.lots import Lot
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.jobs import Job
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.sync.conflicts import ConflictView
from sangkien_desktop.ui.screens.sync.deciding import Deciding
from sangkien_desktop.ui.screens.sync.doctor import DoctorView
from sangkien_desktop.ui.screens.sync.overview import Overview, Seen, look
from sangkien_desktop.ui.screens.sync.sign_in import SignInView
from sangkien_desktop.ui.screens.sync.signing import Signing
from sangkien_desktop.ui.screens.sync.why import WhyView

TITLE, WHY_TITLE = "Đồng bộ", "Vì sao chưa tới Cổng?"
LOW_BELOW = 430


class SyncPage(Page):
    """Four views in one place: the overview, one record's way, the clashes, the sign-in."""

    def __init__(self, context: UiContext) -> None:
        """Loads at once; the lists keep their rows until newer ones are there."""
        super().__init__(context)
        self._services = context.services
        self._explained: InitiativeId | None = None
        self._seen: Seen | None = None
        self._stack = QStackedWidget()
        self.overview = Overview(self._services.outgoing.lines)
        self.why = WhyView()
        self.clashes = ConflictView()
        self.sign_in = SignInView()
        self.doctor = DoctorView(context)
        for view in (self.overview, self.why, self.clashes, self.sign_in, self.doctor):
            self._stack.addWidget(view)
        self.signing = Signing(context, self.sign_in, self)
        self.deciding = Deciding(context, self.clashes, self)
        self.set_parts(self._stack)
        self._load = context.jobs.latest(done=self.on_seen)
        self._connect()
        self._reload()

    # What the frame asks

    def open_with(self, intent: Intent) -> None:
        """A record opens its way; the topics `conflicts`, `sign-in`, `returned`, `waiting` their own place."""
        if intent.topic == "conflicts":
            self._show_clashes(intent.initiative)
        elif intent.topic == "sign-in":
            self._show_sign_in()
        elif intent.topic == "doctor":
            self._show_doctor()
        elif intent.topic in ("returned", "waiting", "files", "lots"):
            self._show_overview()
            self.overview.lists.open_tab(intent.topic)
        elif intent.initiative:
            self._explain(InitiativeId(intent.initiative))

    def refresh(self, changes: Changes) -> None:
        """Anything that is written may change where something is."""
        self._reload()
        if self._stack.currentWidget() is self.why and self._explained is not None:
            self._explain(self._explained)

    def showEvent(self, event: QShowEvent) -> None:
        """The heading belongs to the view that is shown."""
        super().showEvent(event)
        self._say_heading()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps only the figures of the flow."""
        super().resizeEvent(event)
        self.overview.set_low(self.height() < LOW_BELOW)

    def set_narrow(self, is_narrow: bool) -> None:
        """The way to the portal becomes a tab, the timeline takes the width."""
        self.overview.set_narrow(is_narrow)
        self.why.set_narrow(is_narrow)
        self.clashes.set_narrow(is_narrow)

    def set_wide(self, is_wide: bool) -> None:
        """More room for the way to the portal."""
        self.overview.set_wide(is_wide)

    def panes(self) -> Sequence[QWidget]:
        """The list and the buttons of the view that is shown."""
        if self._stack.currentWidget() is self.overview:
            return self.overview.panes()
        if self._stack.currentWidget() is self.clashes:
            return (self.clashes.list, self.clashes.grid)
        places = {self.why: self.why.pane, self.sign_in: self.sign_in.address, self.doctor: self.doctor.again}
        return tuple(pane for view, pane in places.items() if view is self._stack.currentWidget())

    def commands(self) -> Sequence[Command]:
        """Every act of the four views."""
        mine, theirs, save = self.clashes.on_mine, self.clashes.on_theirs, self.clashes.save
        only = self._only_in_clashes
        return (
            Command("sync.why", "Vì sao sáng kiến này chưa tới Cổng?", self.on_why, "Alt+V", "help-circle"),
            Command("sync.conflicts", "Chọn bản cho các mâu thuẫn", self._show_clashes, "", "arrows-diff"),
            Command("sync.sign-in", "Đăng nhập Cổng", self._show_sign_in, "", "login"),
            Command("sync.sign-out", "Đăng xuất khỏi Cổng", self.signing.sign_out, "", "login"),
            Command("sync.doctor", "Kiểm tra đường truyền", self._show_doctor, "", "stethoscope"),
            Command("sync.back", "Về màn hình Đồng bộ", self._show_overview, "Esc", "chevron-left"),
            Command("sync.take-mine", "Lấy hết của máy này", mine, "Alt+M", disabled_reason=only),
            Command("sync.take-theirs", "Lấy hết của Cổng", theirs, "Alt+C", disabled_reason=only),
            Command("sync.save", "Lưu bản đã chọn và gửi lại", save, "Ctrl+Return", disabled_reason=only),
        )

    def _only_in_clashes(self) -> str:
        return "" if self._stack.currentWidget() is self.clashes else "chỉ trong màn hình mâu thuẫn"

    # Loading

    def _connect(self) -> None:
        self.context.jobs.job_started.connect(self.on_job_started)
        lists, road = self.overview.lists, self.overview.road
        self.overview.send.clicked.connect(self.on_send)
        self.overview.flow.astray_opened.connect(self.on_astray)
        lists.lot_opened.connect(self.on_lot)
        lists.record_opened.connect(self.on_record)
        lists.clash_opened.connect(self._show_clashes)
        road.why.clicked.connect(self.on_why)
        road.check.clicked.connect(self._show_doctor)
        self.doctor.left.connect(self._show_overview)
        road.sign_in.clicked.connect(self._show_sign_in)
        self.why.left.connect(self._show_overview)
        self.why.ask_wanted.connect(self.on_send)
        self.why.mend_wanted.connect(self.on_mend)
        self.why.lot_wanted.connect(self.on_lot)
        self.why.alike_wanted.connect(self.on_alike)
        self.why.copied.connect(self.on_copied)
        self.clashes.left.connect(self._show_overview)
        self.sign_in.left.connect(self._show_overview)
        self.signing.done.connect(self._show_overview)

    def _reload(self) -> None:
        services = self._services
        self._load.start(lambda _progress: look(services))

    def on_seen(self, seen: Seen) -> None:
        """Everything the overview shows has been read."""
        self._seen = seen
        self.overview.show_seen(seen, self.context.settings, self.context.clock.now())
        self.clashes.show_clashes(seen.clashes)
        self._say_heading()

    def on_job_started(self, job: Job) -> None:
        """An exchange began somewhere: say how far it is."""
        if job.title == EXCHANGE_TITLE:
            self.overview.show_exchange("Đang nối tới Cổng")
            job.progressed.connect(self.on_progressed)
            job.ended.connect(self.on_exchanged)

    def on_progressed(self, done: int, total: int, text: str) -> None:
        """The exchange went a step further."""
        count = f" {formatting.number(done)}/{formatting.number(total)}" if total else ""
        self.overview.show_exchange(f"{text or 'Đang gửi'}{count}")

    def on_exchanged(self) -> None:
        """The exchange ended, well or not: look again."""
        self.overview.show_exchange("")
        self._reload()

    # Going from view to view

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self._say_heading()

    def _show_overview(self) -> None:
        self.signing.stop()
        self._show(self.overview)

    def _show_clashes(self, current: str = "") -> None:
        clashes = self._seen.clashes if self._seen else ()
        chosen = next((str(one.id) for one in clashes if current in (one.id, one.record)), "")
        self.clashes.show_clashes(clashes, chosen)
        self._show(self.clashes)
        self.clashes.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sign_in(self) -> None:
        known = self._seen.status.portal_url if self._seen else ""
        self.sign_in.begin(known or self.context.settings.portal_url)
        self._show(self.sign_in)

    def _show_doctor(self) -> None:
        self._show(self.doctor)
        self.doctor.examine()

    def _say_heading(self) -> None:
        view = self._stack.currentWidget()
        now: datetime = self.context.clock.now()
        title = WHY_TITLE if view is self.why else TITLE
        named = (
            (self.clashes, "Mâu thuẫn"),
            (self.sign_in, "Đăng nhập Cổng"),
            (self.why, ""),
            (self.doctor, ""),
        )
        beside = next((words for one, words in named if one is view), formatting.as_of(now))
        self.heading_changed.emit(title, beside)

    def on_astray(self, name: str) -> None:
        """A line beside the flow was clicked."""
        if name == "Mâu thuẫn":
            self._show_clashes()
        else:
            self.overview.lists.open_tab("returned")

    def on_lot(self, lot: Lot) -> None:
        """A batch was opened: its records."""
        self._show(self.overview)
        self.overview.lists.show_lot(lot, self._services.outgoing.keys_of(lot.batch))

    def on_alike(self, badge: str) -> None:
        """All records that stand where this one stands."""
        if Badge(badge) in UNDER_WAY | ASTRAY:
            self._show(self.overview)
            self.overview.lists.open_tab("waiting" if Badge(badge) in UNDER_WAY else "returned")
        else:
            self.context.navigate("initiatives", Intent(state=badge))

    def on_record(self, record: str) -> None:
        """A record of a list was opened: its way."""
        self._explain(InitiativeId(record))

    def on_why(self) -> None:
        """Alt+V: the way of the record that is current."""
        record = self.overview.lists.current_record
        if not record and self._seen is not None and self._seen.first_waiting:
            record = self._seen.first_waiting
        if record:
            self._explain(InitiativeId(record))
        else:
            self.context.messages.inform("Chọn một sáng kiến trong danh sách trước.", topic="why")

    def _explain(self, record: InitiativeId) -> None:
        self._explained = record
        services = self._services
        self.context.jobs.start(lambda: services.sync.explain(record), done=self.on_explained)

    def on_explained(self, found: Explanation) -> None:
        """The record's way has been read."""
        closes = self._seen.closes_at if self._seen else None
        left = closes is not None and closes > self.context.clock.now()
        deadline = formatting.deadline(closes, self.context.clock.now()) + "." if closes and left else ""
        self.why.show_explanation(found, deadline)
        self._show(self.why)

    # What a person does

    def on_send(self) -> None:
        """Send and fetch now; without a sign-in, sign in first."""
        if self._seen is not None and not self._seen.status.is_signed_in:
            self._show_sign_in()
        else:
            self.context.actions.run("sync.now")

    def on_mend(self) -> None:
        """Open the record where it can be mended."""
        self.context.navigate("initiatives", Intent(initiative=self._explained or ""))

    def on_copied(self, text: str) -> None:
        """The explanation for whoever gives support."""
        QGuiApplication.clipboard().setText(text)
        self.context.messages.done("Đã chép lời giải thích, không có tên người và nội dung sáng kiến.")
