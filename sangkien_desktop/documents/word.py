"""Word papers: templates filled, checked before use, and read back for paper."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from sangkien_desktop.domain.paper_fields import PaperFields
from sangkien_desktop.errors import AppError


@dataclass(frozen=True)
class TemplateProblems:
    """What a check of a template found; a template with unknown fields is not used."""

    unknown: tuple[str, ...]
    """Names in it that mean nothing here."""
    missing: tuple[str, ...]
    """Names without which the paper would not say what it must."""

    @property
    def sentence(self) -> str:
        """Both, as the officer reads them; empty when all is well."""
        said = []
        if self.unknown:
            said.append("Mẫu có chỗ điền máy không biết: " + ", ".join(self.unknown) + ".")
        if self.missing:
            said.append("Mẫu thiếu chỗ điền: " + ", ".join(self.missing) + ".")
        return " ".join(said)


def check(template: Path, known: frozenset[str], needed: frozenset[str]) -> TemplateProblems:
    """Which fields a template uses that are unknown, and which it lacks. Raises AppError when it is no Word file."""
    used = _open(template).get_undeclared_template_variables()
    return TemplateProblems(tuple(sorted(used - known)), tuple(sorted(needed - used)))


def fill(template: Path, papers: Sequence[PaperFields]) -> Any:
    """The template filled for each paper, one after another on new pages, as a Word document. Raises AppError."""
    from jinja2 import (  # with the Word library, wanted only for papers
        Environment,
        StrictUndefined,
        TemplateError,
    )

    strict = Environment(undefined=StrictUndefined, autoescape=True)
    made: Any = None
    for fields in papers:
        word = _open(template)
        try:
            word.render(asdict(fields), strict)
        except TemplateError as error:
            raise AppError(
                f"Mẫu {template.name} có chỗ điền máy không hiểu: {error}.",
                hint="Sửa tên chỗ điền trong mẫu theo bảng tên ở phần hướng dẫn, rồi thử lại.",
                code="bad_template",
            ) from error
        made = word.docx if made is None else _joined(made, word.docx)
    return made


def save(document: Any, path: Path) -> None:
    """Write the Word file. Raises AppError."""
    try:
        document.save(str(path))
    except OSError as error:
        raise AppError(
            "Máy chưa ghi được tệp Word.",
            hint="Nếu tệp đang mở trong Word, đóng tệp rồi bấm Thử lại; hoặc chọn nơi khác.",
            code="word_not_written",
        ) from error


def _open(template: Path) -> Any:
    from docx.opc.exceptions import PackageNotFoundError  # heavy, wanted only for papers
    from docxtpl import DocxTemplate

    try:
        word = DocxTemplate(str(template))
        word.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise AppError(
            f"Máy không mở được mẫu {template.name}.",
            hint="Mẫu phải là tệp Word .docx; mở bằng Word, lưu lại thành .docx rồi chọn lại.",
            code="not_a_template",
        ) from error
    return word


def _joined(first: Any, second: Any) -> Any:
    """The second document's content behind the first's, on a new page; the first's section holds for both."""
    first.add_page_break()
    body = first.element.body
    end = body.sectPr
    for element in second.element.body:
        if element.tag.endswith("}sectPr"):
            continue
        body.insert(body.index(end), copy.deepcopy(element))
    return first


def as_html(document: Any) -> str:
    """The document as the HTML that Qt lays out: paragraphs, runs, tables, page breaks."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    parts: list[str] = []
    breaks = False
    for element in document.element.body.iterchildren():
        kind = element.tag.rsplit("}", 1)[-1]
        if kind == "p":
            paragraph = Paragraph(element, document)
            if _is_page_break(paragraph):
                breaks = True
                continue
            parts.append(_paragraph(paragraph, breaks=breaks))
            breaks = False
        elif kind == "tbl":
            if breaks:
                parts.append('<p style="page-break-before:always; margin:0; font-size:1px">&nbsp;</p>')
                breaks = False
            parts.append(_table(Table(element, document)))
    return "".join(parts)


def _is_page_break(paragraph: Any) -> bool:
    return not paragraph.text.strip() and 'w:type="page"' in paragraph._p.xml


def _paragraph(paragraph: Any, *, breaks: bool = False) -> str:
    align = {1: "center", 2: "right", 3: "justify"}.get(int(paragraph.alignment or 0), "left")
    style = f"text-align:{align}; margin-bottom:0; "
    space = paragraph.paragraph_format.space_before
    style += f"margin-top:{round(space.pt) * 8 if space else 0}px; "
    indent = paragraph.paragraph_format.first_line_indent
    if indent:
        style += f"text-indent:{round(indent.pt * 8)}px; "
    if breaks:
        style += "page-break-before:always; "
    words = "".join(_run(run) for run in paragraph.runs)
    return f'<p style="{style}">{words or "&nbsp;"}</p>'


def _run(run: Any) -> str:
    text = escape(run.text).replace("\n", "<br>").replace("\t", "&nbsp;&nbsp;&nbsp;")
    if not text:
        return ""
    size = f"font-size:{round(run.font.size.pt * 8)}px;" if run.font.size else ""
    weight = "font-weight:bold;" if run.bold else ""
    slant = "font-style:italic;" if run.italic else ""
    return f'<span style="{size}{weight}{slant}">{text}</span>'


def _table(table: Any) -> str:
    has_border = table.style is not None and table.style.name == "Table Grid"
    border = 'border="1" cellspacing="0" cellpadding="24"' if has_border else 'border="0" cellspacing="0"'
    border_style = "border-collapse:collapse; border-style:solid; border-color:black;" if has_border else ""
    rows = list(table.rows)
    head = _row(rows[0]) if has_border and rows else ""
    rest = "".join(_row(row) for row in (rows[1:] if head else rows))
    opened = f'<table width="100%" {border} style="{border_style}">'
    return f"{opened}{'<thead>' + head + '</thead>' if head else ''}{rest}</table>"


def _row(row: Any) -> str:
    cells = list(_distinct(row.cells))
    widths = [cell.width or 1 for cell in cells]
    inside = (
        f'<td width="{round(100 * width / sum(widths))}%">'
        + "".join(_paragraph(one) for one in cell.paragraphs)
        + "</td>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<tr>{''.join(inside)}</tr>"


def _distinct(cells: Iterable[Any]) -> Iterable[Any]:
    """Merged cells come once for every column they cover."""
    before = None
    for cell in cells:
        if before is None or cell._tc is not before:
            yield cell
        before = cell._tc
