"""The lists of the sync screen: batches, what waits, what came back, clashes, files."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from sangkien_desktop.services.clashes import ClashView
from sangkien_desktop.services.outgoing import Line
from sangkien_desktop.storage.lots import FileOnItsWay, Lot
from sangkien_desktop.ui.badges import look_of
from sangkien_desktop.ui.formatting import file_size, moment, number
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.screens.sync.words import CHANNELS, FILE_STATES, accepted, lot_result, refused
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label
from sangkien_desktop.ui.widgets.panels import Card
from sangkien_desktop.ui.widgets.table import Table

TABS: Final = ("lots", "waiting", "returned", "conflicts", "files")
_TITLES: Final = {
    "lots": "Các lô đã gửi",
    "waiting": "Chờ gửi",
    "returned": "Trả lại",
    "conflicts": "Mâu thuẫn",
    "files": "Tệp đính kèm",
}
_NOTHING: Final = {
    "lots": "Chưa gửi lô nào.",
    "waiting": "Không có sáng kiến nào chờ gửi.",
    "returned": "Không có sáng kiến nào bị trả lại.",
    "conflicts": "Không có mâu thuẫn nào.",
    "files": "Không có tệp nào còn phải gửi.",
}
_LOT = "lot"


class ListCard(Card):
    """Tabs over tables. A record is current in whichever list is shown."""

    lot_opened = Signal(object)
    record_opened = Signal(str)
    clash_opened = Signal(str)

    def __init__(self, fetch_lines: Any) -> None:
        """`fetch_lines(keys)` answers lines for row keys."""
        super().__init__(padding=0)
        self.setObjectName("lists")
        self._clashes: Sequence[ClashView] = ()
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName("Danh sách")
        self._stack = QStackedWidget()
        self._nothing = label("", tone="text2")
        self._models = {
            "lots": _held(_lot_columns()),
            "waiting": PagedModel(_line_columns("Ghi chú"), fetch_lines, self),
            "returned": PagedModel(_line_columns("Lý do"), fetch_lines, self),
            "conflicts": _held(_clash_columns()),
            "files": _held(_file_columns()),
            _LOT: PagedModel(_line_columns("Ghi chú"), fetch_lines, self),
        }
        names = {**_TITLES, _LOT: "Sáng kiến trong lô"}
        self.tables = {key: Table(model, name=f"{key}-table") for key, model in self._models.items()}
        for key, table in self.tables.items():
            table.setAccessibleName(names[key])
            table.horizontalHeader().setSectionsClickable(False)
        self._lot_title = label("", "strong")
        self._lay_out()
        self.bar.currentChanged.connect(self._on_tab)
        self.tables["lots"].row_opened.connect(self._on_lot)
        self.tables["conflicts"].row_opened.connect(self._on_clash)
        for key in ("waiting", "returned", _LOT):
            self.tables[key].row_opened.connect(self._on_record)

    def open_tab(self, key: str) -> None:
        """Show a list by its key."""
        self.bar.setCurrentIndex(TABS.index(key))
        self._on_tab()

    def show_lots(self, lots: Sequence[Lot]) -> None:
        """The batches."""
        self._show_held("lots", lots)

    def show_clashes(self, clashes: Sequence[ClashView]) -> None:
        """The clashes."""
        self._clashes = clashes
        self._show_held("conflicts", clashes)

    def show_files(self, files: Sequence[FileOnItsWay]) -> None:
        """The files."""
        self._show_held("files", files)

    def show_keys(self, key: str, row_keys: Sequence[int]) -> None:
        """The records of `waiting` or `returned`."""
        table, model = self.tables[key], self._models[key]
        row = table.currentIndex().row()
        model.show_ids(row_keys)
        self._recount(key, len(row_keys))
        if row_keys and row >= 0:
            table.select_row(min(row, len(row_keys) - 1))

    def show_lot(self, lot: Lot, row_keys: Sequence[int]) -> None:
        """The records of one batch, over the list of batches."""
        self._lot_title.setText(f"Lô {lot.number} · {moment(lot.sent_at or lot.created_at)}")
        self._models[_LOT].show_ids(row_keys)
        self._stack.setCurrentWidget(self._lot_page)
        self.tables[_LOT].setFocus()

    @property
    def current_record(self) -> str:
        """The record that is current in the list shown; empty when there is none."""
        key = self._shown_key()
        table, model = self.tables[key], self._models[key]
        row = table.currentIndex().row()
        if not 0 <= row < model.rowCount():
            row = 0 if key not in ("lots", "files") and model.rowCount() else -1
        found = model.record(row) if row >= 0 else None
        if isinstance(found, Line):
            return str(found.id)
        return str(found.record) if isinstance(found, ClashView | FileOnItsWay) else ""

    def _shown_key(self) -> str:
        return _LOT if self._stack.currentWidget() is self._lot_page else TABS[self.bar.currentIndex()]

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 0)
        row.addWidget(self.bar)
        row.addStretch(1)
        self.body.addLayout(row)
        for key in TABS:
            self.bar.addTab(_TITLES[key])
            self._stack.addWidget(self.tables[key])
        self._lot_page = QWidget()
        back = Button("Các lô đã gửi", icon="chevron-left", kind="link", name="back-to-lots")
        back.clicked.connect(self._on_tab)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.addWidget(back)
        head.addWidget(self._lot_title)
        head.addStretch(1)
        column = QVBoxLayout(self._lot_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tables[_LOT], 1)
        self._stack.addWidget(self._lot_page)
        self.body.addWidget(self._stack, 1)
        self._nothing.setContentsMargins(12, 10, 12, 10)
        self.body.addWidget(self._nothing)

    def _show_held(self, key: str, rows: Sequence[Any]) -> None:
        row = self.tables[key].currentIndex().row()
        _hold(self._models[key], rows)
        self._recount(key, len(rows))
        if rows and row >= 0:
            self.tables[key].select_row(min(row, len(rows) - 1))

    def _recount(self, key: str, count: int) -> None:
        said = f" {number(count)}" if count and key != "lots" else ""
        self.bar.setTabText(TABS.index(key), f"{_TITLES[key]}{said}")
        self._say_nothing()

    def _say_nothing(self) -> None:
        key = self._shown_key()
        is_empty = key in _NOTHING and self._models[key].rowCount() == 0
        self._nothing.setText(_NOTHING.get(key, ""))
        self._nothing.setVisible(is_empty)

    def _on_tab(self) -> None:
        self._stack.setCurrentWidget(self.tables[TABS[self.bar.currentIndex()]])
        self._say_nothing()

    def _on_lot(self, row: int) -> None:
        found = self._models["lots"].record(row)
        if isinstance(found, Lot):
            self.lot_opened.emit(found)

    def _on_clash(self, row: int) -> None:
        if 0 <= row < len(self._clashes):
            self.clash_opened.emit(str(self._clashes[row].id))

    def _on_record(self, row: int) -> None:
        found = self._models[self._shown_key()].record(row)
        if isinstance(found, Line):
            self.record_opened.emit(str(found.id))


class _HeldModel(PagedModel[Any]):
    """A short list that is in memory already."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self.rows: Sequence[Any] = ()
        super().__init__(columns, lambda ids: [self.rows[at] for at in ids])


