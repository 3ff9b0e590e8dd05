"""R12: who is proposed for a reward, by the four levels of the union."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.awards import LEVELS
from sangkien_desktop.domain.report_table import Column, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.candidates import candidates, choice
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line

COLUMNS = (
    lists.NUMBER,
    Column(key="level", title="Cấp khen", width=22, wraps=True),
    Column(key="form", title="Hình thức đề nghị", width=20, wraps=True),
    Column(key="author", title="Họ và tên", width=22),
    Column(key="unit", title="Tổ công đoàn", width=22, wraps=True),
    lists.TITLE,
    lists.BENEFIT,
    Column(key="decision", title="Quyết định công nhận", width=22, wraps=True),
)


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Those ticked on the reward screen, the highest level first."""
    names = lists.unit_names(session)
    ticks = choice(session, chosen.programme.code)
    listed = [one for one in candidates(session, chosen) if ticks.has(one)]
    listed.sort(key=lambda one: (-LEVELS.index(one.threshold.level), -one.merit.one_year))
    made = tuple(
        (
            number,
            one.threshold.level,
            one.threshold.title,
            one.merit.name,
            names.get(one.merit.unit, "") if one.merit.unit else "",
            one.merit.title,
            one.merit.benefit,
            one.merit.recognition,
        )
        for number, one in enumerate(listed, start=1)
    )
    return ReportTable(
        name="proposals",
        title="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=made,
        totals=lists.total(made, COLUMNS, label_at=3),
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
        signers=("NGƯỜI LẬP BIỂU", "TM. BAN CHẤP HÀNH"),
    )


REPORT = Report(
    name="proposals",
    title="Đề nghị khen thưởng 4 cấp",
    occasion=Occasion.DOSSIER,
    parameters=(Parameter.PERIOD,),
    make=rows,
)
