"""Sao lưu: when, where, and the copies that there are."""

from collections.abc import Sequence

from sangkien_desktop.services.backups import Made
from sangkien_desktop.settings import Group
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.dialogs import Question
from sangkien_desktop.ui.formatting import file_size, full_moment, moment, number
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.preferences.section import Section
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card
from sangkien_desktop.ui.widgets.table import Table

REASONS = {
    "asked": "Tay",
    "interval": "Tự động",
    "close": "Khi đóng",
    "import": "Trước khi nhập",
    "migration": "Trước nâng cấp",
    "restore": "Trước khôi phục",
    "bundle": "Trước gói USB",
    "key-change": "Trước đổi khóa",
}
MOST_ROWS = 8


class BackupSection(Section):
    """Every copy has been opened and checked before it counts."""

    def __init__(self, context: UiContext) -> None:
        """The copies are read when shown."""
        super().__init__(
            context,
            "Sao lưu",
            "Bản sao được khóa bằng mật khẩu của trạm; không có mật khẩu hoặc mã khôi phục thì không mở được.",
        )
        self.add_settings(Group.BACKUP)
        self._made: Sequence[Made] = ()
        self.now = Button("Sao lưu ngay", icon="device-floppy", kind="small", name="back-up-now")
        self.to_stick = Button("Ghi ra USB…", icon="usb", kind="small", name="back-up-to-stick")
        self.restore = Button("Khôi phục…", icon="history", kind="small", name="restore-backup")
        self.check = Button("Thử mở", icon="stethoscope", kind="small", name="verify-backup")
        self._model: PagedModel[Made] = PagedModel(
            _columns(), lambda ids: [self._made[at] for at in ids], self
        )
        self.table = Table(self._model, name="backups")  # type: ignore[arg-type]
        self.table.setAccessibleName("Các bản sao lưu")
        self.table.horizontalHeader().setSectionsClickable(False)
        self.nothing = label("Chưa có bản sao nào.", tone="text2")
        self.nothing.setContentsMargins(16, 8, 16, 12)
        self.add_card(self._copies())
        self.column.addWidget(
            label(
                "Trên máy mới, chọn “Khôi phục từ bản sao lưu” ở bước đầu. "
                "Trước khi khôi phục, bản đang dùng luôn được giữ lại bên cạnh.",
                "caption",
                wraps=True,
            )
        )
        self.end()
        self.now.clicked.connect(self.on_now)
        self.to_stick.clicked.connect(self.on_stick)
        self.check.clicked.connect(self.on_check)
        self.restore.clicked.connect(self.on_restore)

    def _copies(self) -> Card:
        card = Card("Các bản sao", padding=0)
        card.head.setContentsMargins(16, 10, 14, 8)
        for button in (self.restore, self.check, self.to_stick, self.now):
            card.head.addWidget(button)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        card.body.addWidget(self.table)
        card.body.addWidget(self.nothing)
        return card

    def load(self) -> None:
        """The copies, from the disk."""
        self.context.jobs.start(self.context.services.backups.all, done=self.on_loaded)

    def on_loaded(self, made: Sequence[Made]) -> None:
        """The newest first."""
        self._made = made
        self._model.show_ids(range(len(made)))
        rows = min(max(1, len(made)), MOST_ROWS)
        head = self.table.horizontalHeader().height()
        self.table.setFixedHeight(head + rows * self.table.verticalHeader().defaultSectionSize() + 2)
        self.table.setVisible(bool(made))
        self.nothing.setVisible(not made)
        self.check.setEnabled(bool(made))
        self.restore.setEnabled(bool(made) and self.context.services.can_restore)

    def on_now(self) -> None:
        """Beside the station, and in the second place where one is named."""
        backups = self.context.services.backups
        self.context.jobs.start_long(backups.make, title="Đang sao lưu", done=self.on_made)

    def on_stick(self) -> None:
        """Into a folder of choice."""
        folder = self.context.dialogs.choose_folder("Chọn USB hoặc thư mục", purpose="backup")
        if folder is not None:
            backups = self.context.services.backups
            self.context.jobs.start_long(
                lambda progress: backups.copy_to(folder, progress), title="Đang sao lưu", done=self.on_made
            )

    def on_made(self, made: Made) -> None:
        """Tell where, and that it opens."""
        self.context.changes.publish(self.context.services.backups.changes())
        self.context.messages.done(
            f"Đã sao lưu và thử mở: {number(made.facts.initiatives)} sáng kiến, {made.path.name}."
        )

    def on_check(self) -> None:
        """Open the current copy once more and check everything in it."""
        row = max(0, self.table.currentIndex().row())
        if row < len(self._made):
            path, backups = self._made[row].path, self.context.services.backups
            self.context.jobs.start_long(
                lambda _progress: backups.verify(path), title="Đang thử mở bản sao", done=self.on_checked
            )

    def on_restore(self) -> None:
        """Put the current copy back, after a question that says what it holds."""
        row = max(0, self.table.currentIndex().row())
        if row >= len(self._made):
            return
        made = self._made[row]
        question = Question(
            title=f"Khôi phục bản sao lúc {full_moment(made.at)}?",
            explanation=(
                f"Bản sao có {number(made.facts.initiatives)} sáng kiến. Những gì nhập sau lúc đó không còn trên "
                "máy này, trừ phần đã ở Cổng. Bản đang dùng được giữ lại bên cạnh. Trạm đóng rồi mở lại."
            ),
            yes="Khôi phục",
            no="Giữ như hiện nay",
        )
        if self.context.dialogs.confirm(question):
            self.context.services.restore(made.path)

    def on_checked(self, facts: object) -> None:
        """It opens."""
        count = getattr(facts, "initiatives", 0)
        self.context.messages.done(f"Bản sao mở được, đủ {number(count)} sáng kiến.")


def _columns() -> Sequence[Column[Made]]:
    return (
        Column("at", "Lúc", lambda made: moment(made.at), 104),
        Column("reason", "Cách", lambda made: REASONS.get(made.reason, made.reason), 116),
        Column(
            "place", "Nơi để", lambda made: str(made.path.parent), 0, tool_tip=lambda made: str(made.path)
        ),
        Column("size", "Cỡ", _size, 76, kind="number"),
        Column("check", "Kiểm tra", lambda made: _checked(made)[1], 220, badge=_checked, kind="badge"),
    )


def _size(made: Made) -> str:
    try:
        return file_size(made.path.stat().st_size)
    except OSError:
        return ""


def _checked(made: Made) -> tuple[str, str, str]:
    return ("circle-check", f"Đã thử mở: {number(made.facts.initiatives)} sáng kiến", "ok")
