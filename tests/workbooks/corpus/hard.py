"""The corners of the corpus: tables stacked on one sheet, units over a table, numbered authors, forms with lists."""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.workbooks.corpus import content, files
from tests.workbooks.corpus.cases import PLAIN, SIGNED, headed, with_writers, xlsx
from tests.workbooks.corpus.content import Record, records
from tests.workbooks.corpus.files import Grid
from tests.workbooks.corpus.tables import Case, Col, Expected, Shape, table, values_of

NO_GROUP = [column for column in PLAIN if column.field != "group"]


def _stacked(path: Path) -> Expected:
    """Each group has its own title, heading, total and signatures, one under the other."""
    grid = Grid("Tổng hợp")
    rows: list[tuple[int, dict[str, object], set[str]]] = []
    header = None
    for number, group in enumerate(("Tổ Dập 1", "Tổ Sơn tĩnh điện", "Tổ Bảo trì")):
        made = records(110 + number, 7, errors=False)
        title = [[f"DANH SÁCH SÁNG KIẾN {group.upper()}"], []]
        shape = Shape(NO_GROUP, title=title, total=["Tổng cộng"], footer=SIGNED)
        found = table(grid, made, shape)
        header = header or found.header_row
        for row, values, flags in found.rows:
            wanted = dict(values) if number == 0 else {**values, "group": _sentence(group)}
            rows.append((row, wanted, flags))
    files.write_xlsx(path, [grid])
    return Expected(
        {"A": "sequence"} | {chr(65 + i): c.field for i, c in enumerate(NO_GROUP) if c.field}, rows, header
    )


def _sentence(group: str) -> str:
    kind, _, name = group.partition(" ")
    return f"{kind} {name[0].upper()}{name[1:].lower()}"


def _numbered_authors(path: Path) -> Expected:
    columns = [
        *headed(
            ("STT", "sequence"),
            ("Tác giả 1", "author"),
            ("Tác giả 2", "co_authors"),
            ("Tác giả 3", "co_authors"),
        )
    ]
    columns += headed(("Tên sáng kiến", "title"), ("Giải pháp", "solution"), ("Hiệu quả", "effect_summary"))
    made = records(120, 8, errors=False)
    for index, record in enumerate(made):
        more = [(content.person(random.Random(index * 7 + n)), None, None) for n in range(index % 3)]
        record.authors = [(record.authors[0][0], None, None), *more]

    def other(place: int) -> content.Write:
        return lambda record, index: record.authors[place][0] if len(record.authors) > place else ""

    columns[2] = Col("Tác giả 2", "co_authors", other(1))
    columns[3] = Col("Tác giả 3", "co_authors", other(2))
    grid = Grid()
    expected = table(grid, made, Shape(columns))
    files.write_xlsx(path, [grid])
    return expected


def _group_sheets(path: Path) -> Expected:
    """A sheet per group, named for it, and no group column."""
    grids, rows = [], []
    for number, group in enumerate(("Tổ Dập 1", "Chuyền 7", "Tổ Bảo trì")):
        grid = Grid(group)
        rows += table(grid, records(130 + number, 6, errors=False), Shape(NO_GROUP)).rows
        grids.append(grid)
    files.write_xls(path, grids)
    return Expected(None, rows, sheets=3)


def _three_lines(path: Path) -> Expected:
    grid = Grid()
    grid.add("STT", "Thông tin chung", "", "", "Nội dung", "", "", "Hiệu quả", "")
    grid.add("", "Tác giả", "", "Tên sáng kiến", "Trước", "Sau", "Ngày áp dụng", "Tóm tắt", "Làm lợi")
    grid.add("", "Họ tên", "Mã NV", "", "", "", "", "", "(triệu đồng)")
    grid.merges = [
        (0, 0, 2, 0),
        (0, 1, 0, 3),
        (0, 4, 0, 6),
        (0, 7, 0, 8),
        (1, 1, 1, 2),
        (1, 3, 2, 3),
        (1, 4, 2, 4),
        (1, 5, 2, 5),
        (1, 6, 2, 6),
        (1, 7, 2, 7),
    ]
    columns = headed(
        ("", "sequence"), ("", "author"), ("", "employee_code"), ("", "title"), ("", "situation_before"), ("", "solution"),
        ("", "first_applied_on"), ("", "effect_summary"), ("", "annual_benefit"),
    )  # fmt: skip
    shape = Shape(with_writers(columns, annual_benefit=content.money_million), no_heading=True)
    expected = table(grid, records(140, 12), shape)
    expected.header_row = 3
    files.write_xlsx(path, [grid])
    return expected


