"""Categories that are mostly declared settings: station, programmes, display, network, data protection, support."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.services.grounds import Ground
from sangkien_desktop.services.profile import Profile
from sangkien_desktop.services.road import Road, Verdict
from sangkien_desktop.settings import Group
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.preferences.rows import Row, RowCard
from sangkien_desktop.ui.screens.preferences.section import Section
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice
from sangkien_desktop.ui.widgets.fields import GrowingText, LineField

ABOUT_NETWORK = 4
"""So many checks of the way are about network, portal, sign-in and clock."""


class StationSection(Section):
    """What the station and its union are called, and where the data lies."""

    def __init__(self, context: UiContext) -> None:
        """Own rows first, then the declared ones."""
        super().__init__(
            context, "Trạm và đơn vị", "Tên trên báo cáo, hồ sơ và màn hình khóa; mã của sáng kiến mới."
        )
        self.unit = LineField(name="unit-name")
        self.short = LineField(name="unit-short-name")
        self.station = LineField(name="station-name", placeholder="Văn phòng CĐ 1")
        self._fields = (
            (self.unit, "Tên công đoàn cơ sở", "Đứng trên báo cáo và hồ sơ.", 340),
            (self.short, "Tên ngắn", "Trên thanh bên và màn hình khóa.", 260),
            (self.station, "Tên trạm", "Phân biệt khi đơn vị có nhiều máy.", 260),
        )
        rows = []
        for field, name, consequence, width in self._fields:
            field.setFixedWidth(width)
            field.setAccessibleName(name)
            rows.append(Row(name, consequence, field))
        self.add_settings(Group.STATION, first=rows)
        self.open_folder = Button("Mở thư mục", icon="folder-open", name="open-folder")
        self.place = Row("Nơi để dữ liệu", "", self.open_folder)
        card = RowCard()
        card.add(self.place)
        self.add_card(card, [self.place])
        self.end()
        self.unit.committed.connect(self.on_unit)
        self.short.committed.connect(self.on_unit)
        self.station.committed.connect(self.on_station)
        self.open_folder.clicked.connect(self.on_open_folder)

    def load(self) -> None:
        """Names from the database."""
        services = self.context.services
        self.context.jobs.start(
            lambda: (services.units.own(), services.profile.profile()), done=self.on_loaded
        )

    def on_loaded(self, found: tuple[Unit | None, Profile]) -> None:
        """Show them."""
        own, profile = found
        self.unit.show_value(own.name if own else "")
        self.short.show_value(own.short_name if own else "")
        self.station.show_value(profile.name)
        self.place.say(f"{profile.folder} · đã mã hóa; không để ở ổ mạng hoặc thư mục đám mây")

    def on_unit(self, _text: str) -> None:
        """Another name of the union."""
        name, short = self.unit.text().strip(), self.short.text().strip()
        if name:
            services = self.context.services
            self.context.jobs.start(lambda: services.units.set_own(name, short), done=self.on_written)

    def on_station(self, name: str) -> None:
        """Another name of the station."""
        services = self.context.services
        self.context.jobs.start(lambda: services.profile.rename(name), done=self.on_written)

    def on_written(self, _result: object) -> None:
        """Papers and side bar read it anew."""
        self.context.changes.publish(Changes(settings=True, units=True))
        self.context.messages.done("Đã đổi tên.")

    def on_open_folder(self) -> None:
        """In the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.services.desk.home.folder)))


class ProgrammeSection(Section):
    """The programme of new records, and how figures are counted."""

    def __init__(self, context: UiContext) -> None:
        """The known programmes are the choices."""
        super().__init__(
            context,
            "Chương trình, danh mục",
            "Danh mục lĩnh vực, cấp công nhận… do Cổng gửi về, không sửa ở máy.",
        )
        known = [Choice(one.name, one.code) for one in context.services.programmes.all()]
        self.add_settings(Group.PROGRAMME, choices={"default_programme": known})
        self.end()


class DisplaySection(Section):
    """How it looks and how it is typed into."""

    def __init__(self, context: UiContext) -> None:
        """Declared settings only."""
        super().__init__(context, "Cách gõ và hiển thị", "")
        self.add_settings(Group.DISPLAY)
        self.end()


class NetworkSection(Section):
    """The portal and the way to it."""

    def __init__(self, context: UiContext) -> None:
        """The result of a test stands in its row."""
        super().__init__(
            context, "Mạng và Cổng", "Máy chỉ gửi dữ liệu tới địa chỉ Cổng dưới đây, không tới nơi nào khác."
        )
        self.test = Button("Thử ngay", icon="stethoscope", name="test-connection")
        self.result = Row("Thử đường truyền", "", self.test)
        self.add_settings(Group.NETWORK)
        card = RowCard()
        card.add(self.result)
        self.add_card(card, [self.result])
        self.end()
        self.test.clicked.connect(self.on_test)

    def load(self) -> None:
        """What is known without asking the network."""
        self.context.jobs.start(self.context.services.sync.road, done=self.on_road)

    def on_road(self, road: Road) -> None:
        """The first check that is not well, else that all is."""
        wrong = next(
            (one for one in road.checks[:ABOUT_NETWORK] if one.verdict in (Verdict.BAD, Verdict.LOOK)), None
        )
        if wrong is not None:
            self.result.say(f"{wrong.name}: {wrong.found}. {wrong.advice}", "warn")
        else:
            self.result.say(f"{road.checks[1].found}.", "ok")

    def on_test(self) -> None:
        """The sync screen examines each step of the way."""
        self.context.navigate("sync", Intent(topic="doctor"))


