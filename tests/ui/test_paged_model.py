"""The lazy table model: right under the model tester, frugal with what it fetches."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from sangkien_desktop.ui.models.paged_model import (
    BADGE,
    PAGE_ROWS,
    PAGES_KEPT,
    PROBLEM,
    ROW,
    Column,
    Mark,
    PagedModel,
)

COLUMNS = (
    Column("code", "Mã", lambda row: f"HH26-{row:05d}", 100),
    Column("title", "Tên", lambda row: f"Sáng kiến {row}", 0, is_editable=True),
    Column(
        "benefit",
        "Làm lợi",
        lambda row: str(row * 1000),
        kind="number",
        mark=lambda row: Mark("error", "Ghi theo tháng") if row == 3 else None,
    ),
    Column(
        "state", "Tình trạng", lambda row: "Hợp lệ", kind="badge", badge=lambda row: ("check", "Hợp lệ", "ok")
    ),
)


class Store:
    """Answers records and remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def fetch(self, ids):
        self.asked.append(len(ids))
        return [None if one == 99 else one for one in ids]


def a_model(count: int = 1000) -> tuple[PagedModel[int], Store]:
    store = Store()
    model = PagedModel(COLUMNS, store.fetch)
    model.show_ids(range(count))
    return model, store


def test_model_keeps_qts_rules(qapp) -> None:
    model, _ = a_model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_ids(range(500))
    model.forget([3])
    model.show_ids([])
    assert tester.model() is model


def test_million_rows_fetch_only_what_is_looked_at(qapp) -> None:
    model, store = a_model(1_000_000)
    model.index(999_999, 0).data()
    model.index(999_990, 1).data()
    assert len(store.asked) == 1
    assert store.asked[0] <= PAGE_ROWS


def test_old_pages_are_let_go(qapp) -> None:
    model, store = a_model(PAGE_ROWS * (PAGES_KEPT + 2))
    for row in range(0, model.rowCount(), PAGE_ROWS):
        model.index(row, 0).data()
    model.index(model.rowCount() - 1, 0).data()
    assert len(store.asked) == PAGES_KEPT + 2
    model.index(0, 0).data()
    assert len(store.asked) == PAGES_KEPT + 3


def test_cell_says_what_its_column_reads(qapp) -> None:
    model, _ = a_model()
    assert model.index(7, 0).data() == "HH26-00007"
    assert model.index(7, 3).data(BADGE) == ("check", "Hợp lệ", "ok")
    assert model.index(3, 2).data(PROBLEM) == Mark("error", "Ghi theo tháng")
    assert model.index(3, 2).data(Qt.ItemDataRole.ToolTipRole) == "Ghi theo tháng"
    assert model.index(7, 2).data(PROBLEM) is None
    assert model.index(7, 0).data(ROW) == 7
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Tên"


def test_record_gone_meanwhile_is_an_empty_row(qapp) -> None:
    model, _ = a_model()
    assert model.index(99, 0).data() is None


def test_changed_records_are_read_again(qapp, qtbot) -> None:
    model, store = a_model()
    model.index(0, 0).data()
    with qtbot.waitSignal(model.dataChanged):
        model.forget([5])
    model.index(0, 0).data()
    assert len(store.asked) == 2


def test_typing_is_handed_over_once(qapp) -> None:
    model, _ = a_model()
    told: list[tuple[int, str, str]] = []
    model.edited.connect(lambda *edit: told.append(edit))
    assert model.setData(model.index(4, 1), "Máy gặt")
    assert not model.setData(model.index(4, 1), "Sáng kiến 4")
    assert told == [(4, "title", "Máy gặt")]


def test_ids_are_found_again(qapp) -> None:
    model, _ = a_model(0)
    model.show_ids([30, 10, 20])
    assert (model.id_at(2), model.row_of(10), model.row_of(11)) == (20, 1, -1)


def test_sort_asks_whoever_holds_the_data(qapp) -> None:
    model, _ = a_model()
    told: list[tuple[str, Qt.SortOrder]] = []
    model.sort_wanted.connect(lambda *order: told.append(order))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.sort(-1)
    assert told == [("code", Qt.SortOrder.DescendingOrder), ("", Qt.SortOrder.AscendingOrder)]
