"""A table pasted from the clipboard: HTML first (it keeps line breaks and numbers), plain text second."""

import csv
import io

from sangkien_desktop.workbooks.failures import problem
from sangkien_desktop.workbooks.html_tables import tables_in
from sangkien_desktop.workbooks.table import Row, Sheet, Workbook, widest

PASTED = "Bảng dán"
"""What stands for the file's name."""

_LONGEST = 50 * 2**20
_MOST_ROWS, _MOST_COLUMNS = 200_000, 200


def pasted_table(html: str, text: str) -> Workbook:
    """The table that was copied. Raises WorkbookProblem when there is none or it is too large."""
    if len(html) > _LONGEST or len(text) > _LONGEST:
        raise problem("too-large")
    tables = tables_in(html) if "<table" in html.lower() else []
    if tables:
        sheets = tuple(
            Sheet(None, table.rows, widest(table.rows), is_text=False, merges=tuple(table.merges))
            for table in tables
        )
    elif text.strip():
        rows = _rows(text)
        sheets = (Sheet(None, rows, widest(rows)),)
    else:
        raise problem("empty")
    if any(len(sheet.rows) > _MOST_ROWS or sheet.width > _MOST_COLUMNS for sheet in sheets):
        raise problem("too-large")
    return Workbook(PASTED, sheets)


def _rows(text: str) -> list[Row]:
    """Tabs and line ends; Excel quotes cells that hold either."""
    separator = "\t" if "\t" in text else ";" if ";" in text.partition("\n")[0] else "\t"
    return list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator))
