"""Workbooks as different from the others as group leaders can make them; written after the reader was."""

from pathlib import Path

import xlsxwriter

from tests.workbooks.corpus import files
from tests.workbooks.corpus.cases import PLAIN, headed, ods, text, with_writers, xls, xlsx
from tests.workbooks.corpus.content import Record, day_as, money_million, month_only, records, serial
from tests.workbooks.corpus.files import Grid
from tests.workbooks.corpus.old_letters import tcvn3
from tests.workbooks.corpus.tables import Case, Col, Expected, Shape, values_of

WRAPPED = headed(
    ("Số\nTT", "sequence"), ("Mã số\nnhân viên", "employee_code"), ("Họ tên\nngười đề xuất", "author"), ("Đơn vị\n(tổ)", "group"),
    ("Tên sáng kiến,\ncải tiến kỹ thuật", "title"), ("Tình trạng\ntrước khi có\nsáng kiến", "situation_before"),
    ("Nội dung\ncủa giải pháp", "solution"), ("Kết quả\nđạt được", "effect_summary"),
    ("Ngày\nbắt đầu\náp dụng", "first_applied_on"), ("Giá trị\nlàm lợi\n(1.000đ/năm)", "annual_benefit"),
)  # fmt: skip
KOREAN = headed(
    ("번호 / STT", "sequence"), ("사번 / Mã NV", "employee_code"), ("성명 / Họ tên", "author"), ("부서 / Bộ phận", "group"),
    ("제안명 / Tên đề xuất cải tiến", "title"), ("개선 전 / Trước cải tiến", "situation_before"), ("개선 후 / Sau cải tiến", "solution"),
    ("효과 / Hiệu quả", "effect_summary"), ("적용일 / Ngày áp dụng", "first_applied_on"), ("절감액 (VND/년)", "annual_benefit"),
)  # fmt: skip
SLASHED = headed(
    ("No/STT", "sequence"), ("Emp. code/Mã NV", "employee_code"), ("Name/Họ và tên", "author"), ("Section/Tổ", "group"),
    ("Idea/Tên ý tưởng", "title"), ("Problem/Vấn đề", "situation_before"), ("Countermeasure/Biện pháp", "solution"),
    ("Effect/Hiệu quả", "effect_summary"), ("Start date/Ngày áp dụng", "first_applied_on"), ("Saving/Tiết kiệm (đồng/năm)", "annual_benefit"),
)  # fmt: skip
FORMAL = headed(
    ("TT", "sequence"), ("Họ và tên tác giả", "author"), ("Mã thẻ", "employee_code"), ("Tổ sản xuất", "group"), ("Tên đề tài, sáng kiến", "title"),
    ("Lý do đề xuất", "situation_before"), ("Mô tả giải pháp", "solution"), ("Lợi ích thu được", "effect_summary"),
    ("Thời gian bắt đầu áp dụng", "first_applied_on"), ("Số tiền làm lợi (VNĐ/năm)", "annual_benefit"), ("Ghi chú", "note"),
)  # fmt: skip
UPPER = [Col(column.heading.upper() + ":", column.field) for column in FORMAL]


def _thousands(record: Record, index: int) -> object:
    return record.money // 1000


def _excel_month(record: Record, index: int) -> object:
    return f"{record.day.day:02d}-Thg{record.day.month}-{record.day.year % 100:02d}"


def _english_month(record: Record, index: int) -> object:
    return f"{record.day:%d-%b-%y}" if index % 2 else f"{record.day:%b %d, %Y}"


def _name_and_code(record: Record, index: int) -> object:
    name, code, _ = record.authors[0]
    record.expected["code"] = True
    if not name:
        record.authors = [(None, None, None)]
    divider = (" – ", " - ", "\n", " / ")[index % 4]
    return f"{name}{divider}{code}" if name else ""


