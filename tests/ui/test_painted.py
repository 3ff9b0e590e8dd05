"""What is painted by hand says itself in words, too, and paints in both themes at every text size."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from sangkien_desktop.settings import TextSize
from sangkien_desktop.settings import Theme as Scheme
from sangkien_desktop.ui import screenshots
from sangkien_desktop.ui.widgets.buttons import Button, CheckBox, RadioButton
from sangkien_desktop.ui.widgets.chart import axis_steps
from sangkien_desktop.ui.widgets.column_chart import ColumnChart, GroupShare
from sangkien_desktop.ui.widgets.empty_state import Beginning, EmptyState, NothingFound
from sangkien_desktop.ui.widgets.figures import FigureRow, FigureText
from sangkien_desktop.ui.widgets.labels import Chip, IconLabel
from sangkien_desktop.ui.widgets.line_chart import LineChart, Progress
from sangkien_desktop.ui.widgets.panes import Panes
from sangkien_desktop.ui.widgets.percent_bar import PercentBar
from sangkien_desktop.ui.widgets.steps import StepBar
from sangkien_desktop.ui.widgets.timeline import Step, Timeline

START = date(2026, 4, 22)


def a_line_chart() -> LineChart:
    chart = LineChart()
    days = tuple(START + timedelta(days=number) for number in range(37))
    sent = tuple(number * 45 for number in range(37))
    chart.show_progress(
        Progress(days, sent, tuple(n * 9 // 10 for n in sent), 400, date(2026, 5, 31), "23:55")
    )
    return chart


def a_column_chart() -> ColumnChart:
    chart = ColumnChart()
    chart.show_groups([GroupShare("Mạ 1", 6, 9), GroupShare("Mạ 2", 75, 8), GroupShare("Kho", 8, 10)])
    return chart


MAKERS = {
    "line": a_line_chart,
    "columns": a_column_chart,
    "bar": lambda: PercentBar(0.667),
    "steps": lambda: StepBar(["Chọn tệp", "Máy hiểu tệp", "Xem lỗi", "Ghi vào máy"]),
    "standing steps": lambda: StepBar(["Chào", "Đơn vị"], orientation=Qt.Orientation.Vertical),
    "timeline": lambda: Timeline(
        [Step("20:31", "wifi-off", "Mạng đứt", "Chưa biết", state="bad", is_next=True)]
    ),
    "chip": lambda: Chip("alert-circle", "Chờ bổ sung – 1 chỗ", "warn"),
    "icon label": lambda: IconLabel("clock", "27 chờ gửi", "wait"),
    "empty": lambda: EmptyState(
        "Chưa có sáng kiến nào",
        "Chọn cách đưa vào.",
        [Beginning("pencil", "Gõ", "Từ phiếu giấy.", "Thêm", "Ctrl+N", lambda: None)],
    ),
    "nothing found": lambda: NothingFound(lambda: None),
    "check": lambda: CheckBox("Đổi sang Unicode", checked=True),
    "radio": lambda: RadioButton("Bản ở máy này", checked=True),
    "button": lambda: Button("Thêm", icon="plus", key="Ctrl+N", kind="primary"),
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(
    ("scheme", "size"), [(Scheme.LIGHT, TextSize.MEDIUM), (Scheme.DARK, TextSize.VERY_LARGE)]
)
def test_is_painted_in_both_themes(name, scheme, size, look, qtbot) -> None:
    look.choose(scheme, size)
    widget = MAKERS[name]()
    qtbot.addWidget(widget)
    image = screenshots.paint(widget, widget.sizeHint().expandedTo(QSize(400, 150)), 1.5)
    assert len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}) > 4


def test_chart_carries_its_sentence(look, qtbot) -> None:
    chart = a_line_chart()
    qtbot.addWidget(chart)
    assert chart.accessibleDescription() == (
        "Đến 28/05/2026 đã gửi 1.620 sáng kiến, hợp lệ 1.458; chỉ tiêu 400, đạt 405,0 % · vượt 305,0 %; "
        "hạn 23:55 ngày 31/05/2026."
    )


def test_space_reads_a_group(look, shown, qtbot) -> None:
    chart = shown(a_column_chart())
    with qtbot.waitSignal(chart.value_read) as read:
        QTest.keyClick(chart, Qt.Key.Key_Space)
    assert read.args == ["Mạ 1: đạt 66,7 % (6/9)"]
    with qtbot.waitSignal(chart.value_read) as read:
        QTest.keyClick(chart, Qt.Key.Key_Home)
    assert read.args[0].startswith("Mạ 2: đạt 937,5 %")


@pytest.mark.parametrize(
    ("greatest", "steps"), [(1633, [0, 400, 800, 1200, 1600]), (7, [0, 2, 4, 6]), (1, [0, 1]), (0, [0])]
)
def test_axis_has_round_steps(greatest, steps) -> None:
    assert axis_steps(greatest) == steps


def test_figures_say_caption_number_and_base(look, shown) -> None:
    row = shown(FigureRow(["hero_big", "hero"]), 700, 124)
    row.say([FigureText("Hợp lệ", "374,5 %", "<b>1.498</b> hợp lệ", "ok"), FigureText("Người", "86,9 %", "")])
    assert row.figures[0].accessibleName() == "Hợp lệ: 374,5 %"
    assert row.figures[0].caption.text() == "HỢP LỆ"


def test_border_between_panes_resets_by_double_click(look, shown) -> None:
    panes = shown(Panes(QWidget(), QWidget(), fixed=384), 1186, 400)
    assert panes.sizes()[1] == 384
    panes.setSizes([500, 685])
    QTest.mouseDClick(panes.handle(1), Qt.MouseButton.LeftButton)
    assert panes.sizes()[1] == 384


@pytest.mark.parametrize("name", ["line", "columns", "steps", "timeline", "chip", "bar", "button", "check"])
def test_painted_widget_has_a_name_for_screen_readers(name, look, qtbot) -> None:
    QAccessible.setActive(True)
    widget = MAKERS[name]()
    qtbot.addWidget(widget)
    assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_pictures_are_small(look, qtbot, tmp_path) -> None:
    chart = a_line_chart()
    qtbot.addWidget(chart)
    (path,) = screenshots.take([screenshots.Shot("chart", chart, QSize(911, 512), 1.5)], tmp_path)
    assert path.name == "chart.png"
    assert 0 < path.stat().st_size <= screenshots.MOST_BYTES
