"""R6: how far each group is against its quota, with the places by initiatives and by people."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Cell, ChartKind, ChartOf, Column, ColumnKind, ReportTable
from sangkien_desktop.domain.standings import AGAINST_LABELS, Board, Standing
from sangkien_desktop.reports.figures import Ask, board
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line

COLUMNS = (
    Column(key="number", title="STT", kind=ColumnKind.CENTRE, width=5),
    Column(key="unit", title="Đơn vị", width=30),
    Column(key="members", title="Đoàn viên", kind=ColumnKind.NUMBER, width=8),
    Column(key="quota", title="Chỉ tiêu", kind=ColumnKind.NUMBER, width=7),
    Column(key="entered", title="Đã nhập", kind=ColumnKind.NUMBER, width=7),
    Column(key="recognised", title="Đã công nhận", kind=ColumnKind.NUMBER, width=8),
    Column(key="sent", title="Đã gửi Cổng", kind=ColumnKind.NUMBER, width=8),
    Column(key="valid", title="Hợp lệ", kind=ColumnKind.NUMBER, width=7),
    Column(key="reached", title="Đạt (%)", kind=ColumnKind.PERCENT, width=8),
    Column(key="over", title="Vượt/ thiếu", kind=ColumnKind.SIGNED, width=7),
    Column(key="people", title="Người tham gia", kind=ColumnKind.NUMBER, width=8),
    Column(key="each", title="SK/ người", kind=ColumnKind.RATIO, width=7),
    Column(key="benefit", title="Giá trị làm lợi 01 năm (đồng)", kind=ColumnKind.MONEY, width=17),
    Column(key="rank", title="Hạng (SK)", kind=ColumnKind.CENTRE, width=6),
    Column(key="people_rank", title="Hạng (người)", kind=ColumnKind.CENTRE, width=8),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Groups by their place; groups of equal place by name."""
    found = board(session, ask_of(chosen))
    groups = sorted(found.groups, key=lambda one: one.rank or len(found.groups) + 1)
    return ReportTable(
        name="progress",
        title="BÁO CÁO TIẾN ĐỘ CHỈ TIÊU SÁNG KIẾN",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=tuple(_row(number, one) for number, one in enumerate(groups, start=1)),
        totals=_row("", found.whole, name="TỔNG CỘNG"),
        as_of=chosen.as_of,
        notes=_notes(found, chosen),
        chart=ChartOf(
            title=f"Đạt (%) theo {chosen.basis.said}",
            kind=ChartKind.COLUMNS,
            names="unit",
            series=("reached",),
        ),
        letterhead=chosen.letterhead,
        signers=("NGƯỜI LẬP BIỂU", "TM. BAN CHẤP HÀNH"),
    )


def ask_of(chosen: Chosen) -> Ask:
    """The chosen parameters as a question to the figures."""
    return Ask(
        programme=chosen.programme.code,
        period=chosen.period,
        as_of=chosen.as_of,
        basis=chosen.basis,
        against=chosen.against,
        every_group=chosen.every_group,
    )


def _row(number: int | str, one: Standing, name: str = "") -> tuple[Cell, ...]:
    tally = one.tally
    return (
        number,
        name or one.name,
        one.members,
        one.quota,
        tally.entered,
        tally.recognised,
        tally.sent,
        tally.valid,
        one.reached,
        one.over,
        one.people,
        one.each,
        tally.worth(one.basis),
        one.rank or None,
        one.people_rank or None,
    )


def _notes(found: Board, chosen: Chosen) -> tuple[str, ...]:
    said = [
        (
            f"Đạt (%) = {chosen.basis.said} ÷ chỉ tiêu {AGAINST_LABELS[chosen.against].lower()} × 100; "
            "vượt (%) = đạt (%) − 100. Bằng số thì đồng hạng (1-1-3)."
        ),
        "Người tham gia, giá trị làm lợi và đạt (%) tính trên cùng số sáng kiến; mỗi người tính một lần trong tổ và một lần trong toàn đơn vị.",
    ]
    if found.unsplit:
        word = "chưa phân bổ" if found.unsplit > 0 else "phân bổ quá"
        said.append(
            f"Chỉ tiêu của đơn vị {found.whole.quota}, các tổ {found.split}: {word} {abs(found.unsplit)}."
        )
    if chosen.every_group:
        said.append("Sáng kiến có tác giả ở nhiều tổ được tính cho mỗi tổ; dòng tổng cộng tính một lần.")
    return tuple(said)


REPORT = Report(
    name="progress",
    title="Báo cáo tiến độ chỉ tiêu",
    occasion=Occasion.WEEKLY,
    parameters=(Parameter.PERIOD, Parameter.AS_OF, Parameter.BASIS, Parameter.AGAINST),
    make=rows,
)
