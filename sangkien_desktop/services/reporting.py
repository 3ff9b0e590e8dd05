"""Reports: made for the screen, written as workbook, PDF, picture or plain table."""

import csv
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sangkien_desktop.domain import periods
from sangkien_desktop.domain.ids import InitiativeId, UnitId
from sangkien_desktop.domain.periods import Period
from sangkien_desktop.domain.programmes import Programme, QuotaKind
from sangkien_desktop.domain.report_table import Cell, Letterhead, ReportTable
from sangkien_desktop.domain.standings import Basis, Board
from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.reports import REPORTS
from sangkien_desktop.reports.candidates import candidates, choice
from sangkien_desktop.reports.figures import Ask, board
from sangkien_desktop.reports.progress import ask_of
from sangkien_desktop.reports.report import Chosen, Report
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.settings import CoAuthorCounting
from sangkien_desktop.storage import programmes, quotas, units
from sangkien_desktop.storage.audit import Deed, Plain
from sangkien_desktop.storage.audit import append as note_deed
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.vietnamese.dates import PartialDate
from sangkien_desktop.workbooks import report_sheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these is taken for a formula by spreadsheets."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a person chose for a report; None and empty mean what is usual now."""

    programme: str = ""
    period: str = ""
    as_of: datetime | None = None
    basis: Basis = Basis.SENT
    against: QuotaKind = QuotaKind.ASSIGNED
    group: UnitId | None = None
    least_benefit: int = 50_000_000
    number: str = ""
    """Number of the paper, as it stands in the letterhead."""


USUAL = Wishes()


class ReportService:
    """Every report of REPORTS, by its name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Report, ...]:
        """The reports in the order of the menu."""
        return REPORTS

    def get(self, name: str) -> Report:
        """The report of that name. Raises AppError."""
        for report in REPORTS:
            if report.name == name:
                return report
        raise AppError(
            f"Không có báo cáo tên “{name}”.",
            hint="Các báo cáo: " + ", ".join(report.name for report in REPORTS) + ".",
            code="unknown_report",
        )

    def periods(self, programme: str = "") -> tuple[Period, ...]:
        """What a programme can be counted over; the one meant by “now” first."""
        with self._desk.database.read() as session:
            chosen = self._programme(session, programme)
            codes = {quota.period for quota in quotas.find(session, programme=chosen.code)}
        now = periods.current(chosen, self._desk.clock.now())
        others = periods.periods(chosen, self._desk.clock.today(), codes)
        return (now, *(one for one in others if one.code != now.code))

    def make(self, name: str, wishes: Wishes = USUAL, progress: Progress = SILENT) -> ReportTable:
        """The report's table. Raises AppError for a name or period that is not known."""
        report = self.get(name)
        progress.report(0, 1, f"Đang lập {report.title.lower()}")
        with self._desk.database.read() as session:
            table = report.make(session, self.chosen(session, wishes))
        progress.report(1, 1)
        return table

    def board(self, wishes: Wishes = USUAL) -> Board:
        """The figures behind the progress report."""
        with self._desk.database.read() as session:
            return board(session, self.ask(session, wishes))

    def ask(self, session: Session, wishes: Wishes) -> Ask:
        """The wishes as a question to the figures."""
        return ask_of(self.chosen(session, wishes))

    def proposed(self, session: Session, chosen: Chosen) -> tuple[InitiativeId, ...]:
        """The initiatives of those ticked for a reward."""
        ticks = choice(session, chosen.programme.code)
        return tuple(one.merit.initiative for one in candidates(session, chosen) if ticks.has(one))

    def write(
        self, name: str, path: Path, wishes: Wishes = USUAL, progress: Progress = SILENT
    ) -> ReportTable:
        """Write the report; the suffix says as what: .xlsx .pdf .png .csv. Raises AppError."""
        if path.suffix.lower() not in (".xlsx", ".pdf", ".png", ".csv"):
            raise AppError(
                "Máy không biết ghi báo cáo thành kiểu tệp này.",
                hint="Đặt tên tệp có đuôi .xlsx, .pdf, .png hoặc .csv.",
                code="unknown_format",
            )
        table = self.make(name, wishes, progress)
        progress.check()
        if path.suffix.lower() == ".png" and name == "progress":
            from sangkien_desktop.documents import poster  # Qt, wanted only for pictures

            poster.write(self.board(wishes), path)
        else:
            self.write_table(table, path)
        return table

    def write_table(self, table: ReportTable, path: Path) -> None:
        """Write a table already made: the very figures that were looked at. Raises AppError."""
        suffix = path.suffix.lower()
        if suffix == ".xlsx":
            report_sheet.write(table, path)
        elif suffix == ".csv":
            write_csv(table, path)
        else:
            from sangkien_desktop.documents import printing  # Qt, wanted only for paper and pictures

            if suffix == ".pdf":
                printing.write_pdf(table, path)
            else:
                printing.write_picture(table, path)
        if table.holds_personal_data:
            self._note(table, suffix)

    def _note(self, table: ReportTable, suffix: str) -> None:
        detail: dict[str, Plain] = {"report": table.name, "as": suffix, "rows": len(table.rows)}
        with self._desk.database.write() as session:
            note_deed(
                session,
                Deed(actor=self._desk.actor(), action="export", entity="report", detail=detail),
            )

    def _programme(self, session: Session, code: str) -> Programme:
        known = {one.code: one for one in programmes.find(session)}
        wanted = code or self._desk.settings().default_programme
        if wanted in known:
            return known[wanted]
        if code:
            raise AppError(
                "Không có chương trình này.",
                hint="Các chương trình: " + ", ".join(known) + ".",
                code="unknown_programme",
            )
        return next(iter(known.values()))

    def chosen(self, session: Session, wishes: Wishes) -> Chosen:
        """The wishes with everything usual filled in. Raises AppError for what is not known."""
        programme = self._programme(session, wishes.programme)
        now = self._desk.clock.now()
        period = (
            periods.period(programme, wishes.period) if wishes.period else periods.current(programme, now)
        )
        if period is None:
            raise AppError(
                "Chương trình không có kỳ này.",
                hint="Gõ mã giai đoạn, năm 2026, quý 2026-Q4, tháng 2026-04 hoặc whole.",
                code="unknown_period",
            )
        counting = self._desk.settings().co_author_counting
        return Chosen(
            programme=programme,
            period=period,
            as_of=wishes.as_of or now,
            basis=wishes.basis,
            against=wishes.against,
            every_group=counting is CoAuthorCounting.EVERY_GROUP,
            group=wishes.group,
            least_benefit=wishes.least_benefit,
            letterhead=replace(self._letterhead(session), number=wishes.number),
        )

    def _letterhead(self, session: Session) -> Letterhead:
        tree = units.tree(session, self._desk.clock.today())
        own = next((unit for unit in tree if unit.is_own), None)
        above = tree.get(own.parent) if own else None
        return Letterhead(above=above.name if above else "", issuer=own.name if own else "")


def write_csv(table: ReportTable, path: Path) -> None:
    """Titles and rows, UTF-8 with BOM so that Excel reads the accents. Raises AppError."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.title for column in table.columns])
            for row in table.rows:
                writer.writerow([plain_cell(cell) for cell in row])
    except OSError as error:
        raise AppError(
            "Máy chưa ghi được tệp này.",
            hint="Nếu tệp đang mở ở chương trình khác, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
            code="csv_not_written",
        ) from error


def plain_cell(cell: Cell) -> str | int | float:
    """A cell of a plain table: days as ISO, texts that a spreadsheet would run as formulas behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, PartialDate):
        return cell.iso()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return cell.isoformat()