def _shared_lines(path: Path) -> Expected:
    grid = Grid("SK tháng 5")
    columns = headed(
        ("STT", "sequence"), ("Tác giả và % đóng góp", "authors"), ("Tên sáng kiến", "title"), ("Giải pháp", "solution"),
        ("Hiệu quả", "effect_summary"), ("Ngày áp dụng", "first_applied_on"),
    )  # fmt: skip
    grid.add(*(column.heading for column in columns))
    rows = []
    for index, record in enumerate(records(310, 10, errors=False)):
        more = records(400 + index, 2, errors=False)
        shares = ((100,), (60, 40), (50, 30, 20))[index % 3]
        names = [record.authors[0][0], *(m.authors[0][0] for m in more)][: len(shares)]
        said = "\n".join(
            f"{n}. {name} ({share}%)" for n, (name, share) in enumerate(zip(names, shares, strict=True), 1)
        )
        record.authors = [(name, None, share) for name, share in zip(names, shares, strict=True)]
        grid.add(index + 1, said, record.title, record.solution, record.effect_summary, record.day)
        rows.append((index + 2, values_of(record, Shape(columns)), set[str]()))
    files.write_xlsx(path, [grid])
    return Expected({chr(65 + i): c.field for i, c in enumerate(columns) if c.field}, rows, 1)


