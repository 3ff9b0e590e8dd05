"""R11: every batch that went to the portal, and how it went."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Report
from sangkien_desktop.storage import report_lines

STATES = {
    "built": "Đã đóng gói",
    "sending": "Đang gửi",
    "answered": "Cổng đã trả lời",
    "settled": "Xong",
    "unknown": "Đang hỏi lại Cổng",
    "carried": "Đang mang bằng USB",
}
CHANNELS = {"http": "Mạng", "usb": "USB", "bundle": "USB"}
COLUMNS = (
    lists.NUMBER,
    Column(key="at", title="Thời gian gửi", kind=ColumnKind.MOMENT, width=18),
    Column(key="channel", title="Đường gửi", width=10),
    Column(key="sent", title="Số gửi", kind=ColumnKind.NUMBER, width=9),
    Column(key="applied", title="Cổng nhận", kind=ColumnKind.NUMBER, width=9),
    Column(key="refused", title="Không nhận", kind=ColumnKind.NUMBER, width=9),
    Column(key="state", title="Tình trạng", width=20),
    Column(key="problem", title="Ghi chú", width=40, wraps=True),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """The newest batch first."""
    made = tuple(
        (
            number,
            one.at,
            CHANNELS.get(one.channel, one.channel),
            one.sent,
            one.applied,
            one.refused,
            STATES.get(one.state, one.state),
            one.problem,
        )
        for number, one in enumerate(report_lines.parcels(session), start=1)
    )
    return ReportTable(
        name="sync-log",
        title="NHẬT KÝ ĐỒNG BỘ VỚI CỔNG",
        columns=COLUMNS,
        rows=made,
        totals=lists.total(made, COLUMNS),
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
    )


REPORT = Report(name="sync-log", title="Nhật ký đồng bộ", occasion=Occasion.WEEKLY, parameters=(), make=rows)
