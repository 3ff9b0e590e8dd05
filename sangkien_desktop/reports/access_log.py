"""R14: who looked at, exported or erased personal data, and when."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Report
from sangkien_desktop.storage import report_lines

ACTIONS = {
    "export": "Xuất ra tệp",
    "view": "Xem",
    "reveal": "Xem số định danh",
    "consent": "Ghi đồng ý",
    "erase": "Xóa, ẩn danh",
    "extract": "Trích xuất theo yêu cầu",
    "declare_ground": "Khai căn cứ gửi",
}
COLUMNS = (
    lists.NUMBER,
    Column(key="at", title="Thời gian", kind=ColumnKind.MOMENT, width=18),
    Column(key="actor", title="Người làm", width=18),
    Column(key="action", title="Việc", width=22),
    Column(key="entity", title="Đối tượng", width=24),
    Column(key="detail", title="Chi tiết", width=50, wraps=True),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """The newest first; ids and field names only, as the log holds no personal data."""
    made = tuple(
        (number, one.at, one.actor, ACTIONS.get(one.action, one.action), one.entity, one.detail)
        for number, one in enumerate(report_lines.deeds(session, tuple(ACTIONS)), start=1)
    )
    return ReportTable(
        name="access-log",
        title="NHẬT KÝ TRUY CẬP DỮ LIỆU CÁ NHÂN",
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
    )


REPORT = Report(
    name="access-log",
    title="Nhật ký truy cập dữ liệu",
    occasion=Occasion.CHECK,
    parameters=(),
    make=rows,
)