def _form_with_list(path: Path) -> Expected:
    """A form whose authors stand in a little table of their own; two forms on one sheet."""
    grid = Grid("Phiếu")
    rows = []
    for record in _with_two_authors(150, 2):
        first = grid.add("PHIẾU SÁNG KIẾN") + 2
        grid.add("Tên sáng kiến:", record.title)
        grid.add("Đơn vị:", record.group)
        grid.add("STT", "Họ và tên", "Mã NV", "Tỷ lệ (%)")
        for number, (name, code, share) in enumerate(record.authors, start=1):
            grid.add(number, name, code, share)
        grid.add("Mô tả giải pháp:", record.solution)
        grid.add("Lợi ích mang lại:", record.effect_summary)
        grid.add("Ngày áp dụng:", f"{record.day:%d/%m/%Y}")
        grid.add()
        grid.add("Người viết", "", "Xác nhận")
        grid.add()
        fields = headed(
            ("", "title"),
            ("", "group"),
            ("", "author"),
            ("", "employee_code"),
            ("", "solution"),
            ("", "effect_summary"),
            ("", "first_applied_on"),
        )
        rows.append((first, values_of(record, Shape(fields)), set[str]()))
    files.write_xlsx(path, [grid])
    return Expected(None, rows)


def _with_two_authors(seed: int, count: int) -> list[Record]:
    made = records(seed, count, errors=False)
    for index, record in enumerate(made):
        other = records(seed + 50 + index, 1, errors=False)[0].authors[0]
        record.authors = [(*record.authors[0][:2], 70), (*other[:2], 30)]
    return made


def _lines(record: Record, index: int) -> None:
    record.written["solution"] = record.solution.replace(" ", "\n", 1)
    record.authors = [(record.authors[0][0], record.authors[0][1], None)]
    if "author" not in record.flags:
        record.written["author"] = f"{record.authors[0][0]}\n(Tổ trưởng)"


def _share_of(record: Record, index: int) -> object:
    record.authors = [(*record.authors[0][:2], 100)]
    return 1.0


BOTH = headed(
    ("TT", "sequence"), ("Họ tên CNLĐ", "author"), ("Số thẻ", "employee_code"), ("Tên sáng kiến", "title"),
    ("Nội dung sáng kiến", "solution"), ("Kết quả đạt được", "effect_summary"), ("Thời gian bắt đầu áp dụng", "first_applied_on"),
    ("Số tiền tiết kiệm (VNĐ)", "annual_benefit"), ("Chữ ký", None),
)  # fmt: skip
ONLY_CONTENT = headed(
    ("STT", "sequence"), ("Họ và tên", "author"), ("Bộ phận", "group"), ("Nội dung cải tiến", "title"),
    ("Kết quả", "effect_summary"), ("Ngày thực hiện", "first_applied_on"),
)  # fmt: skip
INSTRUCTED = [
    Col("1. Số thứ tự", "sequence"), Col("2. Mã số nhân viên\n(ghi đủ 6 số)", "employee_code"), Col("3. Họ và tên người có sáng kiến", "author"),
    Col("4. Đơn vị công tác (tổ, chuyền)", "group"), Col("5. Tên sáng kiến (ghi ngắn gọn, rõ ý)", "title"),
    Col("6. Tình trạng trước khi áp dụng sáng kiến", "situation_before"), Col("7. Mô tả nội dung giải pháp", "solution"),
    Col("8. Hiệu quả mang lại sau khi áp dụng", "effect_summary"), Col("9. Ngày áp dụng lần đầu", "first_applied_on"),
    Col("10. Giá trị làm lợi trong 1 năm (đồng)", "annual_benefit"),
]  # fmt: skip
CAPITALS = [Col(column.heading.upper(), column.field) for column in PLAIN]


def hard_cases() -> Sequence[Case]:
    """Each corner once."""
    return [
        Case("stacked-tables", ".xlsx", _stacked),
        Case("numbered-authors", ".xlsx", _numbered_authors),
        Case("sheet-per-group", ".xls", _group_sheets),
        Case("three-line-heading", ".xlsx", _three_lines),
        Case("form-with-author-list", ".xlsx", _form_with_list),
        xlsx("title-and-content", Shape(BOTH), 160),
        xlsx("only-content", Shape(ONLY_CONTENT), 161),
        xlsx("instructed-heading", Shape(INSTRUCTED), 162),
        xlsx("capital-heading", Shape(CAPITALS), 163),
        xlsx("lines-in-cells", Shape(PLAIN), 164, change=_lines),
        xlsx("unit-over-table", Shape(with_writers([*PLAIN[:9], Col("Làm lợi", "annual_benefit")], annual_benefit=content.money_million), title=[["Danh sách sáng kiến"], ["", "", "", "", "Đơn vị tính: triệu đồng"]]), 165),
        xlsx("sections-bare-names", Shape(NO_GROUP, sections=lambda g, i: [g.partition(" ")[2]]), 166, count=24, change=_bare_group),
        xlsx("share-of-one", Shape([*PLAIN[:3], Col("Tỷ lệ đóng góp", "share", _share_of), *PLAIN[3:]]), 167, formats={3: "0%"}),
        xlsx("totals-of-numbers", Shape(PLAIN, total=["", "", "", "", "", "", "", "", "", 123_000_000], footer=[["", "", "", "", "", "", "", "", "", 5]]), 168),
    ]  # fmt: skip


def _bare_group(record: Record, index: int) -> None:
    record.expected["group"] = record.group.partition(" ")[2]
