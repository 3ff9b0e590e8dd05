"""The council's sheet: every candidate with the points of each judge, their mean and the place."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.awards import averages
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind, ReportTable
from sangkien_desktop.domain.standings import ranks
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.candidates import candidates, choice, scores
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line

BLANK_JUDGES = 5


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Judges who have scored stand by name; before that there are five empty columns to be filled by hand."""
    given = scores(session, chosen.programme.code)
    judges = sorted({score.judge for score in given})
    titles = judges or [f"Giám khảo {number}" for number in range(1, BLANK_JUDGES + 1)]
    points = {(score.initiative, score.judge): score.total for score in given}
    means = averages(given)
    places = ranks(means)
    ticks = choice(session, chosen.programme.code)
    listed = [one for one in candidates(session, chosen) if ticks.has(one)]
    listed.sort(key=lambda one: (-means.get(one.merit.initiative, 0.0), one.merit.local_code))
    columns = _columns(titles)
    made = []
    for number, one in enumerate(listed, start=1):
        initiative = one.merit.initiative
        given_points: tuple[Cell, ...] = tuple(points.get((initiative, judge)) for judge in titles)
        made.append(
            (
                number,
                one.merit.local_code,
                one.merit.name,
                one.merit.title,
                *given_points,
                means.get(initiative),
                places.get(initiative),
            )
        )
    return ReportTable(
        name="score-sheet",
        title="PHIẾU CHẤM ĐIỂM CỦA HỘI ĐỒNG",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=columns,
        rows=tuple(made),
        as_of=chosen.as_of,
        notes=(
            "Điểm: tính mới 0–10, khả năng áp dụng 0–10, hiệu quả 0–20; trung bình của các giám khảo đã chấm.",
        ),
        letterhead=chosen.letterhead,
        holds_personal_data=True,
        signers=("THƯ KÝ HỘI ĐỒNG", "CHỦ TỊCH HỘI ĐỒNG"),
    )


def _columns(titles: list[str]) -> tuple[Column, ...]:
    return (
        lists.NUMBER,
        Column(key="code", title="Mã", width=12),
        Column(key="author", title="Tác giả chính", width=22),
        lists.TITLE,
        *(
            Column(key=f"judge-{at}", title=title, kind=ColumnKind.NUMBER, width=9, wraps=True)
            for at, title in enumerate(titles)
        ),
        Column(key="mean", title="Trung bình", kind=ColumnKind.PERCENT, width=8),
        Column(key="rank", title="Hạng", kind=ColumnKind.CENTRE, width=6),
    )


REPORT = Report(
    name="score-sheet",
    title="Phiếu chấm điểm hội đồng",
    occasion=Occasion.DOSSIER,
    parameters=(Parameter.PERIOD,),
    make=rows,
)
