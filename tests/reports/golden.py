"""Golden files: what a report or a paper says, as text that a person can compare."""

import os
from pathlib import Path
from typing import Any

from sangkien_desktop.documents.paper import as_text
from sangkien_desktop.domain.report_table import ReportTable

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "reports"
WRITE = "SANGKIEN_WRITE_GOLDEN"
"""Set in the environment, golden files are written instead of compared."""


def table_text(table: ReportTable) -> str:
    """Everything that a report says."""
    head = table.letterhead
    lines = [head.above, head.issuer, table.title, *table.subtitles, f"{table.as_of.isoformat()}", ""]
    lines.append(" | ".join(column.title for column in table.columns))
    every = [*table.rows, *([table.totals] if table.totals else [])]
    for row in every:
        cells = (as_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True))
        lines.append(" | ".join(cell.replace("\n", " / ") for cell in cells))
    return "\n".join([*lines, "", *table.notes, " · ".join(table.signers)]).rstrip() + "\n"


def word_text(document: Any) -> str:
    """Everything that a Word document says, tables as rows."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    lines = []
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            lines.append(Paragraph(element, document).text.rstrip())
        elif element.tag.endswith("}tbl"):
            for row in Table(element, document).rows:
                lines.append(" | ".join(cell.text.replace("\n", " / ").strip() for cell in row.cells))
    return "\n".join(lines).strip() + "\n"


def agrees(name: str, text: str) -> None:
    """The text is the golden file's."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get(WRITE):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden file for {name}: set {WRITE}=1 to write it, and read what it says"
    assert text == path.read_text(encoding="utf-8")
