"""Forty and more ugly workbooks, none of them like the samples, each with what must be read out of it."""

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.workbooks.corpus import content, files
from tests.workbooks.corpus.content import Record, day_as, records
from tests.workbooks.corpus.files import Grid
from tests.workbooks.corpus.old_letters import tcvn3, vni
from tests.workbooks.corpus.tables import Case, Col, Expected, Shape, table

PLAIN = (
    Col("STT", "sequence"), Col("Mã NV", "employee_code"), Col("Họ và tên", "author"), Col("Tổ", "group"),
    Col("Tên sáng kiến", "title"), Col("Thực trạng", "situation_before"), Col("Giải pháp", "solution"),
    Col("Hiệu quả", "effect_summary"), Col("Ngày áp dụng", "first_applied_on"), Col("Giá trị làm lợi (đồng)", "annual_benefit"),
)  # fmt: skip


def headed(*pairs: tuple[str, str | None]) -> list[Col]:
    """Columns by heading and field."""
    return [Col(heading, name) for heading, name in pairs]


def with_writers(columns: Sequence[Col], **writers: content.Write) -> list[Col]:
    """The same columns, some written differently."""
    return [Col(c.heading, c.field, writers.get(c.field or "", c.write), c.above) for c in columns]


_WRITERS: dict[str, Callable[[Path, list[Grid]], None]] = {
    ".xlsx": files.write_xlsx,
    ".xls": files.write_xls,
    ".ods": files.write_ods,
}


def xlsx(name: str, shape: Shape, seed: int, count: int = 16, **more: object) -> Case:
    """One sheet by XlsxWriter."""
    return _case(name, ".xlsx", shape, seed, count, more)


def xls(name: str, shape: Shape, seed: int, count: int = 16, **more: object) -> Case:
    """One sheet by xlwt."""
    return _case(name, ".xls", shape, seed, count, more)


def ods(name: str, shape: Shape, seed: int, count: int = 16, **more: object) -> Case:
    """One sheet by hand."""
    return _case(name, ".ods", shape, seed, count, more)


def _case(name: str, suffix: str, shape: Shape, seed: int, count: int, more: dict[str, object]) -> Case:
    def make(path: Path) -> Expected:
        grid = Grid(**{key: value for key, value in more.items() if key in Grid.__dataclass_fields__})
        expected = table(grid, _made(seed, count, more), shape)
        _WRITERS[suffix](path, [grid])
        expected.encoding = more.get("encoding")
        expected.group = more.get("group")
        return expected

    return Case(name, suffix, make)


def _made(seed: int, count: int, more: dict[str, object]) -> list[Record]:
    made = records(seed, count, errors=bool(more.get("errors", True)), prefix=str(more.get("prefix", "")))
    change = more.get("change")
    if callable(change):
        for index, record in enumerate(made):
            change(record, index)
    return made


def text(
    name: str, shape: Shape, seed: int, *, separator: str, encoding: str, suffix: str = ".csv", **more: object
) -> Case:
    """A text file."""

    def make(path: Path) -> Expected:
        grid = Grid()
        expected = table(grid, _made(seed, 14, more), shape)
        line_end = "\n" if seed % 2 else "\r\n"
        files.write_text(path, grid, separator=separator, encoding=encoding, line_end=line_end)
        expected.columns = {str(ord(k) - 64): v for k, v in (expected.columns or {}).items()}
        expected.encoding = more.get("encoding_repair")
        return expected

    return Case(name, suffix, make)