def _held(columns: Sequence[Column[Any]]) -> PagedModel[Any]:
    return _HeldModel(columns)


def _hold(model: PagedModel[Any], rows: Sequence[Any]) -> None:
    assert isinstance(model, _HeldModel)
    model.rows = rows
    model.show_ids(range(len(rows)))


def _lot_columns() -> Sequence[Column[Lot]]:
    return (
        Column("number", "Lô", lambda lot: number(lot.number), 56, kind="number"),
        Column("at", "Lúc", lambda lot: moment(lot.sent_at or lot.created_at), 100),
        Column("channel", "Đường", lambda lot: CHANNELS.get(lot.channel, lot.channel), 70),
        Column("operations", "Số gửi", lambda lot: number(lot.operations), 60, kind="number"),
        Column("result", "Kết quả", lambda lot: lot_result(lot)[1], 0, badge=lot_result, kind="badge"),
        Column("accepted", "Nhận", lambda lot: number(accepted(lot)), 56, kind="number"),
        Column("refused", "Trả lại", lambda lot: number(refused(lot)), 64, kind="number"),
        Column("conflicts", "Mâu thuẫn", _clashing, 88, kind="number"),
    )


def _clashing(lot: Lot) -> str:
    from_here = [count for state, count in lot.outcomes.items() if state == "conflict"]
    return number(sum(from_here))


def _line_columns(reason_title: str) -> Sequence[Column[Line]]:
    return (
        Column("code", "Mã", lambda line: line.row.record.local_code, 104, tone="text2"),
        Column("title", "Tên sáng kiến", lambda line: line.row.record.title, 0),
        Column(
            "badge",
            "Tình trạng",
            lambda line: line.row.badge.value,
            146,
            badge=lambda line: look_of(line.row.badge),
            kind="badge",
        ),
        Column(
            "reason",
            reason_title,
            lambda line: line.reason,
            220,
            tone="text2",
            tool_tip=lambda line: line.reason,
        ),
    )


def _clash_columns() -> Sequence[Column[ClashView]]:
    return (
        Column("code", "Mã", lambda view: view.local_code, 104, tone="text2"),
        Column("title", "Tên sáng kiến", lambda view: view.title, 0),
        Column("what", "Chỗ khác nhau", clash_summary, 240, tone="conflict"),
    )


def clash_summary(view: ClashView) -> str:
    """What a clash is about, in a few words."""
    if view.rule == "withdrawn_here":
        return "Máy này rút, Cổng sửa"
    if view.is_about_withdrawal:
        return "Cổng đã rút, máy này sửa"
    names = ", ".join(clash.label for clash in view.clashes)
    return f"{len(view.clashes)} trường: {names}"


def _file_columns() -> Sequence[Column[FileOnItsWay]]:
    return (
        Column("name", "Tệp", lambda file: file.name, 0),
        Column("record", "Sáng kiến", lambda file: file.local_code, 104, tone="text2"),
        Column("size", "Cỡ", lambda file: file_size(file.size), 72, kind="number"),
        Column("sent", "Đã lên", lambda file: f"{file.sent / max(1, file.size):.3f}", 132, kind="bar"),
        Column(
            "state",
            "Tình trạng",
            lambda file: _file_state(file)[1],
            170,
            badge=_file_state,
            kind="badge",
        ),
    )


def _file_state(file: FileOnItsWay) -> tuple[str, str, str]:
    return FILE_STATES.get(file.state, ("clock", "Chờ gửi", "wait"))
