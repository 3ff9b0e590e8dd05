"""A whole file: every sheet that holds initiatives, read; what remembers layouts; and why a file gives nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.corrections import NO_CORRECTION, Correction, Recipe, recipe_for
from sangkien_desktop.workbooks.failures import problem
from sangkien_desktop.workbooks.forms import read_form
from sangkien_desktop.workbooks.layout import LayoutReading, understand
from sangkien_desktop.workbooks.opening import open_workbook
from sangkien_desktop.workbooks.reader import Knowledge, SheetReader
from sangkien_desktop.workbooks.results import SheetReading
from sangkien_desktop.workbooks.table import Sheet, Workbook

_MOST_FORMS = 2000
# Sheets that tell how to fill in the others hold examples, not initiatives.
_GUIDE = re.compile(
    r"(?:huong dan|cach ghi|danh muc|vi du|giai thich|instructions?|guide|examples?|lists?|記入例|説明)\b"
)


@dataclass(frozen=True)
class FileReading:
    """A file read: its workbook (for the preview) and the sheets that hold records."""

    workbook: Workbook = field(repr=False)
    sheets: tuple[SheetReading, ...]
    layouts: Mapping[str | None, LayoutReading] = field(repr=False)
    """By sheet name; forms have none."""

    @property
    def row_count(self) -> int:
        """Records of all sheets."""
        return sum(len(sheet.rows) for sheet in self.sheets)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What is to be read, and how: corrections by sheet name (None: text file), memories, who sends the file."""

    sheet: str | None = None
    corrections: Mapping[str | None, Correction] = field(default_factory=lambda: MappingProxyType({}))
    recipes: tuple[Recipe, ...] = ()
    sender: str = ""
    factory: str = ""


NO_WISHES = Wishes()


def read_file(
    path: Path, knowledge: Knowledge, wishes: Wishes = NO_WISHES, progress: Progress = SILENT
) -> FileReading:
    """Open and read a file. Raises WorkbookProblem when it cannot be opened or holds no table of initiatives."""
    return read_workbook(open_workbook(path, progress), knowledge, wishes, progress)


def read_workbook(
    workbook: Workbook, knowledge: Knowledge, wishes: Wishes = NO_WISHES, progress: Progress = SILENT
) -> FileReading:
    """Read an opened file (or a pasted table); again after a correction, without opening it again."""
    chosen = _chosen(workbook, wishes)
    readings: list[SheetReading] = []
    layouts: dict[str | None, LayoutReading] = {}
    for sheet in chosen:
        layout = _understood(sheet, wishes)
        reading = None
        if layout is not None:
            reading = SheetReader(layout, knowledge, epoch_1904=workbook.epoch_1904).read(
                workbook.file_name, progress
            )
        if reading is None or not reading.rows:
            reading = read_form(sheet, workbook.file_name, knowledge) or reading
        elif layout is not None:
            layouts[sheet.name] = layout
        if reading is not None and (reading.rows or wishes.sheet is not None):
            readings.append(reading)
        if len(readings) > _MOST_FORMS:
            break
    if not readings:
        raise problem("no-table")
    return FileReading(workbook, tuple(readings), MappingProxyType(layouts))


def _chosen(workbook: Workbook, wishes: Wishes) -> list[Sheet]:
    if wishes.sheet is not None:
        named = [sheet for sheet in workbook.sheets if sheet.name == wishes.sheet]
        if not named:
            raise problem("no-sheet")
        return named
    visible = [sheet for sheet in workbook.sheets if sheet.is_visible] or list(workbook.sheets)
    return [sheet for sheet in visible if not _GUIDE.match(fold(sheet.name or ""))] or visible


def _understood(sheet: Sheet, wishes: Wishes) -> LayoutReading | None:
    """The sheet with the officer's correction, else with a remembered one for its layout, else as guessed."""
    correction = wishes.corrections.get(sheet.name)
    if correction is not None:
        return understand(sheet, correction)
    layout = understand(sheet, NO_CORRECTION)
    if layout is None:
        return None
    recipe = recipe_for(layout.signature, wishes.recipes, sender=wishes.sender, factory=wishes.factory)
    return layout if recipe is None else understand(sheet, recipe.correction) or layout
