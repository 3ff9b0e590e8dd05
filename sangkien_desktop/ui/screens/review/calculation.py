"""The calculation sheet of the current initiative: items in a table, one year's value under it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from html import escape

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.domain.calculation import TIMES_A_YEAR, Calculation, Item, Period
from sangkien_desktop.services.calculations import Sheet
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.fields import LineField
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel
from sangkien_desktop.ui.widgets.table import Table
from sangkien_desktop.vietnamese.folding import clean
from sangkien_desktop.vietnamese.money import format_vnd, read_money

BLANK = Item(name="", quantity=Decimal(1), unit_price=0)


def _quantity(item: Item) -> str:
    return f"{item.quantity.normalize():f}".replace(".", ",")


def _columns() -> tuple[Column[Item], ...]:
    def editable(key: str, title: str, text: object, width: int, kind: str = "text") -> Column[Item]:
        return Column(key, title, text, width, kind=kind, is_editable=True, is_sortable=False)  # type: ignore[arg-type]

    return (
        editable("name", "Khoản mục", lambda one: one.name or "gõ tên khoản mục", 0),
        editable("quantity", "Số lượng", _quantity, 88, "number"),
        editable("unit", "Đơn vị", lambda one: one.unit, 92),
        editable("price", "Đơn giá (đồng)", lambda one: format_vnd(one.unit_price), 120, "number"),
        editable("times", "Số lần/năm", lambda one: str(one.times), 92, "number"),
        editable("period", "Kỳ", lambda one: one.period.value or "một lần", 80),
        editable("cost", "Trừ chi phí", lambda one: "1" if one.is_cost else "", 92, "check"),
        Column("amount", "Thành tiền", _amount, 130, kind="strong_number", is_sortable=False),
    )


def _amount(item: Item) -> str:
    return formatting.money(-item.amount if item.is_cost else item.amount)


class CalculationPane(QWidget):
    """Edits a sheet; the page keeps it."""

    kept = Signal(object, bool, str)
    """The sheet, whether its value is to be declared, who confirmed it."""
    printed = Signal(object)
    left = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self.sheet: Sheet | None = None
        self.items: list[Item] = []
        self.title = label("", "title", wraps=True)
        self.note = label("", tone="text2", wraps=True)
        self.model: PagedModel[Item] = PagedModel(_columns(), self._fetch, self)
        self.table = Table(self.model, grid=True, name="calculation")  # type: ignore[arg-type]
        self.table.setAccessibleName("Bản tính giá trị làm lợi")
        self.result = rich_label("")
        self.confirmed = LineField(placeholder="Bộ phận xác nhận giá trị", name="confirmed-by")
        self.confirmed.setAccessibleName("Bộ phận xác nhận giá trị")
        self.confirmed.setMinimumWidth(theme.current().metrics.grown(190))
        self.takes_value = CheckBox("Lấy làm giá trị đã khai", checked=True, name="takes-value")
        self.add = Button("Thêm khoản mục", icon="plus", name="add-item")
        self.remove = Button("Bỏ khoản mục", icon="minus", name="remove-item")
        self.back = Button("Chỗ cần bổ sung", icon="chevron-left", kind="link", name="calculation-back")
        self.printing = Button("Ghi ra tệp", icon="file-type-xls", name="calculation-file")
        self.keep = Button("Lưu bản tính", icon="check", kind="primary", name="keep-calculation")
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: Sheet) -> None:
        """The sheet of a record, with one empty item to begin with."""
        self.sheet = sheet
        self.items = list(sheet.calculation.items) or [BLANK]
        self.title.setText(f"{sheet.record.local_code} · {sheet.record.title}")
        self.note.setText(f"Đang ghi bằng lời, lưu sẽ thay: {sheet.free_text}" if sheet.free_text else "")
        self.note.setVisible(bool(sheet.free_text))
        self.confirmed.show_value(sheet.record.benefit_confirmed_by)
        self._renew()

    def current_sheet(self) -> Sheet | None:
        """What stands here now; items without a name or price are left out."""
        whole = tuple(item for item in self.items if item.name and item.unit_price)
        return replace(self.sheet, calculation=Calculation(whole)) if self.sheet else None

    def on_edited(self, at: int, key: str, text: str) -> None:
        """A cell was typed; what cannot be read is refused and the cell stays."""
        changed = _edited(self.items[at], key, clean(text))
        if changed is None:
            self.refused.emit(
                f"Không đọc được “{text}”. Ghi số, ví dụ 2.500; kỳ là ngày, tuần, tháng, quý hoặc năm."
            )
            return
        self.items[at] = changed
        self._renew()

    def _renew(self) -> None:
        at = max(0, self.table.currentIndex().row())
        self.model.show_ids(range(len(self.items)))
        self.table.select_row(min(at, len(self.items) - 1))
        value = Calculation(tuple(self.items)).one_year
        record = self.sheet.record if self.sheet else None
        declared = formatting.money(record.annual_benefit if record else None)
        said = escape(record.unread.get("annual_benefit", declared)) if record else declared
        self.result.setText(f"Một năm: <b>{formatting.money(value)}</b> đồng · đang khai {said}")

    def _fetch(self, ids: Sequence[int]) -> list[Item | None]:
        return [self.items[at] if at < len(self.items) else None for at in ids]

    def _on_add(self) -> None:
        self.items.append(BLANK)
        self._renew()
        self.table.select_row(len(self.items) - 1)

    def _on_remove(self) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.items):
            del self.items[at]
            self.items = self.items or [BLANK]
            self._renew()

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].key == "cost":
            self.on_edited(index.row(), "cost", "")

    def _on_keep(self) -> None:
        sheet = self.current_sheet()
        if sheet is not None:
            self.kept.emit(sheet, self.takes_value.isChecked(), self.confirmed.text().strip())

    def _connect(self) -> None:
        self.model.edited.connect(self.on_edited)
        self.table.clicked.connect(self._on_clicked)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.back.clicked.connect(self.left)
        self.keep.clicked.connect(self._on_keep)
        self.printing.clicked.connect(lambda: self.printed.emit(self.current_sheet()))

    def _lay_out(self) -> None:
        head = Panel("window")
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        column.addLayout(row)
        column.addWidget(self.title)
        column.addWidget(self.note)
        foot = FootRow("window")
        foot.add(self.result)
        foot.add_gap()
        foot.add(self.confirmed, self.takes_value, self.printing, self.keep)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(head)
        body.addWidget(self.table, 1)
        body.addWidget(foot)


def _edited(item: Item, key: str, text: str) -> Item | None:
    """The item with a typed cell; None when the text cannot be read."""
    if key == "cost":
        return replace(item, is_cost=not item.is_cost)
    return _READERS[key](item, text)


def _name(item: Item, text: str) -> Item | None:
    return None if ":" in text else replace(item, name=text)


def _unit(item: Item, text: str) -> Item | None:
    return None if any(letter in "0123456789×*=" for letter in text) else replace(item, unit=text)


def _price(item: Item, text: str) -> Item | None:
    value = read_money(text).value
    return replace(item, unit_price=value) if value is not None and value >= 0 else None


def _period(item: Item, text: str) -> Item | None:
    said = text.casefold()
    period = (
        Period.ONCE if said in ("", "một lần") else next((one for one in Period if one.value == said), None)
    )
    return None if period is None else replace(item, period=period, times=TIMES_A_YEAR[period])


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(".", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _count(item: Item, text: str) -> Item | None:
    number = _number(text)
    return None if number is None else replace(item, quantity=number)


def _times(item: Item, text: str) -> Item | None:
    number = _number(text)
    if number is None or number != int(number):
        return None
    period = item.period if item.period is not Period.ONCE else Period.YEAR
    return replace(item, times=int(number), period=period)


_READERS: Mapping[str, Callable[[Item, str], Item | None]] = {
    "name": _name,
    "quantity": _count,
    "unit": _unit,
    "price": _price,
    "times": _times,
    "period": _period,
}
