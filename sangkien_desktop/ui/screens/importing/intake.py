"""The files being taken in: each is opened once, read, and read again after every correction; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import Progress
from sangkien_desktop.services.import_plan import SheetPlan
from sangkien_desktop.services.imports import FileRead
from sangkien_desktop.ui.context import UiContext
from sangkien_desktop.ui.jobs import Job
from sangkien_desktop.ui.screens.importing.questions import Question, questions_of
from sangkien_desktop.workbooks.corrections import NO_CORRECTION, Correction
from sangkien_desktop.workbooks.importing import Wishes
from sangkien_desktop.workbooks.opening import files_in
from sangkien_desktop.workbooks.table import Workbook


class State(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True)
class Understood:
    """What came of reading a file: plans, or why there are none; the workbook where it could be opened."""

    number: int
    workbook: Workbook | None = None
    read: FileRead | None = None
    plans: tuple[SheetPlan, ...] = ()
    known_since: str = ""
    failure: AppError | None = None


@dataclass
class Entry:
    """One file of the queue, or one pasted table."""

    number: int
    name: str
    path: Path | None = None
    state: State = State.WAITING
    found: Understood | None = None
    corrections: dict[str | None, Correction] = field(default_factory=dict)
    answered: set[tuple[str | None, str]] = field(default_factory=set)
    remember: bool = True
    workbook: Workbook | None = None

    @property
    def plans(self) -> tuple[SheetPlan, ...]:
        """The plans of its sheets; none while it is not read."""
        return self.found.plans if self.found and self.state is State.READ else ()

    def correction(self, sheet: str | None) -> Correction:
        """What has been said about a sheet; the remembered correction where nothing was said."""
        if sheet in self.corrections:
            return self.corrections[sheet]
        read = self.found.read if self.found else None
        layout = read.reading.layouts.get(sheet) if read else None
        return layout.correction if layout else NO_CORRECTION

    def questions(self) -> list[tuple[str | None, Question]]:
        """Open questions of all its sheets."""
        read = self.found.read if self.found else None
        if read is None or self.state is not State.READ:
            return []
        return [
            (sheet.sheet, question)
            for sheet in read.reading.sheets
            for question in questions_of(sheet, read.reading.layouts.get(sheet.sheet))
            if (sheet.sheet, question.id) not in self.answered
        ]


@dataclass(frozen=True)
class _Wanted:
    number: int
    path: Path | None
    workbook: Workbook | None
    corrections: Mapping[str | None, Correction]


STOPPED = AppError("Đã dừng, chưa đọc tệp này.", hint="Bấm Thử lại để đọc.", code="stopped")


class Intake(QObject):
    """The queue. One file is read at a time; corrections are read at once beside it."""

    changed = Signal()
    """Some file is at another state."""
    understood = Signal(int)
    """A file was read, or read again: its number."""
    nothing_found = Signal()
    """Folders were given in which there is no workbook."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        """`context.services.imports` reads."""
        super().__init__(parent)
        self._context = context
        self._service = context.services.imports
        self._job: Job | None = None
        self._number = 0
        self.entries: list[Entry] = []
        self._again = context.jobs.latest(done=self.on_read)

    def add(self, paths: Sequence[Path]) -> None:
        """Files and folders; folders are searched in the background."""
        self._context.jobs.start(partial(files_in, list(paths)), done=self.on_found)

    def on_found(self, paths: list[Path]) -> None:
        """Queue the files; one that waits or was read already is not queued twice."""
        known = {entry.path for entry in self.entries}
        new = [path for path in paths if path not in known]
        if not paths:
            self.nothing_found.emit()
        for path in new:
            self._queue(Entry(self._next_number(), path.name, path))
        if not new and paths:
            self.retry(next(entry.number for entry in self.entries if entry.path == paths[0]))
        self._start_next()

    def add_pasted(self, workbook: Workbook) -> None:
        """A table from the clipboard."""
        self._queue(Entry(self._next_number(), workbook.file_name, workbook=workbook))
        self._start_next()

    def entry(self, number: int) -> Entry | None:
        """The file with this number."""
        return next((one for one in self.entries if one.number == number), None)

    def correct(self, number: int, sheet: str | None, correction: Correction) -> None:
        """Read a file again as corrected, without opening it again."""
        entry = self.entry(number)
        if entry is not None:
            entry.corrections[sheet] = replace(correction, is_remembered=False)
            self._again.start(partial(_understand, self._service, self._wanted(entry)))

    def answer(self, number: int, sheet: str | None, question: Question, correction: Correction) -> None:
        """A question was answered; the file is read again only when the answer changes something."""
        entry = self.entry(number)
        if entry is None:
            return
        entry.answered.add((sheet, question.id))
        if correction == entry.correction(sheet):
            self.changed.emit()
        else:
            self.correct(number, sheet, correction)

    def retry(self, number: int) -> None:
        """Open and read a file once more."""
        entry = self.entry(number)
        if entry is not None and entry.state is not State.READING:
            entry.state, entry.workbook = State.WAITING, entry.workbook if entry.path is None else None
            self._start_next()

    def drop(self, number: int) -> None:
        """Take a file out of the queue."""
        if self._job is not None and (entry := self.entry(number)) and entry.state is State.READING:
            self._job.cancel()
        self.entries = [one for one in self.entries if one.number != number]
        self.changed.emit()

    def clear(self) -> None:
        """Everything was written or given up."""
        self.stop()
        self.entries = []
        self.changed.emit()

    def stop(self) -> None:
        """Read no further; what was read stays."""
        if self._job is not None:
            self._job.cancel()

    @property
    def reading(self) -> Entry | None:
        """The file being read now."""
        return next((one for one in self.entries if one.state is State.READING), None)

    def keep_plans(self, number: int, plans: tuple[SheetPlan, ...]) -> None:
        """The plans of a file after mending."""
        entry = self.entry(number)
        if entry is not None and entry.found is not None:
            entry.found = replace(entry.found, plans=plans)

    def on_read(self, found: Understood) -> None:
        """A file came back."""
        entry = self.entry(found.number)
        if entry is None:
            return
        entry.found, entry.workbook = found, found.workbook or entry.workbook
        entry.state = State.FAILED if found.failure else State.READ
        self.changed.emit()
        self.understood.emit(found.number)

    def on_ended(self) -> None:
        """The job of the queue ended: go on, or mark what was stopped."""
        self._job = None
        stopped = self.reading
        if stopped is None:
            self._start_next()
            return
        for entry in self.entries:
            if entry.state in (State.READING, State.WAITING):
                entry.state = State.FAILED
                entry.found = Understood(entry.number, failure=STOPPED)
        self.changed.emit()

    def _start_next(self) -> None:
        waiting = next((one for one in self.entries if one.state is State.WAITING), None)
        if waiting is None or self._job is not None:
            self.changed.emit()
            return
        waiting.state = State.READING
        self._job = self._context.jobs.start_long(
            partial(_understand, self._service, self._wanted(waiting)),
            title=f"Đang đọc {waiting.name}",
            done=self.on_read,
        )
        self._job.ended.connect(self.on_ended)
        self.changed.emit()

    def _wanted(self, entry: Entry) -> _Wanted:
        return _Wanted(entry.number, entry.path, entry.workbook, dict(entry.corrections))

    def _queue(self, entry: Entry) -> None:
        self.entries.append(entry)

    def _next_number(self) -> int:
        self._number += 1
        return self._number


def _understand(service: Any, wanted: _Wanted, progress: Progress) -> Understood:
    """On a worker thread: open where needed, read, plan."""
    workbook = wanted.workbook
    try:
        if workbook is None and wanted.path is not None:
            workbook = service.open(wanted.path, progress)
        if workbook is None:
            return Understood(wanted.number, failure=STOPPED)
        read = service.read_again(workbook, wishes=Wishes(corrections=wanted.corrections), progress=progress)
        plans = service.plan_file(read, progress=progress)
    except AppError as error:
        return Understood(wanted.number, workbook, failure=error)
    known_since = service.last_read(workbook.sha256) if workbook.sha256 else ""
    return Understood(wanted.number, workbook, read, plans, known_since)
