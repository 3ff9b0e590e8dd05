"""Workbooks that no single table makes: author rows, forms, several sheets, pictures, web exports."""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from tests.workbooks.corpus import files
from tests.workbooks.corpus.cases import PLAIN, headed
from tests.workbooks.corpus.content import Record, records
from tests.workbooks.corpus.files import Grid
from tests.workbooks.corpus.tables import Case, Expected, Shape, asked, table, values_of

_SHARED = (("STT", "sequence"), ("Tên sáng kiến", "title"))
_PEOPLE = (("Mã NV", "employee_code"), ("Tác giả", "author"), ("% đóng góp", "share"))
_REST = (("Giải pháp", "solution"), ("Hiệu quả", "effect_summary"), ("Ngày áp dụng", "first_applied_on"))


def _several(seed: int, count: int) -> list[Record]:
    made = records(seed, count, errors=False)
    for index, record in enumerate(made):
        people = 1 + index % 3
        name, code, _ = record.authors[0]
        shares = {1: [100], 2: [60, 40], 3: [50, 30, 20]}[people]
        more = records(seed + 100 + index, people)
        record.authors = [(name, code, shares[0])]
        record.authors += [
            (m.authors[0][0], m.authors[0][1], s) for m, s in zip(more[1:], shares[1:], strict=True)
        ]
    return made


def _author_rows(path: Path, *, merged: bool, repeated: bool) -> Expected:
    grid = Grid("Nhiều tác giả")
    columns = headed(*_SHARED, *_PEOPLE, *_REST)
    grid.add(*(c.heading for c in columns))
    rows = []
    for index, record in enumerate(_several(50, 9)):
        first = len(grid.rows)
        for number, (name, code, share) in enumerate(record.authors):
            rest = (
                [record.solution, record.effect_summary, record.day]
                if number == 0 or repeated
                else ["", "", ""]
            )
            head = [index + 1, record.title] if number == 0 or repeated else ["", ""]
            grid.add(*head, code, name, share, *rest)
        last = len(grid.rows) - 1
        if merged and last > first:
            grid.merges += [(first, c, last, c) for c in (0, 1, 5, 6, 7)]
        rows.append((first + 1, values_of(record, Shape(columns)), set[str]()))
    files.write_xlsx(path, [grid])
    return Expected({chr(65 + i): c.field for i, c in enumerate(columns) if c.field}, rows, 1)


def _one_cell_authors(path: Path) -> Expected:
    grid = Grid()
    columns = headed(("TT", "sequence"), ("Nhóm tác giả", "authors"), *_SHARED[1:], *_REST)
    grid.add(*(c.heading for c in columns))
    rows = []
    for index, record in enumerate(_several(60, 9)):
        dividers = ("; ", "\n", ", ")
        said = dividers[index % 3].join(f"{name} ({code}) {share}%" for name, code, share in record.authors)
        grid.add(index + 1, said, record.title, record.solution, record.effect_summary, record.day)
        record.expected["code"] = True
        rows.append((index + 2, values_of(record, Shape(columns)), set[str]()))
    files.write_xlsx(path, [grid])
    return Expected({chr(65 + i): c.field for i, c in enumerate(columns) if c.field}, rows, 1)


_FORM = (
    ("Họ và tên tác giả", "author"), ("Mã nhân viên", "employee_code"), ("Tổ công đoàn", "group"), ("Tên sáng kiến", "title"),
    ("Ngày áp dụng", "first_applied_on"), ("Thực trạng trước khi áp dụng", "situation_before"), ("Nội dung giải pháp", "solution"),
    ("Hiệu quả mang lại", "effect_summary"), ("Giá trị làm lợi (đồng/năm)", "annual_benefit"),
)  # fmt: skip


def _value(record: Record, name: str) -> object:
    author, code, _ = record.authors[0]
    own = {
        "author": author,
        "employee_code": code,
        "first_applied_on": f"{record.day:%d/%m/%Y}",
        "annual_benefit": record.money,
    }
    return own[name] if name in own else getattr(record, name)


