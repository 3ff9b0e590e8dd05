"""Whether every rewarded initiative is fully on the portal; of secret ones their three fields."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage.report_lines import Line, Which

COLUMNS = (
    lists.NUMBER,
    Column(key="code", title="Mã", width=12),
    lists.TITLE,
    Column(key="unit", title="Tổ công đoàn", width=24, wraps=True),
    Column(key="awards", title="Khen thưởng", width=26, wraps=True),
    Column(key="state", title="Trên Cổng", width=16),
    Column(key="missing", title="Còn thiếu", width=34, wraps=True),
)
STATES = {"valid": "Hợp lệ", "received": "Cổng đã nhận", "returned": "Cổng trả lại", "": "Chưa gửi"}


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Incomplete ones first."""
    names = lists.unit_names(session)
    found = [
        line
        for line in lists.lines(session, chosen, Which(with_content=True, with_awards=True))
        if line.awards
    ]
    found.sort(key=lambda line: not missing(line))
    made = tuple(
        (
            number,
            line.local_code,
            line.title,
            names.get(line.unit, "") if line.unit else "",
            lists.awards_said(line),
            STATES.get(line.portal_status, line.portal_status),
            "; ".join(missing(line)),
        )
        for number, line in enumerate(found, start=1)
    )
    short = sum(bool(missing(line)) for line in found)
    return ReportTable(
        name="rewarded",
        title="SÁNG KIẾN ĐƯỢC KHEN ĐÃ LÊN CỔNG ĐẦY ĐỦ CHƯA",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=made,
        as_of=chosen.as_of,
        notes=(
            f"{len(found) - short}/{len(found)} sáng kiến đã đủ. Sáng kiến bí mật chỉ cần tên, tóm tắt hiệu quả, khen thưởng.",
        ),
        letterhead=chosen.letterhead,
    )


def incomplete(session: Session, chosen: Chosen) -> int:
    """How many rewarded initiatives are not fully on the portal."""
    found = lists.lines(session, chosen, Which(with_content=True, with_awards=True))
    return sum(bool(missing(line)) for line in found)


def missing(line: Line) -> tuple[str, ...]:
    """What keeps a rewarded initiative from being fully entered; nothing when all is there."""
    found = []
    if line.portal_status not in ("valid", "received"):
        found.append("chưa có trên Cổng" if not line.portal_status else "Cổng trả lại")
    if not line.title:
        found.append("tên sáng kiến")
    if not line.effect:
        found.append("tóm tắt hiệu quả")
    if not line.is_secret:
        found += [
            word for word, text in (("trước cải tiến", line.before), ("giải pháp", line.solution)) if not text
        ]
        if not line.recognition_decision:
            found.append("số quyết định công nhận")
    return tuple(found)


REPORT = Report(
    name="rewarded",
    title="Được khen, đã đủ trên Cổng",
    occasion=Occasion.CHECK,
    parameters=(Parameter.PERIOD,),
    make=rows,
)
