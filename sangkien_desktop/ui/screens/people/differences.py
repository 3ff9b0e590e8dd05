"""A member list from HR as a difference: what would change, kind by kind, agreed to before anything is written."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from sangkien_desktop.services.member_list import WORDS, Difference, ListPlan, PersonChange
from sangkien_desktop.ui import formatting
from sangkien_desktop.ui.models.paged_model import Column, PagedModel
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox
from sangkien_desktop.ui.widgets.labels import label, rich_label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel
from sangkien_desktop.ui.widgets.table import Table

_AGREED = (
    Difference.JOINED,
    Difference.MOVED,
    Difference.RENAMED,
    Difference.CHANGED,
    Difference.RETURNED,
    Difference.LEFT,
)
_LOOKS = {
    Difference.JOINED: ("plus", "ok"),
    Difference.MOVED: ("arrow-right", "wait"),
    Difference.RENAMED: ("pencil", "wait"),
    Difference.CHANGED: ("pencil", "wait"),
    Difference.RETURNED: ("refresh", "ok"),
    Difference.LEFT: ("minus", "warn"),
    Difference.DOUBTFUL: ("alert-circle", "bad"),
    Difference.UNCHANGED: ("check", "mute"),
}


class Differences(Panel):
    """Takes the place of the list until the plan is written or given up."""

    agreed = Signal(object)
    """The frozenset of kinds."""
    given_up = Signal()

    def __init__(self) -> None:
        """No plan yet."""
        super().__init__("surface")
        self._plan: ListPlan | None = None
        self._shown: Sequence[PersonChange] = ()
        self.sentence = label("", "screen", name="difference-sentence", wraps=True)
        self.details = label("", tone="text2", wraps=True)
        self.boxes = {kind: CheckBox("", name=f"agree-{kind.value}") for kind in _AGREED}
        columns: list[Column[Any]] = [
            Column("kind", "Khác gì", _kind_text, 184, kind="badge", badge=_kind_look, is_sortable=False),
            Column("row", "Dòng", _row_text, 60, kind="number", is_sortable=False),
            Column("code", "Mã NV", _code_text, 90, is_sortable=False),
            Column("name", "Họ và tên", _name_text, 220, kind="name", is_sortable=False),
            Column("note", "Cụ thể", lambda one: one.note, 0, is_sortable=False),
        ]
        self.model: PagedModel[object] = PagedModel(columns, self._page, self)
        self.table = Table(self.model, name="differences")
        self.table.setAccessibleName("Khác nhau giữa danh sách mới và máy")
        self.told = rich_label("", tone="text2")
        self.give_up = Button("Bỏ qua danh sách này", key="Esc", name="list-give-up")
        self.write = Button("", icon="device-floppy", key="Ctrl+Enter", kind="primary", name="list-write")
        self._lay_out()
        self.setMinimumWidth(1)  # six boxes in a row must not push the person away while this is hidden
        for box in self.boxes.values():
            box.toggled.connect(self._tell)
        self.give_up.clicked.connect(self.given_up)
        self.write.clicked.connect(self.write_now)

    def show_plan(self, plan: ListPlan) -> None:
        """What the list would change."""
        self._plan = plan
        counts = plan.counts
        known = sum(change.before is not None for change in plan.changes)
        rows = sum(len(reading.rows) for reading in plan.readings)
        first = "Danh sách đầu tiên" if not known else "So với máy"
        self.sentence.setText(f"{first}: {formatting.number(rows)} người trong {plan.file_name}")
        same, unsure = counts[Difference.UNCHANGED.value], counts[Difference.DOUBTFUL.value]
        parts = [f"{formatting.number(same)} người không đổi"]
        if unsure:
            parts.append(f"{unsure} dòng cần xem lại, không ghi")
        if plan.problems:
            parts.append(f"{plan.problems} ô đọc chưa chắc, giữ như đọc được")
        if Difference.LEFT not in plan.usually_agreed and counts[Difference.LEFT.value]:
            parts.append("nhiều người vắng: chỉ đánh dấu nếu đây là danh sách đủ cả nhà máy")
        self.details.setText(" · ".join(parts))
        for kind, box in self.boxes.items():
            number = counts[kind.value]
            box.setText(f"{WORDS[kind].capitalize()} ({formatting.number(number)})")
            box.setVisible(bool(number))
            box.setChecked(bool(number) and kind in plan.usually_agreed)
        order = [Difference.DOUBTFUL, Difference.LEFT, *_AGREED]
        changed = [one for one in plan.changes if one.kind is not Difference.UNCHANGED]
        self._shown = sorted(changed, key=lambda one: order.index(one.kind))
        self.model.show_ids(range(len(self._shown)))
        if self._shown:
            self.table.select_row(0)
        self._tell()

    def write_now(self) -> None:
        """Write what is ticked."""
        if self.write.isEnabled():
            self.agreed.emit(self._kinds())

    def _kinds(self) -> frozenset[Difference]:
        return frozenset(kind for kind, box in self.boxes.items() if box.isChecked())

    def _tell(self, *_changed: object) -> None:
        if self._plan is None:
            return
        number = sum(self._plan.counts[kind.value] for kind in self._kinds())
        self.write.setText(f"Ghi {formatting.number(number)} thay đổi" if number else "Không có gì để ghi")
        self.write.setEnabled(bool(number))
        self.write.updateGeometry()
        self.told.setText("Chưa ghi gì vào máy. Chỉ những mục đánh dấu được ghi.")

    def _page(self, ids: Sequence[int]) -> list[Any]:
        return [self._shown[at] for at in ids]

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(4)
        head.addWidget(self.sentence)
        head.addWidget(self.details)
        boxes = QHBoxLayout()
        boxes.setSpacing(18)
        for box in self.boxes.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        head.addLayout(boxes)
        foot = FootRow()
        foot.add(self.told)
        foot.add_gap()
        foot.add(self.give_up, self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(foot)


def _kind_text(one: PersonChange) -> str:
    return WORDS[one.kind]


def _kind_look(one: PersonChange) -> tuple[str, str, str]:
    icon, role = _LOOKS[one.kind]
    return icon, WORDS[one.kind], role


def _row_text(one: PersonChange) -> str:
    return str(one.row.row) if one.row else ""


def _code_text(one: PersonChange) -> str:
    known = one.after or one.before
    if known is not None and known.employee_code:
        return known.employee_code
    return str(one.row.values.get("employee_code") or "") if one.row else ""


def _name_text(one: PersonChange) -> str:
    if one.after is not None:
        return one.after.name
    return str(one.row.values.get("name") or "") if one.row else ""
