"""Khóa và mật khẩu: every way into the station, and the recovery code."""

from collections.abc import Sequence

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.services.keys import Way
from sangkien_desktop.services.profile import Profile
from sangkien_desktop.settings import Group
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Question
from sangkien_desktop.ui.formatting import day
from sangkien_desktop.ui.screens.preferences.rows import Row, RowCard
from sangkien_desktop.ui.screens.preferences.section import Section
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.recovery_card import RecoveryCard
from sangkien_desktop.vault.slots import SlotKind

LEAST = 12


class KeySection(Section):
    """Adding, changing, closing; what cannot be undone asks first."""

    def __init__(self, context: UiContext) -> None:
        """The ways are read when shown."""
        super().__init__(
            context,
            "Khóa và mật khẩu",
            "Mỗi người một mật khẩu. Mật khẩu và mã không gửi đi đâu, không ai đọc lại được.",
        )
        self.lock = Button("Khóa ngay", icon="lock", key="Ctrl+L", name="lock-now")
        self.add_settings(
            Group.KEYS, first=[Row("Khóa màn hình", "Đóng dữ liệu, xóa khóa khỏi bộ nhớ.", self.lock)]
        )
        self.add_officer = Button("Thêm người…", icon="plus", kind="small", name="add-officer")
        self.add_device = Button("Tự mở trên máy này", icon="device-desktop", kind="small", name="add-device")
        self._ways = RowCard("Ai mở được trạm")
        self._ways.head.addWidget(self.add_device)
        self._ways.head.addWidget(self.add_officer)
        self._way_rows: list[Row] = []
        self.column.addWidget(self._ways)
        self.renew = Button("In mã mới…", icon="printer", name="new-code")
        self.recovery_row = Row("Mã khôi phục", "", self.renew)
        card = RowCard()
        card.add(self.recovery_row)
        self.add_card(card, [self.recovery_row])
        self.recovery = RecoveryCard(context.dialogs)
        self.recovery.setVisible(False)
        self.column.addWidget(self.recovery)
        self.end()
        self._connect()

    def load(self) -> None:
        """The ways, and where the code is kept."""
        services = self.context.services
        self.context.jobs.start(
            lambda: (services.keys.ways(), services.profile.profile()), done=self.on_loaded
        )

    def on_loaded(self, found: tuple[Sequence[Way], Profile]) -> None:
        """Show them."""
        ways, profile = found
        for row in self._way_rows:
            row.hide()
            row.deleteLater()
        opening = [way for way in ways if way.kind is not SlotKind.RECOVERY]
        self._way_rows = [self._way_row(way, is_only=len(opening) == 1) for way in opening]
        for row in self._way_rows:
            self._ways.body.addWidget(row)
        self.add_device.setVisible(all(way.kind is not SlotKind.DEVICE for way in opening))
        made = profile.recovery_made_at
        kept = f" và ghi nhận nơi cất: {profile.recovery_kept_at}" if profile.recovery_kept_at else ""
        self.recovery_row.say(f"Đã in {day(made)}{kept}." if made else "Chưa ghi nhận đã in và cất ở đâu.")

    def _connect(self) -> None:
        self.lock.clicked.connect(self.on_lock)
        self.add_officer.clicked.connect(self.on_add_officer)
        self.add_device.clicked.connect(self.on_add_device)
        self.renew.clicked.connect(self.on_renew)
        self.recovery.is_put_away.toggled.connect(self.on_put_away)
        self.recovery.kept_at.committed.connect(self.on_put_away)

    def _way_row(self, way: Way, *, is_only: bool) -> Row:
        made = f"Từ {day(way.made_at)}." if way.made_at else ""
        close = Button("Bỏ…", name=f"close-{way.id}")
        close.setEnabled(not is_only)
        close.setToolTip("Đây là cách mở cuối cùng; thêm cách khác trước." if is_only else "")
        if way.kind is SlotKind.DEVICE:
            close.setAccessibleDescription("Máy này")
            close.clicked.connect(lambda _=False, one=way: self.on_close(one))
            return Row("Máy này", f"Tự mở khi đăng nhập vào hệ điều hành. {made}", close)
        name = way.label or "Mật khẩu của trạm"
        change = Button("Đổi mật khẩu…", name=f"change-{way.id}")
        for button in (change, close):
            button.setAccessibleDescription(name)
        change.clicked.connect(lambda _=False, one=way: self.on_change(one))
        close.clicked.connect(lambda _=False, one=way: self.on_close(one))
        return Row(name, f"Mở bằng mật khẩu. {made}", change, close)

    # What a person does

    def on_lock(self) -> None:
        """Ctrl+L."""
        self.context.actions.run("lock")

    def on_add_officer(self) -> None:
        """A passphrase for one more officer."""
        name = self.context.dialogs.ask_text("Thêm người mở được trạm", "Họ và tên")
        phrase = self._new_passphrase() if name and name.strip() else None
        if name and phrase:
            keys = self.context.services.keys
            self.context.jobs.start(lambda: keys.add_passphrase(phrase, name.strip()), done=self.on_added)

    def on_change(self, way: Way) -> None:
        """Another passphrase; the old one must be known."""
        old = self.context.dialogs.ask_text("Đổi mật khẩu", "Mật khẩu đang dùng", hidden=True)
        new = self._new_passphrase() if old else None
        if old and new:
            keys = self.context.services.keys
            self.context.jobs.start(lambda: keys.change_passphrase(way.id, old, new), done=self.on_changed)

    def on_close(self, way: Way) -> None:
        """Close one way, after a question."""
        name = "Máy này" if way.kind is SlotKind.DEVICE else way.label or "Mật khẩu của trạm"
        question = Question(
            title=f"Bỏ cách mở “{name}”?",
            explanation="Dữ liệu không mất. Người này không mở được trạm nữa, kể cả từ bản sao lưu mới.",
            yes="Bỏ",
            no="Giữ lại",
        )
        if self.context.dialogs.confirm(question):
            keys = self.context.services.keys
            self.context.jobs.start(lambda: keys.remove(way.id), done=self.on_closed)

    def on_add_device(self) -> None:
        """Open by itself on this PC."""
        self.context.jobs.start(self.context.services.keys.add_device, done=self.on_added)

    def on_renew(self) -> None:
        """A fresh code: the printed ones of before open nothing any more."""
        question = Question(
            title="Tạo mã khôi phục mới?",
            explanation="Tờ giấy in mã cũ không còn mở được trạm. Mã mới chỉ hiện một lần, in ngay.",
            yes="Tạo mã mới",
            no="Giữ mã cũ",
        )
        if self.context.dialogs.confirm(question):
            self.context.jobs.start(self.context.services.keys.new_recovery_code, done=self.on_renewed)

    def on_renewed(self, code: str) -> None:
        """Shown this once."""
        own = self.context.services.units.own()
        place = own.name if own else ""
        self.recovery.is_put_away.setChecked(False)
        self.recovery.show_code(code, place=place, day=self.context.clock.today())
        self.recovery.setVisible(True)

    def on_put_away(self) -> None:
        """Remember where the paper lies."""
        if self.recovery.is_confirmed:
            profile = self.context.services.profile
            kept_at = self.recovery.kept_at.text()
            self.context.jobs.start(lambda: profile.note_recovery(kept_at), done=self.on_noted)

    def on_noted(self, changes: Changes) -> None:
        """The row says it."""
        self.context.changes.publish(changes)

    def on_added(self, changes: Changes) -> None:
        """One more way."""
        self._tell(changes, "Đã thêm cách mở trạm.")

    def on_changed(self, changes: Changes) -> None:
        """The old passphrase opens nothing any more."""
        self._tell(changes, "Đã đổi mật khẩu. Bản sao lưu cũ vẫn mở bằng mật khẩu cũ.")

    def on_closed(self, changes: Changes) -> None:
        """One way less."""
        self._tell(changes, "Đã bỏ một cách mở trạm.")

    def _tell(self, changes: Changes, sentence: str) -> None:
        self.context.changes.publish(changes)
        self.context.messages.done(sentence)

    def _new_passphrase(self) -> str | None:
        dialogs = self.context.dialogs
        first = dialogs.ask_text(
            "Mật khẩu mới", f"Mật khẩu mới, ít nhất {LEAST} ký tự, gõ không dấu", hidden=True
        )
        if not first:
            return None
        if len(first) < LEAST:
            self.context.messages.warn(f"Mật khẩu cần ít nhất {LEAST} ký tự.", topic="passphrase")
            return None
        if dialogs.ask_text("Mật khẩu mới", "Gõ lại mật khẩu mới", hidden=True) != first:
            self.context.messages.warn("Hai lần gõ không giống nhau; mật khẩu chưa đổi.", topic="passphrase")
            return None
        return first
