"""R14: what people asked about their own data, with the days by which it must be answered and done."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Report
from sangkien_desktop.storage import report_lines

KINDS = {
    "access": "Xem, trích xuất",
    "correct": "Chỉnh sửa",
    "withdraw": "Rút đồng ý",
    "restrict": "Hạn chế xử lý",
    "object": "Phản đối",
    "erase": "Xóa, ẩn danh",
}
STATES = {"open": "Đang làm", "done": "Đã xong", "closed": "Đã xong", "refused": "Từ chối"}
COLUMNS = (
    lists.NUMBER,
    Column(key="person", title="Người yêu cầu", width=28),
    Column(key="kind", title="Yêu cầu", width=22),
    Column(key="received", title="Nhận lúc", kind=ColumnKind.MOMENT, width=18),
    Column(key="answer_by", title="Hạn trả lời", kind=ColumnKind.MOMENT, width=18),
    Column(key="finish_by", title="Hạn làm xong", kind=ColumnKind.MOMENT, width=18),
    Column(key="state", title="Tình trạng", width=14),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """The newest first."""
    made = tuple(
        (
            number,
            one.person,
            KINDS.get(one.kind, one.kind),
            one.received,
            one.answer_by,
            one.finish_by,
            STATES.get(one.state, one.state),
        )
        for number, one in enumerate(report_lines.requests(session), start=1)
    )
    return ReportTable(
        name="requests",
        title="SỔ YÊU CẦU CỦA CHỦ THỂ DỮ LIỆU",
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
    )


REPORT = Report(
    name="requests", title="Yêu cầu của chủ thể dữ liệu", occasion=Occasion.CHECK, parameters=(), make=rows
)