def _forms(path: Path, *, above: bool, colon: bool) -> Expected:
    """One form per sheet."""
    grids, rows = [], []
    for index, record in enumerate(records(70 + above, 4, errors=False)):
        grid = Grid(f"Phiếu {index + 1}")
        grid.add("PHIẾU ĐĂNG KÝ SÁNG KIẾN")
        grid.add("(Dành cho đoàn viên, người lao động)")
        grid.add()
        first = len(grid.rows) + 1
        for number, (label, name) in enumerate(_FORM, start=1):
            if colon:
                grid.add(f"{number}. {label}: {_value(record, name)}")
            elif above:
                grid.add(label)
                grid.add(_value(record, name))
            else:
                grid.add(None, f"{label}:", None, _value(record, name))
        grid.add()
        grid.add("Người đăng ký", None, "Tổ trưởng công đoàn")
        grid.add("(Ký, ghi rõ họ tên)", None, "(Ký, ghi rõ họ tên)")
        grids.append(grid)
        rows.append((first, values_of(record, Shape(headed(*_FORM))), set[str]()))
    files.write_xlsx(path, grids)
    return Expected(None, rows, sheets=4)


def _two_sheets(path: Path) -> Expected:
    first, second = Grid("Chuyền 1"), Grid("Chuyền 2")
    guide = Grid("Hướng dẫn")
    guide.add("Cách ghi")
    guide.add("Mỗi sáng kiến một dòng")
    summary = Grid("Tổng hợp")
    summary.add("Tổ", "Số sáng kiến", "Giá trị làm lợi")
    summary.add("Tổ Dập 1", 12, 120_000_000)
    old = Grid("Bản cũ", is_hidden=True)
    one = table(first, records(80, 9), Shape(PLAIN))
    two = table(second, records(81, 9), Shape(PLAIN, title=[["Danh sách"], []]))
    table(old, records(82, 5, errors=False), Shape(PLAIN))
    files.write_xlsx(path, [guide, summary, first, second, old])
    return Expected(None, [*one.rows, *two.rows], sheets=2)


def _pictures(path: Path) -> Expected:
    grid = Grid("Kaizen")
    columns = headed(
        ("STT", "sequence"),
        ("Ảnh trước", None),
        ("Ảnh sau", None),
        ("Họ tên", "author"),
        *_SHARED[1:],
        *_REST,
    )
    expected = table(grid, records(90, 8, errors=False), Shape(columns))
    grid.pictures = [(row - 1, column, _png()) for row, _, _ in expected.rows for column in (1, 2)]
    files.write_xlsx(path, [grid])
    return expected


def _png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def _web_export(path: Path) -> Expected:
    grid = Grid()
    expected = table(grid, records(95, 8, errors=False), Shape(PLAIN))
    rows = "".join("<tr>" + "".join(f"<td>{_html(v)}</td>" for v in row) + "</tr>" for row in grid.rows)
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    return expected


def _html(value: object) -> str:
    text = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else "" if value is None else str(value)
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _merged_authors(path: Path) -> Expected:
    """One author over several initiatives, his cells merged down."""
    grid = Grid()
    made = records(97, 9, errors=False)
    for index, record in enumerate(made):
        record.authors = made[index // 3 * 3].authors
        record.group = made[index // 3 * 3].group
    shape = Shape([PLAIN[0], PLAIN[1], PLAIN[2], PLAIN[3], *PLAIN[4:]])
    expected = table(grid, made, shape)
    for first in (1, 4, 7):
        grid.merges += [(first, column, first + 2, column) for column in (1, 2, 3)]
    files.write_xlsx(path, [grid])
    assert asked(shape)
    return expected


def special_cases() -> Sequence[Case]:
    """Each is a shape of its own."""
    return [
        Case("author-rows-merged", ".xlsx", lambda path: _author_rows(path, merged=True, repeated=False)),
        Case("author-rows-plain", ".xlsx", lambda path: _author_rows(path, merged=False, repeated=False)),
        Case("author-rows-repeated", ".xlsx", lambda path: _author_rows(path, merged=False, repeated=True)),
        Case("authors-in-one-cell", ".xlsx", _one_cell_authors),
        Case("forms-beside", ".xlsx", lambda path: _forms(path, above=False, colon=False)),
        Case("forms-above", ".xlsx", lambda path: _forms(path, above=True, colon=False)),
        Case("forms-in-cell", ".xlsx", lambda path: _forms(path, above=False, colon=True)),
        Case("two-data-sheets", ".xlsx", _two_sheets),
        Case("pictures", ".xlsx", _pictures),
        Case("web-export", ".xls", _web_export),
        Case("merged-authors", ".xlsx", _merged_authors),
    ]
