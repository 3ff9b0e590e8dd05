"""The blank workbook sent to group leaders, built from FIELDS and the unit's own lists; it comes back with nothing to map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sangkien_desktop.domain.fields import Field, Kind
from sangkien_desktop.domain.initiative_fields import FIELD, FIELDS
from sangkien_desktop.domain.programmes import Programme
from sangkien_desktop.workbooks.writer import FONT, for_printing, whole_file

SHEET, LISTS, GUIDE = "Sáng kiến", "Danh mục", "Hướng dẫn"
ROWS = 1000
"""Prepared rows; what is typed below them is read as well."""

_TITLE_ROWS = 3
_NOT_ASKED = frozenset(
    {"attachments", "is_monetary", "authors", "group", "benefit_confirmed_on", "benefit_confirmed_by"}
)
_WIDTHS: Mapping[Kind, float] = {
    Kind.LONG_TEXT: 36,
    Kind.DATE: 13,
    Kind.MONEY: 16,
    Kind.FLAG: 9,
    Kind.CHOICE: 22,
    Kind.CHOICES: 22,
}
_HOW_TO: Mapping[Kind, str] = {
    Kind.TEXT: "Ghi ngắn gọn trên một dòng.",
    Kind.LONG_TEXT: "Ghi đủ ý; xuống dòng bằng Alt+Enter.",
    Kind.DATE: "Ghi ngày/tháng/năm, ví dụ 27/04/2026. Chỉ biết tháng thì ghi 04/2026.",
    Kind.MONEY: "Ghi số đồng của 01 năm, ví dụ 80000000. Không tính được bằng tiền thì ghi “Không tính được”.",
    Kind.FLAG: "Chọn Có hoặc Không.",
    Kind.CHOICE: "Chọn một mục trong danh sách.",
    Kind.CHOICES: "Chọn một mục trong danh sách; nhiều mục thì cách nhau bằng dấu chấm phẩy.",
    Kind.AWARDS: "Ví dụ: Giấy khen; Tiền thưởng 500.000đ",
}
_EXAMPLES: Mapping[str, str] = {
    "title": "Cải tiến đồ gá kẹp thân đèn khi bắt vít",
    "situation_before": "Đồ gá giữ lỏng nên vít vào lệch, mỗi ca phải sửa 11 sản phẩm.",
    "solution": "Thêm một chốt định vị, chi tiết chỉ đặt được một chiều.",
    "effect_summary": "Hết lỗi vít lệch, mỗi ca bớt sửa 11 sản phẩm.",
    "first_applied_on": "14/10/2025",
    "annual_benefit": "22000000",
    "employee_code": "000321 (giữ số 0 ở đầu)",
    "author": "Nguyễn Văn A",
    "share": "60",
    "co_authors": "Trần Thị B (000322) 40%",
    "recognition_decision": "12/QĐ-HĐSK",
}


@dataclass(frozen=True)
class _Asked:
    """One column of the blank workbook."""

    name: str
    heading: str
    kind: Kind
    how_to: str
    choices: tuple[str, ...] = ()
    is_required: bool = False


def write_template(path: Path, programme: Programme, groups: Sequence[str], *, unit_name: str = "") -> None:
    """The blank workbook. Raises WorkbookProblem when the file cannot be written."""
    import xlsxwriter  # heavy; needed only when a template is made

    asked = _asked(programme, tuple(groups))
    with whole_file(path) as place, xlsxwriter.Workbook(str(place), {"strings_to_formulas": False}) as book:
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(11)
        sheet = book.add_worksheet(SHEET)
        ranges = _write_lists(book.add_worksheet(LISTS), asked, book)
        _write_guide(book.add_worksheet(GUIDE), asked, book)
        _write_head(sheet, asked, book, programme, unit_name)
        _write_checks(sheet, asked, ranges)
        sheet.activate()


def _asked(programme: Programme, groups: tuple[str, ...]) -> list[_Asked]:
    columns = [
        _Asked("sequence", "STT", Kind.TEXT, "Số thứ tự."),
        _Asked("employee_code", "Mã nhân viên", Kind.TEXT, "Ghi đủ các số 0 ở đầu.", is_required=True),
        _Asked("author", "Họ và tên tác giả", Kind.TEXT, "Tác giả chính, đủ họ và tên.", is_required=True),
        _Asked("share", "Tỷ lệ đóng góp (%)", Kind.TEXT, "Của tác giả chính; một mình thì để trống."),
        _Asked("co_authors", "Đồng tác giả", Kind.TEXT, "Họ tên (mã) tỷ lệ, cách nhau bằng dấu chấm phẩy."),
        _Asked("group", FIELD["group"].label, Kind.UNIT, "Chọn tổ của tác giả chính.", groups, True),
    ]
    columns += [_asked_field(field, programme) for field in FIELDS if field.name not in _NOT_ASKED]
    return columns


def _asked_field(field: Field, programme: Programme) -> _Asked:
    choices = (
        programme.labels(field.catalogue)
        if field.catalogue
        else ("Có", "Không")
        if field.kind is Kind.FLAG
        else ()
    )
    how_to = _HOW_TO.get(field.kind, "")
    if field.hint:
        how_to = f"{how_to} {field.hint}"
    return _Asked(field.name, field.label, field.kind, how_to, choices, field.required)


def _write_lists(sheet: Any, asked: Sequence[_Asked], book: Any) -> dict[str, str]:
    """Each list in its own column: a list inside the check itself may have only 255 characters."""
    bold = book.add_format({"font_name": FONT, "bold": True})
    ranges: dict[str, str] = {}
    for column, one in enumerate(one for one in asked if one.choices):
        sheet.write_string(0, column, one.heading, bold)
        for row, choice in enumerate(one.choices, start=1):
            sheet.write_string(row, column, choice)
        sheet.set_column(column, column, 40)
        letter = chr(65 + column)
        ranges[one.name] = f"='{LISTS}'!${letter}$2:${letter}${len(one.choices) + 1}"
    sheet.protect()
    return ranges


def _write_guide(sheet: Any, asked: Sequence[_Asked], book: Any) -> None:
    bold = book.add_format({"font_name": FONT, "bold": True, "font_size": 13})
    wrap = book.add_format({"font_name": FONT, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    lines = [
        "Mỗi sáng kiến ghi một dòng ở trang “Sáng kiến”. Không thêm, bớt hoặc đổi tên cột.",
        "Cột có dấu * là cột phải ghi. Ô có mũi tên thì chọn trong danh sách.",
        "Ghi xong lưu tệp rồi gửi lại cho cán bộ công đoàn; không cần ký, không cần in.",
        "",
        *(f"• Cột “{one.heading}”: {one.how_to}{_example(one)}" for one in asked),
    ]
    sheet.write_string(0, 0, "Cách ghi", bold)
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, wrap)
    for_printing(sheet, 0)
    sheet.protect()


def _example(one: _Asked) -> str:
    example = _EXAMPLES.get(one.name)
    return f" Ví dụ → {example}" if example else ""


def _write_head(sheet: Any, asked: Sequence[_Asked], book: Any, programme: Programme, unit_name: str) -> None:
    title = book.add_format({"font_name": FONT, "font_size": 14, "bold": True})
    plain = book.add_format({"font_name": FONT, "italic": True})
    head = {
        "font_name": FONT,
        "bold": True,
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
    }
    required = book.add_format({**head, "bg_color": "#FCE4D6"})
    optional = book.add_format({**head, "bg_color": "#DCE6F1"})
    sheet.write_string(0, 0, f"DANH SÁCH SÁNG KIẾN{' – ' + unit_name.upper() if unit_name else ''}", title)
    sheet.write_string(1, 0, f"Chương trình: {programme.name}. Cột có dấu * là cột phải ghi.", plain)
    for column, one in enumerate(asked):
        text = f"{one.heading} *" if one.is_required else one.heading
        sheet.write_string(_TITLE_ROWS, column, text, required if one.is_required else optional)
        width = 6 if one.name == "sequence" else _WIDTHS.get(one.kind, 20)
        sheet.set_column(column, column, width, _cell_look(book, one.kind))
    sheet.set_row(_TITLE_ROWS, 48)
    sheet.freeze_panes(_TITLE_ROWS + 1, 3)
    for_printing(sheet, _TITLE_ROWS)
    sheet.protect(
        "",
        {"format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True,
         "autofilter": True},
    )  # fmt: skip


def _cell_look(book: Any, kind: Kind) -> Any:
    formats = {Kind.DATE: "dd/mm/yyyy", Kind.MONEY: "#,##0"}
    return book.add_format(
        {
            "font_name": FONT,
            "text_wrap": True,
            "valign": "top",
            "locked": False,
            "num_format": formats.get(kind, "@"),
        }
    )


def _write_checks(sheet: Any, asked: Sequence[_Asked], ranges: Mapping[str, str]) -> None:
    first, last = _TITLE_ROWS + 1, _TITLE_ROWS + ROWS
    for column, one in enumerate(asked):
        message = (one.how_to + _example(one))[:250]
        check: dict[str, object] = {"validate": "any"}
        if one.name in ranges:
            kind = "warning" if one.kind in (Kind.CHOICES, Kind.UNIT) else "stop"
            check = {"validate": "list", "source": ranges[one.name], "error_type": kind}
        elif one.kind is Kind.DATE:
            # A warning, not a stop: people may know only the month.
            check = {
                "validate": "date",
                "criteria": ">=",
                "value": "=DATE(2000,1,1)",
                "error_type": "warning",
            }
        elif one.kind is Kind.MONEY:
            check = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        check |= {
            "input_title": one.heading[:32],
            "input_message": message,
            "error_title": "Xem lại ô này",
            "error_message": message[:225],
        }
        sheet.data_validation(first, column, last, column, check)