def _restarting(path: Path) -> Expected:
    """STT from 1 in every section, sections numbered by letters, subtotals and a grand total between."""
    grid = Grid("Tổng hợp")
    columns = [column for column in PLAIN if column.field != "group"]
    shape = Shape(columns, sections=lambda group, index: [f"{'ABCDEF'[index // 4 % 6]}.", group])
    grid.add("BẢNG TỔNG HỢP SÁNG KIẾN THÁNG 5/2022")
    grid.add(*(column.heading for column in columns))
    made = records(320, 24, errors=False)
    rows: list[tuple[int, dict[str, object], set[str]]] = []
    group, number = "", 0
    for record in made:
        if record.group != group:
            if group:
                grid.add("Cộng " + group, *[""] * 7, number)
            group, number = record.group, 0
            grid.add("ABCDEF"[len(rows) // 4 % 6], group)
        number += 1
        cells = [number]
        for column in columns[1:]:
            cells.append({"author": record.authors[0][0], "employee_code": record.authors[0][1], "first_applied_on": record.day,
                          "annual_benefit": record.money}.get(column.field or "", getattr(record, column.field or "", "")))  # fmt: skip
        at = grid.add(*cells)
        rows.append((at + 1, values_of(record, shape), set()))
    grid.add("Tổng cộng toàn công đoàn", *[""] * 7, len(rows))
    files.write_xlsx(path, [grid])
    return Expected({chr(65 + i): c.field for i, c in enumerate(columns) if c.field}, rows, 2)


def _mixed_runs(path: Path) -> Expected:
    """Cells of two fonts: the first words in .VnTime, the rest in Arial."""
    columns = headed(
        ("STT", "sequence"), ("Họ tên", "author"), ("Tên sáng kiến", "title"), ("Giải pháp", "solution"), ("Hiệu quả", "effect_summary"),
    )  # fmt: skip
    made = records(350, 8, errors=False)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("DS")
        old, new = book.add_format({"font_name": ".VnTime"}), book.add_format({"font_name": "Arial"})
        sheet.write_row(0, 0, [column.heading for column in columns])
        for index, one in enumerate(made, start=1):
            one.authors = [(one.authors[0][0], None, None)]
            first, _, rest = one.title.partition(" ")
            sheet.write_row(index, 0, [index, one.authors[0][0], "", one.solution, one.effect_summary])
            sheet.write_rich_string(index, 2, old, tcvn3(first + " "), new, rest)
    rows = [(index + 2, values_of(one, Shape(columns)), set[str]()) for index, one in enumerate(made)]
    return Expected({chr(65 + i): c.field for i, c in enumerate(columns) if c.field}, rows, 1)


NOTED = (
    [],
    ["Ghi chú:"],
    ["- Các sáng kiến trên đã được áp dụng tại tổ."],
    ["- Giá trị làm lợi do tổ tự tính, đề nghị phòng kế toán xem lại."],
    [None, None, None, None, None, "Hải Dương, ngày 05 tháng 6 năm 2022"],
    [None, "NGƯỜI LẬP BIỂU", None, None, None, "TỔ TRƯỞNG CÔNG ĐOÀN"],
    [None, "(Ký, họ tên)", None, None, None, "(Ký, họ tên)"],
    [None, "Lê Thị Mai", None, None, None, "Trần Văn Hùng"],
)
HELPED = [
    *PLAIN[:4],
    Col("key", None, lambda record, index: f"{record.authors[0][1]}|{index}"),
    *PLAIN[4:],
    Col("LEN", None, lambda record, index: len(record.title)),
]


def unseen_cases() -> list[Case]:
    """The layouts."""
    one_cell = [
        Col("Họ tên – Mã NV", "author", _name_and_code),
        *[c for c in PLAIN if c.field not in ("author", "employee_code")],
    ]
    return [
        xlsx("wrapped-headings-thousands", Shape(with_writers(WRAPPED, annual_benefit=_thousands), title=(["DANH SÁCH SÁNG KIẾN"], [])), 300),
        xlsx("korean-mixed", Shape(KOREAN), 301),
        xlsx("slashed-english", Shape(SLASHED), 302),
        xls("formal-upper-colon", Shape(UPPER, title=(["PHÒNG SẢN XUẤT"], ["BÁO CÁO SÁNG KIẾN"])), 303),
        xlsx("dates-excel-vietnamese", Shape(with_writers(PLAIN, first_applied_on=_excel_month)), 304),
        xlsx("dates-english-months", Shape(with_writers(PLAIN, first_applied_on=_english_month)), 305),
        xlsx("name-and-code-together", Shape(one_cell), 306),
        Case("mixed-runs", ".xlsx", _mixed_runs),
        Case("shares-in-lines", ".xlsx", _shared_lines),
        Case("numbers-restart", ".xlsx", _restarting),
        xlsx("notes-and-signatures", Shape(PLAIN, footer=NOTED), 307),
        xlsx("hidden-helpers", Shape(HELPED), 308, hidden_columns={4, len(HELPED) - 1}),
        xlsx("title-merged-over-table", Shape(FORMAL, title=(["DANH SÁCH SÁNG KIẾN NĂM 2022"] + [None] * 10, [None, "Đơn vị: Tổ Dập 1"])), 309,
             merges=[(0, 0, 0, 10), (1, 1, 1, 6)]),
        ods("open-document-gap-total", Shape(FORMAL, left=2, total=("", "Tổng số: 16 sáng kiến")), 311),
        text("csv-titled-trailing", Shape([*FORMAL, Col("", None), Col("", None)], title=(["DANH SÁCH SÁNG KIẾN"], ["Tổ Dập 1"])), 312,
             separator=";", encoding="utf-8-sig"),
        xls("old-blank-lines-repeated", Shape(SLASHED, blank_every=3, repeat_heading=6), 313),
        xls("old-serial-thousands", Shape(with_writers(WRAPPED, annual_benefit=_thousands, first_applied_on=serial)), 315),
        ods("open-document-korean-sections", Shape([c for c in KOREAN if c.field != "group"], sections=lambda group, index: [group]), 316, 24),
        xlsx("months-in-words-million", Shape([*with_writers(FORMAL[:-2], first_applied_on=month_only), Col("Làm lợi (triệu đồng/năm)", "annual_benefit", money_million)]), 317),
        text("tsv-slashed-quoted-lines", Shape(SLASHED, blank_every=5), 318, separator="\t", encoding="utf-16", suffix=".txt"),
        xlsx("day-words", Shape(with_writers(FORMAL, first_applied_on=day_as("Từ ngày {d}/{m}/{yyyy}"))), 314),
    ]  # fmt: skip
