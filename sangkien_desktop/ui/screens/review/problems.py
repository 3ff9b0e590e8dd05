"""One kind of problem: why it matters, its rows, and mending them in the table or all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.domain.initiative_fields import FIELD
from sangkien_desktop.services.checks import ProblemRow
from sangkien_desktop.services.problem_kinds import ProblemKind
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.delegates.cell import CellDelegate
from sangkien_desktop.ui.models.paged_model import Column, Mark, PagedModel
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.table import Table

TICK, RAW, NEW = 0, 4, 5
TYPE_HERE = "gõ vào đây"


@dataclass(frozen=True)
class Shown:
    """A row of the table: mended rows stay until the kind is left, so that nothing jumps away."""

    row: ProblemRow
    is_ticked: bool
    is_mended: bool = False
    typed: str = ""

    @property
    def new_text(self) -> str:
        """What stands in the column of new values."""
        return self.typed or self.row.proposal or TYPE_HERE


def _columns() -> tuple[Column[Shown], ...]:
    def author(one: Shown) -> str:
        main = one.row.record.main_author
        return main.name if main else ""

    def mark(one: Shown) -> Mark | None:
        return None if one.is_mended else Mark(one.row.problem.severity.value, one.row.problem.message)

    def understood(one: Shown) -> str:
        return "✓ đã sửa" if one.is_mended else one.row.understood

    return (
        Column("tick", "", lambda one: "1" if one.is_ticked else "", 36, kind="check", is_sortable=False),
        Column("code", "Mã", lambda one: one.row.record.local_code, 100, tone="text2", is_sortable=False),
        Column("title", "Tên sáng kiến", lambda one: one.row.record.title, 180, is_sortable=False),
        Column("author", "Tác giả chính", author, 134, kind="name", is_sortable=False),
        Column("raw", "Đang ghi", lambda one: one.row.raw, 132, kind="number", mark=mark, is_sortable=False),
        Column(
            "new",
            "Sửa thành",
            lambda one: one.new_text,
            126,
            kind="strong_number",
            is_editable=True,
            edit_text=lambda one: one.typed or one.row.proposal or one.row.raw,
            cell_tone=lambda one: "text3" if one.new_text == TYPE_HERE else "ok" if one.is_mended else "",
            is_sortable=False,
        ),
        Column(
            "understood",
            "Cách hiểu",
            understood,
            0,
            tool_tip=lambda one: one.row.problem.message,
            cell_tone=lambda one: "ok" if one.is_mended else "",
            is_sortable=False,
        ),
    )


class ProblemTable(Table):
    """Enter goes down in the column of new values; Space ticks, Ctrl+D copies from above."""

    ticked = Signal(int)
    copied_down = Signal(int)

    def __init__(self, model: PagedModel[Shown]) -> None:
        """The current cell is framed although whole rows are selected: typing goes there."""
        super().__init__(model, name="problem-rows")  # type: ignore[arg-type]
        self.setAccessibleName("Những sáng kiến cần sửa")
        kinds, tones = [one.kind for one in model.columns], [one.tone for one in model.columns]
        self.setItemDelegate(CellDelegate(self, kinds, tones, grid=False, marks_current=True))
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the table."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to(row + 1)
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().column() != NEW:
            self.ticked.emit(row)
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copied_down.emit(row)
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """To the new value of a row."""
        target = self.model().index(row, NEW)
        if target.isValid():
            self.setCurrentIndex(target)
            self.scrollTo(target)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self.ticked.emit(index.row())


class ProblemPane(QWidget):
    """The right side of the part on problems."""

    accepted = Signal(object)
    """Rows whose proposals are accepted."""
    typed = Signal(object, str)
    not_in_money = Signal(object)
    asked = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        """Empty until `show_kind`."""
        super().__init__()
        self.kind: ProblemKind | None = None
        self.shown: list[Shown] = []
        self._copying = ""
        self.title = rich_label("")
        self.why = label("", tone="text2", wraps=True)
        self.count = label("", tone="text2")
        self.not_money = Button("Không tính được bằng tiền", name="not-in-money")
        self.ask = Button("Trả về tổ để hỏi", name="ask-groups")
        self.accept_button = Button("Nhận đề nghị", icon="check", key="Ctrl+E", kind="primary", name="accept")
        self.model: PagedModel[Shown] = PagedModel(_columns(), self._fetch, self)
        self.table = ProblemTable(self.model)
        self._lay_out()
        self.model.edited.connect(self._on_edited)
        self.table.ticked.connect(self.toggle)
        self.table.copied_down.connect(self.copy_down)
        self.accept_button.clicked.connect(self.accept)
        self.not_money.clicked.connect(lambda: self.not_in_money.emit(self._marked()))
        self.ask.clicked.connect(lambda: self.asked.emit(self._marked() or self._open_rows()))

    def show_kind(self, kind: ProblemKind, rows: Sequence[ProblemRow], number: int) -> None:
        """Rows of another kind; of the same kind, mended rows stay where they are."""
        if self.kind is not None and self.kind.key == kind.key:
            self.shown = _kept(self.shown, rows)
        else:
            self.shown = [Shown(row, bool(row.proposal)) for row in rows]
        is_first = self.kind is None or self.kind.key != kind.key
        self.kind = kind
        more = f", đang xem {len(rows)} sáng kiến mới nhất" if number > len(rows) else ""
        self.title.setText(f'<span style="font-weight:600">{kind.title}</span> – {number} sáng kiến{more}')
        self.why.setText(kind.why)
        self.not_money.setVisible(kind.field == "annual_benefit")
        unit = " (đồng)" if kind.field == "annual_benefit" else ""
        heading = f"Sửa thành{unit}"
        columns = list(self.model.columns)
        columns[NEW] = replace(columns[NEW], title=heading, kind=_side(kind, strong=True))
        columns[RAW] = replace(columns[RAW], kind=_side(kind))
        self.model.columns = tuple(columns)
        kinds, tones = [one.kind for one in columns], [one.tone for one in columns]
        self.table.setItemDelegate(CellDelegate(self.table, kinds, tones, grid=False, marks_current=True))
        at = 0 if is_first else max(0, self.table.currentIndex().row())
        self.model.show_ids(range(len(self.shown)))
        self.table.go_to(min(at, len(self.shown) - 1))
        self._say()

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.kind, self.shown = None, []
        self.model.show_ids([])

    def toggle(self, at: int) -> None:
        """Tick a row that has a proposal, or untick it."""
        one = self.shown[at]
        if not one.is_mended:
            self.shown[at] = replace(one, is_ticked=not one.is_ticked)
            self.model.forget()
            self._say()

    def accept(self) -> None:
        """Accept the proposals of the ticked rows."""
        rows = [one.row for one in self.shown if one.is_ticked and one.row.proposal and not one.is_mended]
        if rows:
            self.accepted.emit(rows)

    def copy_down(self, at: int) -> None:
        """The new value of the row above, in this row."""
        if at > 0 and (above := self.shown[at - 1]).new_text != TYPE_HERE:
            self._take(at, above.new_text)

    def current(self) -> ProblemRow | None:
        """The current row."""
        at = self.table.currentIndex().row()
        return self.shown[at].row if 0 <= at < len(self.shown) else None

    def _marked(self) -> list[ProblemRow]:
        ticked = [one.row for one in self.shown if one.is_ticked and not one.is_mended]
        chosen = [self.shown[at].row for at in self.table.selected_rows() if at < len(self.shown)]
        return chosen if len(chosen) > 1 else ticked or chosen

    def _open_rows(self) -> list[ProblemRow]:
        return [one.row for one in self.shown if not one.is_mended]

    def _fetch(self, ids: Sequence[int]) -> list[Shown | None]:
        return [self.shown[at] if at < len(self.shown) else None for at in ids]

    def _on_edited(self, at: int, _key: str, text: str) -> None:
        one = self.shown[at]
        if text.strip() and text not in (one.row.raw, TYPE_HERE):
            self._take(at, text)

    def _take(self, at: int, text: str) -> None:
        self.shown[at] = replace(self.shown[at], typed=text)
        self.typed.emit(self.shown[at].row, text)

    def _say(self) -> None:
        number = sum(one.is_ticked and bool(one.row.proposal) and not one.is_mended for one in self.shown)
        proposed = sum(bool(one.row.proposal) and not one.is_mended for one in self.shown)
        self.count.setText(
            f"{number} dòng có đề nghị đã đánh dấu" if proposed else "Không có đề nghị sẵn cho những dòng này"
        )
        self.accept_button.setText(f"Nhận {number} đề nghị" if number else "Nhận đề nghị")
        self.accept_button.setEnabled(number > 0)
        self.accept_button.updateGeometry()

    def _lay_out(self) -> None:
        head = Panel("window")
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 10, 16, 9)
        column.setSpacing(3)
        column.addWidget(self.title)
        column.addWidget(self.why)
        row = QHBoxLayout()
        row.setContentsMargins(0, 5, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        for button in (self.not_money, self.ask, self.accept_button):
            row.addWidget(button)
        column.addLayout(row)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(head)
        body.addWidget(self.table, 1)
        theme.current().changed.connect(self.model.forget)


def _kept(before: Sequence[Shown], rows: Sequence[ProblemRow]) -> list[Shown]:
    """The rows in their old order: still wrong as they are now, no longer wrong as mended; new ones at the end."""
    now = {row.id: row for row in rows}
    kept = []
    for one in before:
        row = now.pop(one.row.id, None)
        kept.append(
            replace(one, row=row, is_mended=False, typed="")
            if row
            else replace(one, is_mended=True, is_ticked=False)
        )
    return kept + [Shown(row, bool(row.proposal)) for row in now.values()]


def _side(kind: ProblemKind, *, strong: bool = False) -> str:
    """Money stands at the right, texts at the left."""
    if FIELD[kind.field].kind.value == "money":
        return "strong_number" if strong else "number"
    return "strong" if strong else "text"
