"""R10: pairs of initiatives that look alike, what was decided and by whom."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Report
from sangkien_desktop.storage import report_lines

DECISIONS = {
    "": "Chưa quyết",
    "distinct": "Hai sáng kiến khác nhau",
    "same": "Trùng",
    "merged": "Trùng (đã gộp)",
}
COLUMNS = (
    lists.NUMBER,
    Column(key="a_code", title="Mã", width=12),
    Column(key="a", title="Sáng kiến", width=38, wraps=True),
    Column(key="b_code", title="Mã", width=12),
    Column(key="b", title="Giống với", width=38, wraps=True),
    Column(key="score", title="Giống (%)", kind=ColumnKind.PERCENT, width=8),
    Column(key="decision", title="Quyết định", width=18, wraps=True),
    Column(key="note", title="Lý do", width=20, wraps=True),
    Column(key="by", title="Người quyết định", width=14),
    Column(key="at", title="Lúc", kind=ColumnKind.MOMENT, width=16),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Undecided pairs first, the most alike first."""
    made = tuple(
        (
            number,
            one.codes[0],
            one.titles[0],
            one.codes[1],
            one.titles[1],
            100 * one.score,
            DECISIONS.get(one.decision, one.decision),
            one.note,
            one.by,
            one.at,
        )
        for number, one in enumerate(report_lines.pairs(session), start=1)
    )
    return ReportTable(
        name="duplicates",
        title="DANH SÁCH SÁNG KIẾN NGHI TRÙNG",
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
    )


REPORT = Report(
    name="duplicates", title="Danh sách nghi trùng", occasion=Occasion.CHECK, parameters=(), make=rows
)
