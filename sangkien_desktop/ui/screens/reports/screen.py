"""The page: the list by occasion, the parameters, the paper, its foot."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sangkien_desktop.documents import pages as paper_pages
from sangkien_desktop.documents.pages import Pages
from sangkien_desktop.domain.changes import Changes
from sangkien_desktop.domain.report_table import ReportTable
from sangkien_desktop.progress import Progress
from sangkien_desktop.reports.report import Occasion, Report
from sangkien_desktop.services.papers import PaperKind, PaperWishes
from sangkien_desktop.ui import theme
from sangkien_desktop.ui.actions import Command
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.messages import Gravity, MessageAction
from sangkien_desktop.ui.navigation import Intent
from sangkien_desktop.ui.page import Page
from sangkien_desktop.ui.screens.reports.menu import Entry, Menu
from sangkien_desktop.ui.screens.reports.parameters import Parameters
from sangkien_desktop.ui.screens.reports.preview import Preview
from sangkien_desktop.ui.widgets.combo import Choice
from sangkien_desktop.ui.widgets.panels import Panel
from sangkien_desktop.ui.widgets.strips import Strip
from sangkien_desktop.ui.widgets.table import TableFoot

PREVIEW_DELAY_MS = 300
NARROW_LIST, WIDE_LIST = 238, 280
KINDS = {
    ".xlsx": "Excel (*.xlsx)",
    ".docx": "Word (*.docx)",
    ".pdf": "PDF (*.pdf)",
    ".png": "Ảnh (*.png)",
}


@dataclass(frozen=True)
class _Made:
    name: str
    pages: Pages
    table: ReportTable | None = None
    lacking: str = ""


class ReportsPage(Page):
    """The preview follows the parameters; files and print are made of the very figures looked at."""

    def __init__(self, context: UiContext) -> None:
        """Lay out, then make the first report."""
        super().__init__(context)
        self._reports: dict[str, Report] = {one.name: one for one in context.services.reports.all()}
        self._papers: dict[str, PaperKind] = {one.name: one for one in context.services.papers.kinds()}
        self._name, self._made = "", None
        self.menu = Menu(self._entries())
        self.parameters = Parameters()
        self.preview = Preview()
        self.strip = Strip(Gravity.WARNING)
        self.foot = TableFoot()
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._timer.timeout.connect(self.load)
        self._read = context.jobs.latest(done=self.on_made)
        self._lay_out()
        self.menu.chosen.connect(self.on_chosen)
        self.parameters.changed.connect(self._timer.start)
        self.parameters.file_wanted.connect(self.write_file)
        self.parameters.print_wanted.connect(self.print_paper)
        self.preview.moved.connect(self._on_moved)
        self.strip.closed.connect(partial(self.strip.say, ""))
        theme.current().changed.connect(self._on_theme)
        context.jobs.start(self._ask_choices, done=self.on_choices)
        self.menu.choose("progress")

    _made: _Made | None

    def open_with(self, intent: Intent) -> None:
        """`topic` is the name of a report or paper; `initiative` or `query` says of which initiatives."""
        if intent.query or intent.initiative:
            self.parameters.which.show_value(intent.query or intent.initiative)
        if intent.topic:
            self.menu.choose(intent.topic)

    def refresh(self, changes: Changes) -> None:
        """The figures may have moved; the place in the paper stays."""
        if changes.units or changes.quotas or changes.settings:
            self.context.jobs.start(self._ask_choices, done=self.on_choices)
        self._timer.start()

    def panes(self) -> list[QWidget]:
        """List, paper."""
        return [self.menu, self.preview]

    def commands(self) -> list[Command]:
        """Acts of this screen."""
        return [
            Command("reports.print", "In giấy này", self.print_paper, "Ctrl+P", "printer"),
            Command("reports.file", "Ghi giấy này ra tệp", self.write_usual, "F12", "file-export"),
            Command(
                "reports.dossier", "Lập cả bộ hồ sơ vào một thư mục", self.write_dossier, icon="folder-open"
            ),
            Command(
                "reports.template", "Thay mẫu Word của giấy này", self.replace_template, icon="file-word"
            ),
        ]

    def set_wide(self, is_wide: bool) -> None:
        """The list grows a little."""
        self.menu.setFixedWidth(theme.current().metrics.grown(WIDE_LIST if is_wide else NARROW_LIST))

    def on_choices(self, choices: tuple[list[Choice], list[Choice]]) -> None:
        """Periods and groups are known."""
        self.parameters.set_periods(choices[0])
        self.parameters.set_groups(choices[1])

    def on_chosen(self, name: str) -> None:
        """Another report or paper."""
        self._name = name
        self.strip.say("")
        if name in self._reports:
            suffixes = (".xlsx", ".pdf", ".png") if name == "progress" else (".xlsx", ".pdf")
            self.parameters.show_for(self._reports[name].parameters, suffixes)
        else:
            self.parameters.show_for(self._papers[name].parameters, (".docx", ".pdf"))
        self.load()

    def load(self) -> None:
        """Make the chosen one; an answer to an older choice is dropped."""
        self.foot.say("Đang lập…")
        self._read.start(partial(self._make, self._name, self._wishes()))

    def _wishes(self) -> PaperWishes:
        return PaperWishes(wishes=self.parameters.wishes(), which=self.parameters.which.text().strip())

    def _make(self, name: str, wishes: PaperWishes, progress: Progress) -> _Made:
        if name in self._papers:
            papers = self.context.services.papers
            made = papers.make(name, wishes, progress)
            return _Made(name, papers.pages(made), lacking=made.lacking)
        from sangkien_desktop.documents import printing  # with its fonts, made when a paper is first shown

        table = self.context.services.reports.make(name, wishes.wishes, progress)
        return _Made(name, printing.report_pages(table), table)

    def on_made(self, made: object) -> None:
        """Show it."""
        if not isinstance(made, _Made) or made.name != self._name:
            return
        keep = self._made is not None and self._made.name == made.name
        self._made = made
        self.preview.show_pages(made.pages, keep_place=keep)
        if made.lacking:
            self.strip.say(made.lacking, Gravity.WARNING)

    def write_usual(self) -> None:
        """F12: a report as workbook, a paper as Word."""
        self.write_file(".xlsx" if self._name in self._reports else ".docx")

    def write_file(self, suffix: str) -> None:
        """Write what is shown; the last folder is offered again."""
        title = self._title()
        path = self.context.dialogs.save_file(
            f"Ghi {title}", f"{title}{suffix}", KINDS[suffix], purpose="reports"
        )
        if path is None or self._made is None:
            return
        path = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        self.context.jobs.start_long(
            partial(self._write, self._made, self._wishes(), path),
            title=f"Đang ghi {path.name}",
            done=self.on_written,
            failed=partial(self._on_failed, suffix),
        )

    def _write(self, made: _Made, wishes: PaperWishes, path: Path, progress: Progress) -> Path:
        if made.table is None:
            self.context.services.papers.write(made.name, path, wishes, progress)
        elif path.suffix == ".png":
            self.context.services.reports.write(made.name, path, wishes.wishes, progress)
        else:
            self.context.services.reports.write_table(made.table, path)
        return path

    def on_written(self, path: Path) -> None:
        """Say where it is."""
        self.context.messages.done(f"Đã ghi {path.name} vào {path.parent}.")

    def _on_failed(self, suffix: str, error: Exception) -> None:
        self.context.failures.present(error, MessageAction("Thử lại", partial(self.write_file, suffix)))

    def print_paper(self) -> None:
        """The system's print dialog, and nothing else."""
        if self._made is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title())
        if self.context.dialogs.choose_printer(printer):
            paper_pages.paint_on(printer, [self._made.pages])
            self.context.messages.done(f"Đã gửi {self._title()} tới máy in.")

    def write_dossier(self) -> None:
        """Letter, tables, descriptions and attachments as one folder and one PDF."""
        folder = self.context.dialogs.choose_folder("Để bộ hồ sơ ở đâu", purpose="dossier")
        if folder is not None:
            self.context.jobs.start_long(
                partial(self._dossier, replace(self._wishes(), which=""), folder),
                title="Đang lập bộ hồ sơ",
                done=self.on_written,
                failed=self.context.failures.present,
            )

    def _dossier(self, wishes: PaperWishes, folder: Path, progress: Progress) -> Path:
        made: Path = self.context.services.papers.write_dossier(folder, wishes, progress)
        return made

    def replace_template(self) -> None:
        """The unit's own Word file instead of the shipped one, after a check."""
        if self._name not in self._papers:
            self.context.messages.inform("Giấy này lập từ bảng số liệu, không có mẫu Word.", topic="template")
            return
        files = self.context.dialogs.open_files("Chọn mẫu Word", KINDS[".docx"], purpose="template")
        if files:
            self.context.jobs.start(
                partial(self.context.services.papers.put_template, self._name, files[0]),
                done=self.on_template,
                failed=self.context.failures.present,
            )

    def on_template(self, said: str) -> None:
        """The template is in use."""
        self.context.messages.done(said)
        self.load()

    def _title(self) -> str:
        known = self._reports.get(self._name) or self._papers.get(self._name)
        return known.title if known else ""

    def _ask_choices(self) -> tuple[list[Choice], list[Choice]]:
        services = self.context.services
        periods = [Choice(one.label, one.code) for one in services.reports.periods()]
        groups = [Choice(one.name, one.unit) for one in services.quotas.board().groups if one.unit]
        return periods, groups

    def _entries(self) -> list[Entry]:
        found: list[Entry] = []
        for occasion in Occasion:
            papers = [one for one in self._papers.values() if one.occasion is occasion]
            reports = [one for one in self._reports.values() if one.occasion is occasion]
            found.append(Entry(occasion.value))
            of_papers = [Entry(one.title, one.name) for one in papers]
            of_reports = [Entry(one.title, one.name) for one in reports]
            is_dossier = occasion is Occasion.DOSSIER
            found += [*of_papers, *of_reports] if is_dossier else [*of_reports, *of_papers]
        return found

    def _on_moved(self, page: int, pages: int, zoom: int) -> None:
        if self._made is None:
            return
        shape = "A4 ngang" if self._made.pages.width > self._made.pages.height else "A4 dọc"
        self.foot.say(
            f"{shape} · {pages} trang · Times New Roman",
            right=f"Trang {page}/{pages}&nbsp;&nbsp;&nbsp;&nbsp;Vừa chiều rộng {zoom} %",
        )

    def _lay_out(self) -> None:
        side = Panel("surface", "r")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 7, 1, 0)
        column.addWidget(self.menu)
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for part in (self.parameters, self.strip):
            stack.addWidget(part)
        stack.addWidget(self.preview, 1)
        stack.addWidget(self.foot)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(right, 1)
        self.set_parts(body)
        self._on_theme()

    def _on_theme(self) -> None:
        self.menu.setFixedWidth(theme.current().metrics.grown(NARROW_LIST))
