"""Tài khoản và quyền: who is signed in to the portal, and which accounts were ever used here."""

from collections.abc import Sequence

from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.storage.accounts import Account, AuthState
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.formatting import full_moment
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.screens.preferences.rows import Row, RowCard
from sangkien_desktop.ui.screens.preferences.section import Section
from sangkien_desktop.ui.widgets.buttons import Button

_ROLES = {
    "officer": "cán bộ nhập liệu",
    "approver": "người duyệt gửi",
    "viewer": "chỉ xem",
    "admin": "quản trị",
    "reviewer": "thẩm định",
}
_STATES = {
    AuthState.SIGNED_IN: "đang đăng nhập",
    AuthState.SIGNED_OUT: "đã đăng xuất",
    AuthState.EXPIRED: "cần đăng nhập lại",
    AuthState.DISABLED: "bị khóa ở Cổng",
}


class AccountSection(Section):
    """Signing out deletes no work."""

    def __init__(self, context: UiContext) -> None:
        """The accounts are read when shown."""
        super().__init__(
            context,
            "Tài khoản và quyền",
            "Quyền do Cổng cấp. Đổi tài khoản hay đăng xuất không làm mất sáng kiến nào đang chờ gửi.",
        )
        self.sign_in = Button("Đăng nhập…", icon="login", name="account-sign-in")
        self.sign_out = Button("Đăng xuất", name="account-sign-out")
        self.sign_out.setVisible(False)
        self.current = Row("Tài khoản Cổng", "Chưa đăng nhập.", self.sign_out, self.sign_in)
        card = RowCard()
        card.add(self.current)
        self.add_card(card, [self.current])
        self._others = RowCard("Đã dùng trên máy này")
        self._other_rows: list[Row] = []
        self._others.setVisible(False)
        self.column.addWidget(self._others)
        self.end()
        self.sign_in.clicked.connect(self.on_sign_in)
        self.sign_out.clicked.connect(self.on_sign_out)

    def load(self) -> None:
        """The accounts of this station."""
        profile = self.context.services.profile
        self.context.jobs.start(lambda: (profile.current_account(), profile.accounts()), done=self.on_loaded)

    def on_loaded(self, found: tuple[Account | None, Sequence[Account]]) -> None:
        """Show them."""
        current, known = found
        self.current.say(said(current) if current else "Chưa đăng nhập.", "" if current else "warn")
        is_in = current is not None and current.state is AuthState.SIGNED_IN
        self.sign_out.setVisible(is_in)
        self.sign_in.setText("Đổi tài khoản…" if is_in else "Đăng nhập…")
        for row in self._other_rows:
            row.hide()
            row.deleteLater()
        self._other_rows = [
            Row(one.name or one.id, said(one)) for one in known if current is None or one.id != current.id
        ]
        for row in self._other_rows:
            self._others.body.addWidget(row)
        self._others.setVisible(bool(self._other_rows))

    def on_sign_in(self) -> None:
        """On the sync screen, by a code."""
        self.context.navigate("sync", Intent(topic="sign-in"))

    def on_sign_out(self) -> None:
        """Forget the sign-in."""
        self.context.jobs.start_long(self.context.services.sync.sign_out, title="", done=self.on_signed_out)

    def on_signed_out(self, _nothing: object) -> None:
        """What waits keeps waiting."""
        self.context.changes.publish(Changes(sync=True))
        self.context.messages.done("Đã đăng xuất khỏi Cổng. Việc đang chờ gửi vẫn còn nguyên.")


def said(account: Account) -> str:
    """Unit, role, state, last success."""
    parts = [account.name, account.unit_name, _ROLES.get(account.role, account.role), _STATES[account.state]]
    if account.last_ok_at is not None:
        parts.append(f"lần cuối {full_moment(account.last_ok_at)}")
    return " · ".join(part for part in parts if part)
