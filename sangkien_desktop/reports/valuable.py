"""R9: initiatives of great value or of social meaning, and whose author may have the Bằng Lao động sáng tạo."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from sangkien_desktop.domain.awards import CONFEDERATION, SOCIAL, Merit, Standing
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.candidates import candidates, merits
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage.report_lines import Line
from sangkien_desktop.vietnamese.money import format_vnd

COLUMNS = (
    lists.NUMBER,
    Column(key="author", title="Tác giả", width=19, wraps=True),
    Column(key="unit", title="Tổ công đoàn", width=18, wraps=True),
    Column(key="education", title="Trình độ", width=10),
    Column(key="leader", title="Giữ chức vụ", kind=ColumnKind.CENTRE, width=8),
    Column(key="title", title="Tên sáng kiến", width=32, wraps=True),
    lists.BENEFIT,
    Column(key="one", title="Tổng 01 năm (đồng)", kind=ColumnKind.MONEY, width=14),
    Column(key="three", title="Tổng 03 năm (đồng)", kind=ColumnKind.MONEY, width=14),
    Column(key="social", title="Ý nghĩa xã hội", kind=ColumnKind.CENTRE, width=8),
    Column(key="ready", title="Đủ điều kiện Bằng LĐST", kind=ColumnKind.CENTRE, width=10),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """The greatest benefit first; totals are the main author's own part."""
    names = lists.unit_names(session)
    every = lists.lines(session, chosen)
    wanted = (
        line for line in every if (line.benefit or 0) >= chosen.least_benefit or SOCIAL in line.effect_groups
    )
    found = sorted(wanted, key=lambda line: (-(line.benefit or 0), line.local_code))
    known = merits(session, chosen, every)
    by_author = {(one.person or one.code or one.name): one for one in known}
    ready = {
        one.merit.person or one.merit.code or one.merit.name
        for one in candidates(session, chosen, known)
        if one.threshold.level == CONFEDERATION and one.standing is not Standing.UNMET
    }
    made = tuple(
        _row(number, line, names.get(line.unit, "") if line.unit else "", by_author, ready)
        for number, line in enumerate(found, start=1)
    )
    return ReportTable(
        name="valuable",
        title="DANH SÁCH SÁNG KIẾN CÓ GIÁ TRỊ LÀM LỢI LỚN, Ý NGHĨA XÃ HỘI",
        subtitles=(
            chosen.programme.name,
            period_line(chosen),
            f"Làm lợi từ {format_vnd(chosen.least_benefit)} đồng/năm hoặc có ý nghĩa xã hội, cộng đồng",
        ),
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        notes=("Tổng 01 năm và 03 năm tính phần đóng góp của tác giả chính, theo ngày công nhận.",),
        letterhead=chosen.letterhead,
        holds_personal_data=True,
    )


def _row(
    number: int, line: Line, unit: str, by_author: Mapping[str, Merit], ready: set[str]
) -> tuple[Cell, ...]:
    author = line.main
    key = (author.person or author.code or author.name) if author else ""
    merit = by_author.get(key)
    leads = merit.is_leader if merit else None
    return (
        number,
        lists.authors_said(line.authors),
        unit,
        merit.education if merit else "",
        "" if leads is None else "Có" if leads else "Không",
        line.title,
        line.benefit,
        merit.one_year if merit else None,
        merit.three_years if merit else None,
        "x" if SOCIAL in line.effect_groups else "",
        "x" if key in ready else "",
    )


REPORT = Report(
    name="valuable",
    title="Danh sách làm lợi lớn",
    occasion=Occasion.DOSSIER,
    parameters=(Parameter.PERIOD, Parameter.LEAST_BENEFIT),
    make=rows,
)
