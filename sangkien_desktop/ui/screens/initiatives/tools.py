"""The tool row: what is shown at the left, what can be done at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.sync_status import NEEDS_A_PERSON, Badge
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.storage.queries import Counts
from sangkien_desktop.ui import formatting, theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import SearchField
from sangkien_desktop.ui.widgets.panels import ToolRow

PROBLEMS = "problems"
"""The state filter that shows only rows with problems."""
WAITING = "waiting"
"""The state filter that shows what waits for a person."""


class Tools(ToolRow):
    """Filter, group, state, columns; paste, export, send, add. Narrow windows keep what fits."""

    filter_changed = Signal()

    def __init__(self) -> None:
        """Buttons show their keys; the page binds them."""
        super().__init__()
        self.search = SearchField("Lọc tên, tác giả, mã…", key="Ctrl+F")
        self.group = ComboBox([Choice("Mọi tổ", None)], name="group-filter")
        self.group.setAccessibleName("Lọc theo tổ")
        self.state = ComboBox(_states(), name="state-filter")
        self.state.setAccessibleName("Lọc theo tình trạng")
        self.columns = Button("Cột", icon="columns", kind="link", name="columns")
        self.paste = Button("Dán từ Excel", icon="clipboard-list", key="Ctrl+V", name="paste")
        self.export = Button("Xuất", icon="file-export", name="export")
        self.send = Button("Gửi", icon="send", key="F9", name="send")
        self.form = Button("Biểu mẫu", icon="layout-sidebar-left-collapse", key="F6", name="show-form")
        self.new = Button("Thêm", icon="plus", key="Ctrl+N", kind="primary", name="add")
        self.form.hide()
        self.add(self.search, self.group, self.state, self.columns)
        self.add_gap()
        self.add(self.paste, self.export, self.send, self.form, self.new)
        self._is_narrow = self._is_empty = False
        self._on_size()
        theme.current().changed.connect(self._on_size)
        self.search.searched.connect(lambda _: self.filter_changed.emit())
        self.group.chosen.connect(lambda _: self.filter_changed.emit())
        self.state.chosen.connect(lambda _: self.filter_changed.emit())

    def show_groups(self, groups: Sequence[Unit]) -> None:
        """The groups to choose from."""
        self.group.set_choices([Choice("Mọi tổ", None), *(Choice(unit.name, unit.id) for unit in groups)])

    def show_counts(self, counts: Counts) -> None:
        """How many may be sent."""
        ready = counts.by_badge.get(Badge.QUEUED, 0) + counts.by_badge.get(Badge.QUEUED_AGAIN, 0)
        self.send.setText(f"Gửi {formatting.number(ready)}" if ready else "Gửi")
        self.send.setEnabled(bool(ready))
        self.send.setToolTip("" if ready else "Không có gì chờ gửi")

    def set_narrow(self, is_narrow: bool) -> None:
        """Below 1200 pixels: the form's button instead of paste, export and send."""
        self._is_narrow = is_narrow
        self._arrange()

    def set_empty(self, is_empty: bool) -> None:
        """Nothing stored yet: only what begins."""
        self._is_empty = is_empty
        self._arrange()

    @property
    def chosen_group(self) -> UnitId | None:
        """The group that is shown; None for all."""
        value = self.group.value
        return UnitId(str(value)) if value else None

    @property
    def is_filtering(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.search.text() or self.group.value or self.state.value)

    def clear(self) -> None:
        """Take every filter off."""
        self.group.choose(None)
        self.state.choose(None)
        if self.search.text():
            self.search.search_now("")
        else:
            self.filter_changed.emit()

    def _arrange(self) -> None:
        for button in (self.columns, self.paste, self.export, self.send):
            button.setVisible(not self._is_narrow and not self._is_empty)
        self.form.setVisible(self._is_narrow and not self._is_empty)
        self.search.set_key_shown("" if self._is_narrow else "Ctrl+F")

    def _on_size(self) -> None:
        grown = theme.current().metrics.grown
        self.search.setFixedWidth(grown(236))
        self.group.setFixedWidth(grown(120))
        self.state.setFixedWidth(grown(150))


def badges_of(value: object) -> frozenset[Badge]:
    """The badges that a state filter stands for."""
    if isinstance(value, Badge):
        return frozenset({value})
    return NEEDS_A_PERSON if value == WAITING else frozenset()


def _states() -> list[Choice]:
    return [
        Choice("Mọi tình trạng", None),
        Choice("Có chỗ sai", PROBLEMS),
        Choice("Cần người xem", WAITING),
        *(Choice(badge.value, badge) for badge in Badge),
    ]