ENGLISH = headed(
    ("No.", "sequence"), ("Employee ID", "employee_code"), ("Full name", "author"), ("Department", "group"),
    ("Improvement title", "title"), ("Before", "situation_before"), ("After", "solution"), ("Result", "effect_summary"),
    ("Implementation date", "first_applied_on"), ("Saving (VND/year)", "annual_benefit"), ("Remarks", "note"),
)  # fmt: skip
JAPANESE = headed(
    ("番号\nSTT", "sequence"), ("社員番号\nMã NV", "employee_code"), ("氏名\nHọ tên", "author"), ("職場\nBộ phận", "group"),
    ("改善テーマ\nTên cải tiến", "title"), ("改善前\nTrước cải tiến", "situation_before"), ("改善後\nSau cải tiến", "solution"),
    ("効果\nHiệu quả", "effect_summary"), ("実施日\nNgày thực hiện", "first_applied_on"), ("効果金額(VND)", "annual_benefit"),
)  # fmt: skip
ONLY_JAPANESE = headed(
    ("番号", "sequence"), ("氏名", "author"), ("社員番号", "employee_code"), ("部署", "group"), ("件名", "title"),
    ("現状", "situation_before"), ("対策", "solution"), ("効果", "effect_summary"), ("実施日", "first_applied_on"), ("備考", "note"),
)  # fmt: skip
BARE = headed(
    ("TT", "sequence"), ("Ma NV", "employee_code"), ("Ho va ten", "author"), ("To CD", "group"), ("Ten SK", "title"),
    ("Truoc cai tien", "situation_before"), ("Noi dung giai phap", "solution"), ("Hieu qua mang lai", "effect_summary"),
    ("Thoi gian AD", "first_applied_on"), ("Gia tri lam loi", "annual_benefit"), ("Ghi chu", "note"),
)  # fmt: skip
SHORT = headed(
    ("TT", "sequence"), ("MSNV", "employee_code"), ("HVT", "author"), ("BP", "group"), ("Tên SKCT", "title"),
    ("Hiện trạng", "situation_before"), ("ND cải tiến", "solution"), ("HQ", "effect_summary"), ("Ngày AD", "first_applied_on"),
    ("GTLL (tr.đ)", "annual_benefit"), ("GC", "note"),
)  # fmt: skip
TWO_LINES = [
    Col("STT", "sequence"), Col("Họ và tên", "author", above="Người đề xuất"), Col("Mã số", "employee_code", above="Người đề xuất"),
    Col("Bộ phận", "group", above="Người đề xuất"), Col("Tên sáng kiến", "title"),
    Col("Trước", "situation_before", above="Nội dung cải tiến"), Col("Sau", "solution", above="Nội dung cải tiến"),
    Col("Định tính", "effect_summary", above="Hiệu quả"), Col("Thành tiền (VNĐ)", "annual_benefit", above="Hiệu quả"),
    Col("Thời điểm áp dụng", "first_applied_on"), Col("Ký tên"),
]  # fmt: skip
MISSPELT = headed(
    ("STT", "sequence"), ("Mã nhân viêm", "employee_code"), ("Họ và tênn", "author"), ("Tổ công đoàng", "group"),
    ("Tên sáng kiếm", "title"), ("Thực trang", "situation_before"), ("Nội dung giải phát", "solution"),
    ("Hiệu qủa mang lại", "effect_summary"), ("Ngày áp dung", "first_applied_on"), ("Giá trị làm lơị", "annual_benefit"),
)  # fmt: skip
UNKNOWN = [
    Col("Số phiếu", None, lambda record, index: f"SK-{index + 1:03d}/2022"), *PLAIN[1:],
    Col("Điểm", None, lambda record, index: 5 + index % 5), Col("Xếp loại", None, lambda record, index: "ABC"[index % 3]),
    Col("Trạng thái", None, lambda record, index: "Đã duyệt"),
]  # fmt: skip
SHUFFLED = [PLAIN[i] for i in (9, 4, 8, 2, 7, 6, 5, 3, 1)]
TITLE = (
    ["CÔNG TY CỔ PHẦN CƠ KHÍ BÌNH MINH", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["CÔNG ĐOÀN CƠ SỞ", None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH ĐĂNG KÝ SÁNG KIẾN QUÝ II NĂM 2022"],
    ["(Kèm theo công văn số 12/CV-CĐ ngày 05/4/2022)"],
    [],
)
SIGNED = (
    [],
    [None, "Hà Nội, ngày 30 tháng 6 năm 2022"],
    ["NGƯỜI LẬP BIỂU", None, None, "TRƯỞNG BỘ PHẬN", None, "TM. BCH CÔNG ĐOÀN"],
    ["(Ký, ghi rõ họ tên)", None, None, "(Ký, ghi rõ họ tên)", None, "CHỦ TỊCH"],
    [],
    ["Nguyễn Thị Hoa", None, None, "Trần Văn Bảo", None, "Lê Minh Tú"],
)


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _mojibake(text: str) -> str:
    """UTF-8 read as Windows-1252, the five bytes that it lacks kept as control characters, as Windows does."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in _HOLES else chr(byte) for byte in text.encode()
    )


_HOLES = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})


def _us_day(record: Record, index: int) -> object:
    return f"{record.day.month}/{record.day.day}/{record.day.year}"


def _no_odd_days(record: Record, index: int) -> None:
    """Dates of the other order have no 31/02 or 12/05/2019 among them."""
    if record.flags & {"first_applied_on"}:
        record.flags.discard("first_applied_on")
        record.written.pop("first_applied_on", None)
        record.expected.pop("first_applied_on", None)


def _notes(record: Record, index: int) -> None:
    record.note = ("", "đã duyệt", "chờ ảnh")[index % 3]


def table_cases() -> list[Case]:
    """One table per file."""
    mixed_days = with_writers(
        PLAIN, first_applied_on=day_as("{d}/{m}/{yyyy}"), annual_benefit=content.money_mixed
    )
    return [
        xlsx("title-signed", Shape(PLAIN, title=TITLE, footer=SIGNED, total=["Tổng cộng", "", "", "", "16 sáng kiến"]), 1),
        xlsx("english", Shape(ENGLISH), 2, change=_notes),
        xlsx("japanese-vietnamese", Shape(JAPANESE, title=[["改善提案一覧表"], []]), 3),
        xlsx("only-japanese", Shape(ONLY_JAPANESE), 4, change=_notes),
        xlsx("no-accents", Shape(BARE), 5, change=_notes),
        xlsx("abbreviated-million", Shape(with_writers(SHORT, annual_benefit=content.money_million)), 6, change=_notes),
        xlsx("two-lines-merged", Shape(TWO_LINES, title=TITLE, two_lines=True), 7),
        xlsx("misspelt", Shape(MISSPELT), 8),
        xlsx("unknown-columns", Shape(UNKNOWN), 9),
        xlsx("shuffled", Shape(SHUFFLED), 10),
        xlsx("dates-with-dots", Shape(with_writers(PLAIN, first_applied_on=day_as("{dd}.{mm}.{yyyy}"))), 11),
        xlsx("dates-short-years", Shape(with_writers(PLAIN, first_applied_on=day_as("{d}-{m}-{yy}"))), 12),
        xlsx("dates-run-together", Shape(with_writers(PLAIN, first_applied_on=day_as("{dd}{mm}{yyyy}"))), 13),
        xlsx("dates-in-words", Shape(with_writers(PLAIN, first_applied_on=day_as("ngày {dd} tháng {mm} năm {yyyy}"))), 14),
        xlsx("dates-iso", Shape(with_writers(PLAIN, first_applied_on=day_as("{yyyy}-{mm}-{dd}"))), 15),
        xlsx("dates-serial", Shape(with_writers(PLAIN, first_applied_on=content.serial)), 16),
        xlsx("dates-american", Shape(with_writers(PLAIN, first_applied_on=_us_day)), 17, change=_no_odd_days),
        xlsx("months-only", Shape(with_writers(PLAIN, first_applied_on=content.month_only)), 18),
        xlsx("money-every-way", Shape(mixed_days), 19),
        xlsx("left-gap", Shape(PLAIN, left=3, title=[[], [None, None, None, "Bảng sáng kiến"], []]), 20),
        xlsx("sections", Shape(_without(PLAIN, "group"), sections=lambda g, i: [f"{'I' * (1 + i // 9)}. {g}"], subtotal="Cộng tổ"), 21, count=24),
        xlsx("sections-plain", Shape(_without(PLAIN, "group"), sections=lambda g, i: [g.upper()]), 22, count=24, change=_capital_groups),
        xlsx("repeated-heading", Shape(PLAIN, repeat_heading=6, title=TITLE), 23, count=20),
        xlsx("numbers-below", Shape(PLAIN, numbers_below=True, blank_every=4), 24),
        xlsx("hidden-parts", Shape(PLAIN), 25, hidden_rows={5, 6, 9}, hidden_columns={1}),
        xlsx("nfd", Shape(PLAIN, title=TITLE, letters=_nfd), 26, encoding="nfd"),
        xlsx("mojibake", Shape(PLAIN, letters=_mojibake), 27, encoding="utf8-as-cp1252"),
        xlsx("vntime", Shape(PLAIN, letters=tcvn3), 28, font=".VnTime", encoding="tcvn3"),
        xlsx("tcvn3-without-font", Shape(PLAIN, letters=tcvn3), 29, encoding="tcvn3", count=24),
        xlsx("vni-arial", Shape(PLAIN, letters=vni), 30, font="VNI-Helve", encoding="vni"),
        xlsx("vni-without-font", Shape(PLAIN, letters=vni), 31, encoding="vni", count=24),
        xlsx("codes-as-numbers", Shape(with_writers(PLAIN, employee_code=_code_number)), 32, formats={1: "000000"}),
        xlsx("no-heading", Shape(PLAIN[1:], no_heading=True), 33, count=20),
        xlsx("heading-partly-empty", Shape([Col("", c.field) if c.field in ("author", "annual_benefit") else c for c in PLAIN]), 34),
        xlsx("deep-title", Shape(PLAIN, title=[[f"Dòng {n} của phần mở đầu, không phải bảng"] for n in range(40)]), 35),
        xls("old-plain", Shape(PLAIN, title=TITLE, footer=SIGNED), 36),
        xls("old-vntime", Shape(TWO_LINES, letters=tcvn3, two_lines=True), 37, font=".VnArial", encoding="tcvn3"),
        xls("old-sections-hidden", Shape(_without(PLAIN, "group"), sections=lambda g, i: [f"{i + 1}) {g}"]), 38, count=24, hidden_rows={4}),
        ods("open-document", Shape(PLAIN, title=TITLE, total=["Tổng", "", "", "", "", "", "", "", "", 1]), 39),
        ods("open-document-two-lines", Shape(TWO_LINES, two_lines=True, footer=SIGNED), 40, hidden_rows={6}),
        text("csv-comma", Shape(mixed_days), 41, separator=",", encoding="utf-8"),
        text("csv-tab-utf16", Shape(with_writers(PLAIN, first_applied_on=day_as("{dd}/{mm}/{yyyy}"))), 42, separator="\t", encoding="utf-16", suffix=".txt"),
        text("csv-pipe-bom", Shape(PLAIN), 43, separator="|", encoding="utf-8-sig"),
        text("csv-1258", Shape(PLAIN, title=[["DANH SÁCH SÁNG KIẾN"]]), 44, separator=";", encoding="cp1258", encoding_repair="cp1258"),
        text("tsv-utf16-be", Shape(PLAIN), 45, separator="\t", encoding="utf-16-be", suffix=".tsv"),
        text("csv-tcvn3", Shape(PLAIN, letters=tcvn3), 46, separator=";", encoding="cp1252", encoding_repair="tcvn3"),
        text("csv-vni", Shape(PLAIN, letters=vni), 47, separator=",", encoding="cp1252", encoding_repair="vni"),
        text("csv-no-accents-comma", Shape(BARE), 48, separator=",", encoding="utf-8", change=_notes),
    ]  # fmt: skip


def _without(columns: Sequence[Col], name: str) -> list[Col]:
    return [column for column in columns if column.field != name]


def _capital_groups(record: Record, index: int) -> None:
    record.expected["group"] = record.group.upper()


def _code_number(record: Record, index: int) -> object:
    return int(record.authors[0][1] or 0)
