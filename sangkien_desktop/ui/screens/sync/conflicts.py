"""Two versions of one record: a person chooses, field by field or all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.domain.document import Json
from sangkien_desktop.services.clashes import WITHDRAWN_HERE, ClashView
from sangkien_desktop.ui.formatting import moment
from sangkien_desktop.ui.screens.sync.choice_grid import MINE, NOTHING, THEIRS, ChoiceGrid
from sangkien_desktop.ui.screens.sync.record_list import RecordList
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.empty_state import EmptyState
from sangkien_desktop.ui.widgets.labels import Chip, IconLabel, label
from sangkien_desktop.ui.widgets.panels import Card, FootRow, Panel

TYPED = "typed"


@dataclass
class Choices:
    """What has been chosen so far for one clash: side and value by field."""

    sides: dict[str, str] = field(default_factory=dict)
    typed: dict[str, tuple[Json, str]] = field(default_factory=dict)
    """Field → value as it would be kept, and how it reads."""


class ConflictView(QWidget):
    """The list of clashes at the left, the one being decided at the right."""

    left = Signal()
    save_wanted = Signal(object, object)
    """ClashView and field → value."""
    withdrawal_decided = Signal(object, str)
    """ClashView and `keep_mine` or `keep_theirs`."""
    typing_wanted = Signal(object, str, str)
    """ClashView, field, the text to begin with."""
    all_wanted = Signal(bool)
    """Decide every clash of the list alike; true for the portal's side."""

    def __init__(self) -> None:
        """Empty until `show_clashes`."""
        super().__init__()
        self._views: Sequence[ClashView] = ()
        self._choices: dict[str, Choices] = {}
        self.list = RecordList("conflict-list", "Sáng kiến mâu thuẫn")
        self.count = label("", "label")
        self.title = label("", "title", wraps=True)
        self.chip = Chip("arrows-diff", "Mâu thuẫn", "conflict")
        self.explanation = label("", tone="text2", wraps=True)
        self.grid = ChoiceGrid()
        self.merged_head = label("Hai bên sửa khác trường – máy đã gộp, không cần chọn", "label")
        self.result_head = label("Sau khi lưu, sáng kiến sẽ là", "label")
        self.merged, self.result = QGridLayout(), QGridLayout()
        self.result_card = Card()
        self.result_card.body.addLayout(self.result)
        self._make_buttons()
        self._lay_out()
        self._connect()

    def show_clashes(self, views: Sequence[ClashView], current: str = "") -> None:
        """Show these; choices made so far for clashes that are still open stay."""
        before = current or (str(self.current.id) if self.current else "")
        self._views = views
        self._choices = {str(view.id): self._choices.get(str(view.id), Choices()) for view in views}
        self.list.show_rows([(view.title, _under(view)) for view in views])
        self.count.setText(f"{len(views)} sáng kiến mâu thuẫn")
        row = next((at for at, view in enumerate(views) if str(view.id) == before), 0)
        self.list.select(row)
        self._empty.setVisible(not views)
        self._body.setVisible(bool(views))
        self._foot.setVisible(bool(views))
        self._show_current()

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window the list is slim, keys and the common origin are tool tips."""
        self._side.setFixedWidth(190 if is_narrow else 262)
        self.grid.set_narrow(is_narrow)
        for button, key in self._keys:
            button.set_key_shown("" if is_narrow else key)

    @property
    def views(self) -> Sequence[ClashView]:
        """The clashes of the list."""
        return self._views

    @property
    def current(self) -> ClashView | None:
        """The clash that is being decided."""
        row = self.list.current_row
        return self._views[row] if 0 <= row < len(self._views) else None

    def choose(self, field_name: str, side: str) -> None:
        """Take one side for one field of the current clash."""
        if self.current is not None:
            self._of_current().sides[field_name] = side
            self._show_choices()

    def choose_all(self, side: str) -> None:
        """Take one side for every field of the current clash."""
        if self.current is None:
            return
        for clash in self.current.clashes:
            self._of_current().sides[clash.field] = side
        self._show_choices()

    def put_typed(self, field_name: str, value: Json, text: str) -> None:
        """Another value than both sides', as it was typed and read."""
        self._of_current().typed[field_name] = (value, text)
        self.choose(field_name, TYPED)

    def save(self) -> None:
        """Ask for the decision to be kept, when every field is chosen."""
        view = self.current
        if view is None or not self.save_button.isEnabled():
            return
        chosen = self._of_current()
        values = {
            clash.field: chosen.typed[clash.field][0]
            if chosen.sides[clash.field] == TYPED
            else (clash.mine_value if chosen.sides[clash.field] == MINE else clash.theirs_value)
            for clash in view.clashes
        }
        self.save_wanted.emit(view, values)

    def _make_buttons(self) -> None:
        self.back = Button("Đồng bộ", icon="chevron-left", kind="link", name="conflicts-back")
        self.mine_button = Button("Lấy hết của máy này", key="Alt+M", name="take-mine")
        self.theirs_button = Button("Lấy hết của Cổng", key="Alt+C", name="take-theirs")
        self.other_button = Button("Gõ giá trị khác…", kind="link", name="type-other")
        self.every_button = Button("Lấy của Cổng cho tất cả…", kind="link", name="take-theirs-for-all")
        self.progress = label("", tone="text2")
        self.save_button = Button(
            "Lưu và gửi lại", icon="send", key="Ctrl+Enter", kind="primary", name="save-choice"
        )

        self._keys = (
            (self.mine_button, "Alt+M"),
            (self.theirs_button, "Alt+C"),
            (self.save_button, "Ctrl+Enter"),
        )

    def _lay_out(self) -> None:
        side = self._side = Panel("surface", "r")
        side.setFixedWidth(262)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(4)
        for part in (self.back, self.count):
            row = QHBoxLayout()
            row.setContentsMargins(8 if part is self.back else 12, 0, 12, 0)
            row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.every_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = DecisionPanel(self)
        self._empty = EmptyState("Không có mâu thuẫn nào.", "Khi hai bên cùng sửa một trường, máy hỏi ở đây.")
        self._foot = FootRow("window")
        self._foot.add(self.mine_button, self.theirs_button, self.other_button)
        self._foot.add_gap()
        self._foot.add(self.progress, self.save_button)
        right = QVBoxLayout()
        for widget in (self._body, self._empty):
            right.addWidget(widget, 1)
        right.addWidget(self._foot)
        whole = QHBoxLayout(self)
        whole.addWidget(side)
        whole.addLayout(right, 1)
        for layout in (right, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.list.row_changed.connect(self._show_current)
        self.grid.chosen.connect(self.choose)
        self.mine_button.clicked.connect(self.on_mine)
        self.theirs_button.clicked.connect(self.on_theirs)
        self.other_button.clicked.connect(self.on_other)
        self.every_button.clicked.connect(self.on_every)
        self.save_button.clicked.connect(self.save)

    def on_mine(self) -> None:
        """All from here; what one side withdrew stays alive."""
        self._decide(MINE)

    def on_theirs(self) -> None:
        """All from the portal; what it withdrew is withdrawn here too."""
        self._decide(THEIRS)

    def on_other(self) -> None:
        """Type another value for the current field."""
        view, name = self.current, self.grid.current_field
        if view is not None and name:
            clash = next(one for one in view.clashes if one.field == name)
            self.typing_wanted.emit(view, name, clash.mine.removesuffix(" đồng"))

    def on_every(self) -> None:
        """The portal's side for every clash of the list."""
        self.all_wanted.emit(True)

    def _decide(self, side: str) -> None:
        view = self.current
        if view is not None and view.is_about_withdrawal:
            self.withdrawal_decided.emit(view, "keep_mine" if side == MINE else "keep_theirs")
        else:
            self.choose_all(side)

    def _of_current(self) -> Choices:
        assert self.current is not None
        return self._choices[str(self.current.id)]

    def _show_current(self) -> None:
        view = self.current
        if view is None:
            return
        about_withdrawal = view.is_about_withdrawal
        self.title.setText(view.title)
        self.explanation.setText(explanation(view))
        self.grid.show_clashes(view.clashes, _captions(view))
        self.grid.setVisible(bool(view.clashes))
        self.mine_button.setText(_MINE_WORDS.get(view.rule, "Lấy hết của máy này"))
        self.theirs_button.setText(_THEIRS_WORDS.get(view.rule, "Lấy hết của Cổng"))
        self.other_button.setVisible(not about_withdrawal)
        self.every_button.setVisible(len(self._views) > 1)
        for widget in (self.progress, self.save_button, self.result_head, self.result_card):
            widget.setVisible(not about_withdrawal)
        _fill(
            self.merged,
            [
                (
                    IconLabel("check", one.label, "ok"),
                    f"{'lấy của Cổng' if one.is_from_portal else 'lấy của máy này'}: {one.text or NOTHING}",
                    False,
                )
                for one in view.taken_over
            ],
        )
        self.merged_head.setVisible(bool(view.taken_over))
        self._show_choices()

    def _show_choices(self) -> None:
        view = self.current
        if view is None:
            return
        chosen = self._of_current()
        rows: list[tuple[QWidget, str, bool]] = []
        for clash in view.clashes:
            side = chosen.sides.get(clash.field, "")
            self.grid.show_choice(clash.field, side)
            texts = {
                MINE: clash.mine,
                THEIRS: clash.theirs,
                TYPED: chosen.typed.get(clash.field, ("", ""))[1],
            }
            rows.append(
                (label(clash.label, tone="text2"), texts.get(side, "chưa chọn") or NOTHING, bool(side))
            )
        _fill(self.result, rows)
        done = sum(clash.field in chosen.sides for clash in view.clashes)
        self.progress.setText(f"Đã chọn {done}/{len(view.clashes)} trường")
        self.save_button.setEnabled(done == len(view.clashes))


class DecisionPanel(QScrollArea):
    """The right side: head, grid, what was merged, what will be."""

    def __init__(self, view: ConflictView) -> None:
        """Lays out the parts of the view."""
        super().__init__()
        ground = Panel("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(9)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(view.title, 1)
        head.addWidget(view.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for layout, width in ((view.merged, 180), (view.result, 170)):
            layout.setVerticalSpacing(4)
            layout.setColumnMinimumWidth(0, width)
            layout.setColumnStretch(1, 1)
        for widget in (view.explanation, view.grid, view.merged_head):
            column.addWidget(widget)
        column.addLayout(view.merged)
        column.addWidget(view.result_head)
        column.addWidget(view.result_card)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(ground)


_MINE_WORDS = {
    "withdrawn_there": "Gửi lại bản ở máy này",
    "deleted_there": "Gửi lại bản ở máy này",
    WITHDRAWN_HERE: "Vẫn rút",
}
_THEIRS_WORDS = {
    "withdrawn_there": "Để là đã rút",
    "deleted_there": "Để là đã rút",
    WITHDRAWN_HERE: "Lấy lại bản trên Cổng",
}


def explanation(view: ClashView) -> str:
    """What happened, and what choosing does."""
    if view.rule == WITHDRAWN_HERE:
        return "Máy này đã rút sáng kiến, trong khi Cổng vừa sửa. Chọn rút thật, hay giữ bản Cổng vừa sửa."
    if view.is_about_withdrawal:
        return (
            "Cổng đã rút sáng kiến này, trong khi máy này vừa sửa. "
            "Chọn để nó là đã rút, hay gửi lại bản ở máy này."
        )
    number = len(view.clashes)
    return f"Cả hai bên cùng sửa {number} trường dưới đây. Chọn bản đúng cho từng trường; bản không chọn vẫn nằm trong lịch sử."


def _captions(view: ClashView) -> dict[str, str]:
    mine = ", ".join(part for part in (view.mine_by, moment(view.mine_at) if view.mine_at else "") if part)
    theirs = f"Cổng, máy nhận lúc {moment(view.theirs_at)}" if view.theirs_at else "Cổng"
    return {MINE: mine, THEIRS: theirs}


def _under(view: ClashView) -> str:
    if view.rule == WITHDRAWN_HERE:
        return f"{view.local_code} · máy này rút, Cổng sửa"
    if view.is_about_withdrawal:
        return f"{view.local_code} · Cổng đã rút, máy này sửa"
    return f"{view.local_code} · {len(view.clashes)} trường"


def _fill(layout: QGridLayout, rows: Sequence[tuple[QWidget, str, bool]]) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for at, (name, text, is_strong) in enumerate(rows):
        layout.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label(text, "strong" if is_strong else "body", wraps=True), at, 1)
