"""R11: initiatives that the portal gave back, with its reasons."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage import rankings
from sangkien_desktop.storage.report_lines import Which

COLUMNS = (
    lists.NUMBER,
    Column(key="code", title="Mã", width=12),
    lists.TITLE,
    Column(key="author", title="Tác giả", width=20, wraps=True),
    Column(key="unit", title="Tổ công đoàn", width=22, wraps=True),
    Column(key="reason", title="Lý do Cổng trả lại", width=28, wraps=True),
    Column(key="note", title="Cổng ghi thêm", width=26, wraps=True),
    Column(key="at", title="Lúc", kind=ColumnKind.MOMENT, width=16),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """By group and code."""
    names = lists.unit_names(session)
    labels = rankings.reason_labels(session)
    found = lists.lines(session, chosen, Which(portal_status="returned"))
    made = tuple(
        (
            number,
            line.local_code,
            line.title,
            lists.authors_said(line.authors),
            names.get(line.unit, "") if line.unit else "",
            labels.get(str(line.reason.get("code")), str(line.reason.get("code") or "")),
            str(line.reason.get("note") or ""),
            line.portal_at,
        )
        for number, line in enumerate(found, start=1)
    )
    return ReportTable(
        name="returned",
        title="DANH SÁCH SÁNG KIẾN CỔNG TRẢ LẠI",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
    )


REPORT = Report(
    name="returned",
    title="Danh sách bị Cổng trả lại",
    occasion=Occasion.WEEKLY,
    parameters=(Parameter.PERIOD,),
    make=rows,
)
