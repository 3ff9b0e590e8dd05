"""R1: the initiatives of a group, printed for the group to check and sign."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage.report_lines import Which

COLUMNS = (
    lists.NUMBER,
    Column(key="code", title="Mã NV", width=9),
    Column(key="author", title="Họ và tên", width=19, wraps=True),
    Column(key="title", title="Tên sáng kiến", width=25, wraps=True),
    Column(key="before", title="Trước cải tiến", width=26, wraps=True),
    Column(key="after", title="Sau cải tiến", width=26, wraps=True),
    Column(key="effect", title="Hiệu quả", width=22, wraps=True),
    lists.BENEFIT,
    Column(key="signature", title="Ký", kind=ColumnKind.SIGNATURE, width=9),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """One group, or all groups one after another in the order of their names."""
    names = lists.unit_names(session)
    found = lists.lines(session, chosen, Which(unit=chosen.group, with_content=True))
    made = tuple(
        (
            number,
            "\n".join(one.code for one in line.authors if one.code),
            lists.authors_said(line.authors),
            line.title,
            lists.SECRET if line.is_secret else line.before,
            lists.SECRET if line.is_secret else line.solution,
            line.effect,
            line.benefit,
            "",
        )
        for number, line in enumerate(found, start=1)
    )
    group = names.get(chosen.group, "") if chosen.group else ""
    return ReportTable(
        name="group-list",
        title=f"DANH SÁCH SÁNG KIẾN CỦA {group.upper()}"
        if group
        else "DANH SÁCH SÁNG KIẾN CỦA CÁC TỔ CÔNG ĐOÀN",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=made,
        totals=lists.total(made, COLUMNS, label_at=3),
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
        signers=("TỔ TRƯỞNG CÔNG ĐOÀN", "NGƯỜI LẬP BIỂU"),
    )


REPORT = Report(
    name="group-list",
    title="Danh sách sáng kiến của tổ",
    occasion=Occasion.GROUPS,
    parameters=(Parameter.PERIOD, Parameter.GROUP),
    make=rows,
)
