"""One form per sheet: labels beside or above their values."""

from sangkien_desktop.workbooks.reader import Knowledge
from sangkien_desktop.workbooks.results import SheetReading
from sangkien_desktop.workbooks.table import Sheet


def read_form(sheet: Sheet, file_name: str, knowledge: Knowledge) -> SheetReading | None:
    """The record that a filled-in form holds."""
    return None
