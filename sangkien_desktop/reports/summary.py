"""R2: the table that goes with a dossier: who, what, what it brought, who recognised it."""

from sqlalchemy.orm import Session

from sangkien_desktop.domain.report_table import Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage import people
from sangkien_desktop.storage.report_lines import Line, Which

COLUMNS = (
    lists.NUMBER,
    Column(key="author", title="Họ và tên tác giả (đồng tác giả, tỷ lệ)", width=20, wraps=True),
    Column(key="born", title="Năm sinh", kind=ColumnKind.CENTRE, width=6),
    Column(key="post", title="Chức danh – đơn vị", width=17, wraps=True),
    Column(key="title", title="Tên sáng kiến", width=24, wraps=True),
    Column(key="category", title="Lĩnh vực", width=13, wraps=True),
    Column(key="content", title="Tóm tắt nội dung", width=27, wraps=True),
    Column(key="effect", title="Hiệu quả", width=22, wraps=True),
    lists.BENEFIT,
    Column(key="recognition", title="Cấp công nhận – số QĐ", width=16, wraps=True),
    Column(key="awards", title="Khen thưởng", width=12, wraps=True),
    Column(key="note", title="Ghi chú", width=8),
)
CONTENT_CHARACTERS = 400


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Initiatives that the portal has judged valid, or all that are recognised while no portal has judged."""
    names = lists.unit_names(session)
    known = {person.id: person for person in people.find(session)}

    def post(line: Line) -> tuple[int | None, str]:
        person = known.get(line.main.person) if line.main and line.main.person else None
        unit = names.get(line.unit, "") if line.unit else ""
        if person is None:
            return None, unit
        born = person.birth_date.value.year if person.birth_date else None
        return born, " – ".join(part for part in (person.position, unit) if part)

    made = tuple(
        (
            number,
            lists.authors_said(line.authors),
            *post(line),
            line.title,
            line.category,
            lists.SECRET if line.is_secret else shortened(line.solution),
            line.effect,
            line.benefit,
            lists.recognition(line),
            lists.awards_said(line),
            "",
        )
        for number, line in enumerate(_wanted(session, chosen), start=1)
    )
    return ReportTable(
        name="summary",
        title="BẢNG TÓM TẮT SÁNG KIẾN",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=made,
        totals=lists.total(made, COLUMNS),
        as_of=chosen.as_of,
        letterhead=chosen.letterhead,
        holds_personal_data=True,
        signers=("NGƯỜI LẬP BIỂU", "TM. BAN CHẤP HÀNH"),
    )


def _wanted(session: Session, chosen: Chosen) -> tuple[Line, ...]:
    found = lists.lines(session, chosen, Which(portal_status="valid", unit=chosen.group, with_content=True))
    if found:
        return found
    every = lists.lines(session, chosen, Which(unit=chosen.group, with_content=True))
    return tuple(line for line in every if line.recognition_decision)


def shortened(text: str) -> str:
    """The first sentences of a long text, cut at a word."""
    if len(text) <= CONTENT_CHARACTERS:
        return text
    return text[:CONTENT_CHARACTERS].rsplit(" ", 1)[0] + "…"


REPORT = Report(
    name="summary",
    title="Bảng tóm tắt sáng kiến",
    occasion=Occasion.DOSSIER,
    parameters=(Parameter.PERIOD, Parameter.GROUP),
    make=rows,
)
