"""R8: initiatives by category, kind of solution, kind of author, post and sex."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import PersonId
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind, ReportTable
from sangkien_desktop.reports import lists
from sangkien_desktop.reports.report import Chosen, Occasion, Parameter, Report, period_line
from sangkien_desktop.storage import people
from sangkien_desktop.storage.report_lines import Line

NOT_SAID = "Chưa ghi"
COLUMNS = (
    Column(key="kind", title="Tiêu chí", width=22, wraps=True),
    Column(key="value", title="Giá trị", width=42, wraps=True),
    Column(key="count", title="Số sáng kiến", kind=ColumnKind.NUMBER, width=10),
    Column(key="share", title="Tỷ lệ (%)", kind=ColumnKind.PERCENT, width=9),
    Column(key="valid", title="Hợp lệ", kind=ColumnKind.NUMBER, width=8),
    lists.BENEFIT,
)


@dataclass
class _Sum:
    count: int = 0
    valid: int = 0
    benefit: int = 0


def rows(session: Session, chosen: Chosen) -> ReportTable:
    """Every criterion adds up to all initiatives; of several authors the main one counts."""
    known = {person.id: person for person in people.find(session)}
    found = lists.lines(session, chosen)
    made: list[tuple[Cell, ...]] = []
    for name, read in _criteria(known).items():
        sums: dict[str, _Sum] = {}
        for line in found:
            one = sums.setdefault(read(line) or NOT_SAID, _Sum())
            one.count += 1
            one.valid += line.portal_status == "valid"
            one.benefit += line.benefit or 0
        for value, one in sorted(sums.items(), key=lambda pair: (pair[0] == NOT_SAID, -pair[1].count)):
            made.append((name, value, one.count, 100 * one.count / len(found), one.valid, one.benefit))
    return ReportTable(
        name="breakdown",
        title="TỔNG HỢP SÁNG KIẾN THEO LĨNH VỰC VÀ ĐỐI TƯỢNG",
        subtitles=(chosen.programme.name, period_line(chosen)),
        columns=COLUMNS,
        rows=tuple(made),
        as_of=chosen.as_of,
        notes=(
            f"Mỗi tiêu chí cộng lại bằng {len(found)} sáng kiến đã nhập; đối tượng tính theo tác giả chính.",
        ),
        letterhead=chosen.letterhead,
        is_portrait=True,
    )


def _criteria(known: Mapping[PersonId, Person]) -> Mapping[str, Callable[[Line], str]]:
    def main(line: Line) -> Person | None:
        return known.get(line.main.person) if line.main and line.main.person else None

    def of_main(read: Callable[[Person], str]) -> Callable[[Line], str]:
        def said(line: Line) -> str:
            person = main(line)
            return read(person) if person else ""

        return said

    return {
        "Lĩnh vực": lambda line: line.category,
        "Loại giải pháp": lambda line: line.solution_type,
        "Đối tượng": of_main(lambda person: person.author_kind),
        "Chức vụ": of_main(
            lambda one: "Giữ chức vụ lãnh đạo, quản lý" if one.is_leader else "Không giữ chức vụ"
        ),
        "Giới tính": of_main(lambda person: person.gender.value if person.gender else ""),
    }


REPORT = Report(
    name="breakdown",
    title="Tổng hợp theo lĩnh vực",
    occasion=Occasion.CHECK,
    parameters=(Parameter.PERIOD,),
    make=rows,
)
