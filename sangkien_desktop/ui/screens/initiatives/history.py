"""Who changed what and when, in the place of the form."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.domain.document import Json
from sangkien_desktop.domain.fields import Kind
from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.services.entry import GridRow
from sangkien_desktop.storage.history import CREATE, Entry
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import Panel, Rule
from sangkien_desktop.vietnamese.dates import PartialDate

if TYPE_CHECKING:
    from sangkien_desktop.ui.screens.initiatives.screen import InitiativesPage

_BESIDE = {
    "lifecycle": "Trạng thái",
    "programme": "Chương trình",
    "stage": "Giai đoạn",
    "local_code": "Mã",
    "unread": "Chữ chưa hiểu",
}
_LIFECYCLE = {"draft": "Nháp", "ready": "Đủ, chờ gửi", "withdrawn": "Đã rút"}
_SOURCES = {
    "typed": "gõ tay",
    "paste": "dán",
    "import": "nhập tệp",
    "portal": "từ Cổng",
    "undo": "hoàn tác",
    "redo": "làm lại",
    "bundle": "gói USB",
}


class HistoryPane(Panel):
    """One entry for each saved version, the newest first. Esc gives the form back."""

    def __init__(self, page: "InitiativesPage") -> None:
        """Stands beside the form."""
        super().__init__("surface", "l")
        self._page = page
        self.setObjectName("history")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label("", "title")
        close = Button("Đóng", key="Esc", kind="small", name="close-history")
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setContentsMargins(15, 6, 12, 6)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._scroll, 1)

    def show_record(self, row: GridRow) -> None:
        """Read the history of a record and take the form's place."""
        self._title.setText(f"Lịch sử của {row.record.local_code}")
        self._page.side.setCurrentWidget(self)
        self.setFocus()
        work = partial(self._page.services.initiatives.history, row.record.id)
        self._page.context.jobs.start(work, done=self.on_read)

    def on_read(self, entries: tuple[Entry, ...]) -> None:
        """Show what was found."""
        sheet = Panel("surface")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(15, 8, 12, 12)
        column.setSpacing(4)
        for entry in entries:
            column.addWidget(self._entry(entry))
            column.addWidget(Rule())
        column.addStretch(1)
        self._scroll.setWidget(sheet)

    def leave(self) -> None:
        """The form again."""
        self._page.side.setCurrentWidget(self._page.form)
        self._page.grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _entry(self, entry: Entry) -> QWidget:
        said = _SOURCES.get(entry.source, entry.source)
        verb = "tạo" if entry.act == CREATE else "sửa"
        head = f"<b>{formatting.full_moment(entry.at)}</b> · {escape(entry.actor)} {verb} ({said})"
        lines = [
            head,
            *(self._change(name, entry) for name in entry.after if name in FIELD or name in _BESIDE),
        ]
        made = rich_label("<br>".join(lines), wraps=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _change(self, name: str, entry: Entry) -> str:
        heading = FIELD[name].heading if name in FIELD else _BESIDE[name]
        before, after = (self._said(name, side.get(name)) for side in (entry.before, entry.after))
        grey = theme.current().tokens.text2
        return f'{escape(heading)}: <span style="color:{grey}">{escape(before)}</span> → {escape(after)}'

    def _said(self, name: str, value: Json) -> str:
        if value in (None, "", [], {}):
            return "trống"
        if name == "lifecycle":
            return _LIFECYCLE.get(str(value), str(value))
        kind = FIELD[name].kind if name in FIELD else Kind.TEXT
        if kind is Kind.UNIT:
            return next(
                (text for unit, text in self._page.lists.units.items() if unit == value), "không rõ tổ"
            )
        return _PLAIN.get(kind, _parts)(value)


def _parts(value: Json) -> str:
    if isinstance(value, list):
        return "; ".join(_parts(one) for one in value)
    if isinstance(value, dict):
        if "name" in value:
            share = f" {value['share']} %" if value.get("share") else ""
            return f"{value['name']}{share}"
        return "; ".join(str(one) for one in value.values())
    return str(value)


_PLAIN: Mapping[Kind, Callable[[Json], str]] = {
    Kind.MONEY: lambda value: formatting.number(value) if isinstance(value, int) else str(value),
    Kind.DATE: lambda value: PartialDate.from_iso(str(value)).display(),
    Kind.FLAG: lambda value: "Có" if value else "Không",
}