class PrivacySection(Section):
    """The ground on which authors' data is sent, and what stays here."""

    def __init__(self, context: UiContext) -> None:
        """The ground is typed as the paper says it."""
        super().__init__(
            context,
            "Bảo vệ dữ liệu",
            "Tên và mã nhân viên của tác giả chỉ gửi lên Cổng khi có căn cứ chung dưới đây, "
            "hoặc khi từng người đã đồng ý.",
        )
        self.ground = GrowingText(name="ground")
        self.ground.setAccessibleName("Căn cứ chung để gửi dữ liệu tác giả")
        self.ground.setFixedWidth(380)
        self.row = Row("Căn cứ chung của đơn vị", "", self.ground)
        self.people = Button("Mở danh sách đồng ý", icon="user-check", name="open-consent")
        consent = Row(
            "Đồng ý của từng người", "Ghi nhận, rút lại, xuất hoặc xóa dữ liệu của một người.", self.people
        )
        secret = Row(
            "Sáng kiến thuộc bí mật công nghệ",
            "Chỉ ba ô được gửi đi; nội dung và tác giả không bao giờ rời máy này.",
        )
        card = RowCard()
        for row in (self.row, consent, secret):
            card.add(row)
        self.add_card(card, [self.row, consent, secret])
        self.end()
        self.ground.committed.connect(self.on_ground)
        self.people.clicked.connect(self.on_people)

    def load(self) -> None:
        """The declared ground."""
        self.context.jobs.start(self.context.services.profile.ground, done=self.on_loaded)

    def on_loaded(self, ground: Ground | None) -> None:
        """Who declared it, and when."""
        self.ground.show_value(ground.text if ground else "")
        if ground is None:
            self.row.say("Chưa khai; sáng kiến của người chưa đồng ý được giữ lại ở máy.", "warn")
        else:
            by = f", {ground.declared_by}" if ground.declared_by else ""
            self.row.say(f"Khai ngày {formatting.day(ground.declared_on)}{by}.")

    def on_ground(self, text: str) -> None:
        """Declare another ground, or take it back."""
        services = self.context.services
        self.context.jobs.start(lambda: services.profile.declare_ground(text), done=self.on_declared)

    def on_declared(self, changes: Changes) -> None:
        """Records that waited for a ground may go now."""
        self.context.changes.publish(changes)
        self.context.messages.done("Đã ghi căn cứ gửi dữ liệu.")

    def on_people(self) -> None:
        """The register of consent is on the people screen."""
        self.context.navigate("people", Intent(topic="consent"))


class SupportSection(Section):
    """For whoever helps."""

    def __init__(self, context: UiContext) -> None:
        """Versions and the log."""
        super().__init__(
            context,
            "Hỗ trợ",
            "Nhật ký không chứa tên người, nội dung sáng kiến hay mật khẩu; xem trước khi gửi đi.",
        )
        self.open_logs = Button("Mở nhật ký", icon="file-text", name="open-logs")
        self.version = Row("Phiên bản", "")
        logs = Row("Nhật ký của chương trình", "Gửi cho bàn hỗ trợ khi được hỏi.", self.open_logs)
        self._acts: list[Button] = []
        card = RowCard()
        rows = [self.version, logs, *self._frame_rows()]
        for row in rows:
            card.add(row)
        self.add_card(card, rows)
        self.end()
        self.open_logs.clicked.connect(self.on_open_logs)

    def load(self) -> None:
        """The version and the station's short name for support."""
        self.context.jobs.start(self.context.services.profile.profile, done=self.on_loaded)

    def on_loaded(self, profile: Profile) -> None:
        """Show them."""
        self.version.say(f"Sáng kiến {profile.version} · mã trạm {profile.short_id}")

    def on_open_logs(self) -> None:
        """In the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.services.desk.home.logs)))

    def _frame_rows(self) -> list[Row]:
        wanted: tuple[tuple[str, str, str, str], ...] = (
            ("shortcuts", "Bảng phím tắt", "Mọi phím của chương trình, in ra được.", "keyboard"),
            ("commands", "Danh sách lệnh", "Gõ vài chữ để tìm việc cần làm.", "search"),
        )
        rows = []
        for command, name, consequence, icon in wanted:
            button = Button("Mở", icon=icon, name=f"open-{command}")
            button.setAccessibleDescription(name)
            button.clicked.connect(self._runner(command))
            rows.append(Row(name, consequence, button))
        return rows

    def _runner(self, command: str) -> Callable[[], None]:
        def run() -> None:
            self.context.actions.run(command)

        return run
