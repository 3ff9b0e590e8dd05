"""R7: the groups by their places, with how many places they have gained or lost in a week."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Cell, ChartKind, ChartOf, Column, ColumnKind, ReportTable
from sangkien_desktop.domain.standings import Standing
from sangkien_desktop.reports.figures import board
from sangkien_desktop.reports.progress import ask_of
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line

COLUMNS = (
    Column(key="rank", title="Hạng", kind=ColumnKind.CENTRE, width=6),
    Column(key="move", title="Tăng/giảm hạng (7 ngày)", kind=ColumnKind.SIGNED, width=10),
    Column(key="unit", title="Tổ công đoàn", width=34),
    Column(key="count", title="Số sáng kiến", kind=ColumnKind.NUMBER, width=9),
    Column(key="quota", title="Chỉ tiêu", kind=ColumnKind.NUMBER, width=9),
    Column(key="reached", title="Đạt (%)", kind=ColumnKind.PERCENT, width=9),
    Column(key="people", title="Số người tham gia", kind=ColumnKind.NUMBER, width=10),
    Column(key="people_rank", title="Hạng theo số người", kind=ColumnKind.CENTRE, width=9),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Groups by place, those of equal place by name."""
    found = board(session, ask_of(chosen))
    groups = sorted((one for one in found.groups if one.rank), key=lambda one: one.rank)
    place = found.cluster
    said: tuple[str, ...] = ()
    if place is not None:
        said = (f"Đơn vị xếp hạng {place.rank}/{place.units} trong cụm thi đua (theo Cổng).",)
    return ReportTable(
        name="ranking",
        title="BẢNG XẾP HẠNG TỔ CÔNG ĐOÀN",
        subtitles=(chosen.programme.name, period_line(chosen), f"Xếp theo số sáng kiến {chosen.basis.said}"),
        columns=COLUMNS,
        rows=tuple(_row(one) for one in groups),
        as_of=chosen.as_of,
        notes=("Bằng số thì đồng hạng, hạng sau bỏ trống (1-1-3).", *said),
        chart=ChartOf(title="Số sáng kiến của tổ", kind=ChartKind.COLUMNS, names="unit", series=("count",)),
        letterhead=chosen.letterhead,
        is_portrait=True,
    )


def _row(one: Standing) -> tuple[Cell, ...]:
    return (
        one.rank,
        one.move,
        one.name,
        one.count,
        one.quota,
        one.reached,
        one.people,
        one.people_rank,
    )


REPORT = Report(
    name="ranking",
    title="Bảng xếp hạng tổ công đoàn",
    occasion=Occasion.WEEKLY,
    parameters=(Parameter.PERIOD, Parameter.AS_OF, Parameter.BASIS),
    make=rows,
)
