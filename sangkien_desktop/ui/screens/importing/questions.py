"""What only a person can decide about a file, asked one at a time with the assumption already taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from sangkien_desktop.ui.screens.importing.column_fields import label_of
from sangkien_desktop.vietnamese.dates import DayOrder, column_order
from sangkien_desktop.vietnamese.folding import fold
from sangkien_desktop.workbooks.corrections import Correction
from sangkien_desktop.workbooks.layout import LayoutReading
from sangkien_desktop.workbooks.results import SheetReading

MILLION: Final = 1_000_000
_PERIODS = ("nam", "thang", "year", "month", "annual", "nien", "年", "月")
_LEAST_DATES = 3

Change = Callable[[Correction], Correction]


@dataclass(frozen=True)
class Answer:
    """One button of a question; `change` makes the correction that it means."""

    label: str
    change: Change
    is_assumed: bool = False


@dataclass(frozen=True)
class Question:
    """Asked for one sheet; `html` may hold `<b>`."""

    id: str
    html: str
    answers: tuple[Answer, ...]
    column: str = ""


def _same(correction: Correction) -> Correction:
    return correction


def questions_of(reading: SheetReading, layout: LayoutReading | None) -> tuple[Question, ...]:
    """Everything open about a sheet, the most telling first."""
    if layout is None:
        return ()
    found = [*_columns(reading), *_money(reading, layout), *_dates(reading, layout), *_group(reading)]
    return tuple(found)


def _columns(reading: SheetReading) -> Iterator[Question]:
    for guess in reading.questions:
        name = label_of(guess.field)
        heading = f" ghi “{escape(guess.heading)}”" if guess.heading else " không có tiêu đề"
        answers = [Answer(f"Đúng, {name}", _assign(guess.column, guess.field), is_assumed=True)]
        answers += [
            Answer(f"Là {label_of(other)}", _assign(guess.column, other))
            for other in guess.alternatives[:1]
            if other and other != guess.field
        ]
        if len(answers) == 1:
            answers.append(Answer("Bỏ qua cột này", _assign(guess.column, None)))
        html = f"Cột {guess.column}{heading}. Máy đang hiểu là <b>{escape(name)}</b>."
        yield Question(f"column:{guess.column}", html, tuple(answers), guess.column)


def _assign(column: str, field: str | None) -> Change:
    return lambda correction: correction.with_column(column, field)


def _money(reading: SheetReading, layout: LayoutReading) -> Iterator[Question]:
    column = next((c for c, name in reading.columns.items() if name == "annual_benefit"), None)
    if column is None or layout.correction.is_remembered:
        return
    heading = layout.label(layout.sheet.column_index(column))
    if any("số nhỏ" in note for note in reading.notes) and layout.correction.money_unit is None:
        html = f"Cột {column} ghi toàn số nhỏ. Máy đang hiểu đơn vị là <b>triệu đồng</b>."
        yield Question(
            "unit",
            html,
            (
                Answer("Đúng, triệu đồng", lambda c: replace(c, money_unit=MILLION), is_assumed=True),
                Answer("Là đồng", lambda c: replace(c, money_unit=1)),
            ),
            column,
        )
    if heading and not any(word in fold(heading) for word in _PERIODS):
        html = (
            f"Cột {column} ghi “{escape(' '.join(heading.split()))}”, chưa rõ là của 01 năm hay 01 tháng."
            " Máy đang hiểu là <b>01 năm</b>."
        )
        if layout.correction.per_month:
            html = html.replace("<b>01 năm</b>", "<b>01 tháng</b>")
        yield Question(
            "period",
            html,
            (
                Answer("Đúng, 01 năm", lambda c: replace(c, per_month=False), is_assumed=True),
                Answer("Là 01 tháng (× 12)", lambda c: replace(c, per_month=True)),
            ),
            column,
        )


def _dates(reading: SheetReading, layout: LayoutReading) -> Iterator[Question]:
    column = next((c for c, name in reading.columns.items() if name == "first_applied_on"), None)
    if column is None or layout.correction.day_order is not None:
        return
    index = layout.sheet.column_index(column)
    texts = [
        text
        for row in reading.rows
        if isinstance(text := layout.sheet.cell(row.row - 1, index), str) and text.count("/") == 2
    ]
    unsure = [text for text in texts if text.split("/")[0].strip() != text.split("/")[1].strip()]
    if len(unsure) < _LEAST_DATES or column_order(texts) is not None:
        return
    html = f"Cột {column}: “{escape(unsure[0])}” đọc theo <b>ngày/tháng</b> hay tháng/ngày? Máy đang đọc ngày trước."
    yield Question(
        "order",
        html,
        (
            Answer("Đúng, ngày/tháng", lambda c: replace(c, day_order=DayOrder.DMY), is_assumed=True),
            Answer("Là tháng/ngày", lambda c: replace(c, day_order=DayOrder.MDY)),
        ),
        column,
    )


def _group(reading: SheetReading) -> Iterator[Question]:
    named = bool(reading.context.get("group")) or any(row.group_name for row in reading.rows)
    if not named and "group" not in reading.columns.values():
        html = "Tệp không ghi tổ nào. Chọn tổ ở cột bên trái; không chọn thì các dòng chưa có tổ."
        yield Question("group", html, (Answer("Để sau", _same, is_assumed=True),))
