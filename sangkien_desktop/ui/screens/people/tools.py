"""The tools over the member list: search, group, who; and the acts."""

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.people import WorkStatus
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.storage.people_lists import ConsentFilter, PeopleQuery
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.combo import Choice, ComboBox
from sangkien_desktop.ui.widgets.fields import SearchField
from sangkien_desktop.ui.widgets.panels import ToolRow

WORKING, MISSING, LEFT, ALL = "working", "missing", "left", "all"


class PeopleTools(ToolRow):
    """The row of tools; what it asks for is a query."""

    def __init__(self) -> None:
        """Everybody who works here, in the order of names."""
        super().__init__()
        self.search = SearchField("Tìm tên hoặc mã, không cần dấu", name="find-person")
        self.group = ComboBox([Choice("Mọi tổ", None)], name="group-filter")
        self.group.setAccessibleName("Tổ")
        self.state = ComboBox(
            [
                Choice("Đang làm", WORKING),
                Choice("Chưa đồng ý", MISSING),
                Choice("Đã nghỉ", LEFT),
                Choice("Tất cả", ALL),
            ],
            name="state-filter",
        )
        self.state.setAccessibleName("Ai")
        self.import_list = Button("Nhập danh sách", icon="table-import", name="import-list")
        self.print_list = Button("In danh sách", icon="printer", key="Ctrl+P", name="print-list")
        self.new = Button("Thêm người", icon="plus", key="Ctrl+N", kind="primary", name="new-person")
        self.add(self.search, self.group, self.state)
        self.add_gap()
        self.add_optional(self.import_list, self.print_list)
        self.add(self.new)
        self.row.setStretch(0, 100)
        self.set_narrow(False)

    def query(self, *, sort: str, descending: bool) -> PeopleQuery:
        """What is asked for."""
        chosen = str(self.state.value)
        return PeopleQuery(
            text=self.search.text().strip(),
            group=UnitId(str(self.group.value)) if self.group.value else None,
            status={LEFT: WorkStatus.LEFT, ALL: None}.get(chosen, WorkStatus.WORKING),
            consent=ConsentFilter.MISSING if chosen == MISSING else ConsentFilter.ANY,
            authors_only=chosen == MISSING,
            sort=sort,
            descending=descending,
        )

    def show_groups(self, groups: tuple[Unit, ...]) -> None:
        """The groups to choose from."""
        self.group.set_choices([Choice("Mọi tổ", None), *(Choice(one.name, one.id) for one in groups)])

    def clear(self) -> None:
        """Everybody who works here."""
        self.search.search_now("")
        self.group.choose(None)
        self.state.choose(WORKING)

    def set_narrow(self, is_narrow: bool) -> None:
        """Less room: no key in the search field."""
        grown = theme.current().metrics.grown
        self.search.setMinimumWidth(grown(190 if is_narrow else 240))
        self.search.setPlaceholderText("Tìm tên hoặc mã" if is_narrow else "Tìm tên hoặc mã, không cần dấu")
        self.group.setFixedWidth(grown(150 if is_narrow else 190))
        self.state.setFixedWidth(grown(124))
