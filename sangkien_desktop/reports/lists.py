"""What lists of initiatives share: columns, authors as words, names of units."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy.orm import Session

from sangkien_desktop.domain.ids import UnitId
from sangkien_desktop.domain.report_table import Cell, Column, ColumnKind
from sangkien_desktop.reports.progress import ask_of
from sangkien_desktop.reports.report import Chosen
from sangkien_desktop.storage import report_lines, units
from sangkien_desktop.storage.report_lines import ALL, AuthorLine, Line, Which
from sangkien_desktop.vietnamese.dates import PartialDate

NUMBER = Column(key="number", title="STT", kind=ColumnKind.CENTRE, width=5)
BENEFIT = Column(key="benefit", title="Giá trị làm lợi 01 năm (đồng)", kind=ColumnKind.MONEY, width=16)
TITLE = Column(key="title", title="Tên sáng kiến", width=34, wraps=True)
SECRET = "(thuộc bí mật công nghệ)"


def lines(session: Session, chosen: Chosen, which: Which = ALL) -> tuple[Line, ...]:
    """The initiatives of the chosen programme and period."""
    return report_lines.lines(session, ask_of(chosen).counted, which)


def unit_names(session: Session) -> Mapping[UnitId, str]:
    """The newest name of every unit."""
    return units.names(session)


def authors_said(authors: tuple[AuthorLine, ...]) -> str:
    """Every author on a line of their own, with the share where there are several."""
    if len(authors) == 1:
        return authors[0].name
    return "\n".join(
        one.name if one.share is None else f"{one.name} ({_percent(one.share)} %)" for one in authors
    )


def recognition(line: Line) -> str:
    """Level and decision: Cơ sở – 97/QĐ-HĐSK, 14/03/2026."""
    parts = [part for part in (line.recognition_level, line.recognition_decision) if part]
    said = " – ".join(parts)
    day = partial(line.recognised_on)
    return f"{said}, {day.display()}" if said and day else said


def awards_said(line: Line) -> str:
    """Rewards, one a line: Giấy khen – Công đoàn cơ sở."""
    return "\n".join(
        " – ".join(str(part) for part in (one.get("form"), one.get("level")) if part) for one in line.awards
    )


@lru_cache(maxsize=4096)
def partial(iso: str | None) -> PartialDate | None:
    """A stored day."""
    return PartialDate.from_iso(iso) if iso else None


def total(
    rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...], label_at: int = 1
) -> tuple[Cell, ...]:
    """The total row: sums of money and counts, nothing else."""
    found: list[Cell] = []
    for at, column in enumerate(columns):
        if column.kind in (ColumnKind.MONEY, ColumnKind.NUMBER):
            cells = [row[at] for row in rows]
            found.append(sum(cell for cell in cells if isinstance(cell, int)))
        else:
            found.append("Tổng cộng" if at == label_at else "")
    return tuple(found)


def _percent(share: float) -> str:
    return f"{share:g}".replace(".", ",")
